"""What does a day of news cost beside taking the text out of its pages? Does a long day fill the memory? How long is the start?

`python -m benchmarks.stream [PAGES [LONG]]`: PAGES (1,000) pages in the layout of tests/site, one in twenty a gold article with a result,
the others everyday news: made by rule (`benchmarks/everyday.py`), and, where a file of real news lies beside the repository, that news (the
thousand lines that neither taught nor set the first look). CPU time in one process, side by side, median of five: trafilatura for text
and metadata, and `Reader.read_page`. Then the pages with a result alone, memory before and after LONG (10,000) pages, and the start of a
process beside `import spacy`. Only ratios travel between machines.
"""

from __future__ import annotations

import gc
import gzip
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import trafilatura

from benchmarks.everyday import everyday
from benchmarks.measure import ROUNDS, memory, side_by_side, table
from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.records import Snapshot
from tests.quality.splits import PARTS, paths
from tests.site.pages import article_html
from tests.site.stories import Story

BASE = "https://kabarnusa.example"
DAY = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
ONE_IN = 20
UNSEEN = 1000
"""Lines of the news file that the first look was not fitted on."""
NEWS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "click_id_articles.jsonl.gz"
Page = tuple[Snapshot, bytes]
Told = tuple[str, Sequence[str]]
"""Title and paragraphs."""

START = {
    "import spacy": "import spacy",
    "Reader(load_registry())": "from extract.lexicon import load_registry; from extract.reader import Reader; Reader(load_registry())",
}


def page(number: int, title: str, paragraphs: Sequence[str]) -> Page:
    """A page of the outlet with this title and text."""
    story = Story(key=f"s{number}", id=number, title=title, body=tuple(paragraphs), online=date(2024, 5, 6), published=DAY)
    url = BASE + story.path
    snapshot = Snapshot(
        key=f"s{number}", url=url, fetched_url=url, source="kabarnusa", fetched_at=DAY, status=200, mime="text/html",
        encoding="utf-8", digest=f"{number}", file="f.warc.gz",
    )  # fmt: skip
    return snapshot, article_html(story, BASE, 0).encode()


def results() -> list[tuple[str, tuple[str, ...]]]:
    """Title and paragraphs of every gold article with a claim."""
    golds = [json.loads(path.read_text("utf-8")) for part in PARTS for path in paths(part)]
    told = [item["article"] for item in golds if item["gold"]["claims"]]
    return [(item["title"], tuple(line for line in item["text"].split("\n") if line.strip())) for item in told]


def with_results() -> list[Page]:
    """Every gold article with a claim, as a page."""
    return [page(number, *told) for number, told in enumerate(results())]


def real_news() -> list[Told]:
    """The news that only tests the first look; nothing where the file is not there."""
    if not NEWS.is_file():
        return []
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        told = [json.loads(line) for line in islice(lines, UNSEEN)]
    return [(item["title"], [line for line in item["text"].split("\n") if line.strip()]) for item in told]


def mixed(ours: Sequence[Page], others: Iterable[Told], count: int) -> list[Page]:
    """`count` pages, one in twenty of them ours."""
    mine, theirs = cycle(ours), cycle(others)
    return [next(mine) if number % ONE_IN == 0 else page(number, *next(theirs)) for number in range(count)]


def alone(pages: Iterable[Page]) -> None:
    """Text and metadata by trafilatura, nothing else."""
    for snapshot, body in pages:
        trafilatura.bare_extraction(body, url=snapshot.url, with_metadata=True, include_tables=True)


def read(reader: Reader, pages: Iterable[Page]) -> tuple[int, int]:
    """How many pages passed the first look, and how many claims were found."""
    readings = [reader.read_page(snapshot, body) for snapshot, body in pages]
    return sum(reading.unread is None for reading in readings), sum(len(reading.claims) for reading in readings)


def cost(reader: Reader, name: str, pages: list[Page]) -> list[str]:
    """One row: milliseconds of CPU a page, ours beside trafilatura alone."""
    spent = side_by_side({"alone": partial(alone, pages), "read": partial(read, reader, pages)})
    base, ours = (seconds * 1000 / len(pages) for seconds in spent.values())
    passed, claims = read(reader, pages)
    return [name, str(len(pages)), str(passed), str(claims), f"{base:.2f}", f"{ours:.2f}", f"{ours / base:.2f}"]


def long_day(reader: Reader, ours: Sequence[Page], count: int) -> None:
    """Print the memory held while `count` pages are read, each with ten words never seen before."""
    rows = []
    for number, (snapshot, body) in enumerate(islice(cycle(mixed(ours, map(everyday, range(200)), 200)), count + 1)):
        if number in (0, 200, count // 4, count // 2, count):
            gc.collect()
            rows.append([str(number), f"{memory():.0f}"])
        fresh = " ".join(f"kata{number}x{index}" for index in range(10))
        reader.read_page(snapshot, body.replace(b"</h1>", f"</h1><p>{fresh}</p>".encode(), 1))
    table(("pages read", "MB held"), rows)


def start() -> None:
    """Print CPU seconds that a new process needs for the reader, beside `import spacy`, median of five."""
    spent: dict[str, list[float]] = {name: [] for name in START}
    for _ in range(ROUNDS):
        for name, code in START.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    base = statistics.median(spent["import spacy"])
    rows = [[name, f"{statistics.median(times):.2f}", f"{statistics.median(times) / base:.2f}"] for name, times in spent.items()]
    table(("start of a process", "s", "× import spacy"), rows)


def main(count: int = 1000, long: int = 10_000) -> None:
    """Print the three tables."""
    start()
    reader, ours = Reader(load_registry()), with_results()
    print()
    head = ("pages", "number", "past first look", "claims", "trafilatura ms", "rapor ms", "ratio")
    everydays: dict[str, list[Told]] = {"everyday news made by rule": list(map(everyday, range(count))), "real everyday news": real_news()}
    rows = [cost(reader, f"{name}, one in twenty ours", mixed(ours, others, count)) for name, others in everydays.items() if others]
    table(head, [*rows, cost(reader, "ours alone", ours)])
    print()
    long_day(reader, ours, long)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
