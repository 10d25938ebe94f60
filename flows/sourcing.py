"""Sources as a person works on them: a draft, the gate a live site passes, what is known of their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.crawl import catalogue, chosen
from flows.database import connect, open_database
from flows.manners import Manners
from flows.settings import Settings
from store.model.errors import UsageError
from store.model.source import Source
from store.model.visits import AddressState
from store.sql import ledger, queries

STATES = AddressState.__args__  # type: ignore[attr-defined]


def draft(folder: Path, key: str, where: str) -> Path:
    """Write a first draft of a source file.

    Raises:
        UsageError: `where` is neither an address nor a page that names its site, or the file is there already.
        SourceError: `key` cannot be a key.
    """
    from spiders.scaffold import scaffold

    path = folder / f"{key}.yml"
    text = scaffold(key, where, datetime.now(UTC).date())
    if path.exists():
        raise UsageError(f"{path} is there already; choose another key or remove it")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def gate(settings: Settings, key: str) -> list[dict[str, Any]]:
    """Ask a live site the questions of the gate; a row for each with what was seen. Its requests count towards its day.

    Raises:
        UsageError: there is no such source.
        FetchError: the crawl itself failed.
    """
    from spiders.gate import check_live

    (source,) = chosen(catalogue(settings.sources), [key])
    manners, now = Manners(settings.home), datetime.now(UTC)
    found = check_live(source, allow_hosts=settings.allow_hosts, contact=settings.contact, spent=manners.spent(now))
    manners.spend(found.hosts, now)
    return [{"question": answer.question, "passed": answer.passed, "seen": answer.seen} for answer in found.answers]


def state_rows(settings: Settings, sources: Mapping[str, Source], now: datetime | None = None) -> list[dict[str, Any]]:
    """A row for each source with addresses known: its state, requests of today, addresses by state, and what is due."""
    moment = now or datetime.now(UTC)
    manners = Manners(settings.home)
    spent = manners.spent(moment)
    rows = []
    for counts in queries.address_counts(connect(settings), moment):
        source = sources.get(counts["source"])
        until = manners.blocked_until(counts["source"], moment)
        today = sum(number for host, number in spent.items() if source and _belongs(host, source))
        rows.append(
            {
                **counts,
                "state": "blocked" if until else source.state if source else "not listed",
                "blocked_until": until.isoformat(timespec="seconds") if until else None,
                "requests_today": today,
            }
        )
    return rows


def address_rows(settings: Settings, sources: Mapping[str, Source], key: str, state: str | None, limit: int) -> list[dict[str, Any]]:
    """The addresses of a source, those with most failures first.

    Raises:
        UsageError: there is no such source or state.
    """
    chosen(dict(sources), [key])
    if state is not None and state not in STATES:
        raise UsageError(f"there is no state {state!r}; there are {', '.join(STATES)}")
    return queries.addresses(connect(settings), key, state=state, limit=limit)


def reset(settings: Settings, sources: Mapping[str, Source], key: str, *, everything: bool = False) -> str:
    """Make addresses of a source due at once and end its being left alone; what was done, in a sentence.

    Raises:
        UsageError: there is no such source.
    """
    chosen(dict(sources), [key])
    count = ledger.reset_addresses(open_database(settings, sources.values()), key, everything=everything)
    forgiven = "; it is no longer left alone" if Manners(settings.home).forgive(key) else ""
    return f"{key}: {count} addresses are due at the next crawl{forgiven}"


def _belongs(host: str, source: Source) -> bool:
    name = urlsplit(f"//{host}").hostname or ""
    return any(host == own or name == own or (own.startswith("*.") and name.endswith(own[1:])) for own in source.scope.hosts)
