"""`make run`: the loopback site up, one run of rapor over it, and what came of it. Everything is kept in `var/` between runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from store.model.errors import DriftError
from tests.site.server import ROLES, Site

ROOT = Path(__file__).resolve().parent.parent.parent
RAPOR = str(Path(sys.executable).with_name("rapor"))
SOURCES = ROOT / "var" / "demo-sources"
PORTS = range(8471, 8481, 2)
"""The first free pair is taken. The same ports next time mean the same addresses, so that nothing is fetched twice."""


def main() -> int:
    """Run it all; the exit code of the first step that fails."""
    site = open_site()
    if site is None:
        say(f"the ports {PORTS.start} to {PORTS.stop} are all taken on this machine; free two neighbours and try again")
        return 1
    with site:
        keys = [path.stem for path in site.write_sources(SOURCES)]
        say(f"a small news outlet answers at {site.url('outlet')}, a ministry at {site.url('ministry')}")
        hosts = [word for role in ROLES for word in ("--allow-host", site.netloc(role))]
        code = rapor("run", *keys, "--sources", str(SOURCES), *hosts, "--format", "table")
        say(f"{sum(site.requests.values())} requests were made")
    if code not in (0, DriftError.exit_code):
        return code
    say("\nwhat is known now:")
    code = rapor("ask", "evaluations", "--limit", "60", "--format", "table")
    return code or show_bandung()


def open_site() -> Site | None:
    """The site on the first free pair of ports, not yet entered."""
    for port in PORTS:
        try:
            with Site(port=port):
                pass
        except OSError:
            say(f"port {port} or {port + 1} is taken; trying the next pair (its addresses are new, so everything is fetched anew)")
            continue
        return Site(port=port)
    return None


def show_bandung() -> int:
    """The evaluation of the city of Bandung in the complaint handling competition of 2019, with its sentences."""
    command = [RAPOR, "ask", "evaluations", "--agency", "32.73", "--programme", "sp4n", "--year", "2019", "--format", "jsonl"]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if found.returncode or not found.stdout:
        say("the evaluation of Bandung is not there; it should be")
        return found.returncode or 1
    say("\none of them, with the words it was read from:")
    return rapor("show", json.loads(found.stdout.splitlines()[0])["key"])


def rapor(*words: str) -> int:
    """Run a command as a person would, its output going where ours goes."""
    sys.stdout.flush()
    return subprocess.run([RAPOR, *words], cwd=ROOT, check=False).returncode


def say(line: str) -> None:
    """Talk to the person who typed `make run`."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
