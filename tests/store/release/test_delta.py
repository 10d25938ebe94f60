"""Two releases in a row: the table of changes says every difference, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from store.release.publish import publish
from store.release.schema import table
from store.sql.database import Database
from store.sql.ledger import record_decision, undo_decision
from store.sql.merging import merge
from tests.store.release.conftest import Row, decide, facts, key_of, press, rows, take
from tests.store.sql.world import NOW, claim, reading

NEXT = date(2024, 5, 7)


def states(folder: Path) -> dict[str, Row]:
    return {row["key"]: row for row in rows(folder, "SELECT * FROM evaluations")}


def following(told: Database, first: Path) -> Path:
    return publish(told, first.parent, facts(NEXT, "2024.05.07", "2024.05.06"))


def applied(before: dict[str, Row], after: dict[str, Row], changes: list[Row]) -> dict[str, Row]:
    """The older state with the changes on it; added rows are taken from the newer one."""
    made = {key: dict(row) for key, row in before.items()}
    for change in changes:
        key = change["evaluation_key"]
        if change["change"] == "withdrawn":
            del made[key]
        elif change["change"] == "added":
            assert key not in made
            made[key] = after[key]
        else:
            assert made[key][change["field"]] == json.loads(change["before"])["value"]
            made[key][change["field"]] = json.loads(change["after"])["value"]
    return made


@pytest.fixture
def second(told: Database, release: Path) -> Path:
    take(told, [reading("d", claim(predicate="BB"))], days=1)  # a further article on Bandung
    take(told, [reading("e", claim("kla", "33.74", predicate="Nindya"))], days=1)  # a new result
    take(told, [reading("w", claim("opini_bpk", "33.05", 2018, predicate="WDP", confidence=0.7), reader="2")], days=1)  # read anew
    decide(told, "correct", "evaluation", key_of(told, "kla", "33.19"), field="score", value=615.0, reason="misprint")
    decide(told, "take_down", "evaluation", key_of(told, "kipp"), reason="a court says so")
    decide(told, "reject", "evaluation", key_of(told, "opini_bpk", "32.05"), reason="no such opinion")
    return following(told, release)


def test_the_changes_lead_from_one_release_to_the_next(release: Path, second: Path) -> None:
    before, after = states(release), states(second)
    changes = rows(second, "SELECT * FROM changes")
    assert changes
    assert applied(before, after, changes) == after
    named = {(row["evaluation_key"], row["field"]) for row in changes if row["change"] == "changed"}
    differing = {
        (key, name) for key in before.keys() & after.keys() for name in table("evaluations").names if before[key][name] != after[key][name]
    }
    assert named == differing


def test_each_change_says_why(release: Path, second: Path) -> None:
    names = {key: (row["programme"], row["recipient_key"]) for key, row in {**states(release), **states(second)}.items()}
    found = {(*names[row["evaluation_key"]], row["change"]): row["why"] for row in rows(second, "SELECT * FROM changes")}
    assert found == {
        ("sakip", "32.73", "changed"): "new_article",
        ("kla", "33.74", "added"): "new_article",
        ("opini_bpk", "33.05", "changed"): "new_reading",
        ("kla", "33.19", "changed"): "decision",
        ("kipp", None, "withdrawn"): "taken_down",
        ("opini_bpk", "32.05", "withdrawn"): "rejected",
    }


def test_what_was_taken_down_is_named_by_its_key_alone(second: Path) -> None:
    (row,) = rows(second, "SELECT * FROM changes WHERE why = 'taken_down'")
    assert (row["field"], row["before"], row["after"]) == ("*", None, None)
    assert b"Dinas Entah" not in (second / "rapor.sqlite").read_bytes()


def test_a_merged_result_says_where_it_went(told: Database, release: Path) -> None:
    keys = [key_of(told, "opini_bpk", "32.05"), key_of(told, "opini_bpk", "33.05")]
    decide(told, "same_as", "evaluation", keys[0], other=keys[1], reason="one opinion")
    second = following(told, release)
    (gone,) = rows(second, "SELECT * FROM changes WHERE change = 'withdrawn'")
    assert (gone["evaluation_key"], gone["why"]) == (keys[1], "merged")
    assert gone["became_key"] in states(second)


def test_an_undone_rejection_comes_back(told: Database, release: Path) -> None:
    key = key_of(told, "kla")
    decision = record_decision(told, "reject", "evaluation", key, by="siti", now=NOW)
    merge(told, now=NOW)
    second = following(told, release)
    undo_decision(told, decision, by="siti", now=NOW)
    merge(told, now=NOW)
    third = publish(told, release.parent, facts(date(2024, 5, 8), "2024.05.08", "2024.05.07"))
    assert key not in states(second)
    assert [(row["evaluation_key"], row["change"], row["why"]) for row in rows(third, "SELECT * FROM changes")] == [
        (key, "added", "decision")
    ]
    assert states(third)[key] == states(release)[key]


def test_the_paper_counts_what_the_table_says(second: Path) -> None:
    counts = Counter((row["change"], row["why"]) for row in rows(second, "SELECT DISTINCT evaluation_key, change, why FROM changes"))
    paper = (second / "CHANGES.md").read_text(encoding="utf-8")
    assert "# Changes since 2024.05.06" in paper
    for (change, why), number in counts.items():
        assert f"| {change} | {why.replace('_', ' ')} | {number} |" in paper


def test_where_nothing_happened_no_release_is_needed(told: Database, release: Path) -> None:
    take(told, press())
    again = publish(told, release.parent, facts(NEXT, "2024.05.07", "2024.05.06", contact="mail@rapor.example"), unless_same=True)
    assert again == release
    assert [path.name for path in release.parent.iterdir()] == [release.name]
