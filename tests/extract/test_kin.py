"""Bodies that are parts of each other: by their keys, by their names, and where an article counts parts without naming them."""

from __future__ import annotations

import pytest

from extract.kin import kin, of_parts
from extract.lexicon import load_registry
from extract.scene import SceneBuilder
from tests.extract.test_counted import scene_of


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(load_registry())


@pytest.mark.parametrize(
    ("before", "parts"),
    [
        ("Lima satker ", True),
        ("Tujuh satuan kerja di jajaran ", True),
        ("Sebanyak 27 kelurahan di ", True),
        ("Wali kota dari ", False),
        ("Lima penghargaan untuk ", False),
    ],
)
def test_a_name_behind_counted_parts_is_whose_they_are(before: str, parts: bool) -> None:
    full = f"{before}Kementerian Agama meraih WBK."
    assert of_parts(full, len(before)) is parts


def test_a_part_is_known_by_its_name(builder: SceneBuilder) -> None:
    scene = scene_of(builder, "Polres Bitung dan Kementerian Agama meraih WBK. Kantor Wilayah Kementerian Agama Provinsi Bali juga.")
    told = {mention.entity.name: kin(scene, mention.entity) for mention in scene.mentions}
    assert told["Kementerian Agama"]["branches_inside"] > 0
    assert told["Kantor Wilayah Kementerian Agama Provinsi Bali"]["branch_of_other"] == 1.0
    assert told["Polres Bitung"]["branch_of_other"] == 0.0
