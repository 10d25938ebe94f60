"""From printed names to keys, through whole scenes: the right key or none, never a wrong one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from extract.lexicon import load_registry
from extract.scene import SceneBuilder
from store.model.records import Article
from store.model.registry import Region

REGISTRY = load_registry()
REGIONS = list(REGISTRY.regions.values())


def levels_by_name() -> dict[str, dict[str, Region]]:
    out: dict[str, dict[str, Region]] = defaultdict(dict)
    for region in REGIONS:
        out[region.name][region.level] = region
    return out


BY_NAME = levels_by_name()
DOUBLE = sorted(name for name, levels in BY_NAME.items() if {"kota", "kabupaten"} <= levels.keys())
LONGER = sorted(
    (short, long)
    for short in BY_NAME
    for long in BY_NAME
    if long.lower().startswith(f"{short.lower()} ") or (short, long) == ("Batu", "Batu Bara")
)
SHORT_FORM = {"kota": "Pemkot", "kabupaten": "Pemkab", "provinsi": "Pemprov"}
KOTA_FORMS = (
    "Pemkot {}",
    "Pemko {}",
    "Pemerintah Kota {}",
    "Pemerintah Kota (Pemkot) {}",
    "Kota {}",
    "PEMKOT {}",
    "Wali Kota {}",
    "Walikota {}",
)
KABUPATEN_FORMS = (
    "Pemkab {}", "Pemerintah Kabupaten {}", "Pemerintah Kabupaten (Pemkab) {}", "Kabupaten {}",
    "Kab. {}", "Kab {}", "PEMKAB {}", "Bupati {}",
)  # fmt: skip


@pytest.fixture(scope="module")
def scenes() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


def keys_in(scenes: SceneBuilder, text: str, title: str = "Hasil Pemeriksaan Laporan Keuangan") -> list[str | None]:
    """Keys of the regional bodies that a text names, in its order; None for one that stays open."""
    scene = scenes.build(Article(key="k", title=title, text=text, language="id", published="2022-06-01"))
    kinds = ("provinsi", "kabupaten", "kota", "region", "council")
    return [mention.entity.key for mention in scene.mentions if mention.entity.kind in kinds]


def told_of(name: str) -> str:
    return f"{name} meraih opini Wajar Tanpa Pengecualian atas laporan keuangan tahun 2021."


def test_there_are_twenty_six_names_of_two_levels() -> None:
    assert len(DOUBLE) == 26


@pytest.mark.parametrize("name", DOUBLE)
@pytest.mark.parametrize("form", KOTA_FORMS)
def test_a_printed_kota_is_the_kota(scenes: SceneBuilder, name: str, form: str) -> None:
    assert keys_in(scenes, told_of(form.format(name))) == [BY_NAME[name]["kota"].code]


@pytest.mark.parametrize("name", DOUBLE)
@pytest.mark.parametrize("form", KABUPATEN_FORMS)
def test_a_printed_kabupaten_is_the_kabupaten(scenes: SceneBuilder, name: str, form: str) -> None:
    assert keys_in(scenes, told_of(form.format(name))) == [BY_NAME[name]["kabupaten"].code]


@pytest.mark.parametrize("name", DOUBLE)
@pytest.mark.parametrize("form", ["{}", "Pemda {}", "Pemerintah Daerah {}"])
def test_a_name_without_its_level_stays_open(scenes: SceneBuilder, name: str, form: str) -> None:
    assert set(keys_in(scenes, told_of(form.format(name)))) <= {None}


@pytest.mark.parametrize("name", ["Jambi", "Bengkulu", "Gorontalo"])
def test_a_province_of_the_same_name_has_its_own_key(scenes: SceneBuilder, name: str) -> None:
    levels = BY_NAME[name]
    assert keys_in(scenes, told_of(f"Pemprov {name}")) == [levels["provinsi"].code]
    assert keys_in(scenes, told_of(f"Provinsi {name}")) == [levels["provinsi"].code]
    assert keys_in(scenes, told_of(f"Pemkot {name}")) == [levels["kota"].code]
    assert set(keys_in(scenes, told_of(name))) <= {None}


@pytest.mark.parametrize("name", DOUBLE)
def test_a_level_printed_elsewhere_settles_the_bare_name(scenes: SceneBuilder, name: str) -> None:
    for form, level in (("Pemkot {}", "kota"), ("Pemkab {}", "kabupaten")):
        text = f"{told_of(form.format(name))}\n{told_of(name)}"
        assert set(keys_in(scenes, text)) == {BY_NAME[name][level].code}


@pytest.mark.parametrize("name", DOUBLE)
def test_both_levels_in_one_article_are_two_bodies_and_the_bare_name_stays_open(scenes: SceneBuilder, name: str) -> None:
    kota, kabupaten = BY_NAME[name]["kota"].code, BY_NAME[name]["kabupaten"].code
    assert keys_in(scenes, f"{told_of(f'Pemkot {name}')}\n{told_of(f'Pemkab {name}')}") == [kota, kabupaten]
    assert keys_in(scenes, told_of(f"Kabupaten {name} dan Kota {name}")) == [kabupaten, kota]
    text = f"{told_of(f'Pemkot {name}')}\n{told_of(f'Pemkab {name}')}\n{told_of(name)}"
    assert keys_in(scenes, text)[:2] == [kota, kabupaten]
    assert set(keys_in(scenes, text)[2:]) <= {None}


@pytest.mark.parametrize(
    ("heading", "level"), [("Kota", "kota"), ("Kategori Kota", "kota"), ("Kabupaten", "kabupaten"), ("Pemkab", "kabupaten")]
)
def test_bare_names_under_a_heading_take_its_level(scenes: SceneBuilder, heading: str, level: str) -> None:
    names = ["Bekasi", "Bogor", "Malang", "Semarang", "Sukabumi"]
    wanted = [BY_NAME[name][level].code for name in names]
    assert keys_in(scenes, f"Penerima opini WTP tahun 2021 adalah sebagai berikut.\n{heading}:\n" + "\n".join(names)) == wanted
    assert keys_in(scenes, f"Penerima opini WTP tahun 2021 {heading.lower()}: {', '.join(names)}.") == wanted


@pytest.mark.parametrize("name", DOUBLE)
def test_the_council_has_the_key_of_its_region(scenes: SceneBuilder, name: str) -> None:
    assert keys_in(scenes, told_of(f"DPRD Kota {name}")) == [f"{BY_NAME[name]['kota'].code}/dprd"]
    assert keys_in(scenes, told_of(f"DPRD Kabupaten {name}")) == [f"{BY_NAME[name]['kabupaten'].code}/dprd"]


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.code)
def test_every_region_by_its_government(scenes: SceneBuilder, region: Region) -> None:
    assert keys_in(scenes, told_of(f"{SHORT_FORM[region.level]} {region.name}")) == [region.code]
    assert keys_in(scenes, told_of(region.government)) == [region.code]
    assert keys_in(scenes, told_of(region.government.upper())) == [region.code]


@pytest.mark.parametrize(("short", "long"), LONGER)
def test_the_longer_name_is_never_the_shorter_one(scenes: SceneBuilder, short: str, long: str) -> None:
    for level, region in BY_NAME[long].items():
        text = told_of(f"{SHORT_FORM[level]} {long}")
        for other_level, other in BY_NAME[short].items():
            both = f"{text}\n{told_of(f'{SHORT_FORM[other_level]} {short}')}"
            assert keys_in(scenes, both) == [region.code, other.code]
    codes = {region.code for region in BY_NAME[long].values()}
    assert set(keys_in(scenes, told_of(long))) <= codes | {None}


@pytest.mark.parametrize(("short", "long"), LONGER)
def test_the_longer_name_does_not_settle_the_shorter_one(scenes: SceneBuilder, short: str, long: str) -> None:
    long_level = next(iter(BY_NAME[long]))
    found = keys_in(scenes, f"{told_of(f'{SHORT_FORM[long_level]} {long}')}\n{told_of(short)}")
    possible = {region.code for region in BY_NAME[short].values()}
    wanted = possible if len(possible) == 1 else set()
    assert set(found[1:]) <= wanted | {None}


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Pemkab Toba Samosir", "12.12"),
        ("Pemkab Toba", "12.12"),
        ("Pemkab Maluku Tenggara Barat", "81.03"),
        ("Pemkab Maluku Tenggara", "81.02"),
        ("Pemkab Mamuju Utara", "76.01"),
        ("Pemkab Mamuju", "76.02"),
        ("Pemkab Pasir", "64.01"),
        ("Pemkab Paser", "64.01"),
        ("Pemkab Selayar", "73.01"),
        ("Pemkab Yapen Waropen", "91.05"),
        ("Pemkab Pontianak", "61.02"),
        ("Pemkot Pontianak", "61.71"),
        ("Pemkab Kepulauan Riau", "21.01"),
        ("Pemprov Kepulauan Riau", "21"),
        ("Pemkab Sawahlunto/Sijunjung", "13.03"),
        ("Pemkot Sawahlunto", "13.73"),
        ("Pemkot Ujung Pandang", "73.71"),
        ("Pemprov Irian Jaya", "91"),
        ("Pemprov Irian Jaya Barat", "92"),
        ("Pemprov Nanggroe Aceh Darussalam", "11"),
        ("Pemprov NAD", "11"),
        ("Pemprov DKI Jakarta", "31"),
        ("Pemda DIY", "34"),
    ],
)
def test_former_names_have_the_key_of_today(scenes: SceneBuilder, printed: str, code: str) -> None:
    assert keys_in(scenes, told_of(printed)) == [code]


def test_every_former_name_leads_to_its_region_or_nowhere(scenes: SceneBuilder) -> None:
    for region in REGIONS:
        for name, until in region.former_names:
            assert until is None or until < date.today()
            assert keys_in(scenes, told_of(f"{SHORT_FORM[region.level]} {name}")) == [region.code], name
            allowed = {region.code, None} | {other.code for other in BY_NAME.get(name, {}).values()}
            assert set(keys_in(scenes, told_of(name))) <= allowed, name


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Pemkab Bandung dan Pemkab Bandung Barat menerima opini WTP.", ["32.04", "32.17"]),
        ("Pemkot Bandung, Pemkab Bandung, dan Pemkab Bandung Barat menerima opini WTP.", ["32.73", "32.04", "32.17"]),
        ("Pemkot Batu menerima opini WTP. Pemkab Batu Bara menerima opini WDP.", ["35.79", "12.19"]),
        ("Pemkab Bone dan Pemkab Bone Bolango menerima opini WTP.", ["73.08", "75.03"]),
        ("Pemkab Solok, Pemkot Solok, dan Pemkab Solok Selatan menerima opini WTP.", ["13.02", "13.72", "13.11"]),
        ("Pemkot Serang menerima opini WTP. Pemkot Semarang menerima opini WTP.", ["36.73", "33.74"]),
        ("Pemkab Sumba Barat dan Pemkab Sumba Barat Daya menerima opini WTP.", ["53.12", "53.18"]),
    ],
)
def test_neighbours_in_name_side_by_side(scenes: SceneBuilder, text: str, keys: list[str]) -> None:
    assert keys_in(scenes, text) == keys


def test_levels_are_spelt_in_many_ways(scenes: SceneBuilder) -> None:
    for printed in ("Pemerintah Kotamadya Bogor", "Kotamadya Bogor", "Pemkot. Bogor", "pemkot Bogor"):
        assert set(keys_in(scenes, told_of(printed))) <= {"32.71", None}, printed
    for printed in ("Pemkab. Bogor", "pemkab Bogor", "Pemerintah Kab. Bogor", "Pemerintah Kab Bogor"):
        assert set(keys_in(scenes, told_of(printed))) <= {"32.01", None}, printed


@pytest.mark.parametrize(
    ("printed", "never"),
    [
        ("Pemkot Bandung Barat", "32.73"),
        ("Kota Bandung Barat", "32.73"),
        ("Pemko Solok Selatan", "13.72"),
        ("Pemkot Sorong Selatan", "96.71"),
        ("Pemkab Tangerang Selatan", "36.03"),
        ("Pemkab Lampung", "18"),
        ("Pemkab Papua", "91"),
        ("Pemkot Papua Barat", "92"),
        ("Pemkab Bandar Lampung", "18"),
    ],
)
def test_a_wrong_level_in_print_does_not_lead_to_a_third_body(scenes: SceneBuilder, printed: str, never: str) -> None:
    assert never not in keys_in(scenes, told_of(printed))


@pytest.mark.parametrize(
    "joint", ["Kabupaten dan Kota Bogor", "Kota dan Kabupaten Bogor", "Pemkot dan Pemkab Bogor", "Pemkab/Pemkot Bogor"]
)
def test_two_levels_before_one_name_are_two_bodies(scenes: SceneBuilder, joint: str) -> None:
    assert set(keys_in(scenes, told_of(joint))) == {"32.71", "32.01"}
