"""A server that means harm costs bounded time and memory, and the other sources go on."""

import gzip
import itertools
import re
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from spiders.catalogue import load_sources
from spiders.crawl import crawl
from spiders.job import Job
from spiders.settings import MAX_BODY
from store.archive import Archive
from store.model.source import Discovery, Politeness, Publisher, Scope, Source
from tests.site.server import Site
from tests.spiders.conftest import NOON

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BLOCK = b"<p>" + b"banjir kata " * 5000 + b"</p>"


def drip() -> Iterator[bytes]:
    yield OK + b"Content-Length: 100000\r\n\r\n"
    while True:
        yield b"x"
        time.sleep(0.3)


def huge() -> Iterator[bytes]:
    yield OK + b"Content-Length: 4294967296\r\n\r\n"
    yield from itertools.repeat(BLOCK)


def endless_chunks() -> Iterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    yield from itertools.repeat(f"{len(BLOCK):x}\r\n".encode() + BLOCK + b"\r\n")


def bomb() -> Iterator[bytes]:
    layer = gzip.compress(bytes(1 << 26), 9)
    body = b"".join(itertools.repeat(layer, 16))  # members of one stream: a gigabyte in a megabyte
    yield OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def headers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in itertools.count():
        yield b"".join(b"X-Banjir-%d-%d: %s\r\n" % (number, part, b"y" * 200) for part in range(200))


def long_header() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Panjang: "
    yield from itertools.repeat(b"z" * 65536)


def plain(body: bytes, head: bytes = OK) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([head + b"Content-Length: %d\r\n\r\n" % len(body) + body])


def redirect(target: bytes) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([b"HTTP/1.1 302 Found\r\nLocation: " + target + b"\r\nContent-Length: 0\r\n\r\n"])


TRIES = 3  # once, and twice again where the connection broke
STEPS = TRIES * 6  # a redirect is followed five times
LEADING = ("/h/circle", "/h/further", "/robots.txt")
IN_FLIGHT = 16 * 1024 * 1024  # what the buffers of two sockets may hold beyond what was taken
LINKS = ["file:///etc/passwd", "javascript:void(0)", "http://169.254.169.254/b/1", "http://10.0.0.1/b/3", "http://localhost:9/b/4"]
STRANGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=klingon\r\n"
ROUTES: dict[str, Callable[[], Iterator[bytes]]] = {
    "/h/drip": drip,
    "/h/huge": huge,
    "/h/chunks": endless_chunks,
    "/h/bomb": bomb,
    "/h/headers": headers,
    "/h/long-header": long_header,
    "/h/short": lambda: iter([OK + b"Content-Length: 5000\r\n\r\n<p>pendek</p>"]),
    "/h/no-http": lambda: iter([b"\x16\x03\x01 bukan http\r\n\r\n"]),
    "/h/nothing": lambda: iter([]),
    "/h/circle": redirect(b"/h/circle"),
    "/h/further": redirect(b"/h/further?1"),
    "/h/file": redirect(b"file:///etc/passwd"),
    "/h/inside": redirect(b"http://169.254.169.254/latest/"),
    "/h/name": redirect(b"http://localhost:1/"),
    "/h/charset": plain("<h1>Nilai “A” untuk Kota Baru</h1>".encode("windows-1252"), STRANGE),
    "/h/wrong-charset": plain("<h1>Nilai “A” untuk Kota Baru</h1>".encode("windows-1252")),
    "/h/deep": plain(b"<div>" * 200_000 + b"dalam"),
}


class Handler(socketserver.StreamRequestHandler):
    server: "Server"

    def handle(self) -> None:
        with suppress(OSError):
            target = self.rfile.readline().split()[1].decode()
            while self.rfile.readline().strip():
                continue
            path = target.partition("?")[0]
            self.server.requests[path] += 1
            for part in self.answer(target):
                self.wfile.write(part)
                self.server.sent[path] += len(part)

    def answer(self, target: str) -> Iterator[bytes]:
        path, _, query = target.partition("?")
        number = int(query.rpartition("=")[2] or 1)
        if path == "/kalender":  # every page links to an article and to the next page, for ever
            body = f"<a class=b href=/b/{number}>Artikel</a><a class=next href='/kalender?hal={number + 1}'>lanjut</a>"
            return plain(body.encode())()
        if path == "/lingkar":  # two pages that call each other the next one
            return plain(f"<a class=b href=/l/a-b-c-d>Artikel</a><a class=next href='/lingkar?hal={3 - number}'>lanjut</a>".encode())()
        if path.startswith("/t/"):  # every article links to two further ones, for ever
            number = int(path.rpartition("/")[2])
            return plain(f"<h1>Artikel</h1><a href=/t/{2 * number}>kiri</a><a href=/t/{2 * number + 1}>kanan</a>".encode())()
        if path == "/l/a-b-c-d":  # an article whose two pages call each other the next one
            return plain(f"<h1>Artikel</h1><p>isi {number}</p><a rel=next href='{path}?page={3 - number}'>lanjut</a>".encode())()
        if path == "/tautan":
            return plain("".join(f"<a class=b href='{link}'>Artikel</a>" for link in LINKS).encode())()
        if path == "/h/further":  # leads to ever new addresses
            return redirect(f"/h/further?{number + 1}".encode())()
        if path.startswith("/b/"):  # every article has one page more
            return plain(f"<h1>Artikel {path}</h1><p>isi {number}</p><a rel=next href='{path}?page={number + 1}'>lanjut</a>".encode())()
        return ROUTES.get(path, plain(b"tidak ada", b"HTTP/1.1 404 Not Found\r\n"))()


class Server(socketserver.ThreadingTCPServer):
    """Counts what it was asked and what it could send, by path: the work that its answers cost us."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.host = f"127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up on us, rightly."""


