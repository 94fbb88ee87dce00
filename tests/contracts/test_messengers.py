"""Every messenger against a real server on loopback: what arrives, what each fault means, and what never leaks."""

from __future__ import annotations

import asyncio
import io
import logging
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import default as mail_policy
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from telegram.error import ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.app.addresses import is_public
from bot.delivery.console import Console
from bot.delivery.email import Email, SmtpServer, SmtpUrlError, parse_smtp_url
from bot.delivery.logs import REDACTED, protect_logs
from bot.delivery.telegram import Telegram, delivery_error
from bot.ports import DeliveryError
from dialogs.notice_texts import NoticeText, standard
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Person
from tests.botapi.faults import Fault
from tests.botapi.server import BotApi

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANE = Person("ane", "Ane Fiktiv", (), email="ane@example.org", telegram_chat=1001)
NOTICE = standard().render("team_new", {"code": "K7RT-Måge", "colour": "yellow"}, case_id="abcdefghij23")
LINK = "https://trivsel.example.org/team/sag/abcdefghij23"
ROW = OutboxRow(7, Wish("k", "ane", "team_new", NOW, {"code": "K7RT-Måge"}), "sending", 1, NOW, sent_via="telegram")
BLANK = NoticeText("", "", "", "", "", "")


def deletion(chat: int, message: int) -> OutboxRow:
    wish = Wish("d", "ane", "telegram_delete", NOW, {"chat": chat, "message": message}, "telegram_delete", "turn")
    return OutboxRow(8, wish, "sending", 1, NOW, sent_via="telegram_delete")


# --- Telegram ---


