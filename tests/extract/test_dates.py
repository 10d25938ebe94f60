"""Dates as printed: what they mean, where they stand, and what only looks like one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.dates import Clock, DateMention, find_dates, resolve_year
from tests.timing import LINEAR, growth

PUBLISHED = date(2019, 12, 13)  # a Friday
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")


def only(text: str, published: date | None = PUBLISHED, default_year: int | None = None) -> DateMention:
    found = find_dates(text, published, default_year)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("printed", "day", "weekday_ok", "inferred"),
    [
        ("Senin (9/12)", date(2019, 12, 9), True, True),
        ("Rabu (24/1/2018)", date(2018, 1, 24), True, False),
        ("Kamis, (22/08/2024)", date(2024, 8, 22), True, False),
        ("Sabtu, 14 Desember", date(2019, 12, 14), True, True),
        ("Selasa, 27, Januari 2026", date(2026, 1, 27), True, False),
        ("(20/11/19)", date(2019, 11, 20), None, False),
        ("Jum'at, 6 Desember 2019", date(2019, 12, 6), True, False),
        ("Jum’at (6/12/2019)", date(2019, 12, 6), True, False),
        ("Ahad (8/12)", date(2019, 12, 8), True, True),
        ("Rabu/Buda Keliwon, Sinta, 24 Mei 2023", date(2023, 5, 24), True, False),
        ("6 Nop 2019", date(2019, 11, 6), None, False),
        ("17 Agt 2019", date(2019, 8, 17), None, False),
        ("9.12.2019", date(2019, 12, 9), None, False),
        ("2019-12-09", date(2019, 12, 9), None, False),
        ("Rabu malam, 11 September 2019", date(2019, 9, 11), True, False),
        ("Senin Kemarin (09/12)", date(2019, 12, 9), True, True),
        ("Minggu pagi (8/12/2019)", date(2019, 12, 8), True, False),
        ("(19/5-2017)", date(2017, 5, 19), None, False),
        ("Kamis,12 September 2019", date(2019, 9, 12), True, False),
        ("rabu 11/12/2019", date(2019, 12, 11), True, False),
        ("Rabu (4/12/2019 malam)", date(2019, 12, 4), True, False),
        ("JUMAT, 13 DESEMBER 2019", date(2019, 12, 13), True, False),
        ("Nov 20, 2019", date(2019, 11, 20), None, False),
        ("Rabu tanggal 24 Mei 2023", date(2023, 5, 24), True, False),
    ],
)
def test_a_day_is_read_in_every_form(printed: str, day: date, weekday_ok: bool | None, inferred: bool) -> None:
    text = f"Piagam itu diserahkan di Jakarta, {printed}. Acara berjalan lancar."
    mention = only(text)
    assert (mention.day, mention.weekday_ok, mention.year_inferred, mention.precision) == (day, weekday_ok, inferred, "day")
    assert text[mention.start : mention.end] == printed
    assert mention.conflict is (weekday_ok is False)


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("12-14 Desember 2019", date(2019, 12, 12), date(2019, 12, 14)),
        ("9 s.d. 11 Maret", date(2019, 3, 9), date(2019, 3, 11)),
        ("9 s/d 11 Maret 2019", date(2019, 3, 9), date(2019, 3, 11)),
        ("(27-28/9/2022)", date(2022, 9, 27), date(2022, 9, 28)),
        ("Senin-Rabu (9-11/12)", date(2019, 12, 9), date(2019, 12, 11)),
        ("30 Desember 2018 - 2 Januari 2019", date(2018, 12, 30), date(2019, 1, 2)),
        ("1 Januari hingga 28 Februari 2025", date(2025, 1, 1), date(2025, 2, 28)),
        ("24, 25 dan 26 Mei 2023", date(2023, 5, 24), date(2023, 5, 26)),
        ("30/9 s.d. 2/10/2022", date(2022, 9, 30), date(2022, 10, 2)),
    ],
)
def test_a_range_has_two_ends(printed: str, first: date, last: date) -> None:
    mention = only(f"Penilaian lapangan digelar {printed} di dua kota.")
    assert (mention.day, mention.end_day) == (first, last)


@pytest.mark.parametrize("words", ["malam", "kemarin", "lalu", "pagi"])
def test_words_of_time_behind_a_date_are_no_second_date(words: str) -> None:
    assert only(f"Mereka bertemu Jumat (6/12) {words}.").day == date(2019, 12, 6)


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("kata dia di Kupang, Rabu.", date(2019, 12, 11), "weekday"),
        ("kata dia di Kupang, Jumat.", PUBLISHED, "weekday"),
        ("Pada Senin pekan lalu ia berangkat.", date(2019, 12, 2), "weekday"),
        ("Rombongan tiba Sabtu mendatang.", date(2019, 12, 14), "weekday"),
        ("Piala itu tiba hari ini.", PUBLISHED, "day"),
        ("Piala itu tiba kemarin.", date(2019, 12, 12), "day"),
        ("Piala itu tiba besok.", date(2019, 12, 14), "day"),
    ],
)
def test_words_are_counted_from_publication(text: str, day: date, precision: str) -> None:
    mention = only(text)
    assert (mention.day, mention.precision, mention.year_inferred, mention.relative) == (day, precision, True, True)


@pytest.mark.parametrize(
    ("text", "precision", "year", "month"),
    [
        ("Survei digelar Desember 2018.", "month", 2018, 12),
        ("Survei digelar pada Mei.", "month", 2019, 5),
        ("Survei digelar Desember lalu.", "month", 2018, 12),
        ("Hasil tahun 2018 turun.", "year", 2018, None),
        ("LKPD TA 2018 diperiksa.", "year", 2018, None),
        ("Nilai tahun lalu turun.", "year", 2018, None),
    ],
)
def test_what_prints_no_day_has_none(text: str, precision: str, year: int, month: int | None) -> None:
    mention = only(text)
    assert (mention.day, mention.precision, mention.year, mention.month) == (None, precision, year, month)


def test_lists_of_years_and_months_give_each() -> None:
    assert [mention.year for mention in find_dates("pada tahun 2016, 2017, dan 2018", PUBLISHED)] == [2016, 2017, 2018]
    assert [mention.month for mention in find_dates("periode Januari-Agustus 2019", PUBLISHED)] == [1, 8]


@pytest.mark.parametrize(
    "text",
    [
        "Skornya 9/10 dan layanan buka 24/7.",
        "Dasarnya Peraturan Nomor 5/2021 dan Perda No 99/2016.",
        "Kepuasan warga di skala 4/5, nilai (4/5).",
        "Hubungi 0812-3456-7890 atau 021-12-10-2019.",
        "Surat bernomor 002.2/7910/33 sudah terbit.",
        "Anggaran Rp 9.122.019 dan Rp12,5 miliar.",
        "Gedung di Jalan 17 Agustus dan Stadion 10 November.",
        "Pasar Minggu dan Pasar Senin ramai.",
        "Program Jumat Berkah dan Jumat Curhat.",
        "Buka setiap Senin; tiap Rabu libur; buka Senin-Jumat.",
        "Dua minggu, satu minggu, seminggu.",
        "10 tahun lalu dan beberapa tahun ini.",
        "Tanggal 31/2/2019 tidak ada.",
        "Terbit 12/13/2019.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_a_weekday_that_disagrees_is_a_conflict() -> None:
    mention = only("ujarnya, Selasa (20/1).", date(2019, 1, 22))
    assert (mention.day, mention.weekday_ok, mention.conflict) == (date(2019, 1, 20), False, True)


def test_the_year_before_where_the_date_lies_more_than_a_week_ahead() -> None:
    assert only("Selasa (31/12)", date(2020, 1, 3)).day == date(2019, 12, 31)
    assert only("(20/12)", PUBLISHED).day == date(2019, 12, 20)
    assert only("(21/12)", PUBLISHED).day == date(2018, 12, 21)
    assert only("Puncaknya 28 Desember mendatang", PUBLISHED).day == date(2019, 12, 28)
    assert only("Rabu (1/1)", date(2019, 12, 30)).day == date(2020, 1, 1)


def test_without_publication_the_year_comes_from_the_text_then_the_edition() -> None:
    assert only("Senin (9/12)", None, 2019).day == date(2019, 12, 9)
    assert only("Jumat (12/05)", None, 2022).day == date(2023, 5, 12), "the ceremony of an edition is often a year later"
    assert only("Senin (9/12)", None).day is None
    assert only("Jumat (12/05)", None, 2022).weekday_ok
    assert [mention.day for mention in find_dates("Hasil 2019 terbit. Senin (9/12) ia hadir.", None)] == [date(2019, 12, 9)]
    assert [mention.day for mention in find_dates("Hasil 2019 terbit. Selasa (9/12) ia hadir.", None)] == [None], "a guess must fit"
    found = find_dates("Rabu (31/1/2018) di Bali. Senin (05/02) ia pulang.", None)
    assert [mention.day for mention in found] == [date(2018, 1, 31), date(2018, 2, 5)]


@given(
    st.dates(date(2005, 1, 1), date(2035, 12, 31)),
    st.integers(0, 300),
    st.sampled_from(["({d}/{m})", ", {d} {M}", " ({d:02}/{m:02}/{y})", ", {d} {M} {y}"]),
)
def test_a_day_of_the_last_months_is_found_again(day: date, ago: int, form: str) -> None:
    printed = _DAYS[day.weekday()] + form.format(d=day.day, m=day.month, M=_MONTHS[day.month - 1], y=day.year)
    mention = only(f"Penghargaan diterima di Jakarta, {printed}.", day + timedelta(days=ago))
    assert mention.day == day
    assert mention.weekday_ok


@given(st.dates(), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_an_inferred_day_is_never_more_than_a_week_ahead(day: date, published: date) -> None:
    resolved = resolve_year(day.month, day.day, Clock(published))
    assert resolved is None or resolved - published <= timedelta(days=7)


@given(st.text(alphabet=st.sampled_from("0123456789/.-,() SeninRabuMei'\n")), st.one_of(st.none(), st.just(PUBLISHED)))
def test_any_text_gives_ordered_spans_within_it(text: str, published: date | None) -> None:
    found = find_dates(text, published, 2019)
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end


@pytest.mark.parametrize("unit", ["Senin, ", "1/1/", "1. ", "(9/12) ", " ", "Desember ", "9 s.d. ", "1 dan ", "tahun 2019, ", "a"])
def test_time_is_linear(unit: str) -> None:
    once, four = (unit * 20_000)[:20_000], (unit * 80_000)[:80_000]
    assert growth(lambda: find_dates(once, PUBLISHED), lambda: find_dates(four, PUBLISHED)) < LINEAR