@pytest.fixture
def hostile() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class Peak(threading.Thread):
    """The most memory any crawling child of this process ever held, read from /proc while it runs.

    `getrusage` cannot tell: it knows every child the test run ever had, and counts what a child shared with us before its exec.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.kilobytes = 0
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.05):
            for status in Path("/proc").glob("[0-9]*/status"):
                with suppress(OSError):
                    if b"spiders.child" in status.with_name("cmdline").read_bytes():
                        said = re.search(r"VmHWM:\s+(\d+)", status.read_text())
                        self.kilobytes = max(self.kilobytes, int(said[1]) if said else 0)


def job_of(source: Source, folder: Path, host: str, **limits: Any) -> Job:
    return Job(source=source, archive=str(folder / "archive"), run="r", allow_hosts=(host,), **limits)


def source_of(host: str, *discovery: Discovery) -> Source:
    return Source(
        key="jahat",
        publisher=Publisher(name="Jahat"),
        discovery=discovery,
        scope=Scope(hosts=(host, "localhost", "169.254.169.254", "10.0.0.1")),
        politeness=Politeness(delay_seconds=0),
        origin="a test of our own",
    )


@pytest.mark.timeout(300)
def test_every_kind_of_harm_is_bounded_while_another_source_is_crawled(hostile: Server, tmp_path: Path) -> None:
    healthy: list[str] = []

    def other() -> None:
        with Site() as site:
            site.write_sources(tmp_path / "sources")
            source = load_sources([tmp_path / "sources"])["kemenportal"]
            report = crawl(job_of(source, tmp_path, site.netloc("ministry"), now=NOON))
            healthy.append(f"{report.closed} {report.counts.failed}")

    thread = threading.Thread(target=other)
    thread.start()
    urls = tuple(f"http://{hostile.host}{path}" for path in ROUTES)
    peak = Peak()
    peak.start()
    report = crawl(job_of(source_of(hostile.host), tmp_path, hostile.host, urls=urls, page_seconds=3))
    thread.join()
    peak.over.set()
    peak.join()
    assert 0 < peak.kilobytes < 400 * 1024
    outcomes = {visit.url.rpartition("/")[2]: visit.outcome for visit in report.visits}
    assert {name for name, outcome in outcomes.items() if outcome == "fetched"} == {"charset", "wrong-charset", "deep"}
    assert set(outcomes) == {path.rpartition("/")[2] for path in ROUTES}
    archive = Archive(tmp_path / "archive")
    assert len(list(archive.snapshots("jahat"))) == 3
    assert list(archive.verify()) == []
    assert healthy == ["finished 0"]
    assert {path: asked for path, asked in hostile.requests.items() if asked > (STEPS if path in LEADING else TRIES)} == {}
    assert {path: sent for path, sent in hostile.sent.items() if sent > hostile.requests[path] * (MAX_BODY + IN_FLIGHT)} == {}
    assert sum(hostile.sent.values()) < 4 * MAX_BODY + len(ROUTES) * IN_FLIGHT


def test_an_endless_calendar_of_endless_articles_ends(hostile: Server, tmp_path: Path) -> None:
    discovery = Discovery(kind="listing", url=f"http://{hostile.host}/kalender", links="a.b", next="a.next", pages=7)
    report = crawl(job_of(source_of(hostile.host, discovery), tmp_path, hostile.host))
    assert report.closed == "finished"
    assert report.counts.indexes == 7
    parts = [visit for visit in report.visits if visit.kind == "part"]
    assert len([visit for visit in report.visits if visit.kind == "page"]) == 7
    assert len(parts) == 7 * 29
    assert {visit.parent for visit in parts} == {f"http://{hostile.host}/b/{number}" for number in range(1, 8)}


def test_pages_that_call_each_other_the_next_one_are_each_asked_for_once(hostile: Server, tmp_path: Path) -> None:
    discovery = Discovery(kind="listing", url=f"http://{hostile.host}/lingkar?hal=1", links="a.b", next="a.next", pages=1000)
    report = crawl(job_of(source_of(hostile.host, discovery), tmp_path, hostile.host))
    assert report.closed == "finished"
    assert dict(hostile.requests) == {"/robots.txt": 1, "/lingkar": 2, "/l/a-b-c-d": 2}


def test_links_into_our_own_network_are_not_asked_for(hostile: Server, tmp_path: Path) -> None:
    discovery = Discovery(kind="listing", url=f"http://{hostile.host}/tautan", links="a.b", pages=1)
    report = crawl(job_of(source_of(hostile.host, discovery), tmp_path, hostile.host))
    assert report.closed == "finished"
    assert dict(hostile.requests) == {"/robots.txt": 1, "/tautan": 1}
    assert {visit.outcome for visit in report.visits if visit.kind == "page"} <= {"refused", "failed"}
    assert len([visit for visit in report.visits if visit.kind == "page"]) == 3, "file: and javascript: are no addresses at all"


def test_links_from_article_to_article_are_followed_so_many_steps_and_no_more(hostile: Server, tmp_path: Path) -> None:
    discovery = Discovery(kind="links", url=f"http://{hostile.host}/t/1", article=r"/t/\d+$", pages=4)
    report = crawl(job_of(source_of(hostile.host, discovery), tmp_path, hostile.host))
    assert report.closed == "finished"
    asked = {path for path in hostile.requests if path.startswith("/t/")}
    assert asked == {f"/t/{number}" for number in range(1, 2**5)}, "four steps from the first page: 2, 4, 8 and 16 articles"
    assert set(hostile.requests.values()) == {1}
    assert len(list(Archive(tmp_path / "archive").snapshots())) == 2 + 4 + 8 + 16
