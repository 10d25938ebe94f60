"""A day on which a site fails is told by its crawl, also where known pages fell due, and costs them no month."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from flows.audit import audit_crawl
from flows.crawl import catalogue
from flows.daily import crawl_sources
from flows.database import connect
from flows.settings import Settings
from store.sql import queries
from tests.site.calendar import Incident, Outlet

FIRST = date(2024, 3, 4)


@pytest.mark.parametrize(("what", "told"), [("outage", "failed"), ("death", "failed"), ("index", "discovered")])
def test_a_day_of_trouble_is_told_once_and_pages_fall_due_again_soon(tmp_path: Path, what: Incident, told: str) -> None:
    with Outlet("harian", FIRST, {FIRST + timedelta(2): what}) as outlet:
        outlet.write_source(tmp_path / "sources")
        settings = Settings(home=tmp_path / "home", sources=tmp_path / "sources", allow_hosts=(outlet.host,))
        source = catalogue(settings.sources)["harian"]
        found = {}
        for number in (0, 2, 3):
            outlet.today = FIRST + timedelta(number)
            moment = datetime.combine(outlet.today, time(19), UTC)
            report = crawl_sources(settings, ["harian"], now=moment).reports["harian"]
            found[number] = [item.expectation for item in audit_crawl(source, report)]
            due = [item.next_due for item in queries.known_addresses(connect(settings), "harian") if item.kind == "page"]
            assert all(when is not None and when < moment + timedelta(days=4) for when in due)
    assert found == {0: [], 2: [told], 3: []}
