"""Steps and bodies that take turns in a sentence, and steps that only look like one."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from extract.results import told
from extract.scene import Scene, SceneBuilder
from extract.turns import turns
from tests.extract.test_counted import scene_of


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(load_registry())


def steps(scene: Scene) -> dict[str, str]:
    """The step of every body that its turn tells."""
    found = turns(scene)
    keys = {mention.entity.name.split()[-1]: (mention.sentence, mention.group, "predicate") for mention in scene.mentions}
    return {name: told(found[key]) for name, key in keys.items() if key in found}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "KLA 2023: kategori Pratama diraih Kota Palu dan Kota Tual, kategori Madya Kabupaten Alor, kategori Nindya Kota Bitung.",
            {"Palu": "pratama", "Tual": "pratama", "Alor": "madya", "Bitung": "nindya"},
        ),
        (
            "SAKIP 2022: Kota Palu meraih predikat BB, sedangkan Kota Tual dan Kabupaten Alor memperoleh predikat B.",
            {"Palu": "bb", "Tual": "b", "Alor": "b"},
        ),
        ("SAKIP 2022: Kota Palu dan Kota Tual meraih predikat BB.", {}),
        ("SAKIP 2022: predikat BB dan B diraih Kota Palu dan Kota Tual.", {}),
    ],
)
def test_each_group_has_the_step_of_its_turn(builder: SceneBuilder, text: str, wanted: dict[str, str]) -> None:
    assert steps(scene_of(builder, text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "SPI 2023: hasilnya diumumkan di Gedung Merah Putih KPK, dan Kota Palu hadir.",
        "Adiwiyata 2022: sekolah dari 24 provinsi hadir, di antaranya SMPN 5 Palu.",
    ],
)
def test_a_flag_or_a_count_is_no_step_and_a_schools_number_no_score(builder: SceneBuilder, text: str) -> None:
    scene = scene_of(builder, text)
    assert [result.value for result in scene.results if result.slot in ("predicate", "score")] == []
