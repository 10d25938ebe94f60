"""Numbers as they are printed in the language of a page."""

from __future__ import annotations

from store.release.pages import language
from store.release.pages.words import number, told


def test_a_result_has_the_decimals_of_the_page() -> None:
    assert told("BB · 73.18") == "BB · 73,18"
    assert told("1 / 9 (Jawa Barat) · 98.06") == "1 / 9 (Jawa Barat) · 98,06"
    assert (told(None), number(73.18)) == ("", "73,18")
    token = language._language.set("en")
    try:
        assert (told("BB · 73.18"), number(73.18)) == ("BB · 73.18", "73.18")
    finally:
        language._language.reset(token)
