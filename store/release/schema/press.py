"""Tables of what was read: articles without their text, what they say of whole editions, and the sites they come from."""

from __future__ import annotations

from store.release.schema.columns import Column, Table, count, day, listed, moment, said, text, whole, yes

ARTICLES = Table(
    "articles",
    "An article, press release or decree that was read. Its text belongs to its publisher and is not part of the release.",
    ("key",),
    (
        said("key", "Key made of the canonical address, or of the text where there is none"),
        text("url", "Canonical address"),
        text("outlet", "Outlet as the article or its source names it"),
        text("source_key", "Source that brought it", to="sources.key"),
        yes("official", "Whether its publisher is a government body speaking for itself"),
        said("title", "Title"),
        text("published", "ISO date, or date-time with zone where known"),
        day("published_date", "Day of publication"),
        Column("shown_date", "date", "Day it is listed under: its publication, else the day it was first seen", null=False),
        text("language", "Language of the text, ISO 639-1"),
        text("unread", "Why it was looked at and yields no claims: language, not_relevant, no_text"),
        said("story_key", "The story it tells: copies of one story share it"),
        count("versions", "How many versions of its text are known"),
        count("claim_count", "Claims of it in this release"),
        moment("fetched_at", "When it was fetched last"),
        text("digest", "SHA-256 of what was fetched then"),
        said("reader", "Version of the reader that read it"),
    ),
    ("shown_date key", "outlet shown_date", "source_key shown_date", "story_key", "language"),
    ("title",),
)

EDITIONS = Table(
    "editions",
    "What one article says of one round of a programme as a whole.",
    ("article_key", "place"),
    (
        said("article_key", "The article", to="articles.key"),
        count("place", "Place in the reading, from 0"),
        text("programme", "Key of the programme", to="programmes.key"),
        text("programme_name", "Name of the programme"),
        whole("year", "The year being judged"),
        whole("number", "Ordinal number of the round"),
        listed("categories", "Categories of the competition"),
        whole("participants", "How many took part"),
        listed("participant_parts", "Parts of the participants, a list of {count, who}"),
        listed("steps", "Counts per step, a list of {count, who}"),
        listed("flags", "What to be careful about"),
        listed("evidence", "The words it was read from, a list of {field, in, start, end, text}"),
        text("outlet", "Outlet of the article"),
        text("url", "Address of the article"),
        text("published", "When it was published"),
    ),
    ("programme year",),
)

SOURCES = Table(
    "sources",
    "A site that is crawled.",
    ("key",),
    (
        said("key", "Key of the source"),
        said("name", "Name of the publisher"),
        text("acronym", "Acronym of the publisher"),
        text("agency_key", "Registry key of the publisher where it is a government body", to="agencies.key"),
        yes("official", "Whether the publisher is a government body speaking for itself"),
        said("language", "Language of the site, ISO 639-1"),
        said("frequency", "How often it is visited"),
        said("state", "active, quarantined or blocked"),
        yes("verified", "Whether a live check has passed"),
        listed("hosts", "Hosts that belong to it"),
        count("article_count", "Articles of it in this release"),
        count("unread_count", "Those that were looked at and yield no claims"),
        count("claim_count", "Claims of them in this release"),
        day("first_published_date", "First day of publication among them"),
        day("last_published_date", "Last day of publication among them"),
        moment("last_fetched_at", "When something was fetched from it last"),
        count("set_aside_count", "Pages that could not be read"),
        listed("drifts", "Expectations it broke last, a list of {seen_at, expectation, message}"),
    ),
)
