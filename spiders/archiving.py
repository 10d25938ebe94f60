"""Item pipeline: a page becomes a snapshot on disk, and only then is anybody told that it was fetched."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.http import Headers

from spiders.job import Job
from spiders.page import Page
from store.archive import Archive, Exchange, Held, Writer
from store.model.errors import ReadError, StoreError
from store.model.records import Snapshot
from store.model.visits import Visit

_log = logging.getLogger(__name__)


class Archiving:
    """Writes every page to the archive. Pages that come together share one fsync."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        job: Job = crawler.settings["JOB"]
        archive: Archive = crawler.settings["ARCHIVE"]
        self._writer: Writer = archive.writer(job.source.key, job.run)
        self._batch: asyncio.Future[None] | None = None
        self._syncing = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archiving:
        """Build it for a crawl."""
        return cls(crawler)

    async def process_item(self, item: Any) -> Any:
        """Archive a page, wait until it is safe, tell of it."""
        if not isinstance(item, Page):
            return item
        spider: Any = self._crawler.spider
        moment = spider.moment()
        known = item.known
        held = Held(known.digest, known.file, known.offset or 0) if known and known.digest and known.file else None
        try:
            snapshot = self._writer.write(
                exchange_of(item, moment),
                url=item.url,
                title=item.title,
                published=item.published,
                parent=item.parent,
                unchanged=held,
                durable=False,
            )
            await self._safe()
        except ReadError as error:
            spider.visit(item.response.request, "refused", status=item.response.status, reason=str(error))
        except StoreError as error:
            _log.error("%s", error)
            spider.cut_short = f"store: {error}"
            spider.stop("store")
            return item
        else:
            self._tell(item, snapshot, moment)
        spider.settle(item.key)
        return item

    def close_spider(self) -> None:
        """Close the file at hand."""
        self._writer.close()

    async def _safe(self) -> None:
        """Wait for an fsync that began after this call; those who wait together share it."""
        if self._batch is None:
            self._batch = asyncio.ensure_future(self._sync())
        await asyncio.shield(self._batch)

    async def _sync(self) -> None:
        async with self._syncing:
            self._batch = None  # what is written from here on belongs to the next batch
            await asyncio.to_thread(self._writer.sync)

    def _tell(self, item: Page, snapshot: Snapshot, moment: datetime) -> None:
        spider: Any = self._crawler.spider
        known = item.known
        same = known is not None and known.digest == snapshot.digest
        spider.wire.visit(visit_of(snapshot, moment).model_copy(update={"outcome": "unchanged" if same else "fetched", "kind": item.kind}))
        spider.wire.count("bytes", len(item.response.body))
        if item.key != snapshot.url:
            request = item.response.request
            spider.visit(request, "unchanged", status=item.response.status, reason=f"leads to {snapshot.url}")


def visit_of(snapshot: Snapshot, moment: datetime) -> Visit:
    """The visit that brought a snapshot."""
    return Visit(
        url=snapshot.url,
        source=snapshot.source,
        visited_at=moment,
        outcome="fetched",
        status=snapshot.status,
        etag=snapshot.etag,
        last_modified=snapshot.last_modified,
        digest=snapshot.digest,
        fetched_url=snapshot.fetched_url,
        snapshot=snapshot.key,
        file=snapshot.file,
        offset=snapshot.offset,
        parent=snapshot.parent,
    )


def exchange_of(page: Page, moment: datetime) -> Exchange:
    """The request and response of a page as they went over the wire."""
    response, request = page.response, page.response.request
    headers, body = request.meta.get("wire") or (response.headers, response.body) if request else (response.headers, response.body)
    return Exchange(
        url=response.url,
        fetched_at=moment,
        status=response.status,
        headers=_pairs(headers),
        body=body,
        reason="OK" if response.status == 200 else "",
        method=request.method if request else "GET",
        request_headers=_pairs(request.headers) if request else (),
        address=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values)
