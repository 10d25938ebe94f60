"""`rapor read`: files in, readings out, whatever lies among them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import SHARED, require
from tests.flows.conftest import Rapor

TITLE = "Pemkab Sleman Raih Opini WTP dari BPK"
TEXT = (
    "SLEMAN - Pemerintah Kabupaten Sleman meraih opini Wajar Tanpa Pengecualian (WTP) dari Badan Pemeriksa Keuangan (BPK) "
    "atas Laporan Keuangan Pemerintah Daerah (LKPD) tahun 2021. Penyerahan berlangsung di Yogyakarta, Kamis (19/5/2022).\n"
    "Bupati Sleman menyampaikan terima kasih kepada seluruh jajaran yang sudah bekerja menyusun laporan itu."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three readable files in a folder, and two that are not."""
    place = tmp_path / "articles"
    place.mkdir()
    (place / "a.txt").write_text(f"{TITLE}\n\n{TEXT}\n", "utf-8")
    (place / "b.json").write_text(json.dumps({"key": "mine-1", "title": TITLE, "text": TEXT, "published": "2022-05-20"}), "utf-8")
    paragraphs = "".join(f"<p>{line}</p>" for line in TEXT.split("\n"))
    (place / "c.html").write_text(
        f"<html lang=id><head><title>{TITLE}</title><meta property='og:type' content='article'></head>"
        f"<body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>",
        "utf-8",
    )
    (place / "d.json").write_text("{not json", "utf-8")
    (place / "e.png").write_bytes(b"\x89PNG")
    return place


def test_a_folder_is_read_and_its_bad_file_named(rapor: Rapor, folder: Path) -> None:
    answer = rapor("read", "--format", "jsonl", str(folder))
    readings = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.code == 5
    assert len(readings) == 3
    assert [line for line in answer.err.splitlines() if "d.json" not in line] == []
    for reading in readings:
        assert set(reading) >= {"article", "agencies", "officials", "editions", "claims", "flags", "unread"}
        (claim,) = reading["claims"]
        assert (claim["recipient_key"], claim["predicate"], claim["edition_year"]) == ("34.04", "WTP", 2021)
        assert {"predicate", "edition_year", "giver"} <= set(claim["field_confidence"])
        for item in claim["evidence"]:
            assert reading["article"][item["in"]][item["start"] : item["end"]] == item["text"]


def test_the_key_of_article_json_is_kept(rapor: Rapor, folder: Path) -> None:
    (line,) = rapor("read", str(folder / "b.json")).out.splitlines()
    reading = json.loads(line)
    assert reading["article"]["key"] == "mine-1"
    assert (reading["article"]["title"], reading["article"]["text"]) == (TITLE, TEXT)


@pytest.mark.parametrize("name", ["missing.txt", "e.png", "empty.txt"])
def test_what_cannot_be_read_is_one_sentence(rapor: Rapor, folder: Path, name: str) -> None:
    (folder / "empty.txt").write_text("", "utf-8")
    answer = rapor("read", str(folder / name), str(folder / "a.txt"))
    assert answer.code == 5
    assert len(answer.out.splitlines()) == 1
    assert len(answer.err.splitlines()) == 1
    assert name in answer.err


def test_shapes_for_eyes_and_spreadsheets(rapor: Rapor, folder: Path) -> None:
    table = " ".join(rapor("read", "--format", "table", str(folder / "a.txt")).out.split())
    assert "Pemerintah Kabupaten Sleman: WTP" in table
    assert "recipient" in table
    sheet = rapor("read", "--format", "csv", str(folder / "b.json")).out.splitlines()
    assert sheet[0].startswith("article,programme,")
    assert sheet[1].startswith("mine-1,opini_bpk,2021,")


def test_saved_readings_can_be_asked_for_and_saving_twice_adds_nothing(rapor: Rapor, folder: Path) -> None:
    first = rapor("read", "--save", str(folder / "b.json"))
    assert first.code == 0
    assert "recorded 1 of 1" in first.err
    assert "recorded 0 of 1" in rapor("read", "--save", str(folder / "b.json")).err
    row = json.loads(rapor("ask", "evaluations", "--agency", "34.04").out)
    assert (row["programme"], row["predicate"]) == ("opini_bpk", "WTP")


def test_documents_are_read(rapor: Rapor) -> None:
    require("shared", SHARED.is_dir())
    (line,) = rapor("read", str(SHARED / "documents" / "ntb_pergub_100_2022.pdf")).out.splitlines()
    assert "PERATURAN GUBERNUR" in json.loads(line)["article"]["text"].upper()


def test_nothing_new_and_something_new(rapor: Rapor, folder: Path) -> None:
    assert rapor("read", "--new").code == 0
    assert rapor("read", "--new", str(folder)).code == 2
