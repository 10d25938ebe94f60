"""Tables as claims: a decree's annex row by row, lists with levels, units and years."""

from __future__ import annotations

import io
import re

import docx
import openpyxl
import pytest

from extract.article import read_html
from extract.document import read_document
from extract.explain import explain
from extract.lexicon import load_registry
from extract.reader import Reader
from extract.tables.columns import role_of
from store.model.records import Article, Claim
from tests.extract.decrees import ods_decree, pdf_decree, word_decree, workbook_decree
from tests.site import documents

ROWS = 99


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def annex_of_real_bodies(reader: Reader) -> list[tuple[str, ...]]:
    regions = [r for r in reader.registry.regions.values() if r.autonomous and len(r.government) <= 32][:ROWS]
    grades = ("Terpuji", "Sangat Baik", "Baik")
    return [
        (str(n), region.government, f"SAPA {n}: berkas dijemput", grades[n % 3], f"{70 + n % 25},{n % 90 + 10}")
        for n, region in enumerate(regions, start=1)
    ]


@pytest.mark.parametrize(
    ("form", "pages"),
    [(pdf_decree, 6), (word_decree, 5), (workbook_decree, 1), (ods_decree, 1)],
    ids=["pdf", "docx", "xlsx", "ods"],
)
def test_a_decree_of_99_rows_gives_99_claims_with_page_and_row(reader: Reader, form: object, pages: int) -> None:
    assert callable(form)
    rows = annex_of_real_bodies(reader)
    reading = reader.read_article(read_document(form(rows), "", "https://x.test/kepmen"))
    assert len(reading.claims) == ROWS
    by_row = {next(item.row for item in claim.evidence if item.field == "recipient"): claim for claim in reading.claims}
    assert sorted(row for row in by_row if row) == list(range(1, ROWS + 1))
    governments = {region.government: region.code for region in reader.registry.regions.values()}
    for number, government, innovation, grade, score in rows:
        claim = by_row[int(number)]
        assert (claim.recipient_name, claim.recipient_key) == (government, governments[government])
        assert (claim.innovation, claim.predicate) == (innovation, grade)
        assert claim.score == float(score.replace(",", "."))
        assert (claim.programme_name, claim.edition_year) == ("INOVASI TERPUJI", 2024)
        inside = [item for item in claim.evidence if item.field in ("recipient", "innovation", "predicate", "score")]
        assert {item.row for item in inside} == {int(number)}
        assert all(item.page for item in inside)
    assert len({item.page for claim in reading.claims for item in claim.evidence if item.field == "score"}) == pages


def test_the_documents_of_the_loopback_ministry(reader: Reader) -> None:
    for name in documents.names():
        article = read_document(documents.content(name), documents.mime(name), name)
        outcomes = reader.scene_and_rows(article)[1]
        claims = [claim for outcome in outcomes for claim in outcome.claims]
        assert len(claims) == 12
        assert {outcome.reason for outcome in outcomes if not outcome.claims} <= {"it heads a group of rows"}
        assert all(claim.recipient_key and claim.programme and claim.edition_year == 2023 for claim in claims)
        assert {claim.giver_key for claim in claims} == {"kemenpanrb"}
        assert all(claim.tier in ("Top 45", "Outstanding") and not claim.predicate for claim in claims if claim.programme == "kipp")


def page(title: str, head: str, rows: list[str], above: str = "") -> Article:
    cells = [f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in row.split('|'))}</tr>" for row in [head, *rows]]
    body = f"<html lang='id'><body><h1>{title}</h1><div class='isi'>{above}<table>{''.join(cells)}</table></div></body></html>"
    return read_html(body.encode(), "https://x.test/2023/05/06/daftar")


def told(claims: tuple[Claim, ...], *names: str) -> list[tuple[object, ...]]:
    return [tuple(getattr(claim, name) for name in names) for claim in claims]


