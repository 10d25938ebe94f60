"""Numbers of award news: values, tiers and scores, and what all finders have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import (
    find_counts,
    find_numbers,
    find_ranks,
    find_scores,
    find_tiers,
    parse_decimal,
    parse_integer,
    parse_ordinal,
)
from tests.timing import LINEAR, growth

_FINDERS: tuple[Callable[[str], Sequence[Any]], ...] = (find_numbers, find_counts, find_ranks, find_tiers, find_scores)
_ONES = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def in_words(number: int) -> str:
    if number < 10:
        return _ONES[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number) or f"{_ONES[number - 10]} belas"
    if number < 100:
        return f"{_ONES[number // 10]} puluh {_ONES[number % 10]}".strip()
    if number < 1000:
        head = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
        return f"{head} {in_words(number % 100)}".strip()
    head = "seribu" if number < 2000 else f"{in_words(number // 1000)} ribu"
    return f"{head} {in_words(number % 1000)}".strip()


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("74,54", 74.54),
        ("68.52", 68.52),
        ("1.234", 1234.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("4.000", 4000.0),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("3,176", 3.176),
        ("2,7267", 2.7267),
        ("0.876", 0.876),
        ("36,00", 36.0),
        ("100", 100.0),
        ("98,", 98.0),
        ("1.2.3", None),
        ("12,34,5", None),
        ("", None),
        ("AA", None),
        ("9" * 400, None),
    ],
)
def test_separators_are_read_as_printed(printed: str, value: float | None) -> None:
    assert parse_decimal(printed) == value


def test_a_value_beyond_its_scale_has_a_point_for_a_comma() -> None:
    assert parse_decimal("3.176", largest=5) == 3.176
    assert parse_decimal("934", largest=5) == 934


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_indonesian_decimals_come_back(whole: int, cents: int) -> None:
    printed = f"{whole:,}".replace(",", ".") + f",{cents:02d}"
    assert parse_decimal(printed) == pytest.approx(float(f"{whole}.{cents:02d}"))


@given(st.integers(1, 99_999))
def test_words_come_back_as_their_number(number: int) -> None:
    words = in_words(number)
    assert parse_integer(words) == number
    assert parse_ordinal(f"ke{words}") == number
    assert parse_ordinal(f"ke-{number}") == number


@pytest.mark.parametrize(
    ("printed", "value"),
    [("pertama", 1), ("kesepuluh", 10), ("ke-10", 10), ("keduabelas", 12), ("ke dua belas", 12), ("ke-IV", 4), ("sepuluh", None)],
)
def test_ordinals(printed: str, value: int | None) -> None:
    assert parse_ordinal(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("duabelas", 12), ("1.234", 1234), ("12,5", None), ("IIII", None)]
)
def test_integers_and_roman_numerals(printed: str, value: int | None) -> None:
    assert parse_integer(printed) == value


def test_numbers_carry_scale_and_unit() -> None:
    text = "Dari Rp 6,6 miliar naik 12,5 persen, terdiri atas dua puluh lima unit dan 14.965 temuan; tempat ketiga."
    found = [(text[item.start : item.end], item.value, item.form, item.unit) for item in find_numbers(text)]
    assert found == [
        ("Rp 6,6 miliar", 6.6e9, "digits", "rupiah"),
        ("12,5 persen", 12.5, "digits", "percent"),
        ("dua puluh lima", 25, "word", None),
        ("14.965", 14965, "digits", None),
        ("ketiga", 3, "ordinal", None),
    ]


@pytest.mark.parametrize(
    ("text", "canonical", "number", "of"),
    [
        ("masuk 10 besar", "10 besar", 10, None),
        ("masuk sepuluh besar", "10 besar", 10, None),
        ("meraih TOP 99", "Top 99", 99, None),
        ("meraih Top 45 dari 3.156 proposal", "Top 45", 45, 3156),
        ("menjadi 30 terbaik dari 187 daerah", "30 terbaik", 30, 187),
        ("termasuk lima kota terbaik", "lima kota terbaik", 5, None),
        ("peringkat tiga besar", "3 besar", 3, None),
        ("meraih medali emas", "Emas", None, None),
        ("kategori Gold", "Gold", None, None),
        ("Silver Winner", "Silver", None, None),
        ("Bintang 5", "Bintang 5", 5, None),
        ("Juara Harapan I", "Juara Harapan I", None, None),
        ("sebagai Harapan II.", "Harapan II", None, None),
        ("skor terendah", "terendah", None, None),
    ],
)
def test_tiers(text: str, canonical: str, number: int | None, of: int | None) -> None:
    assert [(item.text, item.number, item.of) for item in find_tiers(f"Kota itu {text}.")] == [(canonical, number, of)]


def test_gold_is_no_medal_where_it_is_gold() -> None:
    assert find_tiers("Harga emas naik menuju Indonesia Emas.") == []


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("nilai 74,54 poin", 74.54, "poin", "points"),
        ("skor 83,75", 83.75, "skor", None),
        ("indeks 4,26", 4.26, "indeks", None),
        ("88,33 persen", 88.33, "persen", "percent"),
        ("89,41%", 89.41, "persen", "percent"),
        ("skala 4,44", 4.44, "skala", None),
        ("Rp6,6 miliar", 6.6e9, "rupiah", "rupiah"),
        ("Rp 58,6juta", 58.6e6, "rupiah", "rupiah"),
        ("nilai kepatuhan yang cuma 58.99", 58.99, "nilai", None),
        ("nilainya hanya 58.03", 58.03, "nilai", None),
        ("skor integritas nasional tahun ini 71,53", 71.53, "skor", None),
        ("Indeks nasional 2023 turun menjadi 70,97", 70.97, "indeks", None),
        ("skor 3.176", 3.176, "skor", None),
        ("Kabupaten Sikka (36,00)", 36.0, "bracketed", None),
        ("skor 934,2", 934.2, "skor", None),
    ],
)
def test_scores(text: str, value: float, kind: str, unit: str | None) -> None:
    found = find_scores(f"Hasilnya {text}.")
    assert [(item.value, item.kind, item.unit) for item in found] == [(value, kind, unit)]
    assert parse_decimal(f"Hasilnya {text}."[found[0].number_start : found[0].number_end]) is not None


def test_what_a_score_became_is_a_score_of_its_kind() -> None:
    text = "Skor administrasi bergerak dari 763,37 pada 2023 ke 764,92."
    assert [(item.value, item.kind, item.weak) for item in find_scores(text)] == [(763.37, "skor", False), (764.92, "skor", False)]


def test_numbers_that_follow_a_score_are_weak_scores() -> None:
    text = "Bali dengan skor 99, disusul Jawa Barat 97 dan Kepulauan Riau 96."
    assert [(item.value, item.weak) for item in find_scores(text)] == [(99, False), (97, True), (96, True)]


def test_what_is_scored_and_out_of_how_much() -> None:
    assert find_scores("nilai kontrak Rp2 miliar")[0].noun == "kontrak"
    assert find_scores("indeks 4,26 dari skala 5")[0].out_of == 5
    assert find_scores("nilai di atas 70")[0].bound


@pytest.mark.parametrize(
    "text",
    [
        "dengan nilai AA",
        "IPK 3,5",
        "indeks inovasi daerah tahun 2020",
        "A nilai 80-90, BB nilai 70-80",
        "skala 5",
        "UU Nomor 25",
        "Industri 4.0",
        "mulai 15.30 WIB",
        "ada 14.965 temuan",
        "\n2. Pemkab Badung",
        "panjang 36,4 km",
    ],
)
def test_what_is_no_score(text: str) -> None:
    assert find_scores(text) == []


@given(st.text(alphabet=st.sampled_from("0123456789.,-/%() \nketujuh peringkat nilai kali IVX besar Rp")))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    for find in _FINDERS:
        last = 0
        for mention in find(text):
            assert 0 <= mention.start < mention.end <= len(text)
            assert find is find_scores or last <= mention.start
            last = mention.end


@pytest.mark.parametrize(
    "unit", ["1. ", "1,", "12 ", "peringkat 1, ", "dua puluh ", "kedua, ", "3 kali a b ", "nilai ", "((1)", "10 kota ", "Rp "]
)
@pytest.mark.parametrize("find", _FINDERS)
def test_time_is_linear(find: Callable[[str], Sequence[Any]], unit: str) -> None:
    once, four = (unit * 10_000)[:10_000], (unit * 40_000)[:40_000]
    assert growth(lambda: find(once), lambda: find(four)) < LINEAR
