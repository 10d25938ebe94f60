"""The resources as shipped: complete, strict, and without a name that means two bodies."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from extract.lexicon import COLUMNS, RESOURCES, check_registry, load_honorifics, load_registry, read_resource
from store.model.errors import SourceError
from store.model.registry import Agency, Holder, Position, Region, Registry, UnitKind

SHARED = Path(__file__).parents[3] / "shared"
REGISTRY = load_registry()
HEADER = "key,name,kind,abbreviations,aliases,since,until,successors,parent,origin,verified\n"


def region_of(name: str, level: str) -> set[str]:
    return {
        region.code
        for region in REGISTRY.regions.values()
        if region.level == level and name in {region.name, *region.spellings, *(former for former, _ in region.former_names)}
    }


def agencies_named(text: str, day: date) -> set[str]:
    return {
        agency.key
        for agency in REGISTRY.agencies.values()
        if text in {agency.name, *agency.abbreviations, *agency.aliases} and agency.existed_on(day)
    }


def in_office(post: str, day: date) -> list[str]:
    return [holder.name for holder in REGISTRY.holders_of.get(post, ()) if (holder.since or date.min) <= day <= (holder.until or date.max)]


def test_the_registry_as_shipped_has_no_faults() -> None:
    assert check_registry(REGISTRY) == []


def test_every_region_of_the_country_is_there() -> None:
    levels = [region.level for region in REGISTRY.regions.values()]
    assert (levels.count("provinsi"), levels.count("kabupaten"), levels.count("kota")) == (38, 416, 98)
    assert {region.code for region in REGISTRY.regions.values() if not region.autonomous} == {
        "31.01", "31.71", "31.72", "31.73", "31.74", "31.75",
    }  # fmt: skip
    assert all(region.capital for region in REGISTRY.regions.values() if region.autonomous)


@pytest.mark.parametrize(
    ("name", "level", "code"),
    [
        ("Pangkep", "kabupaten", "73.10"),
        ("Muba", "kabupaten", "16.06"),
        ("KBB", "kabupaten", "32.17"),
        ("Tubaba", "kabupaten", "18.12"),
        ("Sitaro", "kabupaten", "71.09"),
        ("Butur", "kabupaten", "74.10"),
        ("Tolitoli", "kabupaten", "72.04"),
        ("Padangsidempuan", "kota", "12.77"),
        ("Solo", "kota", "33.72"),
        ("Banjar", "kota", "32.79"),
        ("Banjar", "kabupaten", "63.03"),
        ("Gorontalo", "provinsi", "75"),
        ("Maluku Tenggara Barat", "kabupaten", "81.03"),
        ("Mamuju Utara", "kabupaten", "76.01"),
        ("Toba Samosir", "kabupaten", "12.12"),
        ("Pontianak", "kabupaten", "61.02"),
        ("Irian Jaya Barat", "provinsi", "92"),
        ("Daerah Khusus Jakarta", "provinsi", "31"),
    ],
)
def test_a_short_or_former_name_leads_to_its_region(name: str, level: str, code: str) -> None:
    assert region_of(name, level) == {code}


def test_names_that_are_both_kota_and_kabupaten_are_told_apart_by_level() -> None:
    kota = {region.name for region in REGISTRY.regions.values() if region.level == "kota"}
    shared = kota & {region.name for region in REGISTRY.regions.values() if region.level == "kabupaten"}
    assert len(shared) == 26
    for name in shared:
        assert len(region_of(name, "kota")) == len(region_of(name, "kabupaten")) == 1


def test_codes_before_the_split_of_papua_have_their_last_day() -> None:
    assert REGISTRY.regions["93.01"].former_codes == (("91.01", date(2022, 11, 10)),)
    assert REGISTRY.regions["96.71"].former_codes == (("92.71", date(2022, 12, 8)),)
    assert sum(bool(region.former_codes) for region in REGISTRY.regions.values()) == 26


@pytest.mark.parametrize(
    ("text", "day", "key"),
    [
        ("Kementerian Pekerjaan Umum", date(2012, 5, 1), "kementerian_pu_2014"),
        ("Kementerian Pekerjaan Umum", date(2025, 5, 1), "kementerian_pu"),
        ("KLH", date(2013, 6, 5), "klh_2014"),
        ("Kemenpar", date(2018, 9, 1), "kemenpar"),
        ("Kemenparekraf", date(2013, 1, 1), "kemenparekraf_2014"),
        ("BNP2TKI", date(2019, 9, 10), "bnp2tki"),
        ("Ombusman", date(2020, 1, 1), "ori"),
        ("Badan Kepegawaian Nasional", date(2020, 1, 1), "bkn"),
        ("BKPM", date(2015, 1, 1), "bkpm"),
        ("BPN", date(2013, 1, 1), "bpn_2014"),
        ("BPN", date(2020, 1, 1), "kementerian_atr_bpn"),
    ],
)
def test_a_name_of_an_agency_is_that_of_its_day(text: str, day: date, key: str) -> None:
    assert agencies_named(text, day) == {key}


@pytest.mark.parametrize(
    ("post", "day", "name"),
    [
        ("Menteri PANRB", date(2018, 11, 28), "Syafruddin"),
        ("Menteri PANRB", date(2021, 2, 16), "Tjahjo Kumolo"),
        ("Menteri Dalam Negeri", date(2019, 1, 29), "Tjahjo Kumolo"),
        ("Ketua BPK", date(2019, 9, 17), "Moermahadi Soerja Djanegara"),
        ("Presiden Republik Indonesia", date(2013, 6, 1), "Susilo Bambang Yudhoyono"),
        ("Gubernur Jawa Timur", date(2024, 11, 5), "Adhy Karyono"),
        ("Wali Kota Semarang", date(2018, 11, 28), "Hendrar Prihadi"),
    ],
)
def test_the_holder_of_a_post_is_that_of_the_day(post: str, day: date, name: str) -> None:
    assert in_office(post, day) == [name]


def test_a_misspelt_minister_is_known() -> None:
    assert any("Tjahyo Kumolo" in holder.spellings for holder in REGISTRY.holders_of["Menteri PANRB"])


def test_every_province_has_holders() -> None:
    posts = {holder.agency for holder in REGISTRY.holders if holder.position.startswith("Gubernur ")}
    assert posts >= {region.code for region in REGISTRY.regions.values() if region.level == "provinsi"}


def test_units_and_posts_have_their_short_forms() -> None:
    units = {text: unit.key for unit in REGISTRY.units.values() for text in (unit.name, *unit.spellings)}
    assert units["Dispendukcapil"] == "disdukcapil"
    assert units["BPKPD"] == "bpkpd"
    assert units["Polrestabes"] == "polrestabes"
    posts = {text.split(" {")[0]: post.key for post in REGISTRY.positions.values() for text in (post.name, *post.variants)}
    assert posts["Mendagri"] == "menteri_dalam_negeri"
    assert posts["Wabup"] == "wakil_bupati"
    assert posts["Kadinkes"] == "kepala_dinkes"
    assert REGISTRY.positions[posts["Menpan RB"]].agency == "kemenpanrb"


def test_honorifics_know_their_place() -> None:
    forms = {item.form: item.place for item in load_honorifics()}
    assert forms["Prof."] == "prefix"
    assert forms["A.Md."] == "suffix"


def test_keys_of_the_gazetteer_are_kept() -> None:
    gazetteer = SHARED / "gazetteer" / "agencies.csv"
    if not gazetteer.exists():
        pytest.skip("the shared gazetteer is not here")
    with gazetteer.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["key"]: row["canonical"] for row in rows} == {row["key"]: REGISTRY.agencies[row["key"]].name for row in rows}


def test_dated_heads_of_regions_in_the_dev_articles_are_known_holders() -> None:
    articles = sorted((SHARED / "eval" / "dev").glob("*.json"))
    if not articles:
        pytest.skip("the shared dev articles are not here")
    known = {name for holder in REGISTRY.holders for name in (holder.name, *holder.spellings)}
    wanted = []
    for path in articles:
        officials = json.loads(path.read_text(encoding="utf-8"))["gold"].get("officials", [])
        wanted += [item["name"] for item in officials if (item.get("position") or "").startswith(("Gubernur ", "Bupati ", "Wali Kota "))]
    assert sum(name in known for name in wanted) / len(wanted) >= 0.95


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x,Badan X,lpnk,,,2014-13,,,,own,false\n", "line 2, column since"),
        ("x,Badan X,lpnk,,,,,,,own,perhaps\n", "line 2, column verified"),
        ("x,Badan X,lpnk,,,,,,,own\n", "line 2"),
        ("x,Badan X,lpnk,,,,,,,own,false\nx,Badan Y,lpnk,,,,,,,own,false\n", "'x' stands twice"),
    ],
)
def test_a_wrong_cell_is_named_with_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text(HEADER + row, encoding="utf-8")
    with pytest.raises(SourceError, match=said) as caught:
        read_resource(path, Agency)
    assert str(caught.value).startswith("agencies.csv")


def test_an_unknown_or_missing_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text(HEADER.replace("kind", "sort"), encoding="utf-8")
    with pytest.raises(SourceError, match=r"unknown columns \['sort'\], missing columns \['kind'\]"):
        read_resource(path, Agency)
    with pytest.raises(SourceError, match="is missing"):
        read_resource(tmp_path / "other.csv", Agency)


def test_years_and_months_mean_their_first_and_last_day(tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    path.write_text(HEADER + "x,Badan X,lpnk,BX,Badan Iks;Bdn X,2011,2012-02,,,own,true\n", encoding="utf-8")
    (agency,) = read_resource(path, Agency)
    assert (agency.since, agency.until) == (date(2011, 1, 1), date(2012, 2, 29))
    assert agency.aliases == ("Badan Iks", "Bdn X")


def test_every_file_has_exactly_the_columns_of_its_record() -> None:
    for kind, columns in COLUMNS.items():
        assert set(columns) == set(kind.model_fields)
    assert {path.name for path in RESOURCES.glob("*.csv")} >= {
        f"{name}.csv" for name in ("regions", "agencies", "units", "positions", "holders", "honorifics")
    }


def a_region(code: str, name: str, **more: object) -> Region:
    values = {"code": code, "level": "kabupaten", "name": name, "government": f"Pemerintah Kabupaten {name}", "province_code": "99"}
    return Region.model_validate(values | more)


PROVINCE = a_region("99", "Nusa Contoh", level="provinsi")


@pytest.mark.parametrize(
    ("registry", "said"),
    [
        (Registry(regions=[a_region("98.01", "Rawa")]), "its province 99 is not in regions.csv"),
        (
            Registry(regions=[PROVINCE, a_region("99.01", "Rawa"), a_region("99.02", "Rawa Baru", spellings=("Rawa",))]),
            "'rawa' means more than one",
        ),
        (
            Registry(
                regions=[
                    PROVINCE,
                    a_region("99.01", "Rawa", epithets=("Kota Bakau",)),
                    a_region("99.02", "Muara", epithets=("Kota Bakau",)),
                ]
            ),
            "byname 'kota bakau'",
        ),
        (
            Registry(
                agencies=[
                    Agency(key="a", name="Badan A", kind="lpnk", aliases=("BX",)),
                    Agency(key="b", name="Badan B", kind="lpnk", aliases=("BX",)),
                ]
            ),
            "at the same time",
        ),
        (
            Registry(
                agencies=[
                    Agency(key="a", name="Badan A", kind="lpnk", until=date(2020, 1, 1), successors=("b",)),
                    Agency(key="b", name="Badan B", kind="lpnk", since=date(2018, 1, 1)),
                ]
            ),
            "overlaps that of its successor b",
        ),
        (
            Registry(
                units=[UnitKind(key="a", name="Dinas A", kind="opd"), UnitKind(key="b", name="Dinas B", kind="opd", spellings=("Dinas A",))]
            ),
            "units a, b",
        ),
        (Registry(positions=[Position(key="a", name="Kepala A", of="nation")]), "needs its agency"),
        (
            Registry(
                regions=[PROVINCE, a_region("99.01", "Rawa")],
                holders=[
                    Holder(position="Bupati Rawa", name="Sari", agency="99.01", since=date(2016, 2, 17), until=date(2021, 2, 17)),
                    Holder(position="Bupati Rawa", name="Tono", agency="99.01", since=date(2019, 3, 4)),
                ],
            ),
            "their terms as Bupati Rawa overlap",
        ),
        (
            Registry(regions=[PROVINCE], holders=[Holder(position="Bupati Rawa", name="Sari", agency="99")]),
            "this is no post of Provinsi Nusa Contoh",
        ),
    ],
)
def test_a_fault_is_found_and_said(registry: Registry, said: str) -> None:
    assert any(said in fault for fault in check_registry(registry))
