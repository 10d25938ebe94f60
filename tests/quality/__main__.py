"""`python -m tests.quality`: the figures of the reader on train, tune, blind, and on the development articles beside the repository."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.errors import UsageError
from tests.quality.floors import FLOORS, raised, read_floors, write_floors
from tests.quality.published import PUBLISHED, write_published
from tests.quality.scoring import Figures, Outcome, digest_of, figures, outcomes, read_gold
from tests.quality.splits import PARTS, paths

DEVELOPMENT = Path(__file__).resolve().parents[3] / "shared" / "eval" / "dev"
HELD_TO = ("tune", "blind")
"""The parts that have floors."""


def main() -> int:
    """Print the table; with --update, raise the floors to it."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=main.__doc__)
    parser.add_argument("--update", action="store_true", help="write floors.json from today's figures; refuses to lower a floor")
    parser.add_argument("--allow-regression", action="store_true", help="with --update: lower floors too")
    parser.add_argument("--publish", action="store_true", help="write the figures that releases carry")
    parser.add_argument("--errors", nargs="+", default=[], metavar="PART", help="say what went wrong in these parts, article by article")
    args = parser.parse_args()
    parts: dict[str, list[Path]] = {part: list(paths(part)) for part in PARTS}
    if DEVELOPMENT.is_dir():
        parts["dev"] = sorted(DEVELOPMENT.glob("*.json"))
    reader = Reader(load_registry())
    measured: dict[str, tuple[Figures, str]] = {}
    judged: dict[str, list[Outcome]] = {}
    sys.stdout.write(f"{'':6} articles  found F1 (95%)        right F1 (95%)        silent      quoted\n")
    for part, files in parts.items():
        results = outcomes(reader, read_gold(files))
        judged[part] = results
        measured[part] = (figures(results), digest_of(files))
        sys.stdout.write(_line(part, measured[part][0]))
        for item in results if part in args.errors else ():
            sys.stderr.write("".join(f"{item.key}: {fault}\n" for fault in item.faults))
    if args.publish:
        write_published({part: results for part, results in judged.items() if part in PARTS})
        sys.stderr.write(f"wrote {PUBLISHED.name}\n")
    if args.update:
        held = {part: measured[part] for part in HELD_TO}
        try:
            write_floors(raised(held, read_floors(), allow_regression=args.allow_regression))
        except UsageError as error:
            sys.stderr.write(f"{error}\n")
            return error.exit_code
        sys.stderr.write(f"wrote {FLOORS.name}\n")
    return 0


def _line(part: str, f: Figures) -> str:
    found = f"{f.found:.3f} ({f.found_between[0]:.3f} to {f.found_between[1]:.3f})"
    right = f"{f.right:.3f} ({f.right_between[0]:.3f} to {f.right_between[1]:.3f})"
    return f"{part:6} {f.articles:8}  {found} {right} {f.silent:.3f} of {f.quiet_articles:<3} {f.quoted:.4f} of {f.fields}\n"


if __name__ == "__main__":
    sys.exit(main())
