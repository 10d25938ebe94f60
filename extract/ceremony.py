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
    r"(?P<name>(?:[A-Z0-9][\w.'’&/-]*)(?:,?\s+(?:[A-Z][\w.'’&/-]*|dan|of|the|and|lantai|\d{1,3}(?=[,\s])|lt\.?))*)"
)
_HALL = re.compile(
    r"\b(?:Hotel|Gedung|Aula|Balai|Kantor|Istana|Ruang(?:an)?|Auditorium|Convention|Center|Centre|Hall|Pendopo|Ballroom|Grand|Kompleks|Plaza|Taman|"
    r"Gelanggang|Lapangan|Alun-alun|Universitas|Theater|Teater|JCC|ICE|TMII|Museum|Resort|Bidakara|Sasana|Graha|Wisma|Jalan|Studio|Mall|Rumah)\b"
)
_NO_PLACE = re.compile(r"^(?:Indonesia|Kabupaten|Kota|Provinsi|Pemkab|Pemkot|Pemprov|Kementerian|Pemerintah|Tanah Air|Dinas|Kecamatan|Jawa|Sumatera|Kalimantan|Sulawesi)\b")
_TIME_TAIL = re.compile(r",?\s*(?:(?<=, )(?:Jalan|Jl)\b|Senin|Selasa|Rabu|Kamis|Jum['’]?at|Sabtu|Minggu|Ahad|pada|tanggal|\d{1,2}\s).*$")
_DATELINE = 60


@dataclass(frozen=True, slots=True)
class Ceremony:
    """What an article says of the day and place of an award."""

    date: DateMention | None = None
    venue: tuple[int, int] | None = None


def find_ceremony(scene: Scene, mentions: list[Mention]) -> Ceremony:
    """The day and place that the claims of these mentions share."""
    told = {mention.sentence for mention in mentions}
    dated = [(_date_weight(scene, item, told), -item.start, item) for item in scene.dates if item.day and item.precision in ("day", "weekday")]
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
    """Whether a sentence tells of something handed over or received."""
    bounds = scene.sentence(sentence)
    first, last = scene.tokens.index(bounds.start), scene.tokens.index(bounds.end - 1) + 1
    weight = 0.0
    if scene.cues_in(first, last, "handed", "give"):
        weight += 2
    if scene.cues_in(first, last, "receive", "passive"):
        weight += 1
    if scene.cues_in(first, last, "award"):
        weight += 0.5
    return weight


def _date_weight(scene: Scene, item: DateMention, told: set[int]) -> float:
    """How likely a date is that of the event and not of a statement, a plan, a dateline."""
    sentence = scene.sentence_at(item.start)
    if sentence is None:
        return -1
    bounds = scene.sentence(sentence)
    if item.start - bounds.start < _DATELINE and re.match(r"\s*(?:–|-|—|\(|\|)", scene.page.full[item.end : item.end + 4]) and bounds.index <= 2 and "(" not in scene.page.full[item.start : item.end]:
        return 0.2
    weight = _acts(scene, sentence) + 0.8 * (sentence in told) - 0.08 * sentence
    first, at = scene.tokens.index(bounds.start), scene.tokens.index(item.start)
    if scene.cues_in(max(first, at - 12), at, "say"):
        weight -= 1.6
    if scene.page.in_quote(item.start):
        weight -= 1.5
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
    weight = _acts(scene, sentence) * 0.5 - 0.08 * sentence - 0.6
    weight += 1.5 * bool(_HALL.search(name)) + 0.8 * (sentence in told)
    if date and scene.sentence_at(date.start) == sentence:
        weight += 1.2 + 0.6 * (abs(date.start - match.end()) < 40)
    return weight
