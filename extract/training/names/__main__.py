"""`python -m extract.training.names --corpora FOLDER --news FILE`: fit the names network and write it beside the other weights.

The teacher learns from idner-news-2k and NERGrit (train and dev), labels everyday news, and the student learns from both. NER-UI is only
scored. The first lines of the news, which test the first look, are not read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from extract.entities import MODEL
from extract.pipeline import TOKEN
from extract.training.names.corpora import LABELS, Predict, read_rows, score, sentence
from extract.training.names.student import Labelled, learn_vectors, new_student, news_lines, of_corpus, predictor, train
from extract.training.names.teacher import Engine, Teacher
from extract.training.relevance import TESTED

LEARNT, SCORED = ("idner", "nergrit"), ("idner", "nergrit", "nerui")
SILVER = 5000
"""Sentences of news that the teacher labels."""
ROUNDS = (3, 9)
_ARTICLES = 30_000
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_SHORTEST, _LONGEST = 6, 60


def main() -> None:
    """Fit teacher and student, print the figures of both, write the student."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of idner, nergrit and nerui JSON lines")
    parser.add_argument("--news", type=Path, required=True, help="everyday news: article JSON lines, gzip")
    parser.add_argument("--silver", type=int, default=SILVER, help="sentences of news to label; 0: no teacher")
    parser.add_argument("--out", type=Path, default=MODEL)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        nlp = new_student(learn_vectors(news_lines(args.news, TESTED, _ARTICLES), folder))
        gold = [sentence(row, as_printed=False) for corpus in LEARNT for row in read_rows(args.corpora, corpus, "train", "dev")]
        gold = [item for item in gold if item.tokens]
        silver: list[Labelled] = []
        if args.silver:
            teacher = Teacher(Engine(folder))
            teacher.learn(gold)
            silver = _labelled(teacher, list(islice(_sentences(news_lines(args.news, TESTED, _ARTICLES)), args.silver)))
            _figures("teacher", args.corpora, lambda items: list(teacher.names([item.words for item in items])))
        train(nlp, of_corpus(gold), silver, rounds=ROUNDS)
    nlp.meta["performance"] = _figures("student", args.corpora, predictor(nlp))
    nlp.to_disk(args.out)
    # the network knows words by their hashes; the words themselves, read off the news, stay here
    (args.out / "vocab" / "strings.json").write_text(json.dumps(sorted(LABELS)) + "\n", encoding="utf-8")


def _sentences(lines: Iterator[str]) -> Iterator[str]:
    """Every seventh sentence with a capital inside, neither very short nor very long."""
    found = (text for line in lines for text in _SENTENCE.split(line))
    fit = (text for text in found if _SHORTEST <= len(text.split()) <= _LONGEST and any(word[:1].isupper() for word in text.split()[1:]))
    return islice(fit, 0, None, 7)


def _labelled(teacher: Teacher, texts: Sequence[str]) -> list[Labelled]:
    cut = [[match.span() for match in TOKEN.finditer(text) if not match.group().isspace()] for text in texts]
    words = [[text[start:end] for start, end in spans] for text, spans in zip(texts, cut, strict=True)]
    spaces = [[text[end : end + 1] == " " for _, end in spans] for text, spans in zip(texts, cut, strict=True)]
    return list(zip(words, spaces, teacher.names(words), strict=True))


def _figures(who: str, folder: Path, predict: Predict) -> dict[str, dict[str, float]]:
    """F1 on the public tests, both ways, said on stderr."""
    out = {}
    for corpus in SCORED:
        rows = read_rows(folder, corpus, "test")
        for as_printed in (False, True):
            name = f"{corpus}, {'as printed' if as_printed else 'its tokens'}"
            out[name] = score(rows, predict, as_printed=as_printed)
            sys.stderr.write(f"names, {who}: {name}: {json.dumps(out[name])}\n")
    return out


if __name__ == "__main__":
    main()
