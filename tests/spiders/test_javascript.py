"""Pages that a browser must run first, in the Chromium of this machine."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from spiders import javascript
from spiders.crawl import crawl
from spiders.job import Job
from store.archive import Archive
from store.model.errors import FetchError
from store.model.source import Discovery, Politeness, Publisher, Scope, Source
from tests.conftest import require

SHELL = """<!doctype html><title>Portal</title><div id=isi></div><img src=/besar.png><link rel=stylesheet href=/gaya.css>
<script>
fetch('http://127.0.0.1:9/dalam').catch(() => 0);
try { new WebSocket('ws://' + location.host + '/soket'); } catch (e) {}
fetch('/data' + location.pathname).then(r => r.text()).then(t => { document.getElementById('isi').innerHTML = t; });
</script>"""
DATA = {
    "/data/": "<a class=b href=/berita/1>Satu</a><a class=b href=/berita/2>Dua</a>",
    "/data/berita/1": "<h1>Satu</h1><p>Isi yang baru ada sesudah skrip berjalan: nilai 81,29.</p>",
    "/data/berita/2": "<h1>Dua</h1><iframe src='http://127.0.0.1:9/'></iframe>",
}


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.agents: set[str] = set()


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.agents.add(self.headers.get("User-Agent", ""))
        body = DATA.get(self.path) or ("" if self.path == "/robots.txt" else SHELL)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def job_of(server: Server, folder: Path, run: str = "r") -> Job:
    host = f"127.0.0.1:{server.server_address[1]}"
    source = Source(
        key="skrip",
        publisher=Publisher(name="Skrip"),
        discovery=(Discovery(kind="listing", url=f"http://{host}/", links="a.b", pages=1),),
        scope=Scope(hosts=(host,), allow=("^/berita/",)),
        politeness=Politeness(delay_seconds=0, javascript=True),
        origin="a test of our own",
    )
    return Job(
        source=source, archive=str(folder / "archive"), run=run, allow_hosts=(host,), page_seconds=20, contact="https://rapor.example"
    )


def test_pages_made_by_scripts_are_found_and_archived_as_they_look(server: Server, tmp_path: Path) -> None:
    require("chromium", javascript.missing() is None)
    report = crawl(job_of(server, tmp_path))
    assert report.closed == "finished"
    archive = Archive(tmp_path / "archive")
    pages = {item.url.rpartition("/")[2]: archive.read(item).decode() for item in archive.snapshots()}
    assert "nilai 81,29" in pages["1"]
    assert list(archive.verify()) == []
    # no pictures, styles or sockets:
    assert {path for path in server.asked if not path.startswith(("/data", "/berita"))} == {"/", "/robots.txt"}, (
        "no pictures, styles, sockets"
    )
    assert all(agent.startswith("rapor/") for agent in server.agents)
    assert sum(report.hosts.values()) == sum(server.asked.values()), "what scripts ask for counts too"


def test_without_a_browser_the_source_is_told_and_not_crawled(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(javascript, "BROWSERS", ("no-such-browser",))
    with pytest.raises(FetchError, match="skrip: its pages need a browser"):
        crawl(job_of(server, tmp_path))
    assert server.asked == {}


async def allowed(url: str) -> bool:
    return await javascript.is_open(url, frozenset({"127.0.0.1:8000"}))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "http://localhost:8000/", "file:///etc/passwd", "http://[::1]/", "http://10.0.0.1/", "data:,x"]
)
def test_scripts_cannot_ask_private_addresses(url: str) -> None:
    assert not asyncio.run(allowed(url))
    assert asyncio.run(allowed("http://127.0.0.1:8000/x"))
