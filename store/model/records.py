"""What one article says, as frozen and validated data: the public contract of rapor.

Field names here are the JSON keys, the column names and the export headers. Offsets count code points
of the article's text (or title) as handed in, never normalised.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

ClaimKind = Literal["award", "score", "predicate", "opinion", "ranking", "certification", "honour", "incentive"]
ScoreUnit = Literal["index100", "index5", "index4", "points", "percent", "rupiah"]
Status = Literal["conferred", "announced"]
Acting = Literal["Pj", "Plt", "Plh", "Pjs"]
Unread = Literal["language", "not_relevant", "no_text"]
Where = Literal["title", "text"]
ConfidentField = Literal[
    "predicate",
    "tier",
    "rank",
    "rank_of",
    "score",
    "edition_year",
    "category",
    "giver",
    "presented_by",
    "received_by",
    "event_date",
    "venue",
    "count_total",
    "count_streak",
]
"""Fields of a claim whose values carry a confidence of their own."""
Probability = Annotated[float, Field(ge=0, le=1)]
Flag = Literal[
    "background",
    "year_inferred",
    "date_conflict",
    "sum_mismatch",
    "name_variant",
    "rank_from_list_order",
    "open_list",
    "score_outlier",
    "out_of_scale",
    "not_in_office",
    "hedged",
]


class Record(BaseModel):
    """A frozen value: validated when made, refused when a field is unknown, compared by content."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Snapshot(Record):
    """One response as it was fetched: what it was, when, and where its bytes lie in the archive.

    `url` is canonical, `fetched_url` the address that answered. `digest` is the SHA-256 of the body; a revisit of an
    unchanged body points to the record that holds it (`file`, `offset` in bytes). `title` and `published` are what the
    discovery said of it (a feed's entry, a sitemap's news tag), `parent` the page an attachment hangs on.
    """

    key: str
    url: str
    fetched_url: str
    source: str
    fetched_at: datetime
    status: int
    mime: str = ""
    encoding: str | None = None
    digest: str
    length: Annotated[int, Field(ge=0)] = 0
    file: str
    offset: Annotated[int, Field(ge=0)] = 0
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None
    published: str | None = None
    parent: str | None = None
    run: str = ""


class Evidence(Record):
    """The characters a value was read from.

    `field` is a top-level name of the record the evidence belongs to; `text` equals the article's
    `where` ("title" or "text") between `start` and `end`, in code points.
    """

    field: str
    where: Where = Field(alias="in")
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(gt=0)]
    text: str
    page: int | None = None
    row: int | None = None

    @model_validator(mode="after")
    def _spans_its_text(self) -> Evidence:
        if self.end - self.start != len(self.text):
            raise ValueError(f"evidence for {self.field}: {self.start}..{self.end} does not span {len(self.text)} characters")
        return self


class Row(Record):
    """One row of a table laid into `Article.text`: its span, where it stood, and the spans of its cells."""

    start: int
    end: int
    table: int = 0
    page: int | None = None
    row: int | None = None
    header: bool = False
    cells: tuple[tuple[int, int], ...] = ()


class Article(Record):
    """The text object: a news article, a press release or a decree, as it was read from one page or file.

    `published` is an ISO date, or a date-time with zone where known. `text` keeps one paragraph a line,
    captions included; the tail of links is kept out or masked by the reader. `rows` are the table rows in it.
    """

    key: str
    url: str | None = None
    outlet: str | None = None
    title: str = ""
    published: str | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    language: str | None = None
    text: str = ""
    tags: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    @property
    def published_on(self) -> date | None:
        """The day of publication, without its time."""
        return date.fromisoformat(self.published[:10]) if self.published else None


class Person(Record):
    """A holder of a public post as a claim names them: either part may be unknown, not both."""

    name: str | None = None
    position: str | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Person:
        if not self.name and not self.position:
            raise ValueError("a person needs a name or a position")
        return self


