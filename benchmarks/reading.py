"""What does reading cost beside taking the text out of the page? Does it grow with the bodies of a sentence, and keep its size?

`python -m benchmarks.reading [ARTICLES]`: the outlet's pages of tests/site, articles with results and those without apart (by their
gold). CPU time in one process, side by side, median of five: trafilatura for text and metadata, our `read_html`, and the whole reader on
the article that `read_html` made. Then one sentence with more and more bodies; then the memory of the process before and after
ARTICLES (2,000) articles. Only the ratios travel between machines.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from pathlib import Path

import trafilatura

import tests.site
from benchmarks.measure import memory, side_by_side, table
from extract.article import read_html, read_text
from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.records import Article
from tests.site.pages import article_html
from tests.site.stories import Story, load_stories

BASE = "https://kabarnusa.example"
GOLD = Path(tests.site.__file__).parent / "gold"
OPENING = b'<div class="isi-artikel">'
Page = tuple[bytes, str]
"""A page as served, and its address."""


def page_of(story: Story) -> Page:
    """The page of a story with all its parts on it."""
    return article_html(story, BASE, 0).encode(), BASE + story.path


def pages() -> dict[str, list[Page]]:
    """Pages of Indonesian stories whose gold has claims, and of those whose gold has none."""
    kinds: dict[str, list[Page]] = {"results": [], "no result": []}
    for story in load_stories():
        gold = GOLD / f"{story.key}.json"
        if story.site == "outlet" and story.language == "id" and gold.is_file():
            claims = json.loads(gold.read_text("utf-8"))["gold"]["claims"]
            kinds["results" if claims else "no result"].append(page_of(story))
    return kinds


def alone(served: list[Page]) -> None:
    """Text and metadata by trafilatura, nothing else."""
    for body, url in served:
        trafilatura.bare_extraction(body, url=url, with_metadata=True, include_tables=True)


def articles(served: list[Page]) -> list[Article]:
    """The articles that `read_html` makes of pages."""
    return [read_html(body, url) for body, url in served]


def understood(reader: Reader, found: list[Article]) -> int:
    """How many claims the reader finds in articles."""
    return sum(len(reader.read_article(article).claims) for article in found)


def cost(reader: Reader, kind: str, served: list[Page]) -> list[str]:
    """One row of the table: milliseconds of CPU an article, and how the parts compare."""
    found = articles(served)
    tasks: dict[str, Callable[[], object]] = {
        "trafilatura": partial(alone, served),
        "read_html": partial(articles, served),
        "read_article": partial(understood, reader, found),
    }
    base, page, article = (seconds * 1000 / len(served) for seconds in side_by_side(tasks).values())
    size = sum(len(article.text) for article in found) / len(found)
    figures = (
        f"{base:.1f}",
        f"{page:.1f}",
        f"{article:.1f}",
        f"{page / base:.2f}",
        f"{article / base:.2f}",
        f"{(page + article) / base:.2f}",
    )
    return [kind, str(len(served)), f"{size:.0f}", str(understood(reader, found)), *figures]


def kept(reader: Reader, served: list[Page], count: int) -> None:
    """Print the memory of the process before and after reading `count` pages in turn, each with ten words never seen before."""
    for body, url in served:  # what is made once is made
        reader.read_article(read_html(body, url))
    rows = []
    for number, (body, url) in enumerate(islice(cycle(served), count + 1)):
        if number in (0, count // 2, count):
            gc.collect()
            rows.append([str(number), f"{memory():.1f}"])
        words = " ".join(f"kata{number}x{index}" for index in range(10))
        fresh = body.replace(OPENING, OPENING + f"<p>{words}</p>".encode(), 1)
        reader.read_article(read_html(fresh, url))
    table(("articles read", "MB held"), rows)


def crowded(reader: Reader) -> None:
    """Print what one sentence costs that tells a result of more and more bodies; twice the bodies should cost twice."""
    regions = [region.full_name for region in reader.registry.regions.values()]
    names = [f"{kind} {name}".strip() for kind in ("", "DPRD", "Dinas Kesehatan", "Dinas Pendidikan") for name in regions]
    told = "Opini Wajar Tanpa Pengecualian (WTP) dari BPK atas laporan keuangan tahun 2021 diraih "
    texts = {count: f"Daftar Peraih Opini WTP 2021\n{told}{', '.join(names[:count])}." for count in (25, 50, 100, 200, 400, 800)}
    lists = {str(count): partial(understood, reader, [read_text(text)]) for count, text in texts.items()}
    spent, before = side_by_side(lists, 3), 0.0
    rows = []
    for count, seconds in spent.items():
        rows.append([count, f"{seconds * 1000:.0f}", f"{seconds / before:.1f}" if before else ""])
        before = seconds
    table(("bodies in one sentence", "ms", "× half"), rows)
    print()


def main(count: int = 2000) -> None:
    """Print what reading costs, and what it keeps."""
    reader = Reader(load_registry())
    kinds = pages()
    head = ("pages with", "pages", "chars", "claims", "trafilatura ms", "read_html ms", "read_article ms", "html ×", "article ×", "both ×")
    table(head, [cost(reader, kind, served) for kind, served in kinds.items()])
    print("× is beside trafilatura alone; CPU of one core, median of five\n", flush=True)
    crowded(reader)
    kept(reader, [page for served in kinds.values() for page in served], count)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
