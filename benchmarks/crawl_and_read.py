"""What do crawling and reading cost together beside news-please? CPU seconds of all processes for the same pages.

`python -m benchmarks.crawl_and_read [PAGES]` (5,000): news pages of 32 kB from a loopback server, throttle off; once a day of news in
which one page in twenty tells a result, made by rule and, where a file of it lies beside the repository, of real news; once such pages
alone. news-please runs in an environment of its own (`benchmarks/pages.py`), in
both its ways: as a library, which fetches and extracts and keeps nothing, and as its own crawler, which obeys robots.txt and writes HTML
and JSON files. Ours obeys robots.txt and archives; it takes title, date and text out of every page or, in the second figure, reads claims
and fills the database. The start of every process is in the figures.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile

from benchmarks.crawl_rate import children_cpu, serve
from benchmarks.measure import table
from benchmarks.pages import python_of
from benchmarks.stream import NEWS

LIBRARY = """
import sys
from newsplease import NewsPlease
host, pages, _ = sys.argv[1:]
urls = [f"http://{host}/berita/{number}" for number in range(int(pages))]
found = NewsPlease.from_urls(urls, request_args={"timeout": 60}, fetch_images=False)
print(sum(1 for article in found.values() if getattr(article, "maintext", None) and article.title))
"""
CRAWLER = """
import json, subprocess, sys
from pathlib import Path
import newsplease
host, pages, folder = sys.argv[1:]
config = (Path(newsplease.__file__).parent / "config" / "config.cfg").read_text("utf-8")
config = config.replace("working_path = ~/news-please-repo/", f"working_path = {folder}/").replace("LOG_LEVEL = INFO", "LOG_LEVEL = ERROR")
Path(folder, "config.cfg").write_text(config, "utf-8")
urls = [f"http://{host}/berita/{number}" for number in range(int(pages))]
Path(folder, "sitelist.hjson").write_text(json.dumps({"base_urls": [{"crawler": "Download", "url": urls}]}), "utf-8")
subprocess.run([sys.executable, "-m", "newsplease", "-c", folder], check=True, stdout=subprocess.DEVNULL)
found = [json.loads(path.read_text("utf-8")) for path in Path(folder).rglob("*.json")]
print(sum(1 for article in found if article.get("maintext") and article.get("title")))
"""
OURS = """
import sys
from pathlib import Path
from benchmarks.crawl_rate import source_of
from flows.crawl import Crawl, crawl_source
from flows.database import open_database
from flows.pages import read_page
from flows.settings import Settings
from flows.unread import read_new
from store.archive import Archive
host, what, folder = sys.argv[1:]
settings, source = Settings(home=Path(folder), allow_hosts=(host,)), source_of(host)
database = open_database(settings, [source])
crawl_source(Crawl(settings, database), source)
if what == "claims":
    print(read_new(settings, database, {source.key: source}).looked_at)
else:
    archive = Archive(settings.archive_path)
    print(sum(bool(read_page(item, archive.read(item), source).text) for item in archive.snapshots()))
"""
KINDS = {
    "mixed": "a day of news made by rule, one page in twenty with a result",
    "real": "a day of real news, one page in twenty with a result",
    "result": "pages with a result alone",
}


def spent(python: str, code: str, host: str, told: str) -> tuple[float, int]:
    """CPU seconds of a program with its children, and the number on its last line."""
    with tempfile.TemporaryDirectory() as folder:
        before = children_cpu()
        done = subprocess.run(
            [python, "-c", code, host, told, folder],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        return children_cpu() - before, int(done.stdout.split()[-1])


def compare(kind: str, pages: int) -> None:
    """Print the CPU time of all four over one kind of pages, and how many times as fast ours are."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.crawl_and_read", kind, str(pages)], stdout=subprocess.PIPE, text=True)
    try:
        host = f"127.0.0.1:{(server.stdout.readline() if server.stdout else '').strip()}"
        peer = python_of("news-please")
        runs = {
            "news-please, library": spent(peer, LIBRARY, host, str(pages)),
            "news-please, its crawler": spent(peer, CRAWLER, host, str(pages)),
            "rapor, text": spent(sys.executable, OURS, host, "text"),
            "rapor, claims and database": spent(sys.executable, OURS, host, "claims"),
        }
    finally:
        server.kill()
    library, crawler = (seconds for seconds, _ in list(runs.values())[:2])
    rows = [
        [name, str(count), f"{1000 * seconds / pages:.1f}", f"{library / seconds:.1f}", f"{crawler / seconds:.1f}"]
        for name, (seconds, count) in runs.items()
    ]
    print(f"\n{KINDS[kind]}: {pages} pages", flush=True)
    table(["crawl and read", "articles", "CPU ms a page", "times as fast as the library", "as its crawler"], rows)


def main(pages: int = 5000) -> None:
    """Print a table for each kind of pages."""
    for kind in KINDS:
        if kind != "real" or NEWS.is_file():
            compare(kind, pages)


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in KINDS:
        from benchmarks import outlet

        asyncio.run(serve(int(sys.argv[2]), getattr(outlet, sys.argv[1])))
    else:
        main(*(int(argument) for argument in sys.argv[1:2]))
