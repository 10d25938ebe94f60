"""Does a page cost more than five times its SQL? A release of a million invented evaluations, each page beside the questions behind it.

`python -m benchmarks.pages_served [FILE]`; without a file of `benchmarks.invented`, one is made under benchmarks/.cache (minutes, 2 GB).
The whole answer is measured, from the request to the last byte, inside one process and without a network. The statements are those that
SQLite is given while the page is made, run again alone.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx

from benchmarks.invented import generate
from benchmarks.measure import memory, side_by_side, table
from store.release.pages.serve import NAME, Pages

CACHE = Path(__file__).parent / ".cache" / "million.sqlite"
MOST = 5.0


def main(given: str | None = None) -> int:
    """Print the table; 1 where a page costs more than it may."""
    data = Path(given) if given else CACHE
    if not data.is_file():
        data.parent.mkdir(exist_ok=True)
        generate(data)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with asyncio.Runner() as runner:
        site = Pages(data)
        site.executor = ThreadPoolExecutor(1)  # one connection, which can be listened to
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app()), base_url="http://rapor.example", timeout=600)
        costs = [_cost(runner, site, client, name, path) for name, path in _paths(data).items()]
        rows = [[name, f"{sql * 1e3:.1f}", f"{page * 1e3:.1f}", f"{page / sql:.1f}"] for name, sql, page in costs]
        table(("page", "SQL ms", "page ms", "times"), rows)
        _stream(runner, client)
        runner.run(client.aclose())
    return int(any(page > MOST * sql for _, sql, page in costs))


def _paths(data: Path) -> dict[str, str]:
    with closing(sqlite3.connect(data)) as release:
        body = release.execute("SELECT key FROM agencies WHERE level = 'kota' ORDER BY evaluation_count DESC LIMIT 1").fetchone()[0]
        programme = release.execute("SELECT key FROM programmes ORDER BY evaluation_count DESC LIMIT 1").fetchone()[0]
    return {
        "home": "/",
        "search": "/cari?q=kota+bandung",
        "facet": f"/cari?q=kota+bandung&programme={programme}",
        "facet without words": "/cari?kind=opinion&province_code=33",
        "report card": f"/instansi/{body}",
    }


def _cost(runner: asyncio.Runner, site: Pages, client: httpx.AsyncClient, name: str, path: str) -> tuple[str, float, float]:
    async def page() -> None:
        answer = await client.get(path)
        answer.raise_for_status()

    statements = _statements(runner, site, page)
    with closing(site.get_database(NAME).connect()) as release:

        def bare() -> None:
            for sql in statements:
                release.execute(sql).fetchall()

        spent = side_by_side({"sql": bare, "page": lambda: runner.run(page())})
    return name, spent["sql"], spent["page"]


def _statements(runner: asyncio.Runner, site: Pages, page: Callable[[], object]) -> list[str]:
    """What SQLite is asked while a page is made, values filled in."""
    heard: list[str] = []

    async def listen(callback: Callable[[str], object] | None) -> None:
        await site.get_database(NAME).execute_fn(lambda release: release.set_trace_callback(callback))

    runner.run(page())  # type: ignore[arg-type]
    runner.run(listen(heard.append))
    runner.run(page())  # type: ignore[arg-type]
    runner.run(listen(None))
    return [sql for sql in heard if not sql.startswith("--")]


def _stream(runner: asyncio.Runner, client: httpx.AsyncClient) -> None:
    """Memory while everything is taken as CSV: measured at the first and at the last of the rows."""
    app = client._transport.app  # type: ignore[attr-defined]
    sizes: list[float] = []
    count = 0

    async def take() -> None:
        nonlocal count

        async def send(message: dict[str, object]) -> None:
            nonlocal count
            body = message.get("body")
            count += body.count(b"\n") if isinstance(body, bytes) else 0
            sizes.append(memory())

        scope = {"type": "http", "method": "GET", "path": "/cari.csv", "raw_path": b"/cari.csv", "query_string": b"", "headers": []}
        await app(scope, None, send)

    runner.run(take())
    print(f"CSV of everything: {count:,} lines, memory {sizes[len(sizes) // 20]:.0f} MB early, {max(sizes):.0f} MB at most")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
