"""Words around bodies and results as marks, and what is learned of them."""

from __future__ import annotations

import importlib.util

import pytest

from extract.article import read_json
from extract.lexicon import load_registry
from extract.scene import Scene, SceneBuilder
from extract.wording import Wording, around_body, between
from tests.conftest import require

REGISTRY = load_registry()
TEXT = "Kabupaten Garut meraih Penghargaan Adipura dari Kementerian Lingkungan Hidup. Nilai SAKIP Kota Tegal tercatat 71,20."


@pytest.fixture(scope="module")
def scene() -> Scene:
    return SceneBuilder(REGISTRY).build(read_json({"key": "k", "title": "Garut Raih Adipura", "text": TEXT, "published": None}))


def test_bodies_and_prizes_stand_as_their_kinds(scene: Scene) -> None:
    garut = next(m for m in scene.mentions if m.entity.key == "32.05" and m.sentence > 0)
    adipura = next(prize for prize in scene.prizes if prize.key == "adipura")
    marks = around_body(scene, garut, adipura)
    assert {"R1=meraih", "R=PRIZE", "RB=meraih_penghargaan"} & marks >= {"R1=meraih", "R=PRIZE"}
    assert "R=BODY" in marks
    assert "T=ME" in marks
    assert not any("garut" in mark or "adipura" in mark for mark in marks)


def test_words_between_a_body_and_its_score(scene: Scene) -> None:
    tegal = [m for m in scene.mentions if m.entity.key == "33.76"]
    score = next(result for result in scene.results if result.slot == "score")
    marks = between(scene, tegal, score)
    assert {"scoreAM=tercatat", "AM=tercatat", "scoreP=tercatat", "scoreAfar=1"} <= marks
    assert not any("71" in mark for mark in marks if not mark.startswith("says="))


def test_marks_that_are_not_known_weigh_nothing() -> None:
    wording = Wording({"R1=meraih": 1.5, "R=akan": -2.0}, -0.5)
    assert wording.rate({"R1=meraih", "R1=tak-dikenal"}) == pytest.approx(1.0)
    assert wording.rate({"R=akan"}) == pytest.approx(-2.5)


def test_the_order_of_the_marks_is_no_matter() -> None:
    weights = {f"L={number}": (number * 37 % 101) / 1000 - 0.05 for number in range(60)}
    wording, marks = Wording(weights, 0.1), list(weights)
    assert len({wording.rate(marks[turn:] + marks[:turn]) for turn in range(60)}) == 1


def test_a_mark_of_few_articles_gets_no_weight_and_no_row_is_judged_by_its_own_article() -> None:
    require("scikit-learn", importlib.util.find_spec("sklearn") is not None)
    import numpy as np

    from extract.training.wording import crossed, fit_wording

    words = [frozenset({"R1=meraih", f"L={number}"} if number % 2 else {"R1=menargetkan", f"L={number}"}) for number in range(60)]
    answers = np.array([float(number % 2) for number in range(60)])
    articles = np.arange(60) // 2
    wording = fit_wording(words, answers, np.ones(60), articles)
    assert set(wording.weights) == {"R1=meraih", "R1=menargetkan"}
    assert wording.rate(words[1]) > 0 > wording.rate(words[0])
    misled = answers.copy()
    misled[articles == 3] = 1 - misled[articles == 3]
    rates = crossed(words, misled, np.ones(60), articles)
    assert rates[6] < 0 < rates[7]
