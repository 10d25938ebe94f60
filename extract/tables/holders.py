"""Whom a row of an own list says the award went to: who stands before the verb of receiving, or behind the one of giving."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extract.scene import Cue, Mention, Scene

Kind = Literal["body", "person", "group", "other", "unsaid"]

_PROFESSIONS = (
    r"sisw[ai]|pelajar|murid|peserta didik|mahasisw[ai]|santri|atlet|duta|puter[ai]|putr[ai]|mojang|jajaka|abang|karyawan|staf|nakes|dokter"
    r"|tenaga (?:kesehatan|medis|pendidik|kependidikan)|perawat|bidan|apoteker|guru|dosen|kepala sekolah|kader|lurah|camat|penyuluh"
    r"|pustakawan|arsiparis|penyair|penulis|juru|qari(?:ah)?|hafiz|seniman|budayawan|wartawan|relawan|bunda"
)
_PERSONS = (
    rf"{_PROFESSIONS}|anak|remaja|pemud[ai]|pasangan|suami|istri|keluarga|pns|asn|pegawai|warga|penduduk|petani|nelayan|peternak|ibu|bapak"
    r"|individu|perorangan"
)
"""The second half also names those whom bodies serve ("Kota Layak Anak"), and tells persons only as the head of what is said."""
_GROUPS = (
    r"rw|rt|dusun|kampung|posyandu|posbindu|pos (?:ukk|kb|upaya)|kwt|kelompok|gapoktan|forum|karang taruna|tim penggerak|tp[ -]?pkk|pkk"
    r"|pokja|pokdarwis|paguyuban|komunitas|koperasi|kud|pramuka|kwartir|gerakan pramuka|sanggar|bank sampah|umkm|ukm|yayasan|masjid|gereja"
    r"|pondok pesantren|pesantren|ponpes|sdit|smpit|persatuan|ikatan|himpunan|organisasi|dharma wanita|dekranasda|korpri|koni|kormi|knpi"
    r"|dewan pengurus"
)
_FRONT = re.compile(r"(?i)^(?:(?:se(?:orang|jumlah|buah)|para|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|\d+(?: orang)?)\s+)+")
_CHAIR = re.compile(r"(?i)^(?:wakil ketua|ketua|pengurus|anggota|sekretaris|pembina)\s+")
_PERSON = re.compile(rf"(?i)(?:{_PERSONS})\b")
_GROUP = re.compile(rf"(?i)(?:{_GROUPS})\b")
_NAME = re.compile(r"(?:[A-Z][\w.'’-]*\s+){0,4}[A-Z][\w.'’-]*$")
_EXEMPLARY = r"(?:teladan|berprestasi|inspiratif|berdedikasi)"
_FOR_PERSONS = re.compile(
    rf"(?i)\b(?:{_PERSONS})\s+(?:[\w/]+\s+){{0,2}}?{_EXEMPLARY}\b|\b(?:untuk|bagi|antar)\s+(?:{_PROFESSIONS})\b|\bolimpiade\b"
)
_FOR_GROUPS = re.compile(rf"(?i)\b(?:lomba|apresiasi|kompetisi)\s+(?:{_GROUPS})\b|\b(?:{_GROUPS})\s+(?:[\w/]+\s+)?{_EXEMPLARY}\b")
_PLACED = re.compile(
    r"(?i)^(?:(?:penghargaan|anugerah|apresiasi|piagam|lomba|pemilihan|seleksi|juara|terbaik|peringkat|harapan|umum|predikat|sebagai|dan"
    r"|ke-?\w+|kesatu|kedua|ketiga|pertama|I{1,3}|IV|\d{1,2})\s+)+"
)
_OPENED = re.compile(
    r"(?i)^(?:dari|di|pada|dalam|menjelang|atas|dengan|untuk|saat|selama|berkat|setelah|usai|menurut|sebagai|bertepatan)\b[^,]*,\s*"
)
_STANDING_IN = re.compile(r"(?i)\s+(?:mewakili|melalui|lewat|selaku|sebagai|bersama|binaan|sekaligus)\b.*$")
_RELATIVE = re.compile(r"(?i)[\s,]*\byang\b(?:\s+\w+)?\s*$")
_VERB = re.compile(r"\b(?:me(?:m|n|ng|ny)?|di|ber|ter)[a-z]{4,}(?:kan|i)?\b")
_AIDS = re.compile(r"(?i)[\s,]+(?:berhasil|sukses|kembali|telah|sudah|juga|pun|resmi|akhirnya|mampu|turut|ikut|ini|tersebut)$")
_OWNER = re.compile(r"\b(?:besutan|milik|garapan|gagasan|karya|inovasi)\s+(?:dari\s+)?(?=[A-Z])")
_TO = re.compile(r"(?i)\b(?:kepada|pada|bagi|untuk)\s+")
_BY = re.compile(r"(?i)^\s*(?:oleh\s+)?(?!dari\b)")
_TAKEN = frozenset("diraih diterima diperoleh disabet dikantongi diboyong direbut dimenangkan didapat didapatkan dipegang dicapai".split())
_HANDED_TO = frozenset(("diberikan kepada", "diserahkan kepada", "jatuh kepada", "jatuh pada"))
_NOT_GAINED = frozenset("disebut dinilai diikuti disusul dihuni diperuntukkan menyusul menguntit".split())
_GAINED = frozenset("unggul termasuk".split())
"""Words of coming out ahead that only a list of awards, where every row is a success, lets stand for receiving."""
_LOOK = 2
"""Sentences of a row in which it says who holds the award."""


@dataclass(frozen=True)
class Holder:
    """Who a row says holds its award: the words for them, and the bodies of the home among them."""

    kind: Kind
    words: str = ""
    mentions: tuple[Mention, ...] = ()
    span: tuple[int, int] | None = None
    """Where the words stand (offsets of the row's page)."""

    def refusal(self) -> str:
        """Why a row with this holder is no public body's; empty where it may be one's."""
        match self.kind:
            case "person":
                return "it is the prize of persons or pupils, not of a public body"
            case "group":
                return "it is the prize of residents or their groups, not of a public body"
            case "other":
                return f"“{self.words[:60]}” is no public body that the registry or its name tells"
            case _:
                return ""


def holder_of(inner: Scene, own: Sequence[Mention], award: str) -> Holder:
    """Whom a row names as the holder of its award.

    Args:
        inner: the row as an article: the award its title, what is told of it the text.
        own: the mentions of the home and its offices in it.
        award: the award's name; empty where the row tells nothing beside it, which is then looked at as its own text.
    """
    spans = [(s.start, s.end) for s in inner.page.sentences if s.start >= inner.page.shift][:_LOOK]
    for start, end in spans:
        found = _in_sentence(inner, start, end, own)
        if found.kind != "unsaid":
            return found
    return _judged(award)


def _judged(award: str) -> Holder:
    """What an award's own name says of those it is for."""
    head = _PLACED.sub("", award.strip())
    if _FOR_PERSONS.search(award) or _PERSON.match(_FRONT.sub("", head)):
        return Holder("person", award)
    if _FOR_GROUPS.search(award):
        return Holder("group", award)
    return Holder("unsaid")


def _in_sentence(inner: Scene, start: int, end: int, own: Sequence[Mention]) -> Holder:
    """The holder by the first verb of the sentence that says that somebody gained something."""
    tokens, full = inner.tokens, inner.page.full
    first, last = tokens.index(start), tokens.index(end - 1) + 1
    cues = inner.cues_in(first, last, "receive", "passive", "give", "handed")
    cues += [Cue(at, at + 1, "receive") for at in range(first, last) if tokens.words[at] in _GAINED]
    for cue in sorted(cues, key=lambda cue: cue.first):
        words = " ".join(tokens.words[cue.first : cue.last])
        until = tokens.end(cue.last)
        if words in _NOT_GAINED or (cue.meaning == "receive" and not tokens.texts[cue.first][0].islower()):
            continue
        if words in _TAKEN:
            if by := _BY.match(full[until:end]):
                return _named(inner, until + by.end(), _until_clause(full, until + by.end(), end), own)
            continue
        if words in _HANDED_TO:
            return _named(inner, until + 1, _until_clause(full, until + 1, end), own)
        if cue.meaning in ("give", "handed"):
            to = _TO.search(full[until:end])
            if to and (begin := until + to.end()):
                found = _named(inner, begin, _until_clause(full, begin, end), own)
                if found.kind != "other":
                    return found
            continue
        return _subject(inner, start, tokens.starts[cue.first], own)
    return Holder("unsaid")


def _subject(inner: Scene, start: int, end: int, own: Sequence[Mention]) -> Holder:
    """Who stands before a verb: the words in front of it without openers, auxiliaries, and those who only stand in."""
    full = inner.page.full
    text = full[start:end]
    if opened := _OPENED.match(text):
        start, text = start + opened.end(), text[opened.end() :]
    while aid := _AIDS.search(text.rstrip(" ,")):
        text = text[: aid.start()]
    relative = _RELATIVE.search(text)
    text = text[: relative.start()] if relative else text
    if relative and "," in text:
        cut = text.rindex(",") + 1
        start, text = start + cut, text[cut:]
    text = _STANDING_IN.sub("", text)
    verbs = [match for match in _VERB.finditer(text.rstrip()) if not _AIDS.search(f" {match.group()}")]
    if verbs and verbs[-1].end() == len(text.rstrip()):
        text = text[: verbs.pop().start()]
    if verbs and not relative:
        start, text = start + verbs[-1].end(), text[verbs[-1].end() :]
    return _named(inner, start, start + len(text), own)


def _until_clause(full: str, start: int, end: int) -> int:
    """Where the words for those behind a verb end: at a semicolon, or where another clause begins."""
    match = re.search(r";|\.\s|,?\s+(?:atas|karena|dalam rangka|dalam acara|saat|yang|berupa|sebagai|dengan|pada acara)\b", full[start:end])
    return start + match.start() if match else end


def _named(inner: Scene, start: int, end: int, own: Sequence[Mention]) -> Holder:
    """What kind of holder some words name: their head decides, not what stands behind it."""
    full = inner.page.full
    text = full[start:end]
    start += len(text) - len(text.lstrip(" ,("))
    text = text.strip(" ,(.")
    if not text:
        return Holder("unsaid")
    if front := _FRONT.match(text):
        start, text = start + front.end(), text[front.end() :]
    head = _CHAIR.sub("", text)
    if _GROUP.match(head):
        return Holder("group", text)
    here = [m for m in own if start <= _begin(m) < end]
    opening = [m for m in here if _begin(m) - start <= 2]
    if opening and not (opening[0].post is None and _PERSON.match(head)):
        listed = tuple(m for m in here if m.group == opening[0].group or m is opening[0])
        return Holder("body", text, listed)
    if _PERSON.match(head):
        return Holder("person", text)
    if owner := _OWNER.search(text):
        return _named(inner, start + owner.end(), end, own)
    name, comma, rest = text.partition(",")
    if comma and _NAME.match(name) and rest.strip():
        behind = _named(inner, start + len(name) + 1, end, own)
        return behind if behind.kind in ("body", "person", "group") else Holder("person", text)
    return Holder("other", text, span=(start, start + len(text)))


def _begin(mention: Mention) -> int:
    """Where the words for a body begin, those of its head's post included."""
    return mention.post.start if mention.post else mention.body.start
