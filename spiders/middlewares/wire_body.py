"""The body as it came over the wire, kept for the archive before Scrapy unpacks it."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response


class WireBody:
    """Sits between the downloader and the unpacking. Bodies that were not packed need no second copy."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Remember the packed body and the headers that go with it."""
        if request.meta.get("kind") not in (None, "index") and response.headers.get("Content-Encoding"):
            request.meta["wire"] = (response.headers.copy(), response.body)
        return response
