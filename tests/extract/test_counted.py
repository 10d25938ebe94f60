"""Numbers that name a list: which bodies a result is told of, by how many they are."""

from __future__ import annotations

import pytest

from extract.article import read_json
from extract.claims import ClaimMaker
from extract.counted import counted, runs
from extract.lexicon import load_registry
from extract.people import People
from extract.scene import Scene, SceneBuilder
from extract.scorer import load_scorer

REGISTRY = load_registry()
NTT = (
    "Ombudsman RI Perwakilan NTT merilis penilaian kepatuhan pelayanan publik tahun 2024 di Kupang, Senin (18/11/2024). "
    "Dari yang hijau, dua masuk kategori A yakni Kabupaten Ende (91,10) dan Kabupaten Sikka (89,40), sisanya tiga Pemda kategori B. "
    "Tiga Pemda itu ialah Kabupaten Belu (84,20), Kabupaten Alor (83,10) dan Kabupaten Ngada (82,00)."
)
ZONES = (
    "Ombudsman RI mengumumkan hasil penilaian kepatuhan tahun 2018 di Kupang, Jumat (14/12/2018). "
    "Empat Pemda di zona merah itu adalah Kabupaten Alor (48,94), Kabupaten Sikka (47,10). "
    "Berikutnya Kabupaten Belu (45,90) dan Kabupaten Ngada (41,62)."
)
BACK = (
    "MCP KPK tahun 2021 untuk Kalimantan Utara diumumkan Jumat (11/2/2022). Kabupaten Nunukan mencatat 80,17, Kota Tarakan 75,88 dan "
    "Kabupaten Malinau 77,10. Tiga daerah itu semuanya berada di zona hijau."
)


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


def scene_of(builder: SceneBuilder, text: str) -> Scene:
    return builder.build(read_json({"key": "k", "title": "", "text": text, "published": None}))


def predicates(builder: SceneBuilder, text: str) -> dict[str, str | None]:
    """The predicate of each recipient, by the last word of its name."""
    scene = scene_of(builder, text)
    claims = ClaimMaker(REGISTRY, load_scorer()).claims(scene, People(scene, REGISTRY))
    return {claim.recipient_name.split()[-1]: claim.predicate for claim in claims}


def test_a_sentence_that_goes_on_belongs_to_the_run_before(builder: SceneBuilder) -> None:
    found = {run for run in runs(scene_of(builder, ZONES)).values() if run[1] > 1}
    assert [size for _, size in found] == [4]


def test_the_number_beside_a_result_is_found(builder: SceneBuilder) -> None:
    scene = scene_of(builder, NTT)
    told = {str(r.value): counted(scene)[r.start].count for r in scene.results if r.start in counted(scene)}
    assert (told["A"], told["B"]) == (2, 3)


def test_words_that_point_back_say_so(builder: SceneBuilder) -> None:
    scene = scene_of(builder, BACK)
    assert [item.back for item in counted(scene).values()] == [True]


def test_each_list_gets_the_step_told_of_as_many(builder: SceneBuilder) -> None:
    found = predicates(builder, NTT)
    assert {name: found.get(name) for name in ("Ende", "Sikka", "Belu", "Alor", "Ngada")} == {
        "Ende": "A", "Sikka": "A", "Belu": "B", "Alor": "B", "Ngada": "B",
    }  # fmt: skip


def test_what_opens_a_list_holds_where_the_list_goes_on(builder: SceneBuilder) -> None:
    found = predicates(builder, ZONES)
    assert {name: found.get(name) for name in ("Alor", "Sikka", "Belu", "Ngada")} == dict.fromkeys(
        ("Alor", "Sikka", "Belu", "Ngada"), "zona merah"
    )


def test_what_is_told_of_all_named_before_is_theirs(builder: SceneBuilder) -> None:
    found = predicates(builder, BACK)
    assert {found.get(name) for name in ("Nunukan", "Tarakan", "Malinau")} == {"zona hijau"}
