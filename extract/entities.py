"""Names of persons, organisations and places in single sentences, by the small network in `resources/model/names`.

It costs a hundred times what the gazetteer costs, so it is asked only of sentences where rules were left with a doubt, and it is
loaded when first asked. `make model` rebuilds it; its figures stand in the model's card.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from extract import pipeline  # registers the tokenizer that the network's config names
from store.model.errors import StoreError

MODEL = Path(__file__).parent / "resources" / "model" / "names"
TOKENIZER = pipeline.TOKENIZER
_AT_ONCE = 64


class Entity(NamedTuple):
    """A name: text[start:end] and "PERSON", "ORG" or "LOC"."""

    start: int
    end: int
    label: str


@cache
def load_network(path: Path = MODEL) -> Language:
    """The network as a spaCy pipeline. Raises StoreError where it cannot be read."""
    try:
        return spacy.load(path)
    except (OSError, ValueError) as error:
        raise StoreError(f"{path.name}: the names network cannot be read ({error}); run `make model` or install rapor anew") from error


def find_entities(texts: Sequence[str]) -> list[list[Entity]]:
    """The names of each text (a sentence, a heading), in order; offsets count its characters."""
    docs = load_network().pipe(texts, batch_size=_AT_ONCE)
    return [[Entity(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]
