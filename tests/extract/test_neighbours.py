"""Whose result a result is: the body it stands next to in a list, and what its clause says of year, scale and programme."""

from __future__ import annotations

import pytest

from extract.article import read_json
from extract.attachments import attachable
from extract.candidates import Describer
from extract.context import Features
from extract.lexicon import load_registry
from extract.neighbours import neighbours
from extract.scene import Scene, SceneBuilder
from extract.slots import Draft, field_size
from tests.extract.test_counted import scene_of

REGISTRY = load_registry()
ORDINALS = (
    "Penghargaan Pembangunan Daerah 2023 diserahkan Bappenas di Jakarta, Rabu (10/5/2023). "
    "Provinsi terbaik pertama Bali, kedua Jambi, dan ketiga Lampung."
)
INDEX = "Indeks SPBE 2023 diumumkan Kementerian PANRB. Kabupaten Alor mencatat 2,90, Kabupaten Belu 2,61 serta Kabupaten Sikka 2,10."
TWO_PROGRAMMES = "Survei Penilaian Integritas (SPI) Provinsi Banten 73,22 sedangkan Monitoring Center for Prevention (MCP) 91,40."
RISE = "Nilai SAKIP Kabupaten Alor pada 2020 sebesar 58,10, sedangkan pada 2021 nilainya 61,40."
SCALE = "Kabupaten Alor meraih nilai SAKIP 61,40. Predikat B diberikan untuk nilai 60-70, predikat BB untuk nilai 70-80."


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


def features(scene: Scene, body: str, value: str | float, programme: str | None = None) -> Features:
    """The features of one result for one body."""
    found = [
        row
        for candidate in Describer(REGISTRY).candidates(scene)
        if candidate.entity.name.endswith(body) and programme in (None, candidate.prize.key)
        for result, row in attachable(scene, candidate)
        if result.value == value
    ]
    assert found, f"{body} has no {value}"
    return found[0]


def test_an_ordinal_before_each_member_is_that_member_s(builder: SceneBuilder) -> None:
    scene = scene_of(builder, ORDINALS)
    own, other = features(scene, "Jambi", 2), features(scene, "Bali", 2)
    assert (own["next_before"], own.get("next_after", 0.0)) == (1.0, 0.0)
    assert (other["next_after"], other["precedes_other"]) == (1.0, 1.0)
    assert other["row_before"] > other["row_after"]


def test_a_score_between_two_bodies_is_of_the_one_the_row_says(builder: SceneBuilder) -> None:
    scene = scene_of(builder, INDEX)
    own, other = features(scene, "Alor", 2.9), features(scene, "Belu", 2.9)
    assert own["next_after"] == own["row_after"] == 1.0
    assert other["follows_other"] == other["has_after"] == 1.0
    assert own["follows_other"] == 0.0


def test_rows_are_made_once(builder: SceneBuilder) -> None:
    around = neighbours(scene_of(builder, INDEX))
    kind = next(iter(around.results))
    assert around.row(kind) is around.row(kind)


def test_a_score_is_of_the_programme_named_last(builder: SceneBuilder) -> None:
    scene = scene_of(builder, TWO_PROGRAMMES)
    own, other = features(scene, "Banten", 91.4, "mcp"), features(scene, "Banten", 91.4, "spi")
    assert (own["prize_before_mine"], own["prize_before_other"]) == (1.0, 0.0)
    assert (other["prize_before_mine"], other["prize_before_other"]) == (0.0, 1.0)


def test_the_older_of_two_years_is_told_apart(builder: SceneBuilder) -> None:
    scene = scene_of(builder, RISE)
    before, now = features(scene, "Alor", 58.1), features(scene, "Alor", 61.4)
    assert (before["older_year"], before["newest_year"]) == (1.0, 0.0)
    assert (now["older_year"], now["newest_year"]) == (0.0, 1.0)


