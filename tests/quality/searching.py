"""What do other forms of words bring a search, and what do they cost? `python -m tests.quality.searching`

Two measures over the gold articles, through the full-text index of a real database:

- Words: drawn at random from titles (`searches.csv`, with the forms of each that stand in the articles and whether a person who types the
  word wants them, judged by hand). An article is wanted that holds a wanted form.
- Results: the programme and the recipient of every result that the gold names, typed one behind the other. An article is wanted that the
  gold says tells that programme's result of that body.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from store.model.records import Article, Reading
from store.sql.database import Database
from store.sql.ledger import record_reading
from store.sql.queries import Filters, articles
from store.sql.queries.forms import forms
from store.sql.queries.words import words_in
from tests.quality.splits import GOLD

JUDGED = Path(__file__).with_name("searches.csv")
WAYS = {"as printed": True, "other forms too, idle words passed over": False}
Wanted = dict[str, set[str]]


@dataclass
class Counted:
    """Articles over all questions: wanted, found, both, and how many questions found nothing though something is wanted."""

    wanted: int = 0
    found: int = 0
    both: int = 0
    questions: int = 0
    empty: int = 0

    def add(self, wanted: set[str], found: set[str]) -> None:
        """Count one question."""
        self.wanted += len(wanted)
        self.found += len(found)
        self.both += len(wanted & found)
        self.questions += 1
        self.empty += bool(wanted) and not found

    def row(self) -> str:
        """Precision, recall and the rest as cells."""
        precision, recall = self.both / max(self.found, 1), self.both / max(self.wanted, 1)
        return f"{precision:.3f} | {recall:.3f} | {self.found} | {self.empty} of {self.questions}"


def read_gold() -> dict[str, dict[str, Any]]:
    """The gold articles by key."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(GOLD.glob("*.json"))}


def filled(folder: str, gold: dict[str, dict[str, Any]]) -> Database:
    """A database with the texts of the gold."""
    database = Database(f"sqlite:///{folder}/gold.db")
    database.upgrade()
    for key, item in gold.items():
        told = item["article"]
        record_reading(database, Reading(article=Article(key=key, title=told["title"], text=told["text"]), reader="gold"))
    return database


def by_words(find: Callable[[str, bool], set[str]]) -> Wanted:
    """For each judged word the articles that hold a wanted form."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted: Wanted = {}
    for row in rows:
        if row["wanted"] == "yes":
            wanted.setdefault(row["word"], set()).update(find(row["form"], True))
    return wanted


def by_results(gold: dict[str, dict[str, Any]]) -> Wanted:
    """For each programme and recipient that the gold names the articles that tell a result of them."""
    wanted: Wanted = {}
    for key, item in gold.items():
        for claim in item["gold"]["claims"]:
            programme, recipient = claim.get("programme_name"), claim.get("recipient_name")
            if isinstance(programme, str) and isinstance(recipient, str) and claim.get("recipient_key"):
                wanted.setdefault(f"{programme} {recipient}", set()).add(key)
    return wanted


def counted(questions: Wanted, find: Callable[[str, bool], set[str]], as_printed: bool) -> Counted:
    """Ask every question one way."""
    total = Counted()
    for text, wanted in questions.items():
        total.add(wanted, find(text, as_printed))
    return total


def unjudged(words: Iterable[str], gold: dict[str, dict[str, Any]]) -> list[str]:
    """Forms that stand in the articles and that a search finds, but that nobody has judged."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = {(row["word"], row["form"]) for row in csv.DictReader(file)}
    present = {word for item in gold.values() for word in words_in(f"{item['article']['title']} {item['article']['text']}")}
    return sorted(f"{word},{form}" for word in words for form in set(forms(word)) & present if (word, form) not in judged)


def main() -> None:
    """Print the table."""
    gold = read_gold()
    with tempfile.TemporaryDirectory() as folder:
        database = filled(folder, gold)

        def find(text: str, as_printed: bool) -> set[str]:
            return {row["key"] for row in articles(database, Filters(text=text, as_printed=as_printed), limit=1000).rows}

        sys.stdout.write("| | precision | recall | articles found | nothing found |\n|---|---|---|---|---|\n")
        for name, questions in (("words", by_words(find)), ("results", by_results(gold))):
            for way, as_printed in WAYS.items():
                sys.stdout.write(f"| {name}, {way} | {counted(questions, find, as_printed).row()} |\n")
            if name == "words" and (missing := unjudged(questions, gold)):
                sys.stdout.write(f"not judged: {' '.join(missing)}\n")


if __name__ == "__main__":
    main()
