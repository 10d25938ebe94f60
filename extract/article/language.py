"""Which language an article is in: counted function words first, the n-gram model only where they do not decide."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"[a-zA-Z]+")
_SAMPLE = 2500
_FEW = 8


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HINTS: dict[str, frozenset[str]] = {
    "id": _words("""
        yang dan di untuk dengan pada dari ini itu tidak akan adalah oleh juga dalam karena bisa sudah telah saat kata para tersebut
        sebagai ke penghargaan pemerintah kota kabupaten provinsi daerah meraih tahun kepada menteri dinas pelayanan nilai
    """),
    "en": _words("""
        the of and to in is was for with that on as by at from has have be are were it this an which said not will its their his
        award government
    """),
    "jv": _words("""
        ing lan sing iki kanggo saka karo ora wis ana marang kang dening dadi uga bisa yaiku para supaya nalika amarga kuwi iku wong dheweke
        kabeh sawise
    """),
    "su": _words("""
        nu jeung di ka ku anu téh teh ieu eta éta pikeun keur dina sareng henteu geus urang sadaya aya kana tina mah ngeunaan sarta
    """),
}
_COMMON_MALAY = _words("datuk pejabat awam mengikut dilaporkan disebabkan kawasan beliau katanya negeri semalam daripada ringgit")
"""Malay words that Indonesian news prints too: they add to others and decide nothing alone."""
_MALAY = _COMMON_MALAY | _words("""
    kerana bahawa ialah polis syarikat berjaya dijangka hujung mesyuarat pengerusi wang bagaimanapun manakala sekiranya
    perkhidmatan pelbagai kementeriannya kakitangan
""")
_INDONESIAN = _words("""
    karena bahwa bisa provinsi kabupaten polisi perusahaan ucapnya ujarnya tuturnya rupiah kemarin rapat ketua uang berbagai sementara jika
    pemkot pemkab pemprov wali gubernur bupati dinas meraih kota walikota kemudian saat usai agar
""")
_CANDIDATES = ("id", "ms", "en", "jv", "nl", "de", "fr", "es", "pt", "it", "ar", "zh", "ja", "ko", "tl", "vi", "th", "hi", "ru", "tr")


def detect_language(title: str, text: str) -> str | None:
    """The ISO 639-1 code of an article's language, None where there is nothing to tell it by.

    Indonesian, English, Javanese and Sundanese are told by their small words; Malay from Indonesian by words that differ.
    """
    words = [word.lower() for word in _WORD.findall(f"{title}\n{text[:_SAMPLE]}")]
    if not words:
        return _by_model(text[:_SAMPLE]) if text.strip() else None
    counts = {language: sum(word in hints for word in words) for language, hints in _HINTS.items()}
    best, second = sorted(counts, key=lambda language: -counts[language])[:2]
    decided = counts[best] >= max(_FEW, 0.12 * len(words)) and counts[best] >= 1.5 * counts[second]
    language = best if decided else _by_model(f"{title}\n{text[:_SAMPLE]}")
    return _malay_or_indonesian(words) if language in ("id", "ms") else language


def _malay_or_indonesian(words: list[str]) -> str:
    malay = sum(word in _MALAY for word in words)
    own = sum(word in _MALAY and word not in _COMMON_MALAY for word in words)
    indonesian = sum(word in _INDONESIAN for word in words)
    return "ms" if own and malay > indonesian and (own >= 2 or len(words) < 60) else "id"


def _by_model(text: str) -> str | None:
    letters = sum(character.isalpha() for character in text)
    if letters < 3:
        return None
    found: tuple[str, float] = _model().classify(text)
    return found[0]


@lru_cache(maxsize=1)
def _model() -> Any:
    """The n-gram model, loaded once and only when it is needed: it costs more than all small words together."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages([code for code in _CANDIDATES if code in model.nb_classes])
    return model
