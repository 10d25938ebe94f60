"""A home folder with a database in it, and the command line called as a person would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.cli import main
from store.model.records import Article, Claim, Evidence, Reading
from store.model.registry import Agency, Cue, Organiser, Programme, Region, Registry
from store.sql import ledger
from store.sql.database import Database
from store.sql.merging import merge

TITLE = "Kabupaten Sleman Pertahankan Opini WTP"
TEXT = (
    "SLEMAN – Pemkab Sleman kembali meraih opini Wajar Tanpa Pengecualian (WTP) dari BPK atas laporan keuangan tahun 2021.\n"
    "Laporan itu diserahkan di Yogyakarta. Bupati menyambut baik hasil tersebut."
)


@dataclass(frozen=True)
class Answer:
    """What a call of `rapor` came to."""

    code: int
    out: str
    err: str


Rapor = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder that the command line uses."""
    monkeypatch.setenv("RAPOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def rapor(home: Path, capsys: pytest.CaptureFixture[str]) -> Rapor:
    """Call the command line; `rapor("ask", "evaluations")`."""

    def call(*words: str) -> Answer:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(words))
        told = capsys.readouterr()
        return Answer(int(ended.value.code or 0), told.out, told.err)

    return call


def registry() -> Registry:
    """Two governments, a body that judges, a programme."""
    return Registry(
        regions=[
            Region(code="34", level="provinsi", name="DI Yogyakarta", government="Pemerintah Provinsi DI Yogyakarta", province_code="34"),
            Region(code="34.04", level="kabupaten", name="Sleman", government="Pemerintah Kabupaten Sleman", province_code="34"),
        ],
        agencies=[Agency(key="bpk", name="Badan Pemeriksa Keuangan", kind="state")],
        programmes=[
            Programme(
                key="opini_bpk",
                name="Opini BPK atas LKPD",
                kind="opinion",
                cues=(Cue(text="opini WTP"), Cue(text="opini Wajar Tanpa Pengecualian")),
                organisers=(Organiser(agency="bpk"),),
            )
        ],
    )


def spot(field: str, words: str) -> Evidence:
    """Evidence for a field: the first place of the words in the text."""
    start = TEXT.index(words)
    return Evidence.model_validate({"field": field, "in": "text", "start": start, "end": start + len(words), "text": words})


def reading(outlet: str = "Kabar Merapi", key: str = "sleman", predicate: str = "WTP") -> Reading:
    """One article about one opinion."""
    claim = Claim(
        programme="opini_bpk",
        programme_name="Opini BPK atas LKPD",
        edition_year=2021,
        kind="opinion",
        predicate=predicate,
        recipient="Pemkab Sleman",
        recipient_name="Pemerintah Kabupaten Sleman",
        recipient_key="34.04",
        giver="Badan Pemeriksa Keuangan",
        giver_key="bpk",
        confidence=0.9,
        field_confidence={"predicate": 0.97, "edition_year": 0.41, "giver": 0.66},
        evidence=(spot("recipient", "Pemkab Sleman"), spot("predicate", "WTP"), spot("giver", "BPK"), spot("edition_year", "2021")),
    )
    article = Article(key=key, title=TITLE, text=TEXT, outlet=outlet, published="2022-05-20", language="id")
    return Reading(article=article, claims=(claim,), reader="test")


@pytest.fixture
def database(home: Path) -> Database:
    """A database with one evaluation told by two outlets."""
    made = Database(f"sqlite:///{home / 'rapor.db'}")
    made.upgrade()
    ledger.record_registry(made, registry())
    ledger.record_reading(made, reading())
    ledger.record_reading(made, reading("Warta Kaliurang", "sleman-2"))
    merge(made)
    return made
