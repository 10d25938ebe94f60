"""Documents as articles: the text of a decree, its annex of 99 rows over six pages, and everything that must be set aside."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import PageBreak, SimpleDocTemplate, Table, TableStyle

from extract.document import read_document
from extract.document.ocr import tesseract
from store.model.errors import ReadError
from store.model.records import Article
from tests.extract.decrees import (
    COLUMNS,
    OPENING,
    ORDERS,
    SUBJECT,
    TITLE,
    annex,
    archive,
    encrypted_pdf,
    far_corners,
    many_pages,
    pdf_bomb,
    pdf_decree,
    ruled,
    scan,
    word_decree,
    workbook_decree,
)

SHARED = Path(__file__).parents[3] / "shared" / "documents"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not on this machine")


def cells_of(article: Article) -> list[tuple[str, ...]]:
    return [tuple(article.text[start:end] for start, end in row.cells) for row in article.rows if not row.header]


def test_a_decree_of_99_rows_over_six_pages_as_pdf() -> None:
    article = read_document(pdf_decree(annex()), "application/pdf", "https://x.test/kepmen.pdf")
    assert cells_of(article) == annex()
    data = [row for row in article.rows if not row.header]
    assert [row.row for row in data] == list(range(1, 100))
    assert {row.table for row in data} == {0}
    assert len({row.page for row in data}) == 6
    assert data[0].page == 2
    assert article.title == f"{TITLE} {SUBJECT}"
    assert article.published == "2024-10-14"
    lines = article.text.split("\n")
    assert lines.count(" | ".join(COLUMNS)) == 1
    assert "Jaringan Dokumentasi" not in article.text
    assert not any(line.startswith("- ") and line.endswith(" -") for line in lines)
    assert lines[2:5] == [OPENING, f"1. {ORDERS[0]}", f"2. {ORDERS[1]}"]
    assert lines[-1] == "MENTERI PELAYANAN PUBLIK"


def test_a_row_broken_by_the_end_of_the_page_is_one_row() -> None:
    rows = annex(6)
    first = [*rows[:3], ("4", "Pemerintah Kabupaten", "LAYANAN 4: jemput berkas", rows[3][3], rows[3][4])]
    rest = [("", "Contoh 4", "warga di kampung", "", ""), *rows[4:]]
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build([ruled(first), PageBreak(), ruled(rest)])
    assert cells_of(read_document(buffer.getvalue(), "application/pdf")) == rows


def test_the_same_decree_as_docx() -> None:
    article = read_document(word_decree(annex()), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    assert cells_of(article) == annex()
    assert [row.row for row in article.rows if not row.header] == list(range(1, 100))
    assert article.rows[1].page == 1
    assert article.rows[-1].page == 5
    assert article.title == f"{TITLE} {SUBJECT}"
    assert f"1. {ORDERS[0]}\n2. {ORDERS[1]}" in article.text


def test_the_same_decree_as_workbook() -> None:
    article = read_document(workbook_decree(annex()), "application/vnd.ms-excel")
    expected = [(*row[:4], row[4].rstrip("0").rstrip(",")) for row in annex()]
    assert cells_of(article) == expected
    assert {row.page for row in article.rows} == {2}
    assert article.text.startswith(f"Sampul\n{TITLE} {SUBJECT}\nLampiran\nLAMPIRAN KEPUTUSAN\nNo | Instansi")


def test_merged_cells_stand_under_every_row_and_column() -> None:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, texts in enumerate([("No", "Daerah", "Zona"), ("KABUPATEN", "", ""), ("1", "Kabupaten A", "Hijau"), ("2", "Kabupaten B", "")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(1, 2))
    table.cell(2, 2).merge(table.cell(3, 2))
    buffer = io.BytesIO()
    document.save(buffer)
    article = read_document(buffer.getvalue(), "")
    assert cells_of(article) == [("KABUPATEN",), ("1", "Kabupaten A", "Hijau"), ("2", "Kabupaten B", "Hijau")]
    assert article.text == "No | Daerah | Zona\nKABUPATEN\n1 | Kabupaten A | Hijau\n2 | Kabupaten B"


def test_a_heading_of_two_rows_with_numbered_columns_heads_the_table() -> None:
    buffer = io.BytesIO()
    cells = [
        ["No", "Instansi", "Hasil", ""],
        ["", "", "Nilai", "Predikat"],
        ["1", "2", "3", "4"],
        ["1", "Kota A", "80,10", "A"],
        ["2", "Kota B", "71,00", "BB"],
    ]
    table = Table(cells)
    spans = [("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 0), (1, 1)), ("SPAN", (2, 0), (3, 0))]
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]))
    SimpleDocTemplate(buffer, pagesize=A4).build([table])
    article = read_document(buffer.getvalue(), "application/pdf")
    assert [row.header for row in article.rows] == [True, True, True, False, False]
    assert cells_of(article) == [("1", "Kota A", "80,10", "A"), ("2", "Kota B", "71,00", "BB")]
    first = article.rows[1]
    assert [article.text[start:end] for start, end in first.cells] == ["No", "Instansi", "Nilai", "Predikat"]


def test_a_scan_is_set_aside_where_there_is_no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    tesseract.cache_clear()
    with pytest.raises(ReadError, match="scan without a text layer"):
        read_document(scan(), "application/pdf", "https://x.test/scan.pdf")
    tesseract.cache_clear()


@pytest.mark.skipif(tesseract() is None, reason="tesseract with Indonesian is not installed")
def test_a_scan_is_read_by_ocr() -> None:
    article = read_document(scan(), "application/pdf")
    assert "Pemerintah Kota Contoh menerima penghargaan" in article.text


def test_a_scanned_page_behind_a_cover_of_text() -> None:
    article = read_document(scan(cover="Siaran pers tentang penghargaan pelayanan publik bagi Pemerintah Kota Contoh."), "application/pdf")
    assert article.text.startswith("Siaran pers tentang penghargaan")
    assert ("menerima penghargaan" in article.text) == (tesseract() is not None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param(lambda: b"", "empty", id="empty"),
        pytest.param(lambda: b"Halo dunia, ini hanya teks biasa.", "no PDF, DOCX", id="text"),
        pytest.param(lambda: b"%PDF-1.7\n%broken\n%%EOF", "broken", id="broken-pdf"),
        pytest.param(lambda: pdf_decree(annex(50))[:3000], "cut off", id="cut-pdf"),
        pytest.param(encrypted_pdf, "encrypted", id="encrypted-pdf"),
        pytest.param(lambda: many_pages(1000), "1,000 pages", id="long-pdf"),
        pytest.param(pdf_bomb, "bomb", id="bomb-pdf"),
        pytest.param(lambda: b"PK\x03\x04 tidak ada apa-apa di sini", "broken", id="broken-zip"),
        pytest.param(lambda: archive({"catatan.txt": b"x"}), "without a document", id="zip"),
        pytest.param(lambda: archive({"word/document.xml": b"\x00" * 90_000_000}), "bomb", id="bomb-docx"),
        pytest.param(lambda: archive({"word/document.xml": b"<salah"}), "broken", id="broken-docx"),
        pytest.param(lambda: archive({"xl/workbook.xml": b"<salah"}), "broken", id="broken-xlsx"),
        pytest.param(far_corners, "cells", id="sparse-xlsx"),
        pytest.param(
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted", id="encrypted-xlsx"
        ),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "old Word", id="doc"),
        pytest.param(lambda: b"x" * 41_000_000, "bytes", id="huge"),
    ],
)
def test_a_bad_document_is_set_aside_with_its_reason(body: object, reason: str) -> None:
    assert callable(body)
    with pytest.raises(ReadError, match=reason) as caught:
        read_document(body(), "application/octet-stream", "https://x.test/berkas")
    assert str(caught.value).startswith("https://x.test/berkas: ")


def test_a_page_under_a_workbooks_name_is_read_as_a_page() -> None:
    body = "<html><body><table><tr><th>No</th><th>Daerah</th></tr><tr><td>1</td><td>Kabupaten A</td></tr></table></body></html>"
    article = read_document(body.encode(), "application/vnd.ms-excel")
    assert cells_of(article) == [("1", "Kabupaten A")]


@needs_shared
def test_real_regulations_are_read_a_paragraph_a_line() -> None:
    article = read_document((SHARED / "ntb_pergub_2_2024_kinerja_asn.pdf").read_bytes(), "application/pdf")
    assert article.title.startswith("PERATURAN GUBERNUR NUSA TENGGARA BARAT NOMOR 2 TAHUN 2024")
    assert article.published == "2024-01-11"
    lines = article.text.split("\n")
    assert sum(line.startswith("Pasal ") and len(line) < 10 for line in lines) >= 30
    assert not any(line.isdigit() for line in lines)


@needs_shared
def test_a_real_workbook_and_a_real_scan() -> None:
    article = read_document((SHARED / "bolmong_perbup_26_2016_struktur_opd.xlsx").read_bytes(), "")
    assert len({row.page for row in article.rows}) > 40
    if tesseract() is None:
        with pytest.raises(ReadError, match="scan"):
            read_document((SHARED / "ntb_se_transformasi_budaya_scan.pdf").read_bytes(), "")
