"""Words searched in articles and evaluations: the same rows and the same snippets on both databases."""

from __future__ import annotations

import pytest

from store.model.errors import UsageError
from store.sql.database import Database
from store.sql.ledger import Delivery, record_readings
from store.sql.merging import merge
from store.sql.queries import Filters, agencies, articles, claims, evaluations
from store.sql.queries.forms import STOP_WORDS, forms
from store.sql.queries.words import AROUND, pattern_of, snippet, terms_of
from tests.store.sql.world import NOW, claim, reading

LONG = " ".join(f"kalimat{number}" for number in range(200))

REPORTED = "Warga melaporkan jalan rusak lewat SP4N-LAPOR!, dan laporannya dijawab."


@pytest.fixture
def told(database: Database) -> Database:
    """Three articles in which words stand in different forms."""
    readings = [
        reading("a", claim(predicate="BB"), text=f"{LONG}\n{REPORTED}\n{LONG}"),
        reading("b", claim("kipp", "32.04", innovation="Lapor Cepat", tier="Top 45"), text="Laporan warga dinilai tim."),
        reading("c", claim("kla", "33.74", predicate="Madya"), text="Kota yang layak anak menilai dirinya sendiri."),
    ]
    record_readings(database, [Delivery(item) for item in readings], now=NOW)
    merge(database, now=NOW)
    return database


@pytest.mark.parametrize(
    ("text", "as_printed", "found"),
    [
        ("laporan", False, "ab"),
        ("laporan", True, "b"),
        ("dilaporkan", False, "ab"),
        ("dilaporkan", True, ""),
        ("nilai", False, "bc"),
        ('"laporan"', False, "b"),
        ("lapor*", False, "ab"),
        ("laporan untuk warga", False, "ab"),
        ("laporan untuk warga", True, ""),
        ("warga rusak", False, "a"),
        ("sp4n-lapor", False, "a"),
        ("yang", False, "c"),
        ("'); DROP TABLE article; --", False, ""),
        ("rusak & ! ( | layak", False, ""),
    ],
)
def test_forms_are_found_unless_words_are_asked_for_as_printed(told: Database, text: str, as_printed: bool, found: str) -> None:
    asked = Filters(text=text, as_printed=as_printed)
    assert "".join(sorted(row["key"] for row in articles(told, asked).rows)) == found
    assert "".join(sorted(row["article_key"] for row in claims(told, asked).rows)) == found


def test_what_was_found_is_shown_with_the_words_marked(told: Database) -> None:
    (row,) = articles(told, Filters(text="rusak laporan")).rows
    shown = row["snippet"]
    assert [shown[start:end] for start, end in row["snippet_marks"]] == ["melaporkan", "rusak", "LAPOR", "laporannya"]
    assert REPORTED in shown
    assert shown.startswith("…kalimat")
    assert shown.endswith("…")
    assert len(shown) < AROUND + 40
    assert not any(name.startswith("searched") for name in row)
    assert "snippet" not in articles(told).rows[0]


def test_an_evaluation_shows_which_of_its_fields_hold_the_words(told: Database) -> None:
    (row,) = evaluations(told, Filters(text="bandung laporan")).rows
    assert row["snippet"] == "Pemerintah Kabupaten Bandung · Lapor Cepat"
    assert row["snippet_marks"] == [[21, 28], [31, 36]]


def test_only_what_is_searched_can_be_asked_for_as_printed(told: Database) -> None:
    with pytest.raises(UsageError, match="agencies cannot be narrowed by as_printed"):
        agencies(told, Filters(text="bandung", as_printed=True))


def test_forms_are_those_of_one_word() -> None:
    assert {"tulis", "menulis", "ditulis", "menuliskan", "tulisan", "tulisannya"} <= set(forms("menulis"))
    assert {"nilai", "menilai", "dinilai", "nilainya"} <= set(forms("nilai"))
    assert {"mengecat", "dicat"} & set(forms("cat")) == set()  # roots of three letters are left alone
    assert "menyapu" in forms("sapu")
    assert "mengambil" in forms("diambil")
    assert "penilai" not in forms("nilai")
    assert "pu" not in forms("punya")
    assert forms("2019") == ("2019",)
    assert forms("wtp") == ("wtp",)
    assert all(word == word.lower() for word in STOP_WORDS)


def test_the_stretch_with_most_terms_is_shown() -> None:
    text = f"satu {LONG} dua satu tiga {LONG} dua"
    found = snippet([None, "nothing here", text], pattern_of(terms_of('"dua satu" tiga', as_printed=True)))
    assert [found.text[start:end] for start, end in found.marks] == ["dua satu", "tiga"]
    assert snippet(["", None], pattern_of(terms_of("dua"))).text == ""
