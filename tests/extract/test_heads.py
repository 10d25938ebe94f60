"""Heads of regions told without their region stand for the government that the article is about."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from extract.reader import Reader
from store.model.records import Article
from tests.extract.test_counted import scene_of

TEXT = (
    "Pemerintah Kabupaten Alor menerima penghargaan Nirwasita Tantra tahun 2021 di Jakarta, Rabu (20/7/2022). "
    "Kementerian Lingkungan Hidup dan Kehutanan menyerahkannya sore itu. Bupati menerima penghargaan Terbaik IV."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_registry())


def test_a_bare_title_is_a_mention_of_its_region(reader: Reader) -> None:
    scene = scene_of(reader.scenes, TEXT)
    heads = [mention for mention in scene.mentions if mention.body.form == "head"]
    assert [(mention.entity.name, scene.page.full[mention.body.start : mention.body.end]) for mention in heads] == [
        ("Pemerintah Kabupaten Alor", "Bupati")
    ]


@pytest.mark.parametrize(
    "text", ["Mantan Bupati hadir.", "Bupati Sikka menerima penghargaan itu.", "Kepala Dinas menerima penghargaan itu."]
)
def test_former_heads_named_regions_and_other_posts_are_none(reader: Reader, text: str) -> None:
    scene = scene_of(reader.scenes, f"Pemerintah Kabupaten Alor meraih Adipura 2023. {text}")
    assert [m for m in scene.mentions if m.body.form == "head"] == []


def test_the_claim_quotes_the_body_by_its_name_and_takes_the_place(reader: Reader) -> None:
    reading = reader.read_article(Article(key="uji", title="Alor Raih Nirwasita Tantra", text=TEXT))
    (claim,) = [item for item in reading.claims if item.programme == "nirwasita"]
    assert claim.rank == 4
    assert "Alor" in str(claim.recipient)
    assert all("Bupati" not in body.as_printed for body in reading.agencies)
