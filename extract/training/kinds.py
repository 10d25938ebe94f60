"""`python -m extract.training.kinds GOLD…` (files or folders): how the scorer does on held-out articles, kind by kind."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.lexicon import load_registry
from extract.scorer import load_scorer
from extract.training.fit import held_out
from extract.training.labels import Example, label, read_gold

_KINDS = {
    "holds": (
        "is_region",
        "is_unit",
        "is_agency",
        "is_unsettled",
        "is_organiser",
        "prize_named",
        "prize_unknown",
        "prize_nameless",
        "any_plan",
    ),
    "result": ("slot=predicate", "slot=tier", "slot=rank", "slot=score"),
    "year": ("implied", "prize_dated"),
}
"""Features that tell kinds of rows apart, for each question."""


def main() -> None:
    """Print rows, right answers, precision and recall of each kind at the thresholds that ship, tab-separated."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("gold", nargs="+", type=Path, help="gold JSON files, or folders of them")
    parser.add_argument("--unworded", action="store_true", help="fit without what words weigh, to see what it adds")
    args = parser.parse_args()
    labelled = label(load_registry(), read_gold(args.gold))
    sys.stdout.write("question\tkind\trows\tyes\tprecision\trecall\n")
    for question, told in labelled.items():
        examples = [replace(example, words=frozenset()) for example in told] if args.unworded else told
        said = [load_scorer().accepts(question, probability) for probability in held_out(examples)]
        for kind in ("all", *_KINDS[question]):
            sys.stdout.write(f"{question}\t{kind}\t{_figures(examples, said, kind)}\n")


def _figures(examples: Sequence[Example], said: Sequence[bool], kind: str) -> str:
    rows = [(example.answer, yes) for example, yes in zip(examples, said, strict=True) if kind == "all" or example.features.get(kind)]
    right = sum(answer and yes for answer, yes in rows)
    given, wanted = sum(yes for _, yes in rows), sum(answer for answer, _ in rows)
    return f"{len(rows)}\t{wanted}\t{right / max(1, given):.2f}\t{right / max(1, wanted):.2f}"


if __name__ == "__main__":
    main()
