"""Thousands of hostile updates: no exception, no change of anybody's things, and nothing said in a group (T07)."""

from __future__ import annotations

import json
import logging
import random
from typing import Any

import pytest

from tests.botapi import updates as u
from tests.core.form_kit import danish
from tests.telegram.kit import ANE, BIRGIT, STRANGER, Room, telegram
from tests.telegram.play import YELLOW, ask, codes, play, until

UPDATES = 5_000
GROUPS, CHANNELS = range(-1_000_020, -1_000_000), range(-1_000_120, -1_000_100)
TEXTS = (
    "/start", "/start x", "/ny", "/ny@trivselsbot_test_bot", "Elev 3B-2 slår", "010180-1233", "", "\x00", "\u202e",
    "🙈" * 2_000, "x" * 100_000, "<script>alert(1)</script>", "{{7*7}}", "%s%n", "'; DROP TABLE drafts;--", "send",
)  # fmt: skip
GARBAGE = (
    "", "go:", "go:new:x:y", "a", "a:b:c", "a:::::", "m:ane:0:q06_omraader:venner", "x:ane:0", "\x00", "æøå", "💥" * 20,
    "go:case:../../etc", "go:resume:" + "a" * 50, "a" * 64, "l:d:0::leader", "f:d:0:q01_barn", "-1:-1:-1",
)  # fmt: skip
Json = dict[str, Any]


class Attacker:
    """Makes updates that Telegram could carry for somebody who means no good, and some that it never would."""

    def __init__(self, seed: int, real: list[str]) -> None:
        self.dice = random.Random(seed)
        self.real = real
        self.number = 5_000_000

    def update(self) -> bytes:
        kinds = (
            self.strange_text, self.group_text, self.group_press, self.stolen_press, self.garbage_press, self.edited,
            self.membership, self.channel, self.other_kind, self.no_update, self.bent,
        )  # fmt: skip
        self.number += self.dice.choice((1, 1, 1, 0))  # some come again
        made = self.dice.choice(kinds)()
        return made if isinstance(made, bytes) else json.dumps(made).encode()

    def strange_text(self) -> Json:
        chat = STRANGER + self.dice.randrange(50)
        return u.message(self.number, u.text_message(1, u.private_chat(chat), u.user(chat), self.text()))

    def group_text(self) -> Json:
        group = u.group_chat(self.dice.choice(GROUPS))
        return u.message(self.number, u.text_message(1, group, u.user(ANE), self.text()))

    def group_press(self) -> Json:
        group = u.group_chat(self.dice.choice(GROUPS))
        body = u.text_message(1, group, u.user(1, is_bot=True), "Hvad vil du?")
        return u.callback_query(self.number, str(self.number), u.user(ANE), body, self.dice.choice(self.real))

    def stolen_press(self) -> Json:
        """Ane's buttons, forwarded to somebody else, or under a message in another's chat."""
        thief = self.dice.choice((BIRGIT, STRANGER))
        where = self.dice.choice((thief, ANE))
        body = u.text_message(1, u.private_chat(where), u.user(1, is_bot=True), "Hvad vil du?")
        return u.callback_query(self.number, str(self.number), u.user(thief), body, self.dice.choice(self.real))

    def garbage_press(self) -> Json:
        body = u.text_message(1, u.private_chat(ANE), u.user(1, is_bot=True), "Hvad vil du?")
        chosen = self.dice.choice((body, None, u.inaccessible_message(1, u.private_chat(ANE))))
        return u.callback_query(self.number, str(self.number), u.user(ANE), chosen, self.dice.choice(GARBAGE))

    def edited(self) -> Json:
        chat = self.dice.choice((ANE, STRANGER))
        body = u.text_message(1, u.private_chat(chat), u.user(chat), "før")
        return u.edited_message(self.number, body, self.text())

    def membership(self) -> Json:
        number = self.dice.choice((*GROUPS, *CHANNELS))
        chat = u.group_chat(number, kind="channel" if number in CHANNELS else "supergroup")
        old, new = self.dice.choice((("left", "member"), ("member", "kicked"), ("member", "left")))
        return u.my_chat_member(self.number, chat, u.user(ANE), u.user(1, is_bot=True), old=old, new=new)

    def channel(self) -> Json:
        chat = u.group_chat(self.dice.choice(CHANNELS), kind="channel")
        return {"update_id": self.number, "channel_post": u.text_message(1, chat, u.user(ANE), self.text())}

    def other_kind(self) -> Json:
        kind = self.dice.choice(("inline_query", "poll_answer", "business_message", "chat_join_request", "new_in_2030"))
        return {"update_id": self.number, kind: {"id": "1", "from": u.user(ANE), "query": self.text()}}

    def no_update(self) -> bytes:
        return self.dice.choice(
            (b"", b"[]", b"null", b'"', b"{" * 50_000, b"\xff" * 90, b'{"update_id":1e999}', b'{"message":{}}')
        )

    def bent(self) -> bytes:
        """A sound update of a stranger's with a few bytes changed."""
        raw = bytearray(json.dumps(self.strange_text()).encode()[:3_000])
        for _ in range(self.dice.randint(1, 4)):
            raw[self.dice.randrange(len(raw))] = self.dice.randrange(256)
        return bytes(raw)

    def text(self) -> str:
        return self.dice.choice(TEXTS)


