"""Sends notices by mail over SMTP, encrypted or not at all, and knows what "the connection broke" means.

Before the message is handed over (DATA) nothing has been delivered. After it, only the server's answer tells: without
one the mail may or may not be on its way, and the outbox must know that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from ssl import SSLContext
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib as smtp

from bot.ports import DeliveryError
from dialogs.meetings.calendar import Appointment, invitation, method_of
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow
from dialogs.people import Person

TIMEOUT_SECONDS = 10.0  # for each step; the whole stays below the worker's limit for one send
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})  # a mail server on this machine; the wire never leaves it
_BAD_ADDRESS = frozenset({550, 551, 553, 556})  # RFC 5321, 7504: no such mailbox here; it will not come back
_TEMPORARY = range(400, 500)


class SmtpUrlError(ValueError):
    """SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465."""


@dataclass(frozen=True)
class SmtpServer:
    """Where and how mail is handed over. `tls` is encryption from the first byte, otherwise STARTTLS."""

    host: str
    port: int
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str = "trivselsbot@localhost"

    @property
    def must_encrypt(self) -> bool:
        """Whether STARTTLS has to succeed before anything is said."""
        return not self.tls and self.host not in _LOCAL

    @property
    def domain(self) -> str:
        """The domain of our message ids."""
        return self.sender.rpartition("@")[2]


def parse_smtp_url(url: str, default_domain: str = "localhost") -> SmtpServer:
    """The server that an SMTP_URL names; `?from=` sets the sender. Raise SmtpUrlError without repeating the URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise SmtpUrlError(SmtpUrlError.__doc__) from None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SmtpUrlError(SmtpUrlError.__doc__)
    tls = parts.scheme == "smtps"
    sender = parse_qs(parts.query).get("from", [f"trivselsbot@{default_domain}"])[0]
    if "@" not in sender or any(sign.isspace() for sign in sender):
        raise SmtpUrlError(SmtpUrlError.__doc__)
    return SmtpServer(
        host=parts.hostname,
        port=port or (465 if tls else 587),
        tls=tls,
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        sender=sender,
    )


class Email:
    """A mail sender. One connection a message: mails are few, and a dropped idle connection is a doubt too many."""

    def __init__(
        self,
        server: SmtpServer,
        now: Callable[[], datetime],
        tls_context: SSLContext | None = None,
        timeout: float = TIMEOUT_SECONDS,
    ) -> None:
        self._server, self._now, self._tls_context, self._timeout = server, now, tls_context, timeout

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        """Hand one mail over; its Message-ID, which names the row and the try. Raise DeliveryError."""
        if not to.email:
            raise DeliveryError("no_address", permanent=True)
        message = self._message(row, to.email, notice, link)
        client = self._client()
        try:
            await self._open(client)
            await self._name(client, to.email)
            await self._hand_over(client, message.as_bytes(policy=SMTP_POLICY))
        finally:
            client.close()
        return str(message["Message-ID"])

    async def close(self) -> None:
        """Nothing stays open between mails."""

    def _message(self, row: OutboxRow, address: str, notice: NoticeText, link: str | None) -> EmailMessage:
        if not address.isascii():  # would need SMTPUTF8, which few servers on the way can do
            raise DeliveryError("bad_address", permanent=True)
        message = EmailMessage()
        try:
            message["From"], message["To"], message["Subject"] = self._server.sender, address, notice.subject
        except (ValueError, IndexError):  # a line break or worse in an address
            raise DeliveryError("bad_address", permanent=True) from None
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = f"<{row.id}.{row.attempts}@{self._server.domain}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: holiday replies stay away
        where = (f"{notice.act}:\n{link}",) if link else ()
        message.set_content("\n\n".join((notice.body, *where, notice.footer)) + "\n")
        if notice.calendar is not None:
            self._invite(message, notice.calendar, address)
        return message

    def _invite(self, message: EmailMessage, what: Appointment, address: str) -> None:
        """Put the meeting beside the words, as mail programs look for it (RFC 6047): they show it with its day."""
        text = invitation(what, sender=self._server.sender, to=address, stamp=self._now())
        # As octets in base64: a calendar's line breaks are CRLF whatever a server on the way does with text.
        params = {"charset": "utf-8", "method": method_of(what)}
        message.add_alternative(text.encode(), maintype="text", subtype="calendar", cte="base64", params=params)

    def _client(self) -> smtp.SMTP:
        server = self._server
        return smtp.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=False,  # done by hand below, where its failure is told from the server's absence
            timeout=self._timeout,
            tls_context=self._tls_context,
            local_hostname=server.domain,
        )

    async def _open(self, client: smtp.SMTP) -> None:
        try:
            await client.connect()
        except (smtp.SMTPException, OSError):
            raise DeliveryError("unreachable") from None
        if self._server.must_encrypt:
            try:
                await client.starttls(tls_context=self._tls_context)
            except (smtp.SMTPException, OSError, ValueError):
                raise DeliveryError("no_encryption") from None
        if self._server.user is not None:
            try:
                await client.login(self._server.user, self._server.password or "")
            except (smtp.SMTPException, OSError):
                raise DeliveryError("login_refused") from None

    async def _name(self, client: smtp.SMTP, address: str) -> None:
        """Say who it is from and to; nothing is handed over yet."""
        try:
            await client.mail(self._server.sender)
            await client.rcpt(address)
        except smtp.SMTPSenderRefused:
            raise DeliveryError("sender_refused") from None
        except smtp.SMTPResponseException as error:
            raise _refused(error.code) from None
        except (smtp.SMTPException, OSError):
            raise DeliveryError("unreachable") from None

    async def _hand_over(self, client: smtp.SMTP, message: bytes) -> None:
        try:
            await client.data(message)
        except smtp.SMTPResponseException as error:
            raise _refused(error.code) from None
        except (smtp.SMTPException, OSError):
            raise DeliveryError("no_answer", uncertain=True) from None
        with suppress(smtp.SMTPException, OSError):  # it is taken; how we part does not change that
            await client.quit()


def _refused(code: int) -> DeliveryError:
    if code in _TEMPORARY:
        return DeliveryError("greylisted")
    if code in _BAD_ADDRESS:
        return DeliveryError("bad_address", permanent=True)
    return DeliveryError("mail_refused")
