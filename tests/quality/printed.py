"""`python -m tests.quality.printed`: are the dates and numbers of the gold among what the finders find in their articles?

A value counts where the gold gives one; of several right answers any is enough, and a slot that may stay empty is left out.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from extract.dates import find_dates
from extract.numbers import find_counts, find_fields, find_ranks, find_scores
from tests.quality.linking import gold_files

FIELDS = ("event_date", "score", "rank", "rank_of", "count_total", "count_streak")


def found(gold: dict[str, Any], text: str, published: date | None) -> dict[str, set[Any]]:
    """Every value the finders see in a text, by the field it may fill."""
    years = [claim["edition_year"] for claim in gold["claims"] if isinstance(claim.get("edition_year"), int)]
    dates = find_dates(text, published, years[0] if years else None)
    ranks, counts = find_ranks(text), find_counts(text)
    return {
        "event_date": {day.isoformat() for mention in dates for day in (mention.day, mention.end_day) if day},
        "score": {mention.value for mention in find_scores(text)},
        "rank": {mention.rank for mention in ranks},
        "rank_of": {mention.rank_of for mention in ranks} | {mention.count for mention in find_fields(text)},
        "count_total": {mention.value for mention in counts},
        "count_streak": {mention.value for mention in counts if mention.kind == "streak"},
    }


def judge(item: dict[str, Any]) -> Iterator[tuple[str, Any, bool]]:
    """(field, value, whether it was found) for each distinct value of one gold article."""
    article, gold = item["article"], item["gold"]
    published = date.fromisoformat(article["published"][:10]) if article.get("published") else None
    have = found(gold, f"{article.get('title') or ''}\n{article['text']}", published)
    seen = set()
    for claim in gold["claims"]:
        listed = "rank_from_list_order" in (claim.get("flags") or ())
        for field in FIELDS:
            value = claim.get(field)
            options = value if isinstance(value, list) else [value]
            if None in options or field in claim.get("open", ()) or (listed and field == "rank") or (field, str(options)) in seen:
                continue
            seen.add((field, str(options)))
            yield field, value, any(option in have[field] for option in options)


def measure(files: Iterable[Path]) -> dict[str, list[tuple[str, Any, bool]]]:
    """By field: (article, value, found) of all values of some gold files."""
    out: dict[str, list[tuple[str, Any, bool]]] = defaultdict(list)
    for path in files:
        item = json.loads(path.read_text("utf-8"))
        for field, value, right in judge(item) if "gold" in item else ():
            out[field].append((path.stem, value, right))
    return out


def main() -> int:
    """Print the share found of each field of each part; what is missed goes to stderr, but for blind."""
    for part, files in gold_files().items():
        for field, values in sorted(measure(files).items()):
            sys.stdout.write(f"{part:6} {field:12} {len(values):4} {sum(right for *_, right in values) / len(values):.4f}\n")
            for key, value, right in values if part != "blind" else ():
                if not right:
                    sys.stderr.write(f"{key}: {field} {value!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
