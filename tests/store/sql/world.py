"""A small world to test in: a registry, and short ways to make readings with evidence that stands in their text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import text as sql

from store.model.keys import digest
from store.model.records import Article, Claim, Evidence, Reading, Snapshot
from store.model.registry import Agency, Cue, Holder, Organiser, Programme, Region, Registry, Scale, Step
from store.model.source import Discovery, Publisher, Scope, Source
from store.sql.database import Database

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)

_REGIONS = (
    ("32", "provinsi", "Jawa Barat"),
    ("33", "provinsi", "Jawa Tengah"),
    ("32.73", "kota", "Bandung"),
    ("32.04", "kabupaten", "Bandung"),
    ("32.05", "kabupaten", "Garut"),
    ("33.74", "kota", "Semarang"),
    ("33.22", "kabupaten", "Semarang"),
    ("33.05", "kabupaten", "Kebumen"),
    ("33.19", "kabupaten", "Kudus"),
)


def _region(code: str, level: Any, name: str) -> Region:
    government = f"Pemerintah {level.capitalize()} {name}"
    return Region(code=code, level=level, name=name, government=government, province_code=code[:2], origin="world")


_BB = Step(name="BB", spellings=("Sangat Baik (BB)",))

REGISTRY = Registry(
    regions=[_region(*row) for row in _REGIONS],
    agencies=[
        Agency(key="kemenpanrb", name="Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi", kind="kementerian"),
        Agency(key="bpk", name="Badan Pemeriksa Keuangan", kind="lembaga", abbreviations=("BPK", "BPK RI")),
        Agency(key="kemenpppa", name="Kementerian Pemberdayaan Perempuan dan Perlindungan Anak", kind="kementerian"),
        Agency(key="polri", name="Kepolisian Negara Republik Indonesia", kind="lembaga", abbreviations=("Polri",)),
    ],
    programmes=[
        Programme(
            key="sakip",
            name="Evaluasi SAKIP",
            kind="predicate",
            cues=(Cue(text="SAKIP"),),
            organisers=(Organiser(agency="kemenpanrb"),),
            scales=(
                Scale(
                    steps=(
                        Step(name="AA"),
                        Step(name="A"),
                        Step(name="BB", spellings=("Sangat Baik (BB)",)),
                        Step(name="B"),
                        Step(name="CC"),
                    )
                ),
            ),
            score_unit="index100",
        ),
        Programme(key="sp4n", name="Kompetisi SP4N-LAPOR!", kind="award", organisers=(Organiser(agency="kemenpanrb"),), tiers=("Top 30",)),
        Programme(
            key="opini_bpk",
            name="Opini BPK atas Laporan Keuangan",
            kind="opinion",
            organisers=(Organiser(agency="bpk"),),
            scales=(Scale(steps=(Step(name="WTP"), Step(name="WDP"))),),
            year_offset=1,
        ),
        Programme(
            key="kla", name="Kabupaten/Kota Layak Anak", kind="predicate", organisers=(Organiser(agency="kemenpppa"),), score_unit="points"
        ),
        Programme(key="kipp", name="Kompetisi Inovasi Pelayanan Publik", kind="award", organisers=(Organiser(agency="kemenpanrb"),)),
    ],
    holders=[Holder(position="Wali Kota Bandung", name="Oded M. Danial", agency="32.73", since=date(2018, 9, 20))],
)

NAMES = {region.code: region.government for region in REGISTRY.regions.values()} | {key: a.name for key, a in REGISTRY.agencies.items()}

SOURCES = (
    Source(
        key="kabar",
        publisher=Publisher(name="Kabar Nusantara"),
        discovery=(Discovery(kind="feed", url="https://kabar.example/feed"),),
        scope=Scope(hosts=("kabar.example",)),
    ),
    Source(
        key="kemenpanrb",
        publisher=Publisher(name="Kementerian PANRB", agency="kemenpanrb", official=True),
        discovery=(Discovery(kind="listing", url="https://panrb.example/berita"),),
        scope=Scope(hosts=("panrb.example",)),
    ),
)


def article(key: str, text: str = "", published: str | None = "2019-12-09", outlet: str | None = None, **more: Any) -> Article:
    """An article of its own outlet, with a text of its own unless one is given."""
    words = " ".join(digest(key, str(number))[:7] for number in range(40))
    return Article(
        key=key,
        url=f"https://{key}.example/berita",
        outlet=outlet or f"Harian {key}",
        title=more.pop("title", f"Berita {key}"),
        published=published,
        text=text or f"Pemerintah daerah menerima hasil penilaian. {words}",
        **more,
    )


def claim(programme: str | None = "sakip", recipient: str | None = "32.73", year: int | None = 2019, **more: Any) -> Claim:
    """A claim with the canonical names of the world."""
    name = more.pop("recipient_name", NAMES.get(recipient or "", "Pemerintah Kota Entah"))
    known = REGISTRY.programmes.get(programme or "")
    values = {
        "programme": programme,
        "programme_name": known.name if known else None,
        "kind": known.kind if known else "award",
        "edition_year": year,
        "recipient": name,
        "recipient_name": name,
        "recipient_key": recipient,
        "confidence": 0.9,
    }
    return Claim(**{**values, **more})


def reading(key: str, *claims: Claim, **more: Any) -> Reading:
    """A reading of an article whose text says its claims' recipients, each with evidence."""
    officials, agencies, editions = more.pop("officials", ()), more.pop("agencies", ()), more.pop("editions", ())
    reader, unread = more.pop("reader", "1"), more.pop("unread", None)
    told = article(key, **more)
    text, quoted = told.text, []
    for item in claims:
        start = len(text) + 1
        text = f"{text}\n{item.recipient}"
        span = Evidence(field="recipient", where="text", start=start, end=start + len(item.recipient), text=item.recipient)
        quoted.append(item.model_copy(update={"evidence": (span,)}))
    return Reading(
        article=told.model_copy(update={"text": text}),
        claims=tuple(quoted),
        officials=tuple(officials),
        agencies=tuple(agencies),
        editions=tuple(editions),
        unread=unread,
        reader=reader,
    )


def snapshot(key: str, url: str = "https://kabar.example/1", at: datetime = NOW, source: str = "kabar") -> Snapshot:
    """An archived response."""
    return Snapshot(key=key, url=url, fetched_url=url, source=source, fetched_at=at, status=200, digest=digest(key), file="a.warc.gz")


def dump(database: Database, *, without: frozenset[str] = frozenset()) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, sorted, for comparing states."""
    from store.sql.tables import metadata

    found = {}
    with database.reading() as connection:
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in connection.execute(table.select()).mappings()]
            found[table.name] = sorted(({k: v for k, v in row.items() if k not in without} for row in rows), key=repr)
    return found


def rows(database: Database, query: str) -> list[Any]:
    """The rows of a query, for looking behind the scenes."""
    with database.reading() as connection:
        return [tuple(row) for row in connection.execute(sql(query))]


__all__ = ["NOW", "REGISTRY", "SOURCES", "article", "claim", "dump", "reading", "rows", "snapshot"]
