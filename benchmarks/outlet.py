"""News pages of 32 kB as an outlet serves them: an article with its date, between menus, links and scripts. All words are ours."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape

from benchmarks.everyday import everyday
from benchmarks.stream import ONE_IN, Told, real_news, results

WEIGHT = 32_000
"""Bytes of a page: what an article, its links and its scripts come to on a plain outlet."""


def mixed(number: int) -> bytes:
    """Page `number` of a day of news: one in twenty tells a result of a public body, the others are everyday news."""
    return result(number // ONE_IN) if number % ONE_IN == 0 else _page(number, *everyday(number))


def real(number: int) -> bytes:
    """The same with real everyday news around the results; only where a file of it lies beside the repository."""
    told = _real_news()
    return result(number // ONE_IN) if number % ONE_IN == 0 else _page(number, *told[number % len(told)])


def result(number: int) -> bytes:
    """A page with a result. There are some two hundred; they come again in another order of links."""
    told = _results()
    return _page(number, *told[number % len(told)])


@cache
def _real_news() -> list[Told]:
    return real_news()


@cache
def _results() -> list[tuple[str, tuple[str, ...]]]:
    return results()


def _page(number: int, title: str, paragraphs: Sequence[str]) -> bytes:
    links = "".join(f"<li><a href='/berita/{number + row}'>Berita lain nomor {number + row} dari daerah</a></li>" for row in range(150))
    page = (
        f"<!doctype html><html lang=id><head><meta charset=utf-8><title>{escape(title)}</title>"
        "<meta property=og:type content=article>"
        f"<meta property=og:title content='{escape(title)}'>"
        f"<meta property=article:published_time content='2024-12-{1 + number % 28:02}T09:00:00+07:00'></head>"
        f"<body><nav><ul>{links}</ul></nav><article><h1>{escape(title)}</h1>{''.join(f'<p>{escape(text)}</p>' for text in paragraphs)}"
        f"</article><aside><ul>{links}</ul></aside>"
    ).encode()
    return page + b"<script>" + b"var x = 1;" * ((WEIGHT - len(page)) // 10) + b"</script></body></html>"
