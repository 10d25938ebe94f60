"""What can be counted inside the release itself: results of bodies and programmes, hand-overs of people, coverage."""

from __future__ import annotations

import sqlite3

_COUNTS = (
    "CREATE TEMP TABLE held AS SELECT agency_key AS key, count(*) AS n, min(edition_year) AS low, max(edition_year) AS high "
    "FROM evaluations GROUP BY 1",
    "CREATE TEMP TABLE gave AS SELECT giver_key AS key, count(*) AS n FROM evaluations WHERE giver_key IS NOT NULL GROUP BY 1",
    "CREATE TEMP TABLE judged AS SELECT programme AS key, count(*) AS n, count(DISTINCT agency_key) AS bodies, min(edition_year) AS low, "
    "max(edition_year) AS high FROM evaluations WHERE programme IS NOT NULL GROUP BY 1",
    "CREATE TEMP TABLE people AS SELECT official_key AS key, count(DISTINCT CASE role WHEN 'presented' THEN evaluation_key END) AS gave, "
    "count(DISTINCT CASE role WHEN 'received' THEN evaluation_key END) AS took FROM handovers WHERE official_key IS NOT NULL GROUP BY 1",
    "CREATE TEMP TABLE told AS SELECT article_key AS key, count(*) AS n FROM claims GROUP BY 1",
    "UPDATE agencies SET evaluation_count = h.n, first_year = h.low, last_year = h.high FROM temp.held h WHERE h.key = agencies.key",
    "UPDATE agencies SET given_count = g.n FROM temp.gave g WHERE g.key = agencies.key",
    "UPDATE programmes SET evaluation_count = j.n, agency_count = j.bodies, first_seen_year = j.low, last_seen_year = j.high "
    "FROM temp.judged j WHERE j.key = programmes.key",
    "UPDATE officials SET presented_count = p.gave, received_count = p.took FROM temp.people p WHERE p.key = officials.key",
    "UPDATE articles SET claim_count = t.n FROM temp.told t WHERE t.key = articles.key",
    "CREATE TEMP TABLE brought AS SELECT source_key AS key, count(*) AS n, sum(unread IS NOT NULL) AS silent, sum(claim_count) AS claims, "
    "min(published_date) AS low, max(published_date) AS high FROM articles WHERE source_key IS NOT NULL GROUP BY 1",
    "UPDATE sources SET article_count = b.n, unread_count = b.silent, claim_count = b.claims, first_published_date = b.low, "
    "last_published_date = b.high FROM temp.brought b WHERE b.key = sources.key",
)

_DIMENSIONS = {
    "all": ("NULL", "NULL"),
    "programme": ("coalesce(programme, programme_name)", "programme_name"),
    "province": ("province_code", "province_name"),
    "kind": ("kind", "kind"),
    "level": ("level", "level"),
    "agency_kind": ("agency_kind", "agency_kind"),
    "topic": ("topic", "topic"),
    "giver": ("coalesce(giver_key, giver)", "giver"),
    "sureness": ("sureness", "sureness"),
    "result": ("result", "result"),
}
_BY_OUTLET = "evaluations, json_each(evaluations.outlets) AS o"


def count(release: sqlite3.Connection) -> None:
    """Fill every counted column and the table of coverage."""
    for statement in _COUNTS:
        release.execute(statement)
    for dimension, (value, name) in _DIMENSIONS.items():
        _cover(release, dimension, value, name, "evaluations")
    _cover(release, "outlet", "o.value", "o.value", _BY_OUTLET)


def _cover(release: sqlite3.Connection, dimension: str, value: str, name: str, origin: str) -> None:
    counted = (
        f"SELECT {value} AS value, max({name}) AS name, {{year}} AS year, count(*) AS n, count(DISTINCT agency_key) AS bodies, "
        f"sum(source_count = 1) AS single, sum(conflict_count > 0) AS contested FROM {origin} {{where}} GROUP BY 1, 3"
    )
    both = (
        counted.format(year="NULL", where="") + " UNION ALL " + counted.format(year="edition_year", where="WHERE edition_year IS NOT NULL")
    )
    release.execute(
        "INSERT INTO coverage SELECT ?, row_number() OVER (ORDER BY year IS NOT NULL, year DESC, n DESC, value) - 1, "
        f"value, name, year, n, bodies, single, contested FROM ({both})",
        (dimension,),
    )
