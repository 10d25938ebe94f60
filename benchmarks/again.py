"""What does a second crawl cost? Requests at once again, and with the clock moved past due.

`python -m benchmarks.again [PAGES]`: the pages of `crawl_rate`, through the crawl and the database of a real run. Every second page has
an ETag, the others none; every tenth page changes in between.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.crawl_rate import source_of
from benchmarks.measure import table
from flows.crawl import Crawl, crawl_source
from flows.database import open_database
from flows.settings import Settings
from store.archive import Archive


def revisits(archive: Archive) -> int:
    """Snapshots whose bytes lie in an earlier record."""
    places = Counter((item.file, item.offset) for item in archive.snapshots())
    return sum(places.values()) - len(places)


def main(pages: int = 5000) -> None:
    """Print what each of four crawls asked for and stored."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.crawl_rate", "serve", str(pages)], stdout=subprocess.PIPE, text=True)
    try:
        host = f"127.0.0.1:{(server.stdout.readline() if server.stdout else '').strip()}"
        with tempfile.TemporaryDirectory() as folder:
            settings = Settings(home=Path(folder), allow_hosts=(host,))
            source = source_of(host)
            database = open_database(settings, [source])
            archive, now, rows = Archive(settings.archive_path), datetime.now(UTC), []
            for name, later in (("first", 0), ("at once again", 0), ("two days later", 2), ("two days later, some changed", 8)):
                if "changed" in name:
                    urllib.request.urlopen(f"http://{host}/ubah").read()
                before = revisits(archive)
                report = crawl_source(Crawl(settings, database, now=now + timedelta(days=later)), source)
                counts = report.counts
                fetched = (counts.new, counts.changed, counts.unchanged, revisits(archive) - before, counts.failed)
                rows.append([name, report.closed, str(counts.requests), *map(str, fetched)])
            table(["crawl", "closed", "requests", "new", "changed", "unchanged", "of them revisits", "failed"], rows)
            print(f"damage in the archive: {len(list(archive.verify()))}")
    finally:
        server.kill()


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
