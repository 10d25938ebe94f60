"""Telling an operator when, and only when, something changed: a source broke, a source is well again.

What stands open is kept in `alerts.json` in the home folder, so that a finding that stays is told once, not every day.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from flows.alive import alone
from flows.audit import FOLLOWS, OF_A_CRAWL, Finding
from store.model.errors import UsageError

FILE = "alerts.json"
_SECONDS = 20


@dataclass(frozen=True)
class Alert:
    """A broken expectation that stands open. `by` is who acknowledged it; `told` whether the webhook heard of it."""

    source: str
    expectation: str
    message: str
    since: str
    told: bool = False
    by: str | None = None

    @property
    def key(self) -> str:
        """What an alert is called: source and expectation."""
        return f"{self.source}/{self.expectation}"


@dataclass(frozen=True)
class Change:
    """What an audit changed: an alert that was raised, or one that is over."""

    event: Literal["raised", "recovered"]
    alert: Alert

    @property
    def key(self) -> str:
        """The same for every time that it is told: once, and again where a death or a deaf webhook came between."""
        return f"{self.alert.key}/{self.alert.since}/{self.event}"

    @property
    def sentence(self) -> str:
        """The change in a sentence."""
        return self.alert.message if self.event == "raised" else f"{self.alert.source}: well again ({self.alert.expectation})"


Tell = Callable[[Change], None]


def open_alerts(home: Path) -> dict[str, Alert]:
    """What stands open, by key."""
    path = home / FILE
    if not path.exists():
        return {}
    return {alert.key: alert for alert in (Alert(**item) for item in json.loads(path.read_text("utf-8")))}


def update(
    home: Path,
    findings: Iterable[Finding],
    looked_at: Iterable[str],
    tell: Tell,
    now: datetime | None = None,
    *,
    judged: Collection[str] | None = None,
) -> list[Change]:
    """Compare an audit with what stands open, keep the new state, and tell what changed.

    Args:
        home: Folder of what rapor keeps.
        findings: What the audit found.
        looked_at: Keys of the sources it looked at; alerts of others stay as they are.
        tell: Hears each change; where it fails, the next audit tells again.
        now: The clock, for tests.
        judged: The expectations it could judge; alerts of others stay as they are. All when None.
    """
    with alone(home / f"{FILE}.lock"):  # several crawls end at the same time; each change is told by one of them
        return _update(home, findings, set(looked_at), tell, now, judged)


def _update(
    home: Path, findings: Iterable[Finding], seen: set[str], tell: Tell, now: datetime | None, judged: Collection[str] | None
) -> list[Change]:
    moment = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    before = open_alerts(home)
    found = {f"{item.source}/{item.expectation}": item for item in findings}
    standing = {**before, **found}
    found = {key: item for key, item in found.items() if key in before or not _follows(item, standing)}
    _continue(found, before)
    after: dict[str, Alert] = {}
    changes: list[Change] = []
    for key, item in found.items():
        alert = before.get(key) or Alert(item.source, item.expectation, item.message, moment)
        after[key] = alert
        if not alert.told:
            changes.append(Change("raised", alert))
    for key, alert in before.items():
        if key in found:
            continue
        if alert.source not in seen or (judged is not None and alert.expectation not in judged):
            after[key] = alert
        elif alert.told:
            changes.append(Change("recovered", alert))
            after[key] = alert  # until it is told
    _keep(home, after)  # first, so that what is told again after a death is told by the same key
    for change in changes:
        if _told(tell, change):
            if change.event == "raised":
                after[change.alert.key] = replace(change.alert, told=True)
            else:
                del after[change.alert.key]
            _keep(home, after)
    return changes


def _follows(item: Finding, standing: Collection[str]) -> bool:
    return any(f"{item.source}/{cause}" in standing for cause in FOLLOWS.get(item.expectation, ()))


def _continue(found: dict[str, Finding], before: Collection[str]) -> None:
    """What ails a crawl shows itself otherwise from day to day (first an index, then pages that fell due): it stays one incident."""
    for key, item in list(found.items()):
        others = [f"{item.source}/{name}" for name in OF_A_CRAWL] if item.expectation in OF_A_CRAWL and key not in before else []
        standing = next((other for other in others if other in before and other not in found), None)
        if standing:
            del found[key]
            found[standing] = item


def _told(tell: Tell, change: Change) -> bool:
    try:
        tell(change)
    except OSError:
        return False  # told again by the next audit
    return True


def acknowledge(home: Path, key: str, by: str) -> Alert:
    """Note that somebody knows of an alert; it goes when the source is well again.

    Raises:
        UsageError: no such alert stands open.
    """
    with alone(home / f"{FILE}.lock"):
        alerts = open_alerts(home)
        if key not in alerts:
            raise UsageError(f"no alert {key} stands open; `rapor alerts list` names those that do")
        alerts[key] = replace(alerts[key], by=by)
        _keep(home, alerts)
        return alerts[key]


def _keep(home: Path, alerts: Mapping[str, Alert]) -> None:
    if not alerts and not (home / FILE).exists():
        return
    home.mkdir(parents=True, exist_ok=True)
    draft = home / f"{FILE}.new"
    draft.write_text(json.dumps([asdict(alert) for alert in alerts.values()], ensure_ascii=False, indent=1), "utf-8")
    draft.replace(home / FILE)


def webhook(url: str) -> Tell:
    """Tell a web address: one POST a change, `{key, event, source, expectation, since, text}` as JSON.

    Where a death came between telling and noting it, the same key is told twice.

    The function raises OSError where the address does not take it.
    """

    def tell(change: Change) -> None:
        alert = change.alert
        body: dict[str, Any] = {
            "key": change.key,
            "event": change.event,
            "source": alert.source,
            "expectation": alert.expectation,
            "since": alert.since,
            "text": change.sentence,
        }
        request = urllib.request.Request(  # noqa: S310 (the operator's own address)
            url, json.dumps(body).encode(), {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS):  # noqa: S310
                return
        except urllib.error.URLError as error:
            raise OSError(f"the webhook {url} did not take it: {error}") from error

    return tell
