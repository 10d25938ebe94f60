"""What an article says of a round itself: its number, categories, participants and whether their parts add up."""

from __future__ import annotations

import re

from extract.numbers.words import parse_any, parse_integer
from extract.scene import Scene
from store.model.records import Edition, Evidence, Flag, Part

_TOTAL = re.compile(
    r"(?:[Tt]otal(?: peserta)?|[Ss]eluruhnya|[Ss]emuanya|"
    r"[Pp]eserta(?:nya)?|[Dd]iikuti(?: oleh)?|[Mm]elibatkan|terhadap|kepada)\s(?:\w+\s){0,3}?"
    r"(?P<count>\d{1,3}(?:\.\d{3})*)\s"
    r"(?P<who>(?:[a-zA-Z/]+\s?){0,5}?)(?=\s?(?:terdiri|yang terdiri|yakni|yaitu|,|\.|;|dalam|di|se|dari|seluruh|pada|yang))"
)
_OUT_OF = re.compile(
    r"(?:dari|di antara|bersaing dengan|menyisihkan|mengalahkan)\s(?:total\s)?(?P<count>\d{1,3}(?:\.\d{3})*)\s"
    r"(?P<who>peserta|instansi|kabupaten|kota|provinsi|pemerintah|badan publik|daerah)"
)
_PARTS = re.compile(
    r"(?:terdiri(?: dari| atas)?|yakni|yaitu|meliputi)\s"
    r"(?P<parts>(?:\d[\d.]*\s[^,;.\d]{3,60}(?:,\s?(?:dan\s)?|;\s?|\sdan\s|\sserta\s)?){2,6})"
)
_PARTS_REACH = 500
_PART = re.compile(r"(?P<count>\d[\d.]*)\s(?P<who>[^,;.\d]{3,60}?)(?=\s?(?:,|;|\.|$|\sdan\s\d|\sserta\s\d|\sdan\s?$))")
_NUMBER = re.compile(
    r"(?:(?P<a>kedua|ketiga|keempat|kelima|keenam|ketujuh|kedelapan|kesembilan|kesepuluh|ke-\d{1,2})\s"
    r"(?:kali(?:nya)?)\s(?:di)?(?:laksana|selenggara|gelar|ada)\w*"
    r"|(?:di)?(?:laksana|selenggara|gelar|ada)\w*\s(?:untuk\s)?(?:yang\s)?(?P<b>kedua|ketiga|keempat|kelima|ke-\d{1,2})\skali(?:nya)?"
    r"|edisi\s(?P<c>kedua|ketiga|keempat|ke-\d{1,2}))",
    re.IGNORECASE,
)
_CATEGORIES = re.compile(
    r"(?:[Kk]ategori|[Bb]idang|[Kk]elompok)\s(?:penghargaan\s)?(?:yang\s(?:dilombakan|dinilai|diperebutkan|dipertandingkan)|lomba|penilaian)(?:\s(?:ada|sebanyak|sejumlah|berjumlah)\s\w+)?\s?,?\s?"
    r"(?:yakni|yaitu|adalah|meliputi|antara lain|ialah|:)\s?(?P<list>[^.\n]{10,900})"
)


def read_edition(scene: Scene, programme: str | None, name: str | None, year: int | None) -> Edition | None:
    """The round of a programme as this article tells it; None where it says nothing beyond results."""
    full = scene.page.full
    evidence: list[Evidence] = []
    found = next((m for m in _TOTAL.finditer(full) if _live(scene, m)), None) or next(
        (m for m in _OUT_OF.finditer(full) if _live(scene, m)), None
    )
    total = parse_integer(found.group("count")) if found else None
    parts: list[Part] = []
    if found:
        evidence.append(scene.page.where(found.start("count"), found.end("count"), "participants"))
        parts = _parts(scene, found.end(), evidence)
    number = None
    times = next((m for m in _NUMBER.finditer(full) if _live(scene, m)), None)
    if times:
        group = next(key for key in "abc" if times.group(key))
        number = parse_any(times.group(group))
        evidence.append(scene.page.where(times.start(group), times.end(group), "number"))
    categories = _categories(scene, evidence)
    if total is None and number is None and not categories and programme is None:
        return None
    flags: tuple[Flag, ...] = ("sum_mismatch",) if parts and total is not None and sum(part.count for part in parts) != total else ()
    return Edition(
        programme=programme, programme_name=None if programme else name, year=year, number=number, categories=categories,
        participants=total, participant_parts=tuple(parts), flags=flags, evidence=tuple(evidence),
    )  # fmt: skip


def _live(scene: Scene, match: re.Match[str]) -> bool:
    return scene.sentence_at(match.start()) is not None


def _parts(scene: Scene, start: int, evidence: list[Evidence]) -> list[Part]:
    """ "terdiri dari 187 instansi dan 165 unit": what the total is made of, in the same sentence."""
    match = _PARTS.search(scene.page.full, start, start + _PARTS_REACH)
    if not match or match.start() > start + 60:
        return []
    out = []
    for part in _PART.finditer(scene.page.full, match.start("parts"), match.end("parts")):
        count = parse_integer(part.group("count"))
        if count:
            out.append(Part(count=count, who=part.group("who").strip()))
            evidence.append(scene.page.where(part.start(), part.end(), "participant_parts"))
    return out


def _categories(scene: Scene, evidence: list[Evidence]) -> tuple[str, ...]:
    """The categories an edition had, where the text lists them as such."""
    match = next((m for m in _CATEGORIES.finditer(scene.page.full) if _live(scene, m)), None)
    if not match:
        return ()
    out = []
    for piece in re.finditer(r"(?:(?!,\s|;\s|\sserta\s(?=[A-Z])).)+", match.group("list")):
        text = re.sub(r"^(?:dan|serta)\s", "", piece.group().strip(" ;,"))
        start = match.start("list") + piece.start() + piece.group().index(text)
        if text:
            out.append(text)
            evidence.append(scene.page.where(start, start + len(text), "categories"))
    return tuple(out) if len(out) > 1 else ()
