"""Words of the record for people: kinds, levels, topics, fields and rules in both languages; numbers and dates as they are printed."""

from __future__ import annotations

import re
from datetime import date

from store.release.pages.language import language, say

Pair = tuple[str, str]

KINDS: dict[str, Pair] = {
    "award": ("penghargaan", "award"),
    "score": ("nilai", "score"),
    "predicate": ("predikat", "predicate"),
    "opinion": ("opini audit", "audit opinion"),
    "ranking": ("peringkat", "ranking"),
    "certification": ("sertifikasi", "certification"),
    "honour": ("tanda kehormatan", "honour"),
    "incentive": ("insentif", "incentive"),
}
LEVELS: dict[str, Pair] = {
    "national": ("lembaga nasional", "national body"),
    "provinsi": ("provinsi", "province"),
    "kabupaten": ("kabupaten", "regency (kabupaten)"),
    "kota": ("kota", "city (kota)"),
    "unit": ("unit kerja", "unit of a body"),
    "unresolved": ("nama belum dikenali", "name not resolved"),
}
TOPICS: dict[str, Pair] = {
    "finance": ("Keuangan", "Finance"),
    "accountability": ("Akuntabilitas", "Accountability"),
    "service": ("Pelayanan", "Service"),
    "openness": ("Keterbukaan", "Openness"),
    "innovation": ("Inovasi", "Innovation"),
    "region": ("Pembangunan daerah", "Region"),
    "people": ("Warga", "People"),
    "other": ("Lainnya", "Other"),
}
SURENESS: dict[str, Pair] = {
    "high": ("tinggi (0,8 ke atas)", "high (0.8 and more)"),
    "medium": ("sedang (0,5 ke atas)", "medium (0.5 and more)"),
    "low": ("rendah (di bawah 0,5)", "low (below 0.5)"),
}
FIELDS: dict[str, Pair] = {
    "programme": ("program", "programme"),
    "programme_name": ("program", "programme"),
    "edition_year": ("tahun dinilai", "year judged"),
    "kind": ("jenis", "kind"),
    "category": ("kategori", "category"),
    "innovation": ("inovasi", "innovation"),
    "predicate": ("predikat", "predicate"),
    "tier": ("kelompok", "tier"),
    "rank": ("peringkat", "rank"),
    "rank_of": ("dari berapa", "out of"),
    "rank_scope": ("lingkup", "among whom"),
    "score": ("nilai", "score"),
    "score_unit": ("satuan nilai", "unit of score"),
    "recipient": ("penerima", "recipient"),
    "recipient_name": ("penerima", "recipient"),
    "giver": ("pemberi", "giver"),
    "presented_by": ("diserahkan oleh", "presented by"),
    "received_by": ("diterima oleh", "received by"),
    "also_received_by": ("juga diterima oleh", "also received by"),
    "addressed_to": ("mewakili", "on behalf of"),
    "event_date": ("tanggal", "date"),
    "venue": ("tempat", "venue"),
    "status": ("status", "status"),
    "count_total": ("kali keseluruhan", "times in all"),
    "count_streak": ("kali berturut-turut", "times in a row"),
    "confidence": ("keyakinan", "confidence"),
    "field_confidence": ("keyakinan tiap nilai", "confidence by field"),
    "result": ("hasil", "result"),
    "flags": ("catatan", "flags"),
    "review": ("tinjauan", "review"),
}
RULES: dict[str, Pair] = {
    "only": ("satu-satunya nilai yang disebut, oleh satu sumber", "the only value told, by one source"),
    "agreed": ("semua sumber menyebut nilai yang sama", "all sources tell the same value"),
    "official": ("nilai menurut badan pemerintah yang berwenang", "the value a government body gives"),
    "majority": ("disebut oleh sumber terbanyak", "told by most sources"),
    "precision": ("nilai yang paling rinci", "the most precise value"),
    "latest": ("nilai yang terakhir disebut", "the value told last"),
    "identity": ("bagian dari identitas hasil ini", "part of what identifies this result"),
    "decision": ("dikoreksi oleh peninjau", "corrected by a reviewer"),
    "corrected": ("dikoreksi oleh peninjau", "corrected by a reviewer"),
    "programme": ("menurut daftar program", "from the register of programmes"),
}
FLAGS: dict[str, Pair] = {
    "background": ("disebut sebagai latar belakang", "told as background"),
    "year_inferred": ("tahun disimpulkan", "year inferred"),
    "date_conflict": ("hari dan tanggal tidak cocok", "weekday and date disagree"),
    "sum_mismatch": ("jumlah bagian tidak sama dengan total", "parts do not add up"),
    "name_variant": ("nama ditulis berbeda", "name spelt differently"),
    "rank_from_list_order": ("peringkat dari urutan daftar", "rank from order in a list"),
    "open_list": ("daftar tidak lengkap", "list is not complete"),
    "score_outlier": ("nilai tidak lazim", "unusual score"),
    "out_of_scale": ("di luar skala", "outside the scale"),
    "not_in_office": ("pejabat tidak menjabat saat itu", "official not in office then"),
    "hedged": ("disebut dengan ragu", "told with reserve"),
}
FLAG_MEANINGS: dict[str, Pair] = {
    "background": (
        "artikel hanya menyebutnya sebagai riwayat, bukan sebagai kabar",
        "the article tells it as history beside its news",
    ),
    "year_inferred": (
        "tahun tidak tercetak; dihitung dari tanggal artikel atau acara",
        "the year is not printed; it was counted from a day",
    ),
    "date_conflict": ("nama hari yang tercetak bukan hari dari tanggal itu", "the weekday printed is not the weekday of the date"),
    "sum_mismatch": (
        "bagian-bagian yang tercetak tidak berjumlah sama dengan totalnya",
        "the parts printed do not sum to the total printed",
    ),
    "name_variant": ("nama pejabat tercetak lain daripada nama yang dikenal", "an official's name is printed otherwise than it is known"),
    "rank_from_list_order": (
        "tidak ada angka peringkat; hanya urutan nama yang menunjukkannya",
        "no place is printed; only the order of the names tells it",
    ),
    "open_list": ("daftar di artikel hanya menyebut sebagian penerima", "the article's list names only some of the recipients"),
    "score_outlier": (
        "nilai tidak cocok dengan predikatnya, peringkatnya, atau nilai lain di artikel itu; mungkin salah cetak",
        "the score fits neither its step, its place nor the other scores of the article; perhaps a misprint",
    ),
    "out_of_scale": ("nilai di luar batas skala program", "the score lies outside the bounds of the programme's scale"),
    "not_in_office": (
        "menurut daftar masa jabatan, pejabat itu tidak memegang jabatan tersebut pada hari itu",
        "by the register of tenures the official did not hold that post on that day",
    ),
    "hedged": (
        "artikel menyebutnya sebagai kabar, dugaan, harapan atau kira-kira",
        "the article tells it as hearsay, a guess, a hope, or about",
    ),
}
"""What a flag warns of, in a sentence a reader of the pages understands."""
REVIEW: dict[str, Pair] = {
    "open": ("belum ditinjau", "not reviewed"),
    "accepted": ("sudah ditinjau, diterima", "reviewed, accepted"),
    "changed": ("berubah setelah ditinjau", "changed since it was reviewed"),
}
ROLES: dict[str, Pair] = {
    "presented": ("menyerahkan", "presented"),
    "received": ("menerima", "received"),
    "addressed": ("diwakili", "stood in for"),
}
UNITS: dict[str, Pair] = {
    "index100": ("0–100", "0–100"),
    "index5": ("0–5", "0–5"),
    "index4": ("0–4", "0–4"),
    "points": ("poin", "points"),
    "percent": ("%", "%"),
    "rupiah": ("rupiah", "rupiah"),
}
STATUS: dict[str, Pair] = {"conferred": ("diberikan", "conferred"), "announced": ("diumumkan", "announced")}
STATES: dict[str, Pair] = {
    "active": ("aktif", "active"),
    "quarantined": ("ditahan untuk diperiksa", "held for inspection"),
    "blocked": ("menolak diakses", "refuses access"),
}
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_MONTHS = {
    "id": "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split(),
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
}


def word(table: dict[str, Pair], key: str | None) -> str:
    """What a key is called in the language of the request; the key itself where no word is known."""
    pair = table.get(key or "")
    return say(*pair) if pair else (key or "")


def number(value: float | None, digits: int = 2) -> str:
    """A number as it is printed: `1.234,5` in Indonesian, `1,234.5` in English; empty where there is none."""
    if value is None:
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.{digits}f}".rstrip("0").rstrip(".")
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def told(result: str | None) -> str:
    """A result as the data tells it, with the decimals of the reader's language: `BB · 73,18` in Indonesian."""
    text = result or ""
    return text if language() == "en" else _DECIMAL.sub(",", text)


def share(value: float | None) -> str:
    """A share from 0 to 1 as per cent without decimals."""
    return "" if value is None else f"{round(value * 100)}{say(' %', '%')}"


def day(value: str | None) -> str:
    """A date as people read it, `9 Des 2019`; what is no ISO date stays as it is."""
    try:
        found = date.fromisoformat((value or "")[:10])
    except ValueError:
        return value or ""
    return f"{found.day} {_MONTHS[language()][found.month - 1]} {found.year}"
