"""Decisions and reviews from the command line."""

from __future__ import annotations

import json

import pytest

from store.sql.database import Database
from tests.flows.conftest import Rapor


@pytest.fixture
def key(rapor: Rapor, database: Database) -> str:
    return str(json.loads(rapor("ask", "evaluations").out)["key"])


def test_a_correction_is_shown_and_undone(rapor: Rapor, key: str) -> None:
    assert rapor("decide", "correct", key, "rank", "3", "--by", "ana").code == 0
    assert json.loads(rapor("ask", "evaluations").out)["rank"] == 3
    decision = json.loads(rapor("decide", "list").out)
    assert (decision["made_by"], decision["field"], decision["value"]) == ("ana", "rank", 3)
    assert rapor("decide", "undo", decision["key"], "--by", "ana").code == 0
    assert json.loads(rapor("ask", "evaluations").out)["rank"] is None
    assert rapor("decide", "list", "--standing").out == ""


def test_rejected_and_taken_down_are_not_listed(rapor: Rapor, key: str) -> None:
    assert rapor("decide", "reject", key, "--by", "ana").code == 0
    assert rapor("ask", "evaluations").out == ""
    refused = rapor("decide", "take-down", key, "--by", "ana")
    assert refused.code == 2
    assert "why" in refused.err


def test_somebody_must_decide(rapor: Rapor, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rapor("decide", "accept", key).code == 2
    monkeypatch.setenv("RAPOR_REVIEWER", "budi")
    assert rapor("decide", "accept", key).code == 0
    assert json.loads(rapor("decide", "list").out)["made_by"] == "budi"


def test_a_value_that_cannot_be_is_refused(rapor: Rapor, key: str) -> None:
    answer = rapor("decide", "correct", key, "rank", "first", "--by", "ana")
    assert answer.code == 2
    assert "rank" in answer.err


def test_the_queue_and_the_status_answer(rapor: Rapor, key: str) -> None:
    assert json.loads(rapor("review", "queue").out)["key"] == key
    assert rapor("review", "bodies").code == 0
    answer = rapor("status")
    assert answer.code == 0
    assert "1 evaluation" in answer.err
