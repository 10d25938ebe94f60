"""Units as recipients: one full name a unit, whichever way it is printed, and no unit where a headline or programme runs on."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from extract.scene import SceneBuilder
from store.model.records import Article

REGISTRY = load_registry()


@pytest.fixture(scope="module")
def scenes() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


def units_in(scenes: SceneBuilder, text: str, title: str = "Daftar penerima penghargaan") -> list[str]:
    """Full names of the units that an article names, each once, in its order."""
    scene = scenes.build(Article(key="k", title=title, text=text, language="id", published="2023-06-01"))
    return list(dict.fromkeys(mention.entity.name for mention in scene.mentions if mention.entity.kind == "unit"))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Lapas Klas II A Purwokerto", "Lapas Kelas IIA Purwokerto"),
        ("Lembaga Pemasyarakatan (Lapas) Kelas 2 B Tuban", "Lapas Kelas IIB Tuban"),
        ("Lapas Perempuan Kelas IIA Semarang", "Lapas Perempuan Kelas IIA Semarang"),
        ("Lapas Narkotika Nusakambangan Kelas IIA", "Lapas Narkotika Kelas IIA Nusakambangan"),
        ("Kantor Imigrasi Kelas I TPI Tanjungpinang", "Kantor Imigrasi Kelas I TPI Tanjungpinang"),
        ("Pengadilan Negeri Kelas IB Wates", "Pengadilan Negeri Wates"),
        ("Kejari Wonogiri Tipe B", "Kejaksaan Negeri Wonogiri"),
        ("Kantor Pelayanan Pajak (KPP) Pratama Klaten", "Kantor Pelayanan Pajak Pratama Klaten"),
        ("Polsek Kota Wonosari", "Polsek Kota Wonosari"),
        ("Kejari Gunungkidul", "Kejaksaan Negeri Gunungkidul"),
    ],
)
def test_classes_and_places_that_are_no_regions(scenes: SceneBuilder, printed: str, name: str) -> None:
    assert units_in(scenes, f"Piagam itu diraih {printed}.") == [name]


def test_a_class_printed_once_holds_for_the_whole_article(scenes: SceneBuilder) -> None:
    text = "Lapas Kelas IIB Kalianda meraih WBK.\nKepala kantor wilayah memuji Lapas Kalianda dan Rutan Krui."
    assert units_in(scenes, text) == ["Lapas Kelas IIB Kalianda", "Rutan Krui"]
    women = "Lapas Perempuan Kelas IIB Jambi meraih WBK.\nPetugas Lapas Jambi bergembira."
    assert units_in(scenes, women) == ["Lapas Perempuan Kelas IIB Jambi"]
    both = "Lapas Kelas IIA Jambi dan Lapas Perempuan Kelas IIB Jambi meraih WBK.\nPetugas Lapas Jambi bergembira."
    assert units_in(scenes, both) == ["Lapas Kelas IIA Jambi", "Lapas Perempuan Kelas IIB Jambi"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Kelurahan Baru, Banyuwangi", "Kelurahan Baru Kabupaten Banyuwangi"),
        ("Desa Karangrejo (Kutim)", "Pemerintah Desa Karangrejo Kabupaten Kutai Timur"),
        ("Desa Karangrejo dari Kabupaten Tulungagung", "Pemerintah Desa Karangrejo Kabupaten Tulungagung"),
        ("Desa Karangrejo, Kecamatan Borobudur, Kabupaten Magelang", "Pemerintah Desa Karangrejo Kabupaten Magelang"),
        ("Nagari Sungai Kambuik Kabupaten Dharmasraya", "Pemerintah Nagari Sungai Kambuik Kabupaten Dharmasraya"),
        ("Kelurahan Muara Kota, Sintang", "Kelurahan Muara Kota Kabupaten Sintang"),
        ("Desa Karangrejo, Jawa Timur", "Pemerintah Desa Karangrejo"),
    ],
)
def test_a_village_lies_where_it_is_printed_to_lie(scenes: SceneBuilder, printed: str, name: str) -> None:
    elsewhere = "Pemerintah Kabupaten Alor mengirim wakil. "
    assert units_in(scenes, f"{elsewhere}Juaranya {printed}.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Lomba Desa Tingkat Nasional digelar lagi.",
        "Menteri membuka program Desa Antikorupsi.",
        "Sebanyak 11 Polres Jatim meraih WBK.",
        "Kelurahan Terbaik diumumkan besok.",
    ],
)
def test_what_follows_may_be_no_name(scenes: SceneBuilder, text: str) -> None:
    assert units_in(scenes, text) == []


def test_the_text_says_where_a_name_in_the_title_ends(scenes: SceneBuilder) -> None:
    text = "RSUD Pandega naik kelas setelah disurvei. Direktur RSUD Pandega berterima kasih."
    title = "RSUD Pandega Naik Kelas"
    assert len(units_in(scenes, text, title)) == 1
    told = "Rutan Sanggeran Benahi Layanan", "Petugas Rutan Sanggeran bersih. Warga senang."
    assert units_in(scenes, told[1], told[0]) == ["Rutan Sanggeran"]


def test_one_hospital_printed_short_and_long(scenes: SceneBuilder) -> None:
    text = "RSUD Sampang meraih penghargaan.\nDirektur RSUD dr. Mohammad Zyn Sampang hadir."
    assert units_in(scenes, text, "Kabar dari rumah sakit") == ["RSUD dr. Mohammad Zyn Sampang"]


def test_offices_of_regions_show_the_level_their_name_shows(scenes: SceneBuilder) -> None:
    text = "Penghargaan diterima KPU Kabupaten Ngawi dan KPU Kota Palu serta Kanwil Kemenkumham Riau."
    assert units_in(scenes, text) == ["KPU Kabupaten Ngawi", "KPU Kota Palu", "Kantor Wilayah Kementerian Hukum dan Hak Asasi Manusia Riau"]


def test_a_list_of_regions_under_the_name_of_an_office_is_of_its_branches(scenes: SceneBuilder) -> None:
    text = "Kategori Media Sosial KPU Kab/Kota Terpuji: 1.Ngawi, 2.Tarakan, 3.Bantul"
    assert units_in(scenes, text)[1:] == ["KPU Kota Tarakan", "KPU Kabupaten Bantul"]


def test_water_companies_keep_their_own_names(scenes: SceneBuilder) -> None:
    text = "Penghargaan diraih Perumda Air Minum Tirta Pandega, lalu PDAM Intan Sari."
    assert units_in(scenes, text) == ["Perumda Air Minum Tirta Pandega", "PDAM Intan Sari"]


def test_a_hospital_of_a_place_that_stays_open_lies_in_no_other(scenes: SceneBuilder) -> None:
    text = "Pemerintah Kota Batam hadir. Penghargaan juga diterima RSUD Raden Mattaher Jambi."
    assert units_in(scenes, text) == ["RSUD Raden Mattaher"]
