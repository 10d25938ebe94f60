"""Whose a post is and who holds it where the text says either elsewhere, later, shorter or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from extract.scene import SceneBuilder
from tests.extract.test_officials import builder, people_of  # noqa: F401  the fixture is shared

Told = list[tuple[str, str | None]]


def told(builder: SceneBuilder, text: str, title: str = "Kabar dari daerah") -> Told:  # noqa: F811
    """Name and post of the officials a reading lists."""
    people = people_of(builder, text, date(2019, 12, 10), title)
    return [(mention.name, mention.position) for mention in people.mentions()]


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        # the post behind its holder, in brackets or behind a verb
        ("Yang hadir antara lain Danu Prasetya (Bupati Garut) dan warga.", "Danu Prasetya", "Bupati Garut"),
        ("Selama Danu Prasetya menjabat Pj Bupati Garut, jalan diperbaiki.", "Danu Prasetya", "Bupati Garut"),
        # something between a post and its holder
        ("Menurut Bupati Garut periode 2014-2019, Danu Prasetya, pasar ramai.", "Danu Prasetya", "Bupati Garut"),
        ("Anggota DPRD Kabupaten Garut dari Fraksi Melati, Sari Lestari, setuju.", "Sari Lestari", "Anggota DPRD Kabupaten Garut"),
        ("Wali Kota Madiun yang akrab disapa Pakde itu tertawa.", "Pakde", "Wali Kota Madiun"),
        (
            "Dirjen Kesehatan Masyarakat (Kesmas) Kemenkes RI Wira Kencana berpidato.",
            "Wira Kencana",
            "Direktur Jenderal Kesehatan Masyarakat",
        ),
        ("Kapolres Bekasi Kota Kombes Wira Kencana mengatakan jalan aman.", "Wira Kencana", "Kepala Kepolisian Resor Bekasi Kota"),
        # offices by their letters, their fields, their own names
        ("Kepala Dinas PMD PPKB Kabupaten Garut, Sari Lestari, hadir.", "Sari Lestari", "Kepala Dinas PMD PPKB Kabupaten Garut"),
        (
            "Dirjen Pencegahan dan Pengendalian Penyakit Wira Kencana berpidato.",
            "Wira Kencana",
            "Direktur Jenderal Pencegahan dan Pengendalian Penyakit",
        ),
        ("Direktur RSUD dr. Slamet, Sari Lestari, menyebut pasien bertambah.", "Sari Lestari", "Direktur RSUD dr. Slamet"),
        ("Kapolsek Palas IPTU Wira Kencana menjelaskan hal itu.", "Wira Kencana", "Kepala Kepolisian Sektor Palas"),
        ("Asisten 1 Setda Kabupaten Garut Sari Lestari membuka acara.", "Sari Lestari", "Asisten I Sekretariat Daerah Kabupaten Garut"),
        ("Rektor UNY Sari Lestari berpidato.", "Sari Lestari", "Rektor Universitas Negeri Yogyakarta"),
        # a stop behind the first word of a name, an apostrophe of another kind
        ("Bupati Garut Frans. J. Pandawa berpidato.", "Frans J. Pandawa", "Bupati Garut"),
        ("Bupati Garut Ma’ruf Sasmita berpidato.", "Ma'ruf Sasmita", "Bupati Garut"),
    ],
)
def test_a_post_and_its_holder(builder: SceneBuilder, text: str, name: str, position: str) -> None:  # noqa: F811
    """Each class once: name and post are read apart, whatever stands between them."""
    assert told(builder, text) == [(name, position)]


@pytest.mark.parametrize(
    "text",
    [
        "Upacara berlangsung di Kantor Bupati Garut, Lembah Hijau, kemarin.",  # a building, not its head
        "Sebanyak 30 kepala daerah Wira Kencana Nusantara berkumpul.",  # "kepala daerah" is any of them
        "Dulu ia mantan Kepala Rutan Sialang itu.",  # a place
    ],
)
def test_places_hold_no_post(builder: SceneBuilder, text: str) -> None:  # noqa: F811
    """A place behind a post is not its holder."""
    assert told(builder, text) == []


def test_bare_posts_take_the_region_of_their_sentence(builder: SceneBuilder) -> None:  # noqa: F811
    """Several bare "Bupati" of one article are each of the region spoken of, not of the one that is named with the post."""
    text = (
        "LHP Pemerintah Kabupaten Garut diserahkan kepada Bupati Wira Kencana.\nLHP Pemerintah Kabupaten Ciamis diserahkan kepada "
        "Bupati Sari Lestari.\nTerakhir LHP diserahkan kepada Bupati Sumedang Danu Prasetya."
    )
    assert told(builder, text) == [
        ("Wira Kencana", "Bupati Garut"),
        ("Sari Lestari", "Bupati Ciamis"),
        ("Danu Prasetya", "Bupati Sumedang"),
    ]


def test_the_head_of_a_unit_takes_the_only_unit(builder: SceneBuilder) -> None:  # noqa: F811
    """A bare "Kalapas" heads the prison of the article."""
    text = "Lapas Klaten dinilai bersih.\nKepala Lapas, Wira Kencana, mengatakan petugas disiplin."
    assert told(builder, text) == [("Wira Kencana", "Kepala Lapas Klaten")]


def test_an_office_beats_a_seat_on_a_jury(builder: SceneBuilder) -> None:  # noqa: F811
    """Who is told with a seat on the jury and with an office is listed by the office."""
    text = "Ketua Dewan Juri Wira Kencana memuji peserta.\nMenteri Pariwisata Wira Kencana mengatakan juri bekerja sebulan."
    assert told(builder, text) == [("Wira Kencana", "Menteri Pariwisata")]


def test_a_name_in_front_belongs_to_the_post_before_it(builder: SceneBuilder) -> None:  # noqa: F811
    """In a list each post is followed by its holder, also where he has one name only."""
    text = "Bupati Garut Wira Kencana, Kadis Kominfo Dahlan, dan Inspektur Garut Sari Lestari bertemu."
    names = [name for name, _ in told(builder, text)]
    assert names == ["Wira Kencana", "Dahlan", "Sari Lestari"]


def test_a_short_name_is_told_whole_elsewhere(builder: SceneBuilder) -> None:  # noqa: F811
    """A name of one word takes the whole one of the text; a surname alone that of the known holder."""
    assert told(builder, "Kusuma Wardana datang pagi.\nWabup Garut Kusuma mengatakan panen baik.")[0][0] == "Kusuma Wardana"
    assert told(builder, "Gubernur Jawa Tengah, Pranowo, mengatakan panen baik.")[0][0] == "Ganjar Pranowo"


def test_a_known_holder_needs_no_post(builder: SceneBuilder) -> None:  # noqa: F811
    """Somebody in office who speaks is listed though the article takes the post for known; who is only mentioned is not."""
    said = 'Warga Jawa Timur ingin kereta. "Sudah ada yang tertarik," kata Khofifah Indar Parawansa.'
    assert told(builder, said) == [("Khofifah Indar Parawansa", "Gubernur Jawa Timur")]
    assert told(builder, "Di Jawa Timur dipasang baliho bergambar Khofifah Indar Parawansa.") == []


def test_a_list_of_names_with_their_posts_in_brackets(builder: SceneBuilder) -> None:  # noqa: F811
    """Each bracket belongs to the name before it, and a village is printed as its head's place."""
    text = (
        "Penerimanya adalah Wira Kencana (Kepala Desa Sukamaju, Kabupaten Garut), Dahlan (Lurah Mekar Wangi, Kabupaten Garut), dan "
        "Sari Lestari (Bupati Ciamis)."
    )
    assert told(builder, text) == [
        ("Wira Kencana", "Kepala Desa Sukamaju"),
        ("Dahlan", "Lurah Mekar Wangi"),
        ("Sari Lestari", "Bupati Ciamis"),
    ]


