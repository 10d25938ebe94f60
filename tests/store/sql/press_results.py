"""What really happened in the simulated press: who got which mark of which programme, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from store.model.keys import fold
from tests.store.sql.press_registry import REGISTRY

_INNOVATIONS = (
    "Jemput Bola Sehat",
    "Lapor Cepat Warga",
    "Rumah Data Desa",
    "Sekolah Tanggap Bencana",
    "Bank Sampah Terpadu",
    "Klinik Pajak Keliling",
    "Ambulans Desa Siaga",
    "Perizinan Satu Pintu Daring",
    "Pasar Tani Digital",
    "Kelas Ibu Tangguh",
)
_CATEGORIES = ("Pemerintahan Daerah Umum", "Pelayanan Kesehatan", "Pendidikan Dasar", "Keterbukaan Informasi")
_FIRST = ("Ahmad", "Siti", "Bambang", "Dewi", "Hendra", "Rina", "Joko", "Lestari", "Agus", "Wulan")
_LAST = ("Santoso", "Wijaya", "Rahmawati", "Kusuma", "Hidayat", "Permana", "Suryani", "Nugroho")
_VENUES = ("Balai Kartini, Jakarta", "Hotel Bidakara, Jakarta", "Istana Wakil Presiden", "Gedung Negara Grahadi")


@dataclass(frozen=True)
class Result:
    """What really happened."""

    number: int
    programme: str
    year: int
    recipient: str
    event: date
    category: str | None = None
    innovation: str | None = None
    predicate: str | None = None
    tier: str | None = None
    rank: int | None = None
    rank_of: int | None = None
    score: float | None = None
    receiver: str = ""
    venue: str = ""

    @property
    def identity(self) -> tuple[Any, ...]:
        """What tells it from every other result."""
        return self.programme, self.year, self.recipient, fold(self.category or ""), fold(self.innovation or "")

    @property
    def mark(self) -> tuple[Any, ...]:
        """The result itself."""
        return self.predicate, self.tier, self.rank, self.score


def draw_results(random: Random, count: int) -> list[Result]:
    drawn: dict[tuple[Any, ...], Result] = {}
    bodies = [region for region in REGISTRY.regions.values() if region.level != "provinsi"]
    ceremonies: dict[tuple[str, int], date] = {}
    while len(drawn) < count:
        programme = random.choice(list(REGISTRY.programmes.values()))
        # Few bodies and years, so that one body holds results of one programme year after year.
        body, year = random.choice(bodies[:45]), random.randint(2014, 2021)
        month = random.randint(3, 11)
        event = ceremonies.setdefault((programme.key, year), date(year + programme.year_offset, month, random.randint(1, 28)))
        base = Result(len(drawn), programme.key, year, body.code, event, receiver=_person(random), venue=random.choice(_VENUES))
        made = _with_mark(random, base)
        if made.identity not in drawn:
            drawn[made.identity] = made
    return [Result(**{**vars(result), "number": number}) for number, result in enumerate(drawn.values())]


def _with_mark(random: Random, base: Result) -> Result:
    def mark(**values: Any) -> Result:
        return Result(**{**vars(base), **values})

    if base.programme == "sakip":
        return mark(predicate=random.choice(["A", "BB", "BB", "B", "CC"]), score=round(random.uniform(50, 90), 2))
    if base.programme == "opini":
        return mark(predicate=random.choice(["WTP", "WTP", "WTP", "WDP"]))
    if base.programme == "layak_anak":
        return mark(predicate=random.choice(["Utama", "Nindya", "Madya", "Pratama"]), score=float(random.randint(500, 900)))
    if base.programme == "inovasi":
        return mark(tier=random.choice(["Top 45", "Top 99"]), innovation=random.choice(_INNOVATIONS))
    if base.programme == "pengaduan":
        return mark(tier="Top 30", category=random.choice(_CATEGORIES))
    return mark(rank=random.randint(1, 5), rank_of=random.choice([35, 38, 100]))


def _person(random: Random) -> str:
    return f"{random.choice(_FIRST)} {random.choice(_LAST)}"
