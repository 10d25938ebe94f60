"""Places as printed, and how many were judged."""

from __future__ import annotations

import pytest

from extract.numbers import find_fields, find_ranks


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
    for text in ("Kota itu memuncaki penilaian.", "Kota itu berada di puncak.", "Kota itu terdepan.", "Kota itu kini nomor satu."):
        assert [(item.rank, item.weak) for item in find_ranks(text)] == [(1, True)]
    assert find_ranks("Wali kota hadir di puncak acara Hari Jadi.") == []


def test_fields_say_how_many_were_judged() -> None:
    assert [item.count for item in find_fields("Dari 514 kabupaten/kota, dan di antara tiga puluh delapan provinsi.")] == [514, 38]
