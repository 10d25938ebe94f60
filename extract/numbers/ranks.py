"""Ordered places ("peringkat kelima", "Terbaik II", "urutan 25 dari 34") and the fields they are counted in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.numbers.words import CARDINAL_WORD, ORDINAL, ROMAN, parse_any, parse_integer


@dataclass(frozen=True, slots=True)
class RankMention:
    """An ordered place printed at text[start:end].

    `rank_of` is how many were ranked, where the same sentence says so right behind it, at text[of_start:of_end].
    `head` is the word the place hangs on ("peringkat", "terbaik", "juara", …; empty for a bare ordinal of an enumeration).
    `weak` marks what may be no place: a superlative alone ("terbaik", "tertinggi", then rank 1) and bare ordinals.
    `from_bottom` says that it is counted from below ("ketujuh terbawah"): `rank` is then no rank.
    """

    start: int
    end: int
    rank: int
    head: str
    rank_of: int | None = None
    of_start: int | None = None
    of_end: int | None = None
    weak: bool = False
    from_bottom: bool = False


@dataclass(frozen=True, slots=True)
class FieldMention:
    """How many were judged, printed at text[start:end]: "dari 34 provinsi"."""

    start: int
    end: int
    count: int


_PLACE = rf"(?:{ORDINAL}|\d{{1,3}}(?![\d.,:/%-]*\d)|{CARDINAL_WORD}|{ROMAN})(?![\w%])"
_GLUE_WORD = r"(?:terbaik|nomor|urutan|posisi|peringkat|rangking|ranking|ke|yang|tingkat nasional|nasional|provinsi)"
_GLUE = rf"(?:nya)?(?:[^\S\n]?[:–-][^\S\n]?|[^\S\n])(?:{_GLUE_WORD}\s){{0,2}}"
_HEADED = re.compile(
    r"(?<!\w)(?P<head>peringkat|rangking|rengking|ranking|rank|urutan|posisi|tempat|juara|terbaik|pemenang|nomor|nomer|tertinggi)"
    rf"{_GLUE}(?P<place>{_PLACE})(?P<bottom>\s(?:terbawah|terendah|terburuk|terakhir|dari bawah)\b)?",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"(?:\s?,\s?(?:dan\s|serta\s)?|\s(?:dan|serta|&|atau)\s|/)(?P<place>{_PLACE})(?=\s?[.,;)/]|\s(?:dan|serta|&|atau|di\w*|pada|dalam|untuk|dengan|secara)\b|\s?$)",
    re.IGNORECASE,
)
_CHANGED = re.compile(  # "dari peringkat 26 pada 2015 menjadi 19"
    rf"(?:\s(?:pada|di|tahun|\(?20\d\d\)?)){{0,3}}\s(?:naik\s|turun\s|melonjak\s)?(?:menjadi|ke)\s(?P<place>{_PLACE})", re.IGNORECASE
)
_NAMED = re.compile(
    r"(?<!\w)(?:(?P<first>juara umum|(?:peringkat|posisi|urutan) (?:teratas|puncak|tertinggi|terbaik)"
    r"|(?:puncak|pemuncak) (?:peringkat|klasemen))"
    rf"|(?P<second>runner[ -]?up)(?:\s(?P<place>{ROMAN}|[1-4](?!\d)))?)(?!\w)",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"(?<!\w)(?:ter(?:baik|tinggi|unggul|atas|depan)|paling (?:baik|tinggi)|juara|pemenang|(?:me)?[mp]uncaki|dipuncaki|(?:di|ke) puncak"
    r"(?! (?:acara|peringatan|perayaan|hari|gunung|bukit|kegiatan|monas))|berada di depan)(?!\w)",
    re.IGNORECASE,
)
_ORDINALS = re.compile(rf"(?<!\w)(?P<place>{ORDINAL})(?!\w)", re.IGNORECASE)

_UNIT = (
    r"(?:pemerintah|provinsi|propinsi|prov|kab(?:upaten)?(?:\s?/\s?kota)?|kota|kokab|daerah|pemda|pemkot|pemkab|pemko|pemprov|kementerian|lembaga|k/l|instansi|"
    r"unit|peserta|badan|satker|satuan|negara|desa|kelurahan|opd|skpd|perangkat|kecamatan|puskesmas|rumah|polres|polda|pengadilan|lapas|kantor|"
    r"perguruan|universitas|nominasi|nominator|finalis|inovasi|dinas|bumd|pdam|perusahaan|kepala)\b"
)
_COUNT = rf"(?P<count>\d{{1,3}}(?:\.\d{{3}})?(?![\d.,]*\d)|{CARDINAL_WORD})"
_OF_NEXT = re.compile(
    rf"\s(?P<of>dari\s(?:total|seluruh|sebanyak|jumlah)?\s?{_COUNT})(?!\w)(?!\s(?:persen|%|poin|tahun|kali|kategori|indikator))",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"(?<!\w)(?:dari|di ?antara|antara|se)\s(?:(?:total|seluruh|sebanyak|sekitar|semua|jumlah)\s){{0,2}}{_COUNT}\s(?={_UNIT})",
    re.IGNORECASE,
)

_SPELT = re.compile(CARDINAL_WORD, re.IGNORECASE)
_TIER_AFTER = re.compile(r"\s(?:besar|terbaik|teratas|terbawah)\b", re.IGNORECASE)
_BEST_AFTER = re.compile(r"\s(?:terbaik|tertinggi|teratas)\b", re.IGNORECASE)
_PLACES = ("nomor", "nomer", "peringkat", "urutan", "posisi", "ranking", "rangking")
_COUNTED_NOUN = re.compile(r"\s(?:tahun|kali|orang|penghargaan|persen|poin|hari|bulan|pekan|jam|rupiah|juta|ribu|miliar)\b", re.IGNORECASE)
_OF_BEST = re.compile(rf"\s(?-i:{_UNIT})", re.IGNORECASE)
_HOPE = re.compile(r"juara\s(?:umum|harapan|favorit)", re.IGNORECASE)
_LINE_END = re.compile(r"[\n;]|[.!?][\s\"”]")
ENUMERATION = 400  # characters of one paragraph in which bare ordinals may go on a ranking


def find_ranks(text: str) -> list[RankMention]:
    """Find the places of a text, in order, none overlapping another.

    "10 besar", "Top 45", "30 terbaik" are tiers (see `find_tiers`), not ranks. A list after one head ("posisi ke 94, 95 dan
    96", "Terbaik I, II, dan III") gives one mention each.
    """
    found: list[RankMention] = []
    taken = bytearray(len(text))

    def keep(mention: RankMention) -> None:
        if taken.find(1, mention.start, mention.end) < 0:
            taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
            found.append(mention)

    for match in _HEADED.finditer(text):
        for mention in _headed(match, text):
            keep(mention)
    for match in _NAMED.finditer(text):
        rank = 1 if match["first"] else 1 + (parse_any(match["place"]) or 1 if match["place"] else 1)
        keep(_with_field(RankMention(match.start(), match.end(), rank, (match["first"] or match["second"]).lower()), text))
    strong = sorted(found, key=lambda mention: mention.start)
    for match in _SUPERLATIVE.finditer(text):
        if not _HOPE.match(text, match.start()) and not _preceded_by_number(text, match.start()):
            keep(_with_field(RankMention(match.start(), match.end(), 1, match[0].lower(), weak=True), text))
    for mention in _enumerated(text, strong):
        keep(mention)
    return sorted(found, key=lambda mention: mention.start)


def find_fields(text: str) -> list[FieldMention]:
    """Find how many were judged, wherever a text says so: "dari 10 pemerintah daerah", "di antara 34 provinsi"."""
    counts = ((match, parse_integer(match["count"])) for match in _OF.finditer(text))
    return [FieldMention(match.start(), match.end("count"), count) for match, count in counts if count and count > 1]


def _headed(match: re.Match[str], text: str) -> list[RankMention]:
    rank = parse_any(match["place"])
    if not rank or _no_place(match, text):
        return []
    head = match["head"].lower()
    weak = head in ("nomor", "nomer") and not (_BEST_AFTER.match(text, match.end("place")) or _OF_NEXT.match(text, match.end("place")))
    first = _with_field(RankMention(match.start(), match.end(), rank, head, weak=weak, from_bottom=bool(match["bottom"])), text)
    return [first, *_following(text, match.end(), head)]


def _no_place(match: re.Match[str], text: str) -> bool:
    """Whether a number behind a word of rank is a tier ("peringkat 10 besar"), counts what follows, or numbers a letter."""
    head, printed, end = match["head"].lower(), match["place"], match.end("place")
    before = text[max(0, match.start() - 20) : match.start()].lower()
    if printed.lower().startswith(("ke", "pertama")):
        return text[end : end + 6].lower() == " besar"
    best = _BEST_AFTER.match(text, end) if head in _PLACES and "masuk" not in before else None  # "nomor tiga terbaik" is a place
    if not best and (_TIER_AFTER.match(text, end) or _COUNTED_NOUN.match(text, end)):
        return True
    if head in ("nomor", "nomer"):
        return not (best or _OF_NEXT.match(text, end) or "posisi" in before or _SPELT.fullmatch(printed))
    counted = not printed.isupper() and _OF_BEST.match(text, end)
    return (
        head == "tempat" or (head == "pemenang" and printed.islower()) or (head in ("terbaik", "tertinggi", "pemenang") and bool(counted))
    )


def _following(text: str, position: int, head: str) -> list[RankMention]:
    more = []
    if match := _CHANGED.match(text, position):
        rank = parse_any(match["place"])
        return [RankMention(match.start("place"), match.end("place"), rank, head)] if rank else []
    while match := _MORE.match(text, position):
        rank = parse_any(match["place"])
        if not rank:
            break
        more.append(RankMention(match.start("place"), match.end("place"), rank, head))
        position = match.end("place")
    return more


def _with_field(mention: RankMention, text: str) -> RankMention:
    """The mention with the number of those ranked, where it stands right behind or in the rest of the sentence's next words."""
    stop = _LINE_END.search(text, mention.end, mention.end + 80)
    end = stop.start() if stop else mention.end + 80
    match = _OF_NEXT.match(text, mention.end, end) or _OF.search(text, mention.end, end)
    count = parse_integer(match["count"]) if match else None
    if match is None or count is None or count < max(mention.rank, 2):
        return mention
    return replace(mention, rank_of=count, of_start=match.start("count"), of_end=match.end("count"))


def _preceded_by_number(text: str, position: int) -> bool:
    """Whether a superlative closes a tier: "30 kota terbaik"; a number with decimals or in another line is none of its."""
    line = text[max(0, position - 40) : position].rpartition("\n")[2]
    return any(parse_integer(word) is not None for word in line.split()[-3:])


def _enumerated(text: str, strong: list[RankMention]) -> list[RankMention]:
    """Bare ordinals that go on a ranking begun in the same paragraph: "… terbaik pertama A, kedua B, dan ketiga C"."""
    more, place = [], -1
    for match in _ORDINALS.finditer(text):
        while place + 1 < len(strong) and strong[place + 1].start < match.start():
            place += 1
        near = place >= 0 and match.start() - strong[place].end < ENUMERATION and "\n" not in text[strong[place].end : match.start()]
        if near and (rank := parse_any(match["place"])) and not text[match.end() : match.end() + 5].lstrip(" -").lower().startswith("kali"):
            more.append(RankMention(match.start(), match.end(), rank, "", weak=True))
    return more