def test_a_bare_minister_is_known_by_name(builder: SceneBuilder) -> None:  # noqa: F811
    """A title without its office, said of somebody known to be in office."""
    assert told(builder, "Menteri Tito Karnavian mengatakan desa maju.") == [("Tito Karnavian", "Menteri Dalam Negeri")]


def test_who_came_along_holds_no_prize(builder: SceneBuilder) -> None:  # noqa: F811
    """Company told between a receiver and the verb is no receiver; nor is who only attended."""
    text = (
        "Ini hasil bersama, kata Bupati Garut Wira Kencana yang didampingi Kadishub Dahlan seusai menerima piala.\nRapat itu juga diikuti "
        "Bupati Ciamis Sari Lestari."
    )
    assert told(builder, text) == [("Wira Kencana", "Bupati Garut")]


@pytest.mark.parametrize(
    "text",
    [
        "Gubernur Banten, BupatiGarut, dan Walikota Cilegon dijadwalkan menerima piala.",  # posts run together
        "Penghargaan urung diberikan kepada Bupati Kutai, kata panitia.",  # half a region's name
        "Kepala Disdikbupor, hadir juga.",  # an office nobody knows
    ],
)
def test_one_word_behind_a_post_may_be_no_name(builder: SceneBuilder, text: str) -> None:  # noqa: F811
    """Regions and offices misspelt or cut short are nobody."""
    assert told(builder, text) == []