class Moves:
    """Remembers who moved to which chat."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, int]] = []

    async def __call__(self, person: str, chat: int) -> None:
        self.seen.append((person, chat))


@asynccontextmanager
async def telegram(api: BotApi, moved: Moves | None = None) -> AsyncIterator[Telegram]:
    messenger = Telegram(api.token, api.url, moved or Moves(), read_seconds=0.3)
    try:
        yield messenger
    finally:
        await messenger.close()


async def test_a_notice_arrives_once_protected_without_preview_and_with_the_link_as_a_button() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        api.person(1001, started=True)
        reference = await messenger.send(ROW, ANE, NOTICE, LINK)
        (message,) = api.messages(1001)
        assert message["text"] == NOTICE.text
        assert str(message["message_id"]) == reference
        assert api.keyboard(1001) == [[{"text": "Åbn K7RT-Måge", "url": LINK}]]
        (call,) = api.called("sendMessage")
        assert str(call.params["protect_content"]).casefold() == "true"
        assert "is_disabled" in str(call.params["link_preview_options"])
        assert "parse_mode" not in call.params


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://trivsel.example.org/x", True),
        ("http://trivsel.example.org/x", True),
        ("http://localhost:8000/x", False),
        ("https://localhost/x", False),
        ("http://127.0.0.1:8000/x", False),
        ("http://[::1]:8000/x", False),
        ("https://skole.local/x", False),
        ("ftp://example.org/x", False),
        ("tg://user?id=1", False),
    ],
)
def test_telegram_takes_no_button_to_this_machine(url: str, public: bool) -> None:
    assert is_public(url) is public


async def test_a_link_to_this_machine_stands_in_the_text() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        api.person(1001, started=True)
        await messenger.send(ROW, ANE, NOTICE, "http://localhost:8000/team/sag/abc")
        await messenger.send(ROW, ANE, NOTICE, None)
        first, second = api.messages(1001)
        assert first["text"] == f"{NOTICE.text}\nhttp://localhost:8000/team/sag/abc"
        assert second["text"] == NOTICE.text
        assert api.keyboard(1001) == []


async def error_of(messenger: Telegram, row: OutboxRow = ROW, to: Person = ANE) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await messenger.send(row, to, NOTICE, LINK)
    return caught.value


async def test_a_person_who_blocked_the_bot_closes_the_channel() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        person = api.person(1001, started=True)
        await person.blocks()
        error = await error_of(messenger)
        assert (error.code, error.permanent, error.uncertain) == ("blocked", True, False)


async def test_a_chat_that_does_not_exist_or_never_began_closes_the_channel() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        unknown = await error_of(messenger)
        assert (unknown.code, unknown.permanent) == ("chat_not_found", True)
        api.person(1001)
        assert (await error_of(messenger)).permanent
        assert (await error_of(messenger, to=replace(ANE, telegram_chat=None))).permanent


@pytest.mark.parametrize(
    ("fault", "code", "uncertain", "arrived"),
    [
        (Fault.ERROR_500, "server_error", False, 0),
        (Fault.ERROR_502, "server_error", False, 0),
        (Fault.TOO_MANY, "flood", False, 0),
        (Fault.RESET_BEFORE, "no_answer", True, 0),
        (Fault.RESET_AFTER, "no_answer", True, 1),
        (Fault.SILENCE, "no_answer", True, 1),
    ],
)
async def test_each_fault_means_exactly_what_it_is(fault: Fault, code: str, uncertain: bool, arrived: int) -> None:
    async with BotApi() as api, telegram(api) as messenger:
        api.person(1001, started=True)
        api.faults.plan(fault, "sendMessage")
        error = await error_of(messenger)
        assert (error.code, error.uncertain, error.permanent) == (code, uncertain, False)
        assert error.retry_after == (1.0 if fault is Fault.TOO_MANY else None)
        assert len(api.messages(1001)) == arrived


async def test_after_a_fault_the_next_message_goes_through() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        api.person(1001, started=True)
        for fault in (Fault.RESET_AFTER, Fault.ERROR_500, Fault.TOO_MANY):
            api.faults.plan(fault, "sendMessage")
            await error_of(messenger)
        assert await messenger.send(ROW, ANE, NOTICE, LINK)


async def test_no_server_means_that_nothing_was_written() -> None:
    async with BotApi() as api:
        url, token = api.url, api.token
    messenger = Telegram(token, url, Moves())
    error = await error_of(messenger)
    assert (error.code, error.uncertain, error.permanent) == ("unreachable", False, False)
    await messenger.close()


async def test_a_wrong_token_closes_nobodys_channel() -> None:
    async with BotApi() as api:
        messenger = Telegram("1:wrong", api.url, Moves())
        api.person(1001, started=True)
        error = await error_of(messenger)
        assert (error.code, error.permanent, error.uncertain) == ("bad_token", False, False)
        await messenger.close()


def caused(error: TelegramError, cause: BaseException) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code", "uncertain"),
    [
        (caused(TimedOut(), httpx.PoolTimeout("")), "unreachable", False),
        (caused(TimedOut(), httpx.ConnectTimeout("")), "unreachable", False),
        (caused(NetworkError("x"), httpx.ConnectError("")), "unreachable", False),
        (caused(TimedOut(), httpx.ReadTimeout("")), "no_answer", True),
        (caused(TimedOut(), httpx.WriteTimeout("")), "no_answer", True),
        (caused(NetworkError("x"), httpx.WriteError("")), "no_answer", True),
        (caused(NetworkError("x"), httpx.ReadError("")), "no_answer", True),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("")), "no_answer", True),
        (TimedOut("gateway"), "no_answer", True),
        (NetworkError("Internal Server Error (500)"), "server_error", False),
        (caused(NetworkError("x"), TelegramError("not JSON")), "server_error", False),
        (caused(NetworkError("x"), RuntimeError("closed")), "unexpected", True),
        (TelegramError("Invalid server response"), "unreadable", True),
        (InvalidToken(), "bad_token", False),
    ],
)
def test_the_line_between_not_delivered_and_nobody_knows(error: TelegramError, code: str, uncertain: bool) -> None:
    found = delivery_error(error)
    assert (found.code, found.uncertain, found.permanent) == (code, uncertain, False)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("opted_in", ["true", "false"])
def test_told_to_wait_for_a_time_of_either_kind(opted_in: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    assert delivery_error(RetryAfter(3)).retry_after == 3.0


class _Stub:
    """Answers every request with one status and body."""

    def __init__(self, *answers: tuple[int, bytes]) -> None:
        self.answers, self.requests = list(answers), 0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        await reader.readexactly(length)
        self.requests += 1
        status, body = self.answers.pop(0)
        writer.write(b"HTTP/1.1 %d X\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body))
        await writer.drain()
        writer.close()


@asynccontextmanager
async def stub(*answers: tuple[int, bytes]) -> AsyncIterator[tuple[str, _Stub]]:
    handler = _Stub(*answers)
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", handler


SENT = b'{"ok":true,"result":{"message_id":5,"date":1,"chat":{"id":-1009,"type":"private"},"text":"x"}}'
MOVED = b'{"ok":false,"error_code":400,"description":"x","parameters":{"migrate_to_chat_id":-1009}}'


@pytest.mark.parametrize(
    ("status", "body", "code", "uncertain"),
    [
        (504, b"<html>", "no_answer", True),
        (200, b"<html>", "unreadable", True),
        (400, b'{"ok":false,"error_code":400,"description":"Bad Request: message is too long"}', "bad_request", False),
    ],
)
async def test_answers_that_are_not_the_bot_apis(status: int, body: bytes, code: str, uncertain: bool) -> None:
    async with stub((status, body)) as (url, _):
        messenger = Telegram("1:x", url, Moves())
        error = await error_of(messenger)
        assert (error.code, error.uncertain, error.permanent) == (code, uncertain, False)
        await messenger.close()


async def test_a_chat_that_moved_is_followed_once_and_remembered() -> None:
    moves = Moves()
    async with stub((400, MOVED), (200, SENT)) as (url, handler):
        messenger = Telegram("1:x", url, moves)
        assert await messenger.send(ROW, ANE, NOTICE, LINK) == "5"
        assert (moves.seen, handler.requests) == ([("ane", -1009)], 2)
        await messenger.close()


async def test_a_chat_that_keeps_moving_is_not_followed_for_ever() -> None:
    moves = Moves()
    async with stub((400, MOVED), (400, MOVED)) as (url, handler):
        messenger = Telegram("1:x", url, moves)
        error = await error_of(messenger)
        assert (error.permanent, handler.requests, moves.seen) == (False, 2, [])
        await messenger.close()
    assert isinstance(ChatMigrated(1), TelegramError)


async def test_a_message_is_deleted_and_one_that_is_gone_or_too_old_counts_as_done() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        api.person(1001, started=True)
        reference = int(await messenger.send(ROW, ANE, NOTICE, LINK))
        old = int(await messenger.send(ROW, ANE, NOTICE, LINK))
        assert await messenger.send(deletion(1001, reference), ANE, BLANK, None) == str(reference)
        assert len(api.messages(1001)) == 1
        await messenger.send(deletion(1001, reference), ANE, BLANK, None)
        api.pass_time(49 * 3600)
        await messenger.send(deletion(1001, old), ANE, BLANK, None)
        error = await error_of(messenger, deletion(4040, 1))
        assert error.permanent


async def test_the_pace_is_the_products_and_ptb_never_tries_again_by_itself() -> None:
    async with BotApi() as api, telegram(api) as messenger:
        api.person(1001, started=True)
        api.faults.plan(Fault.TOO_MANY, "sendMessage")
        await error_of(messenger)
        assert len(api.called("sendMessage")) == 1


async def test_a_burst_keeps_below_25_a_second() -> None:
    people = [replace(ANE, telegram_chat=2000 + number) for number in range(13)]
    async with BotApi() as api, telegram(api) as messenger:
        for person in people:
            api.person(person.telegram_chat or 0, started=True)
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(messenger.send(ROW, person, NOTICE, LINK) for person in people))
        assert asyncio.get_running_loop().time() - start >= 12 / 25 * 0.95
        times = [call.at for call in api.called("sendMessage")]
        assert len(times) == 13


async def test_the_token_is_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        async with BotApi() as api, telegram(api) as messenger:
            api.person(1001, started=True)
            await messenger.send(ROW, ANE, NOTICE, LINK)
            for fault in (Fault.ERROR_500, Fault.ERROR_502, Fault.TOO_MANY, Fault.RESET_AFTER, Fault.SILENCE):
                api.faults.plan(fault, "sendMessage")
                error = await error_of(messenger)
                assert api.token not in repr(error)
                assert error.__cause__ is None
                assert error.__suppress_context__
            token, secret = api.token, api.token.split(":")[1]
        logging.getLogger("somebody.else").warning("GET http://host/bot%s/getMe", token)
        try:
            raise RuntimeError(f"http://host/bot{token}/getMe")
        except RuntimeError:
            logging.getLogger("somebody.else").exception("failed at %s", "startup")
    written = caplog.text
    assert secret not in written
    assert written.count(REDACTED) == 2
    assert "startup" in written
    assert "httpx" not in {record.name.split(".")[0] for record in caplog.records}


def test_protecting_twice_adds_one_filter() -> None:
    handler = logging.NullHandler()
    logging.getLogger().addHandler(handler)
    try:
        protect_logs("1:secret")
        protect_logs("1:secret")
        protect_logs("2:other")
        assert len(handler.filters) == 2
    finally:
        logging.getLogger().removeHandler(handler)


# --- e-mail ---

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


async def test_a_mail_is_the_notice_the_link_and_who_wrote_it() -> None:
    box = Mailbox()
    async with mail_server(box) as port:
        reference = await mailer(port).send(ROW, ANE, NOTICE, LINK)
    (mail,) = box.mails
    assert mail["Message-ID"] == reference == "<7.1@solbaek.example>"
    assert mail["To"] == "ane@example.org"
    assert mail["From"] == "trivselsbot@solbaek.example"
    assert mail["Subject"] == NOTICE.subject
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Date"] == "Tue, 24 Nov 2026 09:00:00 +0000"
    body = mail.get_content().replace("\r\n", "\n")
    assert body == f"{NOTICE.body}\n\nÅbn K7RT-Måge:\n{LINK}\n\n{NOTICE.footer}\n"
    assert "Ane" not in str(mail)


async def test_a_mail_without_a_link_has_none() -> None:
    box = Mailbox()
    async with mail_server(box) as port:
        await mailer(port).send(replace(ROW, attempts=3), ANE, NOTICE, None)
    assert "http" not in box.mails[0].get_content()
    assert box.mails[0]["Message-ID"] == "<7.3@solbaek.example>"


def slow_down(box: Mailbox) -> None:
    box.at_recipient = "450 4.2.0 greylisted, try later"


def no_such_person(box: Mailbox) -> None:
    box.at_recipient = "550 5.1.1 no such user"


def not_from_you(box: Mailbox) -> None:
    box.at_sender = "553 sender refused"


def not_this(box: Mailbox) -> None:
    box.at_recipient = "571 blocked by policy"


def full(box: Mailbox) -> None:
    box.at_data = "452 disk full"


def refused_content(box: Mailbox) -> None:
    box.at_data = "554 looks like spam"


def drop(box: Mailbox) -> None:
    box.hang_up = "DATA"


def drop_early(box: Mailbox) -> None:
    box.hang_up = "RCPT"


def silence(box: Mailbox) -> None:
    box.silent = True


@pytest.mark.parametrize(
    ("trouble", "code", "kind", "taken"),
    [
        (slow_down, "greylisted", "again", 0),
        (no_such_person, "bad_address", "closed", 0),
        (not_from_you, "sender_refused", "again", 0),
        (not_this, "mail_refused", "again", 0),
        (full, "greylisted", "again", 0),
        (refused_content, "mail_refused", "again", 0),
        (drop_early, "unreachable", "again", 0),
        (drop, "no_answer", "unknown", 1),
        (silence, "no_answer", "unknown", 1),
    ],
)
async def test_each_trouble_with_mail_means_exactly_what_it_is(
    trouble: Callable[[Mailbox], None], code: str, kind: str, taken: int
) -> None:
    box = Mailbox()
    trouble(box)
    async with mail_server(box) as port:
        error = await mail_error(mailer(port, timeout=0.3))
    assert error.code == code
    assert (error.permanent, error.uncertain) == (kind == "closed", kind == "unknown")
    assert len(box.mails) == taken


async def test_no_mail_server_means_that_nothing_was_handed_over() -> None:
    async with mail_server(Mailbox()) as port:
        pass
    error = await mail_error(mailer(port))
    assert (error.code, error.uncertain) == ("unreachable", False)


async def test_without_encryption_nothing_is_said_to_another_machine() -> None:
    box = Mailbox()
    async with mail_server(box, "127.0.0.2") as port:  # counts as another machine: only localhost is ours
        error = await mail_error(mailer(port, "127.0.0.2", user="u", password="p"))
    assert (error.code, error.uncertain, error.permanent) == ("no_encryption", False, False)
    assert box.mails == []


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_mail_to_another_machine_is_encrypted(tls: str) -> None:
    box = Mailbox()
    async with mail_server(box, "127.0.0.2", tls) as port:
        await mailer(port, "127.0.0.2", tls=tls == "tls").send(ROW, ANE, NOTICE, LINK)
    assert len(box.mails) == 1
    assert box.encrypted == [tls == "starttls"]  # aiosmtpd tells only of encryption that began in the middle


async def test_an_unknown_certificate_is_not_trusted() -> None:
    box = Mailbox()
    async with mail_server(box, "127.0.0.2", "starttls") as port:
        stranger = Email(SmtpServer("127.0.0.2", port, tls=False), lambda: NOW, timeout=2.0)
        assert (await mail_error(stranger)).code == "no_encryption"
    async with mail_server(box, "127.0.0.2", "tls") as port:
        stranger = Email(SmtpServer("127.0.0.2", port, tls=True), lambda: NOW, timeout=2.0)
        assert (await mail_error(stranger)).code == "unreachable"
    assert box.mails == []


async def test_user_and_password_are_given_and_a_refused_login_closes_nobodys_channel() -> None:
    box = Mailbox()

    def check(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        box.logins.append(data.login.decode())
        return AuthResult(success=data.password == b"right", handled=False)

    options = {"authenticator": check, "auth_required": True}
    async with mail_server(box, "127.0.0.2", "starttls", **options) as port:
        await mailer(port, "127.0.0.2", user="bot", password="right").send(ROW, ANE, NOTICE, LINK)
        error = await mail_error(mailer(port, "127.0.0.2", user="bot", password="wrong"))
    assert (error.code, error.permanent, error.uncertain) == ("login_refused", False, False)
    assert "bot" in box.logins
    assert len(box.mails) == 1


@pytest.mark.parametrize("address", [None, "", "æble@example.org", "a@example.org\nBcc: b@example.org", "a\r\n.\r\n"])
async def test_an_address_that_is_none_closes_the_channel_and_reaches_no_server(address: str | None) -> None:
    error = await mail_error(mailer(1), replace(ANE, email=address))
    assert error.permanent


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost:1025", SmtpServer("localhost", 1025, False, sender="trivselsbot@kommune.example")),
        ("smtp://mail.example.org", SmtpServer("mail.example.org", 587, False, sender="trivselsbot@kommune.example")),
        (
            "smtps://bot:p%40ss@mail.example.org?from=trivsel@skole.example",
            SmtpServer("mail.example.org", 465, True, "bot", "p@ss", "trivsel@skole.example"),
        ),
    ],
)
def test_the_mail_setting_is_one_address(url: str, expected: SmtpServer) -> None:
    assert parse_smtp_url(url, "kommune.example") == expected


@pytest.mark.parametrize(
    "url", ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://u:geheim@h:x", "smtp://h?from=geheim"]
)
def test_a_bad_mail_setting_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(SmtpUrlError) as caught:
        parse_smtp_url(url)
    assert "geheim" not in str(caught.value)
    assert "SMTP_URL" in str(caught.value)


def test_the_password_is_in_no_picture_of_the_server() -> None:
    assert "geheim" not in repr(parse_smtp_url("smtp://u:geheim@mail.example.org"))


# --- console ---


async def test_the_console_shows_the_notice_and_nothing_about_the_person() -> None:
    stream = io.StringIO()
    console = Console(stream)
    assert await console.send(ROW, ANE, NOTICE, LINK) == "console-7"
    await console.close()
    assert stream.getvalue() == f"notice 7 team_new: {NOTICE.text} {LINK}\n"
