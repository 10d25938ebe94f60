"""The child process of a crawl: reads a job from stdin, crawls, tells what happens on stdout, dies with its parent.

Started by `spiders.crawl`; `python -m spiders.child < job.json` does the same by hand.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from datetime import timedelta
from typing import Any, Final

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from spiders.archiving import visit_of
from spiders.base import SourceSpider
from spiders.job import Job
from spiders.settings import settings_for
from spiders.wire import Wire, WireHandler
from store.archive import Archive
from store.model.errors import FetchError, StoreError
from store.model.keys import canonical_url
from store.model.visits import KnownAddress

REMEMBER: Final = timedelta(days=2)
"""How far back a crawl looks into the archive for pages that nobody told the database of, because a process died."""
AGAIN: Final = timedelta(days=1)
PATIENCE: Final = 20.0
"""Seconds to wait for an earlier crawl of the source that is just stopping."""
_STOPPING: Final = 8.0


def main() -> int:
    """Run the job on stdin. Returns the exit code: 0, or that of the error's family."""
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between our lines
    wire = Wire(told)
    logging.basicConfig(level=logging.INFO, handlers=[WireHandler(wire)], force=True)
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    try:
        closed = run(job, wire)
    except StoreError as error:
        wire.end(f"store: {error}")
        return StoreError.exit_code
    wire.end(closed)
    return StoreError.exit_code if closed.startswith("store: ") else 0


def run(job: Job, wire: Wire) -> str:
    """Crawl. Returns why the crawl ended."""
    archive = Archive(job.archive, job.spool)
    with archive.reserve(job.source.key, PATIENCE) as free:
        return _crawl(job, wire, archive) if free else "busy"


def _crawl(job: Job, wire: Wire, archive: Archive) -> str:
    process = AsyncCrawlerProcess(settings_for(job, archive))
    crawler = process.create_crawler(SourceSpider)
    reasons: list[str] = []

    def opened(spider: SourceSpider) -> None:
        _remember(spider, archive)
        threading.Thread(target=_watch_parent, args=(spider,), daemon=True).start()

    def idle(spider: SourceSpider) -> None:
        spider.idle()

    def closing(spider: SourceSpider, reason: str) -> None:
        reasons.append(reason)
        spider.indexes.close()
        _count(spider, crawler)

    crawler.signals.connect(opened, signal=signals.spider_opened, weak=False)
    crawler.signals.connect(idle, signal=signals.spider_idle, weak=False)
    crawler.signals.connect(closing, signal=signals.spider_closed, weak=False)
    process.crawl(crawler, job=job, wire=wire)
    process.start()
    spider: Any = crawler.spider
    if spider is None or not reasons:
        raise StoreError("the crawl could not start; its log says why")
    return _closed(spider, reasons[0])


def _closed(spider: SourceSpider, reason: str) -> str:
    if spider.cut_short:
        return spider.cut_short
    return {"closespider_timeout": "time", "shutdown": "cancelled", "memusage_exceeded": "memory"}.get(reason, reason)


def _count(spider: SourceSpider, crawler: Crawler) -> None:
    statistics = crawler.stats
    spider.wire.set_count("discovered", spider.frontier.discovered)
    spider.wire.set_count("skipped", spider.frontier.skipped)
    spider.wire.set_count("indexes", spider.indexes.count)
    if statistics is not None:
        spider.wire.set_count("requests", statistics.get_value("downloader/request_count", 0))


def _remember(spider: SourceSpider, archive: Archive) -> None:
    """Take in, and tell, what the archive holds of the last days and the database does not know."""
    job = spider.job
    for snapshot in archive.snapshots(job.source.key, since=spider.moment() - REMEMBER):
        kind = "page" if snapshot.parent is None else "attachment"
        visit = visit_of(snapshot, snapshot.fetched_at)
        for url in dict.fromkeys((snapshot.url, canonical_url(snapshot.fetched_url))):
            address = KnownAddress(
                url=url,
                source=job.source.key,
                etag=snapshot.etag,
                last_modified=snapshot.last_modified,
                digest=snapshot.digest,
                last_seen=snapshot.fetched_at,
                next_due=snapshot.fetched_at + AGAIN,
                kind="page" if kind == "page" else "attachment",
                fetched_url=snapshot.fetched_url,
                file=snapshot.file,
                offset=snapshot.offset,
                parent=snapshot.parent,
            )
            if spider.frontier.recover(address) and url == snapshot.url:
                spider.wire.visit(visit.model_copy(update={"kind": kind}))


def _watch_parent(spider: SourceSpider) -> None:
    """Wait until the parent closes stdin, by will or by death, then stop."""
    while sys.stdin.buffer.read(1):
        continue
    from twisted.internet import reactor

    called: Any = reactor
    spider.cut_short = spider.cut_short or "cancelled"
    called.callFromThread(spider.stop, "cancelled")
    time.sleep(_STOPPING)
    os._exit(FetchError.exit_code)  # a slow server must not keep us: what is not archived yet is asked for again


if __name__ == "__main__":
    sys.exit(main())
