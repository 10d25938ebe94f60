"""The year of a claim: which years are on offer, what speaks for each, and which one is taken."""

from __future__ import annotations

from datetime import date

import pytest

from extract.article import read_json
from extract.candidates import Describer
from extract.ceremony import find_ceremony
from extract.claims import ClaimMaker
from extract.lexicon import load_registry
from extract.people import People
from extract.scene import Scene, SceneBuilder
from extract.scorer import load_scorer
from extract.years import year_options

REGISTRY = load_registry()
LKPD = (
    "Pemerintah Kabupaten Sigi meraih opini Wajar Tanpa Pengecualian (WTP) dari BPK atas LKPD Tahun Anggaran 2017, "
    "Senin (4/6/2018). Pada TA 2016 daerah itu masih memperoleh WDP."
)
AWARD = "Kota Makassar menerima TPID Award 2018 kategori terbaik di Jakarta, Kamis (26/7/2018). Penghargaan serupa dibagikan sejak 2015."
UNPRINTED = "Pemerintah Kota Magelang meraih predikat BB dalam evaluasi SAKIP dari Kementerian PANRB di Bandung, Senin (6/12/2021)."


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    return SceneBuilder(REGISTRY)


def scene_of(builder: SceneBuilder, text: str, published: str) -> Scene:
    return builder.build(read_json({"key": "k", "title": "", "text": text, "published": published}))


def year_of(builder: SceneBuilder, text: str, published: str) -> tuple[int | None, bool]:
    scene = scene_of(builder, text, published)
    claims = ClaimMaker(REGISTRY, load_scorer()).claims(scene, People(scene, REGISTRY))
    return claims[0].edition_year, "year_inferred" in claims[0].flags


@pytest.mark.parametrize(
    ("text", "published", "year", "inferred"),
    [
        (LKPD, "2018-06-05", 2017, False),
        (AWARD, "2018-07-27", 2018, False),
        (UNPRINTED, "2021-12-07", REGISTRY.programmes["sakip"].edition_year_on(date(2021, 12, 6)), True),
    ],
)
def test_the_year_taken(builder: SceneBuilder, text: str, published: str, year: int, inferred: bool) -> None:
    assert year_of(builder, text, published)[0] == year
    if inferred:
        assert year_of(builder, text, published)[1]


def test_every_year_is_on_offer_with_its_words(builder: SceneBuilder) -> None:
    scene = scene_of(builder, LKPD, "2018-06-05")
    candidate = next(c for c in Describer(REGISTRY).candidates(scene) if c.entity.name.endswith("Sigi"))
    options = {o.year: o for o in year_options(scene, candidate, find_ceremony(scene, candidate.mentions).date)}
    assert {2016, 2017} <= set(options)
    assert all(scene.page.full[slice(*options[year].span)].endswith(str(year)) for year in (2016, 2017))
    assert options[2017].features["implied"] == 1.0
    assert not options[2016].inferred
