"""The gate that a source passes before anybody calls it verified: four questions asked of the live site."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from spiders.crawl import crawl
from spiders.job import CrawlReport, Job
from store.archive import Archive
from store.model.records import Snapshot
from store.model.source import Discovery, Source

WORDS: Final = ("penghargaan", "pelayanan publik")
NONSENSE: Final = "qzxwvkjpt"
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """One question, whether the site passed, and what was seen."""

    question: str
    passed: bool
    seen: str


def check_live(source: Source, *, words: Sequence[str] = WORDS, **settings: Any) -> list[Answer]:
    """Ask a site the four questions, politely, some pages in all.

    1. Every discovery finds pages, and a search for a relevant word finds pages that hold it.
    2. A search for nonsense finds none.
    3. Two words find different pages.
    4. What is found are pages under their own canonical addresses.

    Args:
        source: The source; its state does not matter.
        words: Two words that the site's articles use.
        settings: Passed on to the `Job` of each crawl (contact, allow_hosts, now).
    """
    answers: list[Answer] = []
    for discovery in source.discovery:
        answers += _ask(source, discovery, words, settings)
    return answers


def _ask(source: Source, discovery: Discovery, words: Sequence[str], settings: dict[str, Any]) -> Iterator[Answer]:
    asks = "{query}" in discovery.url
    name = f"{discovery.kind} {discovery.url}"
    report, pages = _try(source, discovery, words[:1] if asks else (), settings)
    found = {page.url: body for page, body in pages}
    reasons = "; ".join(sorted({failure.reason for failure in report.failures})[:3])
    yield Answer(f"{name}: finds pages", bool(found), f"{len(found)} pages, {report.counts.discovered} addresses {reasons}".strip())
    aliases = [visit.url for visit in report.visits if (visit.reason or "").startswith("leads to ")]
    titled = sum(b"<title" in body[:100_000] or not page.mime.startswith("text/html") for page, body in pages)
    if found:
        seen = f"{len(aliases)} addresses led elsewhere, {titled} of {len(pages)} pages have a title"
        yield Answer(f"{name}: addresses are those of article pages", titled == len(pages) and len(aliases) <= len(found) // 2, seen)
    if not asks:
        return
    holding = sum(_holds(body, words[0]) for body in found.values())
    yield Answer(f"{name}: finds what it is asked for", holding > len(found) / 2, f"{holding} of {len(found)} pages hold {words[0]!r}")
    nothing, _ = _try(source, discovery, (NONSENSE,), settings)
    yield Answer(f"{name}: finds nothing for nonsense", nothing.counts.discovered == 0, f"{nothing.counts.discovered} addresses")
    _, others = _try(source, discovery, words[1:2], settings)
    different = {page.url for page, _ in others} != set(found)
    yield Answer(f"{name}: two words find different pages", different, f"{len(others)} pages for {words[1]!r}")


def _try(
    source: Source, discovery: Discovery, interest: Sequence[str], settings: dict[str, Any]
) -> tuple[CrawlReport, list[tuple[Snapshot, bytes]]]:
    """Crawl a few pages of one discovery into an archive that is thrown away."""
    alone = source.model_copy(update={"discovery": (discovery.model_copy(update={"pages": 1}),), "state": "active"})
    with tempfile.TemporaryDirectory(prefix="rapor-gate-") as folder:
        job = Job(source=alone, archive=folder, run="gate", interest=tuple(interest), limit=_FEW, **settings)
        report = crawl(job)
        archive = Archive(folder)
        return report, [(page, archive.read(page)) for page in archive.snapshots(source.key) if page.parent is None]


def _holds(body: bytes, word: str) -> bool:
    text = body.decode("utf-8", "replace").lower()
    return all(part in text for part in word.lower().split())
