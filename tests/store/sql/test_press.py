from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from store.model.keys import fold
from store.sql.database import Database
from store.sql.ledger import Delivery, record_readings, record_registry
from store.sql.merging import merge
from store.sql.merging.telling import same_score
from store.sql.queries import counts, each, evaluations
from tests.store.sql.press import Press, make_press
from tests.store.sql.press_registry import REGISTRY
from tests.store.sql.press_results import Result
from tests.store.sql.world import dump

NOW = datetime(2024, 1, 1, tzinfo=UTC)


def play(database: Database, deliveries: Sequence[Delivery], batch: int) -> None:
    """Record the deliveries in batches and merge after each."""
    record_registry(database, REGISTRY)
    for start in range(0, len(deliveries), batch):
        report = record_readings(database, deliveries[start : start + batch], now=NOW)
        assert report.refused == ()
        merge(database, now=NOW)


def score(database: Database, press: Press) -> dict[str, float]:
    """Precision and recall of evaluations: identity and mark must both be those of one result that no other evaluation is."""
    truth = {result.identity: result for result in press.results}
    found, right, same = 0, 0, 0
    for row in each(evaluations, database):
        found += 1
        body = row["programme"], row["edition_year"], row["recipient_key"]
        result = truth.get((*body, _plain(row["category"]), fold(row["innovation"] or "")))
        same += result is not None
        right += result is not None and is_told(row, result)
    return {
        "precision": right / found,
        "recall": right / len(truth),
        "identity_precision": same / found,
        "identity_recall": same / len(truth),
    }


def is_told(row: dict[str, Any], result: Result) -> bool:
    """Whether the mark is the true one; a score may be rounded or missing where nobody said more."""
    scored = row["score"] is None or (result.score is not None and same_score(row["score"], result.score))
    return scored and (row["predicate"], row["tier"], row["rank"]) == result.mark[:3]


def _plain(category: str | None) -> str:
    return fold(category or "").removeprefix("kategori ")


def state(database: Database) -> Any:
    """Evaluations and their conflicts without row numbers."""
    kept = dump(database, without=frozenset({"id"}))
    return kept["evaluation"], kept["conflict"], kept["evaluation_outlet"], [(row["key"], row["story_key"]) for row in kept["article"]]


@pytest.fixture(scope="module")
def press() -> Press:
    return make_press(seed=1)


def test_three_thousand_articles_give_back_three_hundred_results(
    database: Database, press: Press, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (len(press.results), press.articles) == (300, 3000)
    play(database, press.deliveries, 1000)
    figures, size = score(database, press), counts(database)
    told = f"{size['claim']} claims / {size['evaluation']} evaluations = {size['claim'] / size['evaluation']:.1f}"
    with capsys.disabled():
        sys.stderr.write(
            f"\n  press on {database.dialect}: {told}; {', '.join(f'{name} {value:.3f}' for name, value in figures.items())}\n"
        )
    assert figures["precision"] >= 0.98
    assert figures["recall"] >= 0.98


def replayed(make_database: Callable[[], Database], press: Press, orders: int) -> None:
    """Play a press in many orders and batch sizes: the evaluations, their conflicts and the stories are the same each time."""
    expected = None
    for seed in range(orders):
        random, told = Random(seed), list(press.deliveries)
        random.shuffle(told)
        database = make_database()
        play(database, told, random.choice([7, 40, 200, len(told)]))
        found = state(database)
        database.close()
        expected = expected or found
        assert found == expected, f"order {seed} differs"


def test_twenty_orders_and_batch_sizes_give_the_same_evaluations(make_sqlite: Callable[[], Database]) -> None:
    replayed(make_sqlite, make_press(seed=2, results=20, articles=200), 20)


def test_orders_make_no_difference_on_postgres(make_postgres: Callable[[], Database]) -> None:
    replayed(make_postgres, make_press(seed=2, results=20, articles=200), 3)


@pytest.mark.soak
def test_twenty_orders_of_the_whole_press_give_the_same_evaluations(make_database: Callable[[], Database], press: Press) -> None:
    replayed(make_database, press, 20)