def test_two_names_of_one_post(builder: SceneBuilder) -> None:  # noqa: F811
    """Who bears the same post and the same last name is the same person; letters that shorten a field are spelt out."""
    text = "Bupati Garut Wira Ch. Kencana bangga.\nBupati Jaka Kencana mengatakan nilai naik."
    assert told(builder, text) == [("Wira Ch. Kencana", "Bupati Garut")]
    assert told(builder, "Kepala Biro Humpro Setda Provinsi Banten, Sari Lestari, bangga.") == [
        ("Sari Lestari", "Kepala Biro Humas dan Protokol Sekretariat Daerah Provinsi Banten")
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Bupati dan Wakil Bupati Garut, Danu Prasetya dan Sari Lestari, menyambut tamu.",
            [("Danu Prasetya", "Bupati Garut"), ("Sari Lestari", "Wakil Bupati Garut")],
        ),
        (
            "Bupati Garut dan Wakil Bupati Garut, Danu Prasetya-Sari Lestari, menyambut tamu.",
            [("Danu Prasetya", "Bupati Garut"), ("Sari Lestari", "Wakil Bupati Garut")],
        ),
        (
            "Bupati Garut dan Kapolres Garut Danu Prasetya menyambut tamu.",
            [("Danu Prasetya", "Kepala Kepolisian Resor Garut")],
        ),
    ],
)
def test_two_names_behind_two_posts_are_shared_out(builder: SceneBuilder, text: str, wanted: Told) -> None:  # noqa: F811
    assert told(builder, text) == wanted


@pytest.mark.parametrize(
    ("text", "name", "position"),
    [
        # a term that is over
        (
            "Danu Prasetya, Gubernur Kalimantan Selatan periode 2005-2015, menerima piagam.",
            "Danu Prasetya",
            "mantan Gubernur Kalimantan Selatan",
        ),
        # branches of the forces, classes by a digit, councils of other kinds
        ("Piagam diserahkan Kepala Staf TNI AU Danu Prasetya di Jakarta.", "Danu Prasetya", "Kepala Staf TNI Angkatan Udara"),
        ("Kepala Lapas Kelas 2B Garut Danu Prasetya menerima piagam.", "Danu Prasetya", "Kepala Lapas Kelas IIB Garut"),
        ("Ketua Dewan Pertimbangan Kalpataru Danu Prasetya menilai.", "Danu Prasetya", "Ketua Dewan Pertimbangan"),
        # a line run into the next
        ("KOTA, kabarkita.com__Wali Kota Madiun, Danu Prasetya, menargetkan piala.", "Danu Prasetya", "Wali Kota Madiun"),
    ],
)
def test_terms_branches_and_councils(builder: SceneBuilder, text: str, name: str, position: str) -> None:  # noqa: F811
    assert told(builder, text) == [(name, position)]
