"""Is reading on two Dask workers half the time of one, and do twice the articles cost twice?

`python -m benchmarks.spreading [ARTICLES [ROUNDS]]`: ARTICLES (2,000) pages in the layout of tests/site, each a gold article with a result
among as many words of its own, each told by two pages of which the second lacks its last paragraph: so copies are found, and there are
twice as many of them in twice as many pages. Real parts: PostgreSQL, a Prefect server, a Dask scheduler with one worker, then one with two,
each worker a process of one thread that has read before. Every run fills a database of its own, from listing what is unread to merging;
runs take turns within each of ROUNDS (5) rounds. What comes of it is compared with the plain run, row by row.

`others` are the cores that everything else had meanwhile: where they are not near nothing, the wall times tell of the machine. `path` are
the CPU seconds that no further core takes away: the flow's own, the busiest worker's, and that worker's share of the database's.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path

import psycopg

from benchmarks.measure import table
from benchmarks.processes import Load, command, cpu, tree
from benchmarks.stream import results
from flows.crawl import catalogue
from flows.database import open_database
from flows.server import prefect_server
from flows.settings import Settings
from flows.unread import read_new
from store.archive import Archive, Exchange
from tests.faults.test_month import free_port
from tests.flows.test_spreading import dask_cluster, differences, known
from tests.postgres import running_postgres
from tests.site.calendar import Outlet, filler
from tests.site.pages import article_html
from tests.site.stories import Story

DAY = datetime(2024, 5, 6, 9, 30, tzinfo=UTC)
HEAD = (("Content-Type", "text/html; charset=utf-8"),)
WORDS = 11
"""Words of a sentence of filler."""
CHILD = """
import time
from flows.deployments import read_flow
from flows.spreading import read_task
began, spent = time.monotonic(), time.process_time()
read = read_flow()
print(read["articles"], read["claims"], time.monotonic() - began, time.process_time() - spent)
"""


@dataclass(frozen=True)
class Run:
    """One measured run: articles and claims recorded, seconds of the wall, of CPU by part, and the cores that everything else had."""

    articles: int
    claims: int
    wall: float
    parts: Mapping[str, float]
    others: float

    @property
    def cpu(self) -> float:
        """CPU seconds of all parts."""
        return sum(self.parts.values())

    @property
    def path(self) -> float:
        """CPU seconds that come one after the other whatever the number of cores: the flow's own, and the busiest worker's.

        The database works while its worker waits, so the busiest worker's share of the database's time is on the path too.
        """
        workers = [spent for name, spent in self.parts.items() if name.startswith("worker")]
        return self.parts["flow"] + max(workers) * (1 + self.parts["database"] / sum(workers))


def pages(count: int, host: str) -> Iterator[tuple[str, str]]:
    """Address and HTML of `count` pages."""
    ours = results()
    for number in range(count):
        event, telling = divmod(number, 2)
        title, told = ours[event % len(ours)]
        own = [filler(f"event {event} {place}", len(text.split()) // WORDS + 1) for place, text in enumerate(told)]
        body = [line for pair in zip(told, own, strict=True) for line in pair]
        body = body[:-1] if telling else body
        story = Story(key=f"s{number}", id=number, title=title, body=tuple(body), online=DAY.date(), published=DAY)
        yield f"http://{host}/berita/{DAY.date()}/{number}", article_html(story, f"http://{host}", 0)


def fill(folder: Path, count: int) -> Settings:
    """An archive of as many pages of one source; the settings that lead to it."""
    settings = Settings(home=folder, sources=folder / "sources")
    with Outlet("harian", date(2024, 1, 1)) as outlet:
        outlet.write_source(folder / "sources")
        with Archive(settings.archive_path).writer("harian", "filled") as writer:
            for url, html in pages(count, outlet.host):
                writer.write(Exchange(url, DAY, 200, HEAD, html.encode()), durable=False)
            writer.sync()
    return settings


class Bench:
    """Archives, template databases, and the parts that runs share."""

    def __init__(self, folder: Path, postgres: str, prefect: str) -> None:
        self.folder, self.postgres, self.prefect = folder, postgres, prefect
        self.runs = 0

    def run(self, archive: Settings, dask: str) -> tuple[Run, Settings]:
        """Read an archive into a new database on the workers of a scheduler."""
        self.runs += 1
        name = f"run_{self.runs}"
        with psycopg.connect(f"{self.postgres}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        home = self.folder / name
        home.mkdir()
        settings = archive.model_copy(
            update={"home": home, "archive": archive.archive_path, "database": f"{self.postgres}/{name}", "readers": "dask", "dask": dask}
        )
        open_database(settings, catalogue(settings.sources).values()).close()
        place = {
            "RAPOR_HOME": str(home),
            "RAPOR_ARCHIVE": settings.archive,
            "RAPOR_DATABASE": settings.database,
            "RAPOR_SOURCES": str(settings.sources),
            "RAPOR_READERS": "dask",
            "RAPOR_DASK": dask,
            "PREFECT_API_URL": self.prefect,
            "PREFECT_LOGGING_LEVEL": "ERROR",
        }
        load, parts = Load(os.getpid()), self._parts(dask)
        before = {name: cpu(pid) for name, pid in parts.items()}
        done = subprocess.run([sys.executable, "-c", CHILD], env=os.environ | place, capture_output=True, text=True, check=True)
        articles, claims, wall, flow = done.stdout.split()[-4:]
        time.sleep(1)  # sessions of the database count when they ended
        after = {name: cpu(pid) for name, pid in parts.items()}
        spent = {name: after[name] - before[name] for name in parts} | {"flow": float(flow)}
        everything = load.spent()
        return Run(int(articles), int(claims), float(wall), spent, everything.others / everything.wall), settings

    def _parts(self, dask: str) -> dict[str, int]:
        """Processes by what they are: the database, the server, the scheduler and each worker."""
        found: dict[str, int] = {}
        for pid in tree(os.getpid()):
            words = command(pid)
            if dask.rpartition(":")[2] in words and "scheduler" in words:
                found["scheduler"] = pid
            elif "worker" in words and dask in words:
                found[f"worker {pid}"] = pid
            elif "server" in words and "start" in words:
                found["server"] = pid
            elif "-D" in words and words[0].endswith("postgres"):
                found["database"] = pid
        return found


def plain(archive: Settings) -> tuple[float, Settings]:
    """Read an archive in this process into SQLite, as `rapor run` does; CPU seconds."""
    sources = catalogue(archive.sources)
    database = open_database(archive, sources.values())
    began = time.process_time()
    read_new(archive, database, sources)
    return time.process_time() - began, archive


def main() -> int:
    """Print every run, then the ratios; the exit code says whether anything differed from the plain run."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(running_postgres())
        bench = Bench(folder, postgres, stack.enter_context(prefect_server(folder / "prefect", free_port())))
        place = {"PREFECT_API_URL": bench.prefect, "PREFECT_HOME": str(folder / "prefect"), "RAPOR_HOME": str(folder)}
        small, large, warm = fill(folder / "small", count), fill(folder / "large", 2 * count), fill(folder / "warm", 200)
        alone, expected = plain(small)
        print(f"plain run of {count}: {alone:.1f} s of CPU", flush=True)
        runs: dict[str, list[Run]] = {"one": [], "two": [], "two, twice the articles": []}
        wrong = 0
        turns = ((1, {"one": small}), (2, {"two": small, "two, twice the articles": large}))
        for _, (workers, archives) in product(range(rounds), turns):
            with dask_cluster(workers, **place) as dask:
                bench.run(warm, dask)
                for name, archive in archives.items():
                    run, settings = bench.run(archive, dask)
                    runs[name].append(run)
                    differing = differences(known(expected), known(settings)) if archive is small else []
                    wrong += len(differing)
                    _say(name, run, differing)
    _ratios(runs)
    print(f"{wrong} differences from the plain run in {2 * rounds} runs")
    return min(wrong, 1)


