"""What feeds, sitemaps, lists and the WordPress API yield, read from their own bytes without a network."""

import gzip
import io
import json
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from spiders.base import SourceSpider
from spiders.feed import Feed
from spiders.job import Job
from spiders.listing import Listing, dated
from spiders.sitemap import Sitemap, moment, read_sitemap, unpacked
from spiders.wire import Wire
from spiders.wordpress import WordPress
from store.model.source import Discovery, Publisher, Scope, Source
from store.model.visits import KnownAddress

SHARED = Path(__file__).parents[3] / "shared"
NOW = datetime(2024, 12, 19, 5, tzinfo=UTC)


def spider_of(discovery: Discovery, hosts: Iterable[str], told: io.BytesIO | None = None, **job: Any) -> SourceSpider:
    source = Source(
        key="uji", publisher=Publisher(name="Uji"), discovery=(discovery,), scope=Scope(hosts=tuple(hosts)), origin="a test of our own"
    )
    return SourceSpider(job=Job(source=source, archive="unused", run="r", now=NOW, **job), wire=Wire(told or io.BytesIO()))


def answer(request: Request, body: bytes, kind: type[Response] = TextResponse, status: int = 200, **headers: str) -> Any:
    return kind(
        request.url, status=status, body=body, headers={name.replace("_", "-"): text for name, text in headers.items()}, request=request
    )


def opened(requests: Iterable[Request]) -> Request:
    (request,) = requests
    return request


def called(request: Request, response: Response) -> list[Request]:
    callback: Callable[..., Iterable[Request]] = request.callback  # type: ignore[assignment]
    return list(callback(response, **request.cb_kwargs))


def addresses(requests: Iterable[Request]) -> list[str]:
    return [request.url for request in requests if request.meta["kind"] == "page"]


def built(path: Path) -> datetime:
    """When a feed says it was built, the order of those of one day; empty files say nothing and come first."""
    text = path.read_text(encoding="utf-8")
    stated = re.search("<lastBuildDate>([^<]+)", text)
    return parsedate_to_datetime(stated[1]) if stated else datetime.min.replace(tzinfo=UTC)


@pytest.mark.skipif(not (SHARED / "feeds").exists(), reason="needs the shared feeds")
def test_every_item_of_a_months_feed_is_discovered_once_and_empty_feeds_are_noted() -> None:
    history = sorted((SHARED / "feeds" / "tempo_rss_history").glob("*.xml"), key=lambda path: (path.name[:10], built(path)))
    discovery = Discovery(kind="feed", url="https://feed.example.id/hukum")
    known: dict[str, KnownAddress] = {}
    found: list[str] = []
    empty = 0
    expected: set[str] = set()
    for path in history:
        told = io.BytesIO()
        spider = spider_of(discovery, ["*.tempo.co"], told, known=tuple(known.values()))
        request = opened(Feed(spider, discovery).requests())
        body = path.read_bytes()
        found += addresses(new := called(request, answer(request, body)))
        known |= {each.meta["key"]: KnownAddress(url=each.meta["key"], source="uji", last_seen=NOW) for each in new}
        lines = [line.strip() for line in body.decode().splitlines()]
        expected |= {line.split("<link>")[1].split("</link>")[0] for line in lines if line.startswith("<link>") and line.count("/") > 4}
        empty += b"is empty" in told.getvalue()
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert len(expected) > 30
    assert empty == sum(b"<item>" not in path.read_bytes() for path in history) > 0


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Warta</title>
<entry><title>Kota Baru raih &lt;b&gt;predikat&lt;/b&gt;</title><link href="/berita/1?utm_source=atom"/><id>a</id>
<published>2024-12-18T09:00:00+07:00</published><updated>2024-12-19T10:00:00+07:00</updated></entry>
<entry><title>Tanpa alamat</title></entry>
<entry><title>Luar</title><link href="https://lain.example/berita/2"/></entry>
<entry><title>Skrip</title><link href="javascript:alert(1)"/></entry></feed>"""


def test_atom_with_trackers_foreign_links_and_an_update() -> None:
    discovery = Discovery(kind="feed", url="https://warta.example.id/atom")
    seen = datetime(2024, 12, 18, 12, tzinfo=UTC)
    known = KnownAddress(url="https://warta.example.id/berita/1", source="uji", last_seen=seen, etag='"x"', digest="d")
    spider = spider_of(discovery, ["warta.example.id"], known=(known,))
    request = opened(Feed(spider, discovery).requests())
    (page,) = called(request, answer(request, ATOM.encode()))
    assert page.url == "https://warta.example.id/berita/1"
    assert page.headers["If-None-Match"] == b'"x"'  # known, not due, but updated since
    assert page.meta["link"].published == "2024-12-18T02:00:00+00:00"


GARBAGE = (
    b"",
    b"\x00\xff\xfe",
    b"<html><p>502",
    b"\x1f\x8b\x08broken",
    b'{"a": 1}',
    b"[1, 2]",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset/>",
)


def test_garbage_instead_of_an_index_is_no_crash() -> None:
    for kind, finder in (("feed", Feed), ("sitemap", Sitemap), ("wordpress", WordPress), ("listing", Listing)):
        discovery = Discovery(kind=kind, url="https://warta.example.id/x", pages=1)
        for body in (
            b"",
            b"\x00\xff\xfe",
            b"<html><p>502",
            b"\x1f\x8b\x08broken",
            b'{"a": 1}',
            b"[1, 2]",
            b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset/>",
        ):
            spider = spider_of(discovery, ["warta.example.id"])
            request = opened(finder(spider, discovery).requests())
            assert addresses(called(request, answer(request, body, HtmlResponse))) == []


URLSET = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>
 https://warta.example.id/berita/1 </loc><lastmod>2024-12-18</lastmod><image:image><image:loc>https://warta.example.id/a.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Warta</news:name></news:publication><news:publication_date>2024-12-18T08:00:00+07:00</news:publication_date>
<news:title>Kabupaten Baru &amp; Kota Lama</news:title></news:news></url><url><loc>https://warta.example.id/berita/2</loc></url></urlset>"""


