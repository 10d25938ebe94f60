"""Confidence of fields: a doubtful value says less than a plain one, every value says something, and the file holds what is asked of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from extract.confidence import MODEL
from extract.field_confidence import KINDS, SCORED, load_field_confidence, of_row, without
from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.errors import StoreError
from store.model.records import Article, Claim
from tests.quality.own_tables import TABLES
from tests.quality.scoring import read_gold
from tests.quality.splits import paths
from tests.quality.tables import page

PLAIN = "Kota Bandung meraih peringkat 2 SAKIP Award 2019 dari Kementerian PANRB."
EITHER = "Kabupaten Garut dan Kota Bandung meraih penghargaan SAKIP Award 2019. Peringkat 2 ditempati salah satunya."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def test_a_doubtful_value_says_a_lower_number() -> None:
    told = load_field_confidence()
    for name in SCORED:
        said = [told.of({name: likely})[name] for likely in (0.36, 0.5, 0.7, 0.9, 0.99)]
        assert said == sorted(said)
        assert all(0 < one < 1 for one in said)
    assert told.of({"rank": 0.4})["rank"] < told.of({"rank": 0.95})["rank"]


@pytest.mark.parametrize("name", list(KINDS))
def test_kinds_of_reading_are_told_apart(name: Any) -> None:
    told = load_field_confidence()
    assert all(0 < told.of({name: kind})[name] < 1 for kind in KINDS[name])


def filled(claim: Claim) -> set[str]:
    return {name for name in (*SCORED, *KINDS) if getattr(claim, name) is not None}


def test_every_value_that_is_read_carries_a_confidence(reader: Reader) -> None:
    golds = read_gold(paths("tune")[:12])
    readings = [reader.read_article(Article.model_validate({"key": one["key"], **_plain(one["article"])})) for one in golds]
    claims = [claim for reading in readings for claim in reading.claims]
    assert len(claims) > 5
    assert all(set(claim.field_confidence) == filled(claim) for claim in claims)


def _plain(article: dict[str, Any]) -> dict[str, Any]:
    return {name: article[name] for name in ("title", "text", "published") if article.get(name)}


def test_every_value_of_a_row_carries_a_confidence(reader: Reader) -> None:
    claims = [claim for table in TABLES for outcome in reader.scene_and_rows(page(table))[1] for claim in outcome.claims]
    assert all(set(claim.field_confidence) == filled(claim) for claim in claims)
    assert any(claim.field_confidence.get("giver") == claim.confidence for claim in claims)


def test_a_cell_is_trusted_as_its_row_is() -> None:
    read = Claim(recipient="a", recipient_name="a", rank=1, giver="b", confidence=0.7, field_confidence={"rank": 0.9, "giver": 0.4})
    replaced = read.model_copy(update={"giver": "c", "field_confidence": without(read, ["giver"])})
    assert of_row(replaced) == {"rank": 0.9, "giver": 0.7}


def test_a_doubtful_rank_says_less_than_a_plain_one(reader: Reader) -> None:
    plain, doubtful = (
        [claim.field_confidence["rank"] for claim in reader.read_article(_article(text)).claims if claim.rank == 2]
        for text in (PLAIN, EITHER)
    )
    assert plain
    assert doubtful
    assert max(doubtful) < min(plain) - 0.1


def _article(text: str) -> Article:
    return Article(key="x", title="Hasil SAKIP Award", text=text, published="2019-12-10", language="id")


def test_a_confidence_is_of_a_field_that_is_filled() -> None:
    with pytest.raises(ValidationError, match="given for empty fields: rank"):
        Claim(recipient="a", recipient_name="a", field_confidence={"rank": 0.5})
    with pytest.raises(ValidationError):
        Claim.model_validate({"recipient": "a", "recipient_name": "a", "field_confidence": {"recipient": 0.5}})


def without_part(*path: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(MODEL.read_text("utf-8"))
    part = data["fields"]
    for name in path[:-1]:
        part = part[name]
    del part[path[-1]]
    return data


@pytest.mark.parametrize("path", [("rank",), ("venue",), ("rank", "bias"), ("event_date", "right", "year implied")])
def test_a_file_that_lacks_a_field_or_kind_is_refused(path: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "confidence.json"
    file.write_text(json.dumps(without_part(*path)), encoding="utf-8")
    with pytest.raises(StoreError, match=rf"confidence\.json: the confidence of fields cannot be read .*{path[-1]}"):
        load_field_confidence(file)


def test_a_file_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    data = json.loads(MODEL.read_text("utf-8"))
    data["fields"]["colour"] = data["fields"]["rank"]
    file = tmp_path / "confidence.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(StoreError, match="no field of a claim is called colour"):
        load_field_confidence(file)
