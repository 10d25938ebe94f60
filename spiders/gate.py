"""The gate that a source passes before anybody calls it verified: four questions asked of the live site."""

from __future__ import annotations

import tempfile
from collections import Counter
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


@dataclass(frozen=True, slots=True)
class Passage:
    """What came of the gate: the answers, and how many requests each host had for them."""

    answers: list[Answer]
    hosts: dict[str, int]


def check_live(source: Source, *, words: Sequence[str] = WORDS, **settings: Any) -> Passage:
    """Ask a site the four questions, politely, some pages in all.

    1. Every discovery finds pages, and a search for a relevant word finds pages that hold it.
    2. A search for nonsense finds none.
    3. Two words find different pages.
    4. What is found are pages under their own canonical addresses.

    Args:
        source: The source; its state does not matter.
        words: Two words that the site's articles use.
        settings: Passed on to the `Job` of each crawl (contact, allow_hosts, spent, now).
    """
    gate = _Gate(source, words, settings)
    answers = [answer for discovery in source.discovery for answer in gate.ask(discovery)]
    return Passage(answers, dict(gate.hosts))


class _Gate:
    """Asks one discovery after the other and counts the requests."""

    def __init__(self, source: Source, words: Sequence[str], settings: dict[str, Any]) -> None:
        self._source = source
        self._words = words
        self._settings = settings
        self.hosts: Counter[str] = Counter()

    def ask(self, discovery: Discovery) -> Iterator[Answer]:
        """The questions about one discovery."""
        asks, word = "{query}" in discovery.url, self._words[0]
        name = f"{discovery.kind} {discovery.url}"
        report, pages = self._try(discovery, self._words[:1] if asks else ())
        found = {page.url: body for page, body in pages}
        reasons = "; ".join(sorted({failure.reason for failure in report.failures})[:3])
        yield Answer(f"{name}: finds pages", bool(found), f"{len(found)} pages, {report.counts.discovered} addresses {reasons}".strip())
        aliases = [visit.url for visit in report.visits if (visit.reason or "").startswith("leads to ")]
        titled = sum(b"<title" in body[:100_000] or not page.mime.startswith("text/html") for page, body in pages)
        if found:
            seen = f"{len(aliases)} addresses led elsewhere, {titled} of {len(pages)} pages have a title"
            sound = titled == len(pages) and len(aliases) <= len(found) // 2
            yield Answer(f"{name}: addresses are those of article pages", sound, seen)
        if not asks:
            return
        holding = sum(_holds(body, word) for body in found.values())
        yield Answer(f"{name}: finds what it is asked for", holding > len(found) / 2, f"{holding} of {len(found)} pages hold {word!r}")
        nothing, _ = self._try(discovery, (NONSENSE,))
        yield Answer(f"{name}: finds nothing for nonsense", nothing.counts.discovered == 0, f"{nothing.counts.discovered} addresses")
        _, others = self._try(discovery, self._words[1:2])
        different = {page.url for page, _ in others} != set(found)
        yield Answer(f"{name}: two words find different pages", different, f"{len(others)} pages for {self._words[1]!r}")

    def _try(self, discovery: Discovery, interest: Sequence[str]) -> tuple[CrawlReport, list[tuple[Snapshot, bytes]]]:
        """Crawl a few pages of one discovery into an archive that is thrown away."""
        alone = self._source.model_copy(update={"discovery": (discovery.model_copy(update={"pages": 1}),), "state": "active"})
        with tempfile.TemporaryDirectory(prefix="rapor-gate-") as folder:
            report = crawl(Job(source=alone, archive=folder, run="gate", interest=tuple(interest), limit=_FEW, **self._settings))
            self.hosts.update(report.hosts)
            archive = Archive(folder)
            return report, [(page, archive.read(page)) for page in archive.snapshots(alone.key) if page.parent is None]


def _holds(body: bytes, word: str) -> bool:
    text = body.decode("utf-8", "replace").lower()
    return all(part in text for part in word.lower().split())