def test_a_news_sitemap_gives_titles_and_times_and_no_pictures() -> None:
    kind, rows = read_sitemap(URLSET.encode())
    assert kind == "urlset"
    assert [row["loc"] for row in rows] == ["https://warta.example.id/berita/1", "https://warta.example.id/berita/2"]
    assert rows[0]["title"] == "Kabupaten Baru & Kota Lama"
    assert rows[0]["publication_date"] == "2024-12-18T08:00:00+07:00"
    assert read_sitemap(unpacked(gzip.compress(URLSET.encode())))[1] == rows


def test_a_day_without_time_lasts_to_its_end() -> None:
    assert moment("2024-12-18") == datetime(2024, 12, 18, 23, 59, 59, tzinfo=UTC)
    assert moment("2024-12-18T08:00:00+07:00") == datetime(2024, 12, 18, 1, tzinfo=UTC)
    assert moment("kemarin") is None


def test_children_of_a_sitemap_that_did_not_change_are_left_alone() -> None:
    index = "<sitemapindex>" + "".join(
        f"<sitemap><loc>https://warta.example.id/peta/{number}.xml</loc><lastmod>2024-12-{number}</lastmod></sitemap>"
        for number in (10, 18)
    )
    discovery = Discovery(kind="sitemap", url="https://warta.example.id/sitemap.xml")
    seen = datetime(2024, 12, 18, 3, tzinfo=UTC)
    known = tuple(
        KnownAddress(url=f"https://warta.example.id/peta/{number}.xml", source="uji", kind="index", last_seen=seen, digest="d", etag='"e"')
        for number in (10, 18)
    )
    spider = spider_of(discovery, ["warta.example.id"], known=known)
    request = opened(Sitemap(spider, discovery).requests())
    (child,) = called(request, answer(request, (index + "</sitemapindex>").encode()))
    assert child.url.endswith("/18.xml")
    assert child.headers["If-None-Match"] == b'"e"'


