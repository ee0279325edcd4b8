"""Sending: one message to one address, by HTTP or by mail; nothing is followed and nothing of the answer is kept."""

from __future__ import annotations

import http.client
import smtplib
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from concordant.fetching.addresses import target
from concordant.fetching.client import Limits, connect, hurried, user_agent_name
from concordant.reports.fetched import FetchError

_LIMITS = Limits(max_bytes=64 * 1024, timeout=10.0, total=20.0)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over: `tls` is "starttls", "tls" or "none" (for a server on this machine)."""

    host: str
    sender: str
    port: int = 587
    tls: str = "starttls"
    user: str | None = None
    password: str | None = None


def post(url: str, body: bytes, headers: Mapping[str, str], *, allow_private: bool = False) -> None:
    """Send a body to an address. Raises FetchError where the answer is not a 2xx."""
    goal = target(url)
    connection = connect(goal, allow_private, _LIMITS)
    try:
        with hurried(connection, time.monotonic() + _LIMITS.total):
            told = {"Host": goal.netloc, "User-Agent": user_agent_name(), **headers}
            connection.request("POST", goal.path, body=body, headers=told)
            response = connection.getresponse()
            if not 200 <= response.status < 300:
                raise FetchError(url, f"HTTP {response.status} {response.reason}".strip(), status=response.status)
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(url, f"the connection failed: {error or type(error).__name__}") from None
    finally:
        connection.close()


def mail(server: MailServer, to: str, subject: str, text: str, *, name: str) -> None:
    """Send a message. Raises FetchError where it was not taken."""
    message = EmailMessage()
    try:
        message["From"], message["To"] = server.sender, to
        message["Subject"] = " ".join(subject.split())[:200]
        message["Message-ID"] = f"<{name}@concordant.invalid>"
        message.set_content(text)
        with _open(server) as line:
            if server.user is not None:
                line.login(server.user, server.password or "")
            line.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise FetchError(f"mail:{to}", f"not taken by {server.host}: {' '.join(str(error).split())[:200]}") from None


def _open(server: MailServer) -> smtplib.SMTP:
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=15, context=ssl.create_default_context())
    line = smtplib.SMTP(server.host, server.port, timeout=15)
    if server.tls == "starttls":
        line.starttls(context=ssl.create_default_context())
    return line
