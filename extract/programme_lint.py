"""What must hold among programmes, so that an article's words lead to one of them: plain rules, and sentences made from the data.

The reader has a matcher of its own; here a dictionary and the longest match are enough to see that every cue leads home.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from store.model.registry import Agency, Cue, Organiser, Programme, Scale

CLASSES = frozenset({"media_awards"})
"""Keys that stand for a class of givers: they have no organiser of their own."""

RECIPIENTS = {
    "provinsi": "Pemerintah Provinsi Contoh",
    "kabupaten": "Pemerintah Kabupaten Contoh",
    "kota": "Pemerintah Kota Contoh",
    "kementerian": "Kementerian Contoh",
    "lembaga": "Lembaga Contoh",
    "dprd": "DPRD Kabupaten Contoh",
    "opd": "Dinas Contoh Kota Contoh",
    "unit": "UPT Contoh",
    "police": "Polres Contoh",
    "hospital": "RSUD Contoh",
    "desa": "Desa Contoh",
    "bumn": "PT Contoh (Persero)",
    "bumd": "Perumda Contoh",
    "university": "Universitas Contoh",
    "school": "SMPN 1 Contoh",
    "person": "Bapak Contoh",
    "company": "PT Contoh Tbk",
}
"""A recipient for every kind of body that `Programme.eligible` may name."""

TEMPLATES = (
    "{recipient} meraih {words} tahun ini dari {giver}",
    "{giver} menyerahkan {words} kepada {recipient}",
    "{recipient} mendapat {step} dalam {words} yang dinilai {giver}",
)

SOME_YEAR = 2021
"""The year of sentences about a programme whose organiser never changed."""

_WORD = re.compile(r"\w+|,")

Tokens = tuple[str, ...]
Cues = Mapping[Tokens, Sequence[tuple[str, Cue]]]
"""Folded words of a cue to the keys that know it."""


def lint_programmes(programmes: Iterable[Programme], agencies: Mapping[str, Agency], regions: Collection[str] = ()) -> list[str]:
    """One sentence for everything that is wrong with the programmes; empty where all is well.

    Args:
        programmes: All programmes of the registry.
        agencies: All agencies of the registry by key.
        regions: Codes of all regions; their governments give prizes too.
    """
    items = tuple(programmes)
    found = [f"programme {key}: the key stands twice" for key in _twice(item.key for item in items)]
    known = {item.key: item for item in items}
    for item in items:
        found += [f"programme {item.key}: {fault}" for fault in _faults(item, known, {*agencies, *regions})]
    cues = cues_of(items)
    found += _shared(cues, known)
    for item in items:
        found += [f"programme {item.key}: {fault}" for fault in _misread(item, cues, known, agencies)]
    return found


def _twice(values: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [value for value in values if value in seen or seen.add(value)]  # type: ignore[func-returns-value]


def _faults(item: Programme, known: Mapping[str, Programme], bodies: Collection[str]) -> Iterator[str]:
    """What is wrong with a programme by itself."""
    if "year_offset" not in item.model_fields_set:
        yield "year_offset is not set"
    if not 0 <= item.year_turns <= 11:
        yield f"year_turns is {item.year_turns}, no month before December"
    if not item.origin:
        yield "its origin is not told"
    if (item.first_year or 0) > (item.last_year or 9999):
        yield f"it ends in {item.last_year} before it begins in {item.first_year}"
    if not any(cue.strength == "name" for cue in item.cues):
        yield "it has no name among its cues"
    for text in _twice(" ".join(_tokens(cue.text)) for cue in item.cues):
        yield f"the cue {text!r} stands twice"
    yield from _unknown(item, known, bodies)
    yield from _period_faults("organisers", item.organisers)
    yield from _period_faults("scales", item.scales)
    if item.score_low is not None and item.score_high is not None and item.score_low >= item.score_high:
        yield f"scores from {item.score_low} to {item.score_high} run the wrong way"
    for scale in item.scales:
        yield from _scale_faults(item, scale)


def _unknown(item: Programme, known: Mapping[str, Programme], bodies: Collection[str]) -> Iterator[str]:
    """Keys and kinds that a programme names and nobody knows."""
    if not item.organisers and item.key not in CLASSES:
        yield "it has no organiser"
    for kind in item.eligible:
        if kind not in RECIPIENTS:
            yield f"{kind!r} is no kind of body; expected one of {', '.join(RECIPIENTS)}"
    for rival in item.rivals:
        if rival not in known or rival == item.key:
            yield f"its rival {rival!r} is unknown or itself"
    for agency in (*(organiser.agency for organiser in item.organisers), *item.co_organisers):
        if agency not in bodies:
            yield f"the agency {agency!r} is not in agencies.csv"


def _period_faults(what: str, periods: Sequence[Organiser | Scale]) -> Iterator[str]:
    for period in periods:
        if (period.since or 0) > (period.until or 9999):
            yield f"{what}: a period ends in {period.until} before it begins in {period.since}"
    for before, after in pairwise(periods):
        if (before.until or 9999) >= (after.since or 0):
            yield f"{what}: the period until {before.until} reaches into the next, since {after.since}"


def _scale_faults(item: Programme, scale: Scale) -> Iterator[str]:
    if not scale.steps:
        yield "a scale has no steps"
    spellings = [" ".join(text.casefold().split()) for step in scale.steps for text in {step.name, *step.spellings}]
    for text in _twice(spellings):
        yield f"on one scale {text!r} means two steps"
    for step in scale.steps:
        if (step.low is None) != (step.high is None):
            yield f"step {step.name} has one bound only"
        elif step.low is not None and step.high is not None:
            if step.low > step.high:
                yield f"step {step.name} runs from {step.low} down to {step.high}"
            if step.low < (item.score_low or 0) or step.high > (item.score_high if item.score_high is not None else step.high):
                yield f"step {step.name} leaves the scores from {item.score_low} to {item.score_high}"
    bounded = [step for step in scale.steps if step.low is not None and step.high is not None]
    for better, worse in pairwise(bounded):
        if (better.low or 0) <= (worse.high or 0):
            yield f"step {worse.name} reaches up into {better.name}; steps stand best first and do not overlap"


def _tokens(text: str) -> Tokens:
    """Words, and commas, which the reader's matcher does not cross; every other mark is passed over."""
    return tuple(_WORD.findall(text.casefold()))


