"""Names of regions with a letter or two wrong: "Pemko Sabulussalam", "Bupati Rokan Hiling".

Only where a level or a post says that a region's name must follow, only among the regions of that level, and only where one
of them is nearer than every other.
"""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from extract.tokens import Tokens
from store.model.registry import Registry

_SHORTEST = 7
_LONG = 10
_MOST_WORDS = 3


class Misprints:
    """Nearest names, level by level."""

    def __init__(self, registry: Registry) -> None:
        """Take in the names of all regions."""
        self.names: dict[str, dict[str, str]] = defaultdict(dict)
        for region in registry.regions.values():
            for text in (region.name, *region.spellings):
                if len(text) >= _SHORTEST:
                    self.names[region.level][text.lower()] = region.code
        self._known: dict[tuple[str, str], str | None] = {}

    def at(self, tokens: Tokens, at: int, level: str) -> tuple[int, str] | None:
        """(token past it, code) of a misprinted name of a level that starts at a token; the most words that give one."""
        for width in range(_MOST_WORDS, 0, -1):
            words = tokens.words[at : at + width]
            if len(words) == width and all(word.isalpha() and tokens.capital(at + n) for n, word in enumerate(words)):
                code = self._nearest(" ".join(words), level)
                if code:
                    return at + width, code
        return None

    def _nearest(self, text: str, level: str) -> str | None:
        """The one region of a level whose name is a letter away, or two where the name is long."""
        if (text, level) not in self._known:
            allowed = 2 if len(text) >= _LONG else 1
            near = process.extract(text, self.names[level].keys(), scorer=Levenshtein.distance, score_cutoff=allowed, limit=2)
            codes = [self.names[level][name] for name, distance, _ in near if distance == near[0][1]]
            self._known[text, level] = codes[0] if len(text) >= _SHORTEST and len(set(codes)) == 1 else None
        return self._known[text, level]
