"""The only SELECTs that answer people: plain dict rows with names spelt out, a page at a time."""

from store.sql.queries.crawl import counts, drifts, known_addresses, runs, unread_snapshots
from store.sql.queries.details import evaluation, evaluations_as_of
from store.sql.queries.filters import Filters
from store.sql.queries.lists import Page, articles, claims, each, evaluations
from store.sql.queries.registers import agencies, editions, officials, programmes

__all__ = [
    "Filters",
    "Page",
    "agencies",
    "articles",
    "claims",
    "counts",
    "drifts",
    "each",
    "editions",
    "evaluation",
    "evaluations",
    "evaluations_as_of",
    "known_addresses",
    "officials",
    "programmes",
    "runs",
    "unread_snapshots",
]
