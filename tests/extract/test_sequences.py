"""Places told by order alone: lists that open with their order, places beside each other, "setelah A menyusul B"."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from extract.scene import Scene, SceneBuilder
from tests.extract.test_counted import scene_of


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(load_registry())


def places(scene: Scene) -> dict[str, int]:
    """The place of every body that its turn tells."""
    ranks = {result.start: int(result.value) for result in scene.results if result.how == "sequence"}
    return {mention.entity.name.split()[-1]: ranks[mention.body.start] for mention in scene.mentions if mention.body.start in ranks}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "PPD 2024: peringkat pertama hingga ketiga secara berurutan diraih Kabupaten Alor, Kabupaten Belu, dan Kabupaten Sikka.",
            {"Alor": 1, "Belu": 2, "Sikka": 3},
        ),
        ("SPBE 2023: pada kelompok kota urutannya Kota Palu, kemudian Kota Tual, lantas Kota Bitung.", {"Palu": 1, "Tual": 2, "Bitung": 3}),
        ("TP2DD 2022: di tingkat kota, setelah Kota Palu menyusul Kota Tual dan Kota Bitung.", {"Palu": 1, "Tual": 2, "Bitung": 3}),
        ("PPD 2022: Kota Palu dan Kota Tual menempati posisi ketiga dan kedua.", {"Palu": 3, "Tual": 2}),
        ("SPBE 2023: peringkat diberikan masing-masing kepada Kota Palu dan Kota Tual, peringkat 4 dan 5.", {"Palu": 4, "Tual": 5}),
        ("SPBE 2023: peringkat 3, 4 dan 5 ditempati Kota Palu, Kota Tual dan Kota Bitung.", {"Palu": 3, "Tual": 4, "Bitung": 5}),
        ("IPKD 2022: Kota Palu berada di puncak, disusul Kota Tual.", {"Tual": 2}),
    ],
)
def test_order_tells_a_place(builder: SceneBuilder, text: str, wanted: dict[str, int]) -> None:
    assert places(scene_of(builder, text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "SPBE 2023: Kota Palu, Kota Tual dan Kota Bitung menempati posisi ketiga dan kedua.",
        "SPBE 2023: penilaian diikuti Kota Palu, Kota Tual dan Kota Bitung.",
    ],
)
def test_other_lists_tell_none(builder: SceneBuilder, text: str) -> None:
    assert places(scene_of(builder, text)) == {}
