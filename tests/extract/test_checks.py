"""Each flag is raised where its sentence gives cause, stays down in a near miss, and no check changes a value."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extract.checks.finding import Places
from extract.checks.office import not_in_office
from extract.checks.scores import score_outliers
from extract.checks.wording import wordings
from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.records import Article, Claim, Evidence, Flag, Person, Reading
from store.model.registry import Holder

CHECKED: set[Flag] = {"hedged", "background", "score_outlier", "not_in_office", "rank_from_list_order"}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def read(reader: Reader, text: str, title: str = "", published: str = "2024-03-06") -> Reading:
    return reader.read_article(Article(key="checked", title=title, text=text, published=published, language="id"))


def raised(reading: Reading) -> dict[str, set[Flag]]:
    """The flags of the checks by recipient."""
    return {claim.recipient_name.removeprefix("Pemerintah "): set(claim.flags) & CHECKED for claim in reading.claims}


PANRB = "Kabupaten Garut menerima predikat BB SAKIP {year} yang diserahkan {post} Tjahjo Kumolo di Bandung, Kamis ({day})."


@pytest.mark.parametrize(
    ("text", "title", "flags"),
    [
        ("Kota Depok diduga kembali meraih opini WTP atas LKPD 2022 dari BPK.", "", {"hedged"}),
        ("Kota Depok diduga kembali meraih opini WTP atas LKPD 2022 dari BPK.", "Kota Depok Raih Opini WTP LKPD 2022", set()),
        ("Kota Depok meraih predikat A SAKIP 2023 dari Kementerian PANRB dengan nilai di kisaran 82.", "", {"hedged"}),
        ("Kota Depok meraih predikat A SAKIP 2023 dari Kementerian PANRB dengan nilai 82.", "", set()),
        ("Kota Depok meraih predikat BB dengan nilai 82,15 pada SAKIP 2023.", "", {"score_outlier"}),
        ("Kota Depok meraih predikat BB dengan nilai 72,15 pada SAKIP 2023.", "", set()),
    ],
)
def test_a_reading_carries_its_flags(reader: Reader, text: str, title: str, flags: set[str]) -> None:
    assert raised(read(reader, text, title)) == {"Kota Depok": flags}


# --- wording, by itself: claims made by hand, for whatever the weights keep ----------------------------------------


def worded(reader: Reader, text: str, body: str, **slots: Any) -> set[str]:
    """The flags that the words of an article raise for a claim of one body, which is quoted where the text first names it."""
    scene = reader.scenes.build(Article(key="worded", text=text, published="2024-03-06"))
    (key,) = {mention.entity.key for mention in scene.mentions if mention.entity.name == f"Pemerintah {body}"}
    at = text.index(body)
    quoted = [Evidence.model_validate({"field": "recipient", "in": "text", "start": at, "end": at + len(body), "text": body})]
    values: dict[str, Any] = {"edition_year": 2023, "evidence": tuple(quoted), **slots}
    claim = Claim(recipient=body, recipient_name=f"Pemerintah {body}", recipient_key=key, **values)
    return {finding.flag for finding in wordings(scene, claim, Places(scene))}


ADIPURA = "Kota Padang meraih piala Adipura 2023 dari Kementerian Lingkungan Hidup dan Kehutanan. "


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Kota Solok dikabarkan meraih piala Adipura 2023.", {"hedged"}),
        ("Kota Solok konon meraih piala Adipura 2023. Piala Adipura itu diterima Kota Solok kemarin.", set()),  # told plainly as well
        ("Piala Adipura 2023 rencananya diterima Kota Solok.", {"hedged"}),
        ("Kota Solok disebut-sebut meraih piala Adipura 2023.", {"hedged"}),
        ("Kota Solok meraih piala Adipura 2023, yang diharapkan memacu warga.", set()),  # the hope stands behind
        ("Yang diharapkan terjadi: Kota Solok akhirnya meraih piala Adipura 2023.", set()),  # it came true
        (ADIPURA + "Tahun lalu Kota Solok juga menerima piala Adipura.", {"background"}),
        (ADIPURA + "Pada 2019 lalu juga Kota Solok meraih piala Adipura.", {"background"}),
        (ADIPURA + "Pernah pula Kota Solok meraih piala Adipura.", {"background"}),
        (ADIPURA + "Kota Solok juga meraih piala Adipura.", set()),
        (ADIPURA + "Kota Solok, yang sebelumnya belum pernah menerimanya, meraih piala Adipura.", set()),  # the past is denied
        (ADIPURA + "Kota Solok, yang tahun lalu luput, juga meraih piala Adipura.", set()),  # an aside, closed before the news
        (ADIPURA + "Setelah tahun lalu luput, kini Kota Solok meraih piala Adipura.", set()),
        (ADIPURA + "Tahun lalu Kota Solok menerima piala Adipura. Tahun ini Kota Solok menerima piala Adipura lagi.", set()),
        (ADIPURA + "Kota Solok meraih piala Adipura sejak 2019.", set()),
        (ADIPURA + "Sesuai Peraturan Menteri Nomor 76 Tahun 2019 Kota Solok meraih piala Adipura.", set()),
    ],
)
def test_how_a_prize_is_spoken_of(reader: Reader, text: str, flags: set[str]) -> None:
    assert worded(reader, text, "Kota Solok", programme="adipura") == flags


@pytest.mark.parametrize(
    ("text", "predicate", "flags"),
    [
        ("Kota Tegal tahun lalu meraih predikat Madya pada Kota Layak Anak.", "Madya", {"background"}),
        ("Predikat Madya Kota Layak Anak sebelumnya didapat Kota Tegal.", "Madya", {"background"}),
        ("Kota Tegal, dari predikat Madya tahun lalu, meraih predikat Nindya Kota Layak Anak.", "Nindya", set()),
        ("Kota Tegal yang tahun lalu berpredikat Madya kini meraih predikat Nindya Kota Layak Anak.", "Nindya", set()),
        ("Kota Tegal meraih predikat Nindya Kota Layak Anak, tahun lalu Madya.", "Nindya", set()),
        ("Kota Tegal meraih predikat Nindya Kota Layak Anak 2023, sama seperti tahun 2022.", "Nindya", set()),
        ("Kota Tegal meraih predikat Nindya Kota Layak Anak, sama seperti tahun 2022.", "Nindya", set()),
    ],
)
def test_which_result_was_before_the_news(reader: Reader, text: str, predicate: str, flags: set[str]) -> None:
    assert worded(reader, text, "Kota Tegal", programme="kla", predicate=predicate) == flags


@pytest.mark.parametrize(
    ("year", "post", "day", "published", "flags"),
    [
        (2023, "Menteri PANRB", "1/2/2024", "2024-02-02", {"not_in_office"}),
        (2021, "Menteri PANRB", "10/2/2022", "2022-02-11", set()),
        (2023, "mantan Menteri PANRB", "1/2/2024", "2024-02-02", set()),
    ],
)
def test_an_official_out_of_office(reader: Reader, year: int, post: str, day: str, published: str, flags: set[str]) -> None:
    reading = read(reader, PANRB.format(year=year, post=post, day=day), published=published)
    assert reading.claims[0].presented_by == Person(name="Tjahjo Kumolo", position="Menteri PANRB")
    assert raised(reading) == {"Kabupaten Garut": flags}


def test_a_rank_that_only_order_tells(reader: Reader) -> None:
    told = (
        "Komisi Informasi Pusat mengumumkan Anugerah Keterbukaan Informasi Publik 2015. Provinsi dengan nilai keterbukaan informasi publik "
        "tertinggi adalah Aceh. Kemudian diikuti {rest}."
    )
    places = {claim.recipient_name: claim for claim in read(reader, told.format(rest="Jawa Timur dan Banten")).claims}
    assert {name: (claim.rank, set(claim.flags) & CHECKED) for name, claim in places.items()} == {
        "Pemerintah Aceh": (1, set()),
        "Pemerintah Provinsi Jawa Timur": (2, {"rank_from_list_order"}),
        "Pemerintah Provinsi Banten": (3, {"rank_from_list_order"}),
    }
    numbered = read(
        reader, "Peringkat 2 IKIP 2021 diraih Bali dengan nilai 80,2, disusul Kalimantan Utara dengan nilai 69,8 di urutan ke-3."
    )
    assert [(claim.rank, set(claim.flags) & CHECKED) for claim in numbered.claims if claim.rank == 3] == [(3, set())]


def test_the_words_of_a_flag_are_evidence(reader: Reader) -> None:
    (claim,) = read(reader, "Kota Depok diduga kembali meraih opini WTP atas LKPD 2022 dari BPK.").claims
    assert [item.text for item in claim.evidence if item.field == "flags"] == ["diduga"]


# --- scores, by themselves -----------------------------------------------------------------------------------------


def scored(name: str, score: float, rank: int | None = None, **more: Any) -> Claim:
    """A claim of the yearly assessment of integrity, which has neither steps above 78 nor a rank of its own."""
    values: dict[str, Any] = {"programme": "mcp", "edition_year": 2023, "score_unit": "index100", **more}
    return Claim(recipient=name, recipient_name=name, score=score, rank=rank, **values)


def odd(*claims: Claim) -> set[str]:
    return {claims[index].recipient_name for index, _ in score_outliers(claims, load_registry())}


def test_a_score_far_from_all_others() -> None:
    near = [scored(name, score) for name, score in (("a", 94.6), ("b", 95.0), ("c", 98.1))]
    assert odd(*near, scored("d", 54.01)) == {"d"}
    assert odd(*near, scored("d", 88.0)) == set()
    assert odd(*near[:2], scored("d", 54.01)) == set()  # three are too few to say who is odd
    assert odd(*(scored(n, s) for n, s in (("a", 30.0), ("b", 63.0), ("c", 45.0), ("d", 13.5)))) == set()  # the others differ as much


def test_a_better_place_with_a_lower_score() -> None:
    assert odd(scored("a", 95.1, 1), scored("b", 54.2, 2), scored("c", 94.0, 3), scored("d", 93.4, 4)) == {"b"}
    assert odd(scored("a", 91.5, 1), scored("b", 95.5, 2)) == {"a", "b"}  # nothing tells which
    assert odd(scored("a", 91.5, 1), scored("b", 91.5, 2)) == set()
    apart = [scored("a", 91.5, 1, category="Kota"), scored("b", 95.5, 2, category="Kabupaten")]
    assert odd(*apart) == set()
    assert odd(scored("Pemerintah Kota Bogor", 91.5, 1, recipient_key="32.71"), scored("b", 95.5, 2, recipient_key="32.05")) == set()


def test_a_long_list_whose_places_are_of_something_else_is_odd_as_a_whole() -> None:
    claims = [scored(f"b{rank}", 50.0 + (rank * 37 % 101) / 3, rank) for rank in range(1, 101)]
    assert len(odd(*claims)) > 90
    assert odd(*(scored(f"b{rank}", 100.0 - rank / 3, rank) for rank in range(1, 101))) == set()


def test_money_and_what_is_outside_the_scale_are_left_alone() -> None:
    near = [scored(name, score) for name, score in (("a", 94.6), ("b", 95.0), ("c", 98.1))]
    assert odd(*near, scored("d", 3_000_000.0, score_unit="rupiah")) == set()
    assert odd(*near, scored("d", 940.0, flags=("out_of_scale",))) == set()


# --- tenures, by themselves ----------------------------------------------------------------------------------------

TEGUH = Holder(position="Bupati Garut", name="Teguh Prakoso", since=date(2014, 1, 1), until=date(2019, 1, 1), verified=True)
SARI = Holder(position="Bupati Garut", name="Sari Wulandari", since=date(2019, 1, 1), until=date(2024, 1, 1), verified=True)


@pytest.mark.parametrize(
    ("name", "day", "verified", "raises"),
    [
        ("Teguh Prakoso", date(2021, 5, 1), (True, True), True),
        ("Teguh Prakoso", date(2019, 1, 20), (True, True), False),  # the days of a handover
        ("Teguh Prakoso", date(2019, 8, 1), (False, True), False),  # a tenure from memory must miss by a year
        ("Teguh Prakoso", date(2021, 5, 1), (False, False), True),  # … and then somebody else is known
        ("Bambang Hermawan", date(2021, 5, 1), (True, True), True),  # a name the registry lacks against a confirmed holder
        ("Bambang Hermawan", date(2021, 5, 1), (True, False), False),
        ("Bambang Hermawan", date(2023, 12, 20), (True, True), False),
        ("Sary Wulandary", date(2021, 5, 1), (True, True), False),  # the holder, misspelt
        ("S. Wulandari", date(2021, 5, 1), (True, True), False),
    ],
)
def test_how_sure_the_registry_must_be(reader: Reader, name: str, day: date, verified: tuple[bool, bool], raises: bool) -> None:
    holders = [holder.model_copy(update={"verified": sure}) for holder, sure in zip((TEGUH, SARI), verified, strict=True)]
    scene = reader.scenes.build(Article(key="t", text="Tidak ada jabatan di sini."))
    claim = scored("a", 90.0, received_by=Person(name=name, position="Bupati Garut"), event_date=day)
    assert bool(list(not_in_office(scene, claim, {"Bupati Garut": holders}))) == raises


def test_no_tenure_ends_without_a_day(reader: Reader) -> None:
    scene = reader.scenes.build(Article(key="t", text="Tidak ada jabatan di sini."))
    claim = scored("a", 90.0, received_by=Person(name="Teguh Prakoso", position="Bupati Garut"))
    assert list(not_in_office(scene, claim, {"Bupati Garut": [TEGUH, SARI]})) == []
