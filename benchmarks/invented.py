"""A release of a million invented evaluations, to measure pages and exports by: `python -m benchmarks.invented FILE [EVALUATIONS]`.

Bodies, programmes and scales are those of the registry; results, articles and sentences are made up from a seed.
The same seed gives the same bytes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from extract.lexicon import load_registry
from store.model.keys import digest
from store.release.about import describe
from store.release.build import closed, opened, write, write_known
from store.release.counting import count
from store.release.facts import OTHER_TOPIC, Facts, result_in_words, sureness, topics
from store.release.schema import table
from store.sql.database import Database
from store.sql.ledger import record_registry
from store.sql.queries import publishing

Row = dict[str, Any]

NEWEST = date(2025, 12, 31)
YEARS = 14
OUTLETS = tuple(f"Harian Contoh {number}" for number in range(1, 61))
_BATCH = 5000
FACTS = Facts("2026.01.01", date(2026, 1, 1), generator="rapor benchmark")


def generate(target: Path, evaluations: int = 1_000_000, articles: int = 200_000, seed: int = 1) -> None:
    """Write the SQLite file of an invented release to a new file, with every index and full-text index of a real one."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/registry.db")
        database.upgrade()
        record_registry(database, load_registry())
        with database.reading() as connection:
            known = publishing.registry(connection)
            bodies = [row for row in publishing.every_agency(connection) if row["level"] in ("provinsi", "kabupaten", "kota", "national")]
            release = opened(target)
            _results(release, Invention(bodies, known, articles, seed), evaluations)
            write(release, "articles", _articles(articles))
            write_known(release, connection, known)
        count(release)
        describe(release, FACTS, None)
        closed(release)
        release.close()
        database.close()


class Invention:
    """Invented results, one after another, newest first."""

    def __init__(self, bodies: list[Row], known: dict[str, list[Row]], articles: int, seed: int) -> None:
        self.random = Random(seed)
        self.bodies, self.programmes, self.articles = bodies, known["programmes"], articles
        self.steps: dict[str, list[str]] = {}
        for step in known["steps"]:
            self.steps.setdefault(step["programme"], []).append(step["name"])

    def evaluation(self, number: int, of: int) -> Row:
        """The evaluation with this number: the days of all of them are spread evenly over the years."""
        random = self.random
        programme = self.programmes[int(len(self.programmes) * random.random() ** 2)]
        body, shown = random.choice(self.bodies), NEWEST - timedelta(days=number * 365 * YEARS // of)
        steps = self.steps.get(programme["key"], [])
        step = int(len(steps) * random.random()) if steps else None
        row: Row = dict.fromkeys(table("evaluations").names)
        row |= {
            "key": digest("invented", str(number)),
            "programme": programme["key"],
            "programme_name": programme["name"],
            "edition_year": shown.year - random.randrange(2),
            "kind": programme["kind"],
            "predicate": None if step is None else steps[step],
            "tier": f"Top {random.choice((10, 30, 45, 99))}" if step is None else None,
            "recipient_name": body["name"],
            "recipient_key": body["key"],
            "agency_key": body["key"],
            "level": body["level"],
            "agency_kind": body["kind"],
            "province_code": body["province_code"],
            "province_name": body["province_name"],
            "giver": programme["giver"],
            "giver_key": programme["giver_key"],
            "event_date": shown.isoformat(),
            "shown_date": shown.isoformat(),
            "status": "conferred",
            "confidence": round(1 - random.random() ** 2 * 0.8, 4),
            "topic": topics().get(programme["key"], OTHER_TOPIC),
            "step": None if step is None else step + 1,
            "step_count": len(steps) or None,
            "conflict_count": int(random.random() < 0.02),
            "official_count": int(random.random() < 0.1),
            "review": "open",
            "reader": "benchmark",
        }
        row |= {"result": result_in_words(row), "sureness": sureness(row["confidence"])}
        row["quotation"] = f"{body['name']} meraih {row['result']} dalam {programme['name']} tahun {row['edition_year']}."
        return row

    def claims(self, row: Row, number: int) -> list[Row]:
        """One to three claims that tell it."""
        found = []
        for place in range(1 + (self.random.random() < 0.15) + (self.random.random() < 0.05)):
            article = (number + place * 7) % self.articles
            found.append({**row, **_told(article), "key": digest("told", row["key"], str(place)), "evaluation_key": row["key"]})
        return found


def _told(article: int) -> Row:
    key, outlet = digest("article", str(article)), OUTLETS[article % len(OUTLETS)]
    return {
        "article_key": key,
        "outlet": outlet,
        "title": f"Berita contoh nomor {article}",
        "url": f"https://contoh.example/{article}",
        "published": None,
        "recipient": "Pemerintah",
        "background": False,
        "story_key": key,
    }


def _results(release: Any, invention: Invention, evaluations: int) -> None:
    for start in range(0, evaluations, _BATCH):
        rows: list[Row] = []
        told: list[Row] = []
        for number in range(start, min(start + _BATCH, evaluations)):
            row = invention.evaluation(number, evaluations)
            claims = invention.claims(row, number)
            outlets = sorted({claim["outlet"] for claim in claims})
            counted = {"claim_count": len(claims), "article_count": len(claims), "source_count": len(outlets), "outlets": outlets}
            rows.append({**row, **counted, "quotation_url": claims[0]["url"]})
            told += claims
        write(release, "evaluations", rows)
        write(release, "claims", told)
        write(release, "quotations", (_quotation(claim) for claim in told))


def _quotation(claim: Row) -> Row:
    name = claim["recipient_name"]
    return {
        "claim_key": claim["key"],
        "number": 0,
        "evaluation_key": claim["evaluation_key"],
        "article_key": claim["article_key"],
        "place": "text",
        "start_offset": 0,
        "quotation": claim["quotation"],
        "marks": [{"start": 0, "end": len(name), "fields": ["recipient"]}],
    }


def _articles(number: int) -> Iterator[Row]:
    for place in range(number):
        told = _told(place)
        day = (NEWEST - timedelta(days=place * 365 * YEARS // number)).isoformat()
        plain = {"source_key": None, "official": False, "published": day, "published_date": day, "shown_date": day, "language": "id"}
        state = {"unread": None, "versions": 1, "claim_count": 0, "fetched_at": None, "digest": None, "reader": "benchmark"}
        yield {"key": told["article_key"], **told, **plain, **state}


def main() -> int:
    """Make the file that was asked for."""
    target = Path(sys.argv[1])
    if target.exists():
        sys.stderr.write(f"{target} is there already\n")
        return 2
    generate(target, *(int(word) for word in sys.argv[2:4]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
