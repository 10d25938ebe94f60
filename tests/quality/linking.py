"""`python -m tests.quality.linking`: do the names of the gold lead to the right keys, where they are printed?

Every recipient is looked up where its article prints it, every giver and agency anywhere in its article, which is read as the reader does.
A name counts where a key exists: the gold gives one, or its canonical name is that of a region, council or agency of the registry.

- right: a mention of the article has the key; of givers and agencies also one of their branches, or a programme that they give.
- wrong: the printed place of a recipient has another key, or a name that two bodies share (Bogor, Kementerian Pekerjaan Umum) was taken for
  the other one only.
- missed: neither; the reader stays silent.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from extract.article import read_json
from extract.lexicon import load_registry
from extract.people import People
from extract.scene import Scene, SceneBuilder
from store.model.keys import fold
from store.model.registry import Registry
from tests.quality.splits import PARTS, paths

Role = Literal["recipient", "giver", "agency"]
Verdict = Literal["right", "missed", "wrong"]

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT = ROOT.parent / "shared" / "eval" / "dev"
SITE = ROOT / "tests" / "site" / "gold"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of the gold that has a key: who, in which role, as printed (recipients only), and the keys that are right."""

    role: Role
    name: str
    printed: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """A name, and what became of it in its article."""

    article: str
    name: Name
    verdict: Verdict
    given: tuple[str, ...] = ()
    """Keys at its printed place, or the rival that was taken for it."""


def gold_files() -> dict[str, list[Path]]:
    """The gold articles by part: train, tune, blind, the loopback site, and the development articles where they are there."""
    parts: dict[str, list[Path]] = {part: list(paths(part)) for part in PARTS}
    parts["site"] = sorted(SITE.glob("*.json"))
    if DEVELOPMENT.is_dir():
        parts["dev"] = sorted(DEVELOPMENT.glob("*.json"))
    return parts


def _options(value: Any) -> tuple[str, ...]:
    """A slot of the gold as the tuple of its right answers."""
    values = value if isinstance(value, list) else [value]
    return tuple(item for item in values if isinstance(item, str))


class Ruler:
    """Measures the linking of gold articles with one registry."""

    def __init__(self, registry: Registry) -> None:
        """Build the scenes' pipeline once."""
        self.registry = registry
        self.scenes = SceneBuilder(registry)
        self.named: dict[str, set[str]] = defaultdict(set)
        self.sharing: dict[str, set[str]] = defaultdict(set)
        for region in registry.regions.values():
            for text in {region.government, region.full_name}:
                self.named[fold(text)].add(region.code)
            self.named[fold(f"DPRD {region.full_name}")].add(f"{region.code}/dprd")
            self.sharing[fold(region.name)].add(region.code)
        for agency in registry.agencies.values():
            self.named[fold(agency.name)].add(agency.key)
            for text in (agency.name, *agency.abbreviations, *agency.aliases):
                self.sharing[fold(text)].add(agency.key)

    def rivals(self, keys: frozenset[str]) -> set[str]:
        """Keys of other bodies that share a name with one of these."""
        return {key for group in self.sharing.values() if group & keys for key in group} - keys

    def names(self, gold: dict[str, Any]) -> Iterator[Name]:
        """Every distinct name of one article's gold that has a key."""
        found: dict[tuple[str, ...], Name] = {}
        for claim in gold["claims"]:
            names = _options(claim.get("recipient_name"))
            given = claim.get("recipient_key", False)
            keys = frozenset(_options(given)) if given else self._keys(names) if given is False else frozenset()
            if keys and names:
                printed = tuple(text for text in _options(claim.get("recipient")) if not text[:1].islower())  # "kabupaten itu" is no name
                name = Name("recipient", names[0], printed, keys)
                found.setdefault(("recipient", *sorted(keys), *name.printed), name)
            names = _options(claim.get("giver"))
            if names and (keys := self._keys(names)):
                found.setdefault(("giver", *sorted(keys)), Name("giver", names[0], (), keys))
        for agency in gold.get("agencies", ()):
            names = _options(agency)
            if names and (keys := self._keys(names)):
                found.setdefault(("agency", *sorted(keys)), Name("agency", names[0], (), keys))
        yield from found.values()

    def _keys(self, names: Iterable[str]) -> frozenset[str]:
        return frozenset(key for name in names for key in self.named.get(fold(name), ()))

    def judge(self, item: dict[str, Any]) -> Iterator[Judged]:
        """Judge every name of one gold article."""
        scene = self.scenes.build(read_json({"key": item["key"], **item["article"]}))
        people = People(scene, self.registry)
        offices = [entity for post in scene.posts if (entity := people.agency(post))]
        organisers = self._organisers(scene)
        everywhere = {e.key for e in (*(m.entity for m in scene.mentions), *offices) if e.key}
        for name in self.names(item["gold"]):
            here = set(at_print(scene, name)) if name.role == "recipient" else set()
            elsewhere = set() if name.role == "recipient" else organisers | {key.partition("/")[0] for key in everywhere}
            if name.keys & (here or everywhere | elsewhere):
                yield Judged(item["key"], name, "right")
            elif other := (here or (self.rivals(name.keys) & everywhere)):
                yield Judged(item["key"], name, "wrong", tuple(sorted(other)))
            else:
                yield Judged(item["key"], name, "missed")

    def _organisers(self, scene: Scene) -> set[str]:
        """Who gives the prizes the article names: a giver may come from the programme."""
        programmes = [self.registry.programmes[prize.key] for prize in scene.prizes if prize.key in self.registry.programmes]
        return {organiser.agency for programme in programmes for organiser in programme.organisers}


