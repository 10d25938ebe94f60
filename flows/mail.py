"""Alerts by mail: one letter a change, the end of an incident in the same thread as its beginning."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from flows.alerts import Change, Tell
from store.model.errors import UsageError
from store.model.keys import digest

_SECONDS = 30
_PORTS = {"smtp": 25, "smtps": 465}


def mail(server: str, to: Sequence[str], sender: str) -> Tell:
    """Tell people by mail.

    A letter that is sent twice, because a death or another channel came between, carries the same Message-ID.

    Args:
        server: `smtp://host[:port]`, encrypted where the server offers it, or `smtps://host[:port]`; `user:password@` before the host.
        to: Addresses.
        sender: Address it comes from.

    Returns:
        A function that raises OSError where the server does not take the letter for everybody.

    Raises:
        UsageError: the server's address cannot be meant.
    """
    parts = urlsplit(server)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UsageError(
            f"RAPOR_MAIL_SERVER: {parts.scheme}://{parts.hostname or ''} is no mail server; use smtp://host:25 or smtps://host:465"
        )
    port = parts.port or _PORTS[parts.scheme]

    def tell(change: Change) -> None:
        letter = letter_of(change, to, sender)
        try:
            with _connected(parts.scheme, str(parts.hostname), port) as session:
                if parts.username:
                    _log_in(session, unquote(parts.username), unquote(parts.password or ""))
                refused = session.send_message(letter)
        except OSError as error:  # smtplib's errors are OSErrors too
            raise OSError(f"the mail server {parts.hostname} did not take it: {error}") from error
        if refused:
            raise OSError(f"the mail server {parts.hostname} refused {', '.join(sorted(refused))}")

    return tell


def letter_of(change: Change, to: Sequence[str], sender: str) -> EmailMessage:
    """The letter that tells a change."""
    alert = change.alert
    domain = sender.rpartition("@")[2] or "localhost"
    begun = f"<{digest('mail', alert.key, alert.since, 'raised')}@{domain}>"
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, ", ".join(to)
    letter["Subject"] = f"{'Re: ' if change.event == 'recovered' else ''}rapor: {alert.key}"
    letter["Message-ID"] = begun if change.event == "raised" else f"<{digest('mail', change.key)}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"  # no holiday notice answers it
    if change.event == "recovered":
        letter["In-Reply-To"] = letter["References"] = begun
    look = f"\nWho looks after it says so: rapor alerts acknowledge {alert.key}\n" if change.event == "raised" else ""
    letter.set_content(f"{change.sentence}\n\nSince {alert.since}.\n{look}")
    return letter


def _connected(scheme: str, host: str, port: int) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=_SECONDS, context=context)
    session = smtplib.SMTP(host, port, timeout=_SECONDS)
    session.ehlo()
    if session.has_extn("starttls"):
        session.starttls(context=context)
        session.ehlo()
    return session


def _log_in(session: smtplib.SMTP, user: str, password: str) -> None:
    if not isinstance(session.sock, ssl.SSLSocket):
        raise OSError("it offers no encryption, and a password is not sent in the open")
    session.login(user, password)
