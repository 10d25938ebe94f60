"""A parsed page as plain lists: what every finder reads, without a spaCy object a token."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from spacy.tokens import Doc

from extract.pipeline import KNOWN


class Tokens:
    """A parsed page as plain lists, and the gazetteer's matches by their first token."""

    def __init__(self, doc: Doc) -> None:
        """Read the lists off a `Doc` once."""
        self.texts = [token.text for token in doc]
        self.words = [token.lower_ for token in doc]
        self.starts = [token.idx for token in doc]
        self.size = len(doc)
        self.known: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        for span in doc.spans[KNOWN]:
            self.known[span.start].append((span.end, span.label_, span.kb_id_))
        letters = [text for text in self.texts if text.isalpha() and len(text) > 3]
        self.title_end = next((at for at, text in enumerate(self.texts) if "\n" in text), 0)
        """The token past the title."""
        self.common = self._common()
        self.shouting = sum(text.isupper() for text in letters) > 0.6 * len(letters) if letters else False

    def _common(self) -> frozenset[str]:
        """Words the text writes small and nowhere, but at the start of a sentence, with a capital: in a title these are no names."""
        small, names = set(), set()
        for at in range(self.title_end, self.size):
            text = self.texts[at]
            if text.islower():
                small.add(text)
            elif text[:1].isupper() and (self.texts[at - 1].isalnum() or self.texts[at - 1] == ","):
                names.add(self.words[at])
        return frozenset(small - names)

    def index(self, offset: int) -> int:
        """The token an offset lies in or before."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def end(self, last: int) -> int:
        """Offset past the token before `last`."""
        return self.starts[last - 1] + len(self.texts[last - 1])

    def capital(self, at: int) -> bool:
        """Whether a token starts with a capital letter (or is a number inside a name)."""
        return at < self.size and self.texts[at][:1].isupper()

    def hits(self, at: int, label: str) -> list[tuple[int, str]]:
        """(end, key) of the gazetteer's matches of one label at a token, longest first."""
        return sorted(((end, key) for end, found, key in self.known.get(at, ()) if found == label), reverse=True)

    def word(self, at: int) -> str:
        """The lower-cased token, empty past the end."""
        return self.words[at] if 0 <= at < self.size else ""
