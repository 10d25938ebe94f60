"""What holds for a whole table: its programme, edition, giver, day and status, from the title, the words above it and its head."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.ceremony import find_ceremony
from extract.dates import DateMention
from extract.prizes import Prize
from extract.scene import Scene, SceneBuilder
from extract.slots import Draft
from extract.tables.cells import year_in
from extract.tables.grid import Table
from extract.tokens import Tokens
from store.model.records import Status
from store.model.registry import Programme

_SUBJECT = re.compile(r"(?i)\btentang\s+(?P<what>.+)$")
_ACT = re.compile(
    r"(?i)^(?:(?:penetapan|pemberian|penganugerahan|pengumuman|hasil|daftar|para|penerima|pemenang|rekapitulasi|nama-nama|peraih|tentang|dan)\s+)+"
)
_TAIL = re.compile(r"(?i)[\s,]*(?:\b(?:pada|untuk|bagi|di lingkungan|tahun|ta|periode)\b.*)$")
_AWARD = re.compile(
    r"(?i)\b(?:penghargaan|anugerah|award\w*|predikat|opini|penilaian|evaluasi|indeks|kompetisi|lomba|inovasi|terbaik|pemenang|juara|piala|peringkat)\b"
)
_NO_RESULT = re.compile(
    r"(?i)\b(?:calon|peserta|nominasi|nomine|nominator|usulan|target|rencana|jadwal|kriteria|undangan|pendaftar"
    r"|tim (?:penilai|juri|evaluasi))\b"
)
_HANDED = re.compile(r"(?i)\b(?:menyerahkan|diserahkan|penyerahan|penganugerahan|dianugerahi|dianugerahkan|menerima|diterima|diganjar)\b")
_RECEIVED = re.compile(r"(?i)\b(?:penerima|peraih|pemenang)\b")
_DECREE_YEAR = re.compile(r"(?i)\bnomor\b[^,;\n]{0,40}?\btahun (?:19|20)\d\d")
_YEAR_IN_WORDS = re.compile(r"(?i)\b(?:tahun(?: anggaran)?|ta|periode|edisi)\s+((?:19|20)\d\d)\b")
_OPENING = 4000
"""Characters in which an article or decree says what it is about."""
_ISSUED = re.compile(r"(?i)\b(?:ditetapkan|dikeluarkan)\b[^.;\n]{0,60}?\btanggal\b")


@dataclass(frozen=True)
class Frame:
    """What every claim of a table shares. `draft` holds its values with their quotations."""

    prize: Prize | None
    programme: Programme | None
    draft: Draft
    status: Status
    awarded: bool
    """Whether to stand in the table is a result by itself: it lists who received."""
    refused: str = ""


class Framer:
    """Reads the frame of a table from the scene of its article."""

    def __init__(self, scenes: SceneBuilder) -> None:
        """Read with the finders of a scene builder."""
        self.scenes, self.registry = scenes, scenes.registry

    def frame(self, scene: Scene, table: Table, *, own_programme: bool) -> Frame:
        """The frame of a table; `own_programme`: a column names the programme of each row, so that none is needed above."""
        prize = self._prize(scene, table)
        programme = self.registry.programmes.get(prize.key or "") if prize else None
        title = scene.page.article.title
        above = scene.page.article.text[slice(*table.above)][-600:]
        refused = ""
        if _NO_RESULT.search(title) or _NO_RESULT.search(_last_line(above)):
            refused = "the table lists who takes part or is proposed, no results"
        elif prize is None and not own_programme:
            refused = "nothing above the table names a programme"
        draft = Draft()
        if prize:
            self._fill(scene, prize, programme, draft)
        outside = scene.page.article.text[: table.start] + scene.page.article.text[table.end :]
        status: Status = "conferred" if _HANDED.search(outside) or _HANDED.search(title) else "announced"
        awarded = bool(_RECEIVED.search(f"{title}\n{_last_line(above)}"))
        return Frame(prize, programme, draft, status, awarded, refused)

    def _fill(self, scene: Scene, prize: Prize, programme: Programme | None, draft: Draft) -> None:
        draft.quote(scene, "programme" if programme else "programme_name", prize.start, prize.end)
        day = issued_on(scene) or find_ceremony(scene, scene.mentions).date
        if day and day.day:
            draft.put(scene, "event_date", day.day, day.start, day.end)
            if day.year_inferred:
                draft.flags.add("year_inferred")
        year = _year(scene, prize)
        if year:
            draft.put(scene, "edition_year", *year)
        elif on := day.day if day and day.day else scene.page.article.published_on:
            span = (day.start, day.end) if day and day.day else (prize.start, prize.end)
            draft.put(scene, "edition_year", programme.edition_year_on(on) if programme else on.year, *span)
            draft.flags.add("year_inferred")
        elif number := _DECREE_YEAR.search(scene.page.article.title):
            issued = int(number.group()[-4:])
            draft.put(scene, "edition_year", issued - (programme.year_offset if programme else 0), number.end() - 4, number.end())
            draft.flags.add("year_inferred")
        self._giver(scene, prize, programme, draft)

    def _giver(self, scene: Scene, prize: Prize, programme: Programme | None, draft: Draft) -> None:
        """The programme's organiser of that edition by its name of that day; else the office that issued the document."""
        if programme is None:
            issuer = next((m for m in scene.mentions if m.body.end <= len(scene.page.article.title)), None)
            if issuer:
                draft.put(scene, "giver", issuer.entity.name, issuer.body.start, issuer.body.end)
                draft.values["giver_key"] = issuer.entity.key
            return
        day = draft.values.get("event_date") or scene.page.article.published_on
        key = self.registry.organiser_on(programme, draft.values.get("edition_year"), day)
        name = self.registry.body_name(key)
        if name is None:
            return
        named = next((m.body for m in scene.mentions if m.entity.key == key), prize)
        draft.put(scene, "giver", name, named.start, named.end)
        draft.values["giver_key"] = key

    def _prize(self, scene: Scene, table: Table) -> Prize | None:
        """The programme a table is about: named right above it, in the title, in the opening, in its head; else by the title's words."""
        limit = table.start + scene.page.shift
        above = table.above[0] + scene.page.shift
        known = [prize for prize in scene.prizes if prize.key and prize.strength != "topic" and prize.start < limit]
        titled = [prize for prize in known if prize.end <= len(scene.page.article.title)]
        near = [prize for prize in known if max(above, limit - 400) <= prize.start]
        opening = [prize for prize in known if prize.start <= _OPENING]
        if not table.tells_results:  # names alone are a result only where the words right above them say so
            line = _last_line(scene.page.article.text[slice(*table.above)])
            near, opening = [prize for prize in near if prize.start >= limit - len(line) - len(table.head_text) - 2], []
        for group in (near[::-1], titled, opening):
            named = [prize for prize in group if prize.strength == "name"]
            if named or group:
                return (named or group)[0]
        return self._in_head(scene, table) or _by_subject(scene, table)

    def _in_head(self, scene: Scene, table: Table) -> Prize | None:
        """A programme that only the columns' heads name: "Opini BPK", "Indeks SPBE"."""
        tokens = Tokens(self.scenes.nlp(table.head_text))
        found, _ = self.scenes.prizes.find(tokens, table.head_text, [], 0)
        at = scene.page.full.find(table.head_text[:40], table.start + scene.page.shift) if table.head_text else -1
        prize = next((prize for prize in found if prize.key), None)
        if prize is None or at < 0 or scene.page.full[at + prize.start : at + prize.end] != table.head_text[prize.start : prize.end]:
            return None
        return replace(prize, start=at + prize.start, end=at + prize.end)


