"""Indonesian words as they are searched for: the forms of one word, and words that say nothing by themselves.

Forms are those of voice (lapor, melaporkan, dilaporkan, laporan) and the ending -nya. What other prefixes make of a root is another word:
nilai and menilai are looked for together, penilai and ternilai are not. The root is found by Sastrawi with its dictionary, the forms are
made here and looked for all at once; so the full-text index holds words as printed, on both databases the same, and one question may ask
for forms and the next for none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Sastrawi.Stemmer.StemmerInterface import StemmerInterface

STOP_WORDS = frozenset(
    (
        "adalah agar akan antara atas atau bagi bahwa dalam dan dapat dari dengan di hingga ia ini itu juga karena ke kepada "
        "lagi lalu maka masih mereka namun oleh pada para pun sebagai saat sampai sang sebuah secara sejumlah seperti serta setelah si "
        "sudah tapi telah tentang terhadap tersebut tetapi untuk usai yaitu yakni yang"
    ).split()
)
"""Words a question may hold that need not stand in what it finds."""

SHORTEST_ROOT = 4
"""Roots of three letters are too often a part of another word: "kan" of "beberkan"."""
_VOWELS = frozenset("aeiou")
_ENDINGS = ("", "kan", "an", "i", "nya", "kannya", "annya", "inya")
# What me- ends in before the first letter of a root, and whether that letter gives way to it.
_NASALS = {
    **dict.fromkeys("lrmnwy", ("", False)),
    **dict.fromkeys("aeioughq", ("ng", False)),
    **dict.fromkeys("bfv", ("m", False)),
    **dict.fromkeys("dcjz", ("n", False)),
    "p": ("m", True),
    "t": ("n", True),
    "s": ("ny", True),
    "k": ("ng", True),
}


@lru_cache(maxsize=4096)
def forms(word: str) -> tuple[str, ...]:
    """The word and its other forms, in the order of letters; some of them nobody ever wrote. `word` is in lower case."""
    if not word.isalpha() or len(word) < SHORTEST_ROOT:
        return (word,)
    bare = word.removesuffix("nya")
    found = {word, f"{word}nya", bare if len(bare) >= SHORTEST_ROOT else word}
    root = _stemmer().stem(word)
    if len(root) >= SHORTEST_ROOT and root.isalpha():
        voices = {head + ending for head in (root, f"di{root}", *_active(root)) for ending in _ENDINGS}
        found |= voices if word in voices else set()
    return tuple(sorted(found))


def _active(root: str) -> set[str]:
    """me- before a root: menulis of tulis, mengecat of cat. Borrowed roots keep their letter, so both are given."""
    if sum(letter in _VOWELS for letter in root) == 1:
        return {f"menge{root}"}
    ending, gives_way = _NASALS.get(root[0], ("", False))
    kept = {"ny": "n"}.get(ending, ending)
    return {f"me{kept}{root}", *([f"me{ending}{root[1:]}"] if gives_way else [])}


@lru_cache(maxsize=1)
def _stemmer() -> StemmerInterface:
    # Here and not above: only a question with words to bend pays for reading the dictionary.
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()
