"""Numbers of award news: values, places, tiers, counts and scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import (
    find_counts,
    find_fields,
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
    ("text", "kind", "value"),
    [
        ("untuk ke-10 kalinya", "total", 10),
        ("kesepuluhkalinya meraih", "total", 10),
        ("untuk yang keempat kalinya", "total", 4),
        ("sudah 10 kali meraih", "total", 10),
        ("award ini kali ke dua bagi", "total", 2),
        ("untuk kali ketiga", "total", 3),
        ("7 kali berturut-turut", "streak", 7),
        ("14 kali secara berturut-turut", "streak", 14),
        ("tujuh tahun berturut-turut", "streak", 7),
        ("tiga tahun beruntun", "streak", 3),
        ("10 tahun terakhir secara berturut-turut", "streak", 10),
        ("ketiga kalinya berturut-turut sejak 2016", "streak", 3),
        ("tahun kelima berturut-turut", "streak", 5),
        ("berturut-turut selama lima tahun", "streak", 5),
        ("mencetak hattrick", "streak", 3),
        ("menyimpan WTP, yang kesembilan dan tidak pernah terputus", "streak", 9),
        ("mencetak hat-trick", "streak", 3),
        ("WTP ke-7 secara berturut-turut", "streak", 7),
    ],
)
def test_counts(text: str, kind: str, value: int) -> None:
    found = find_counts(f"Pemkab itu {text}.")
    assert [(item.kind, item.value, item.weak) for item in found] == [(kind, value, False)]


def test_total_and_streak_of_one_sentence_stay_apart() -> None:
    found = find_counts("Opini WTP diraih untuk ke-10 kalinya, 7 kali berturut-turut.")
    assert [(item.kind, item.value) for item in found] == [("total", 10), ("streak", 7)]


@pytest.mark.parametrize(
    "text", ["naik 3 kali lipat", "tiga kali sehari", "menyiram 66.349 kali", "kesekian kalinya", "sekali lagi", "tahun ketiga"]
)
def test_what_counts_no_awards(text: str) -> None:
    assert find_counts(text) == []


def test_an_ordinal_behind_an_award_is_a_weak_count() -> None:
    assert [(item.value, item.weak) for item in find_counts("Ini opini WTP yang kelima bagi mereka.")] == [(5, True)]


@pytest.mark.parametrize(
    ("text", "rank", "rank_of"),
    [
        ("peringkat kelima", 5, None),
        ("peringkat ke-3 dari 34 provinsi", 3, 34),
        ("peringkat I untuk kategori", 1, None),
        ("urutan 25 dari 34", 25, 34),
        ("urutan lima setelah", 5, None),
        ("posisi kedua", 2, None),
        ("terbaik pertama", 1, None),
        ("Terbaik Ke-1", 1, None),
        ("Terbaik II", 2, None),
        ("peringkat terbaik satu di", 1, None),
        ("inovasi terbaik dua", 2, None),
        ("juara 2 kategori", 2, None),
        ("juara umum", 1, None),
        ("ranking 3", 3, None),
        ("rangking satu", 1, None),
        ("peringkat 435 secara nasional", 435, None),
        ("nomor 5 dari 30 kabupaten/kota", 5, 30),
        ("nomor tiga terbaik di Jawa Barat", 3, None),
        ("peringkat ke 93 dari total 98 pemkot", 93, 98),
        ("runner up", 2, None),
        ("Terbaik Kedua Nasional", 2, None),
        ("posisi puncak", 1, None),
    ],
)
def test_ranks(text: str, rank: int, rank_of: int | None) -> None:
    strong = [item for item in find_ranks(f"Kota itu meraih {text}.") if not item.weak]
    assert [(item.rank, item.rank_of) for item in strong] == [(rank, rank_of)]


@pytest.mark.parametrize(
    "text",
    [
        "masuk 10 besar",
        "sepuluh besar",
        "Top 45",
        "30 terbaik dari 187",
        "masuk 10 terbaik",
        "peringkat tiga besar",
        "lima kota terbaik",
        "Keputusan nomor 310 Tahun 2019",
        "posisi tahun 2012",
        "menang di dua tempat 10 kota",
        "Juara Harapan I",
        "masuk peringkat 10 terbaik",
    ],
)
def test_tiers_and_letters_are_no_ranks(text: str) -> None:
    assert find_ranks(text) == []


def test_a_list_behind_one_head_gives_each_place() -> None:
    text = "Yang lain di posisi ke 94, 95, 96, 97, dan 98."
    assert [(item.rank, text[item.start : item.end]) for item in find_ranks(text)][1:] == [(95, "95"), (96, "96"), (97, "97"), (98, "98")]
    assert [item.rank for item in find_ranks("berdasarkan Terbaik I, II, dan III.")] == [1, 2, 3]
    assert [item.rank for item in find_ranks("dari peringkat 26 pada 2015 menjadi 19 pada 2016")] == [26, 19]


def test_bare_ordinals_go_on_a_ranking_of_their_paragraph() -> None:
    text = "Provinsi terbaik pertama Banten, kedua Bali, dan ketiga Riau.\nKedua piala tiba."
    assert [(item.rank, item.weak) for item in find_ranks(text)] == [(1, False), (2, True), (3, True)]


def test_places_from_below_say_so() -> None:
    assert [(item.rank, item.from_bottom) for item in find_ranks("di posisi ketujuh terbawah")] == [(7, True)]


def test_a_superlative_alone_is_a_weak_first_place() -> None:
    found = find_ranks("Skor tertinggi dari 10 pemerintah daerah se-Papua.")
    assert [(item.rank, item.rank_of, item.weak) for item in found] == [(1, 10, True)]


def test_fields_say_how_many_were_judged() -> None:
    assert [item.count for item in find_fields("Dari 514 kabupaten/kota, dan di antara tiga puluh delapan provinsi.")] == [514, 38]


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
