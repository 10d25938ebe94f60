"""Pages, plain text and article JSON as articles."""

from __future__ import annotations

from extract.article.fit import unmatched
from extract.article.language import detect_language
from extract.article.page import read_html
from extract.article.parts import join_parts
from extract.article.plain import read_json, read_text
from extract.article.published import read_moment

__all__ = ["detect_language", "join_parts", "read_html", "read_json", "read_moment", "read_text", "unmatched"]
