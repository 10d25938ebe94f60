"""What a programme is called in a claim: officially where others use its key too, else as its article has it."""

from __future__ import annotations

import pytest

from extract.lexicon import load_registry
from extract.scene import SceneBuilder
from tests.extract.test_counted import scene_of

REGISTRY = load_registry()


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


@pytest.mark.parametrize(
    ("text", "key", "name"),
    [
        ("Kabupaten Alor meraih Anugerah Adipura 2023.", "adipura", "Adipura"),
        ("Kabupaten Alor meraih Anugerah Media Humas (AMH) tahun 2023.", "amh", "Anugerah Media Humas (AMH)"),
        ("Kota Bandung meraih detikJabar Awards 2023.", "detik_daerah", "detikJabar Awards"),
        ("Kota Bandung menerima penghargaan dari PR Indonesia pada ajang AHI.", "ahi", "Anugerah Humas Indonesia"),
    ],
)
def test_a_claim_calls_a_programme_as_its_article_does(builder: SceneBuilder, text: str, key: str, name: str) -> None:
    prize = next(prize for prize in scene_of(builder, text).prizes if prize.key == key)
    assert prize.called(REGISTRY.programmes[key]) == name


def test_a_province_gives_prizes_too() -> None:
    assert REGISTRY.body_name(REGISTRY.organiser_on(REGISTRY.programmes["kovablik"], 2022, None)) == "Pemerintah Provinsi Jawa Timur"
