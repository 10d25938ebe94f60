"""Rows of a release made from rows of the database: results in words, sentences in place of texts, names beside keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from store.model.keys import fold
from store.model.quoting import Quotation, quote
from store.model.records import Evidence
from store.release.facts import OTHER_TOPIC, result_in_words, sureness, topics
from store.release.schema import Table

Row = dict[str, Any]

_WEIGHTS = {"recipient": 8, "predicate": 4, "tier": 4, "rank": 4, "score": 4, "programme": 2, "edition_year": 1, "giver": 1}
"""What a sentence is worth when one has to stand for a claim: whose result it is counts more than all else it says."""
_ROLES = {"presented": "presented_by", "received": "received_by", "addressed": "addressed_to"}


def stored(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values of a row in the order of the table's columns, as SQLite keeps them."""
    return tuple(_stored(column.type, row[column.name]) for column in table.columns)


def _stored(kind: str, value: Any) -> Any:
    if value is None:
        return "[]" if kind == "array" else None
    if kind in ("array", "object"):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return int(value) if kind == "boolean" else value


class Scales:
    """The programmes' own scales: where a predicate stands on the one of its year."""

    def __init__(self, steps: Sequence[Row]) -> None:
        self._scales: dict[str, dict[int, list[Row]]] = {}
        for step in steps:
            self._scales.setdefault(step["programme"], {}).setdefault(step["scale"], []).append(step)

    def place(self, programme: str | None, predicate: str | None, year: int | None) -> tuple[int | None, int | None]:
        """Place (1 is best) and number of steps; both None where the predicate is on no scale of that year."""
        for scale in sorted(self._scales.get(programme or "", {}).items(), reverse=True):
            steps = scale[1]
            since, until = steps[0]["since_year"], steps[0]["until_year"]
            if year is not None and ((since and year < since) or (until and year > until)):
                continue
            found = next((step["place"] for step in steps if predicate and fold(step["name"]) == fold(predicate)), None)
            if found is not None:
                return found, len(steps)
        return None, None


def claim_rows(claim: Row) -> tuple[Row, list[Row]]:
    """The claim with its best sentence, and all its sentences as rows of quotations."""
    evidence = [
        Evidence.model_validate({"field": one["field"], "in": one["where"], "start": one["start"], "end": one["stop"], "text": one["text"]})
        for one in claim["evidence"]
    ]
    sentences = quote(claim["title"], claim["text"], evidence)
    rows = [
        {
            "claim_key": claim["key"],
            "number": number,
            "evaluation_key": claim["evaluation_key"],
            "article_key": claim["article_key"],
            "place": one.where,
            "start_offset": one.start,
            "quotation": one.text,
            "marks": [{"start": mark.start, "end": mark.end, "fields": list(mark.fields)} for mark in one.marks],
        }
        for number, one in enumerate(sentences)
    ]
    made = {**claim, "result": result_in_words(claim), "quotation": _best(sentences)}
    return made, rows


def _best(sentences: Sequence[Quotation]) -> str | None:
    """The sentence that says most of whose result it is and which; the text goes before the title, then the earlier one."""

    def weight(one: Quotation) -> tuple[int, bool]:
        fields = {name for mark in one.marks for name in mark.fields}
        return sum(_WEIGHTS.get(name, 0) for name in fields), one.where == "text"

    return max(sentences, key=weight).text if sentences else None


def evaluation_row(evaluation: Row, claims: Sequence[Row], outlets: Sequence[str], scales: Scales) -> Row:
    """The evaluation with its topic, place on the scale, best sentence and people."""
    first = max(claims, key=lambda claim: (claim["result"] == result_in_words(evaluation), not claim["background"]), default=None)
    step, count = scales.place(evaluation["programme"], evaluation["predicate"], evaluation["edition_year"])
    people = [evaluation[f"{side}_name"] for side in _ROLES.values()] + [one["name"] for one in evaluation["also_received_by"] or ()]
    return {
        **evaluation,
        "result": result_in_words(evaluation),
        "topic": topics().get(evaluation["programme"] or "", OTHER_TOPIC),
        "step": step,
        "step_count": count,
        "sureness": sureness(evaluation["confidence"]),
        "outlets": list(outlets),
        "quotation": first["quotation"] if first else None,
        "quotation_url": first["url"] if first else None,
        "people": ", ".join(name for name in people if name) or None,
    }


def handover_rows(evaluation: Row, claims: Sequence[Row], officials: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Who handed the result over, took it, or was stood in for; keys where the articles name the post."""
    known: dict[str, str] = {}
    for claim in claims:
        for name, key in officials.get(claim["version_key"], {}).items():
            known.setdefault(name, key)
    rows: list[Row] = []
    for role, side in _ROLES.items():
        people = [{"name": evaluation[f"{side}_name"], "position": evaluation[f"{side}_position"]}] if evaluation[f"{side}_name"] else []
        if role == "received":
            people += [one for one in evaluation["also_received_by"] or () if one.get("name")]
        rows += [
            {
                "evaluation_key": evaluation["key"],
                "role": role,
                "place": place,
                "official_name": person["name"],
                "official_key": known.get(person["name"]),
                "position": person.get("position"),
                "shown_date": evaluation["shown_date"],
            }
            for place, person in enumerate(people)
        ]
    return rows
