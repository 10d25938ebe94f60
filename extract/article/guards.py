"""Pages that are no articles: challenges served as 200, shells filled by JavaScript, listings, error pages."""

from __future__ import annotations

import re
from typing import Any

from extract.article.structured import Structured

_CHALLENGE = re.compile(
    r"""(?ix) just\ a\ moment\.\.\. | attention\ required!\ \|\ cloudflare | cf-browser-verification | cf[-_]chl[-_] | _incapsula_resource
    | checking\ (?:if\ the\ site\ connection\ is\ secure|your\ browser\ before) | ddos\ protection\ by | are\ you\ a\ robot
    | verify\ (?:that\ )?you\ are\ (?:a\ )?human | complete\ the\ security\ check | enable\ cookies\ to\ continue
    | access\ denied.{0,80}(?:permission|akamai|reference) | verifikasi\ bahwa\ anda\ (?:adalah\ )?manusia
    | request\ unsuccessful\.\ incapsula | sucuri\ website\ firewall"""
)
_NOT_FOUND = re.compile(
    r"(?i)^\W*(?:404|error 404|page not found|halaman (?:yang anda cari )?tidak (?:di)?temukan|not found|410 gone|500 internal"
    r"|under maintenance)\b"
)
_LOADING = re.compile(r"(?i)\b(?:sedang )?(?:memuat|loading)\b[^.\n]{0,40}(?:\.\.\.|…)|enable javascript|aktifkan javascript")
_LISTING_PATH = re.compile(
    r"(?i)^https?://[^/]+/?(?:$|[?#])|[?&](?:s|q|page)="
    r"|/(?:indeks?|tags?|topik|category|kategori|search|cari|rubrik|kanal|label|arsip|archive|author|penulis)(?:/|$|\?)"
)
_SHORT = 1500
_LISTED = 6


def refusal(tree: Any, stated: Structured, url: str | None, prose: int) -> str | None:
    """Why the page holds no article, None where it may hold one. `prose` are the characters of prose in its body."""
    title = (tree.findtext(".//title") or "").strip()
    if prose < _SHORT and is_challenge(tree, title):
        return "it is a challenge page of the site's protection, not an article"
    if _NOT_FOUND.match(title) and prose < _SHORT:
        return f"it is an error page served as an article ({title[:60]})"
    if stated.kind:
        return None
    items = _listed(tree)
    if items >= _LISTED and (prose < 80 * items or bool(url and _LISTING_PATH.search(url))):
        return f"it is a listing of {items} articles, not an article"
    return None


def empty_reason(tree: Any) -> str:
    """Why a page without prose has none."""
    text = " ".join(tree.text_content().split())[:20_000]
    if _LOADING.search(text) or len(text) < 200:
        return "there is no text in it; it is filled by JavaScript (the source may need `javascript: true`)"
    return "no paragraph of an article was found in it"


def is_challenge(tree: Any, title: str) -> bool:
    """Whether title, text or scripts are those of a bot check."""
    if _CHALLENGE.search(title):
        return True
    body = tree.find("body")
    text = " ".join((body if body is not None else tree).itertext())[:6000]
    sources = " ".join(element.get("src") or element.get("id") or "" for element in tree.iter("script", "form"))
    return bool(_CHALLENGE.search(text) or _CHALLENGE.search(sources[:6000]))


def _listed(tree: Any) -> int:
    """Items that look like teasers: an `article`, or a heading that is a link."""
    articles = sum(1 for item in tree.iter("article") if item.find(".//a") is not None)
    headings = 0
    for item in tree.iter("h2", "h3", "h4"):
        link = item.find("a")
        parent = item.getparent()
        if link is not None or (parent is not None and parent.tag == "a"):
            headings += 1
    return max(articles, headings)