def test_groups_give_the_level_and_sums_are_refused(reader: Reader) -> None:
    title = "Hasil Penilaian Kepatuhan Penyelenggaraan Pelayanan Publik Ombudsman RI Tahun 2022"
    rows = ["1 | Kabupaten Bandung | 88,10 | Kualitas Tinggi", "2 | Kota Bandung | 77,5 | Kualitas Sedang", "| Jumlah | 165,6 |"]
    reading = reader.read_article(page(title, "No | Pemerintah Daerah | Nilai | Zona", rows))
    assert told(reading.claims, "recipient_key", "programme", "score", "edition_year") == [
        ("32.04", "ombudsman", 88.1, 2022),
        ("32.73", "ombudsman", 77.5, 2022),
    ]
    assert {claim.giver_key for claim in reading.claims} == {"ori"}
    reasons = [outcome.reason for outcome in reader.scene_and_rows(reading.article)[1]]
    assert reasons == ["", "", "it sums up the rows above"]


def test_columns_headed_by_years_are_results_of_those_editions(reader: Reader) -> None:
    title = "Perkembangan Opini BPK atas Laporan Keuangan Pemerintah Daerah"
    rows = ["1 | Kota Solok | WDP | WTP | WTP", "2 | Kab. Dairi | TMP | - | WDP"]
    reading = reader.read_article(page(title, "No | Entitas | 2019 | 2020 | 2021", rows))
    assert told(reading.claims, "recipient_key", "edition_year", "predicate") == [
        ("13.72", 2019, "WDP"),
        ("13.72", 2020, "WTP"),
        ("13.72", 2021, "WTP"),
        ("12.11", 2019, "TMP"),
        ("12.11", 2021, "WDP"),
    ]


def test_the_text_around_a_table_is_read_too_and_nothing_twice(reader: Reader) -> None:
    above = "<p>BPK menyerahkan laporan hasil pemeriksaan. Kota Solok meraih opini WTP dari BPK untuk laporan keuangan tahun 2021.</p>"
    title = "Opini BPK atas Laporan Keuangan Pemerintah Daerah"
    both = page(title, "No | Entitas | 2020 | 2021", ["1 | Kota Solok | WDP | WTP"], above)
    other = page(title, "No | Entitas | 2019 | 2020", ["1 | Kota Solok | TMP | WDP"], above)
    years = [sorted((c.edition_year, c.predicate) for c in reader.read_article(article).claims) for article in (both, other)]
    assert years == [[(2020, "WDP"), (2021, "WTP")], [(2019, "TMP"), (2020, "WDP"), (2021, "WTP")]]


def test_a_unit_takes_its_government_from_the_next_column(reader: Reader) -> None:
    title = "Hasil Evaluasi Kinerja Penyelenggaraan Pelayanan Publik Tahun 2021"
    rows = ["1 | Kota Semarang | Dinas Kependudukan dan Pencatatan Sipil | 4,51", "2 | Kabupaten Sleman | Dinas Kesehatan | 4,02"]
    reading = reader.read_article(page(title, "No | Pemerintah Daerah | Unit Pelayanan Publik | Indeks", rows))
    assert told(reading.claims, "recipient_key", "programme", "score") == [
        ("33.74/disdukcapil", "pekppp", 4.51),
        ("34.04/dinkes", "pekppp", 4.02),
    ]


