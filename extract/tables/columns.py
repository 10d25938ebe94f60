"""What the columns of a table hold, by their heads and, where a head says little, by their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

Role = Literal[
    "number",
    "date",
    "recipient",
    "giver",
    "award",
    "innovation",
    "rank",
    "predicate",
    "score",
    "category",
    "year",
    "of_year",
    "scope",
    "unit",
    "region",
    "note",
    "other",
]
"""`of_year`: the head is a year, the cell a result of that edition. `unit`: an office whose government stands beside it."""

RESULTS: tuple[Role, ...] = ("predicate", "score", "rank", "of_year")
_RECEIVERS = r"\bpenerima\b|\bpemenang\b|\bpeserta\b"
_HEADS: tuple[tuple[Role, str], ...] = (
    ("number", r"^(?:no|nomor|nomer|#|no urut|urut|nomor urut)$"),
    ("of_year", r"^(?:ta |tahun )?(?:19|20)\d\d$"),
    ("year", r"^(?:tahun|ta|periode|edisi)$|^tahun (?:anggaran|penilaian|perolehan|penerimaan|diterima|penghargaan|terima|raihan)$"),
    ("date", r"^(?:tanggal|tgl|waktu|hari)\b"),
    ("giver", r"\bpemberi\b|penyelenggara(?! inovasi| pelayanan)|diberikan oleh|^dari$|\bpenilai\b"),
    ("recipient", _RECEIVERS),
    ("innovation", r"\binovasi\b|^judul|\bproduk\b|\baplikasi\b|\bproposal\b"),
    ("award", r"\bpenghargaan\b|\bprestasi\b|\bajang\b|\banugerah\b|\bawards?\b|\blomba\b|\bkompetisi\b"),
    ("rank", r"\bperingkat\b|\bran[gk]king\b|\bjuara\b|\burutan\b|\bposisi\b|^rank"),
    (
        "predicate",
        r"\bpredikat\b|\bopini\b|\bzona(?:si)?\b|\bkualifikasi\b|^hasil|\bgrade\b|\bstatus\b|tingkat kepatuhan|\bmutu\b|\bkualitas\b",
    ),
    ("score", r"\bnilai\b|\bskor\b|\bindeks\b|\bindex\b|\bcapaian\b|\bpoin\b|\bpersentase\b|^%$"),
    ("category", r"\bkategori\b|\bkelompok\b|\bkl[ua]ster\b|\bbidang\b|^jenis\b"),
    ("scope", r"^tingkat(?: wilayah)?$"),
    ("unit", r"\bunit\b|\bupp\b|\bopd\b|perangkat daerah|\bskpd\b|\bsatker\b|satuan kerja|^dinas\b|puskesmas|rumah sakit|^lokus"),
    ("region", r"^(?:provinsi|propinsi|prov|wilayah)$"),
    (
        "recipient",
        r"\binstansi\b|\bpemerintah\b|\bpemda\b|\bdaerah\b|\bkab(?:upaten)?\b|\bkota\b|\bkementerian\b|\blembaga\b|\bk l\b|\bentitas\b"
        r"|badan publik|\binstitusi\b|\bdesa\b|\bkelurahan\b|\borganisasi\b|^nama$",
    ),
    ("note", r"\bketerangan\b|^ket$|\bdeskripsi\b|\buraian\b|\bpenjelasan\b"),
)
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d+)*\s?%?")
_MOST = 0.6


def role_of(head: str) -> Role:
    """What a column holds by its head alone."""
    text = " ".join(re.findall(r"\w+|[#%]", head.lower()))
    return next((role for role, pattern in _HEADS if re.search(pattern, text)), "other")


def names_receivers(head: str) -> bool:
    """Whether a head says that those beneath it received ("Penerima"), and not only that they are bodies ("Instansi")."""
    return re.search(_RECEIVERS, head.lower()) is not None


def roles_of(heads: Sequence[str], columns: Sequence[Sequence[str]], on_scale: Callable[[str], bool]) -> list[Role]:
    """The role of every column.

    Args:
        heads: their heads, the lowest row first where there are several.
        columns: their cells.
        on_scale: whether a cell is a step of some programme's scale.
    """
    roles = [_by_cells(role_of(head), cells, on_scale) for head, cells in zip(heads, columns, strict=True)]
    out: list[Role] = []
    for at, role in enumerate(roles):
        if role == "unit" and "recipient" not in roles:
            role = "recipient" if "unit" not in roles[:at] else "other"
        elif role == "region" and not {"recipient", "unit"} & set(roles):
            role = "recipient"
        elif role in out and role not in ("of_year", "other", "note"):
            role = "other"
        out.append(role)
    return out


def _by_cells(role: Role, cells: Sequence[str], on_scale: Callable[[str], bool]) -> Role:
    """A head may mean two things ("Nilai", "Kategori"); what stands below tells which."""
    filled = [cell for cell in cells if cell]
    if not filled or role not in ("score", "predicate", "category", "rank"):
        return role
    numbers = sum(bool(_NUMBER.fullmatch(cell)) for cell in filled) / len(filled)
    steps = sum(map(on_scale, filled)) / len(filled)
    if role == "category":
        return "predicate" if steps >= _MOST else role
    if role == "rank":
        return role
    if numbers >= _MOST:
        return "score"
    return "predicate" if role == "predicate" or steps >= _MOST or max(map(len, filled)) <= 30 else "other"
