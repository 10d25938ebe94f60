"""Copies of one wire story count once among the independent sources: with the signatures that reading makes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import combinations, count
from random import Random

import pytest

from extract.near_duplicates import signature
from store.model.keys import fold
from store.sql.checking import check
from store.sql.database import Database
from store.sql.ledger import Delivery, record_reading, record_readings
from store.sql.ledger.copies import SAME_STORY_PCT, containment_pct, word_runs
from store.sql.merging import merge
from store.sql.queries import Filters, evaluation, evaluations
from tests.store.sql.world import NOW, claim, reading, rows
from tests.timing import LINEAR, growth

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


def cut(random: Random, wires: Sequence[Sequence[str]]) -> str:
    """A stretch of one wire story: two stretches may share most of a third one and little with each other."""
    wire = random.choice(wires)
    start = random.randrange(0, len(wire) - 40)
    return " ".join(wire[start : start + random.randint(30, 60)])


def connected(texts: dict[str, str]) -> dict[str, str]:
    """Story of each article by comparing every pair: what must come out, however it is found."""
    story = {key: key for key in texts}
    for one, other in combinations(sorted(texts), 2):
        if set(signature(texts[one])) & set(signature(texts[other])):
            same = fold(texts[one]) == fold(texts[other])
            if same or containment_pct(word_runs(texts[one]), word_runs(texts[other])) >= SAME_STORY_PCT:
                names = {story[one], story[other]}
                story = {key: min(names) if name in names else name for key, name in story.items()}
    return story


@pytest.mark.parametrize("seed", range(4))
def test_stories_are_what_is_connected_whatever_comes_changes_and_falls_silent(database: Database, seed: int) -> None:
    random = Random(seed)
    wires = [[f"kata{random.randrange(900)}" for _ in range(150)] for _ in range(2)]
    texts: dict[str, str] = {}
    for step in range(60):
        key = f"a{random.randrange(30):02}"
        silent = key in texts and random.random() < 0.2
        made = reading(key, *(() if silent else (claim(),)), text=cut(random, wires))
        record_reading(database, made, signature=signature(made.article.text), now=NOW + timedelta(hours=step))
        texts[key] = "" if silent else made.article.text
        if step % 10 == 9:
            assert dict(rows(database, "SELECT key, story_key FROM article")) == connected(texts)
    assert len(set(connected(texts).values())) < len(texts)
    merge(database)
    assert check(database) == []


def test_four_times_the_copies_cost_four_times(make_sqlite: Callable[[], Database]) -> None:
    def recorded(number: int) -> Callable[[], object]:
        random = Random(number)
        wire = [f"kata{random.randrange(900)}" for _ in range(120)]
        texts = [
            " ".join([f"buka{one}" for one in random.choices(range(900), k=8)] + wire[: random.randint(60, 120)]) for _ in range(number)
        ]
        press = [Delivery(reading(f"c{place}", claim(), text=text), signature=signature(text)) for place, text in enumerate(texts)]

        def task() -> None:
            database = make_sqlite()
            record_readings(database, press, now=NOW)
            assert rows(database, "SELECT count(DISTINCT story_key) FROM article") == [(1,)]
            database.close()

        return task

    assert growth(recorded(150), recorded(600), rounds=1) < LINEAR


def test_copies_that_come_at_the_same_moment_are_one_story(make_postgres: Callable[[], Database]) -> None:
    database = make_postgres()
    url, numbers, failed = str(database.url.render_as_string(hide_password=False)), count(), []

    def tell() -> None:
        own = Database(url)
        try:
            for number in (next(numbers) for _ in range(25)):
                record_readings(own, [told(f"c{number:03}", WIRE[: 3 + number % 4])], now=NOW)
        except Exception as error:  # would be lost with the thread
            failed.append(error)
        own.close()

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert rows(database, "SELECT story_key, count(*) FROM article GROUP BY story_key") == [("c000", 100)]
