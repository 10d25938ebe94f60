"""The 38 provinces as a grid of tiles, roughly where they lie: west to the left, north on top."""

from __future__ import annotations

_GRID = """
11 .. .. .. .. .. .. .. .. .. .. .. ..
.. 12 .. .. .. .. .. .. .. .. .. .. ..
.. 13 14 21 .. .. 61 65 .. .. .. .. ..
.. 17 15 19 .. 62 64 .. 72 71 82 .. ..
.. .. 16 .. .. .. 63 76 .. 75 96 92 ..
.. .. 18 .. .. .. .. 73 74 81 94 95 91
.. .. 36 31 .. .. .. .. .. .. .. 93 ..
.. .. .. 32 33 35 51 52 53 .. .. .. ..
.. .. .. .. 34 .. .. .. .. .. .. .. ..
"""
GRID: tuple[tuple[str | None, ...], ...] = tuple(
    tuple(None if code == ".." else code for code in line.split()) for line in _GRID.strip().splitlines()
)
"""Rows of Kemendagri codes; None is sea."""
SHORT = {
    "11": "Aceh", "12": "Sumut", "13": "Sumbar", "14": "Riau", "15": "Jambi", "16": "Sumsel", "17": "Bengkulu", "18": "Lampung",
    "19": "Babel", "21": "Kepri", "31": "Jakarta", "32": "Jabar", "33": "Jateng", "34": "DIY", "35": "Jatim", "36": "Banten",
    "51": "Bali", "52": "NTB", "53": "NTT", "61": "Kalbar", "62": "Kalteng", "63": "Kalsel", "64": "Kaltim", "65": "Kaltara",
    "71": "Sulut", "72": "Sulteng", "73": "Sulsel", "74": "Sultra", "75": "Gorontalo", "76": "Sulbar", "81": "Maluku", "82": "Malut",
    "91": "Papua", "92": "Pabar", "93": "Pasel", "94": "Pateng", "95": "Papeg", "96": "Pabarda",
}  # fmt: skip
"""What a tile is called; the full name stands in its title."""
