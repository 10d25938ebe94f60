"""The sentences under a result."""

from __future__ import annotations

from store.model.quoting import quote
from store.model.records import Evidence

TITLE = "Kota Ambon Raih Adipura"
TEXT = (
    "Wali Kota Ambon, Dr. H. Markus Latu, M.Si. menerima Adipura dari Menteri di Jl. Sudirman, Senin (3/6). "
    "Ini yang kedua kali. Ambon mengalahkan 12 kota.\nParagraf lain."
)


def at(field: str, words: str, where: str = "text") -> Evidence:
    start = (TITLE if where == "title" else TEXT).index(words)
    return Evidence.model_validate({"field": field, "in": where, "start": start, "end": start + len(words), "text": words})


def test_titles_and_abbreviations_end_no_sentence() -> None:
    (found,) = quote(TITLE, TEXT, [at("presented_by", "Menteri")])
    assert found.text.startswith("Wali Kota Ambon, Dr. H. Markus")
    assert found.text.endswith("Senin (3/6).")


def test_title_first_then_by_place_each_sentence_once() -> None:
    found = quote(TITLE, TEXT, [at("rank_of", "12 kota"), at("programme", "Adipura"), at("recipient", "Kota Ambon", "title")])
    assert [item.where for item in found] == ["title", "text", "text"]
    assert found[2].text == "Ambon mengalahkan 12 kota."
    for item in found:
        source = TITLE if item.where == "title" else TEXT
        assert source[item.start : item.start + len(item.text)] == item.text


def test_marks_say_every_field_and_never_overlap() -> None:
    evidence = [at("recipient", "Kota Ambon"), at("recipient_key", "Kota Ambon"), at("received_by", "Wali Kota Ambon, Dr. H. Markus Latu")]
    (found,) = quote(TITLE, TEXT, evidence)
    (mark,) = found.marks
    assert found.text[mark.start : mark.end] == "Wali Kota Ambon, Dr. H. Markus Latu"
    assert set(mark.fields) == {"recipient", "recipient_key", "received_by"}
