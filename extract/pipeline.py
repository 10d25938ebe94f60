"""The spaCy pipeline: text → `Doc` with sentences and the spans of everything the registry knows.

One parse is shared by all that follows. `doc.spans["known"]` holds every gazetteer match (label: what it is, kb id: its key);
they may overlap, the readers of `extract` decide by context.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extract.cues import load_cues
from extract.gazetteer import Gazetteer
from store.model.registry import Programme, Registry

TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+|_+|[^\w\s]|\s+")
"""A number with its decimals, a word, a single mark ("kabar.com__Wali Kota" is printed too), or blank space: how text, gazetteer and the
names network are cut."""
TOKENIZER = "rapor.words.v1"
KNOWN = "known"


class WordTokenizer:
    """Words, numbers with their decimals, single marks.

    spaCy's own Indonesian rules cost two and a half times as much (a prefix pattern of 2,400 characters) and keep
    "PAN-RB" and "SP4N-LAPOR!" in pieces of their own making; these pieces are the same for text and gazetteer.
    """

    def __init__(self, vocab: Vocab) -> None:
        """Make a tokenizer whose documents share `vocab`."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut `text` into tokens; nothing is normalised, so token offsets are text offsets."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in TOKEN.findall(text):
            if piece == " " and words and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(piece)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the rules are this module."""
        return b""

    def from_bytes(self, _data: bytes, **_kwargs: Any) -> WordTokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: Any, **_: Any) -> WordTokenizer:
        """Nothing to restore."""
        return self


@spacy.registry.tokenizers(TOKENIZER)  # type: ignore[attr-defined, untyped-decorator]
def make_tokenizer() -> Any:
    """The factory spaCy's config names."""
    return lambda nlp: WordTokenizer(nlp.vocab)


@Language.factory("rapor_gazetteer", assigns=["doc.spans"])
class GazetteerComponent:
    """Finds what the registry knows, all readings of it, and leaves the choice to context."""

    def __init__(self, nlp: Language, name: str) -> None:
        """Made empty by spaCy; `make_pipeline` hands the registry's names in."""
        self.nlp, self.name = nlp, name
        self.gazetteer = Gazetteer()

    def __call__(self, doc: Doc) -> Doc:
        """Put the matches on `doc.spans["known"]`."""
        words = [token.lower_ for token in doc]
        doc.spans[KNOWN] = [Span(doc, hit.start, hit.end, label=hit.label, kb_id=hit.key) for hit in self.gazetteer.find(words)]
        return doc


def make_pipeline(registry: Registry) -> Language:
    """The pipeline over everything the registry knows. Costs a tenth of a second; make it once."""
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    component = nlp.add_pipe("rapor_gazetteer")
    if not isinstance(component, GazetteerComponent):
        raise TypeError(f"spaCy made {type(component).__name__} of rapor_gazetteer; another package took the factory's name")
    for label, key, text in known_names(registry):
        component.gazetteer.add(words_of(text), label, key)
    return nlp


def words_of(text: str) -> list[str]:
    """The lower-cased tokens of a name, as the tokenizer would cut it."""
    return [piece.lower() for piece in TOKEN.findall(text) if not piece.isspace()]


def known_names(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """Every name to look for: (label, key, text)."""
    yield from _places_and_bodies(registry)
    for position in registry.positions.values():
        for text in {position.name, *position.variants}:
            yield "POST", position.key, text.split("{")[0]
    for programme in registry.programmes.values():
        yield from _programme_words(programme)
    for form, meaning in load_cues():
        yield "CUE", meaning, form


def _places_and_bodies(registry: Registry) -> Iterator[tuple[str, str, str]]:
    """Regions with their former names and bynames, agencies, kinds of units."""
    for region in registry.regions.values():
        former = [name for name, _ in region.former_names]
        for text in {region.name, *region.spellings, *former}:
            yield "REGION", region.code, text
        for text in region.epithets:
            yield "EPITHET", region.code, text
    for agency in registry.agencies.values():
        for text in {agency.name, *agency.abbreviations, *agency.aliases}:
            yield "AGENCY", agency.key, text
    for unit in registry.units.values():
        for text in {unit.name, *unit.spellings}:
            yield "UNIT", unit.key, text


def _programme_words(programme: Programme) -> Iterator[tuple[str, str, str]]:
    """The cues of one programme, the steps of its scales and its tiers."""
    for cue in programme.cues:
        yield "PROGRAMME", f"{programme.key}:{cue.strength}", cue.text
    for scale in programme.scales:
        for step in scale.steps:
            for text in {step.name, *step.spellings}:
                yield "STEP", f"{programme.key}:{step.name}", text
    for tier in programme.tiers:
        yield "TIER", f"{programme.key}:{tier}", tier
