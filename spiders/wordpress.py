"""Discovery by the WordPress API, which so many government sites run: every post with its time of last change."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from scrapy import Request
from scrapy.http import Response

from spiders.frontier import Link
from spiders.sitemap import moment
from store.model.source import Discovery

if TYPE_CHECKING:
    from spiders.base import SourceSpider


class WordPress:
    """The list of posts, the last changed first, to the number of pages that the source allows.

    With days asked for, only posts of these days. `{query}` in the address asks once for every word of interest.
    """

    def __init__(self, spider: SourceSpider, discovery: Discovery) -> None:
        self._spider = spider
        self._discovery = discovery

    def requests(self) -> Iterator[Request]:
        """The first page of posts."""
        template = self._template()
        words = dict.fromkeys(self._spider.job.interest) if "{query}" in template else [""]
        for word in words:
            yield from self._page(template.replace("{query}", quote_plus(word)), 1)

    def parse(self, response: Response, template: str, number: int) -> Iterator[Request]:
        """The posts of one page, then the next page."""
        if response.status == 400 and number > 1:  # WordPress answers so past its last page
            return
        index = self._spider.opened(response)
        if index is None:
            return
        posts = read_posts(response.body)
        if posts is None:
            index.complete = False
            self._spider.wire.note(f"{response.url} did not answer as the WordPress API does")
            posts = []
        links = [link for post in posts if (link := self._link(response, post)) is not None]
        yield from self._spider.offer(links, self._discovery, index)
        self._spider.indexes.finish(index)
        total = (response.headers.get("X-WP-TotalPages") or b"").decode("latin-1")
        if posts and not (total.isdigit() and number >= int(total)):
            yield from self._page(template, number + 1)

    def _template(self) -> str:
        url = self._discovery.url
        asked = {name: value for name, value in self._parameters().items() if not re.search(rf"[?&]{name}=", url)}
        mark = "&" if "?" in url else "?"
        return url + mark + "&".join(f"{name}={value}" for name, value in asked.items())

    def _parameters(self) -> dict[str, str]:
        parameters = {"per_page": str(self._discovery.per_page), "page": "{page}", "orderby": "modified", "order": "desc"}
        if self._spider.job.first_day or self._spider.job.last_day:
            days = self._spider.days()
            parameters["after"] = f"{days[-1] - timedelta(days=1)}T23:59:59"
            parameters["before"] = f"{days[0] + timedelta(days=1)}T00:00:00"
        return parameters

    def _link(self, response: Response, post: dict[str, Any]) -> Link | None:
        title = post.get("title")
        rendered = title.get("rendered", "") if isinstance(title, dict) else str(title or "")
        return self._spider.link(
            response.url,
            str(post.get("link", "")),
            title=" ".join(html.unescape(re.sub(r"<[^>]+>", "", rendered)).split()) or None,
            published=(post.get("date_gmt") and f"{post['date_gmt']}+00:00") or post.get("date"),
            changed=moment(post.get("modified_gmt")),
        )

    def _page(self, template: str, number: int) -> Iterator[Request]:
        if number <= self._discovery.pages:
            url = template.replace("{page}", str(number))
            yield from self._spider.index_requests(url, self.parse, conditional=False, arguments={"template": template, "number": number})


def read_posts(body: bytes) -> list[dict[str, Any]] | None:
    """The posts of an answer; None where it is no list of posts."""
    try:
        posts = json.loads(body)
    except ValueError:
        return None
    if not isinstance(posts, list):
        return None
    return [post for post in posts if isinstance(post, dict)]