def _say(name: str, run: Run, differing: list[object]) -> None:
    said = f"{name}: {run.articles} articles, wall {run.wall:.1f} s, CPU {run.cpu:.1f} s, others {run.others:.2f} cores; "
    print(said + ", ".join(f"{part.partition(' ')[0]} {spent:.1f}" for part, spent in run.parts.items()), *differing[:3], flush=True)


def _ratios(spent: dict[str, list[Run]]) -> None:
    rows = []
    for name, runs in spent.items():
        medians = [f"{statistics.median(getattr(run, part) for run in runs):.1f}" for part in ("wall", "cpu", "path", "others")]
        rows.append([name, str(runs[0].articles), str(runs[0].claims), *medians])
    table(("workers", "articles", "claims", "wall, s", "CPU, s", "path, s", "others, cores"), rows)
    one, two, twice = spent.values()
    for says, above, below, part in (
        ("two workers are faster than one by, wall", one, two, "wall"),
        ("two workers are faster than one by, path", one, two, "path"),
        ("twice the articles, wall", twice, two, "wall"),
        ("twice the articles, CPU", twice, two, "cpu"),
    ):
        ratios = [getattr(more, part) / getattr(less, part) for more, less in zip(above, below, strict=True)]
        print(f"{says}: {statistics.median(ratios):.2f} (of {', '.join(f'{ratio:.2f}' for ratio in ratios)})")


if __name__ == "__main__":
    sys.exit(main())
