import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from spiders.catalogue import check_sources, load_sources, source_for
from store.model.errors import SourceError
from store.model.source import Source

GOOD = """key: warta
publisher: {name: Warta Uji, official: false}
discovery:
  - {kind: listing, url: "https://warta.example.id/indeks?d={date:%Y-%m-%d}&p={page}", links: "h3 a"}
scope: {hosts: [warta.example.id], allow: ['^/berita/']}
pages: [{title: ["h1"], tail: ["^Baca juga"]}]
origin: our own
"""


def write(folder: Path, text: str, name: str = "warta.yml") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_source_is_read_and_a_later_folder_wins(tmp_path: Path) -> None:
    own = write(tmp_path / "a", GOOD)
    other = write(tmp_path / "b", GOOD.replace("Warta Uji", "Warta Lain"))
    assert load_sources([own])["warta"].publisher.name == "Warta Uji"
    assert load_sources([own, other])["warta"].publisher.name == "Warta Lain"
    assert check_sources([own]) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("key: warta", "key: Warta!", "key: string should match"),
        ("key: warta", "key: lain", "key: 'lain' is not the file's name"),
        ("kind: listing", "kind: lising", "discovery.0.kind"),
        ("publisher:", "publsher:", "publisher: field required"),
        ("origin: our own", "", "origin: an unverified source"),
        ("origin: our own", "origin: our own\nmood: good", "mood: extra inputs"),
        ("'^/berita/'", "'^/berita/('", "scope.allow: '^/berita/(' is no regular expression"),
        ('links: "h3 a"', 'links: "h3 >> a"', "discovery.0.links: 'h3 >> a' is no CSS selector"),
        ('title: ["h1"]', 'title: ["h1["]', "pages.0.title"),
        ('tail: ["^Baca juga"]', 'tail: ["(Baca"]', "pages.0.tail"),
        ("p={page}", "p={halaman}", "{halaman} is no placeholder"),
        ("{date:%Y-%m-%d}", "{date:hari}", "{date:hari} is no date form"),
        ("kind: listing", "kind: search", "a search needs {query}"),
        ('"https://warta.example.id/indeks', '"ftp://warta.example.id/indeks', "is no web address"),
        ('"https://warta.example.id/indeks', '"https://lain.example.id/indeks', "lies outside scope.hosts"),
        ("hosts: [warta.example.id]", 'hosts: ["https://warta.example.id/"]', "leave scheme and path out"),
        ("hosts: [warta.example.id]", "hosts: []", "scope.hosts"),
        ("publisher:", "timezone: Asia/Bandung\npublisher:", "'Asia/Bandung' is no time zone"),
        ("discovery:\n", "discovery:\n\t", "cannot be read as YAML"),
        (GOOD, "- a\n- b\n", "holds no fields"),
    ],
)
def test_a_wrong_file_is_named_with_its_field(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    folder = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(SourceError) as raised:
        load_sources([folder])
    assert str(raised.value).startswith(f"{folder / 'warta.yml'}: ")
    assert said in str(raised.value)
    assert check_sources([folder]) == [str(raised.value)]


def test_an_agency_that_the_registry_lacks_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD.replace("official: false", "official: true, agency: kemenpanrb"))
    name = str(folder / "warta.yml")
    assert not [line for line in check_sources([folder], agencies=["kemenpanrb"]) if line.startswith(name)]
    wrong = [line for line in check_sources([folder], agencies=["32.73"]) if line.startswith(name)]
    assert wrong == [f"{name}: publisher.agency: 'kemenpanrb' is no key of the registry"]


def test_any_page_has_a_source(tmp_path: Path) -> None:
    sources = load_sources([write(tmp_path, GOOD)]).values()
    assert source_for("https://www.warta.example.id/berita/1", sources).key == "warta"
    made = source_for("http://127.0.0.1:8000/x", sources)
    assert (made.scope.hosts, made.frequency) == (("127.0.0.1:8000",), "never")


def test_the_catalogue_that_ships_is_sound_wide_and_honest() -> None:
    with (Path(__file__).parents[2] / "extract" / "resources").joinpath("agencies.csv").open(encoding="utf-8") as stream:
        agencies = {row["key"] for row in csv.DictReader(stream)}
    with (Path(__file__).parents[2] / "extract" / "resources").joinpath("regions.csv").open(encoding="utf-8") as stream:
        regions = {row["code"] for row in csv.DictReader(stream)}
    assert check_sources(agencies=agencies | regions) == []
    sources = load_sources().values()
    assert len(sources) >= 60
    assert sum(not source.publisher.official for source in sources) >= 30
    assert sum(source.publisher.agency in agencies for source in sources) >= 15
    assert sum(source.publisher.agency in regions for source in sources) >= 15
    assert not [source.key for source in sources if source.verified], "nobody has run against the live sites from here"
    assert not [source.key for source in sources if source.politeness.delay_seconds < 1]
    hosts = [host for source in sources for host in source.scope.hosts]
    assert len(hosts) == len(set(hosts)), "an address belongs to one source"


def test_every_source_states_every_field_and_unverified_ones_say_so_to_people() -> None:
    folder = Path(__file__).parents[2] / "spiders" / "sources"
    fields = set(Source.model_fields)
    for path in folder.glob("*.yml"):
        stated = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert set(stated) == fields, path.name
        assert {"pages_per_day_min", "pages_per_day_max"} <= set(stated["expect"]), path.name
        assert stated["origin"], path.name
        assert re.search(r"20\d\d", stated["origin"]), f"{path.name}: origin does not say when"
        assert not stated["publisher"]["official"] or stated["publisher"].get("agency"), path.name
    command = [str(Path(sys.executable).with_name("rapor")), "sources", "list", "--format", "csv"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = list(csv.DictReader(shown.stdout.splitlines()))
    assert {row["verified"] for row in rows} == {"False"}
    assert all(row["origin"] for row in rows)
