from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from spiders.catalogue import read_source
from spiders.gate import check_live
from spiders.scaffold import scaffold
from store.model.errors import SourceError, UsageError
from store.model.source import Source
from tests.site.server import Site
from tests.spiders.conftest import NOON

HOME = """<html><head><title>Kabupaten Baru | Beranda</title><link rel="canonical" href="https://baru.example.go.id/berita">
<link rel="alternate" type="application/rss+xml" href="/feed/"><link rel="https://api.w.org/" href="/wp-json/"></head><body>
<a href="/berita/12/lomba-desa-tingkat-kabupaten">a</a><a href="/berita/13/nilai-akuntabilitas-naik-lagi">b</a>
<a href="/berita/14/mal-pelayanan-publik-dibuka">c</a><a href="/profil">d</a><a href="https://lain.example/a-b-c-d">e</a></body></html>"""


def test_a_sound_source_passes_the_gate_and_a_broken_one_does_not(site: Site, sources: Mapping[str, Source]) -> None:
    source = sources["kabarnusa"]
    search = next(item for item in source.discovery if item.kind == "search")
    good = source.model_copy(update={"discovery": (search,)})
    answers = check_live(good, words=("adipura", "opini"), allow_hosts=[site.netloc("outlet")], now=NOON).answers
    assert [answer.passed for answer in answers] == [True] * 5, answers
    broken = search.model_copy(update={"url": search.url.replace("/search?q={query}", "/tag/penghargaan?q={query}")})
    answers = check_live(
        source.model_copy(update={"discovery": (broken,)}), words=("adipura", "opini"), allow_hosts=[site.netloc("outlet")]
    ).answers
    failed = [answer.question.rpartition(": ")[2] for answer in answers if not answer.passed]
    assert "finds nothing for nonsense" in failed
    assert "two words find different pages" in failed


def test_a_saved_page_gives_a_draft_that_is_sound(tmp_path: Path) -> None:
    (tmp_path / "beranda.html").write_text(HOME, encoding="utf-8")
    text = scaffold("baru", str(tmp_path / "beranda.html"), date(2026, 11, 24))
    (tmp_path / "baru.yml").write_text(text, encoding="utf-8")
    source = read_source(tmp_path / "baru.yml")
    assert [item.kind for item in source.discovery] == ["feed", "wordpress", "listing"]
    assert source.discovery[1].url == "https://baru.example.go.id/wp-json/wp/v2/posts"
    assert source.scope.allow == (r"^/berita/\d+/",)
    assert (source.state, source.verified, source.publisher.official) == ("quarantined", False, True)


def test_a_draft_sees_numbers_inside_a_part_of_the_path_and_the_sites_own_name(tmp_path: Path) -> None:
    links = "".join(f"<a href='/berita/d-88{number}/harga-beras-di-pasar-naik-{number}'>x</a>" for number in range(4))
    page = f"<title>Indeks berita hari ini</title><meta property='og:site_name' content='Kabar Baru'><base href='/'>{links}"
    (tmp_path / "indeks.html").write_text(f"<link rel='canonical' href='https://kabar.example/indeks'>{page}", encoding="utf-8")
    (tmp_path / "kabar.yml").write_text(scaffold("kabar", str(tmp_path / "indeks.html"), date(2026, 11, 24)), encoding="utf-8")
    source = read_source(tmp_path / "kabar.yml")
    assert (source.publisher.name, source.discovery[0].kind) == ("Kabar Baru", "listing")
    assert source.scope.allow == (r"^/berita/d\-\d+/",)


def test_an_address_gives_a_draft_too_and_nonsense_none(tmp_path: Path) -> None:
    (tmp_path / "kota.yml").write_text(scaffold("kota", "https://kota.example.id/berita", date(2026, 11, 24)), encoding="utf-8")
    assert read_source(tmp_path / "kota.yml").discovery[0].kind == "sitemap"
    with pytest.raises(UsageError, match="neither"):
        scaffold("kota", "tiada.html", date(2026, 11, 24))
    with pytest.raises(SourceError, match="cannot be a key"):
        scaffold("Kota!", "https://kota.example.id", date(2026, 11, 24))
