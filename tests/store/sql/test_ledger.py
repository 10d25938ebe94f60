from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from store.model.errors import ReadError, UsageError
from store.model.records import AgencyMention, Article, Claim, Edition, Evidence, OfficialMention, Part, Person, Reading
from store.model.registry import Region, Registry
from store.model.visits import Visit
from store.sql.database import Database
from store.sql.ledger import (
    Delivery,
    finish_run,
    record_drift,
    record_reading,
    record_readings,
    record_registry,
    record_snapshots,
    record_sources,
    record_visits,
    set_aside,
    start_run,
)
from store.sql.queries import Filters, agencies, articles, claims, counts, drifts, known_addresses, officials, runs, unread_snapshots
from tests.store.sql.world import NOW, REGISTRY, SOURCES, article, claim, dump, reading, rows, snapshot


def full_reading(reader: str = "1") -> Reading:
    text = "Pemkot Bandung masuk Top 30 dari 187 peserta.\nPenghargaan diterima Wakil Wali Kota di Jakarta."
    return Reading(
        article=Article(
            key="full",
            url="https://kabar.example/1",
            outlet="Kabar Nusantara",
            title="Bandung Top 30",
            published="2019-12-10T08:00:00+07:00",
            authors=("Rina",),
            language="id",
            text=text,
            tags=("bandung",),
        ),
        agencies=(AgencyMention(key="32.73", name="Pemerintah Kota Bandung", kind="kota", as_printed=("Pemkot Bandung",)),),
        officials=(
            OfficialMention(name="Oded M. Danial", position="Wali Kota Bandung", agency="Pemerintah Kota Bandung"),
            OfficialMention(
                name="Yana Mulyana", position="Wakil Wali Kota Bandung", agency="Pemerintah Kota Bandung", as_printed=("Yana",)
            ),
        ),
        editions=(Edition(programme="sp4n", year=2019, number=2, participants=187, participant_parts=(Part(count=165, who="pemda"),)),),
        claims=(
            Claim(
                programme="sp4n",
                programme_name="Kompetisi SP4N-LAPOR!",
                edition_year=2019,
                tier="Top 30",
                rank_of=187,
                recipient="Pemkot Bandung",
                recipient_name="Pemerintah Kota Bandung",
                recipient_key="32.73",
                giver=REGISTRY.agencies["kemenpanrb"].name,
                giver_key="kemenpanrb",
                received_by=Person(name="Yana Mulyana", position="Wakil Wali Kota Bandung"),
                also_received_by=(Person(name="Ahyani"),),
                event_date=date(2019, 12, 9),
                flags=("year_inferred", "sum_mismatch"),
                evidence=(Evidence(field="recipient", where="text", start=0, end=14, text="Pemkot Bandung"),),
                confidence=0.8,
            ),
        ),
        reader=reader,
    )


def test_a_reading_is_stored_field_by_field(database: Database) -> None:
    record_reading(database, full_reading(), run="r1")
    (row,) = claims(database).rows
    told = full_reading().claims[0]
    for name in (
        "programme",
        "edition_year",
        "tier",
        "rank_of",
        "recipient",
        "recipient_name",
        "recipient_key",
        "giver",
        "giver_key",
        "kind",
    ):
        assert row[name] == getattr(told, name)
    assert row["event_date"] == "2019-12-09"
    assert row["received_by_name"] == "Yana Mulyana"
    assert row["also_received_by"] == [{"name": "Ahyani", "position": None}]
    assert row["flags"] == ["sum_mismatch", "year_inferred"]
    assert row["confidence"] == 0.8
    assert rows(database, "SELECT start_offset, end_offset, quotation FROM evidence") == [(0, 14, "Pemkot Bandung")]
    assert rows(database, "SELECT participants, number, year FROM edition") == [(187, 2, 2019)]


def test_the_same_reading_twice_changes_no_row(database: Database) -> None:
    assert record_reading(database, full_reading())
    before = dump(database)
    assert record_reading(database, full_reading()) is False
    assert dump(database) == before


def test_a_newer_reader_that_says_the_same_changes_no_row(database: Database) -> None:
    record_reading(database, full_reading("1"))
    before = dump(database)
    assert record_reading(database, full_reading("2")) is False
    assert dump(database) == before


def test_a_newer_reading_replaces_claims_and_keeps_the_older(database: Database) -> None:
    record_reading(database, reading("a", claim(predicate="B")), now=NOW)
    record_reading(database, reading("a", claim(predicate="BB"), reader="2"), now=NOW + timedelta(days=1))
    assert [row["predicate"] for row in claims(database).rows] == ["BB"]
    assert sorted((row["predicate"], row["superseded"]) for row in claims(database, Filters(superseded=True)).rows) == [
        ("B", True),
        ("BB", False),
    ]
    assert articles(database).rows[0]["versions"] == 1
    record_reading(database, reading("a", claim(predicate="B"), reader="3"), now=NOW + timedelta(days=2))
    assert [row["predicate"] for row in claims(database).rows] == ["B"]
    assert counts(database)["claim"] == 2


