"""The ceremony: its day, its place, who handed over and who took it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.dates import DateMention
from extract.roles import Roles, find_roles
from extract.scene import Mention, Scene

__all__ = ["Ceremony", "Roles", "find_ceremony", "find_roles"]

_PLACE = re.compile(
    r"\b(?:bertempat di|berlangsung di|digelar di|diadakan di|dilaksanakan di|diselenggarakan di|dilangsungkan di|dipusatkan di|di)\s+"
    r"(?P<name>(?:(?:lantai \w+ |salah satu )?(?:aula|gedung|kantor|ruang(?:an)?|hotel|halaman|pendopo|"
    r"auditorium|lapangan) (?:di )?)?(?:[A-Z0-9][\w.'’&/-]*)(?:,?[^\S\n]+(?:[A-Z][\w.'’&/-]*|dan|of|the|"
    r"and|lantai|\d{1,3}(?=[,\s])|lt\.?))*)"
)
_HALL = re.compile(
    r"\b(?:Hotel|Gedung|Aula|Balai|Kantor|Istana|Ruang(?:an)?|Auditorium|Convention|Center|Centre|Hall|"
    r"Pendopo|Ballroom|Grand|Kompleks|Plaza|Taman|"
    r"Gelanggang|Lapangan|Alun-alun|Universitas|Theater|Teater|JCC|ICE|TMII|Museum|Resort|Bidakara|Sasana|"
    r"Graha|Wisma|Jalan|Studio|Mall|Rumah)\b"
)
_NO_PLACE = re.compile(
    r"^(?:Indonesia|Kabupaten|Kota|Provinsi|Pemkab|Pemkot|Pemprov|Kementerian|Pemerintah|Tanah Air|Dinas|"
    r"Kecamatan|Jawa|Sumatera|Kalimantan|Sulawesi)\b"
)
_TIME_TAIL = re.compile(
    r",?\s*(?:(?<=, )(?:Jalan|Jl)\b|\b(?:Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad|Acara|pada|"
    r"tanggal|\d{1,2}\s(?:Jan|Feb|Mar|Apr|Mei|Jun|Jul|Ag|Sep|Okt|Nov|Des))).*$"
)
_EVENT = re.compile(
    r"\b(?:acara(?:nya)?|malam (?:puncak|penganugerahan|anugerah)|puncak(?:nya)?|penyerahan(?:nya)?|"
    r"penganugerahan(?:nya)?|pengumuman(?:nya)?|rapat paripurna|sidang paripurna|"
    r"upacara|apel|peluncuran|rakornas|rakorda|ajang|seremoni|berlangsung|dipusatkan|digelar|"
    r"dilangsungkan|mengumumkan(?:nya)?|diumumkan|merilis|dirilis|meluncurkan|diluncurkan|"
    r"menyelenggarakan|dihelat|dibuka|paripurna|pertemuan)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    r"\b(?:menyerahkan|diserahkan|memberikan|diberikan|menganugerahkan|dianugerahkan|dianugerahi|"
    r"menganugerahi|menyematkan|serahkan|anugerahkan)(?:nya)?\b",
    re.IGNORECASE,
)
_TAKE = re.compile(
    r"\b(?:menerima|diterima|terima|mengambil|memboyong|meraih|raih|menyabet|memborong|mendapat|mendapatkan|memperoleh|diraih)(?:nya)?\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:kata|ujar|ucap|ungkap|tutur|jelas|tegas|terang|papar|sebut|imbuh|tandas|beber|tukas|menurut|"
    r"ditemui|dihubungi|dijumpai|dikonfirmasi|keterangan|siaran pers|rilisnya?|mengatakan|"
    r"kepada (?:para )?(?:wartawan|awak media|media|jurnalis|[\w-]+\.(?:com|id|net))|menyampaikan|mengungkapkan|menjelaskan|menyebut|"
    r"menuturkan|menegaskan|"
    r"memaparkan|menerangkan|disampaikan|wawancara)(?:nya)?\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\b(?:sebelumnya|tahun lalu|sehari sebelum|pekan lalu)\b", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:mendatang|akan datang|(?:baru )?akan (?:di|ber)\w+)\b", re.IGNORECASE)
_WHY = re.compile(r"\b(?:dipilih|terpilih|diberikan)\s(?:sebab|karena|lantaran)\b[^.]*$", re.IGNORECASE)
_DATELINE = 60
_BY_LINE = 45
_SAID = 3.5
"""What a day loses that is of somebody's words, of a plan or of a reason."""
_FAR = 0.56
"""What a day loses at most for standing far down."""
_NEXT = 3
_FIRST_YEAR = 1980
"""Older days are the birthday of an organisation or of the republic, no ceremony that is reported."""


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What an article says of the day and place of an award."""

    date: DateMention | None = None
    venue: tuple[int, int] | None = None


def find_ceremony(scene: Scene, mentions: list[Mention]) -> Ceremony:
    """The day and place that the claims of these mentions share."""
    told = {mention.sentence for mention in mentions}
    dated = [
        (_date_weight(scene, item, told), -item.start, item)
        for item in scene.dates
        if item.day and item.day.year >= _FIRST_YEAR and item.precision in ("day", "weekday")
    ]
    best = max(dated, key=lambda row: row[:2], default=None)
    date = best[2] if best and best[0] > 0 else None
    places = [(_place_weight(scene, match, told, date), -match.start(), match) for match in _PLACE.finditer(scene.page.full)]
    place = max(places, key=lambda row: row[:2], default=None)
    if place is None or place[0] <= 0:
        return Ceremony(date)
    name = _TIME_TAIL.sub("", place[2].group("name")).rstrip(" ,.")
    start = place[2].start("name")
    return Ceremony(date, (start, start + len(name)) if name else None)


def _acts(scene: Scene, sentence: int) -> float:
    """Whether a sentence tells of something handed over, received, held or announced."""
    text = scene.page.text(scene.sentence(sentence))
    return (
        2.0 * bool(_ACT.search(text)) + 1.2 * bool(_EVENT.search(text)) + 1.0 * bool(_TAKE.search(text)) - 1.2 * bool(_EARLIER.search(text))
    )


def _stated(scene: Scene, at: int, sentence: int) -> bool:
    """Whether a day or place is that of somebody speaking: a verb of speech before it and no deed between."""
    bounds = scene.sentence(sentence)
    before = scene.page.full[bounds.start : at]
    said = list(_STATEMENT.finditer(before))
    if not said:
        return False
    first = scene.tokens.index(bounds.start + said[-1].end())
    deeds = scene.cues_in(first, scene.tokens.index(at), "handed", "give", "receive", "passive")
    between = before[said[-1].end() :]
    return not (deeds or _ACT.search(between) or _EVENT.search(between)) or said[-1].group().lower().startswith("ditemui")


def _said_there(scene: Scene, at: int, sentence: int) -> bool:
    """Whether somebody speaks at the place where the prize is handed over: the day of the words is that of the deed."""
    bounds, full = scene.sentence(sentence), scene.page.full
    places = [found.group("name").split(",")[0] for found in _PLACE.finditer(full, bounds.start, at)]
    others = (scene.page.text(other) for other in scene.page.sentences if other.index != sentence and abs(other.index - sentence) < _NEXT)
    handed = " ".join(text for text in others if _ACT.search(text))
    return any(_HALL.search(place) and place in handed for place in places)


def _date_weight(scene: Scene, item: DateMention, told: set[int]) -> float:
    """How likely a date is that of the event and not of a statement, a plan, a dateline."""
    sentence = scene.sentence_at(item.start)
    if sentence is None:
        return -1
    bounds, full, published = scene.sentence(sentence), scene.page.full, scene.page.article.published_on
    weight = _acts(scene, sentence)
    head = item.start - bounds.start < _DATELINE and "(" not in full[item.start : item.end] and bounds.index <= 2
    if head and (
        re.match(r"\s*(?:–|-|—|\(|\|)", full[item.end : item.end + 4])
        or (bounds.end - item.end < 3 and bounds.end - bounds.start < _DATELINE)
    ):
        return 0.2 if weight > 1 else -1
    line = full.rfind("\n", 0, item.start) + 1
    if item.day == published and full[item.end : item.end + 1] in ("", "\n") and item.end - line < _BY_LINE:
        return -1  # the line that says when it was put up
    if _stated(scene, item.start, sentence):
        weight = 1.0 if _said_there(scene, item.start, sentence) else -_SAID
    weight += 0.6 + 0.5 * (sentence in told) - min(0.08 * sentence, _FAR)
    if scene.page.in_quote(item.start):
        weight -= 1.5
    ahead = published is not None and item.day is not None and item.day > published and not _ACT.search(scene.page.text(bounds))
    if (
        ahead
        or _AHEAD.search(full, max(bounds.start, item.start - 60), min(bounds.end, item.end + 20))
        or _WHY.search(full, bounds.start, item.start)
    ):
        weight -= _SAID
    first, at = scene.tokens.index(bounds.start), scene.tokens.index(item.start)
    if scene.cues_in(max(first, at - 12), at, "plan"):
        weight -= 1
    if item.relative:
        weight -= 0.3
    return weight


def _place_weight(scene: Scene, match: re.Match[str], told: set[int], date: DateMention | None) -> float:
    """How likely a place is that of the event."""
    sentence = scene.sentence_at(match.start())
    name = match.group("name")
    if sentence is None or scene.sentence(sentence).kind == "title" or scene.page.in_quote(match.start()) or _NO_PLACE.match(name):
        return -1
    near = date is not None and scene.sentence_at(date.start) == sentence
    acts = _acts(scene, sentence)
    if not near and acts < 1.2:
        return -1
    weight = acts * 0.5 - 0.08 * sentence - 0.9
    weight += 1.5 * bool(_HALL.search(name)) + 0.5 * (sentence in told)
    if _stated(scene, match.start(), sentence):
        weight -= 2.5
    if date and near:
        weight += 1.2 + 0.6 * (abs(date.start - match.end()) < 40)
    return weight
