"""One unit, one name: what an article prints long once and short elsewhere is the same unit, by its fullest name.

"Lapas Cibinong" is the Lapas Kelas IIA Cibinong told before, "RSUD Sumenep" the RSUD dr. H. Moh. Anwar Sumenep, and where a title
runs on ("Lapas Papakelan Tondano Benahi Disiplin") the text says where the name ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from extract.body import Body
from store.model.registry import Registry, UnitKind

_TITLES = frozenset("dr drg h hj prof drs ir kh tgk rm krmt".split())


class UnitNames:
    """What one article tells of its units; learns first, then settles each mention."""

    def __init__(self, registry: Registry) -> None:
        """Start an article with nothing told."""
        self.registry = registry
        self.told: dict[str, dict[str, str]] = defaultdict(dict)
        """Kind → own name, folded → as printed first, outside the title."""
        self.often: dict[str, Counter[str]] = defaultdict(Counter)
        """Kind → own name, folded → how often it is printed."""
        self.grades: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.sorts: dict[tuple[str, str], set[str]] = defaultdict(set)
        self.seats: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def learn(self, bodies: Iterable[Body], title_end: int) -> None:
        """Take in every unit of the article; `title_end` is the offset past its title."""
        for body in bodies:
            if body.form != "unit":
                continue
            kind, place = self.registry.units[body.key or ""], self._place(body)
            if not place:
                continue
            if body.proper and body.start >= title_end:
                self.told[kind.key].setdefault(place, body.proper)
            self.often[kind.key][place] += 1
            if body.grade:
                self.grades[kind.key, place][body.grade] += 1
            if kind.kind == "prison":
                self.sorts[kind.parent or "", place].add(kind.key)
            if body.proper and len(body.options) == 1:
                self.seats[kind.key, place][body.options[0]] += 1

    def settled(self, body: Body) -> Body:
        """The mention with the own name, class and seat that the article gives its unit elsewhere."""
        kind = self.registry.units[body.key or ""]
        proper = self._whole(body, self._cut(body, kind), kind)
        body = replace(body, proper=proper)
        place = self._place(body)
        sorts = self.sorts.get((kind.parent or "", place), set()) if body.grade is None and kind.kind == "prison" else set()
        special = [key for key in sorts if self.registry.units[key].name.startswith(f"{kind.name} ")]
        if len(special) == 1 and not self.grades.get((kind.key, place)):
            body = replace(body, key=special[0])
        grades = self.grades.get((body.key or "", place))
        seats = self.seats.get((kind.key, place))
        if body.grade is None and grades:
            body = replace(body, grade=min(grades, key=lambda grade: (-grades[grade], grade)))
        if not body.options and seats:
            body = replace(body, options=(min(seats, key=lambda code: (-seats[code], code)),))
        return body

    def _place(self, body: Body) -> str:
        """What tells a unit from others of its kind, folded: its own name, else the only region it may mean."""
        region = self.registry.regions[body.options[0]].name if len(body.options) == 1 else ""
        return (body.proper or region).lower()

    def _cut(self, body: Body, kind: UnitKind) -> str | None:
        """An own name that only a title prints, cut to what the text prints of it; of a village also one that runs on into a person's."""
        told, often = self.told.get(kind.key, {}), self.often[kind.key]
        printed = (body.proper or "").lower()
        begun = [name for name in told if printed.startswith(f"{name} ") and not name.isdigit()]
        if printed in told:
            begun = [name for name in begun if kind.kind == "village" and often[name] > often[printed]]
        return told[max(begun, key=len)] if begun else body.proper

    def _whole(self, body: Body, proper: str | None, kind: UnitKind) -> str | None:
        """The fullest printed name of a hospital: of "M. Saleh" and "Mohamad Saleh" the second, of "Sumenep" that of the one there."""
        if kind.kind != "hospital" or not proper:
            return proper
        told = self.told.get(kind.key, {})
        own = _words(proper)
        fuller = [name for name in told.values() if _within(own, _words(name)) and own != _words(name)]
        if fuller:
            return max(fuller, key=lambda name: (sum(map(len, _words(name))), len(name)))
        there = [name for folded, name in told.items() if proper.lower() in self._towns(kind, folded) and folded != proper.lower()]
        return there[0] if len(there) == 1 else proper

    def _towns(self, kind: UnitKind, place: str) -> set[str]:
        """Folded names of the regions a unit was told to lie in."""
        return {self.registry.regions[code].name.lower() for code in self.seats.get((kind.key, place), ())}


def _words(name: str) -> list[str]:
    return [word for word in name.lower().replace(".", " ").split() if word not in _TITLES]


def _within(short: list[str], long: list[str]) -> bool:
    """Whether a name is another told shorter, by initials or without some words; its last word must stand in both."""
    if not short or not long or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(any(word == other or (len(word) == 1 and other.startswith(word)) for other in rest) for word in short)