def test_an_edited_article_gets_a_new_version(database: Database) -> None:
    record_reading(database, reading("a", claim(predicate="B"), text="Semula tertulis B."), now=NOW)
    record_reading(database, reading("a", claim(predicate="BB"), text="Ralat: yang benar BB."), now=NOW + timedelta(hours=5))
    assert articles(database).rows[0]["versions"] == 2
    assert [row["predicate"] for row in claims(database).rows] == ["BB"]
    assert articles(database, Filters(text="ralat")).rows
    assert articles(database, Filters(text="semula")).rows == []


def test_an_older_snapshot_that_is_read_later_does_not_take_over(database: Database) -> None:
    record_sources(database, SOURCES)
    record_snapshots(database, [snapshot("new", at=NOW), snapshot("old", at=NOW - timedelta(days=3))])
    record_reading(database, reading("a", claim(predicate="BB"), text="Yang benar BB."), "new")
    record_reading(database, reading("a", claim(predicate="B"), text="Semula B."), "old")
    assert [row["predicate"] for row in claims(database).rows] == ["BB"]
    record_snapshots(database, [snapshot("newest", at=NOW + timedelta(days=1))])
    record_reading(database, reading("a", claim(predicate="B"), text="Semula B."), "newest")
    assert [row["predicate"] for row in claims(database).rows] == ["B"]


