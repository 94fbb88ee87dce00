"""E-mail against a real server on loopback: what arrives, what each trouble means, and what stays encrypted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from bot.delivery.email import Email, SmtpServer, SmtpUrlError, parse_smtp_url
from tests.contracts.mail_kit import Mailbox, mail_error, mail_server, mailer
from tests.contracts.messenger_kit import ANE, LINK, NOTICE, NOW, ROW


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
