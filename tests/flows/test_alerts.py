"""An operator hears of a change once, and of its end."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from flows.alerts import Change, acknowledge, open_alerts, update, webhook
from flows.audit import Finding
from store.model.errors import UsageError
from tests.flows.conftest import Rapor

BROKEN = Finding("kabar", "discovered", "kabar: its indexes named no article at all", 1, 0)


def test_a_finding_that_stays_is_told_once_and_its_end_too(tmp_path: Path) -> None:
    told: list[Change] = []
    for findings in ([BROKEN], [BROKEN], [BROKEN], [], []):
        update(tmp_path, findings, ["kabar"], told.append)
    assert [change.event for change in told] == ["raised", "recovered"]
    assert open_alerts(tmp_path) == {}


def test_an_audit_of_other_sources_leaves_an_alert_alone(tmp_path: Path) -> None:
    told: list[Change] = []
    update(tmp_path, [BROKEN], ["kabar"], told.append)
    update(tmp_path, [], ["warta"], told.append)
    assert list(open_alerts(tmp_path)) == ["kabar/discovered"]
    assert len(told) == 1


def test_what_could_not_be_told_is_told_later(tmp_path: Path) -> None:
    def deaf(_change: Change) -> None:
        raise OSError("nobody listens")

    told: list[Change] = []
    update(tmp_path, [BROKEN], ["kabar"], deaf)
    update(tmp_path, [BROKEN], ["kabar"], told.append)
    update(tmp_path, [], ["kabar"], deaf)
    update(tmp_path, [], ["kabar"], told.append)
    assert [change.event for change in told] == ["raised", "recovered"]


def test_an_outage_that_shows_itself_otherwise_stays_one_incident(tmp_path: Path) -> None:
    told: list[Change] = []
    failing = Finding("kabar", "failed", "kabar: 3 of 3 addresses failed", 0.5, 1)
    for findings in ([BROKEN], [failing], [failing], [BROKEN], []):
        update(tmp_path, findings, ["kabar"], told.append)
    assert [change.key.rpartition("/")[2] for change in told] == ["raised", "recovered"]
    assert {change.alert.expectation for change in told} == {"discovered"}


def test_what_is_told_again_after_a_death_carries_the_same_key(tmp_path: Path) -> None:
    heard: list[str] = []

    def told_and_killed(change: Change) -> None:
        heard.append(change.key)
        raise KeyboardInterrupt  # the process ends between telling and noting it

    for findings in ([BROKEN], []):
        with pytest.raises(KeyboardInterrupt):
            update(tmp_path, findings, ["kabar"], told_and_killed)
        update(tmp_path, findings, ["kabar"], lambda change: heard.append(change.key))
    raised, again, recovered, once_more = heard
    assert (raised, recovered) == (again, once_more)
    assert raised.endswith("/raised")
    assert recovered.endswith("/recovered")


def test_somebody_takes_care(rapor: Rapor, home: Path) -> None:
    update(home, [BROKEN], ["kabar"], lambda _change: None)
    assert rapor("alerts", "acknowledge", "kabar/discovered", "--by", "ana").code == 0
    assert json.loads(rapor("alerts", "list").out)["by"] == "ana"
    with pytest.raises(UsageError, match="nothing/at-all"):
        acknowledge(home, "nothing/at-all", "ana")


def test_the_webhook_hears_json(tmp_path: Path) -> None:
    heard: list[dict[str, str]] = []

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        update(tmp_path, [BROKEN], ["kabar"], webhook(f"http://127.0.0.1:{server.server_port}/"))
        server.shutdown()
    assert [(item["event"], item["source"], item["text"]) for item in heard] == [("raised", "kabar", BROKEN.message)]
