"""The catalogue: one YAML file of facts per site, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from cssselect import GenericTranslator, SelectorError
from pydantic import ValidationError

from spiders.addresses import Belonging
from store.model.errors import SourceError
from store.model.keys import slug
from store.model.source import Discovery, Publisher, Scope, Source

_FIELD: Final = re.compile(r"\{(?!page\}|query\}|date:[^{}]+\})[^{}]*\}")
_NEEDS: Final = {"search": "{query}"}


def load_sources(folders: Sequence[Path] = ()) -> dict[str, Source]:
    """The sources that come with rapor and those of further folders, by key; a later folder's file replaces an earlier one's.

    Raises:
        SourceError: The first file that is wrong, with its field and what is wrong with it.
    """
    found: dict[str, Source] = {}
    for folder in (_own(), *folders):
        keys: dict[str, Path] = {}
        for path in sorted(folder.glob("*.yml")):
            source = read_source(path)
            if source.key in keys:
                raise SourceError(f"{path}: the key {source.key!r} is also that of {keys[source.key].name}")
            keys[source.key] = path
            found[source.key] = source
    return found


def load_catalogue(folder: Path | None = None) -> dict[str, Source]:
    """The sources that come with rapor, and those of one folder where it is named."""
    return load_sources(() if folder is None else (folder,))


def read_source(path: Path) -> Source:
    """One source file. Raises SourceError naming the file, the field and what is wrong."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError(f"{path}: cannot be read as YAML: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise SourceError(f"{path}: holds no fields; a source is a mapping that starts with `key:`")
    try:
        source = Source.model_validate(data)
    except ValidationError as error:
        raise SourceError(f"{path}: {_first(error)}") from error
    for field, problem in problems(source):
        raise SourceError(f"{path}: {field}: {problem}")
    if source.key != path.stem:
        raise SourceError(f"{path}: key: {source.key!r} is not the file's name")
    return source


def check_sources(folders: Sequence[Path] = (), agencies: Iterable[str] = ()) -> list[str]:
    """Everything wrong with the source files, a sentence each; nothing when they are sound.

    `agencies` are the registry's keys: a publisher's agency must be one of them where any are given.
    """
    wrong: list[str] = []
    keys = frozenset(agencies)
    for folder in (_own(), *folders):
        for path in sorted(folder.glob("*.yml")):
            try:
                source = read_source(path)
            except SourceError as error:
                wrong.append(str(error))
                continue
            agency = source.publisher.agency
            if keys and agency and agency not in keys:
                wrong.append(f"{path}: publisher.agency: {agency!r} is no key of the registry")
    return wrong


def problems(source: Source) -> Iterator[tuple[str, str]]:
    """What no schema sees: patterns and selectors that do not compile, addresses outside the scope, missing placeholders."""
    try:
        ZoneInfo(source.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield "timezone", f"{source.timezone!r} is no time zone"
    for name, patterns in (("scope.allow", source.scope.allow), ("scope.deny", source.scope.deny)):
        yield from ((name, problem) for pattern in patterns if (problem := _pattern(pattern)))
    if not source.scope.hosts:
        yield "scope.hosts", "name at least one host"
    for host in source.scope.hosts:
        if "/" in host or not host.strip():
            yield "scope.hosts", f"{host!r} is no host; leave scheme and path out"
    if not source.discovery:
        yield "discovery", "name at least one way to find articles"
    for number, discovery in enumerate(source.discovery):
        yield from ((f"discovery.{number}.{field}", problem) for field, problem in _discovery_problems(discovery, source))
    yield from _rule_problems(source)
    if not source.verified and not source.origin:
        yield "origin", "an unverified source says where its facts come from and when"
    if any(not 0 <= hour <= 23 for hour in source.politeness.rest_hours):
        yield "politeness.rest_hours", "hours run from 0 to 23"


def belonging(url: str, sources: Iterable[Source]) -> Source | None:
    """The source that an address belongs to by its host."""
    return next((source for source in sources if Belonging(source.scope).host(url)), None)


def source_for(url: str, sources: Iterable[Source]) -> Source:
    """The source that an address belongs to, or one made up for its host, so that any page can be read."""
    if (found := belonging(url, sources)) is not None:
        return found
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    return Source(
        key=slug(host.replace(".", " ")) or "page",
        publisher=Publisher(name=host),
        discovery=(),
        scope=Scope(hosts=(parts.netloc.rpartition("@")[2].lower(),)),
        frequency="never",
        origin="made up for a single page",
    )


def _own() -> Path:
    return Path(str(files("spiders") / "sources"))


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place or 'file'}: {first['msg'][0].lower()}{first['msg'][1:]}"


def _pattern(pattern: str) -> str | None:
    try:
        re.compile(pattern)
    except re.error as error:
        return f"{pattern!r} is no regular expression: {error}"
    return None


def _selector(selector: str) -> str | None:
    try:
        GenericTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return f"{selector!r} is no CSS selector: {error}"
    return None


def _discovery_problems(discovery: Discovery, source: Source) -> Iterator[tuple[str, str]]:
    url = discovery.url
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        yield "url", f"{url!r} is no web address"
    elif discovery.kind in ("listing", "wordpress", "links") and not Belonging(source.scope).host(url):
        yield "url", f"{url!r} lies outside scope.hosts"
    if unknown := _FIELD.search(url):
        yield "url", f"{unknown[0]} is no placeholder; there are {{page}}, {{query}} and {{date:%Y-%m-%d}}"
    needed = _NEEDS.get(discovery.kind)
    if needed and needed not in url:
        yield "url", f"a {discovery.kind} needs {needed}"
    for match in re.finditer(r"\{date:([^{}]+)\}", url):
        if "%" not in match[1] or "%" in date(2024, 12, 19).strftime(match[1]):
            yield "url", f"{match[0]} is no date form"
    if discovery.article and (problem := _pattern(discovery.article)):
        yield "article", problem
    for field in ("links", "next", "attachments"):
        selector = getattr(discovery, field)
        if selector and (problem := _selector(selector)):
            yield field, problem


def _rule_problems(source: Source) -> Iterator[tuple[str, str]]:
    open_ended = 0
    for number, rules in enumerate(source.pages):
        open_ended += rules.until is None
        for field, values in dict[str, Any](rules).items():
            if field in ("until", "tail"):
                continue
            yield from ((f"pages.{number}.{field}", problem) for value in values if (problem := _selector(value)))
        yield from ((f"pages.{number}.tail", problem) for value in rules.tail if (problem := _pattern(value)))
    if open_ended > 1:
        yield "pages", "only one set of rules may be without `until`"