def things(room: Room) -> tuple[Any, ...]:
    """All that nobody but its owner may change."""

    def work(uow: Any) -> tuple[Any, ...]:
        people = uow.people.everyone()
        talk = uow.conversations.get("ane")
        return (
            people,
            [uow.drafts.open_of(person.id) for person in people],
            [(case, uow.cases.entries(case.id)) for case in uow.cases.of_school("skov", include_closed=True)],
            uow.outbox.count(),
            (talk.alert, talk.cleared, talk.pending),
        )

    return room.run(work)


@pytest.mark.parametrize("seed", [1, 2])
async def test_hostile_updates_change_nothing_break_nothing_and_speak_in_no_group(
    seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with telegram() as room:
        await play(room, YELLOW)  # a sent worry, and then an open draft
        await play(room, until("q06_omraader"))
        await room.person().expects(ask("q06_omraader"))
        await room.quiet()
        for number in (*GROUPS, *CHANNELS):
            room.api.group(number)
        real = [code for message in room.api.messages(ANE) for code in codes(message) if not code.startswith("go:")]
        attacker, before = Attacker(seed, real), things(room)
        caplog.set_level(logging.ERROR)
        said: dict[int, set[str]] = {}
        for _ in range(UPDATES // 2):
            answer = await room.gateway.take(attacker.update())
            if answer.body is not None:
                said.setdefault(answer.body["chat_id"], set()).add(answer.body["text"])
        await room.quiet()
        assert things(room) == before
        assert caplog.records == []
        assert {chat for chat in said if chat < 0} == set()
        refusal = danish().words("start.groups")
        assert {message["text"] for number in GROUPS for message in room.api.messages(number)} == {refusal}
        assert not any(room.api.messages(number) for number in CHANNELS)
        story = YELLOW[7].text
        for chat, texts in said.items():
            assert chat == ANE or not any(story in text for text in texts)


@pytest.mark.parametrize("size", [999_000, 1_000_001, 3_000_000])
async def test_a_huge_update_is_dropped_or_refused(size: int) -> None:
    async with telegram() as room:
        body = json.dumps(
            u.message(1, u.text_message(1, u.private_chat(STRANGER), u.user(STRANGER), "x" * size))
        ).encode()
        answer = await room.post(body)
        assert answer.status == (413 if len(body) > 1_000_000 else 200)
        assert room.run(lambda uow: uow.people.by_chat(STRANGER)) is None
