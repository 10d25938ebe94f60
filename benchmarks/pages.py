"""Who reads an Indonesian page best? rapor beside trafilatura, newspaper4k, news-please and goose3 in one table.

`python -m benchmarks.pages`: every layout of tests/extract/pages (our own writing, after structures that public code and pages tell of;
never checked against the sites), the outlet of tests/site, and the one real page with an expected text, where ../shared is there. No page
rules are used. rapor was made to read the first two sets: only the real page is new to every tool, so it has a table of its own.

Each peer runs in an environment of its own under benchmarks/.cache, made here when it is missing, for it asks for other versions of the
libraries we share. A peer that cannot be installed stands in the table with its reason.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.measure import table
from benchmarks.reading import BASE
from store.model.keys import fold
from tests.site.pages import article_html
from tests.site.stories import PAGE_BREAK, RELATED, Story, load_stories

ROOT = Path(__file__).parents[1]
CACHE = Path(__file__).parent / ".cache"
LAYOUTS = ROOT / "tests" / "extract" / "pages"
REAL = ROOT.parent / "shared" / "pages"
SCRIPT = Path(__file__).with_name("_peer.py")
PEERS = {"newspaper4k": "newspaper4k==0.9.6", "news-please": "news-please==1.6.16", "goose3": "goose3==3.1.22"}
HEAD = ("tool", "pages", "failed", "title", "day", "time+zone", "authors", "body F1", "body exact", "ms a page", "× ours")
Found = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """A page on disk and what is on it; `published` is ISO, with time and zone where the page tells them."""

    path: Path
    url: str
    title: str
    published: str | None
    authors: tuple[str, ...]
    text: str


def layouts() -> list[Sample]:
    """The layouts of our own; those that cannot be read without page rules are left out."""
    found = []
    for path in sorted(LAYOUTS.glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        if told["language"] == "id" and "rules" not in told:
            text = "\n".join(told["text"])
            found.append(Sample(path.with_suffix(".html"), told["url"], told["title"], told["published"], tuple(told["authors"]), text))
    return found


def outlet(folder: Path) -> list[Sample]:
    """The Indonesian stories of the loopback outlet that stand on one page."""
    found = []
    for story in load_stories():
        if story.site == "outlet" and story.language == "id" and len(story.pages) == 1:
            path = folder / f"{story.key}.html"
            path.write_text(article_html(story, BASE, 1), "utf-8")
            moment = story.published.isoformat() if story.published else None
            authors = tuple(name for name in story.authors if name != "Redaksi")
            found.append(Sample(path, BASE + story.path, story.title, moment, authors, _told(story)))
    return found


def _told(story: Story) -> str:
    """The words of a story without its cross-links and notices."""
    blocks = [block for block in story.body if block != PAGE_BREAK and not block.startswith((RELATED, "Artikel ini telah tayang"))]
    return "\n".join(part for part in (story.lead, story.caption, *blocks) if part)


def real() -> list[Sample]:
    """The real page whose careful extraction is known, where it is on this machine."""
    path = REAL / "mediaindonesia_expected.json"
    if not path.is_file():
        return []
    told = json.loads(path.read_text("utf-8"))["V1"]
    text = "\n".join(told["body"]["sections"][0]["paragraphs"])
    url = next(iter(json.loads((REAL / "mediaindonesia_meta.info").read_text("utf-8")).values()))["url"]
    moment = told["publishing_date"].replace(" ", "T")
    return [Sample(REAL / "mediaindonesia_2026_01_20.html", url, told["title"], moment, tuple(told["authors"]), text)]


def python_of(peer: str) -> str:
    """The interpreter of a peer's environment, made and filled where it is missing.

    Raises:
        RuntimeError: with the last line of what went wrong.
    """
    folder = CACHE / peer
    python = folder / "bin" / "python"
    if not (folder / "ready").is_file():
        venv.create(folder, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEERS[peer], "lxml_html_clean"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError((done.stderr.strip().splitlines() or ["no reason given"])[-1][:100])
        (folder / "ready").touch()
    return str(python)


def read_all(tool: str, samples: Sequence[Sample]) -> tuple[list[Found], float]:
    """What a tool finds on every page, and the CPU seconds of all but the first.

    Raises:
        RuntimeError: where the tool cannot be installed or does not run.
    """
    python = python_of(tool) if tool in PEERS else sys.executable
    asked = "".join(json.dumps({"path": str(sample.path), "url": sample.url}) + "\n" for sample in samples)
    known = os.environ | ({} if tool in PEERS else {"PYTHONPATH": str(ROOT)})
    done = subprocess.run([python, str(SCRIPT), tool], input=asked, capture_output=True, text=True, check=False, env=known)
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or len(lines) != len(samples) + 1:
        raise RuntimeError((done.stderr.strip().splitlines() or ["it said nothing"])[-1][:100])
    return lines[:-1], lines[-1]["seconds"]


def overlap(found: str, expected: str) -> float:
    """F1 of the words, each as often as it stands there."""
    one, other = (Counter(re.findall(r"\w+", text)) for text in (found, expected))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values())) if shared else 0.0


def figures(found: Sequence[Found], samples: Sequence[Sample]) -> list[str]:
    """Shares of the pages on which each part is right; a page that failed is wrong in all."""
    pairs = list(zip(found, samples, strict=True))
    dated = [(item, sample) for item, sample in pairs if sample.published]
    timed = [(item, sample) for item, sample in dated if "T" in (sample.published or "")]
    shares = [
        (sum(_words(item, "title") == _squeezed(sample.title) for item, sample in pairs), len(pairs)),
        (sum(str(item.get("date") or "")[:10] == (sample.published or "")[:10] for item, sample in dated), len(dated)),
        (sum(_moment(item.get("date")) == _moment(sample.published) for item, sample in timed), len(timed)),
        (
            sum({fold(name) for name in item.get("authors") or ()} == {fold(n) for n in sample.authors} for item, sample in pairs),
            len(pairs),
        ),
        (sum(overlap(item.get("text") or "", sample.text) for item, sample in pairs), len(pairs)),
        (sum(_words(item, "text") == _squeezed(sample.text) for item, sample in pairs), len(pairs)),
    ]
    failed = sum("error" in item for item in found)
    return [str(len(samples)), str(failed), *(f"{right / of:.2f}" if of else "–" for right, of in shares)]


def _words(item: Found, name: str) -> str:
    return _squeezed(item.get(name) or "")


def _squeezed(text: str) -> str:
    """The words alone: marks of tables and lists differ between tools and are not held against any."""
    return " ".join(re.findall(r"\w+", text))


def _moment(text: object) -> datetime | str | None:
    """A moment with its zone; one without a zone equals no other."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return f"none: {text}"
    return moment if moment.tzinfo else f"no zone: {text}"


def compare(samples: Sequence[Sample]) -> None:
    """Print the table of one set of pages."""
    rows, ours = [], 0.0
    for tool in ("rapor", "trafilatura", *PEERS):
        try:
            found, seconds = read_all(tool, samples)
        except RuntimeError as error:
            rows.append([f"{tool}: not measured, {error}", *[""] * (len(HEAD) - 1)])
            continue
        ours = ours or seconds
        speed = [f"{seconds * 1000 / (len(samples) - 1):.1f}", f"{seconds / ours:.1f}"] if len(samples) > 1 else ["–", "–"]
        rows.append([tool, *figures(found, samples), *speed])
    table(HEAD, rows)


def main() -> None:
    """Print one table of our own pages and one of the real page."""
    with tempfile.TemporaryDirectory() as folder:
        own = [*layouts(), *outlet(Path(folder))]
        print("pages of our own writing, which rapor was made to read", flush=True)
        compare(own)
    print("\na real page that is new to every tool", flush=True)
    if pages := real():
        compare(pages)
    else:
        print("not on this machine")


if __name__ == "__main__":
    main()
