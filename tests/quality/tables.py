"""How many rows of bodies' own lists of awards are told right, by the way a claim was made: `python -m tests.quality.tables`.

Counts our own tables and, where ../shared is there, a city's real one (the holders of its rows are facts, in `HOLDERS`). A claim is right
when its recipient holds the award; Wilson's lower bound of the share is the confidence that `extract.tables.own_awards` gives. The rules
were made on these rows, so the lower bound is taken, not the share.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.article import read_html
from extract.lexicon import load_registry
from extract.reader import Reader
from extract.tables import Outcome
from extract.tables.own_awards import BY_DEFAULT, NAMED
from store.model.records import Article, Claim
from store.sql.wilson import wilson
from tests.quality.own_tables import TABLES, OwnTable

REAL = Path(__file__).parents[3] / "shared" / "pages" / "depok_penghargaan_table_2021.html"
_UNITS = {
    "32.76/disdukcapil": (4, 8, 34, 36, 49), "32.76/satpol_pp": (2, 48), "32.76/dinkes": (21,), "32.76/damkar": (35, 39),
    "32.76/dlhkp": (13, 24, 79), "32.76/dpupr": (31,), "32.76/bkpsdm": (84,), "32.76/disnaker": (87,), "32.76/smpn-5": (33,),
    "32.76/kelurahan-tanah-baru": (9,), "kpu/kpu-kota-depok": (54,), "baznas/baznas-depok": (1, 81), "32.76/dpapmk": (23,),
    "32.76/kelurahan-rangkapan-jaya-baru": (28,), "32.76/kelurahan-mampang": (28,), "32.76/kelurahan-bojong-pondok-terong": (28,),
    "32.76": (
        5, 7, 14, 15, 20, 26, 30, 32, 40, 42, 44, 46, 52, 53, 55, 58, 59, 64, 67, 68, 69, 70, 72, 73, 75, 76, 77, 78, 80, 82, 83, 86, 88,
        89, 90, 91,
    ),
}  # fmt: skip
HOLDERS = {row: frozenset(key for key, rows in _UNITS.items() if row in rows) for row in range(1, 92)}
"""Row of the real table → keys of the public bodies that hold its award; none where it is a person's, a group's or a thing's."""
WAYS = {NAMED: "the row names its holder", BY_DEFAULT: "the row names nobody: the list's own body"}


def page(table: OwnTable) -> Article:
    """An own table as a page."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in row.split('|'))}</tr>" for row in (table.head, *_texts(table)))
    body = f"<html lang='id'><body><h1>{table.title}</h1><div class='isi'><table>{rows}</table></div></body></html>"
    return read_html(body.encode(), table.url)


def _texts(table: OwnTable) -> Iterator[str]:
    yield from (text for text, _ in table.rows)


def rows(reader: Reader) -> Iterator[tuple[str, Outcome, frozenset[str]]]:
    """Every row with where it stands, what became of it and who holds its award."""
    for table in TABLES:
        outcomes = reader.scene_and_rows(page(table))[1]
        for (text, keys), outcome in zip(table.rows, outcomes, strict=True):
            yield f"{table.name}: {text}", outcome, frozenset(keys)
    if REAL.is_file():
        outcomes = reader.scene_and_rows(read_html(REAL.read_bytes(), None))[1]
        for number, outcome in enumerate(outcomes, start=1):
            yield f"the real table, row {number}", outcome, HOLDERS[number]


def way(claim: Claim) -> str:
    """How a claim came about."""
    return WAYS.get(claim.confidence, "read as an article, scored")


def count(told: Iterable[tuple[str, Outcome, frozenset[str]]]) -> tuple[Counter[tuple[str, bool]], int, list[str]]:
    """Claims by way and whether right, holders nobody told, and a line for each fault."""
    right: Counter[tuple[str, bool]] = Counter()
    missed, faults = 0, []
    for where, outcome, keys in told:
        found = {claim.recipient_key or claim.recipient_name for claim in outcome.claims}
        for claim in outcome.claims:
            right[way(claim), (claim.recipient_key or claim.recipient_name) in keys] += 1
        missed += len(keys - found)
        if found != keys:
            faults.append(f"{where}: told {sorted(found) or outcome.reason}, held by {sorted(keys) or 'no public body'}")
    return right, missed, faults


def main() -> None:
    """Print the shares and the faults."""
    right, missed, faults = count(rows(Reader(load_registry())))
    for name in sorted({name for name, _ in right}):
        hits, total = right[name, True], right[name, True] + right[name, False]
        sys.stdout.write(f"{name}: {hits} of {total} right, Wilson's lower bound {(wilson(hits, total)[0] or 0) / 100:.2f}\n")
    sys.stdout.write("\n".join((f"{missed} holders were not told", *faults, "")))


if __name__ == "__main__":
    main()
