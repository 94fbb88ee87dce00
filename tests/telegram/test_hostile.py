"""Thousands of hostile updates: no exception, no change of anybody's things, and nothing said in a group (T07)."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.settings import Policy
from dialogs.channels import TELEGRAM
from tests.attacks.hostile import CHANNELS, GROUPS, Attacker
from tests.botapi import updates as u
from tests.core.form_kit import danish
from tests.telegram.kit import ANE, STRANGER, Room, telegram
from tests.telegram.play import YELLOW, ask, codes, play, until

UPDATES = 5_000


def things(room: Room) -> tuple[Any, ...]:
    """All that nobody but its owner may change."""

    def work(uow: Any) -> tuple[Any, ...]:
        people = uow.people.everyone()
        talk = uow.conversations.get("ane")
        return (
            people,
            [uow.drafts.open_of(person.id) for person in people],
            [(case, uow.cases.entries(case.id)) for case in uow.cases.of_school("skov", include_closed=True)],
            [row.wish for row in uow.outbox.listing(["pending"], 10_000) if row.wish.channel != "telegram_delete"],
            (talk.alert, talk.cleared, talk.pending),
        )

    return room.run(work)


@pytest.mark.parametrize(("seed", "policy"), [(1, "pseudonym"), (2, "strict")])
async def test_hostile_updates_change_nothing_break_nothing_and_speak_in_no_group(
    seed: int, policy: Policy, caplog: pytest.LogCaptureFixture
) -> None:
    await withstands(seed, UPDATES // 2, policy, caplog)


async def withstands(seed: int, count: int, policy: Policy, caplog: Any) -> None:
    """Let the attacker loose on a bot with a sent worry and an open draft."""
    async with telegram("pseudonym") as room:
        await play(room, YELLOW)
        await play(room, until("q06_omraader"))
        await room.person().expects(ask("q06_omraader"))
        await room.quiet()
        room.gateway.policy, room.gateway.ceiling = policy, TELEGRAM[policy]
        for number in (*GROUPS, *CHANNELS):
            room.api.group(number)
        real = [code for message in room.api.messages(ANE) for code in codes(message) if not code.startswith("go:")]
        attacker, before = Attacker(seed, real), things(room)
        caplog.set_level(logging.ERROR)
        said: dict[int, set[str]] = {}
        for _ in range(count):
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
