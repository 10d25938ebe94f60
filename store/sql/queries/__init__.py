"""The only SELECTs that answer people: plain dict rows with names spelt out, a page at a time."""

from store.sql.queries.crawl import (
    address_counts,
    addresses,
    claimless_snapshots,
    counts,
    drifts,
    known_addresses,
    runs,
    unread_snapshots,
    unresolved_claims,
)
from store.sql.queries.details import evaluation, evaluations_as_of
from store.sql.queries.filters import Filters
from store.sql.queries.lists import Page, articles, claims, each, evaluations
from store.sql.queries.registers import agencies, editions, officials, programmes
from store.sql.queries.review import audits, decisions, review_queue, same_body_candidates, sample

__all__ = [
    "Filters",
    "Page",
    "address_counts",
    "addresses",
    "agencies",
    "articles",
    "audits",
    "claimless_snapshots",
    "claims",
    "counts",
    "decisions",
    "drifts",
    "each",
    "editions",
    "evaluation",
    "evaluations",
    "evaluations_as_of",
    "known_addresses",
    "officials",
    "programmes",
    "review_queue",
    "runs",
    "same_body_candidates",
    "sample",
    "unread_snapshots",
    "unresolved_claims",
]
