"""What is not the article: the tail, cross-links, by-lines, credits; and lists of winners that only look like links."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.boilerplate import body_span, find_byline, mask
from tests.timing import LINEAR, growth

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared articles are not on this machine")
BODY = "Pemerintah Kota Contoh menerima penghargaan pelayanan publik dari kementerian, Senin (9/12).\n\nWali kota bersyukur atas hasil itu."


def kept(text: str) -> str:
    """The text without what is masked."""
    parts, position = [], 0
    for start, end, _ in mask(text):
        parts.append(text[position:start])
        position = end
    return "".join([*parts, text[position:]]).strip()


@needs_shared
def test_nothing_of_the_seeds_tail_stays() -> None:
    text = next((SHARED / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    _, end = body_span(text)
    assert text[:end].endswith("Aspek Keberlanjutan Inisiatif Terbaik.")
    assert [item.kind for item in mask(text)] == ["tail"]
    byline = find_byline(text)
    assert (byline.author_names, byline.editor_names) == (("Dea Andriyawan",), ("Rustam Agus",))
    assert text[byline.authors[0].start : byline.authors[0].end] == "Dea Andriyawan"


@pytest.mark.parametrize(
    "tail",
    [
        "Cek Berita dan Artikel yang lain di Google News",
        "Penulis : Ayu Lestari\nEditor : Budi Santoso",
        "Simak berita menarik lainnya dari Kabar.com di Google News",
        "Dapatkan update berita pilihan setiap hari dari Kabar.com",
        "Follow berita Kabar.com di WhatsApp Channel",
        "Artikel Terkait\nHarga Beras Naik di Tiga Pasar Induk Jakarta\nTruk Terguling di Tol Cipularang Arah Bandung",
        "BERITA LAINNYA:\nHarga Beras Naik",
        "Komentar Anda\n\nSitus ini menggunakan Akismet untuk mengurangi spam.",
        "Tags: pelayanan, publik",
        "#pelayanan #publik #contoh",
        "TAG : nasional",
        "COPYRIGHT © KBN 2021",
        "Konten Premium\n\nNikmati bacaan khusus pelanggan. Silakan login untuk membaca semua artikel Konten Premium.",
        "Artikel ini telah tayang di Kabar.com dengan judul Kota Contoh Terima Penghargaan",
        "Baca Juga: Harga Beras Naik di Tiga Pasar Induk",
        "BACA JUGA:\nHarga Beras Naik di Tiga Pasar Induk Jakarta\nTruk Terguling di Tol Cipularang Arah Bandung",
        "Harga Beras Naik di Tiga Pasar Induk Jakarta\nTruk Terguling di Tol Cipularang Arah Bandung\nWali Kota Resmikan Taman Baru",
        "(*)",
        "Sumber : Prokopim\nPublisher : Ayu Lestari",
    ],
)
def test_a_tail_is_cut(tail: str) -> None:
    text = f"{BODY}\n\n{tail}\n"
    assert kept(text) == BODY
    assert text[: body_span(text)[1]] == BODY


@pytest.mark.parametrize(
    "ending",
    [
        "Berikut daftarnya:\n1. Kabupaten Bantul\n2. Kabupaten Sleman\n3. Kota Yogyakarta",
        "Penerima predikat A:\nProvinsi Jawa Tengah\nKabupaten Banyuwangi\nKota Surabaya",
        "Kategori kota:\n- Kota Metro (81,20)\n- Kota Bima (80,10)",
        "Peraih lain adalah:\nDinas Kependudukan dan Pencatatan Sipil Kota Semarang\nRumah Sakit Umum Daerah Ulin Banjarmasin",
        "Tertinggi: Jawa Tengah (79,5)\nTerendah: Sumatera Utara (58,5)",
    ],
)
def test_a_list_of_winners_at_the_end_is_no_tail(ending: str) -> None:
    text = f"{BODY}\n{ending}"
    assert kept(text) == text


def test_cross_links_inside_the_body_are_masked_and_the_body_goes_on() -> None:
    link = "Baca juga: Harga Beras Naik di Tiga Pasar Induk Jakarta"
    text = f"{BODY}\n\n{link}\n\n{BODY}"
    assert [(item.kind, text[item.start : item.end]) for item in mask(text)] == [("related", link)]
    inline = f"{BODY} (Baca juga: Harga Beras Naik) Penilaian berlangsung tiga bulan."
    assert [inline[item.start : item.end] for item in mask(inline)] == ["(Baca juga: Harga Beras Naik)"]
    running = f"Kota itu menang. Baca juga: Harga Beras Naik di Pasar. {BODY}"
    assert [running[item.start : item.end] for item in mask(running)] == ["Baca juga: Harga Beras Naik di Pasar."]


def test_an_invitation_in_the_middle_does_not_end_the_article() -> None:
    rest = "\n".join(f"Penilaian tahap {n} berlangsung di kantor kementerian dan dihadiri para kepala dinas." for n in range(6))
    text = f"{BODY}\nIkuti berita terkini Kabar.com di Google News, klik di sini\n{rest}"
    assert kept(text) == f"{BODY}\n\n{rest}"
    assert text[slice(*body_span(text))] == text


def test_a_byline_in_front_is_not_the_body() -> None:
    text = f"Reporter: Siti Nuraini | Editor: Khoirul Anam\nRabu, 14 Desember 2022 | 14:18 WIB\n{BODY}"
    start, end = body_span(text)
    assert text[start:end] == BODY
    byline = find_byline(text)
    assert (byline.author_names, byline.editor_names) == (("Siti Nuraini",), ("Khoirul Anam",))


def test_credits_are_masked_and_captions_stay() -> None:
    text = f"Wali kota mengangkat piala. (Foto: Dok. Humas Contoh)\nBupati memegang piagam di Jakarta. Foto: Ist\n{BODY} (abc/def)"
    assert kept(text) == f"Wali kota mengangkat piala. \nBupati memegang piagam di Jakarta.\n{BODY}"
    assert "(opini WTP)" in kept(f"Kota itu meraih opini tertinggi. (opini WTP) dari BPK.\n{BODY}")


@pytest.mark.parametrize(
    ("text", "authors", "editors"),
    [
        ("Pewarta: Susanti Lahati\nEditor: Hence Paat", ("Susanti Lahati",), ("Hence Paat",)),
        ("Redaktur & Reporter : Boy", ("Boy",), ("Boy",)),
        ("Laporan Wartawan Kabarnews.com, Nurholis Huda", ("Nurholis Huda",), ()),
        ("Rep: Dedi Murdani/ Red: Gita Pramesti", ("Dedi Murdani",), ("Gita Pramesti",)),
        ("Penulis: Ayu Lestari dan Budi Santoso, S.Sos.", ("Ayu Lestari", "Budi Santoso"), ()),
        ("Penulis\nAyu Lestari\nEditor\nBudi Santoso", ("Ayu Lestari",), ("Budi Santoso",)),
        ("Warga senang. (abc/def)", ("abc",), ("def",)),
        ("Penulis: admin\nEditor: redaksi", (), ()),
        ("Sumber : Prokopim\nFoto: Ayu Lestari", (), ()),
        ("Penulis buku itu, kata wali kota, adalah seorang guru.", (), ()),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], editors: tuple[str, ...]) -> None:
    byline = find_byline(text)
    assert (byline.author_names, byline.editor_names) == (authors, editors)
    for item in (*byline.authors, *byline.editors):
        assert text[item.start : item.end] == item.name


@needs_shared
def test_no_winner_of_the_shared_gold_is_masked() -> None:
    paths = sorted((SHARED / "eval" / "dev").glob("*.json"))
    for path in paths:
        data = json.loads(path.read_text(encoding="utf-8"))
        text = data["article"]["text"]
        visible = kept(text)
        for claim in data["gold"].get("claims", []):
            recipient = claim.get("recipient") or ""
            if recipient in text:
                assert recipient in visible, path.name


@given(st.text(alphabet=st.sampled_from(list('Baca juga:PenulisEditor (/).\n"#| 09Kota,')), max_size=300))
def test_any_text_has_spans_in_order(text: str) -> None:
    start, end = body_span(text)
    assert 0 <= start <= end <= len(text)
    position = 0
    for item in mask(text):
        assert position <= item.start < item.end <= len(text)
        position = item.end
    for signature in find_byline(text).authors:
        assert text[signature.start : signature.end] == signature.name


UNITS = ["Baca juga: Judul Lain Lagi. ", "Penulis : Ayu\n", "(Foto: a) ", "A b ", "a.", "(", " ", "\n", "#tag ", "- x\n", "Kota A, "]


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length_only(unit: str) -> None:
    def read(length: int) -> None:
        text = unit * (length // len(unit))
        mask(text)
        find_byline(text)

    assert growth(lambda: read(50_000), lambda: read(200_000)) < LINEAR
