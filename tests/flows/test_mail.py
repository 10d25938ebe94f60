"""Alerts by mail, to a real server on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Postman

from flows.alerts import Change, open_alerts, update
from flows.audit import Finding
from flows.daily import channels, tell_changes
from flows.mail import mail
from flows.settings import Settings
from store.model.errors import UsageError
from tests.faults.test_month import free_port

BROKEN = Finding("kabar", "discovered", "kabar: daftarnya – nothing named", 1, 0)


class Letters(Postman):
    """Keeps what arrives; turns away whom it does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.box: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.box.append(message)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address.startswith("nobody"):
            return "550 unknown here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[str, Letters]]:
    """Address of a mail server, and its letters."""
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=free_port())
    server.start()
    yield f"smtp://127.0.0.1:{server.port}", letters
    server.stop()


def settings(home: Path, server: str, to: str = "ana@dinas.example") -> Settings:
    return Settings(home=home, mail_server=server, mail_to=to, mail_from="rapor@dinas.example")


def test_an_incident_is_one_letter_and_its_end_an_answer_to_it(tmp_path: Path, post: tuple[str, Letters]) -> None:
    server, letters = post
    told = settings(tmp_path, server, "ana@dinas.example, budi@dinas.example")
    for findings in ([BROKEN], [BROKEN], [], []):
        tell_changes(told, findings, ["kabar"])
    raised, recovered = letters.box
    assert raised["To"] == "ana@dinas.example, budi@dinas.example"
    assert raised["Subject"] == "rapor: kabar/discovered"
    assert "daftarnya – nothing named" in raised.get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert "rapor alerts acknowledge kabar/discovered" in str(raised.get_payload(decode=True))
    assert recovered["In-Reply-To"] == raised["Message-ID"]
    assert "well again" in str(recovered.get_payload(decode=True))


def test_a_server_that_is_down_is_told_later(tmp_path: Path, post: tuple[str, Letters]) -> None:
    server, letters = post
    tell_changes(settings(tmp_path, f"smtp://127.0.0.1:{free_port()}"), [BROKEN], ["kabar"])
    assert not open_alerts(tmp_path)["kabar/discovered"].told
    tell_changes(settings(tmp_path, server), [BROKEN], ["kabar"])
    assert len(letters.box) == 1
    assert open_alerts(tmp_path)["kabar/discovered"].told


def test_whom_the_server_refuses_is_not_forgotten(tmp_path: Path, post: tuple[str, Letters]) -> None:
    server, letters = post
    tell = mail(server, ["ana@dinas.example", "nobody@dinas.example"], "rapor@dinas.example")
    changes: list[Change] = []
    update(tmp_path, [BROKEN], ["kabar"], changes.append)
    with pytest.raises(OSError, match="refused nobody@"):
        tell(changes[0])
    assert len(letters.box) == 1
    with pytest.raises(OSError, match="did not take it"):
        mail(server, ["nobody@dinas.example"], "rapor@dinas.example")(changes[0])


def test_a_password_is_not_sent_in_the_open(tmp_path: Path, post: tuple[str, Letters]) -> None:
    server, letters = post
    changes: list[Change] = []
    update(tmp_path, [BROKEN], ["kabar"], changes.append)
    with pytest.raises(OSError, match="not sent in the open"):
        mail(server.replace("://", "://ana:rahasia@"), ["ana@dinas.example"], "rapor@dinas.example")(changes[0])
    assert not letters.box


def test_one_deaf_channel_does_not_keep_the_other_from_hearing(tmp_path: Path, post: tuple[str, Letters]) -> None:
    server, letters = post
    both = settings(tmp_path, server).model_copy(update={"webhook": f"http://127.0.0.1:{free_port()}/"})
    assert len(channels(both)) == 2
    tell_changes(both, [BROKEN], ["kabar"])
    tell_changes(both, [BROKEN], ["kabar"])
    assert len({letter["Message-ID"] for letter in letters.box}) == 1, "told again, as the same letter"
    assert not open_alerts(tmp_path)["kabar/discovered"].told


def test_a_wrong_address_is_refused() -> None:
    with pytest.raises(UsageError, match="RAPOR_MAIL_SERVER"):
        mail("mail.dinas.example", ["ana@dinas.example"], "rapor@dinas.example")
