"""kill -9 at random moments: every page that the site serves ends in the archive once, none lost, none twice."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from warcio.checker import Checker

from store.archive import Archive

PAGES = 300
DELAY = 0.1  # seconds a page takes: a crawl lasts some seconds, so that there are moments to kill it at
PARENT = """
import json, sys
from spiders.catalogue import read_source
from spiders.crawl import Job, crawl
from pathlib import Path
source = read_source(Path(sys.argv[1]))
job = Job(source=source, archive=sys.argv[2], run=sys.argv[3], allow_hosts=(sys.argv[4],))
report = crawl(job, log=lambda level, text: None)
print(report.closed, flush=True)
"""
SOURCE = """key: bunuh
publisher: {{name: Bunuh}}
discovery:
  - {{kind: sitemap, url: "http://{host}/sitemap.xml"}}
scope: {{hosts: ["{host}"], allow: ['^/berita/']}}
politeness: {{delay_seconds: 0.0}}
origin: a test of our own
"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        body, status = self.page()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml" if self.path.endswith(".xml") else "text/html")
        self.send_header("ETag", f'"{self.path}"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def page(self) -> tuple[bytes, int]:
        if self.path == "/sitemap.xml":
            host = self.headers["Host"]
            rows = "".join(f"<url><loc>http://{host}/berita/{number}</loc></url>" for number in range(PAGES))
            return f"<urlset>{rows}</urlset>".encode(), 200
        if self.path.startswith("/berita/"):
            time.sleep(DELAY)
            return f"<h1>Berita {self.path}</h1>{'<p>isi</p>' * 300}".encode(), 200
        return b"", 404

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: that clients die is the point."""


@contextmanager
def serving() -> Iterator[str]:
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def start(source: Path, root: Path, run: str, host: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", PARENT, str(source), str(root), run, host], stdout=subprocess.PIPE, text=True)


def kill_at_random(process: subprocess.Popen[str], chance: random.Random) -> None:
    """Kill the parent, the child or both, at a moment between the start of the child and the usual end of a crawl."""
    while process.poll() is None and not children(process.pid):
        time.sleep(0.02)
    time.sleep(chance.uniform(0.7, 2.0))
    victims = chance.choice(("child", "parent", "both"))
    for child in children(process.pid) if victims != "parent" else []:
        subprocess.run(["kill", "-9", str(child)], check=False, capture_output=True)
    if victims != "child":
        process.send_signal(signal.SIGKILL)
    process.wait(30)


def crawl_with_kills(tmp_path: Path, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    root = tmp_path / "archive"
    with serving() as host:
        source = tmp_path / "bunuh.yml"
        source.write_text(SOURCE.format(host=host))
        for number in range(kills):
            kill_at_random(start(source, root, f"r{number}", host), chance)
        last = start(source, root, "last", host)
        assert last.stdout is not None
        assert last.stdout.read().strip() == "finished", f"seed {seed}"
        last.wait(60)
    archive = Archive(root)
    counted = Counter(snapshot.url.rpartition("/")[2] for snapshot in archive.snapshots())
    assert counted == {str(number): 1 for number in range(PAGES)}, f"seed {seed}"
    assert list(archive.verify()) == [], f"seed {seed}"
    assert all(f"/berita/{snapshot.url.rpartition('/')[2]}<".encode() in archive.read(snapshot) for snapshot in archive.snapshots())
    files = [str(path) for path in root.rglob("*.warc.gz")]
    assert Checker(type("Arguments", (), {"inputs": files, "verbose": False})()).process_all() == 0
    assert not list((root / ".open").iterdir())


@pytest.fixture
def seed(capsys: pytest.CaptureFixture[str]) -> int:
    """A seed nobody chose, printed so that a failure can be had again."""
    number = random.randrange(10**6)
    with capsys.disabled():
        sys.stdout.write(f" seed {number} ")
    return number


def test_a_crawl_killed_ten_times_loses_nothing(tmp_path: Path, seed: int) -> None:
    crawl_with_kills(tmp_path, kills=10, seed=seed)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_a_crawl_killed_two_hundred_times_loses_nothing(tmp_path: Path, part: int, seed: int) -> None:
    crawl_with_kills(tmp_path, kills=20, seed=seed)
