"""Personal names: titles off, spans, likeness, short forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.names import find_name_after, find_name_before, fold_name, same_name, short_forms, strip_titles
from tests.timing import growth

_NAMES = (
    "Budi Santoso",
    "Siti Aminah",
    "I Putu Gumi",
    "Muhammad Yusuf Ateh",
    "Johnny Plate",
    "Ma'ruf Amin",
    "Agus M. Tauchid",
    "Soekarwo",
    "Andi bin Ahmad",
)
_PREFIXES = ("H.", "Hj.", "Dr.", "dr.", "Ir.", "Drs.", "Prof. Dr.", "AKBP", "Kombes Pol", "Brigjen TNI", "KH", "Letkol Inf.", "")
_SUFFIXES = ("S.H.", "S.H., M.Si.", "SE., M.M", "M.Kes", "S.I.K., M.H.", "Ph.D", "S.Tr.Keb., M.M.", "")


@pytest.mark.parametrize(
    ("printed", "name", "prefixes", "suffixes"),
    [
        ("Prof. Dr. H. Budi Santoso, S.H., M.Si.", "Budi Santoso", ("Prof. Dr.", "H."), ("S.H.", "M.Si.")),
        ("Abdul Haris SH", "Abdul Haris", (), ("SH",)),
        ("H. M. Irsyad Yusuf, S.E., MMA", "M. Irsyad Yusuf", ("H.",), ("S.E.", "MMA")),
        ("H.M. Nur", "M. Nur", ("H.",), ()),
        ("HM Nurdin Abdullah", "Nurdin Abdullah", ("HM",), ()),
        ("dr. Mochamad Nur Aziz", "Mochamad Nur Aziz", ("dr.",), ()),
        ("Yahya Ahmad Zein, SH,MH", "Yahya Ahmad Zein", (), ("SH", "MH")),
        ("AKBP Budi Hermanto SIK MSi", "Budi Hermanto", ("AKBP",), ("SIK", "MSi")),
        ("Jenderal TNI (Purn) Moeldoko", "Moeldoko", ("Jenderal TNI (Purn)",), ()),
        ("MAYJEN TNI BUDI", "BUDI", ("MAYJEN TNI",), ()),
        ("Yasonna H Laoly", "Yasonna H Laoly", (), ()),
        ("Ramli MS", "Ramli MS", (), ()),
        ("Vandiko T. Gultom, S.T", "Vandiko T. Gultom", (), ("S.T",)),
        ("Ibu Risma", "Risma", ("Ibu",), ()),
        ("H.", "H.", (), ()),
    ],
)
def test_titles_come_off(printed: str, name: str, prefixes: tuple[str, ...], suffixes: tuple[str, ...]) -> None:
    assert strip_titles(printed) == (name, prefixes, suffixes)


@given(st.sampled_from(_PREFIXES), st.sampled_from(_NAMES), st.sampled_from(_SUFFIXES))
def test_any_title_comes_off_any_name(prefix: str, name: str, suffix: str) -> None:
    printed = f"{prefix} {name}".strip() + (f", {suffix}" if suffix else "")
    assert strip_titles(printed)[0] == name
    assert strip_titles(name)[0] == name
    text = f"Bupati Agam, {printed} menerima piala itu."
    mention = find_name_after(text, len("Bupati Agam"))
    assert mention is not None
    assert mention.name == name
    assert text[mention.start : mention.end].startswith(printed.rstrip("."))
    back = find_name_before(text, mention.end, len("Bupati Agam"))
    assert back is not None
    assert (back.start, back.name) == (mention.start, name)


@pytest.mark.parametrize(
    ("before", "rest", "name"),
    [
        ("Bupati Tuban", ", Aditya Halindra Faridzky, SE., atas nama", "Aditya Halindra Faridzky"),
        ("Bupati TTS", " (Eugus Pither Tahun), dan", "Eugus Pither Tahun"),
        ("Menteri PANRB", " Asman Abnur, Kamis (2/3)", "Asman Abnur"),
        ("Wali Kota", " Ema Sumarna.\nLain", "Ema Sumarna"),
        ("Menteri", " Retno Wiratmi. Purwanto hadir", "Retno Wiratmi"),
        ("Gubernur", " Sultan HB X.\nMenurut", "Sultan HB X"),
        ("Ketua", " E.E Mangindaan di lantai", "E.E Mangindaan"),
        ("Kepala", " Hari Wiwoho menyerahkan", "Hari Wiwoho"),
        ("Kepala", " Puji Istianto, ketika", "Puji Istianto"),
        ("Bupati", " Lucky Hakim Diganjar Award", "Lucky Hakim"),
        ("Wali Kota", " Bakri Siddiq Terima Penghargaan", "Bakri Siddiq"),
        ("Kapolres", " AKBP BUDI HERMANTO, S.I.K. mengatakan", "BUDI HERMANTO"),
        ("Rektor", " Khalid al-Farisi berkata", "Khalid al-Farisi"),
        ("Bupati", ' Ahmad "Udin" Saleh', "Ahmad"),
        ("Bupati", " menerima piala", None),
        ("Bupati", " Raih Penghargaan", None),
        ("Bupati", " pada Hari Kesehatan", None),
        ("Bupati", ", Kamis (2/3)", None),
        ("Bupati", "", None),
        ("Bupati", "\nBudi Santoso", None),
    ],
)
def test_a_name_ends_where_it_ends(before: str, rest: str, name: str | None) -> None:
    mention = find_name_after(before + rest, len(before))
    assert (mention.name if mention else None) == name


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Menurut Budi Santoso selaku Gubernur", "selaku", "Budi Santoso"),
        ("kata Drs Sartono Kepala Lapas", "Kepala", "Sartono"),
        ("kata H. Bagus Alit, S.H., M.H., Sekretaris Daerah", "Sekretaris", "Bagus Alit"),
        ("Anna Mu'awanah (Bupati Bojonegoro)", "Bupati", "Anna Mu'awanah"),
        ("Bupati Manggarai Barat Drs. Agustinus Ch. Dula mengaku", "mengaku", "Agustinus Ch. Dula"),
        ("kata dia, Sekretaris Daerah", "Sekretaris", None),
    ],
)
def test_a_name_before_a_place(text: str, word: str, name: str | None) -> None:
    mention = find_name_before(text, text.index(word))
    assert (mention.name if mention else None) == name


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Prof. Dr. H. Budi, S.H.", "Budi", "same"),
        ("Tjahyo Kumolo", "Tjahjo Kumolo", "same"),
        ("Soekarno", "Sukarno", "same"),
        ("Mochamad Nur", "Muhammad Nur", "same"),
        ("Syafruddin", "Sjafrudin", "same"),
        ("M. Ridwan", "Muhammad Ridwan", "initials"),
        ("Nur Hayati", "Nurhayati", "spacing"),
        ("Tri Rismaharani", "Tri Rismaharini", "spelling"),
        ("Yosanna H Laoly", "Yasonna H Laoly", "spelling"),
        ("Ema", "Ema Sumarna", "short form"),
        ("Sumarna", "Ema Sumarna", "short form"),
        ("SBY", "Susilo Bambang Yudhoyono", "acronym"),
        ("Hendi", "Hendrar Prihadi", "call name"),
        ("Budi Santoso", "Budi Hartono", "different"),
        ("Rini", "Rina", "different"),
        ("", "Budi", "different"),
    ],
)
def test_likeness_has_its_reason(a: str, b: str, reason: str) -> None:
    assert same_name(a, b).reason == reason
    assert same_name(b, a) == same_name(a, b)


def test_likeness_falls_in_order() -> None:
    scores = [same_name("Ema Sumarna", other).score for other in ("Ema Sumarna", "E. Sumarna", "Ema Sumarno", "Ema", "Sumarna", "Budi")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert scores[-1] == 0.0


def test_short_forms() -> None:
    assert short_forms("Drs. H. Susilo Bambang Yudhoyono, M.A.") == (
        "Susilo Bambang Yudhoyono", "Susilo Bambang", "Bambang Yudhoyono", "Susilo", "Bambang", "Yudhoyono", "SBY",
    )  # fmt: skip
    assert "Muhammad" not in short_forms("Muhammad Yusuf Ateh")
    assert short_forms("Soekarwo") == ("Soekarwo",)


@given(st.sampled_from(_NAMES))
def test_every_short_form_goes_with_its_name(name: str) -> None:
    assert all(same_name(form, name).score > 0 for form in short_forms(name))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    match = same_name(a, b)
    assert 0 <= match.score <= 1
    assert match == same_name(b, a)
    assert same_name(a, a).score == (1.0 if fold_name(a) else 0.0)


@given(st.text(alphabet=st.sampled_from("AbiH.M ,()S'-\nDr")), st.integers(0, 40))
def test_any_text_gives_a_span_within_it(text: str, position: int) -> None:
    position = min(position, len(text))
    after, before = find_name_after(text, position), find_name_before(text, position)
    assert after is None or position <= after.start < after.end <= len(text)
    assert before is None or 0 <= before.start < before.end <= position


@pytest.mark.parametrize("unit", ["A ", "M. ", "H. ", "S.H., ", "Drs. ", "Budi ", "Al-", "(", "a'"])
def test_a_search_costs_the_same_in_a_long_text(unit: str) -> None:
    def search(text: str) -> None:
        middle = len(text) * 2 // 5
        for position in range(middle, middle + 10):
            find_name_after(text, position)
            find_name_before(text, position)

    short, long = unit * (10_000 // len(unit)), unit * (1_000_000 // len(unit))
    assert growth(lambda: search(short), lambda: search(long)) < 10, "a hundred times the text"
