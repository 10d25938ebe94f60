"""Errors by consequence: what happens next, not what went wrong, decides the family.

Every family has its own exit code, so that scripts can tell them apart.
"""

from __future__ import annotations


class RaporError(Exception):
    """The root of every error rapor raises on purpose. Raise one of its families, never this."""

    exit_code = 1


class UsageError(RaporError):
    """Raise when what was asked for does not exist or cannot be meant: an unknown key, a file that is not there."""

    exit_code = 2


class SourceError(RaporError):
    """Raise when a source file is wrong: crawling by it would fetch the wrong thing, so the run stops."""

    exit_code = 3


class FetchError(RaporError):
    """Raise when an address could not be fetched: it is retried by the next run and reported."""

    exit_code = 4


class ReadError(RaporError):
    """Raise when no article can be made of a snapshot or file: it is set aside with this reason, the run goes on."""

    exit_code = 5


class StoreError(RaporError):
    """Raise when the database or the archive is locked, full, damaged or of another version: stop, nothing was lost."""

    exit_code = 6


class DriftError(RaporError):
    """Raise when a source broke its expectations (far fewer pages than usual, a page rule that finds nothing)."""

    exit_code = 7
