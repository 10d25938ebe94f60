"""The fast student: spaCy's transition NER over hashed words and small floret vectors of everyday news. This is what ships."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import floret
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.training.initialize import convert_vectors
from spacy.util import minibatch
from thinc.api import Adam, Config, fix_random_seed

from extract.entities import TOKENIZER
from extract.pipeline import TOKEN
from extract.training.names.corpora import Predict, Sentence
from extract.training.names.corpora import Span as Name

_NER = """
[model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true
nO = null

[model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[model.tok2vec.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM","PREFIX","SUFFIX","SHAPE"]
rows = [5000,1000,2500,1000]
include_static_vectors = true

[model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3
"""
_FLORET = {"model": "cbow", "mode": "floret", "hashCount": 2, "bucket": 20000, "minn": 4, "maxn": 5, "minCount": 5, "dim": 100}
_PACE = {"epoch": 5, "neg": 10, "lr": 0.05, "thread": 2}
_RATE, _SLOWEST = 0.001, 0.05
_BATCH = 24
_DROP = 0.25

Labelled = tuple[Sequence[str], Sequence[bool], Sequence[Name]]
"""Words, whether a space follows each, names by words."""


def news_lines(path: Path, first: int, count: int) -> Iterator[str]:
    """Titles and paragraphs of `count` articles of a packed file of article JSON lines, from the `first` on."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for item in map(json.loads, islice(lines, first, first + count)):
            yield from (line for line in (item["title"] or "", *item["text"].split("\n")) if line.strip())


def learn_vectors(lines: Iterable[str], folder: Path) -> Path:
    """Vectors of words and their parts, learnt from lines of text; two million numbers."""
    text, vectors = folder / "news.txt", folder / "news.floret"
    with text.open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(" ".join(piece for piece in TOKEN.findall(line) if not piece.isspace()) + "\n")
    floret.train_unsupervised(str(text), **_FLORET, **_PACE).save_floret_vectors(str(vectors))
    return vectors


def new_student(vectors: Path) -> Language:
    """An untrained pipeline on our tokenizer."""
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": TOKENIZER}}})
    convert_vectors(nlp, vectors, truncate=0, prune=-1, mode="floret")
    nlp.add_pipe("ner", config=Config().from_str(_NER))
    return nlp


def of_corpus(sentences: Iterable[Sentence]) -> list[Labelled]:
    """Labelled words of corpus sentences."""
    return [(item.words, item.spaces, item.spans()) for item in sentences if item.tokens]


def train(nlp: Language, gold: Sequence[Labelled], silver: Sequence[Labelled], *, rounds: tuple[int, int], seed: int = 1) -> None:
    """Teach first silver and gold together, then gold alone; `rounds` over each. The weights end as their averages over all steps."""
    fix_random_seed(seed)
    draw = random.Random(seed)  # noqa: S311
    gold_rows, silver_rows = ([_example(nlp, item) for item in items] for items in (gold, silver))
    nlp.initialize(lambda: gold_rows)
    optimizer = Adam(_RATE, L2=0.01, grad_clip=1.0, use_averages=True)
    phases = [gold_rows + silver_rows] * rounds[0] + [gold_rows] * rounds[1]
    steps, taken = sum(map(len, phases)), 0
    for rows in phases:
        shuffled = draw.sample(rows, len(rows))
        for batch in minibatch(shuffled, size=_BATCH):  # type: ignore[no-untyped-call]
            optimizer.learn_rate = _RATE * max(_SLOWEST, 1 - taken / steps)
            nlp.update(batch, sgd=optimizer, drop=_DROP)
            taken += len(batch)
    nlp.use_params(optimizer.averages).__enter__()


def _example(nlp: Language, item: Labelled) -> Example:
    words, spaces, names = item
    told = Doc(nlp.vocab, words=list(words), spaces=list(spaces))
    told.ents = [Span(told, first, last, label=label) for first, last, label in names]
    return Example(Doc(nlp.vocab, words=list(words), spaces=list(spaces)), told)


def predictor(nlp: Language) -> Predict:
    """The student as the scorer asks it."""

    def predict(sentences: Sequence[Sentence]) -> list[list[Name]]:
        docs: list[Any] = [Doc(nlp.vocab, words=item.words, spaces=item.spaces) for item in sentences]
        return [[(ent.start, ent.end, ent.label_) for ent in doc.ents] for doc in nlp.pipe(docs)]

    return predict
