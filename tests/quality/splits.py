"""Which gold articles the reader learns from, which it is tuned on, and which it has never seen: split by outlet.

`python -m tests.quality.splits train tune` prints the paths of those parts, one a line.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from functools import cache
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from store.model.keys import fold

Part = Literal["train", "tune", "blind"]
PARTS: tuple[Part, ...] = get_args(Part)
GOLD = Path(__file__).parent / "gold"

# Of outlets: about two fifths, a sixth and two fifths; the outlets below are all in train. The bound of blind never moves. Articles are
# more in train: those from R-1101 on are of outlets outside blind only.
_TRAIN, _TUNE = 0.4, 0.57
_SECOND_LEVELS = frozenset({"ac", "biz", "co", "desa", "go", "net", "or", "sch", "web"})
_NETWORKS = {"antara": "antaranews.com", "tribun": "tribunnews.com", "liputan6": "liputan6.com"}
"""Outlets known by name where an article gives no address: first word of the name → their site."""
READ_ELSEWHERE = frozenset(
    (
        "antaranews.com tribunnews.com detik.com liputan6.com okezone.com kompas.com bisnis.com disway.id inews.id fajar.co.id bpk.go.id "
        "blogspot.com halloriau.com kaltimfaktual.co lajur.co teraslampung.com cakrawalanational.news kabarmagelang.com wartaplus.com "
        "jatimnow.com"
    ).split()
)
"""Outlets of the development articles beside the repository: their style is known, so they can test nothing."""


def outlet_of(article: dict[str, str | None]) -> str:
    """The outlet as one word: the site of the article's address (regional desks share it), else its folded name, else empty."""
    host = urlsplit(article.get("url") or "").hostname or ""
    if host:
        labels = host.split(".")
        wide = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
        return ".".join(labels[-3 if wide else -2 :])
    name = fold(article.get("outlet") or "")
    return _NETWORKS.get(name.split(" ")[0], name.replace(" ", "")) if name else ""


def part_of(outlet: str) -> Part:
    """The part an outlet belongs to, by a hash of its name; articles without an outlet go to train."""
    if not outlet or outlet in READ_ELSEWHERE:
        return "train"
    place = int.from_bytes(hashlib.sha256(outlet.encode()).digest()[:8], "big") / 2**64
    return "train" if place < _TRAIN else "tune" if place < _TUNE else "blind"


@cache
def paths(part: Part) -> tuple[Path, ...]:
    """The gold files of one part, in the order of their keys."""
    files = sorted(GOLD.glob("*.json"))
    return tuple(path for path in files if part_of(outlet_of(json.loads(path.read_text("utf-8"))["article"])) == part)


def main() -> None:
    """Print the gold files of the parts named, one path a line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("parts", nargs="+", choices=PARTS)
    for part in parser.parse_args().parts:
        for path in paths(part):
            sys.stdout.write(f"{path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path}\n")


if __name__ == "__main__":
    main()
