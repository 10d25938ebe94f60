"""Cues are read strictly: a class that nobody asks for is a slip of the pen."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.cues import CLASSES, load_cues
from store.model.errors import SourceError


def test_every_class_has_cues() -> None:
    assert {meaning for _, meaning in load_cues()} == CLASSES


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("form,class\nmeraih,receive\nraih,recieve\n", "line 3"),
        ("form,class\n,receive\n", "line 2"),
        ("form,meaning\nraih,receive\n", "columns"),
        ("form,class\nraih\n", "line 2"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "cues.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=told):
        load_cues(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"cues\.csv is missing"):
        load_cues(tmp_path / "cues.csv")
