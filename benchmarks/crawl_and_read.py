"""What do crawling and reading cost together beside news-please? CPU seconds for the same pages.

`python -m benchmarks.crawl_and_read PYTHON [PAGES]`: PYTHON is the interpreter of an environment that has news-please, which cannot
live in ours. Both fetch articles of some 580 words in pages of 30 kB from a loopback server with the throttle off and take title, date
and text out of them; ours archives and, in a second figure, also reads claims and writes the database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

from benchmarks.crawl_rate import children_cpu
from benchmarks.measure import table

PEER = """
import sys
from newsplease import NewsPlease
host, pages = sys.argv[1], int(sys.argv[2])
found = NewsPlease.from_urls([f"http://{host}/artikel/{number}" for number in range(pages)], request_args={"timeout": 30})
print(sum(1 for article in found.values() if getattr(article, "maintext", None) and article.title))
"""
OURS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from benchmarks.crawl_rate import source_of
from flows.crawl import Crawl, crawl_source
from flows.database import open_database
from flows.pages import read_page
from flows.settings import Settings
from flows.unread import read_new
from store.archive import Archive
host, folder, what = sys.argv[1:]
settings, source = Settings(home=Path(folder), allow_hosts=(host,)), source_of(host)
database = open_database(settings, [source])
report = crawl_source(Crawl(settings, database), source)
if what == "claims":
    print(len(read_new(settings, database, {source.key: source}).articles))
else:
    archive = Archive(settings.archive_path)
    print(sum(bool(read_page(item, archive.read(item), source).text) for item in archive.snapshots()))
"""


def spent(command: list[str]) -> tuple[float, int]:
    """CPU seconds of a command with its children, and the number on its last line."""
    before = children_cpu()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    return children_cpu() - before, int(done.stdout.split()[-1])


def main(peer: str, pages: int = 500) -> None:
    """Print the CPU time of both, a page, and the ratios."""
    serve = [sys.executable, "-m", "benchmarks.crawl_rate", "serve", str(pages), "artikel"]
    server = subprocess.Popen(serve, stdout=subprocess.PIPE, text=True)
    try:
        host = f"127.0.0.1:{(server.stdout.readline() if server.stdout else '').strip()}"
        with tempfile.TemporaryDirectory() as folder:
            theirs = spent([peer, "-c", PEER, host, str(pages)])
            text = spent([sys.executable, "-c", OURS, host, f"{folder}/text", "text"])
            claims = spent([sys.executable, "-c", OURS, host, f"{folder}/claims", "claims"])
    finally:
        server.kill()
    rows = []
    for name, (seconds, count) in (("news-please", theirs), ("rapor, text", text), ("rapor, claims and database", claims)):
        rows.append([name, str(count), f"{1000 * seconds / pages:.1f}", f"{theirs[0] / seconds:.1f}"])
    table(["crawl and read", "articles", "CPU ms a page", "times as fast"], rows)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise SystemExit("name the Python of an environment with news-please; without one there is nothing to compare")
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:3]))
