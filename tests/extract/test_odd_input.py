"""Input that is no article, or far too much of one: a reading or a `ReadError` with its reason, in time linear in length."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.article import read_text
from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.errors import ReadError
from store.model.records import Article, Claim, Reading
from store.model.source import PageRules
from tests.extract.snapshots import snapshot
from tests.site.stories import load_stories
from tests.timing import LINEAR, growth

STORY = next(story for story in load_stories() if story.key == "sp4n-bandung")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def only_claim(reading: Reading) -> Claim:
    assert len(reading.claims) == 1, [(claim.programme, claim.recipient_name) for claim in reading.claims]
    return reading.claims[0]


BODY = "\n".join(STORY.body)
HEAD = "Pemkot Bandung Raih Penghargaan\n"
ENGLISH = (
    "City wins an award\n" + "The city government received a national award from the ministry for the quality of its public service. " * 12
)
MALAY = "Majlis bandaraya terima anugerah\n" + (
    "Kerajaan Malaysia mengumumkan bahawa majlis bandaraya telah menerima anugerah daripada kementerian kerana perkhidmatan awam. " * 12
)


def attempt(reader: Reader, text: str) -> Reading | ReadError:
    """Read text as `rapor read` does; any other error than ReadError fails the test."""
    try:
        return reader.read_article(read_text(text))
    except ReadError as error:
        return error


@pytest.mark.parametrize("text", ["", " \n\n\t ", "Pemkot Bandung raih WTP", "\ufeff", "\x00\x01\x02\n\x00"])
def test_what_holds_no_article_is_set_aside_with_a_sentence(reader: Reader, text: str) -> None:
    error = attempt(reader, text)
    assert isinstance(error, ReadError)
    assert len(str(error)) > 20


def test_an_article_of_a_title_alone_is_kept_and_not_read(reader: Reader) -> None:
    assert reader.read_article(Article(key="k", title="Pemkot Bandung raih WTP", text=" \n")).unread == "no_text"


@pytest.mark.parametrize("text", [ENGLISH, MALAY], ids=["english", "malay"])
def test_other_languages_are_kept_and_not_read(reader: Reader, text: str) -> None:
    read = attempt(reader, text)
    assert isinstance(read, Reading)
    assert read.unread == "language"
    assert not read.claims
    assert read.article.text


@pytest.mark.parametrize("noise", [1, 2, 3])
def test_binary_noise_yields_no_claim(reader: Reader, noise: int) -> None:
    source = random.Random(noise)
    body = bytes(source.randrange(256) for _ in range(60_000))
    for text in (body.decode("latin-1"), body.decode("utf-8", "replace"), HEAD + body.decode("latin-1").replace("\x00", "")):
        read = attempt(reader, text)
        assert isinstance(read, ReadError) or not read.claims
    with suppress(ReadError):
        assert not reader.read_page(snapshot("https://kabarnusa.example/read/1/x"), body, PageRules()).claims


@pytest.mark.parametrize(
    "text",
    [
        (HEAD + BODY).upper(),
        HEAD + BODY.replace(" ", ""),
        (HEAD + BODY).encode().decode("latin-1"),
        (HEAD + BODY).replace(" ", "\u00a0"),
        (HEAD + BODY).replace("\n", "\r\n"),
        HEAD + BODY.replace("a", "a\u0301"),
        HEAD + "(" * 20_000 + BODY,
        HEAD + '"' * 20_000 + BODY,
        HEAD + "1." * 20_000 + BODY,
        HEAD + "a" * 100_000 + BODY,
    ],
    ids=["capitals", "no spaces", "mojibake", "hard spaces", "carriage returns", "accents", "brackets", "quotes", "digits", "one word"],
)
def test_odd_typing_never_breaks_and_never_moves_the_prize_to_another_body(reader: Reader, text: str) -> None:
    read = attempt(reader, text)
    assert isinstance(read, Reading)
    assert {claim.recipient_key for claim in read.claims} <= {"32.73"}


def test_a_short_year_that_lies_ahead_is_no_year_of_old_times(reader: Reader) -> None:
    text = "Pemerintah Kota Bandung menerima penghargaan UHC Award kategori Madya, Selasa (27/1/26) di Jakarta."
    article = Article(key="x", title="Kota Bandung Raih UHC Award", text=text, published="2024-05-06", language="id")
    (claim,) = reader.read_article(article).claims
    assert claim.event_date is None
    assert claim.edition_year in (None, 2024)


def test_capitals_are_read_all_the_same(reader: Reader) -> None:
    claim = only_claim(reader.read_article(read_text((HEAD + BODY).upper())))
    assert (claim.programme, claim.recipient_key, claim.tier) == ("sp4n", "32.73", "Top 30")


# --- size ---------------------------------------------------------------------------------------------------------------


def bodies_listed(reader: Reader, count: int) -> str:
    """One opinion told of so many bodies: every region, then their councils and offices."""
    regions = [region.full_name for region in reader.registry.regions.values()]
    names = [f"{kind} {name}".strip() for kind in ("", "DPRD", "Dinas Kesehatan", "Dinas Pendidikan") for name in regions][:count]
    assert len(names) == count
    told = "Opini Wajar Tanpa Pengecualian (WTP) dari BPK atas laporan keuangan tahun 2021 diraih "
    return f"Daftar Peraih Opini WTP 2021\n{told}{', '.join(names)}.\n"


def bodies_scored(reader: Reader, count: int, between: str) -> str:
    """So many regions with a score of their own, in one sentence or a line each."""
    regions = [region.full_name for region in reader.registry.regions.values()][:count]
    scored = between.join(f"{name} ({60 + number % 39},{number % 90 + 10})" for number, name in enumerate(regions))
    return f"Hasil Penilaian Ombudsman\nOmbudsman RI menilai kepatuhan pelayanan publik tahun 2018, zona hijau diraih:\n{scored}.\n"


@pytest.mark.parametrize(
    "shape", ["article after article", "bodies in a list", "scored bodies in a list", "scored bodies, a line each", "plain prose"]
)
def test_four_times_the_text_takes_about_four_times_the_time(reader: Reader, shape: str) -> None:
    prose = "Warga menunggu di loket sejak pagi dan pulang dengan berkas yang sudah lengkap. " * 5 + "\n"
    make: dict[str, Callable[[int], str]] = {
        "article after article": lambda times: HEAD + (BODY + "\n") * 6 * times,
        "bodies in a list": lambda times: bodies_listed(reader, 100 * times),
        "scored bodies in a list": lambda times: bodies_scored(reader, 100 * times, ", "),
        "scored bodies, a line each": lambda times: bodies_scored(reader, 100 * times, "\n"),
        "plain prose": lambda times: HEAD + prose * 60 * times,
    }
    once, four = make[shape](1), make[shape](4)
    assert growth(lambda: attempt(reader, once), lambda: attempt(reader, four)) < LINEAR


def test_two_thousand_bodies_in_a_list(reader: Reader) -> None:
    read = attempt(reader, bodies_listed(reader, 2000))
    assert isinstance(read, Reading)
    assert len({claim.recipient_key or claim.recipient_name for claim in read.claims}) == len(read.claims)


@pytest.mark.parametrize(
    "unit", [BODY + "\n", "Warga menunggu di loket sejak pagi. ", "kata ", "a"], ids=["articles", "prose", "words", "letters"]
)
def test_five_megabytes_are_read_or_refused(reader: Reader, unit: str) -> None:
    text = HEAD + (unit * (5_000_000 // len(unit) + 1))[:5_000_000]
    assert isinstance(attempt(reader, text), Reading | ReadError)


# --- anything -----------------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Pemkot Bandung", "Pemkab Serang", "Bone Bolango", "BPK RI", "opini WTP", "Wajar Dengan Pengecualian", "meraih", "peringkat",
        "ke-3", "dari", "187", "nilai", "88,31", "Senin (9/12)", "31/2/2021", "30 Februari 2020", "tahun 99999", "Rp 1.000.000.000.000",
        "Top 30", "kategori", ":", ";", "(", ")", '"', "\u201c", "1.", "-", "Bupati", "Plt", "H.", "S.H., M.Si.", "diserahkan kepada",
        "Baca juga:", "Penulis :", "\n", "\n\n", "\t", "terdiri dari 5 dan 0", "ke-0", "5 kali berturut-turut", "0 kali", "mantan", "SAKIP",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=60).map(" ".join))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.one_of(st.just(""), st.lists(PIECES, max_size=6).map(" ".join)), text=TEXTS)
def test_any_text_is_a_reading_whose_quotations_stand_in_it(reader: Reader, title: str, text: str) -> None:
    read = reader.read_article(Article(key="k", title=title, text=text, language="id"))
    data: dict[str, Any] = read.as_json()
    for claim in data["claims"]:
        assert claim["recipient"]
        for item in claim["evidence"]:
            assert data["article"][item["in"]][item["start"] : item["end"]] == item["text"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_file_is_a_reading_or_a_read_error(reader: Reader, text: str) -> None:
    assert isinstance(attempt(reader, text), Reading | ReadError)
