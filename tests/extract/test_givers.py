"""Who gives a prize that the registry lacks: the body of an official, the body behind a passive, a private giver by its name."""

from __future__ import annotations

import pytest

from extract.candidates import Describer
from extract.givers import giver
from extract.lexicon import load_registry
from extract.people import People
from extract.scene import SceneBuilder
from extract.slots import Draft
from tests.extract.test_counted import scene_of

REGISTRY = load_registry()


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kabupaten Alor menerima penghargaan Pelita Laut dari Menteri Perhubungan Budi Karya Sumadi.", "Kementerian Perhubungan"),
        ("Kabupaten Alor menerima penghargaan Pelita Laut dari Gubernur Bali di Denpasar.", "Pemerintah Provinsi Bali"),
        ("Kabupaten Alor diganjar Kementerian Perhubungan penghargaan Pelita Laut.", "Kementerian Perhubungan"),
        ("Kabupaten Alor meraih penghargaan Pelita Laut dari Yayasan Bahari Lestari.", "Yayasan Bahari Lestari"),
        ("Kabupaten Alor meraih penghargaan Pelita Laut dari NGO internasional Bahari Lestari.", "Bahari Lestari"),
        ("Kementerian Perhubungan menobatkan Kabupaten Alor, dengan penghargaan Pelita Laut.", "Kementerian Perhubungan"),
        ("Kabupaten Alor meraih penghargaan Pelita Laut.", None),
    ],
)
def test_a_giver_is_a_body_and_no_person(builder: SceneBuilder, text: str, wanted: str | None) -> None:
    scene = scene_of(builder, text)
    candidates = [c for c in Describer(REGISTRY).candidates(scene) if c.prize.key is None and c.entity.name.endswith("Alor")]
    draft = Draft()
    giver(scene, candidates[0], REGISTRY, People(scene, REGISTRY), None, draft)
    assert draft.values.get("giver") == wanted
    assert [item.field for item in draft.evidence] == (["giver"] if wanted else [])
