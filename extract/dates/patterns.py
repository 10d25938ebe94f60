"""The words of Indonesian dates and the patterns made of them; every gap is bounded, so matching stays linear."""

from __future__ import annotations

import re
from collections.abc import Iterable

WEEKDAYS = (
    "senin senen soma monday",
    "selasa salasa anggara tuesday",
    "rabu rebo buda wednesday",
    "kamis kemis wraspati wrespati wrhaspati thursday",
    "jumat jum'at jum’at jum‘at jum`at jum´at jum,at jumaat sukra friday",
    "sabtu saptu saniscara saturday",
    "minggu ahad redite radite sunday",
)
MONTHS = (
    "januari january jan",
    "februari pebruari february febuari ferbuari feb peb",
    "maret march mar mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agustsus agust agst agts aug agt agu ags",
    "september sepetember septembar sept sep",
    "oktober october okt oct",
    "november nopember novermber nov nop",
    "desember december desmber des dec",
)
WEEKDAY = {word: number for number, words in enumerate(WEEKDAYS) for word in words.split()}
MONTH = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}


def either(words: Iterable[str]) -> str:
    """The words as one alternation, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


S = r"[^\S\n]{0,3}"
WD = rf"(?:{either(WEEKDAY)})"
MON = rf"(?:{either(MONTH)})(?![\w’'])(?:\.(?={S}\d))?"
LONG_MON = rf"(?:{either(word for word in MONTH if len(word) > 4 or word in ('mei', 'juni', 'juli'))})(?![\w’'])"
HOUR = r"(?:pagi|siang|sore|petang|malam|subuh|dini hari|kemarin|lalu|silam|(?:pekan|minggu) lalu|tadi|ini|besok|nanti|mendatang)"
TO = rf"{S}(?:-|–|—|&|s\.?{S}/?{S}d\b\.?|sampai dengan|sampai|hingga|dan){S}"
PAIR = rf"(?:{TO}|{S}/{S})"
# Bali and Java print the market day and the week beside the weekday: "Rabu/Buda Keliwon, Sinta, 24 Mei 2023"
MARKET = rf"(?:{S}/{S}{WD}\b)?(?:{S}(?:umanis|legi|pah?ing|pon|wage|ke?liwon)\b(?:{S},?{S}(?:wuku )?[a-z]{{3,12}}(?={S},))?)?"
DAYS = rf"(?<!\w)(?P<wd>{WD})\b{MARKET}(?:{PAIR}(?P<wd2>{WD})\b)?(?P<hours>(?:{S}{HOUR}\b){{0,3}})"
# what stands before the digits is looked for backwards from them: a pattern that begins with digits is five times as fast
LEAD = re.compile(rf"(?:{DAYS}{S}[,/]?{S}(?:(?:pada )?(?:tanggal|tgl\.?){S})?)?(?P<open>[(\[]{S}(?:[,.]{S})?)?\Z", re.IGNORECASE)
LEAD_REACH = 80
CLOSE = rf"(?:{S},?{S}(?:{HOUR}|wib|wita|wit)\b)?{S}[)\]]"
YEAR4 = r"(?:19[4-9]\d|20\d\d)"
D = r"(?<!\d)(?<!\d[/.,:-])(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
D2 = r"(?P<d2>0?[1-9]|[12]\d|3[01])(?!\d)"
NUM_M = r"(?:0?[1-9]|1[0-2])(?!\d)"
AFTER = r"(?![/%]|[.,:-]?\d)"

NUMERIC = re.compile(
    rf"{D}(?:{S}/{S}(?P<m1>{NUM_M})(?:{S}/{S}(?P<y1>{YEAR4}))?(?={TO}))?(?:{PAIR}{D2})?"
    rf"{S}(?P<slash>[/.-]){S}(?P<m>{NUM_M})(?:{S}[/.’'-]{{1,2}}{S}(?P<y>{YEAR4}|\d\d(?!\d)))?{AFTER}(?P<close>{CLOSE})?",
    re.IGNORECASE,
)
WORDED = re.compile(
    rf"{D}(?:{S},{S}[0-3]?\d(?={S}(?:,|dan|&))){{0,4}}(?:{S}(?P<m1>{MON})(?:{S}(?P<y1>{YEAR4}))?(?={TO}\d))?"
    rf"(?:(?:{PAIR}|{S},{S}dan{S}){D2})?{S}[,./-]?{S}(?P<m>{MON})(?:{S}[,./-]?{S}(?:tahun )?(?P<y>{YEAR4})(?!\d))?"
    rf"(?P<close>{CLOSE})?",
    re.IGNORECASE,
)
ISO = re.compile(rf"(?<!\d)(?<!\d[/.,:-])(?P<y>{YEAR4})-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\d-])")
ENGLISH = re.compile(rf"(?<!\w)(?P<m>{MON}){S}(?P<d>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?,{S}(?P<y>{YEAR4})(?!\d)", re.IGNORECASE)
MONTHLY = re.compile(
    r"(?<![\w/])(?P<cue>(?:bulan|pada|di|akhir|awal|pertengahan|medio|sejak|hingga|sampai|mulai|dari|per|antara|selama|periode) )?"
    rf"(?P<bulan>bulan )?(?P<m>{LONG_MON}|{MON}(?={S}{YEAR4}))(?:{S},?{S}(?:tahun )?(?P<y>{YEAR4})(?![\d/]))?"
    rf"(?:{TO}(?P<m2>{LONG_MON})(?:{S}(?P<y2>{YEAR4})(?!\d))?)?"
    rf"(?:{S}(?:tahun )?(?P<rel>lalu|silam|kemarin|ini|mendatang|nanti|depan)\b)?",
    re.IGNORECASE,
)
YEARLY = re.compile(
    rf"(?<!\w)(?:tahun(?: (?:anggaran|pelajaran|ajaran|penilaian|buku|kerja))?|t\.?a\.?) (?P<y>{YEAR4})(?!\d)"
    r"|(?<!\w)tahun (?P<rel>lalu|silam|kemarin|sebelumnya|ini|depan|mendatang)\b",
    re.IGNORECASE,
)
NEXT_YEAR = re.compile(rf"(?:{PAIR}|{S},{S}(?:dan{S})?)(?P<y>{YEAR4})(?!\d)", re.IGNORECASE)
DAILY = re.compile(
    r"(?<!\w)(?<!tahun )(?<!bulan )(?<!pekan )(?<!minggu )"
    r"(?P<rel>hari ini|(?:pagi|siang|sore|malam) (?:ini|tadi)|tadi (?:pagi|siang|sore)|(?:kemarin|tadi) malam|malam kemarin|semalam"
    r"|kemarin lusa|kemarin|besok|esok hari)(?!\w)",
    re.IGNORECASE,
)
WEEKLY = re.compile(rf"(?:(?<!\w)(?P<cue>setiap|tiap|saban|pasar|malam|hari) )?{DAYS}(?P<next>{S}depan\b)?(?!\w)", re.IGNORECASE)
# years an article without a date may be of: there is no news on the web before 2000
ANY_YEAR = re.compile(r"(?<![\d.,/-])20\d\d(?![\d.,]*\d)")
PRINTED_YEAR = re.compile(rf"\d{S}(?:[/.-]{S}{NUM_M}{S}[/.-]|{MON}){S}(20\d\d)(?!\d)", re.IGNORECASE)
TAIL = re.compile(rf"(?:,?{S}{HOUR}\b){{1,2}}", re.IGNORECASE)
