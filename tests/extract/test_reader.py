"""The one door: two articles read field by field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.article import read_json, read_text
from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.records import Claim, Edition, Reading
from store.model.source import PageRules
from tests.conftest import SHARED, require
from tests.extract.snapshots import snapshot
from tests.site import pages
from tests.site.stories import load_stories

SEED = SHARED / "seeds" / "000_64e1b42c11c7e5a8.txt"
STORY = next(story for story in load_stories() if story.key == "sp4n-bandung")
GOLD = json.loads((Path(__file__).parents[1] / "site" / "gold" / "sp4n-bandung.json").read_text("utf-8"))
CATEGORIES = (
    "Pengelola Sistem Pengaduan Pelayanan Publik Terbaik",
    "Pengelola dengan Pendorong Perubahan Terbaik",
    "Pengelola dengan Aspek Dampak Terbaik",
    "Pengelola dengan Perubahan dan Perbaikan Pengelolaan Pengaduan Terbaik",
    "Pengelola dengan Aspek Keberlanjutan Inisiatif Terbaik",
)
PANRB = "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi"
ALL_BY_PROGRAMME = {"programme_name": "programme", "recipient_name": "recipient", "recipient_key": "recipient", "giver_key": "giver"}
"""Fields whose quotation goes by another field's name."""


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def seed(reader: Reader) -> Reading:
    require("shared seeds", SEED.is_file())
    return reader.read_article(read_text(SEED.read_text("utf-8")))


def retold(reader: Reader) -> Reading:
    """The same story on a page of the loopback site, without rules: what any page gives."""
    base = "https://kabarnusa.example"
    return reader.read_page(snapshot(base + STORY.path), pages.article_html(STORY, base, 0).encode(), PageRules())


def retold_whole(reader: Reader) -> Reading:
    """The same story as somebody copied it, by-line and tail of links included."""
    return reader.read_article(read_json({"key": GOLD["key"], **GOLD["article"]}))


ARTICLES: tuple[Callable[[Reader], Reading], ...] = (seed, retold, retold_whole)


@pytest.fixture(scope="module", params=ARTICLES, ids=[tell.__name__ for tell in ARTICLES])
def reading(request: pytest.FixtureRequest, reader: Reader) -> Reading:
    told: Reading = request.param(reader)
    return told


def only_claim(reading: Reading) -> Claim:
    assert len(reading.claims) == 1, [(claim.programme, claim.recipient_name) for claim in reading.claims]
    return reading.claims[0]


def only_edition(reading: Reading) -> Edition:
    assert len(reading.editions) == 1
    return reading.editions[0]


def test_the_programme_and_its_year(reading: Reading) -> None:
    claim = only_claim(reading)
    assert (claim.programme, claim.edition_year, claim.kind, claim.status) == ("sp4n", 2019, "award", "conferred")


def test_the_result_is_a_group_without_an_order(reading: Reading) -> None:
    claim = only_claim(reading)
    assert (claim.tier, claim.rank_of) == ("Top 30", 187)
    assert (claim.rank, claim.predicate, claim.score, claim.category, claim.innovation) == (None,) * 5


def test_the_recipient_is_the_city_not_the_regency(reading: Reading) -> None:
    claim = only_claim(reading)
    assert (claim.recipient_name, claim.recipient_key) == ("Pemerintah Kota Bandung", "32.73")


def test_the_giver_bears_its_right_name_however_it_is_misprinted(reading: Reading) -> None:
    claim = only_claim(reading)
    assert (claim.giver, claim.giver_key) == (PANRB, "kemenpanrb")


def test_the_minister_who_hands_it_over_is_misspelt_and_known(reading: Reading) -> None:
    claim = only_claim(reading)
    assert claim.presented_by is not None
    assert (claim.presented_by.name, claim.presented_by.position) == ("Tjahjo Kumolo", "Menteri PANRB")
    assert "name_variant" in claim.flags