def issued_on(scene: Scene) -> DateMention | None:
    """The day a decree says it was issued."""
    match = _ISSUED.search(scene.page.full)
    return next((item for item in scene.dates if match and item.day and 0 <= item.start - match.end() <= 20), None)


def _year(scene: Scene, prize: Prize) -> tuple[int, int, int] | None:
    """The year judged, printed in the words around the programme's name; the number of a decree is none."""
    if prize.year and prize.year_span:
        return (prize.year, *prize.year_span)
    sentence = scene.sentence_at(prize.start)
    spans = [(scene.sentence(sentence).start, scene.sentence(sentence).end)] if sentence is not None else []
    for start, end in (*spans, (0, len(scene.page.article.title)), (scene.page.shift, scene.page.shift + 2000)):
        text = _DECREE_YEAR.sub(lambda match: " " * len(match.group()), scene.page.full[start:end])
        if match := _YEAR_IN_WORDS.search(text):
            found = year_in(match.group(1))
            return (int(match.group(1)), start + match.start(1), start + match.end(1)) if found else None
    return None


def _by_subject(scene: Scene, table: Table) -> Prize | None:
    """A programme the registry lacks, as the title or the line above calls it: "TENTANG PENETAPAN | INOVASI TERPUJI"."""
    title = scene.page.article.title
    subject = _SUBJECT.search(title)
    spans = [(subject.start("what"), subject.end("what")) if subject else (0, len(title))]
    line = _last_line(scene.page.article.text[slice(*table.above)])
    at = scene.page.full.find(line, scene.page.shift + table.above[0]) if line else -1
    spans += [(at, at + len(line))] if at >= 0 else []
    for start, end in spans:
        text = scene.page.full[start:end]
        begin = match.end() if (match := _ACT.match(text)) else 0
        name = _TAIL.sub("", text[begin:]).strip(" .:")
        if _AWARD.search(name) and len(name.split()) > 1 and len(name) <= 160:
            first = start + begin
            return Prize(first, first + len(name), 0, 0, None, "unknown", name)
    return None


def _last_line(text: str) -> str:
    """The last line of words above a table."""
    return next((line.strip() for line in reversed(text.split("\n")) if len(line.strip()) > 3), "")
