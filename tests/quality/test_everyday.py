"""Everyday news told as the gold is: most of it is not read, and none of it gives a result even where it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.article import read_json
from extract.lexicon import load_registry
from extract.people import People
from extract.reader import Reader
from store.model.records import Article

EVERYDAY = Path(__file__).parent / "everyday.jsonl"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    items = [json.loads(line) for line in EVERYDAY.read_text("utf-8").splitlines()]
    return [read_json({"key": f"e{number}", "published": None, **item}) for number, item in enumerate(items)]


def test_nothing_is_invented_even_without_a_first_look(articles: list[Article]) -> None:
    reader = Reader(load_registry())
    told = {}
    for article in articles:
        scene, _ = reader.scene_and_rows(article)
        told[article.title] = reader.maker.claims(scene, People(scene, reader.registry))
    assert len(told) == len(articles) >= 160
    assert [title for title, claims in told.items() if claims] == []


def test_the_first_look_passes_over_most(articles: list[Article]) -> None:
    reader = Reader(load_registry())
    assert sum(reader.relevance.passes(reader.relevance.score(item.title, item.text)) for item in articles) < len(articles) / 3
