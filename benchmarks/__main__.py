"""Runs every benchmark in turn, each in a process of its own, so that none warms up or weighs on the next: `python -m benchmarks`.

Names as arguments choose among them: `python -m benchmarks reading registry`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MATERIAL = ("measure", "everyday", "invented", "outlet")
"""What the benchmarks are made of; none by itself."""


def scripts() -> list[str]:
    """Names of all benchmarks: every module of this folder without an underscore."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py") if path.stem not in MATERIAL)


def main(chosen: list[str]) -> int:
    """Run the chosen benchmarks, or all; the exit code counts those that failed."""
    unknown = sorted(set(chosen) - set(scripts()))
    if unknown:
        raise SystemExit(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(scripts())}")
    failed = 0
    for name in chosen or scripts():
        print(f"\n== {name}", flush=True)
        failed += subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
