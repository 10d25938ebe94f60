"""Pages of many layouts, plain text and article JSON as articles: exactly what the newsroom wrote, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.article import detect_language, join_parts, read_html, read_json, read_moment, read_text
from store.model.errors import ReadError, SourceError
from store.model.records import Article
from store.model.source import PageRules
from tests.site import pages
from tests.site.stories import PAGE_BREAK, RELATED, Story, visible

PAGES = Path(__file__).parent / "pages"
SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared pages are not on this machine")


def layouts() -> list[str]:
    return sorted(path.stem for path in PAGES.glob("*.json"))


def read_layout(name: str) -> tuple[Article, dict[str, Any]]:
    expected: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    rules = PageRules(**{field: tuple(value) for field, value in expected.get("rules", {}).items()})
    article = read_html(
        (PAGES / f"{name}.html").read_bytes(),
        expected["url"],
        rules,
        encoding=expected.get("encoding"),
        outlet=expected.get("outlet_given"),
        timezone=expected.get("timezone", "Asia/Jakarta"),
    )
    return article, expected


@pytest.mark.parametrize("name", layouts())
def test_a_layout_is_read_exactly(name: str) -> None:
    article, expected = read_layout(name)
    assert article.text.split("\n") == expected["text"]
    assert article.title == expected["title"]
    assert article.published == expected["published"]
    assert list(article.authors) == expected["authors"]
    assert list(article.editors) == expected["editors"]
    assert article.outlet == expected["outlet"]
    assert article.language == expected["language"]
    assert list(article.tags) == expected["tags"]
    rows = [[article.text[start:end] for start, end in row.cells] for row in article.rows]
    assert rows == expected.get("rows", [])


def test_there_are_layouts_enough() -> None:
    assert len(layouts()) >= 12
