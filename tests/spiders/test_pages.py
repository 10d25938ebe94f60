"""Addresses on pages, addresses on the network, and pages that are none."""

from pathlib import Path

import pytest
from scrapy.http import Response

from spiders.addresses import Belonging, believable, next_part, request_url, resolve, whole_article
from spiders.middlewares.challenge import challenge_mark
from spiders.middlewares.guard import is_public
from spiders.middlewares.patience import retry_after
from store.model.source import Scope
from tests.site.hazards import CHALLENGE, WAF

SHARED = Path(__file__).parents[3] / "shared"
PRIVATE = """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255
::1 :: fe80::1 fc00::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: ff02::1 fe80::1%eth0"""
BASE = "https://kabar.example.id/read/10/kota-baru-raih-nilai-baik"


def test_only_web_addresses_are_links() -> None:
    assert resolve(BASE, "../11/x#isi") == "https://kabar.example.id/read/11/x"
    for link in (
        "file:///etc/passwd",
        "javascript:void(0)",
        "mailto:a@b.id",
        "data:text/html,x",
        "http://",
        "http://[::1",
        "http://a:port/",
    ):
        assert resolve(BASE, link) is None


def test_what_is_asked_for_is_what_the_site_links() -> None:
    assert request_url(BASE + "/?utm_source=rss&id=3") == BASE + "/?id=3"
    assert request_url(BASE + "/amp") == BASE
    assert request_url("https://kabar.example.id/?p=12") == "https://kabar.example.id/?p=12"


def test_the_pages_of_one_article_are_told_from_other_articles() -> None:
    assert whole_article(BASE, ["?page=2", "?page=all", "/read/11/lain?page=all"]) == BASE + "?page=all"
    assert whole_article(BASE + "?page=all", ["?page=all"]) is None
    assert next_part(BASE, ["/read/11/artikel-lain-yang-baru-terbit", "?page=2"]) == BASE + "?page=2"
    assert next_part(BASE + "/2", [BASE, BASE + "/2", BASE + "/3"]) == BASE + "/3"
    assert next_part(BASE, [BASE, "?page=1"]) is None


def test_a_canonical_link_is_believed_only_where_it_can_name_the_page() -> None:
    assert believable(BASE, "https://kabar.example.id/mitra/read/10/kota-baru-raih-nilai-baik", None)
    assert believable("https://kabar.example.id/berita/kota-baru", "https://kabar.example.id/?p=9", r"/berita/[\w-]+$")
    assert not believable("https://kabar.example.id/", BASE, None)
    assert not believable("https://lain.example/read/10/kota-baru-raih-nilai-baik", BASE, None)
    assert not believable("https://kabar.example.id/read/2024/12/19", "https://kabar.example.id/read/2024/12/19/satu", None)


def test_scope_is_hosts_and_paths() -> None:
    scope = Belonging(Scope(hosts=("kabar.example.id", "*.daerah.example.id"), allow=("^/read/", r"^/\?p=\d"), deny=("/foto/",)))
    assert scope.page(BASE)
    assert scope.page("https://www.kabar.example.id/?p=3")
    assert scope.page("https://jatim.daerah.example.id/read/1")
    assert not scope.page("https://kabar.example.id/tag/a")
    assert not scope.page("https://kabar.example.id/read/foto/1")
    assert not scope.host("https://jahat.example/kabar.example.id")
    assert not scope.host("https://xdaerah.example.id/")


@pytest.mark.parametrize("address", PRIVATE.split())
def test_addresses_that_are_not_on_the_open_internet(address: str) -> None:
    assert not is_public(address)


def test_addresses_on_the_open_internet() -> None:
    assert is_public("103.10.1.1")
    assert is_public("2404:6800:4003::1")


def test_challenge_pages_are_known_by_their_marks() -> None:
    assert challenge_mark(CHALLENGE.encode(), CHALLENGE) == "Cloudflare"
    assert challenge_mark(WAF.encode(), WAF)


def test_articles_that_speak_of_walls_are_articles() -> None:
    paragraph = "Situs pemerintah kota sempat menampilkan tulisan Access Denied dan Just a moment karena Web Application Firewall. "
    script = "<script src='https://ct.captcha-delivery.com/c.js'></script>"
    long = f"<html><title>Akses Ditolak</title><body>{script}<p>{paragraph * 30}</p></body></html>"
    assert challenge_mark(long.encode(), long) is None
    short = "<html><title>Security check di bandara</title><p>Pemeriksaan di pintu masuk diperketat menjelang libur.</p></html>"
    assert challenge_mark(short.encode(), short) is None


@pytest.mark.skipif(not (SHARED / "pages").exists(), reason="needs the shared pages")
def test_no_real_page_is_taken_for_a_challenge() -> None:
    for path in (SHARED / "pages").glob("*.html"):
        assert challenge_mark(path.read_bytes(), path.read_text(encoding="utf-8", errors="replace")) is None, path.name


def test_a_wait_is_asked_for_in_seconds_or_as_a_date() -> None:
    def asked(value: str) -> float | None:
        return retry_after(Response("https://a.id", headers={"Retry-After": value}))

    assert asked("7") == 7
    assert asked("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert asked("sebentar") is None
    assert retry_after(Response("https://a.id")) is None
