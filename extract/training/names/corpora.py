"""Public corpora of Indonesian names on our own tokens, and the two ways to score: on the corpus's tokens, and on text as printed.

A row of a corpus is `{"tokens": […], "ner_tags": ["O", "B-PERSON", …]}`; labels are PERSON, ORG and LOC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.pipeline import TOKEN

LABELS = ("PERSON", "ORG", "LOC")
Span = tuple[int, int, str]
"""First, past the last, label; of characters or of tokens."""
Predict = Callable[[Sequence["Sentence"]], Sequence[list[Span]]]
"""Spans over the tokens of each sentence."""
_NO_SPACE_BEFORE = frozenset(",.;:?!)%]}”’…")
_NO_SPACE_AFTER = frozenset("([{“‘")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a corpus as text, with our tokens and the corpus's tokens as character offsets, and its names."""

    text: str
    tokens: tuple[tuple[int, int], ...]
    printed: tuple[tuple[int, int], ...]
    names: tuple[Span, ...]
    """Names by characters, marks at their edges left out."""
    wanted: frozenset[Span]
    """Names by the corpus's tokens."""

    @property
    def words(self) -> list[str]:
        """Our tokens as text."""
        return [self.text[start:end] for start, end in self.tokens]

    @property
    def spaces(self) -> list[bool]:
        """Whether a space follows each of our tokens."""
        return [self.text[end : end + 1] == " " for _, end in self.tokens]

    def spans(self) -> list[Span]:
        """The names by our tokens, none overlapping."""
        found: list[Span] = []
        for start, end, label in self.names:
            inside = [number for number, (first, last) in enumerate(self.tokens) if last > start and first < end]
            if inside and (not found or inside[0] >= found[-1][1]):
                found.append((inside[0], inside[-1] + 1, label))
        return found


def read_rows(folder: Path, name: str, *parts: str) -> list[dict[str, Any]]:
    """The rows of a corpus's parts: `idner`, `train`, `dev` → `idner.train.jsonl`, `idner.dev.jsonl`."""
    return [json.loads(line) for part in parts for line in (folder / f"{name}.{part}.jsonl").read_text("utf-8").splitlines()]


def sentence(row: dict[str, Any], *, as_printed: bool) -> Sentence:
    """A row as text: its tokens with a space between each, or set as print sets them."""
    text, printed = _lay(row["tokens"], as_printed=as_printed)
    names = []
    for first, last, label in runs(row["ner_tags"]):
        start, end = _trimmed(text, printed[first][0], printed[last - 1][1])
        if start < end:
            names.append((start, end, label))
    tokens = tuple(match.span() for match in TOKEN.finditer(text) if not match.group().isspace())
    return Sentence(text, tokens, tuple(printed), tuple(names), frozenset(runs(row["ner_tags"])))


def runs(tags: Sequence[str]) -> Iterator[Span]:
    """The names of a row of IOB tags."""
    start, label = None, ""
    for number, tag in enumerate([*tags, "O"]):
        if start is not None and (tag == "O" or tag[0] == "B" or tag[2:] != label):
            yield start, number, label
            start = None
        if tag != "O" and start is None:
            start, label = number, tag[2:]


def _lay(tokens: Sequence[str], *, as_printed: bool) -> tuple[str, list[tuple[int, int]]]:
    text, places, quoted = "", [], False
    for number, word in enumerate(tokens):
        spaced = number > 0
        if as_printed and spaced:
            before = tokens[number - 1]
            inside = quoted and '"' in (word, before)
            spaced = not (word in _NO_SPACE_BEFORE or before in _NO_SPACE_AFTER or inside)
        quoted ^= word == '"'
        text += " " * spaced
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, places


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without marks at its edges: some corpora glue brackets to names."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def score(rows: Sequence[dict[str, Any]], predict: Predict, *, as_printed: bool) -> dict[str, float]:
    """Strict F1 in percent, over all names and per label: a name counts where both ends and the label are right.

    On the corpus's tokens a found name covers the tokens it touches; on text as printed its characters are compared.
    """
    sentences = [sentence(row, as_printed=as_printed) for row in rows]
    counts = {label: [0, 0] for label in LABELS}
    for item, spans in zip(sentences, predict(sentences), strict=True):
        found = {(item.tokens[first][0], item.tokens[last - 1][1], label) for first, last, label in spans}
        if as_printed:
            wanted, found = set(item.names), {(*_trimmed(item.text, start, end), label) for start, end, label in found}
        else:
            wanted, found = set(item.wanted), {_by_tokens(item, span) for span in found}
        for label, count in counts.items():
            ours, theirs = ({span for span in spans if span[2] == label} for spans in (found, wanted))
            count[0] += 2 * len(ours & theirs)
            count[1] += len(ours) + len(theirs)
    whole = {"all": [sum(count[0] for count in counts.values()), sum(count[1] for count in counts.values())], **counts}
    return {label: round(100 * hits / max(1, both), 1) for label, (hits, both) in whole.items()}


def _by_tokens(item: Sentence, span: Span) -> Span:
    touched = [number for number, (start, end) in enumerate(item.printed) if end > span[0] and start < span[1]]
    return touched[0], touched[-1] + 1, span[2]
