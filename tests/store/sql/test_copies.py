"""Copies of one wire story count once among the independent sources: with the signatures that reading makes."""

from __future__ import annotations

from collections.abc import Sequence

from extract.near_duplicates import signature
from store.sql.database import Database
from store.sql.ledger import Delivery, record_readings
from store.sql.merging import merge
from store.sql.queries import Filters, evaluation, evaluations
from tests.store.sql.world import NOW, claim, reading

WIRE = (
    "Pemerintah Kota Bandung menerima predikat BB dalam evaluasi akuntabilitas kinerja yang diumumkan di Jakarta, Senin pagi.",
    "Sekretaris daerah mengatakan hasil itu buah kerja seluruh perangkat daerah yang menata ulang perencanaan dan anggarannya.",
    "Tim penilai datang dua kali, membaca laporan tiap dinas, lalu memeriksa apakah target yang ditulis memang dijalankan.",
    "Menurut dia masih ada pekerjaan rumah pada ukuran kinerja tingkat kecamatan yang belum semuanya dapat dihitung.",
    "Tahun depan pemerintah kota berjanji menautkan setiap kegiatan dengan manfaat yang dirasakan warga di lapangan.",
    "Pengumuman dihadiri puluhan kepala daerah dari barat sampai timur, sebagian besar datang bersama kepala bagian organisasi.",
)
OWN = (
    "Nilai kinerja Kota Bandung naik menjadi BB, begitu isi surat yang dibuka wali kota di depan para kepala dinas sore itu.",
    "Ia menyebut perbaikan terbesar terjadi pada cara dinas mengukur layanan, bukan pada tebalnya laporan akhir tahun.",
    "Warga yang kami temui di loket kependudukan mengaku antrean lebih pendek, walau jaringan masih kerap putus siang hari.",
    "Pengamat dari kampus setempat mengingatkan bahwa nilai hanya alat, yang penting keluhan warga cepat dijawab.",
)


def told(key: str, text: Sequence[str], predicate: str = "BB") -> Delivery:
    made = reading(key, claim(predicate=predicate), text="\n".join(text))
    return Delivery(made, signature=signature(made.article.text))


def test_copies_cuts_and_new_openings_of_a_wire_story_count_once(database: Database) -> None:
    press = [
        told("wire", WIRE),
        told("copy", WIRE),
        told("cut", WIRE[:3]),
        told("opening", ("Kabar gembira datang untuk warga Bandung.", *WIRE[:5])),
        told("own", OWN),
    ]
    record_readings(database, press, now=NOW)
    merge(database, now=NOW)
    (found,) = evaluations(database, Filters(programme="sakip")).rows
    assert (found["article_count"], found["source_count"]) == (5, 2)
    stories = {row["article_key"]: row["story_key"] for row in evaluation(database, found["key"])["articles"]}
    assert stories == {"wire": "copy", "copy": "copy", "cut": "copy", "opening": "copy", "own": "own"}


def test_a_wire_story_that_many_print_outvotes_no_two_reports(database: Database) -> None:
    press = [*(told(f"copy{number}", WIRE, predicate="A") for number in range(6)), told("own", OWN)]
    other = ("Hasil evaluasi yang kami lihat sendiri menyebut huruf BB untuk Bandung, setelah tiga tahun tertahan di bawahnya.", *OWN[3:])
    record_readings(database, [*press, told("other", other)], now=NOW)
    merge(database, now=NOW)
    (found,) = evaluations(database, Filters(programme="sakip")).rows
    assert (found["predicate"], found["source_count"], found["rules"]["predicate"]) == ("BB", 3, "majority")


def test_an_article_that_tells_nothing_more_is_parted_from_its_copies(database: Database) -> None:
    copy = told("copy", WIRE)
    record_readings(database, [told("wire", WIRE), copy], now=NOW)
    silent = copy.reading.model_copy(update={"claims": (), "reader": "2"})
    record_readings(database, [Delivery(silent, signature=signature(silent.article.text))], now=NOW)
    merge(database, now=NOW)
    (found,) = evaluations(database, Filters(programme="sakip")).rows
    assert (found["article_count"], found["source_count"]) == (1, 1)
    assert [row["story_key"] for row in evaluation(database, found["key"])["articles"]] == ["wire"]
