"""Programmes: the files are strict, every cue leads home, the year a ceremony closes is the right one."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from extract.lexicon import RESOURCES, read_resource
from extract.programme_lint import cues_of, longest_matches
from extract.programmes import FOLDER, lint_programmes, load_programmes, read_programmes
from store.model.errors import SourceError
from store.model.registry import Agency, Programme, Region

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared gazetteer and dev articles are not here")

PROGRAMMES = {programme.key: programme for programme in load_programmes()}
CUES = cues_of(PROGRAMMES.values())
LONGEST = max(map(len, CUES))

ENTRY = """
- key: uji
  name: Anugerah Uji
  kind: predicate
  names: [Anugerah Uji, Penghargaan Uji]
  acronyms: [AU]
  organisers: [kemenuji]
  eligible: [kota]
  scales:
    - steps: [{name: A, low: 80, high: 100}, {name: B, spellings: [Baik], low: 60, high: 79.9}]
  score_unit: index100
  score_low: 0
  score_high: 100
  year_offset: 0
  origin: https://contoh.id/uji
  verified: true
"""
AGENCIES = {
    key: Agency(key=key, name=name, kind="kementerian")
    for key, name in (("kemenuji", "Kementerian Uji"), ("kemenlain", "Kementerian Lain"))
}


@pytest.fixture(scope="module")
def agencies() -> dict[str, Agency]:
    return {agency.key: agency for agency in read_resource(RESOURCES / "agencies.csv", Agency)}


def read(tmp_path: Path, text: str) -> tuple[Programme, ...]:
    path = tmp_path / "uji.yml"
    path.write_text(text, encoding="utf-8")
    return read_programmes(path)


def named(text: str) -> set[str]:
    """Keys of the programmes whose names are the longest matches in `text`."""
    owners = [owner for tokens in longest_matches(text, CUES, LONGEST) for owner in CUES[tokens]]
    return {key for key, cue in owners if cue.strength == "name"}


def test_there_are_enough_of_them_and_files_stay_readable() -> None:
    assert len(PROGRAMMES) >= 95
    for path in FOLDER.glob("*.yml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 300, path.name


def test_the_lint_finds_nothing(agencies: dict[str, Agency]) -> None:
    regions = {region.code for region in read_resource(RESOURCES / "regions.csv", Region)}
    assert lint_programmes(PROGRAMMES.values(), agencies, regions) == []


def test_cues_hold_only_characters_that_the_matcher_can_cross() -> None:
    odd = [cue.text for item in PROGRAMMES.values() for cue in item.cues if re.search(r"[^\w\s\-/'()!%+,]", cue.text)]
    assert odd == []


@needs_shared
def test_the_gazetteer_is_complete_and_its_names_are_kept() -> None:
    with (SHARED / "gazetteer" / "programmes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["key"]: row["official_name"] for row in rows} == {row["key"]: PROGRAMMES[row["key"]].name for row in rows}


def _dev_programmes() -> Iterator[tuple[str, str, str]]:
    for path in sorted((SHARED / "eval" / "dev").glob("*.json")):
        item = json.loads(path.read_text(encoding="utf-8"))
        wanted = {claim["programme"] for claim in item["gold"]["claims"] if isinstance(claim["programme"], str)}
        for key in sorted(wanted - {"media_awards"}):
            yield path.stem, key, f"{item['article']['title']} . {item['article']['text']}"


@needs_shared
def test_the_dev_articles_name_the_programmes_of_their_claims() -> None:
    asked = list(_dev_programmes())
    by_name = [article for article, key, text in asked if key in named(text)]
    by_any = [
        article
        for article, key, text in asked
        if any(owner == key for tokens in longest_matches(text, CUES, LONGEST) for owner, _ in CUES[tokens])
    ]
    assert len(by_any) == len(asked)
    assert len(by_name) >= 0.92 * len(asked)


@pytest.mark.parametrize(
    ("key", "day", "edition"),
    [
        ("opini_bpk", "2023-05-24", 2022),
        ("wtp_kemenkeu", "2022-09-22", 2021),
        ("sakip", "2019-02-06", 2018),
        ("sakip", "2022-12-06", 2022),
        ("adipura", "2019-01-14", 2018),
        ("adipura", "2017-08-02", 2017),
        ("spi", "2024-01-26", 2023),
        ("spi", "2022-12-14", 2022),
        ("ombudsman", "2023-01-27", 2022),
        ("ombudsman", "2018-12-10", 2018),
        ("mcp", "2025-03-05", 2024),
        ("paritrana", "2018-07-31", 2017),
        ("nirwasita", "2022-07-20", 2021),
        ("wtn", "2017-01-31", 2016),
        ("wtn", "2019-09-15", 2019),
        ("uhc", "2026-01-27", 2026),
        ("upakarya_wanua", "2026-01-15", 2025),
        ("irh", "2025-01-17", 2024),
    ],
)
def test_the_edition_that_a_ceremony_closes(key: str, day: str, edition: int) -> None:
    assert PROGRAMMES[key].edition_year_on(date.fromisoformat(day)) == edition


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Kalimantan Selatan mencatat Indeks Keterbukaan Informasi Publik tertinggi kedua", {"ikip"}),
        ("Anugerah Keterbukaan Informasi Publik jatuh ke tangan Pemkab Sigi", {"kip"}),
        ("Gubernur dinobatkan sebagai Pelopor Provinsi Layak Anak", {"provila"}),
        ("Tomohon naik kelas sebagai Kota Layak Anak", {"kla"}),
        ("Pemko Payakumbuh membawa pulang penghargaan WTP dari Kementerian Keuangan", {"wtp_kemenkeu"}),
        ("BPK memberi opini Wajar Tanpa Pengecualian (WTP) kepada Kabupaten Alor", {"opini_bpk"}),
        ("Indeks Inovasi Daerah menempatkan Padang Panjang di papan atas", {"iga"}),
        ("Penghargaan Inovasi Pelayanan Publik diserahkan kepada lima puskesmas", {"kipp"}),
        ("Pengelolaan Pengaduan Pelayanan Publik Terbaik ada di Kota Madiun", {"sp4n"}),
        ("Evaluasi SPBE dan Smart City Award dibahas terpisah", {"spbe", "smart_city"}),
        ("Anugerah Meritokrasi dan BKN Award sama-sama diraih", {"merit", "bkn"}),
        ("Pemkab Wajo disebut sudah Kabupaten/Kota Sehat (KKS) dan bebas BABS", {"kks", "stbm"}),
        ("Zona Hijau Ombudsman bukan zona hijau MCP KPK", {"ombudsman", "mcp"}),
        ("Sertifikat Adipura, bukan Sekolah Adiwiyata", {"adipura", "adiwiyata"}),
    ],
)
def test_names_and_their_rivals(text: str, keys: set[str]) -> None:
    assert named(text) == keys


def test_short_forms_are_spelt_out(tmp_path: Path) -> None:
    (programme,) = read(tmp_path, ENTRY)
    assert [(cue.text, cue.strength) for cue in programme.cues] == [
        ("Anugerah Uji", "name"),
        ("Penghargaan Uji", "name"),
        ("AU", "acronym"),
    ]
    assert programme.organisers[0].agency == "kemenuji"
    assert [step.name for step in programme.scales[0].steps] == ["A", "B"]
    assert lint_programmes([programme], AGENCIES) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Anugerah", "nama: Anugerah", "'nama' is unknown"),
        ("  year_offset: 0\n", "", "'year_offset' is missing"),
        ("  kind: predicate", "  kind: predicate\n  kind: award", "field kind stands twice"),
        ("names: [Anugerah Uji, Penghargaan Uji]", "names: Anugerah Uji", "'names' must be a list"),
        ("kind: predicate", "kind: hadiah", "field kind"),
        ("acronyms: [AU]", "acronyms: [2019]", "field cues.2.text"),
        ("high: 79.9", "upper: 79.9", "field scales.0.steps.1.upper"),
        ("- key: uji", "key: uji", "uji.yml"),
        ("names: [Anugerah Uji, Penghargaan Uji]", "names: [Anugerah Uji", "no valid YAML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SourceError, match=re.escape(said)) as caught:
        read(tmp_path, ENTRY.replace(old, new))
    assert "programmes/uji.yml" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[Anugerah Uji, Penghargaan Uji]", "[Anugerah Uji, anugerah-uji]", "'anugerah uji' stands twice"),
        ("organisers: [kemenuji]", "organisers: [kemenhilang]", "'kemenhilang' is not in agencies.csv"),
        ("organisers: [kemenuji]", "organisers: []", "no organiser"),
        ("eligible: [kota]", "eligible: [kota, planet]", "'planet' is no kind of body"),
        ("high: 79.9", "high: 80", "B reaches up into A"),
        ("spellings: [Baik]", "spellings: [a]", "'a' means two steps"),
        ("low: 60, high: 79.9", "low: 60", "one bound only"),
        ("score_high: 100", "score_high: 90", "step A leaves the scores"),
        ("year_offset: 0", "year_offset: 0\n  year_turns: 12", "no month before December"),
        ("year_offset: 0", "year_offset: 0\n  rivals: [uji]", "unknown or itself"),
        ("year_offset: 0", "year_offset: 0\n  first_year: 2020\n  last_year: 2019", "before it begins"),
        ("origin: https://contoh.id/uji", "origin: ''", "origin is not told"),
        (
            "organisers: [kemenuji]",
            "organisers: [{agency: kemenuji, until: 2020}, {agency: kemenlain, since: 2020}]",
            "organisers: the period until 2020 reaches into the next",
        ),
    ],
)
def test_the_lint_says_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    found = lint_programmes(read(tmp_path, ENTRY.replace(old, new)), AGENCIES)
    assert any(said in sentence for sentence in found), found


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (ENTRY, "the key stands twice"),
        (ENTRY.replace("key: uji", "key: lain"), "the name 'anugerah uji' belongs to both"),
        (ENTRY.replace("key: uji", "key: lain").replace("[Anugerah Uji, Penghargaan Uji]", "[Piala Lain]"), "not declared rivals"),
        (
            ENTRY.replace("key: uji", "key: lain").replace("[Anugerah Uji, Penghargaan Uji]", "[Piala Lain]") + "  rivals: [uji]\n",
            "every sentence with its cue 'AU' is read as lain too",
        ),
        (
            ENTRY.replace("key: uji", "key: lain")
            .replace("[Anugerah Uji, Penghargaan Uji]", "[Penghargaan Uji Kementerian Uji]")
            .replace("AU", "AL"),
            "",
        ),
    ],
)
def test_the_lint_tells_programmes_apart(tmp_path: Path, other: str, said: str) -> None:
    found = lint_programmes(read(tmp_path, ENTRY + other), AGENCIES)
    assert any(said in sentence for sentence in found) if said else found == []


def test_a_rival_of_another_giver_may_share_weak_words(tmp_path: Path) -> None:
    other = (
        ENTRY.replace("key: uji", "key: lain").replace("[Anugerah Uji, Penghargaan Uji]", "[Piala Lain]").replace("kemenuji", "kemenlain")
    )
    assert lint_programmes(read(tmp_path, ENTRY + other + "  rivals: [uji]\n"), AGENCIES) == []


@pytest.mark.parametrize(("score", "fits"), [(0.0, True), (88.5, True), (100.0, True), (100.01, False), (-1.0, False), (892.0, False)])
def test_a_score_lies_on_its_programmes_scale(score: float, fits: bool) -> None:
    assert PROGRAMMES["ombudsman"].can_score(score) is fits


def test_a_programme_without_bounds_takes_any_score() -> None:
    free = next(programme for programme in PROGRAMMES.values() if programme.score_low is None and programme.score_high is None)
    assert [free.can_score(score) for score in (-5.0, 1e9)] == [True, True]
