"""Tables that say what a release is, what it covers, how good it is, and what changed since the one before."""

from __future__ import annotations

from store.release.schema.columns import Column, Table, count, item, number, said, text, whole

META = Table(
    "meta",
    "What this release is: one value a row.",
    ("name",),
    (
        said("name", "version, date, title, licence, licence_url, citation, contact, previous, reader, generator, rows ..."),
        text("value", "The value, as text"),
    ),
)

COVERAGE = Table(
    "coverage",
    "How much there is, counted along one dimension, by edition year and in all (year missing).",
    ("dimension", "place"),
    (
        said("dimension", "all, programme, province, kind, level, agency_kind, topic, giver, outlet, sureness or result"),
        count("place", "Place within the dimension, most evaluations first, from 0"),
        text("value", "The value counted: a key where there is one; missing: none is known"),
        text("name", "What it is called"),
        whole("year", "Edition year; missing: all years together"),
        count("evaluation_count", "Evaluations"),
        count("agency_count", "Bodies that hold them"),
        count("single_source_count", "Evaluations that one independent source alone tells"),
        count("contested_count", "Evaluations on whose values sources differ"),
    ),
    ("dimension year evaluation_count", "dimension value year"),
)

QUALITY = Table(
    "quality",
    "How good the reader was when it was measured, and how good this release was when people judged a sample of it.",
    ("place",),
    (
        count("place", "Order of rows, from 0"),
        said("measured_on", "What it was measured on: train, tune, blind, or the key of a judged sample"),
        said("measure", "found, right (both F1), silent (where nothing happened), quotations (exact), calibration or accuracy"),
        text("field", "The field it is about; missing: the record as a whole"),
        number("low", "For calibration: lowest confidence of the bin; else lower end of the 95 % interval"),
        number("high", "For calibration: highest confidence of the bin; else upper end of the 95 % interval"),
        number("value", "What was found, a share from 0 to 1"),
        whole("cases", "How many cases it rests on"),
    ),
)

WARNINGS = Table(
    "warnings",
    "What may mislead, in plain words.",
    ("key",),
    (
        said("key", "Short name of the warning"),
        count("place", "Order of rows, from 0"),
        said("text_id", "The warning in Indonesian"),
        said("text_en", "The warning in English"),
    ),
)

CHANGES = Table(
    "changes",
    "Every difference of evaluations to the release before.",
    ("evaluation_key", "field"),
    (
        said("evaluation_key", "The evaluation; withdrawn ones are in this table only"),
        said("change", "added, changed or withdrawn"),
        said("field", "Field that changed; * for added and withdrawn: all of them"),
        item("before", "Value in the release before, {value}"),
        item("after", "Value in this release, {value}"),
        said("why", "new_article, new_reading, decision, merged, split, registry, taken_down, rejected or gone"),
        text("became_key", "Where a withdrawn evaluation went, where it was merged into another", to="evaluations.key"),
    ),
    ("change",),
)

DICTIONARY = Table(
    "dictionary",
    "Every column of every table.",
    ("table_name", "place"),
    (
        said("table_name", "The table"),
        count("place", "Place of the column, from 0"),
        said("column_name", "The column"),
        said("type", "text, integer, number, boolean, date, datetime, array or object"),
        Column("nullable", "boolean", "Whether it may be missing", null=False),
        text("points_to", "The column of another table it points to"),
        said("about", "What it means"),
    ),
)
