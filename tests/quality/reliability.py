"""`python -m tests.quality.reliability [--svg FILE]`: does confidence mean what it says? Claims by confidence, and the share that is right.

A claim is right where body, prize, year and result are. A value is asked about where the claim's body and prize are right. The expected
calibration error weighs each bin's distance between mean confidence and share right by its claims. The figures of blind count: on the
other parts the weights have seen the answers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.field_confidence import KINDS, SCORED
from extract.lexicon import load_registry
from extract.reader import Reader
from tests.quality.__main__ import DEVELOPMENT
from tests.quality.scoring import FieldJudged, outcomes, read_gold
from tests.quality.splits import PARTS, paths

BINS = 10
SURE = 0.9
Judged = Sequence[tuple[float, bool]]
"""Confidence of a claim or value, and whether it is right."""


@dataclass(frozen=True)
class Bin:
    """Claims of like confidence."""

    claims: int
    confidence: float
    right: float


def bins(judged: Judged) -> list[Bin]:
    """Claims in tenths of confidence, empty tenths left out."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        tenths.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, right))
    return [
        Bin(len(rows), sum(confidence for confidence, _ in rows) / len(rows), sum(right for _, right in rows) / len(rows))
        for _, rows in sorted(tenths.items())
    ]


def calibration_error(judged: Judged) -> float:
    """The expected calibration error; 0 where there is no claim."""
    return sum(each.claims * abs(each.confidence - each.right) for each in bins(judged)) / max(1, len(judged))


def precision_from(judged: Judged, least: float) -> tuple[float, int]:
    """The share right among claims of at least this confidence, and their number."""
    kept = [right for confidence, right in judged if confidence >= least]
    return sum(kept) / max(1, len(kept)), len(kept)


def by_field(judged: Iterable[FieldJudged]) -> dict[str, list[tuple[float, bool]]]:
    """Values by field, in the order of the model. Raises ValueError where one carries no confidence."""
    fields: dict[str, list[tuple[float, bool]]] = {name: [] for name in (*SCORED, *KINDS)}
    for each in judged:
        if each.said is None:
            raise ValueError(f"a value of {each.field} carries no confidence")
        fields[each.field].append((each.said, each.right))
    return fields


def field_table(judged: Iterable[FieldJudged]) -> str:
    """The table of the model card: values of each field, mean confidence, share right, calibration error."""
    lines = ["| field | values | said | right | calibration error |", "|---|---|---|---|---|"]
    for name, values in by_field(judged).items():
        if not values:
            lines.append(f"| {name} | 0 | – | – | – |")
            continue
        said, right = (sum(column) / len(values) for column in zip(*values, strict=True))
        lines.append(f"| {name} | {len(values)} | {said:.2f} | {right:.2f} | {calibration_error(values):.3f} |")
    return "\n".join(lines) + "\n"


def drawn(judged: Judged) -> str:
    """The bins as an SVG: confidence to the right, share right upwards, the diagonal where both agree; area by claims."""
    size, edge = 240, 40
    whole = size + edge + 10

    def place(x: float, y: float) -> tuple[float, float]:
        return edge + x * size, 10 + (1 - y) * size

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole + 10}" font-family="sans-serif" font-size="11">',
        "<title>Confidence of claims against the share that is right, blind articles</title>",
        f'<rect width="{whole}" height="{whole + 10}" fill="#fff"/>',
        f'<path d="M{edge} 10V{10 + size}H{edge + size}" fill="none" stroke="#444"/>',
        f'<path d="M{edge} {10 + size}L{edge + size} 10" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for mark in (0.0, 0.5, 1.0):
        x, y = place(mark, mark)
        parts += [f'<text x="{x}" y="{24 + size}" text-anchor="middle">{mark:g}</text>']
        parts += [f'<text x="{edge - 5}" y="{y + 4}" text-anchor="end">{mark:g}</text>']
    parts.append(f'<text x="{edge + size / 2}" y="{40 + size}" text-anchor="middle">confidence</text>')
    parts.append(f'<text transform="translate(11 {10 + size / 2}) rotate(-90)" text-anchor="middle">share right</text>')
    for each in bins(judged):
        x, y = place(each.confidence, each.right)
        radius = max(2.0, 60 * (each.claims / len(judged) / 3.14) ** 0.5)
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="#1a6" fill-opacity=".6"><title>{each.claims} claims</title></circle>'
        )
    return "\n".join([*parts, "</svg>", ""])


def main() -> None:
    """Print the table of every part, and for blind that of fields; with --svg, draw the claims of blind."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--svg", type=Path, help="where the plot of blind is written")
    args = parser.parse_args()
    parts: dict[str, list[Path]] = {part: list(paths(part)) for part in PARTS}
    if DEVELOPMENT.is_dir():
        parts["dev"] = sorted(DEVELOPMENT.glob("*.json"))
    reader = Reader(load_registry())
    for part, files in parts.items():
        read = outcomes(reader, read_gold(files))
        judged = [one for item in read for one in item.judged]
        sure, many = precision_from(judged, SURE)
        sys.stdout.write(f"{part}: {len(judged)} claims, calibration error {calibration_error(judged):.3f}, ")
        sys.stdout.write(f"right from {SURE} on: {sure:.3f} of {many}\n")
        for each in bins(judged):
            sys.stdout.write(f"  {each.claims:5}  said {each.confidence:.2f}  right {each.right:.2f}\n")
        if part == "blind":
            sys.stdout.write(field_table(one for item in read for one in item.fields))
        if part == "blind" and args.svg:
            args.svg.write_text(drawn(judged), encoding="utf-8")


if __name__ == "__main__":
    main()
