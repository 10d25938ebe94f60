"""A page of the archive as the tests of the reader hand it in."""

from __future__ import annotations

from datetime import UTC, datetime

from store.model.records import Snapshot


def snapshot(url: str) -> Snapshot:
    """The snapshot of a page of the loopback outlet."""
    return Snapshot(
        key="k", url=url, fetched_url=url, source="kabarnusa", fetched_at=datetime(2024, 12, 19, tzinfo=UTC), status=200,
        mime="text/html", encoding="utf-8", digest="d", file="f.warc.gz",
    )  # fmt: skip
