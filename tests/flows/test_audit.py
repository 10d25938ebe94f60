"""Samples drawn, judged by file and in a terminal, and what is shown of them; the queue walked in a terminal."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from store.sql.database import Database
from tests.flows.conftest import Rapor

ROOT = Path(__file__).resolve().parents[2]


def typed(home: Path, keys: str, *words: str) -> str:
    """Call `rapor` in a terminal of its own, type the keys, and give what stood on the screen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from flows.cli import main; main()", *words]
    environment = {**os.environ, "RAPOR_HOME": str(home), "COLUMNS": "120"}
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=ROOT, env=environment)
    os.close(theirs)
    os.write(ours, keys.encode())
    seen = bytearray()
    try:
        while part := os.read(ours, 65536):
            seen += part
    except OSError:  # the terminal is gone with its last process
        pass
    assert child.wait() == 0, seen.decode(errors="replace")
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", seen.decode())


def test_a_sample_is_judged_on_a_sheet(rapor: Rapor, database: Database, tmp_path: Path) -> None:
    sheet = rapor("audit", "--sample", "5", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(sheet.out))
    assert (row["recipient_name"], row["result"], row["verdict"]) == ("Pemerintah Kabupaten Sleman", "WTP", "")
    assert "kembali meraih opini Wajar Tanpa Pengecualian" in row["sentence"]
    filled = tmp_path / "sheet.csv"
    with filled.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow({**row, "verdict": "Right"})
    judged = rapor("audit", "--judge", str(filled), "--by", "ana")
    assert "100.0 % right (95 % interval 20.6 to 100.0 %); 1 of 1 judged" in judged.err
    (listed,) = [json.loads(line) for line in rapor("audit").out.splitlines()]
    assert (listed["key"], listed["population"], listed["accuracy_pct"], listed["low_pct"]) == (row["sample"], 1, 100.0, 20.65)
    assert "100.0 % right" in rapor("status").err
    assert json.loads(rapor("audit", row["sample"], "--format", "jsonl").out)["judged_by"] == "ana"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (None, "cannot be read"),
        ("a,b\n1,2\n", "the columns sample, place and verdict are needed"),
        ("sample,place,verdict\nx,1,\n", "holds no verdict"),
        ("sample,place,verdict\nx,1,right\n", "the sample x has no place 1"),
        ("sample,place,verdict\nx,one,right\n", "'one' is no place"),
        ('{"sample": "x", "place": 1, "verdict": "fine"}\n', "'fine' is no verdict"),
        ('{"sample": "x", \n', "is no sheet"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_by_name(
    rapor: Rapor, database: Database, tmp_path: Path, text: str | None, sentence: str
) -> None:
    path = tmp_path / "sheet"
    if text is not None:
        path.write_text(text)
    refused = rapor("audit", "--judge", str(path), "--by", "ana")
    assert refused.code == 2
    assert sentence in refused.err


def test_a_sample_is_judged_in_a_terminal_and_gone_on_with(rapor: Rapor, database: Database, home: Path) -> None:
    screen = typed(home, "s\n", "audit", "--sample", "3", "--by", "ana")
    assert "1 of 1" in screen
    assert "[Pemkab Sleman]" in screen
    assert "nothing judged yet of 1" in screen
    key = json.loads(rapor("audit").out)["key"]
    assert "0.0 % right" in typed(home, "?\nw\n", "audit", key, "--by", "ana")
    assert json.loads(rapor("audit").out)["wrong_count"] == 1


def test_the_queue_is_walked_in_a_terminal(rapor: Rapor, database: Database, home: Path) -> None:
    refused = rapor("review", "--by", "ana")
    assert refused.code == 2
    assert "`rapor review queue` lists it" in refused.err
    assert "cannot be corrected" in typed(home, "c\nnothing\n1\nno reason\n", "review", "--by", "ana")
    screen = typed(home, "c\nrank\n2\nmisread\n", "review", "--by", "ana")
    assert "stands" in screen
    assert "1 of 1 decided" in screen
    assert re.search(r"in doubt +edition_year 2021 \(0,41\), giver Badan Pemeriksa Keuangan \(0,66\)\r?\n", screen), (
        "the plain predicate is not told"
    )
    assert re.search(r"1 independent source, \d+ article", screen)
    assert json.loads(rapor("ask", "evaluations").out)["rank"] == 2
    decision = json.loads(rapor("decide", "list").out)
    assert (decision["kind"], decision["reason"], decision["made_by"]) == ("correct", "misread", "ana")
    shown = rapor("show", decision["target_key"]).out
    assert f"correct rank to 2 by ana: misread (decision {decision['key']})" in shown
    assert "nothing waits for a look" in typed(home, "", "review", "--by", "ana")
    assert "nothing waits for a look" in rapor("review", "queue", "--format", "table").err
    assert "no unresolved name is near a known body" in rapor("review", "bodies", "--format", "table").err
