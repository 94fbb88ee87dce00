"""A real mail server on loopback, with ears that can be made to answer badly or to hang up."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default as mail_policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.delivery.email import Email, SmtpServer
from bot.ports import DeliveryError
from dialogs.people import Person
from tests.contracts.messenger_kit import ANE, LINK, NOTICE, NOW, ROW

TLS = Path(__file__).parent.parent / "fixtures" / "tls"
Answer = str | None


def break_line(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    transport.abort()


@dataclass
class Mailbox:
    """An SMTP server's ears; each hook can be made to answer badly, or to hang up."""

    mails: list[Message] = field(default_factory=list[Message])
    at_sender: Answer = None
    at_recipient: Answer = None
    at_data: Answer = None
    encrypted: list[bool] = field(default_factory=list[bool])
    logins: list[str] = field(default_factory=list[str])
    hang_up: str = ""  # the command that gets no answer but a broken line
    silent: bool = False

    async def handle_MAIL(  # aiosmtpd's own spelling
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return self.at_sender or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        if self.hang_up == "RCPT":
            break_line(server)
        return self.at_recipient or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        self.encrypted.append(session.ssl is not None)
        if self.at_data is not None:
            return self.at_data
        self.mails.append(message_from_bytes(content, policy=mail_policy))
        if self.hang_up == "DATA":
            break_line(server)
        if self.silent:
            await asyncio.Event().wait()
        return "250 taken"


def server_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
    return context


def client_context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(TLS / "cert.pem"))


@asynccontextmanager
async def mail_server(box: Mailbox, host: str = "127.0.0.1", tls: str = "none", **options: Any) -> AsyncIterator[int]:
    context = server_context() if tls != "none" else None
    live: set[asyncio.BaseTransport] = set()

    class Server(SMTP):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            live.add(transport)
            super().connection_made(transport)

    def protocol() -> SMTP:
        return Server(box, hostname="mail.test", tls_context=context if tls == "starttls" else None, **options)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(protocol, host, 0, ssl=context if tls == "tls" else None)
    async with server:
        yield server.sockets[0].getsockname()[1]
        for transport in live:
            transport.close()


def mailer(port: int, host: str = "127.0.0.1", timeout: float = 2.0, **more: Any) -> Email:
    server = SmtpServer(host, port, more.pop("tls", False), sender="trivselsbot@solbaek.example", **more)
    return Email(server, lambda: NOW, client_context(), timeout)


async def mail_error(sender: Email, to: Person = ANE) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await sender.send(ROW, to, NOTICE, LINK)
    assert caught.value.__cause__ is None
    return caught.value