def test_a_bare_name_takes_its_level_from_the_head_and_its_province_from_a_column(reader: Reader) -> None:
    title = "Daftar Penerima Penghargaan Kota Layak Anak Tahun 2022"
    reading = reader.read_article(page(title, "No | Kota | Predikat", ["1 | Bandung | Nindya", "2 | Bogor | Utama"]))
    assert told(reading.claims, "recipient_key", "predicate") == [("32.73", "Nindya"), ("32.71", "Utama")]
    rows = ["1 | Sumatera Barat | Solok | Nindya"]
    reading = reader.read_article(page(title, "No | Provinsi | Kabupaten/Kota | Predikat", rows))
    assert told(reading.claims, "recipient_key") == [(None,)], "a name of two governments stays open"


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Daftar Peserta Penilaian Kota Layak Anak Tahun 2022", "takes part"),
        ("Daftar Alamat Kantor di Jawa Barat Tahun 2022", "no programme|names a programme"),
    ],
)
def test_tables_without_results_give_refusals(reader: Reader, title: str, reason: str) -> None:
    article = page(title, "No | Nama Daerah | Kategori", ["1 | Kota Bogor | Barat", "2 | Kota Bekasi | Timur"])
    reading = reader.read_article(article)
    assert not reading.claims
    assert all(re.search(reason, outcome.reason) for outcome in reader.scene_and_rows(article)[1])


def test_a_list_of_names_needs_its_programme_right_above_it(reader: Reader) -> None:
    above = "<p>Penerima BKN Award tahun 2022 disebut dalam daftar di bawah ini untuk diketahui.</p>"
    far = f"{above}<p>Selain itu kantor pemerintah daerah dibuka kembali mulai hari Senin pukul delapan pagi waktu setempat.</p>"
    named = page("Pengumuman bagi warga di Jawa Barat", "No | Nama Daerah", ["1 | Kota Bogor", "2 | Kota Bekasi"], above)
    unnamed = page("Pengumuman bagi warga di Jawa Barat", "No | Nama Daerah", ["1 | Kota Bogor", "2 | Kota Bekasi"], far)
    assert [len(outcome.claims) for outcome in reader.scene_and_rows(named)[1]] == [1, 1]
    assert [len(outcome.claims) for outcome in reader.scene_and_rows(unnamed)[1]] == [0, 0]


def test_who_is_no_public_body_is_refused_by_name(reader: Reader) -> None:
    title = "Penerima Penghargaan Kota Layak Anak Tahun 2022"
    article = page(title, "No | Penerima | Predikat", ["1 | PT Maju Terus | Utama", "2 | Kota Bogor | Utama"])
    assert told(reader.read_article(article).claims, "recipient_key") == [("32.71",)]
    assert "PT Maju Terus" in reader.scene_and_rows(article)[1][0].reason
    assert "refused: “PT Maju Terus”" in explain(article)


def test_a_table_nobody_understands_is_read_as_text(reader: Reader) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for texts in (("Belanja", "Rp10.000"), ("Pendapatan", "Rp12.000")):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    buffer = io.BytesIO()
    document.save(buffer)
    article = read_document(buffer.getvalue(), "")
    assert reader.scene_and_rows(article)[1] == []
    assert "read as text: no row heads its columns" in explain(article)


def test_a_workbook_whose_head_stands_below_its_title(reader: Reader) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Indeks SPBE Tahun 2022"],
        [],
        ["Instansi", "Indeks SPBE", "Predikat"],
        ["Kota Batu", 3.41, "Baik"],
        ["Kementerian Keuangan", 4.2, "Memuaskan"],
    ):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    reading = reader.read_article(read_document(buffer.getvalue(), ""))
    assert told(reading.claims, "recipient_key", "programme", "score", "predicate") == [
        ("35.79", "spbe", 3.41, "Baik"),
        ("kemenkeu", "spbe", 4.2, "Memuaskan"),
    ]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("No.", "number"),
        ("NAMA INSTANSI", "recipient"),
        ("Kab/Kota", "recipient"),
        ("Instansi Pemberi", "giver"),
        ("Penerima Penghargaan", "recipient"),
        ("Nama Penghargaan", "award"),
        ("Judul Inovasi", "innovation"),
        ("Peringkat", "rank"),
        ("TA 2021", "of_year"),
        ("Tahun Anggaran", "year"),
        ("Tahun Perolehan", "year"),
        ("Catatan", "other"),
    ],
)
def test_heads_name_their_columns(head: str, role: str) -> None:
    assert role_of(head) == role
