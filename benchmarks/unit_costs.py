"""What one article costs, in processor seconds and bytes: the figures behind the plan of scale in ARCHITECTURE.md.

`python -m benchmarks.unit_costs [ARTICLES]` archives the pages of an invented outlet (each with one result; half as many again of other
news), reads them and merges them, for as many articles and for twice as many.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows.crawl import catalogue
from flows.database import open_database
from flows.read import reader
from flows.settings import Settings
from flows.unread import read_new
from store.archive import Archive, Exchange
from store.sql.merging import merge
from tests.site.calendar import A_DAY, Outlet, filler

NOW = datetime(2024, 12, 19, 5, tzinfo=UTC)
HEAD = (("Content-Type", "text/html; charset=utf-8"),)
OTHER = "<html><head><title>Harga cabai {0}</title></head><article><h1>Harga cabai {0}</h1><div class=isi><p>{1}</p></div></article></html>"


def measure(articles: int, folder: Path) -> dict[str, float]:
    """Costs by step for so many articles with a result, and half as many without."""
    settings = Settings(home=folder, sources=folder / "sources")
    with Outlet("harian", date(2000, 1, 3)) as outlet:
        outlet.write_source(folder / "sources")
        outlet.today += timedelta(articles // A_DAY)
        archived = _timed(lambda: _archive(outlet, settings, articles))
    sources = catalogue(settings.sources)
    database = open_database(settings, sources.values())
    before = _size(folder / "rapor.db")
    read = _timed(lambda: read_new(settings, database, sources))
    again = _timed(lambda: merge(database))
    pages = articles + articles // 2
    return {
        "archive, ms a page": 1000 * archived / pages,
        "archive, bytes a page": sum(path.stat().st_size for path in (folder / "archive").rglob("*") if path.is_file()) / pages,
        "read, record and merge, ms a page": 1000 * read / pages,
        "database, bytes a page": (_size(folder / "rapor.db") - before) / pages,
        "a merge with nothing to do, ms": 1000 * again,
        "read, seconds in all": read,
    }


def _archive(outlet: Outlet, settings: Settings, articles: int) -> None:
    with Archive(settings.archive_path).writer("harian", "filled") as writer:
        for path in outlet.all_paths()[:articles]:
            writer.write(Exchange(f"http://{outlet.host}{path}", NOW, 200, HEAD, outlet.page(path)[1].encode()))
        for number in range(articles // 2):
            text = OTHER.format(number, filler(f"other {number}"))
            writer.write(Exchange(f"http://{outlet.host}/berita/lain/{number}", NOW, 200, HEAD, text.encode()))


def _timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def _size(path: Path) -> int:
    return sum(item.stat().st_size for item in path.parent.glob(f"{path.name}*"))


def main() -> None:
    """Print the table."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    reader()
    with tempfile.TemporaryDirectory() as place:
        measure(30, Path(place) / "warm")
        one, two = measure(articles, Path(place) / "one"), measure(2 * articles, Path(place) / "two")
    print(f"| per page | {articles} articles | {2 * articles} | ratio |\n|---|---:|---:|---:|")
    for name in one:
        print(f"| {name} | {one[name]:.1f} | {two[name]:.1f} | {two[name] / one[name]:.2f} |")


if __name__ == "__main__":
    main()
