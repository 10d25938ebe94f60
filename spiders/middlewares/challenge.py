"""Challenge pages: what a bot wall serves instead of the page, often with status 200, is told from articles by its marks."""

from __future__ import annotations

import re
from typing import Any, Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, Response

from spiders.reasons import ChallengedError

ENOUGH: Final = 3
"""So many challenges in a row without a page between them end the crawl: asking on would be hammering."""
_SURE: Final = (
    ("Cloudflare", b"_cf_chl_opt"),
    ("Cloudflare", b"cf-browser-verification"),
    ("Cloudflare", b'id="challenge-form"'),
    ("Cloudflare", b'id="challenge-stage"'),
    ("Incapsula", b"_Incapsula_Resource"),
    ("Incapsula", b"Request unsuccessful. Incapsula"),
    ("DDoS-Guard", b"ddos-guard"),
    ("Sucuri", b"sucuri_cloudproxy_js"),
    ("Sucuri", b"Sucuri WebSite Firewall - Access Denied"),
    ("Akamai", b"Reference&#32;&#35;"),
    ("Akamai", b"errors.edgesuite.net"),
    ("Akamai", b"bm-verify"),
    ("DataDome", b"captcha-delivery.com"),
    ("PerimeterX", b"px-captcha"),
    ("AWS WAF", b"awswaf.com/"),
    ("AWS WAF", b"AwsWafIntegration"),
    ("F5", b"Please consult with your administrator"),
    ("F5", b"/TSPD/"),
    ("FortiWeb", b"Web Page Blocked!"),
    ("Imunify360", b"imunify360"),
)
"""Plain byte strings: looking for twenty of them costs microseconds a page, as many expressions cost milliseconds."""
_WORDS: Final = re.compile(
    r"just a moment|attention required|checking (?:your browser|if the site connection is secure)|access denied|akses (?:anda )?"
    r"(?:diblokir|ditolak)|permintaan (?:anda )?ditolak|verif(?:y|ikasi) (?:you are|bahwa anda) (?:human|manusia)|are you a robot|"
    r"web application firewall|support id\s*:?\s*\d{6,}|security check|pemeriksaan keamanan",
    re.IGNORECASE,
)
_SHORT: Final = 1500  # characters: a wall says little, an article that speaks of walls says more
_TAGS: Final = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.IGNORECASE | re.DOTALL)


def challenge_mark(body: bytes, text: str) -> str | None:
    """The mark by which a page is known as a challenge, or None.

    Marks of a known wall count on short pages and in the head of long ones; words alone count twice and on short pages only.
    """
    head = body[:16_000]
    if b'"og:title"' in head:
        return None  # walls do not care how they look when shared
    wall = next((wall for wall, mark in _SURE if mark in head), None)
    if wall is not None and len(" ".join(_TAGS.sub(" ", text).split())) < _SHORT:
        return wall
    if len(body) > 20_000 or not _WORDS.search(text):
        return None
    plain = " ".join(_TAGS.sub(" ", text).split())
    found = {match.lower() for match in _WORDS.findall(plain)}
    if len(plain) < _SHORT and len(found) >= 2:
        return "its words: " + ", ".join(sorted(found)[:2])
    return None


class Challenge:
    """Raises ChallengedError for challenge pages, and ends the crawl after several in a row."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._row = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Challenge:
        """Build it for a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Let pages pass."""
        if not isinstance(response, HtmlResponse) or "kind" not in request.meta:
            return response
        mark = challenge_mark(response.body, response.text) if len(response.body) < 400_000 else None
        if mark is None:
            self._row = self._row if response.status >= 400 else 0
            return response
        self._row += 1
        if self._row >= ENOUGH:
            spider: Any = self._crawler.spider
            spider.cut_short = "challenged"
            spider.stop("challenged")
        raise ChallengedError(f"a challenge page came instead ({mark})")
