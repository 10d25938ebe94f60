"""Discovery by the site's own search, asked for every word of interest."""

from __future__ import annotations

from urllib.parse import quote_plus

from spiders.listing import Listing


class Search(Listing):
    """A list for every word of interest. Without words there is nothing to ask."""

    def templates(self) -> list[str]:
        """The addresses of the result lists, words filled in and `{page}` left open."""
        words = dict.fromkeys(self._spider.job.interest)
        return [template.replace("{query}", quote_plus(word)) for template in super().templates() for word in words]
