"""Signatures let copies and cuts of one story meet and keep most strangers apart."""

from __future__ import annotations

import itertools
import random

from extract.near_duplicates import BANDS, signature

WORDS = [f"{head}{tail}" for head in "ba ci du ke lo mi nu pa ra si ta wu".split() for tail in "kal rin mas tung pel san dar".split()]


def story(number: int, length: int = 300) -> str:
    chance = random.Random(number)
    return " ".join(chance.choice(WORDS) for _ in range(length))


def meet(one: str, other: str) -> bool:
    return bool(set(signature(one)) & set(signature(other)))


def test_a_story_meets_its_cut_to_half_and_its_edited_copy() -> None:
    whole = [story(number) for number in range(200)]
    halves = [" ".join(text.split()[:150]) for text in whole]
    assert sum(map(meet, whole, halves)) >= 195
    edited = [text.replace(WORDS[number % len(WORDS)], "lain") for number, text in enumerate(whole)]
    assert sum(map(meet, whole, edited)) >= 199


def test_strangers_do_not_meet() -> None:
    texts = [story(number) for number in range(60)]
    assert not [pair for pair in itertools.combinations(texts, 2) if meet(*pair)]


def test_a_signature_is_the_same_for_the_same_words_whatever_their_dress() -> None:
    assert signature("Pemkot Bandung meraih nilai A.") == signature("pemkot  bandung MERAIH nilai “A”")
    assert len(signature(story(1))) == BANDS
    assert signature("Tiga kata saja") == ()
    assert signature("") == ()


def test_a_signature_lasts_over_processes_and_versions() -> None:
    assert signature("empat kata yang tetap")[:2] == ("d8c87bc25e307657", "cd5c66b8dfad65f5")
