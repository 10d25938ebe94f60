"""The day, the place and the people of a ceremony."""

from __future__ import annotations

from datetime import date

import pytest

from extract.ceremony import find_ceremony, find_roles
from extract.lexicon import load_registry
from extract.people import People
from extract.roles import belongs
from extract.scene import Scene, SceneBuilder
from store.model.records import Article


@pytest.fixture(scope="module")
def builder() -> SceneBuilder:
    """One pipeline for all tests here."""
    return SceneBuilder(load_registry())


def scene_of(builder: SceneBuilder, text: str) -> Scene:
    """The scene of an article of one's own writing, published on 10 December 2019, a Tuesday."""
    return builder.build(
        Article(
            key="t",
            url="https://example.org/t",
            outlet="t",
            title="Kabar dari daerah",
            published="2019-12-10",
            language="id",
            text=text,
        )
    )


@pytest.mark.parametrize(
    ("text", "giver", "taker"),
    [
        (
            "Penghargaan diserahkan langsung oleh Menteri PANRB, Tjahjo Kumolo, kepada Bupati Garut, Dodi Wiryawan, di Jakarta.",
            "Tjahjo Kumolo",
            "Dodi Wiryawan",
        ),
        ("Piagam diserahkan Menteri PANRB Tjahjo Kumolo kepada Bupati Garut Dodi Wiryawan.", "Tjahjo Kumolo", "Dodi Wiryawan"),
        ("Menteri PANRB Tjahjo Kumolo menyerahkannya kepada Bupati Garut Dodi Wiryawan.", "Tjahjo Kumolo", "Dodi Wiryawan"),
        ("Penghargaan itu diterima Bupati Garut Dodi Wiryawan dari Menteri PANRB Tjahjo Kumolo.", "Tjahjo Kumolo", "Dodi Wiryawan"),
        ("Plakat diserahkan kepada Bupati Garut Dodi Wiryawan oleh Menteri PANRB Tjahjo Kumolo.", "Tjahjo Kumolo", "Dodi Wiryawan"),
        ("Bupati Garut Dodi Wiryawan menerima piala dari tangan Menteri PANRB Tjahjo Kumolo.", "Tjahjo Kumolo", "Dodi Wiryawan"),
        (
            "Penyerahan penghargaan dilakukan Menteri PANRB Tjahjo Kumolo. Yang menerima Bupati Garut Dodi Wiryawan.",
            "Tjahjo Kumolo",
            "Dodi Wiryawan",
        ),
        ("Menteri PANRB Tjahjo Kumolo memberikan piala langsung ke Bupati Garut Dodi Wiryawan.", "Tjahjo Kumolo", "Dodi Wiryawan"),
        (
            "Bupati Garut Dodi Wiryawan pulang membawa piala.\nDaerah lain perlu mencontoh, kata Menteri PANRB Tjahjo Kumolo setelah "
            "menyerahkannya.",
            "Tjahjo Kumolo",
            "Dodi Wiryawan",
        ),
        (
            "Piala diserahkan Menteri PANRB Tjahjo Kumolo dan Ketua KPK Firli Bahuri kepada Bupati Garut Dodi Wiryawan.",
            "Tjahjo Kumolo",
            "Dodi Wiryawan",
        ),
    ],
)
def test_who_gave_and_who_took(builder: SceneBuilder, text: str, giver: str, taker: str) -> None:
    """By verb and preposition, in active and passive."""
    scene = scene_of(builder, text)
    people, roles = People(scene, builder.registry), find_roles(scene, [])
    assert roles.presenter is not None
    assert (people.person(roles.presenter).name, people.person(roles.receivers[0]).name) == (giver, taker)


def test_a_list_goes_on(builder: SceneBuilder) -> None:
    """Who follows in the next sentence of a list of winners wins too."""
    scene = scene_of(
        builder,
        "Penerimanya adalah Bupati Garut Dodi Wiryawan dan Bupati Ciamis Sari Lestari. Selain itu Bupati Sumedang Wira Kencana.",
    )
    people = People(scene, builder.registry)
    assert [people.person(post).name for post in find_roles(scene, []).receivers] == ["Dodi Wiryawan", "Sari Lestari", "Wira Kencana"]