def test_recording_in_any_order_gives_the_same_claims(database: Database) -> None:
    told = [
        Delivery(reading("a", claim(predicate="B"), text="Semula B."), seen_at=NOW),
        Delivery(reading("a", claim(predicate="BB"), text="Ralat BB."), seen_at=NOW + timedelta(days=1)),
        Delivery(reading("b", claim(predicate="BB"))),
    ]
    record_readings(database, reversed(told), now=NOW)
    record_readings(database, told, now=NOW)
    assert sorted((row["article_key"], row["predicate"]) for row in claims(database).rows) == [("a", "BB"), ("b", "BB")]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"programme": "nirwana"}, "the programme nirwana is not in the registry"),
        ({"recipient_key": "99.99"}, r"the body 99.99 .* is not in the registry"),
        ({"rank": 9, "rank_of": 3}, "rank_within_field"),
        ({"event_date": date(1745, 8, 17)}, "event_date_reasonable"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_name_and_nothing_is_written(database: Database, change: dict[str, object], sentence: str) -> None:
    bad = claim().model_copy(update=change)
    before = dump(database)
    with pytest.raises(ReadError, match=sentence):
        record_reading(database, reading("a", bad))
    assert dump(database) == before
    report = record_readings(database, [Delivery(reading("a", bad)), Delivery(reading("b", claim()))])
    assert (report.recorded, [key for key, _ in report.refused]) == (1, ["a"])


def test_texts_that_no_database_takes_are_refused(database: Database) -> None:
    with pytest.raises(ReadError, match="NUL"):
        record_reading(database, reading("a", text="rusak\x00"))
    with pytest.raises(ReadError, match="no Unicode"):
        record_reading(database, Reading(article=article("a").model_copy(update={"text": "\ud800"})))


def test_units_and_unresolved_names_become_entities(database: Database) -> None:
    unit = claim("kipp", "32.73/disdukcapil", recipient_name="Dinas Kependudukan dan Pencatatan Sipil Kota Bandung")
    unknown = claim("kipp", None, recipient_name="Pemerintah Kabupaten Kebumem")
    record_reading(database, reading("a", unit, unknown))
    found = {row["key"]: row for row in agencies(database, limit=100).rows}
    assert found["32.73/disdukcapil"]["parent_name"] == "Pemerintah Kota Bandung"
    assert found["32.73/disdukcapil"]["province_name"] == "Jawa Barat"
    assert found["~pemerintah-kabupaten-kebumem"]["level"] == "unresolved"
    assert found["~pemerintah-kabupaten-kebumem"]["likely_key"] == "33.05"


def test_a_name_that_is_somebodys_own_is_no_misspelling_of_another(database: Database) -> None:
    record_reading(database, reading("a", claim("kipp", None, recipient_name="Pemerintah Kota Bandung")))
    record_reading(database, reading("b", claim("kipp", None, recipient_name="Pemerintah Kota Kudus")))
    assert {row["likely_key"] for row in agencies(database, Filters(level="unresolved")).rows} == {None}


def test_the_registry_twice_changes_no_row_and_a_new_region_is_noticed(database: Database) -> None:
    assert record_registry(database, REGISTRY) == 0
    record_reading(database, reading("a", claim("kipp", None, recipient_name="Pemerintah Kabupaten Jeparah")))
    jepara = Region(code="33.20", level="kabupaten", name="Jepara", government="Pemerintah Kabupaten Jepara", province_code="33")
    grown = Registry(
        [*REGISTRY.regions.values(), jepara], REGISTRY.agencies.values(), holders=REGISTRY.holders, programmes=REGISTRY.programmes.values()
    )
    assert record_registry(database, grown) == 2
    assert agencies(database, Filters(level="unresolved")).rows[0]["likely_key"] == "33.20"


def test_people_are_known_or_seen_in_their_posts(database: Database) -> None:
    record_reading(database, full_reading())
    found = {(row["name"], row["position"], row["known"], row["first_seen_date"]) for row in officials(database).rows}
    assert ("Oded M. Danial", "Wali Kota Bandung", True, "2019-12-10") in found
    assert ("Yana Mulyana", "Wakil Wali Kota Bandung", False, "2019-12-10") in found
    assert {row["agency_name"] for row in officials(database).rows} == {"Pemerintah Kota Bandung"}


def test_copies_share_a_story_and_an_edit_parts_them(database: Database) -> None:
    wire = " ".join(f"kata{number} berita{number % 7}" for number in range(60))
    half = " ".join(wire.split()[:60])
    other = " ".join(f"lain{number} cerita{number % 5}" for number in range(60))
    for key, told in (("b-whole", wire), ("c-half", half), ("a-other", other)):
        record_reading(database, reading(key, claim(), text=told), signature=("band",), now=NOW)
    stories = dict(rows(database, "SELECT key, story_key FROM article"))
    assert stories == {"a-other": "a-other", "b-whole": "b-whole", "c-half": "b-whole"}
    record_reading(database, reading("c-half", claim(), text=other), signature=("band",), now=NOW + timedelta(days=1))
    assert dict(rows(database, "SELECT key, story_key FROM article")) == {"a-other": "a-other", "b-whole": "b-whole", "c-half": "a-other"}


def test_snapshots_are_read_set_aside_or_unread(database: Database) -> None:
    record_sources(database, SOURCES)
    taken = [snapshot(key, url=f"https://kabar.example/{key}") for key in ("read", "broken", "waiting")]
    assert record_snapshots(database, taken) == 3
    assert record_snapshots(database, taken) == 0
    record_reading(database, reading("a", claim(), reader="1"), "read")
    assert set_aside(database, taken[1], "no text found", reader="1")
    assert set_aside(database, taken[1], "no text found", reader="1") is False
    assert unread_snapshots(database, ["waiting", "broken", "read", "elsewhere"]) == ["waiting", "elsewhere"]
    assert unread_snapshots(database, ["read", "broken"], reader="2") == ["read", "broken"]
    assert rows(database, "SELECT source_key FROM article") == [("kabar",)]
    with pytest.raises(UsageError, match="the snapshot nowhere is not recorded"):
        record_reading(database, reading("b"), "nowhere")


def test_visits_leave_what_the_next_crawl_needs(database: Database) -> None:
    record_sources(database, SOURCES)
    url = "https://kabar.example/1"
    first = Visit(
        url=url, source="kabar", visited_at=NOW, outcome="fetched", etag='"1"', digest="d1", file="a.warc.gz", offset=77, next_due=NOW
    )
    failed = Visit(url=url, source="kabar", visited_at=NOW + timedelta(hours=1), outcome="failed", reason="timed out")
    assert record_visits(database, [failed, first]) == 1
    (known,) = known_addresses(database, "kabar")
    assert (known.etag, known.digest, known.offset, known.failures, known.state) == ('"1"', "d1", 77, 1, "failing")
    assert record_visits(database, [first, failed]) == 0
    again = failed.model_copy(update={"visited_at": NOW + timedelta(hours=2), "outcome": "unchanged", "reason": None})
    record_visits(database, [again])
    (known,) = known_addresses(database, "kabar")
    assert (known.failures, known.state, known.last_seen) == (0, "live", again.visited_at)
    with pytest.raises(UsageError, match="unknown source nowhere"):
        record_visits(database, [first.model_copy(update={"source": "nowhere"})])


def test_runs_and_drift_are_noted_once(database: Database) -> None:
    record_sources(database, SOURCES)
    start_run(database, "r1", "daily", now=NOW)
    finish_run(database, "r1", figures={"fetched": 3}, now=NOW + timedelta(minutes=1))
    assert runs(database)[0]["figures"] == {"fetched": 3}
    assert runs(database)[0]["state"] == "done"
    assert record_drift(database, "kabar", "pages_per_day_min", "only 1 page of 20", expected=20, found=1, run="r1", now=NOW)
    assert record_drift(database, "kabar", "pages_per_day_min", "only 1 page of 20", expected=20, found=1, run="r1") is False
    assert [row["message"] for row in drifts(database, "kabar")] == ["only 1 page of 20"]
    with pytest.raises(UsageError, match="there is no run r2"):
        finish_run(database, "r2")


def test_moments_come_back_in_utc_whatever_the_zone(database: Database) -> None:
    record_sources(database, SOURCES)
    jakarta = datetime.fromisoformat("2024-05-06T14:08:09+07:00")
    record_visits(database, [Visit(url="https://kabar.example/1", source="kabar", visited_at=jakarta, outcome="fetched")])
    assert known_addresses(database, "kabar")[0].last_seen == NOW
