"""What is known beforehand in the simulated press: bodies, programmes and who judges."""

from __future__ import annotations

from typing import Any

from store.model.registry import Agency, Organiser, Programme, Region, Registry, Scale, Step

_PLACES = [
    "Garut",
    "Cianjur",
    "Sumedang",
    "Majalengka",
    "Kuningan",
    "Subang",
    "Purwakarta",
    "Karawang",
    "Indramayu",
    "Ciamis",
    "Kebumen",
    "Purworejo",
    "Wonosobo",
    "Magelang",
    "Boyolali",
    "Klaten",
    "Sukoharjo",
    "Wonogiri",
    "Karanganyar",
    "Sragen",
    "Grobogan",
    "Blora",
    "Rembang",
    "Pati",
    "Kudus",
    "Jepara",
    "Demak",
    "Temanggung",
    "Kendal",
    "Batang",
    "Pekalongan",
    "Pemalang",
    "Tegal",
    "Brebes",
    "Pacitan",
    "Ponorogo",
    "Trenggalek",
    "Tulungagung",
    "Lumajang",
    "Jember",
    "Banyuwangi",
    "Bondowoso",
    "Situbondo",
    "Probolinggo",
    "Sidoarjo",
    "Mojokerto",
    "Jombang",
    "Nganjuk",
    "Madiun",
    "Magetan",
    "Ngawi",
    "Bojonegoro",
    "Tuban",
    "Lamongan",
    "Gresik",
    "Bangkalan",
    "Sampang",
    "Pamekasan",
    "Sumenep",
    "Bantul",
    "Sleman",
]
_CITIES = ("Cirebon", "Magelang", "Pekalongan", "Tegal", "Madiun", "Probolinggo", "Mojokerto", "Surakarta", "Salatiga", "Kediri")


def _programmes() -> list[Programme]:
    def scale(*names: str) -> tuple[Scale, ...]:
        return (Scale(steps=tuple(Step(name=name) for name in names)),)

    def made(key: str, name: str, kind: Any, **more: Any) -> Programme:
        return Programme(key=key, name=name, kind=kind, organisers=(Organiser(agency="penilai"),), **more)

    return [
        made("sakip", "Evaluasi SAKIP", "predicate", scales=scale("AA", "A", "BB", "B", "CC", "C"), score_unit="index100"),
        made("opini", "Opini atas Laporan Keuangan", "opinion", scales=scale("WTP", "WDP", "TMP"), year_offset=1),
        made("layak_anak", "Kota Layak Anak", "predicate", scales=scale("Utama", "Nindya", "Madya", "Pratama"), score_unit="points"),
        made("inovasi", "Kompetisi Inovasi Pelayanan", "award"),
        made("pengaduan", "Kompetisi Pengelolaan Pengaduan", "award"),
        made("pembangunan", "Penghargaan Pembangunan Daerah", "ranking", year_offset=1),
    ]


def _bodies() -> list[Region]:
    provinces = [("32", "Jawa Barat"), ("33", "Jawa Tengah"), ("35", "Jawa Timur")]
    rows = [(code, "provinsi", name) for code, name in provinces]
    rows += [(f"{provinces[n % 3][0]}.{n + 1:02}", "kabupaten", name) for n, name in enumerate(_PLACES)]
    rows += [(f"{provinces[n % 3][0]}.{n + 71}", "kota", name) for n, name in enumerate(_CITIES)]
    return [
        Region(code=code, level=level, name=name, government=f"Pemerintah {level.capitalize()} {name}", province_code=code[:2])
        for code, level, name in rows
    ]


REGISTRY = Registry(
    regions=_bodies(), agencies=[Agency(key="penilai", name="Kementerian Penilai", kind="kementerian")], programmes=_programmes()
)
