"""What a release costs in each format, and whether memory stays flat while it grows tenfold. Invented evaluations."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.invented import FACTS, generate
from benchmarks.measure import table
from store.release.entities import write_entities
from store.release.formats import write_csv, write_parquet
from store.release.linked import write_linked
from store.release.shelf import open_release

SIZES = (10_000, 100_000)
FORMATS = ("parquet", "csv", "entities", "linked")


def main() -> int:
    """Print CPU time and peak memory of every format at both sizes."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            place = Path(folder) / str(size)
            place.mkdir()
            generate(place / "rapor.sqlite", size, size // 5)
            for name in FORMATS:
                command = [sys.executable, "-m", "benchmarks.release", name, str(place)]
                spent, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
                rows.append([name, f"{size:,}", f"{float(spent) / size * 1e6:.0f}", f"{float(peak):.0f}"])
    table(("format", "evaluations", "µs each", "peak MB"), rows)
    return 0


def one(name: str, folder: Path) -> None:
    """Write one format in this process; print its CPU seconds and the peak of memory in MB."""
    with closing(open_release(folder)) as release:
        begin = time.process_time()
        match name:
            case "parquet":
                write_parquet(release, folder / "parquet")
            case "csv":
                write_csv(release, folder / "csv")
            case "entities":
                write_entities(release, folder / "entities.ftm.json")
            case _:
                write_linked(release, folder / "evaluations.jsonld", FACTS)
        print(time.process_time() - begin, _peak())


def _peak() -> float:
    """The most memory this process has held, in MB. Not `ru_maxrss`: that one is inherited from whoever started it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        one(sys.argv[1], Path(sys.argv[2]))
    else:
        sys.exit(main())
