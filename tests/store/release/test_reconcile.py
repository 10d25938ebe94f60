from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection
from typing import Any

import pytest

from store.model.errors import UsageError
from store.release.reconcile import Query, manifest, reconcile
from store.release.shelf import open_release


@pytest.fixture
def data(release: Path) -> Iterator[Connection]:
    with closing(open_release(release)) as found:
        yield found


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Pemkot Bandung", "32.73"),
        ("Pemkab Bandung", "32.04"),
        ("Kota Bandung", "32.73"),
        ("Kabupaten Semarang", "33.22"),
        ("pemerintah kota semarang", "33.74"),
        ("Pemprov Jawa Barat", "32"),
        ("BPK RI", "bpk"),
        ("Kepolisian Negara Republik Indonesia", "polri"),
        ("Kabupaten Kebumen", "33.05"),
    ],
)
def test_a_name_that_says_its_level_finds_that_body(data: Connection, name: str, key: str) -> None:
    best = reconcile(data, Query(name))[0]
    assert (best["id"], best["match"]) == (f"agencies/{key}", True)


def test_a_name_of_two_governments_is_matched_to_neither(data: Connection) -> None:
    found = reconcile(data, Query("Semarang"))
    assert {one["id"] for one in found[:2]} == {"agencies/33.74", "agencies/33.22"}
    assert not any(one["match"] for one in found)


def test_the_other_level_is_no_candidate_at_all(data: Connection) -> None:
    assert "agencies/32.04" not in {one["id"] for one in reconcile(data, Query("Pemkot Bandung"))}


def test_a_misspelling_is_found_and_not_sure(data: Connection) -> None:
    best = reconcile(data, Query("Pemerintah Kabupaten Kebumem"))[0]
    assert best["id"] == "agencies/33.05"
    assert 85 < best["score"] < 100


def test_features_explain_the_score(data: Connection) -> None:
    (one, *_) = reconcile(data, Query("Bandung", properties=(("level", "kota"), ("province", "Jawa Barat"))))
    features = {item["id"]: item["value"] for item in one["features"]}
    assert one["id"] == "agencies/32.73"
    assert (features["level"], features["province"]) == (100.0, 100.0)
    assert one["score"] == round(0.7 * features["name_spelling"] + 30, 1)


def test_people_are_found_with_their_posts(data: Connection) -> None:
    best = reconcile(data, Query.read({"query": "Oded M Danial", "type": "officials"}))[0]
    assert best["name"] == "Oded M. Danial"
    assert "Wali Kota Bandung" in best["description"]


@pytest.mark.parametrize("name", ['" OR 1=1 --', "NEAR(a b)", "a" * 5000, "Pemkot \x00 Bandung", "AND OR NOT"])
def test_no_name_breaks_the_search(data: Connection, name: str) -> None:
    found = reconcile(data, Query.read({"query": name}))
    assert not any(one["match"] for one in found) or found[0]["id"] == "agencies/32.73"


@pytest.mark.parametrize(
    "asked",
    [{}, {"query": ""}, {"query": "*"}, {"query": "x", "type": "sqlite_master"}, {"query": "x", "properties": [{"pid": "y", "v": 1}]}],
)
def test_what_cannot_be_meant_is_refused(asked: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Query.read(asked)


def test_the_manifest_names_types_and_where_to_look() -> None:
    said = manifest("http://127.0.0.1:8001")
    assert {one["id"] for one in said["defaultTypes"]} == {"agencies", "officials"}
    assert said["view"]["url"] == "http://127.0.0.1:8001/{{id}}"
