"""Documents for tests, written when asked for: a decree with its annex in three formats, scans, and documents that must be set aside."""

from __future__ import annotations

import io
import zipfile
import zlib

import docx
import openpyxl
from docx.oxml import OxmlElement
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

COLUMNS = ("No", "Instansi", "Inovasi", "Predikat", "Nilai")
TITLE = "KEPUTUSAN MENTERI PELAYANAN PUBLIK NOMOR 87 TAHUN 2024"
SUBJECT = "TENTANG PENETAPAN INOVASI TERPUJI"
OPENING = (
    "Menimbang: bahwa penilaian atas inovasi pelayanan publik tahun 2024 telah selesai dan hasilnya perlu ditetapkan dengan keputusan."
)
ORDERS = ("Menetapkan inovasi dalam Lampiran sebagai inovasi terpuji.", "Keputusan ini berlaku sejak ditetapkan.")
CLOSING = "Ditetapkan di Jakarta pada tanggal 14 Oktober 2024"


def annex(count: int = 99) -> list[tuple[str, ...]]:
    grades = ("Terpuji", "Sangat Baik", "Baik")
    return [
        (
            str(n),
            f"Pemerintah Kabupaten Contoh {n}",
            f"LAYANAN {n}: jemput berkas warga di kampung",
            grades[n % 3],
            f"{70 + n % 25},{n % 100:02d}",
        )
        for n in range(1, count + 1)
    ]


def ruled(rows: list[tuple[str, ...]]) -> Table:
    plain = getSampleStyleSheet()["BodyText"]
    cells = [list(COLUMNS)] + [[Paragraph(cell, plain) for cell in row] for row in rows]
    table = Table(cells, colWidths=[30, 110, 140, 70, 45], repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)]))
    return table


def pdf_decree(rows: list[tuple[str, ...]]) -> bytes:
    buffer = io.BytesIO()
    plain = getSampleStyleSheet()["BodyText"]

    def head(drawing: canvas.Canvas, document: SimpleDocTemplate) -> None:
        drawing.drawString(72, A4[1] - 40, "Jaringan Dokumentasi dan Informasi Hukum")
        drawing.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")

    story = [Paragraph(text, plain) for text in (TITLE, SUBJECT, OPENING)]
    story += [Paragraph(f"{n}. {text}", plain) for n, text in enumerate(ORDERS, start=1)]
    story += [Paragraph(CLOSING, plain), PageBreak(), Paragraph("LAMPIRAN", plain), Spacer(1, 12), ruled(rows), Spacer(1, 12)]
    story.append(Paragraph("MENTERI PELAYANAN PUBLIK", plain))
    SimpleDocTemplate(buffer, pagesize=A4).build(story, onFirstPage=head, onLaterPages=head)
    return buffer.getvalue()


def word_decree(rows: list[tuple[str, ...]]) -> bytes:
    document = docx.Document()
    for text in (TITLE, SUBJECT, OPENING):
        document.add_paragraph(text)
    for text in ORDERS:
        document.add_paragraph(text, style="List Number")
    document.add_paragraph(CLOSING)
    table = document.add_table(rows=0, cols=len(COLUMNS))
    for row in (COLUMNS, *rows):
        cells = table.add_row()._tr.tc_lst
        for cell, text in zip(cells, row, strict=True):
            cell.p_lst[0].add_r().text = text
            if text.isdigit() and int(text) % 20 == 0 and cell is cells[0]:
                cell.p_lst[0].r_lst[0].append(OxmlElement("w:lastRenderedPageBreak"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook_decree(rows: list[tuple[str, ...]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Sampul"
    book.active.append([f"{TITLE} {SUBJECT}"])
    sheet = book.create_sheet("Lampiran")
    sheet.append(["LAMPIRAN KEPUTUSAN"])
    sheet.merge_cells("A1:E1")
    sheet.append([])
    sheet.append(list(COLUMNS))
    for number, *texts, value in rows:
        sheet.append([int(number), *texts, float(value.replace(",", "."))])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods_decree(rows: list[tuple[str, ...]]) -> bytes:
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{value}:1.0"' for key, value in names.items())

    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'

    lines = [(f"{TITLE} {SUBJECT}",), COLUMNS, *rows]
    table = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    sheet = f'<office:spreadsheet><table:table table:name="Lampiran">{table}</table:table></office:spreadsheet>'
    content = f'<office:document-content {spaces} office:version="1.2"><office:body>{sheet}</office:body></office:document-content>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    return buffer.getvalue()


def scan(*, cover: str = "") -> bytes:
    picture = Image.new("L", (1240, 700), 255)
    text = "Pemerintah Kota Contoh menerima penghargaan\npelayanan publik tahun 2023"
    ImageDraw.Draw(picture).multiline_text((80, 120), text, fill=0, font=ImageFont.load_default(size=44), spacing=24)
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, pagesize=A4)
    if cover:
        drawing.drawString(72, 700, cover)
        drawing.showPage()
    drawing.drawImage(ImageReader(picture), 0, 300, width=A4[0], height=A4[0] * 700 / 1240)
    drawing.save()
    return buffer.getvalue()


def encrypted_pdf() -> bytes:
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, pagesize=A4, encrypt="rahasia")
    drawing.drawString(72, 700, "Isi yang dikunci")
    drawing.save()
    return buffer.getvalue()


def many_pages(count: int) -> bytes:
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, pagesize=A4)
    for _ in range(count):
        drawing.drawString(72, 700, "Halaman")
        drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def pdf_bomb() -> bytes:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(b"\x00" * 10_000_000) for _ in range(26)) + packer.flush()
    head = f"<< /Length {len(data)} /Filter /FlateDecode >>".encode()
    return b"%PDF-1.4\n1 0 obj\n" + head + b"\nstream\n" + data + b"\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"


def archive(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def far_corners() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "awal"
    book.active["XFD1048576"] = "akhir"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
