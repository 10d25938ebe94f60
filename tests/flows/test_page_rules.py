"""A redesign is told by the page rules that find nothing any more, once, and its end too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from flows.audit import audit_page_rules
from flows.crawl import catalogue
from store.archive import Archive, Exchange
from store.model.source import Source
from tests.site.calendar import A_DAY, Incident, Outlet

FIRST = date(2024, 3, 4)
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def archived(folder: Path, incidents: Mapping[int, Incident], days: int) -> tuple[Source, Archive]:
    """The articles of some days as they were served in the evening of each."""
    archive = Archive(folder / "archive")
    with Outlet("harian", FIRST, {FIRST + timedelta(day): what for day, what in incidents.items()}) as outlet:
        outlet.write_source(folder / "sources")
        for number in range(days):
            outlet.today = FIRST + timedelta(number)
            with archive.writer("harian", f"day-{number}") as writer:
                for path in outlet.paths(outlet.today):
                    body = outlet.page(path)[1].encode()
                    writer.write(Exchange(f"http://{outlet.host}{path}", night(number), 200, HTML, body))
        return catalogue(folder / "sources")["harian"], archive


def night(number: int) -> datetime:
    return datetime.combine(FIRST + timedelta(number), time(19), UTC)


@pytest.mark.parametrize(("day", "broken"), [(0, False), (1, True), (2, False)])
def test_a_redesign_is_found_while_it_lasts(tmp_path: Path, day: int, broken: bool) -> None:
    source, archive = archived(tmp_path, {1: "redesign"}, days=day + 1)
    found = list(audit_page_rules(source, archive, night(day) + timedelta(hours=4)))
    said = [f"harian: its page rule for body finds nothing on {A_DAY} of its newest {A_DAY} pages; was the site redesigned?"]
    assert [item.message for item in found] == (said if broken else [])


def test_a_rule_with_an_alternative_is_kept_by_either(tmp_path: Path) -> None:
    source, archive = archived(tmp_path, {1: "redesign"}, days=2)
    (rules,) = source.pages
    mended = source.model_copy(update={"pages": (rules.model_copy(update={"body": (*rules.body, "div.tubuh")}),)})
    assert list(audit_page_rules(mended, archive, night(1) + timedelta(hours=4))) == []


def test_a_day_without_pages_says_nothing(tmp_path: Path) -> None:
    source, archive = archived(tmp_path, {}, days=1)
    other = source.model_copy(update={"pages": (source.pages[0].model_copy(update={"title": ("h7",)}),)})
    assert [item.expectation for item in audit_page_rules(other, archive, night(0) + timedelta(hours=4))] == ["page_rules"]
    assert list(audit_page_rules(other, archive, night(1) + timedelta(hours=4))) == []