def cues_of(items: Iterable[Programme]) -> Cues:
    """Every cue of `items` by its folded words, with the programmes that have it."""
    found: dict[Tokens, list[tuple[str, Cue]]] = defaultdict(list)
    for item in items:
        for cue in item.cues:
            found[_tokens(cue.text)].append((item.key, cue))
    return found


def _rivals(one: Programme, other: Programme) -> bool:
    return other.key in one.rivals or one.key in other.rivals


def _shared(cues: Cues, known: Mapping[str, Programme]) -> Iterator[str]:
    """Cues of several programmes: never a name, and other words only between declared rivals."""
    for tokens, owners in cues.items():
        for (key, cue), (other, twin) in pairwise(owners):
            if key == other:
                continue
            if "name" in (cue.strength, twin.strength):
                yield f"programmes {key} and {other}: the name {' '.join(tokens)!r} belongs to both"
            elif not _rivals(known[key], known[other]):
                yield f"programmes {key} and {other}: both have the cue {' '.join(tokens)!r} and are not declared rivals"


def longest_matches(text: str, cues: Cues, longest: int) -> list[Tokens]:
    """The cues in `text`, folded, from left to right: at each place the longest of at most `longest` words, none inside another."""
    words = _tokens(text)
    found, place = [], 0
    while place < len(words):
        for end in range(min(place + longest, len(words)), place, -1):
            if words[place:end] in cues:
                found.append(words[place:end])
                place = end
                break
        else:
            place += 1
    return found


def _misread(item: Programme, cues: Cues, known: Mapping[str, Programme], agencies: Mapping[str, Agency]) -> Iterator[str]:
    """Cues whose own sentences do not lead to `item`, or lead elsewhere too for every kind of recipient."""
    longest = max(map(len, cues), default=0)
    organisers = item.organisers or (None,)
    for cue in item.cues:
        for organiser in organisers:
            year = (organiser.until or organiser.since or SOME_YEAR) if organiser else SOME_YEAR
            giver = agencies.get(organiser.agency) if organiser else None
            read = {
                kind: {key for sentence in sentences for key in _read(sentence, kind, giver, longest, cues, known)}
                for kind, sentences in _sentences(item, cue, year, giver)
            }
            if missing := [kind for kind, keys in read.items() if item.key not in keys]:
                yield f"a sentence with its cue {cue.text!r} about {missing[0]} is not read as it"
            elif all(len(keys) > 1 for keys in read.values()):
                others = sorted(set().union(*read.values()) - {item.key})
                yield f"every sentence with its cue {cue.text!r} is read as {', '.join(others)} too"


def _sentences(item: Programme, cue: Cue, year: int, giver: Agency | None) -> Iterator[tuple[str, list[str]]]:
    """Sentences with `cue`, by the kind of body that receives."""
    scale = item.scale_in(year)
    words = {"words": cue.text, "giver": giver.name if giver else "panitia", "step": scale.steps[0].name if scale else "terbaik"}
    for kind in item.eligible:
        if kind in RECIPIENTS:
            yield kind, [template.format(recipient=RECIPIENTS[kind], **words) for template in TEMPLATES]


def _read(sentence: str, kind: str, giver: Agency | None, longest: int, cues: Cues, known: Mapping[str, Programme]) -> set[str]:
    """Keys that a sentence leads to: by its names, or else by its weaker words, its giver and its recipient's kind together."""
    owners = [owner for tokens in longest_matches(sentence, cues, longest) for owner in cues[tokens]]
    named = {key for key, cue in owners if cue.strength == "name"}
    if named or giver is None:
        return named
    weak = [known[key] for key, _ in owners if kind in known[key].eligible]
    main = {item.key for item in weak if any(organiser.agency == giver.key for organiser in item.organisers)}
    return main or {item.key for item in weak if giver.key in item.co_organisers}
