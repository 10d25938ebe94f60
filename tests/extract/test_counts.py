"""How often, and how often in a row."""

from __future__ import annotations

import pytest

from extract.numbers import find_counts


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("untuk ke-10 kalinya", "total", 10),
        ("kesepuluhkalinya meraih", "total", 10),
        ("untuk yang keempat kalinya", "total", 4),
        ("sudah 10 kali meraih", "total", 10),
        ("award ini kali ke dua bagi", "total", 2),
        ("untuk kali ketiga", "total", 3),
        ("7 kali berturut-turut", "streak", 7),
        ("14 kali secara berturut-turut", "streak", 14),
        ("tujuh tahun berturut-turut", "streak", 7),
        ("tiga tahun beruntun", "streak", 3),
        ("10 tahun terakhir secara berturut-turut", "streak", 10),
        ("ketiga kalinya berturut-turut sejak 2016", "streak", 3),
        ("tahun kelima berturut-turut", "streak", 5),
        ("berturut-turut selama lima tahun", "streak", 5),
        ("mencetak hattrick", "streak", 3),
        ("menyimpan WTP, yang kesembilan dan tidak pernah terputus", "streak", 9),
        ("mencetak hat-trick", "streak", 3),
        ("WTP ke-7 secara berturut-turut", "streak", 7),
    ],
)
def test_counts(text: str, kind: str, value: int) -> None:
    found = find_counts(f"Pemkab itu {text}.")
    assert [(item.kind, item.value, item.weak) for item in found] == [(kind, value, False)]


def test_total_and_streak_of_one_sentence_stay_apart() -> None:
    found = find_counts("Opini WTP diraih untuk ke-10 kalinya, 7 kali berturut-turut.")
    assert [(item.kind, item.value) for item in found] == [("total", 10), ("streak", 7)]


@pytest.mark.parametrize(
    "text", ["naik 3 kali lipat", "tiga kali sehari", "menyiram 66.349 kali", "kesekian kalinya", "sekali lagi", "tahun ketiga"]
)
def test_what_counts_no_awards(text: str) -> None:
    assert find_counts(text) == []


def test_an_ordinal_behind_an_award_is_a_weak_count() -> None:
    assert [(item.value, item.weak) for item in find_counts("Ini opini WTP yang kelima bagi mereka.")] == [(5, True)]
