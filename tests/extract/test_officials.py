"""Posts, their holders and what becomes of them: names apart from fields, misspelt holders, company left out."""

from __future__ import annotations

from datetime import date

import pytest

from extract.lexicon import load_registry
from extract.people import Official, People
from extract.scene import Scene, SceneBuilder
from store.model.records import Article


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    """One pipeline for all tests here."""
    return SceneBuilder(load_registry())


def scene_of(builder: SceneBuilder, text: str, published: date | None = date(2019, 12, 10), title: str = "Kabar dari daerah") -> Scene:
    """The scene of an article of one's own writing."""
    return builder.build(
        Article(
            key="t",
            url="https://example.org/t",
            outlet="t",
            title=title,
            published=published.isoformat() if published else None,
            language="id",
            text=text,
        )
    )


def people_of(builder: SceneBuilder, text: str, published: date | None = date(2019, 12, 10), title: str = "Kabar dari daerah") -> People:
    """The people of such an article."""
    return People(scene_of(builder, text, published, title), builder.registry)


def only(people: People) -> Official:
    """The one official of an article."""
    assert len(people.officials) == 1, [(o.name, o.position) for o in people.officials]
    return people.officials[0]


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        (
            "Hal itu disampaikan Kepala Dinas Kesehatan (Dinkes) Kabupaten Garut, dr. Rina Marlina, di kantornya.",
            "Rina Marlina",
            "Kepala Dinas Kesehatan Kabupaten Garut",
        ),
        (
            "Kepala Dinas Lingkungan Hidup Kota Bitung Mariani Lasut mengatakan taman kota dirawat.",
            "Mariani Lasut",
            "Kepala Dinas Lingkungan Hidup Kota Bitung",
        ),
        ("Ungkapan syukur datang dari Wulan Sasmita selaku Bupati Garut pada rapat itu.", "Wulan Sasmita", "Bupati Garut"),
        ("Menurut Bambang Sutejo, Sekretaris Daerah Kota Kediri, berkas sudah lengkap.", "Bambang Sutejo", "Sekretaris Daerah Kota Kediri"),
        (
            "Kepala BPK Perwakilan Provinsi Maluku, Hendra Wibawa, menyerahkan laporan.",
            "Hendra Wibawa",
            "Kepala Perwakilan BPK Provinsi Maluku",
        ),
        (
            "Kepala Perwakilan (Kalan) BPK Jawa Tengah Hendra Wibawa menyerahkan laporan.",
            "Hendra Wibawa",
            "Kepala Perwakilan BPK Provinsi Jawa Tengah",
        ),
        (
            "Ketua Ombudsman RI Perwakilan Sulawesi Tengah, Iman Rahardjo, memaparkan hasil.",
            "Iman Rahardjo",
            "Kepala Perwakilan Ombudsman Provinsi Sulawesi Tengah",
        ),
        ("Pj. Bupati Garut, Dodi Wiryawan, menerima piagam.", "Dodi Wiryawan", "Bupati Garut"),
        (
            "Deputi Bidang Pengendalian Perubahan Iklim Santi Oktaviani menyampaikan data.",
            "Santi Oktaviani",
            "Deputi Pengendalian Perubahan Iklim",
        ),
        ("Gubernur Jawa Barat (Jabar) Surya Pranata mengatakan jalan tol selesai.", "Surya Pranata", "Gubernur Jawa Barat"),
        ("Kepala Desa Sukamaju, Asep Komarudin, menerima sertifikat.", "Asep Komarudin", "Kepala Desa Sukamaju"),
        ("Pj Bupati Klungkung I Nyoman Suartana hadir dan memberi keterangan.", "I Nyoman Suartana", "Bupati Klungkung"),
    ],
)
def test_a_name_and_its_post(builder: SceneBuilder, text: str, name: str, position: str) -> None:
    """Fields of offices stay out of names; posts stand before or behind them."""
    official = only(people_of(builder, text))
    assert (official.name, official.position) == (name, position)


@pytest.mark.parametrize(
    "text",
    [
        "Kompetisi itu berpijak pada Peraturan Menteri Keuangan Nomor 12 Tahun 2019.",
        "Kota itu menjadi Anggota JDIHN sejak lama.",
        "Deputi Pencegahan dan Penindakan tidak hadir.",
        "Enam mantan Gubernur Kalimantan Selatan diundang.",
    ],
)
def test_what_is_no_name(builder: SceneBuilder, text: str) -> None:
    """Numbers, acronyms and fields behind a post are nobody."""
    assert people_of(builder, text).officials == []


def test_misspelt_holder_of_a_post(builder: SceneBuilder) -> None:
    """The known holder at that date, marked as a variant; by the article's date or by a year it prints."""
    text = "Piagam diserahkan Menteri PANRB, Tjahyo Kumolo kepada Sekda Kota Bandung, Ema Sumarna, dalam kompetisi tahun 2019."
    for published in (date(2019, 12, 10), None):
        minister = people_of(builder, text, published).officials[0]
        assert (minister.name, minister.position, minister.variant) == ("Tjahjo Kumolo", "Menteri PANRB", True)


def test_acting_is_no_part_of_the_post(builder: SceneBuilder) -> None:
    """ "Pj" and "Plt" are read as such."""
    people = people_of(
        builder,
        "Penjabat Bupati Garut, Dodi Wiryawan, mengatakan layanan membaik. Plt Kepala Dinas Sosial Kabupaten "
        "Garut, Rini Astuti, menambahkan data.",
    )
    assert [(m.position, m.acting) for m in people.mentions()] == [("Bupati Garut", "Pj"), ("Kepala Dinas Sosial Kabupaten Garut", "Plt")]


def test_company_is_left_out(builder: SceneBuilder) -> None:
    """Who only came along is not listed; who is quoted later is."""
    text = (
        "Bupati Garut Dodi Wiryawan menerima piagam didampingi Sekretaris Daerah Kabupaten Garut Nurdin Salim.\n"
        "Ketua DPRD Kabupaten Garut Euis Wahyuni mengatakan hasil itu patut disyukuri."
    )
    assert [m.name for m in people_of(builder, text).mentions()] == ["Dodi Wiryawan", "Euis Wahyuni"]
    quoted = text + "\nMenurut Nurdin, nilai tahun depan akan lebih baik."
    assert "Nurdin Salim" in [m.name for m in people_of(builder, quoted).mentions()]


def test_one_person_once(builder: SceneBuilder) -> None:
    """A short name after the full one is the same official."""
    people = people_of(builder, 'Bupati Garut Dodi Wiryawan bersyukur. "Ini hasil bersama," kata Bupati Dodi.')
    assert only(people).name == "Dodi Wiryawan"
