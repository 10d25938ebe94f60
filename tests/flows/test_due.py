"""When addresses fall due, what hosts had today, and which lines repeat: plain functions over plain data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.due import after_reading, after_visit
from flows.manners import SHUT_OUT, Manners
from flows.repeated import repeated_lines
from store.archive import Archive, Exchange
from store.model.visits import KnownAddress, Visit

NOW = datetime(2024, 12, 19, 5, tzinfo=UTC)
DAY = timedelta(days=1)


def visit(outcome: Any, **said: Any) -> Visit:
    return Visit(url="https://a.example.id/1", source="a", visited_at=NOW, outcome=outcome, **said)


def known(waited: timedelta | None = None, **said: Any) -> KnownAddress:
    due = {"last_seen": NOW - waited, "next_due": NOW} if waited else {}
    return KnownAddress(url="https://a.example.id/1", source="a", **{**due, **said})


def due_in(one: Visit, before: KnownAddress | None = None) -> timedelta | None:
    due = after_visit(one, before).next_due
    return due - NOW if due else None


def test_the_longer_a_page_stays_the_same_the_later_it_is_due_and_then_never() -> None:
    assert due_in(visit("fetched")) == DAY
    waits = [1, 3, 9, 27]
    assert [due_in(visit("unchanged"), known(timedelta(days=days))) for days in waits] == [3 * DAY, 9 * DAY, 27 * DAY, 81 * DAY]
    assert due_in(visit("unchanged"), known(timedelta(days=81))) is None


def test_new_bytes_around_the_same_text_count_as_unchanged_and_a_new_text_comes_soon() -> None:
    fetched = after_visit(visit("fetched"), known(9 * DAY, text_digest="t1"))
    assert fetched.next_due == NOW + 27 * DAY
    address = known(text_digest="t1", last_seen=NOW, next_due=fetched.next_due)
    assert after_reading(address, "t1") == NOW + 27 * DAY
    assert after_reading(address, "t2") == NOW + DAY
    assert after_reading(known(last_seen=NOW, next_due=NOW + DAY), "t1") == NOW + DAY


def test_failures_weigh_and_are_given_up_in_the_end() -> None:
    hours = timedelta(hours=1)
    assert [due_in(visit("failed"), known(failures=number)) for number in (0, 1, 2, 6, 7)] == [
        6 * hours,
        12 * hours,
        24 * hours,
        384 * hours,
        None,
    ]
    assert due_in(visit("challenged"), known()) == 24 * hours
    assert due_in(visit("challenged"), known(failures=5)) is None
    assert due_in(visit("gone"), known()) == 2 * DAY
    assert due_in(visit("gone"), known(state="gone")) is None
    assert due_in(visit("refused")) == 30 * DAY
    asked = visit("failed", next_due=NOW + timedelta(minutes=7))
    assert due_in(asked, known(failures=7)) == timedelta(minutes=7), "what the host asked for stands"
    assert due_in(visit("fetched", kind="index")) is None


def test_requests_of_a_day_add_up_and_end_with_it(tmp_path: Path) -> None:
    manners = Manners(tmp_path)
    manners.spend({"a.example.id": 3}, NOW)
    manners.spend({"a.example.id": 2, "b.example.id": 1}, NOW + timedelta(hours=2))
    assert manners.spent(NOW) == {"a.example.id": 5, "b.example.id": 1}
    assert manners.spent(NOW + DAY) == {}
    next((tmp_path / "requests").iterdir()).write_text('{"a.example.id": 5', "utf-8")
    assert manners.spent(NOW) == {}, "a file that a dying process left torn stops nothing"


def test_a_source_that_shut_us_out_is_left_alone_for_a_while(tmp_path: Path) -> None:
    manners = Manners(tmp_path)
    assert manners.blocked_until("a", NOW) is None
    manners.shut_out("a", NOW)
    assert manners.blocked_until("a", NOW + DAY) == NOW + SHUT_OUT
    assert manners.blocked_until("a", NOW + SHUT_OUT) is None
    assert (manners.forgive("a"), manners.forgive("a")) == (True, False)


def test_lines_that_stand_on_many_pages_of_a_site_are_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    promise = "Redaksi menerima tulisan warga tentang pelayanan di kotanya masing-masing."
    with archive.writer("a", "r") as writer:
        for number in range(20):
            own = f"Wali Kota menyerahkan hasil penilaian kepada unit nomor {number} pada upacara pagi itu. " * 3
            body = f"<html><title>Berita {number}</title><article><h1>Berita {number}</h1><p>{own}</p><p>{promise}</p></article></html>"
            writer.write(Exchange(f"https://a.example.id/berita/{number}", NOW, 200, (("Content-Type", "text/html"),), body.encode()))
    pages = list(archive.snapshots())
    assert repeated_lines(archive, pages, None) == {promise}
    assert repeated_lines(archive, pages[:7], None) == frozenset(), "a few pages say nothing of a site's habits"
