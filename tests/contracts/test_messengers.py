"""Telegram and the console against a real server on loopback: what arrives, what each fault means, what never leaks."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from telegram.error import ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.app.addresses import is_public
from bot.delivery.console import Console
from bot.delivery.logs import REDACTED, protect_logs
from bot.delivery.telegram import Telegram, delivery_error
from bot.ports import DeliveryError
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Person
from tests.botapi.faults import Fault
from tests.botapi.server import BotApi
from tests.contracts.messenger_kit import ANE, BLANK, LINK, NOTICE, NOW, ROW


def deletion(chat: int, message: int) -> OutboxRow:
    wish = Wish("d", "ane", "telegram_delete", NOW, {"chat": chat, "message": message}, "telegram_delete", "turn")
    return OutboxRow(8, wish, "sending", 1, NOW, sent_via="telegram_delete")


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


async def test_a_burst_of_one_process_keeps_below_30_a_second() -> None:
    people = [replace(ANE, telegram_chat=2000 + number) for number in range(13)]
    async with BotApi() as api, telegram(api) as messenger:
        for person in people:
            api.person(person.telegram_chat or 0, started=True)
        start = asyncio.get_running_loop().time()
        await asyncio.gather(*(messenger.send(ROW, person, NOTICE, LINK) for person in people))
        assert asyncio.get_running_loop().time() - start >= 10 / 30 * 0.95  # three may go at once
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


async def test_the_console_shows_the_notice_and_nothing_about_the_person() -> None:
    stream = io.StringIO()
    console = Console(stream)
    assert await console.send(ROW, ANE, NOTICE, LINK) == "console-7"
    await console.close()
    assert stream.getvalue() == f"notice 7 team_new: {NOTICE.text} {LINK}\n"