def test_only_an_office_of_the_body_takes_its_prize(builder: SceneBuilder) -> None:
    """The head of one agency takes no prize of another, the head of a region none of a unit told elsewhere."""
    scene = scene_of(
        builder,
        "Kementerian Keuangan meraih predikat terbaik.\nPiagam diserahkan ke Kepala BPKP Wira Kencana dan Bupati Garut Dodi Wiryawan.\n"
        "RSUD dr. Slamet Garut mendapat predikat prima.",
    )
    auditor, regent = (post for post in scene.posts if post.name)
    named = {mention.entity.name: mention for mention in scene.mentions}
    ministry, hospital, agency = (
        next(mention for name, mention in named.items() if word in name)
        for word in ("Kementerian Keuangan", "Slamet", "Pengawasan Keuangan")
    )
    assert belongs(scene, auditor, agency.entity, [agency])
    assert not belongs(scene, auditor, ministry.entity, [ministry])
    assert not belongs(scene, regent, hospital.entity, [hospital])


def test_a_post_without_a_name(builder: SceneBuilder) -> None:
    """ "Mendagri" alone is a presenter without a name."""
    scene = scene_of(builder, "Penghargaan diserahkan Mendagri kepada Bupati Garut Dodi Wiryawan.")
    presenter = find_roles(scene, []).presenter
    assert presenter is not None
    person = People(scene, builder.registry).person(presenter)
    assert (person.name, person.position) == (None, "Menteri Dalam Negeri")


def test_a_proxy(builder: SceneBuilder) -> None:
    """Who is represented is addressed, who represents receives."""
    scene = scene_of(
        builder,
        "Menteri PANRB Tjahjo Kumolo menyerahkan piagam kepada Bupati Garut Dodi Wiryawan yang diwakili "
        "Sekda Kabupaten Garut Nurdin Salim.",
    )
    people, roles = People(scene, builder.registry), find_roles(scene, [])
    assert roles.addressed is not None
    assert people.person(roles.addressed).name == "Dodi Wiryawan"
    assert people.person(roles.receivers[0]).name == "Nurdin Salim"


def test_speakers_give_nothing(builder: SceneBuilder) -> None:
    """A statement is not a prize."""
    scene = scene_of(builder, "Hal itu disampaikan Bupati Garut Dodi Wiryawan. Camat Cibatu Edi Sopandi memberikan sambutan.")
    assert find_roles(scene, []).presenter is None


def test_the_presenter_of_one_does_not_leak(builder: SceneBuilder) -> None:
    """A hand-over that names its receiver holds for no other."""
    scene = scene_of(
        builder,
        "Kota Bandung dan Kabupaten Garut meraih penghargaan pelayanan publik.\nMenteri PANRB Tjahjo Kumolo "
        "menyerahkan piagam kepada Bupati Garut Dodi Wiryawan.",
    )
    mine = [mention for mention in scene.mentions if mention.entity.name == "Pemerintah Kabupaten Garut"]
    other = [mention for mention in scene.mentions if mention.entity.name == "Pemerintah Kota Bandung"]
    assert find_roles(scene, mine).presenter is not None
    assert find_roles(scene, other).presenter is None


@pytest.mark.parametrize(
    ("text", "day", "venue"),
    [
        (
            "Penghargaan diserahkan Menteri PANRB Tjahjo Kumolo di Hotel Bidakara, Jakarta, Senin (9/12).\n"
            '"Kami bersyukur," kata Bupati Garut Dodi Wiryawan di Garut, Selasa (10/12).',
            date(2019, 12, 9),
            "Hotel Bidakara, Jakarta",
        ),
        ("Penyerahannya berlangsung di Gedung Sate, Bandung, Jumat (6/12/2019).", date(2019, 12, 6), "Gedung Sate, Bandung"),
        ('"Kami bersyukur," kata Bupati Garut Dodi Wiryawan di Garut, Selasa (10/12).', None, None),
        (  # said at the place of the hand-over
            '"Nilainya naik," ujar Ketua KPK Wira Kencana di Istana Negara, Senin (9/12).\nPresiden memberikan penghargaan itu di '
            "Istana Negara kepada Bupati Garut.",
            date(2019, 12, 9),
            "Istana Negara",
        ),
        ("Puncak acaranya baru akan digelar tanggal 5 Desember 2019 mendatang.", None, None),  # a plan
        ("Penghargaan diberikan kepada Kabupaten Garut, jelasnya kepada kabargarut.com, Senin (9/12).", None, None),  # an interview
        ("Garut dipilih karena penyerahan SK rampung tanggal 1 Desember 2019.", None, None),  # a reason
        ("Malam puncaknya digelar di Auditorium Manggala, Jakarta, Kamis (5/12) malam.", date(2019, 12, 5), "Auditorium Manggala, Jakarta"),
    ],
)
def test_day_and_place(builder: SceneBuilder, text: str, day: date | None, venue: str | None) -> None:
    """Of the event, never of somebody speaking."""
    scene = scene_of(builder, text)
    found = find_ceremony(scene, [])
    assert (found.date.day if found.date else None) == day
    assert (scene.page.full[slice(*found.venue)] if found.venue else None) == venue
