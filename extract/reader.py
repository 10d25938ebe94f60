"""The one door: a page, a document or an article in, a `Reading` out. No network, no database, no clock, no memory."""

from __future__ import annotations

from extract.article import detect_language, read_html
from extract.checks import flagged
from extract.claims import ClaimMaker
from extract.editions import read_edition
from extract.linking import Entity
from extract.people import People
from extract.relevance import load_relevance
from extract.scene import Scene, SceneBuilder
from extract.scorer import load_scorer
from extract.tables import Outcome, TableReader
from store.model.errors import ReadError
from store.model.records import Article, Claim, Edition, Reading, Snapshot
from store.model.registry import Registry
from store.model.source import PageRules

READER = "3"
LONGEST = 400_000
"""Characters of text beyond which nothing is an article; a decree of a hundred pages has fewer."""


class Reader:
    """Reads articles by one registry. Making one takes a second; use it for many articles."""

    def __init__(self, registry: Registry) -> None:
        """Build the pipeline over `registry` and load the weights."""
        self.registry = registry
        self.relevance = load_relevance()
        self.scorer = load_scorer()
        self.scenes = SceneBuilder(registry)
        self.maker = ClaimMaker(registry, self.scorer)
        self.tables = TableReader(self.scenes, self.maker)
        self.version = f"{READER}.{self.relevance.version}.{self.scorer.version}.{self.maker.confidence.version}"

    def read_page(self, snapshot: Snapshot, body: bytes, rules: PageRules | None = None) -> Reading:
        """Read a page of the archive by the rules of its day. Raises ReadError where no article can be made of it."""
        article = read_html(body, snapshot.url, rules or PageRules(), encoding=snapshot.encoding)
        return self.read_article(article)

    def read_document(self, snapshot: Snapshot, body: bytes) -> Reading:
        """Read a PDF, DOCX or spreadsheet. Raises ReadError where no article can be made of it.

        Whoever hands a document in has chosen it, and a list of names has few words to judge by: it gets no first look.
        """
        from extract.document import read_document as article_of_document

        return self._read(article_of_document(body, snapshot.mime, snapshot.url), first_look=False)

    def read_article(self, article: Article) -> Reading:
        """Read an article: its claims with their quotations, its agencies, officials and editions.

        What a first look finds to be other news is not read further: `unread` is "not_relevant".
        """
        return self._read(article, first_look=True)

    def _read(self, article: Article, *, first_look: bool) -> Reading:
        if not article.text.strip():
            return Reading(article=article, unread="no_text", reader=self.version)
        if len(article.text) > LONGEST:
            raise ReadError(
                f"{article.url or article.key}: {len(article.text)} characters are no article (limit {LONGEST}); hand in its parts"
            )
        language = article.language or detect_language(article.title, article.text)
        if language != article.language:
            article = article.model_copy(update={"language": language})
        if language not in (None, "id"):
            return Reading(article=article, unread="language", reader=self.version)
        if first_look and not self.relevance.passes(self.relevance.score(article.title, article.text)):
            return Reading(article=article, unread="not_relevant", reader=self.version)
        scene, rows = self.scene_and_rows(article)
        people = People(scene, self.registry)
        claims = flagged(scene, _with_rows(self.maker.claims(scene, people), rows), self.registry)
        return Reading(
            article=article,
            agencies=people.agencies(self._claimed(scene, claims), self._givers(scene, claims)),
            officials=people.mentions(),
            editions=self._editions(scene, claims),
            claims=tuple(claims),
            reader=self.version,
        )

    def scene_and_rows(self, article: Article) -> tuple[Scene, list[Outcome]]:
        """What the text holds, and what became of the rows of tables that are understood: those are not read as text too."""
        tables = self.tables.tables(article) if article.rows else []
        scene = self.scenes.build(
            article, [(row.start, row.end) for t in tables if not t.refused for row in article.rows if row.table == t.number]
        )
        return scene, list(self.tables.outcomes(scene, tables))

    def _claimed(self, scene: Scene, claims: list[Claim]) -> list[Entity]:
        """The recipients, with their kind: as the text names them, or as the registry knows what only a table names."""
        named = {(mention.entity.key, mention.entity.name): mention.entity for mention in scene.mentions}
        return [
            named.get((claim.recipient_key, claim.recipient_name))
            or Entity(claim.recipient_key, claim.recipient_name, self._kind_of(claim.recipient_key))
            for claim in claims
        ]

    def _kind_of(self, key: str | None) -> str:
        region, agency = self.registry.regions.get(key or ""), self.registry.agencies.get(key or "")
        return region.level if region else agency.kind if agency else "unit"

    def _givers(self, scene: Scene, claims: list[Claim]) -> list[str]:
        """Keys of the bodies that give or judge: those of the claims, else the organisers the article names."""
        keys = [claim.giver_key for claim in claims if claim.giver_key]
        if not keys:
            named = {mention.entity.key for mention in scene.mentions}
            for prize in scene.prizes:
                programme = self.registry.programmes.get(prize.key or "")
                keys += [item.agency for item in programme.organisers if item.agency in named] if programme else []
        return list(dict.fromkeys(keys))

    def _editions(self, scene: Scene, claims: list[Claim]) -> tuple[Edition, ...]:
        """The rounds the claims belong to; the first carries what the article says of participants and categories."""
        rounds = dict.fromkeys(
            (claim.programme, claim.programme_name, claim.edition_year) for claim in claims if "background" not in claim.flags
        )
        out: list[Edition] = []
        for index, (programme, name, year) in enumerate(rounds):
            edition = (
                read_edition(scene, programme, name, year)
                if index == 0
                else Edition(programme=programme, programme_name=None if programme else name, year=year)
            )
            if edition:
                out.append(edition)
        return tuple(out)


def _with_rows(claims: list[Claim], rows: list[Outcome]) -> list[Claim]:
    """The claims of the text and those of the rows; what a row tells of a body, programme and year, the text told less fully."""
    told = [claim for row in rows for claim in row.claims]
    known = {key for claim in told for key in (_matter(claim), (*_matter(claim)[:2], None))}
    return [claim for claim in claims if _matter(claim) not in known] + told


def _matter(claim: Claim) -> tuple[str, str | None, int | None]:
    return claim.recipient_key or claim.recipient_name, claim.programme or claim.programme_name, claim.edition_year
