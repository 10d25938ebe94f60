"""When sources are crawled."""

from __future__ import annotations

import pytest

from flows.schedules import cron_of
from store.model.source import Frequency, Politeness, Publisher, Scope, Source, State


def source(key: str = "kabar", frequency: Frequency = "daily", state: State = "active", rest: tuple[int, ...] = ()) -> Source:
    return Source(
        key=key,
        publisher=Publisher(name="Kabar"),
        discovery=(),
        scope=Scope(hosts=("kabar.example",)),
        frequency=frequency,
        state=state,
        politeness=Politeness(rest_hours=rest),
    )


@pytest.mark.parametrize(("frequency", "stars"), [("hourly", 4), ("daily", 3), ("weekly", 2), ("monthly", 2)])
def test_frequency_becomes_a_cron_line(frequency: Frequency, stars: int) -> None:
    line = cron_of(source(frequency=frequency))
    assert line is not None
    assert line.count("*") == stars
    assert line == cron_of(source(frequency=frequency))


def test_nothing_is_scheduled_that_should_not_run() -> None:
    assert cron_of(source(frequency="never")) is None
    assert cron_of(source(state="blocked")) is None
    assert cron_of(source(state="quarantined")) is None


def test_rest_hours_are_kept_and_sources_spread() -> None:
    lines = [cron_of(source(key=f"s{number}", rest=(0, 1, 2, 3))) for number in range(60)]
    hours = {line.split()[1] for line in lines if line}
    assert hours == {"4", "5"}
    assert len({line.split()[0] for line in lines if line}) > 20
