"""Why an address brought nothing, in words and as an outcome."""

from __future__ import annotations

from typing import Final

from scrapy import exceptions as scrapy_errors
from scrapy.exceptions import IgnoreRequest, StopDownload
from twisted.python.failure import Failure as TwistedFailure

from store.model.visits import Outcome

ROBOTS: Final = "robots.txt"


class RefusedError(IgnoreRequest):
    """An address that we do not ask for, or an answer that we do not take; its text says why."""


class ChallengedError(IgnoreRequest):
    """A page came that asks whether we are human; its text says by which sign it was known."""


class LaterError(IgnoreRequest):
    """The host asks to be left alone for longer than this crawl waits, or cannot say what it allows."""


class EnoughError(IgnoreRequest):
    """The request was not made because a limit of this crawl or day is reached: the address stays as it was, the next crawl asks."""


_WORDS: Final[dict[type[Exception], str]] = {
    scrapy_errors.DownloadTimeoutError: "no answer in time",
    scrapy_errors.CannotResolveHostError: "the host has no address",
    scrapy_errors.DownloadConnectionRefusedError: "the host refused the connection",
    scrapy_errors.ResponseDataLossError: "the answer broke off before its end",
    scrapy_errors.DownloadFailedError: "the connection failed",
}


def reason_of(failure: TwistedFailure) -> tuple[Outcome, str]:
    """The outcome and the reason for an exception that a request ended with."""
    error = failure.value
    if isinstance(error, ChallengedError):
        return "challenged", str(error)
    if isinstance(error, LaterError):
        return "failed", str(error)
    if isinstance(error, RefusedError | IgnoreRequest):
        return "refused", str(error) or "not asked for"
    if isinstance(error, scrapy_errors.DownloadCancelledError):
        return "refused", "the answer is larger than we take"
    if isinstance(error, StopDownload):
        kind = (error.response.headers.get("Content-Type") or b"").decode("latin-1") if error.response else ""
        return "refused", f"{kind or 'its type'} is no article and no document"
    for kind_of_error, words in _WORDS.items():
        if isinstance(error, kind_of_error):
            return "failed", words
    return "failed", f"{type(error).__name__}: {error}"[:300]
