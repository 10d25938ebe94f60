"""The ministry's attachments, written when asked for, the same bytes each time: a decree (PDF), a letter (DOCX), a workbook (XLSX)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

WRITTEN = datetime(2024, 1, 5, 9, 0, tzinfo=UTC)
ZIP_TIME = (2024, 1, 5, 9, 0, 0)


@dataclass(frozen=True)
class Annex:
    """What a document holds: the text before its table, the columns, and the rows; a row of one cell heads a group."""

    title: str
    preamble: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def entries(self) -> tuple[tuple[str, ...], ...]:
        """The rows that hold a result, without the group headings."""
        return tuple(row for row in self.rows if len(row) == len(self.columns))


DECREE = Annex(
    title="KEPUTUSAN MENTERI PENDAYAGUNAAN APARATUR NEGARA DAN REFORMASI BIROKRASI NOMOR 718 TAHUN 2023 "
    "TENTANG TOP INOVASI PELAYANAN PUBLIK TERPUJI TAHUN 2023",
    preamble=(
        "Menimbang: bahwa untuk mendorong perbaikan pelayanan publik telah dilaksanakan Kompetisi Inovasi Pelayanan Publik Tahun 2023;",
        "Mengingat: Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik;",
        "MEMUTUSKAN: Menetapkan inovasi sebagaimana tercantum dalam Lampiran sebagai Top Inovasi Pelayanan Publik Terpuji Tahun 2023.",
        "Ditetapkan di Jakarta pada tanggal 21 November 2023. Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi, "
        "Abdullah Azwar Anas.",
    ),
    columns=("No", "Instansi", "Inovasi", "Predikat"),
    rows=(
        ("1", "Kementerian Kesehatan", "SAPA BUNDA: Pendampingan Ibu Hamil Berisiko", "Top 45"),
        ("2", "Badan Pengawas Obat dan Makanan", "LABKELILING: Uji Pangan di Pasar", "Top 45"),
        ("3", "Pemerintah Provinsi Jawa Tengah", "JEMPUT ASA: Layanan Disabilitas di Desa", "Top 45"),
        ("4", "Pemerintah Provinsi Sumatera Barat", "NAGARI CERDAS BENCANA", "Top 45"),
        ("5", "Pemerintah Kabupaten Banyuwangi", "KLINIK TUMBUH: Cegah Tengkes dari Dapur", "Top 45"),
        ("6", "Pemerintah Kabupaten Sumedang", "TAHU DESA: Data Kemiskinan Satu Layar", "Outstanding"),
        ("7", "Pemerintah Kabupaten Gunungkidul", "TANDON AIR WARGA", "Top 45"),
        ("8", "Pemerintah Kabupaten Maros", "PERAHU SEHAT: Puskesmas Terapung", "Top 45"),
        ("9", "Pemerintah Kota Surabaya", "SIDANG KELILING ADMINDUK", "Outstanding"),
        ("10", "Pemerintah Kota Padang", "RANTANG LANSIA", "Top 45"),
        ("11", "Pemerintah Kota Denpasar", "SIAGA BANJAR: Ambulans Lingkungan", "Top 45"),
        ("12", "Pemerintah Kota Pontianak", "PARIT BERSIH", "Top 45"),
    ),
)
LETTER = Annex(
    title="HASIL EVALUASI AKUNTABILITAS KINERJA INSTANSI PEMERINTAH TAHUN 2023",
    preamble=(
        "Nomor: B/112/AA.05/2024. Hal: Hasil Evaluasi Akuntabilitas Kinerja Instansi Pemerintah Tahun 2023.",
        "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi menyampaikan nilai dan predikat SAKIP Tahun 2023 "
        "sebagaimana tabel berikut.",
    ),
    columns=("No", "Instansi", "Nilai", "Predikat"),
    rows=(
        ("PEMERINTAH PROVINSI",),
        ("1", "Provinsi Jawa Tengah", "84,12", "A"),
        ("2", "Provinsi Bali", "72,65", "BB"),
        ("3", "Provinsi Maluku Utara", "58,90", "CC"),
        ("PEMERINTAH KABUPATEN",),
        ("4", "Bantul", "83,04", "A"),
        ("5", "Kulon Progo", "80,77", "A"),
        ("6", "Lamongan", "73,18", "BB"),
        ("7", "Solok", "64,51", "B"),
        ("8", "Bandung", "71,36", "BB"),
        ("PEMERINTAH KOTA",),
        ("9", "Bandung", "81,29", "A"),
        ("10", "Solok", "70,02", "BB"),
        ("11", "Tebing Tinggi", "62,44", "B"),
        ("12", "Sorong", "49,73", "C"),
    ),
)
WORKBOOK = Annex(
    title="INDEKS SISTEM PEMERINTAHAN BERBASIS ELEKTRONIK (SPBE) TAHUN 2023",
    preamble=("Keputusan Menteri PANRB Nomor 13 Tahun 2024, Lampiran II",),
    columns=("No", "Instansi", "Indeks", "Predikat"),
    rows=(
        ("Kementerian/Lembaga",),
        ("1", "Kementerian Keuangan", "4,56", "Memuaskan"),
        ("2", "Badan Pusat Statistik", "4,21", "Memuaskan"),
        ("3", "Arsip Nasional Republik Indonesia", "3,74", "Sangat Baik"),
        ("4", "Kementerian Pemuda dan Olahraga", "2,88", "Baik"),
        ("Kabupaten",),
        ("5", "Pemerintah Kabupaten Sumedang", "4,33", "Memuaskan"),
        ("6", "Pemerintah Kabupaten Bone Bolango", "3,12", "Baik"),
        ("7", "Pemerintah Kabupaten Bone", "2,47", "Cukup"),
        ("8", "Pemerintah Kabupaten Nduga", "1,42", "Kurang"),
        ("Kota",),
        ("9", "Pemerintah Kota Surakarta", "4,28", "Memuaskan"),
        ("10", "Pemerintah Kota Malang", "3,91", "Sangat Baik"),
        ("11", "Pemerintah Kota Bima", "2,93", "Baik"),
        ("12", "Pemerintah Kota Tual", "1,77", "Kurang"),
    ),
)


def decree_pdf(annex: Annex) -> bytes:
    """A decree with a running header and a ruled table that breaks over two pages, its header row repeated."""
    buffer = io.BytesIO()
    style = getSampleStyleSheet()
    plain = style["BodyText"]
    cells = [list(annex.columns)] + [[Paragraph(cell, plain) for cell in row] for row in annex.entries]
    table = Table(cells, colWidths=(30, 170, 190, 80), repeatRows=1, rowHeights=[24] + [52] * len(annex.entries))
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))

    def header(canvas, document) -> None:  # type: ignore[no-untyped-def]
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(A4[0] / 2, A4[1] - 28, f"SALINAN - {document.page} -")

    parts = [Paragraph(annex.title, style["Heading3"]), Spacer(1, 12), *(Paragraph(line, plain) for line in annex.preamble), PageBreak()]
    parts += [Paragraph("LAMPIRAN", style["Heading4"]), Paragraph(annex.title, plain), Spacer(1, 12), table]
    document = SimpleDocTemplate(buffer, pagesize=A4, invariant=1, title=annex.title.title(), author="Biro Hukum")
    document.build(parts, onFirstPage=header, onLaterPages=header)
    return buffer.getvalue()


def letter_docx(annex: Annex) -> bytes:
    """A letter with a table whose group headings are merged over all columns; the bare names below take their kind from them."""
    document = docx.Document()
    document.add_heading(annex.title, level=1)
    for line in annex.preamble:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(annex.columns))
    table.style = "Table Grid"
    for row in (annex.columns, *annex.rows):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for cell, value in zip(cells, row, strict=True):
            cell.text = value
    document.add_paragraph("Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.")
    document.core_properties.created = document.core_properties.modified = WRITTEN.replace(tzinfo=None)
    buffer = io.BytesIO()
    document.save(buffer)
    return _steady(buffer.getvalue())


def workbook_xlsx(annex: Annex) -> bytes:
    """A workbook with one sheet a group, a merged title, an empty row, the header row, and numbers as numbers."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    sheet = None
    for row in annex.rows:
        if len(row) == 1:
            sheet = book.create_sheet(row[0].replace("/", "-"))
            sheet.append([annex.title])
            sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(annex.columns))
            sheet.append([annex.preamble[0]])
            sheet.append([])
            sheet.append(list(annex.columns))
        elif sheet is not None:
            number, body, value, predicate = row
            sheet.append([int(number), body, float(value.replace(",", ".")), predicate])
    book.properties.created = WRITTEN.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return _steady(buffer.getvalue())


def _steady(package: bytes) -> bytes:
    """An Office package with every time in it fixed, so that its bytes are the same in every run."""
    out = io.BytesIO()
    stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            target.writestr(zipfile.ZipInfo(name, ZIP_TIME), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


FILES: dict[str, tuple[str, Annex, Callable[[Annex], bytes]]] = {
    "kepmenpanrb-718-2023-top-inovasi.pdf": ("application/pdf", DECREE, decree_pdf),
    "hasil-evaluasi-sakip-2023.docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        LETTER,
        letter_docx,
    ),
    "indeks-spbe-2023.xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", WORKBOOK, workbook_xlsx),
}
"""File name to MIME type, what it holds, and its writer."""


def mime(name: str) -> str:
    """The MIME type of an attachment."""
    return FILES[name][0]


@cache
def content(name: str) -> bytes:
    """The bytes of an attachment."""
    _, annex, write = FILES[name]
    return write(annex)


def names() -> Sequence[str]:
    """The attachments there are."""
    return tuple(FILES)
