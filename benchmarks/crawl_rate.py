"""Does archiving slow the crawl down? Pages a second of CPU, beside a bare Scrapy spider that stores nothing.

`python -m benchmarks.crawl_rate [PAGES]`: pages of 30 kB from a loopback server, throttle off, each crawl in a process of its own.
Only the ratio travels between machines.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from spiders.crawl import Job, crawl
from store.model.source import Discovery, Politeness, Publisher, Scope, Source

BARE = """
import sys, scrapy
from scrapy.crawler import AsyncCrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        yield scrapy.Request(f"http://{sys.argv[1]}/sitemap.xml", self.parse_map)
    def parse_map(self, response):
        response.selector.remove_namespaces()
        for url in response.xpath("//loc/text()").getall():
            yield scrapy.Request(url, self.parse_page)
    def parse_page(self, response):
        yield {"url": response.url, "title": response.css("h1::text").get()}
process = AsyncCrawlerProcess({"LOG_ENABLED": False, "ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS_PER_DOMAIN": 8})
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("item_scraped_count", 0))
"""
ROUNDS = 3


def page(number: int, edition: str = "") -> bytes:
    """A page of 30 kB that packs about as well as news does."""
    rows = (f"<p>Unit {number * 31 + row} meraih nilai {row * 7 % 100},{number % 10} pada {2000 + row % 25}.</p>" for row in range(500))
    return (f"<!doctype html><title>Berita {number}</title><h1>Berita {number}{edition}</h1>" + "".join(rows)).encode()[:30_000]


class Pages:
    """A sitemap and its pages. Every second page has an ETag; after `/ubah` every tenth page is another.

    `news` makes the page of a number where it is to be more than plain rows.
    """

    def __init__(self, pages: int, news: Callable[[int], bytes] | None = None) -> None:
        self.pages = pages
        self.news = news
        self.edition = ""
        self.host = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        while line := await reader.readline():
            head = [line]
            while (line := await reader.readline()).strip():
                head.append(line)
            writer.write(self.reply(head[0].split()[1].decode(), b"".join(head).lower()))
            await writer.drain()
        writer.close()

    def reply(self, target: str, head: bytes) -> bytes:
        """The answer to a request."""
        extra = ""
        if target.startswith("/berita/"):
            number = int(target.rpartition("/")[2])
            edition = "" if number % 10 else self.edition
            if number % 2:
                extra = f'ETag: "{number}{edition}"\r\n'
                if f'"{number}{edition}"'.encode() in head:
                    return f"HTTP/1.1 304 Not Modified\r\n{extra}\r\n".encode()
            kind, body = "text/html; charset=utf-8", self.news(number) if self.news else page(number, edition)
        elif target == "/sitemap.xml":
            rows = "".join(f"<url><loc>http://{self.host}/berita/{number}</loc></url>" for number in range(self.pages))
            kind, body = "application/xml", f"<urlset>{rows}</urlset>".encode()
        else:
            self.edition = "b" if target == "/ubah" else self.edition
            kind, body = "text/plain", b"User-agent: *\nAllow: /\n"
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{extra}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(pages: int, news: Callable[[int], bytes] | None = None) -> None:
    """Serve pages until killed; the port is the first line on stdout."""
    site = Pages(pages, news)
    server = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    site.host = f"127.0.0.1:{port}"
    print(port, flush=True)
    await server.serve_forever()


def children_cpu() -> float:
    """CPU seconds of all children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def source_of(host: str) -> Source:
    """The pages as a source, throttle off."""
    return Source(
        key="laju",
        publisher=Publisher(name="Laju"),
        discovery=(Discovery(kind="sitemap", url=f"http://{host}/sitemap.xml"),),
        scope=Scope(hosts=(host,)),
        politeness=Politeness(delay_seconds=0, requests_per_day=10**6),
        origin="benchmark",
    )


def ours(host: str, folder: Path) -> int:
    """Crawl with everything on: robots, guard, archive with fsync. Returns the pages archived."""
    return crawl(Job(source=source_of(host), archive=str(folder), run="bench", allow_hosts=(host,))).counts.fetched


def main(pages: int = 5000) -> None:
    """Print CPU seconds of both and their ratio, the median of three rounds."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.crawl_rate", "serve", str(pages)], stdout=subprocess.PIPE, text=True)
    ratios = []
    try:
        host = f"127.0.0.1:{(server.stdout.readline() if server.stdout else '').strip()}"
        for _ in range(ROUNDS):
            with tempfile.TemporaryDirectory() as folder:
                script = Path(folder) / "bare.py"  # Scrapy looks for the source of its callbacks
                script.write_text(BARE, encoding="utf-8")
                start = children_cpu()
                seen = subprocess.run([sys.executable, str(script), host], check=True, capture_output=True, text=True).stdout
                if int(seen) != pages:
                    raise SystemExit(f"the bare spider saw {seen} of {pages} pages")
                bare = children_cpu() - start
                fetched = ours(host, Path(folder) / "archive")
            mine = children_cpu() - start - bare
            ratios.append(bare / mine)
            print(f"bare {bare:6.2f} s   rapor {mine:6.2f} s   {fetched} pages archived   ratio {bare / mine:.2f}")
    finally:
        server.kill()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"page rate beside bare Scrapy: {statistics.median(ratios):.2f} (median of {ROUNDS}); largest child {memory} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(int(sys.argv[2])))
    else:
        main(*(int(argument) for argument in sys.argv[1:2]))
