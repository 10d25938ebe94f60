"""Many names, one pass: a trie over words that does not mind hyphens, quotation marks and spaces between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_GLUE = frozenset("-–—/'’‘\"“”!()") | {" "}
_SAME = {"&": "dan", "dgn": "dengan", "&amp;": "dan"}
_MOST_GLUE = 2


class Hit(NamedTuple):
    """One match: token offsets, what it is, which one."""

    start: int
    end: int
    label: str
    key: str


@dataclass
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    values: list[tuple[str, str]] = field(default_factory=list)


class Gazetteer:
    """Names to labels. `find` yields, at each start, every name that ends there or later (all readings, all lengths)."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, words: Sequence[str], label: str, key: str) -> None:
        """Teach one name: its lower-cased tokens, marks included or not."""
        node = self._root
        kept = [_SAME.get(word, word) for word in words if word not in _GLUE]
        if not kept:
            return
        for word in kept:
            node = node.next.setdefault(word, _Node())
        if (label, key) not in node.values:
            node.values.append((label, key))

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        """Every match in a sequence of lower-cased tokens, in linear time for names of bounded length."""
        root = self._root.next
        for start, word in enumerate(words):
            node = root.get(_SAME.get(word, word))
            if node is not None:
                yield from self._walk(words, start, node)

    def _walk(self, words: Sequence[str], start: int, node: _Node) -> Iterator[Hit]:
        at, size = start + 1, len(words)
        while True:
            for label, key in node.values:
                yield Hit(start, at, label, key)
            glue = 0
            while at < size and glue < _MOST_GLUE and words[at] in _GLUE:
                at, glue = at + 1, glue + 1
            following = node.next.get(_SAME.get(words[at], words[at])) if at < size else None
            if following is None:
                return
            node, at = following, at + 1
