"""Names of the gold lead to their keys: right in 97 of 100, wrong in at most one of 200; each part of the gold is held to it."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from tests.quality.linking import Ruler, gold_files, measure, shares

RIGHT, WRONG = 0.97, 0.005


@pytest.fixture(scope="module")
def ruler() -> Ruler:
    return Ruler(load_registry())


def test_the_names_of_the_gold_lead_to_their_keys(ruler: Ruler) -> None:
    judged = [item for files in gold_files().values() for item in measure(files, ruler)]
    for role in ("recipient", "giver", "agency"):
        names, right, wrong = shares(item for item in judged if item.name.role == role)
        assert names > 100
        assert right >= RIGHT, role
        assert wrong <= WRONG, role


def test_a_name_that_the_article_does_not_print_is_missed_and_a_rival_is_wrong(ruler: Ruler) -> None:
    claim = {"recipient": "Bogor", "recipient_name": "Pemerintah Kota Bogor", "recipient_key": "32.71"}
    gold = {"claims": [claim], "agencies": ["Kementerian Kehutanan"]}
    told = {"key": "k", "gold": gold, "article": {"title": "Opini", "text": "Pemkab Bogor meraih opini WTP.", "published": "2022-06-01"}}
    assert {item.name.role: item.verdict for item in ruler.judge(told)} == {"recipient": "wrong", "agency": "missed"}