def test_the_secretary_receives_it(reading: Reading) -> None:
    claim = only_claim(reading)
    assert claim.received_by is not None
    assert (claim.received_by.name, claim.received_by.position) == ("Ema Sumarna", "Sekretaris Daerah Kota Bandung")
    assert claim.addressed_to is None


def test_a_day_without_a_year_takes_it_from_the_edition_or_the_article(reading: Reading) -> None:
    claim = only_claim(reading)
    assert str(claim.event_date) == "2019-12-09"
    assert "year_inferred" in claim.flags
    assert "date_conflict" not in claim.flags


def test_the_venue_as_printed(reading: Reading) -> None:
    assert only_claim(reading).venue == "Hotel Le Meridien"


def test_the_edition_its_number_and_its_categories(reading: Reading) -> None:
    edition = only_edition(reading)
    assert (edition.programme, edition.year, edition.number) == ("sp4n", 2019, 2)
    assert edition.categories == CATEGORIES


def test_parts_that_do_not_add_up_are_kept_and_flagged(reading: Reading) -> None:
    edition = only_edition(reading)
    assert edition.participants == 312
    assert [(part.count, part.who.lower()) for part in edition.participant_parts] == [
        (187, "instansi pusat/induk/pemerintah"),
        (165, "unit pelayanan publik"),
    ]
    assert "sum_mismatch" in edition.flags


def test_officials_once_each_with_their_posts(reading: Reading) -> None:
    assert {(person.name, person.position, person.agency) for person in reading.officials} == {
        ("Tjahjo Kumolo", "Menteri PANRB", PANRB),
        ("Ema Sumarna", "Sekretaris Daerah Kota Bandung", "Pemerintah Kota Bandung"),
    }


def test_nobody_and_nothing_from_the_tail_or_the_links(reading: Reading) -> None:
    assert {agency.name for agency in reading.agencies} == {PANRB, "Pemerintah Kota Bandung"}
    assert {agency.kind for agency in reading.agencies} == {"kementerian", "kota"}
    writers = {*reading.article.authors, *reading.article.editors}
    assert not writers & {person.name for person in reading.officials}


@pytest.mark.parametrize(
    ("tell", "authors", "editors"),
    [(seed, ("Dea Andriyawan",), ("Rustam Agus",)), (retold, ("Laras Pramesti",), ("Bagus Wirawan",))],
    ids=["seed", "retold"],
)
def test_the_by_line(tell: Callable[[Reader], Reading], authors: tuple[str], editors: tuple[str], reader: Reader) -> None:
    article = tell(reader).article
    assert (article.authors, article.editors) == (authors, editors)


def test_every_filled_field_quotes_the_text(reading: Reading) -> None:
    claim = only_claim(reading)
    quoted = {item.field for item in claim.evidence}
    unquoted = {"kind", "status", "flags", "evidence", "confidence", "field_confidence", "score_unit"}
    filled = {name for name, value in claim if value not in (None, "", ())} - unquoted
    assert {ALL_BY_PROGRAMME.get(name, name) for name in filled} <= quoted
    edition = only_edition(reading)
    assert {"participants", "participant_parts", "number", "categories"} <= {item.field for item in edition.evidence}
    for item in (*claim.evidence, *edition.evidence):
        source = reading.article.title if item.where == "title" else reading.article.text
        assert source[item.start : item.end] == item.text


def test_the_quotations_are_the_words_the_values_were_read_from(reading: Reading) -> None:
    said = {item.field: item.text for item in only_claim(reading).evidence}
    assert "Bandung" in said["recipient"]
    assert "30" in said["tier"]
    assert "187" in said["rank_of"]
    assert said["edition_year"] == "2019"
    assert said["event_date"] == "Senin (9/12)"
    assert "Tjahyo Kumolo" in said["presented_by"]
    assert "Ema Sumarna" in said["received_by"]


def test_the_same_article_twice_is_the_same_reading(reader: Reader) -> None:
    assert retold_whole(reader) == retold_whole(reader) == retold_whole(Reader(load_registry()))
