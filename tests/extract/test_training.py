"""Gold in, weights out: what `make model` writes is what the reader loads."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from extract.lexicon import load_registry
from extract.scorer import load_scorer
from tests.conftest import ROOT, require

GOLD = sorted((ROOT / "tests" / "site" / "gold").glob("*.json"))
"""The articles of the loopback site: enough to learn something, fitted in seconds."""


@pytest.fixture(autouse=True)
def _fitter() -> None:
    require("scikit-learn", importlib.util.find_spec("sklearn") is not None)


def test_the_weights_written_judge_as_the_gold_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from extract.training.__main__ import main
    from extract.training.labels import label, read_gold

    out = tmp_path / "scorer.json"
    monkeypatch.setattr(sys, "argv", ["training", *map(str, GOLD), "--out", str(out)])
    main()
    said = capsys.readouterr()
    assert said.out == ""
    assert "holds: precision" in said.err
    scorer = load_scorer(out)
    assert scorer.version != load_scorer().version
    for question, examples in label(load_registry(), read_gold(GOLD)).items():
        likely = scorer.probabilities(question, [example.features for example in examples], [example.words for example in examples])
        right = [probability for probability, example in zip(likely, examples, strict=True) if example.answer]
        wrong = [probability for probability, example in zip(likely, examples, strict=True) if not example.answer]
        assert sum(right) / len(right) > 0.6 > 0.4 > sum(wrong) / len(wrong)


def test_held_out_rows_are_judged_by_trees_that_never_saw_their_article() -> None:
    from extract.training.fit import held_out
    from extract.training.labels import Example

    rows = [Example(f"a{number % 8}", {"tells": float(number % 2), "noise": number % 7 / 7}, bool(number % 2)) for number in range(80)]
    swapped = [Example(row.article, row.features, row.answer != (row.article == "a3")) for row in rows]
    told, misled = held_out(rows), held_out(swapped)
    own = [index for index, row in enumerate(rows) if row.article == "a3"]
    assert all((probability > 0.5) == row.answer for probability, row in zip(told, rows, strict=True))
    assert all((misled[index] > 0.5) == rows[index].answer for index in own)


def test_articles_of_one_outlet_do_not_vouch_for_each_other() -> None:
    from extract.training.fit import held_out
    from extract.training.labels import Example

    rows = [Example(f"a{number % 8}", {"tells": float(number % 2)}, (number % 2 == 1) != (number % 8 in (2, 3))) for number in range(160)]
    outlets = {f"a{number}": "the odd one" if number in (2, 3) else f"outlet {number}" for number in range(8)}
    odd = [index for index, row in enumerate(rows) if row.article in ("a2", "a3")]
    told = held_out(rows, outlets)
    assert all((told[index] > 0.5) != rows[index].answer for index in odd)  # the others, all alike, mislead about them


def test_kinds_are_counted(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from extract.training.kinds import main

    monkeypatch.setattr(sys, "argv", ["kinds", *map(str, GOLD)])
    main()
    head, *rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert head == ["question", "kind", "rows", "yes", "precision", "recall"]
    whole = {row[0]: row for row in rows if row[1] == "all"}
    assert set(whole) == {"holds", "result", "year"}
    slots = [row for row in rows if row[1].startswith("slot=")]
    assert sum(int(row[2]) for row in slots) == int(whole["result"][2])