@pytest.mark.skipif(not (SHARED / "pages").exists(), reason="needs the shared pages")
def test_a_real_dated_index_page_yields_its_articles() -> None:
    discovery = Discovery(
        kind="listing",
        url="https://news.detik.com/indeks/{page}?date={date:%m/%d/%Y}",
        links="article.list-content__item h3 a",
        article=r"/d-\d+/",
    )
    spider = spider_of(discovery, ["news.detik.com"])
    today, yesterday = Listing(spider, discovery).requests()
    assert today.url == "https://news.detik.com/indeks/1?date=12/19/2024"
    assert yesterday.url == "https://news.detik.com/indeks/1?date=12/18/2024"
    requests = called(today, answer(today, (SHARED / "pages" / "detik_indeks.html").read_bytes(), HtmlResponse))
    assert len(addresses(requests)) == 16  # four of the twenty lie on other hosts
    assert all(request.meta["link"].title for request in requests if request.meta["kind"] == "page")
    assert requests[-1].url == "https://news.detik.com/indeks/2?date=12/19/2024"


def test_a_list_ends_with_its_last_page_or_when_it_repeats_itself() -> None:
    discovery = Discovery(kind="listing", url="https://warta.example.id/berita?page={page}", links="a.b", pages=50)
    page = b"<a class=b href=/berita/%d>x</a>"
    spider = spider_of(discovery, ["warta.example.id"])
    request = opened(Listing(spider, discovery).requests())
    for number in (1, 2, 3):
        assert request.url.endswith(f"page={number}")
        (request,) = (each for each in called(request, answer(request, page % number, HtmlResponse)) if each.meta["kind"] == "index")
    assert called(request, answer(request, page % 3, HtmlResponse)) == []


def test_a_circle_of_next_links_is_walked_once() -> None:
    discovery = Discovery(kind="listing", url="https://warta.example.id/a", links="a.b", next="a.next", pages=50)
    spider = spider_of(discovery, ["warta.example.id"])
    waiting = list(Listing(spider, discovery).requests())
    walked = []
    while waiting:
        request = waiting.pop()
        walked.append(request.url)
        other = "/b" if request.url.endswith("/a") else "/a"
        body = f"<a class=b href='/berita{other}'>x</a><a class=next href='{other}'>lanjut</a>".encode()
        waiting += [each for each in called(request, answer(request, body, HtmlResponse)) if each.meta["kind"] == "index"]
    assert walked == ["https://warta.example.id/a", "https://warta.example.id/b"]


def test_wordpress_posts_with_their_pages_words_and_days() -> None:
    discovery = Discovery(kind="wordpress", url="https://setda.example.go.id/wp-json/wp/v2/posts?search={query}", per_page=20)
    spider = spider_of(
        discovery, ["setda.example.go.id"], interest=("Zona Integritas", "SAKIP"), first_day="2024-12-01", last_day="2024-12-02"
    )
    first, second = WordPress(spider, discovery).requests()
    assert "search=Zona+Integritas" in first.url
    assert "per_page=20&page=1&orderby=modified&order=desc&after=2024-11-30T23:59:59&before=2024-12-03T00:00:00" in first.url
    assert "search=SAKIP" in second.url
    posts = [
        {"link": "https://setda.example.go.id/?p=9", "title": {"rendered": "Nilai &#8220;A&#8221;"}, "date_gmt": "2024-12-01T01:00:00"},
        "x",
    ]
    page, following = called(first, answer(first, json.dumps(posts).encode(), X_WP_TotalPages="2"))
    assert (page.meta["link"].title, page.meta["link"].published) == ("Nilai “A”", "2024-12-01T01:00:00+00:00")
    assert "page=2" in following.url
    assert called(following, answer(following, b"[]", status=400)) == []


def test_dates_take_the_form_that_the_site_wants() -> None:
    assert dated("https://a.id/{date:%Y/%m/%d}/?d={date:%d-%m-%Y}", NOW.date()) == "https://a.id/2024/12/19/?d=19-12-2024"


def test_an_index_is_told_with_validators_only_when_its_pages_are_settled() -> None:
    told = io.BytesIO()
    discovery = Discovery(kind="feed", url="https://warta.example.id/atom")
    spider = spider_of(discovery, ["warta.example.id"], told)
    request = opened(Feed(spider, discovery).requests())
    (page,) = called(request, answer(request, ATOM.encode(), ETag='"v1"'))
    assert b"v1" not in told.getvalue()
    spider.indexes.settle(page.meta["key"])
    assert b"v1" in told.getvalue()
