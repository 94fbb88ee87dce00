"""Hostile updates by the thousand: what Telegram may carry for somebody who means no good, and what it never would."""

from __future__ import annotations

import json
import random
from typing import Any

from tests.botapi import updates as u
from tests.telegram.kit import ANE, BIRGIT, STRANGER

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