def test_a_step_explained_by_its_range_says_so(builder: SceneBuilder) -> None:
    scene = scene_of(builder, SCALE)
    assert features(scene, "Alor", "BB")["range_near"] == 1.0
    assert features(scene, "Alor", 61.4)["range_near"] == 0.0


def test_a_group_inside_the_name_of_a_longer_one_is_none(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "Kota Bitung meraih Adipura Kencana 2023, Kota Palu menerima Sertifikat Adipura 2023 dari KLHK.")
    assert [r.value for r in scene.results if r.slot == "tier"] == ["Adipura Kencana", "Sertifikat Adipura"]


def test_letters_go_on_a_row_behind_each_name(builder: SceneBuilder) -> None:
    text = "Evaluasi SAKIP 2019: Aceh predikat B, Sumut B, Kepulauan Riau BB dan Banten A, kata menteri. Di Gedung B, Vitamin A."
    assert [r.value for r in scene_of(builder, text).results if r.slot == "predicate"] == ["B", "B", "BB", "A"]


def test_a_field_told_once_is_that_of_every_place(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "SPBE 2023 menilai pemda, dari 15 kabupaten yang dinilai. Alor di peringkat 2. Kabupaten Belu peringkat 7.")
    drafts = [Draft() for _ in range(2)]
    for draft, rank in zip(drafts, [r for r in scene.results if r.slot == "rank"], strict=True):
        field_size(scene, rank, draft)
    assert [draft.values.get("rank_of") for draft in drafts] == [15, 15]


def test_two_fields_are_no_field_of_all(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "SPBE 2023: dari 15 kabupaten dan dari 38 provinsi dinilai. Kabupaten Alor meraih peringkat 2.")
    draft = Draft()
    field_size(scene, next(r for r in scene.results if r.slot == "rank"), draft)
    assert "rank_of" not in draft.values


def test_who_came_is_no_field(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "Kabupaten Alor meraih peringkat 2 SPBE 2023. Rapat dihadiri sekretaris dari sembilan kabupaten di NTT.")
    draft = Draft()
    field_size(scene, next(r for r in scene.results if r.slot == "rank"), draft)
    assert "rank_of" not in draft.values


def test_each_of_a_list_has_its_place_in_order(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "Indeks SPBE 2023: Kota Palu, Kota Tual dan Kota Bitung masing-masing di posisi ke 94, 95 dan 96.")
    assert [features(scene, name, rank)["own_turn"] for name, rank in (("Palu", 94), ("Tual", 95), ("Bitung", 96))] == [1.0] * 3


def test_what_a_score_became_supersedes_what_it_was(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "Indeks SPBE Kabupaten Alor naik dari 2,45 menjadi 3,15.")
    before, now = features(scene, "Alor", 2.45), features(scene, "Alor", 3.15)
    assert (before["superseded"], before["supersedes"]) == (1.0, 0.0)
    assert (now["superseded"], now["supersedes"]) == (0.0, 1.0)
    assert now["anchored"] == 1.0


def test_a_superlative_is_a_step_only_behind_what_has_steps(builder: SceneBuilder) -> None:
    text = "Penilaian Kepatuhan Ombudsman 2022: Kabupaten Alor meraih nilai tertinggi, Kabupaten Belu kualitas tertinggi."
    steps = [r for r in scene_of(builder, text).results if r.slot == "predicate" and "tertinggi" in str(r.value).lower()]
    assert [step.start > text.index("Belu") for step in steps] == [True]


def test_a_result_of_the_title_is_of_the_body_told_there(builder: SceneBuilder) -> None:
    article = {
        "key": "k",
        "title": "Kabupaten Alor Raih WTN Wiratama 2019",
        "text": "Kabupaten Belu juga meraih WTN 2019.",
        "published": None,
    }
    scene = builder.build(read_json(article))
    assert features(scene, "Alor", "Wiratama")["title_says"] == 1.0
    assert features(scene, "Belu", "Wiratama")["title_of_others"] == 1.0
