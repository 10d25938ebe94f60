"""The reader on gold: no figure below its floor, no gold changed unseen, no part that knows another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.lexicon import load_registry
from extract.reader import Reader
from extract.scorer import MODEL
from store.model.errors import UsageError
from tests.quality.__main__ import HELD_TO
from tests.quality.agreement import differences, same_matter
from tests.quality.floors import fallen, raised, read_floors
from tests.quality.scoring import Figures, digest_of, figures, outcome, outcomes, read_gold
from tests.quality.splits import GOLD, PARTS, Part, outlet_of, part_of, paths


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


@pytest.mark.parametrize("part", HELD_TO)
def test_no_figure_falls_below_its_floor(part: Part, reader: Reader) -> None:
    assert not fallen(part, figures(outcomes(reader, read_gold(paths(part)))), read_floors())


@pytest.mark.parametrize("part", HELD_TO)
def test_floors_were_measured_on_this_gold(part: Part) -> None:
    assert read_floors()[part]["digest"] == digest_of(paths(part)), "the gold changed: run `python -m tests.quality --update`"


@pytest.mark.parametrize("part", HELD_TO)
def test_every_field_quotes_the_text(part: Part) -> None:
    assert read_floors()[part]["quoted"] == 1.0


def test_the_weights_have_seen_no_blind_article() -> None:
    seen = json.loads(MODEL.read_text("utf-8")).get("fitted_on")
    assert seen, "the weights do not say what they were fitted on: run `make model`"
    assert not set(seen) & {path.stem for path in paths("blind")}


def test_an_outlet_is_in_one_part_and_every_article_in_one() -> None:
    outlets = {part: {outlet_of(item["article"]) for item in read_gold(paths(part))} for part in PARTS}
    assert not outlets["train"] & outlets["tune"]
    assert not outlets["train"] & outlets["blind"]
    assert not outlets["tune"] & outlets["blind"]
    files = [path for part in PARTS for path in paths(part)]
    assert sorted(files) == sorted(GOLD.glob("*.json"))


def test_most_articles_teach_and_a_quarter_is_never_read() -> None:
    total = sum(len(paths(part)) for part in PARTS)
    share = {part: len(paths(part)) / total for part in PARTS}
    assert 0.5 < share["train"] < 0.65
    assert 0.1 < share["tune"] < 0.25
    assert 0.25 < share["blind"] < 0.4


@pytest.mark.parametrize(
    ("article", "outlet"),
    [
        ({"url": "https://ambon.antaranews.com/berita/1/x", "outlet": "ANTARA Ambon"}, "antaranews.com"),
        ({"url": None, "outlet": "ANTARA Gorontalo"}, "antaranews.com"),
        ({"url": "https://news.niaskab.go.id/x", "outlet": "Pemkab Nias"}, "niaskab.go.id"),
        ({"url": None, "outlet": "Suara Baru"}, "suarabaru"),
        ({"outlet": None}, ""),
    ],
)
def test_desks_of_one_outlet_are_one_outlet(article: dict[str, Any], outlet: str) -> None:
    assert outlet_of(article) == outlet


def test_articles_without_an_outlet_go_to_train() -> None:
    assert part_of("") == "train"


def measure(**changed: float) -> Figures:
    values: dict[str, Any] = {"found": 0.8, "right": 0.7, "silent": 1.0, "quoted": 1.0} | changed
    return Figures(articles=9, found_between=(0, 1), right_between=(0, 1), quiet_articles=3, fields=50, **values)


def test_floors_rise_and_fall_only_when_told() -> None:
    floors = raised({"tune": (measure(), "a")}, {}, allow_regression=False)
    assert floors == {"tune": {"digest": "a", "found": 0.78, "right": 0.68, "silent": 0.98, "quoted": 1.0}}
    assert raised({"tune": (measure(found=0.79), "b")}, floors, allow_regression=False)["tune"]["found"] == 0.78
    assert raised({"tune": (measure(found=0.9), "b")}, floors, allow_regression=False)["tune"]["found"] == 0.88
    with pytest.raises(UsageError, match=r"found is 0\.700, its floor 0\.780"):
        raised({"tune": (measure(found=0.7), "b")}, floors, allow_regression=False)
    assert raised({"tune": (measure(found=0.7), "b")}, floors, allow_regression=True)["tune"]["found"] == 0.68


def test_a_field_without_its_quotation_is_seen() -> None:
    assert fallen("tune", measure(quoted=0.999), {"tune": {"quoted": 1.0}})


CLAIM: dict[str, Any] = {
    "programme": "opini_bpk",
    "edition_year": 2021,
    "predicate": "WTP",
    "recipient": "Kota Serang",
    "recipient_name": "Pemerintah Kota Serang",
    "recipient_key": "36.73",
}


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"predicate": "Wajar Tanpa Pengecualian"}, []),
        ({"predicate": None, "tier": "WTP"}, []),
        ({"predicate": "WDP"}, ["predicate"]),
        ({"edition_year": 2020}, ["edition_year"]),
        ({"edition_year": None}, ["edition_year"]),
        ({"rank": 1}, ["rank"]),
        ({"score": 80.5}, ["score"]),
    ],
)
def test_what_makes_a_found_claim_wrong(changed: dict[str, Any], wrong: list[str]) -> None:
    assert differences(CLAIM, CLAIM | changed, "LKPD 2021", one_of_several=False) == wrong


def test_slots_left_open_are_not_judged_and_lists_hold_several_answers() -> None:
    assert not differences(CLAIM | {"open": ["predicate"]}, CLAIM | {"predicate": "WDP"}, "2021", one_of_several=False)
    assert not differences(CLAIM | {"edition_year": [2021, 2022]}, CLAIM | {"edition_year": 2022}, "2021", one_of_several=False)
    assert not differences(CLAIM | {"rank": [1, None]}, CLAIM, "2021", one_of_several=False)


@pytest.mark.parametrize(
    ("name", "key", "same"),
    [
        ("Pemkot Serang", None, True),
        ("Pemerintah Kota Semarang", "33.74", False),
        ("Pemerintah Kabupaten Serang", "36.04", False),
        ("Pemerintah Kota Serang", "36.73", True),
    ],
)
def test_semarang_is_not_serang(name: str, key: str | None, same: bool) -> None:
    assert same_matter(CLAIM, CLAIM | {"recipient_name": name, "recipient_key": key}) is same


def test_background_is_neither_wanted_nor_punished_and_inventions_are() -> None:
    article = {"title": "", "text": "LKPD 2021 Kota Serang WTP"}
    background = CLAIM | {"flags": ["background"], "evidence": []}
    item = {"key": "x", "article": article, "gold": {"claims": [background]}}
    got = CLAIM | {"flags": [], "evidence": [], "confidence": 0.9}
    seen = outcome(item, {"claims": [got]})
    assert (seen.wanted, seen.given, seen.quiet) == (0, 0, True)
    assert outcome({**item, "gold": {"claims": []}}, {"claims": [got]}).given == 1
    assert outcome({**item, "gold": {"claims": [CLAIM]}}, {"claims": [got]}).right == 1


def test_a_quotation_must_stand_where_it_says() -> None:
    item = {"key": "x", "article": {"title": "", "text": "Kota Serang"}, "gold": {"claims": [CLAIM]}}
    got = CLAIM | {"flags": [], "confidence": 0.9}
    span = {"field": "recipient", "in": "text", "start": 0, "end": 11, "text": "Kota Serang"}
    assert outcome(item, {"claims": [got | {"evidence": [span]}]}).quoted == 1
    assert outcome(item, {"claims": [got | {"evidence": [span | {"start": 1}]}]}).quoted == 0


def test_gold_is_named_by_its_key(tmp_path: Path) -> None:
    assert [item["key"] for item in read_gold(sorted(GOLD.glob("*.json")))] == [path.stem for path in sorted(GOLD.glob("*.json"))]
    (tmp_path / "a.json").write_text("{}")
    assert digest_of([tmp_path / "a.json"]) != digest_of([])