def at_print(scene: Scene, name: Name) -> Iterator[str]:
    """Keys of the mentions that stand where a name is printed and do not reach beyond it on its right.

    A branch or unit by its right canonical name has the right key: how a key shortens its type (kejari, kejaksaan-negeri) is not judged.
    """
    for text in name.printed:
        at = scene.page.full.find(text)
        while at >= 0:
            for mention in scene.mentions:
                if mention.body.start < at + len(text) and at < mention.body.end <= at + len(text) + 1 and mention.entity.key:
                    same = "/" in mention.entity.key and fold(mention.entity.name) == fold(name.name)
                    yield next(iter(name.keys)) if same else mention.entity.key
            at = scene.page.full.find(text, at + 1)


def measure(files: Iterable[Path], ruler: Ruler) -> list[Judged]:
    """Judge every name of some gold files."""
    items = [json.loads(path.read_text("utf-8")) for path in files]
    return [judged for item in items if "gold" in item for judged in ruler.judge({"key": "gold", **item})]


def shares(judged: Iterable[Judged]) -> tuple[int, float, float]:
    """(names, share of right ones, share of wrong ones)."""
    counts = Counter(item.verdict for item in judged)
    total = counts.total()
    return total, counts["right"] / total, counts["wrong"] / total


def main() -> int:
    """Print the shares of each part and role; with --misses, every name that is not right (never those of blind)."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.linking", description=main.__doc__)
    parser.add_argument("--misses", action="store_true", help="list what is not right, on stderr; blind is left out")
    args = parser.parse_args()
    ruler = Ruler(load_registry())
    everything: list[Judged] = []
    sys.stdout.write(f"{'':6} {'role':10} names  right   wrong\n")
    for part, files in gold_files().items():
        judged = measure(files, ruler)
        everything += judged
        _table(part, judged)
        for item in judged if args.misses and part != "blind" else ():
            if item.verdict != "right":
                wanted = "|".join(sorted(item.name.keys))
                printed = f" printed {item.name.printed}" if item.name.printed else ""
                sys.stderr.write(
                    f"{item.article}: {item.verdict} {item.name.role} {item.name.name!r} ({wanted}){printed}: {', '.join(item.given)}\n"
                )
    _table("all", everything)
    return 0


def _table(part: str, judged: list[Judged]) -> None:
    for role in ("recipient", "giver", "agency", ""):
        some = [item for item in judged if item.name.role == role or not role]
        if some:
            total, right, wrong = shares(some)
            sys.stdout.write(f"{part:6} {role or 'all':10} {total:5}  {right:.4f}  {wrong:.4f}\n")


if __name__ == "__main__":
    sys.exit(main())
