"""What on a page or in a text is not the article: tail, cross-links, by-lines, credits, notices. Plain text, linear time."""

from __future__ import annotations

from extract.boilerplate.byline import Byline, Signature, find_byline, name_list
from extract.boilerplate.masking import MaskKind, body_span, mask

__all__ = ["Byline", "MaskKind", "Signature", "body_span", "find_byline", "mask", "name_list"]