class AgencyMention(Record):
    """A government body the article speaks of in this matter, once, by its canonical name."""

    key: str | None = None
    name: str
    kind: str | None = None
    as_printed: tuple[str, ...] = ()


class OfficialMention(Record):
    """A holder of a public post who receives, gives, judges or is quoted."""

    name: str
    position: str | None = None
    agency: str | None = None
    acting: Acting | None = None
    former: bool = False
    as_printed: tuple[str, ...] = ()


class Part(Record):
    """One part of an edition's participants, as printed: `{"count": 165, "who": "Unit pelayanan publik"}`."""

    count: int
    who: str


class Edition(Record):
    """What the article says of one round of a programme."""

    programme: str | None = None
    programme_name: str | None = None
    year: int | None = None
    number: int | None = None
    categories: tuple[str, ...] = ()
    participants: int | None = None
    participant_parts: tuple[Part, ...] = ()
    steps: tuple[Part, ...] = ()
    flags: tuple[Flag, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Claim(Record):
    """One result that one government body holds, as one article tells it. See ARCHITECTURE.md, "The record".

    `confidence` is the calibrated probability that body, prize, year and result are right; `field_confidence` that of each value,
    given that the body holds the prize. Values without one there were not measured.
    """

    programme: str | None = None
    programme_name: str | None = None
    edition_year: Annotated[int, Field(ge=1945, le=2100)] | None = None
    kind: ClaimKind = "award"
    category: str | None = None
    innovation: str | None = None
    predicate: str | None = None
    tier: str | None = None
    rank: Annotated[int, Field(ge=1)] | None = None
    rank_of: Annotated[int, Field(ge=1)] | None = None
    rank_scope: str | None = None
    score: float | None = None
    score_unit: ScoreUnit | None = None
    recipient: str
    recipient_name: str
    recipient_key: str | None = None
    giver: str | None = None
    giver_key: str | None = None
    presented_by: Person | None = None
    received_by: Person | None = None
    also_received_by: tuple[Person, ...] = ()
    addressed_to: Person | None = None
    event_date: date | None = None
    venue: str | None = None
    status: Status = "conferred"
    count_total: Annotated[int, Field(ge=1)] | None = None
    count_streak: Annotated[int, Field(ge=1)] | None = None
    flags: tuple[Flag, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: Probability = 0.5
    field_confidence: Mapping[ConfidentField, Probability] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_sure_of_what_it_says(self) -> Claim:
        empty = sorted(name for name in self.field_confidence if getattr(self, name) is None)
        if empty:
            raise ValueError(f"a confidence is given for empty fields: {', '.join(empty)}")
        return self

    def __hash__(self) -> int:
        """By whose it is and what it quotes: a mapping has no hash, and two claims that share these are compared in full anyway."""
        return hash((self.recipient, self.programme, self.evidence))


class Reading(Record):
    """Everything understood from one article by one version of the reader.

    `unread` says why an article yields no claims although it was looked at; `reader` names the version of
    everything that shaped this reading.
    """

    article: Article
    agencies: tuple[AgencyMention, ...] = ()
    officials: tuple[OfficialMention, ...] = ()
    editions: tuple[Edition, ...] = ()
    claims: tuple[Claim, ...] = ()
    flags: tuple[Flag, ...] = ()
    unread: Unread | None = None
    reader: str = ""

    @model_validator(mode="after")
    def _quotes_its_article(self) -> Reading:
        spans = [item for claim in self.claims for item in claim.evidence] + [
            item for edition in self.editions for item in edition.evidence
        ]
        for item in spans:
            source = self.article.title if item.where == "title" else self.article.text
            if source[item.start : item.end] != item.text:
                raise ValueError(f"evidence for {item.field} does not stand in the article's {item.where} at {item.start}")
        return self

    def as_json(self) -> dict[str, Any]:
        """The reading as JSON-ready data, with the public key names; what the article's table rows were is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude={"article": {"rows"}})
