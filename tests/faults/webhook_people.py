"""People of the kill loops: each fills in worry after worry over the webhook; acknowledged deeds are written down.

Every update is delivered one to three times: at once, side by side, or long after, when others have come in between.
"""

from __future__ import annotations

import asyncio
import random
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import orjson

from bench.ours import OPENING, SENT, WorryScript
from bench.script import Act, Press, Say, Shown
from dialogs.acts import DraftAct, decode
from tests.botapi import BotApi, updates
from tests.botapi.client import ClientAnswer, HttpClient
from tests.botapi.errors import ApiError
from tests.botapi.methods import METHODS
from tests.faults.webhook_history import Deed, History

MAX_COPIES = 3
SIDE_BY_SIDE = 0.3  # of the extra copies; the others come later
TWICE = 0.08  # of the presses: an impatient finger, with an update of its own
KNOCK_SECONDS = 0.02  # between two tries while the bot starts
KEPT_MESSAGES = 6  # of a chat, in the stand-in for Telegram
NICKNAME = "kalde barnet"
SEND = "Send"
STORY = "Hun tegnede i sin bog hele timen. Hun lavede sine opgaver og spurgte om hjælp til dansk."
_VERBS = frozenset({"answer", "mark", "clear", "done", "skip", "unknown", "send"})
_SYLLABLES = tuple(f"{a}{b}" for a in "bdfgklmnprstv" for b in "aeiou")


def marker(number: int) -> str:
    """A word that stands nowhere else, says nothing, and looks like no name and no number."""
    word = ""
    while number or not word:
        number, rest = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[rest]
    return f"zyx{word}"


@dataclass(frozen=True, slots=True)
class Copy:
    """An update that was answered once and will come again; the answer must be the same."""

    body: bytes
    answer: bytes


class Person:
    """One chat: what its owner sees and does next."""

    def __init__(self, chat_id: int) -> None:
        self.chat = updates.private_chat(chat_id)
        self.user = updates.user(chat_id)
        self.script = WorryScript()
        self.act: Act = self.script.begin()
        self.message: dict[str, Any] | None = None

    @property
    def id(self) -> int:
        return int(self.chat["id"])

    def stands(self) -> DraftAct | None:
        """The draft, revision and question that the last message is about."""
        rows = (self.message or {}).get("reply_markup", {}).get("inline_keyboard", ())
        acts = [decode(button["callback_data"]) for row in rows for button in row]
        found = [act for act in acts if isinstance(act, DraftAct)]
        return next((act for act in found if act.verb == "help"), found[0] if found else None)


@dataclass
class Crowd:
    """All people, the bot they talk to, and what went wrong."""

    api: BotApi
    client: HttpClient
    secret: str
    dice: random.Random
    history: History
    up: asyncio.Event = field(default_factory=asyncio.Event)
    wrong: list[str] = field(default_factory=list[str])
    acknowledged: int = 0
    delivered: int = 0
    unanswered: int = 0
    ending: bool = False
    _later: deque[Copy] = field(default_factory=deque[Copy])
    _words: int = 0
    _progress: asyncio.Event = field(default_factory=asyncio.Event)

    async def live(self, person: Person) -> None:
        """Act, read, act, until the run is ending."""
        while not self.ending and not self.wrong:
            before = person.stands()
            deed, bodies = self._deed(person, before)
            for body in bodies:
                await self._deliver(person, body)
            self.history.write(self._done(person, deed, before))
            self._go_on(person)
            await self._repeat_one()

    async def come_down(self) -> None:
        """Deliver every copy that is still to come."""
        while self._later and not self.wrong:
            await self._repeat_one(always=True)

    async def progress(self, count: int) -> None:
        """Return when so many more updates have been acknowledged, or something is wrong."""
        wanted = self.acknowledged + count
        while self.acknowledged < wanted and not self.wrong:
            self._progress.clear()
            await self._progress.wait()

    # --- one deed ---

    def _deed(self, person: Person, at: DraftAct | None) -> tuple[Deed, list[bytes]]:
        """The next deed as it will be written down, and the updates that it takes."""
        update_id = self.api.queue.new_id()
        draft, revision, question = (at.draft, at.revision, at.question) if at else ("", 0, "")
        match person.act:
            case Say(text):
                self._words += 1
                if text != OPENING:
                    text = f"Elev {self._words % 9 + 1}B-2" if _asks(person, NICKNAME) else _marked(self._words)
                verb = "new" if text == OPENING else "say"
                body = updates.text_message(self.api.world.new_message_id(), person.chat, person.user, text)
                deed = Deed(update_id, person.id, verb, draft, revision, question, text)
                return deed, [orjson.dumps(updates.message(update_id, body))]
            case Press(data):
                act = decode(data)
                if not isinstance(act, DraftAct) or act.verb not in _VERBS:
                    return Deed(update_id, person.id, "go"), [self._press(person, update_id, data)]
                deed = Deed(update_id, person.id, act.verb, act.draft, act.revision, act.question, act.option)
                twice = act.verb in ("answer", "skip", "unknown", "done") and self.dice.random() < TWICE
                ids = [update_id, self.api.queue.new_id()] if twice else [update_id]
                return deed, [self._press(person, one, data) for one in ids]

    def _press(self, person: Person, update_id: int, data: str) -> bytes:
        query = self.api.world.new_query(person.id)
        return orjson.dumps(updates.callback_query(update_id, query.id, person.user, person.message, data))

    def _done(self, person: Person, deed: Deed, before: DraftAct | None) -> Deed:
        """The deed with what its reply showed; a reply that is not one step further is wrong."""
        after = person.stands()
        if deed.verb == "new":
            if after is None:
                self.wrong.append(f"update {deed.update_id}: /ny showed no draft")
                return deed
            return deed.of_draft(after.draft)
        text = (person.message or {}).get("text", "")[:120]
        if deed.verb in ("go", "send"):
            if deed.verb == "send" and SENT not in text:
                self.wrong.append(f"update {deed.update_id}: not sent: {text!r}")
            return deed
        if before is None or after is None or (after.draft, after.revision) != (before.draft, before.revision + 1):
            self.wrong.append(
                f"update {deed.update_id}: {deed.verb} at {_short(before)} led to {_short(after)}: {text!r}"
            )
        return deed

    def _go_on(self, person: Person) -> None:
        shown = Shown.of(person.message or {})
        send = next((data for label, data in shown.buttons if label == SEND), None)
        act = Press(send) if send else person.script.next(shown)
        if act is None:
            self.wrong.append(f"nothing to do at: {shown.text[:90]!r}")
        else:
            person.act = act

    # --- delivery ---

    async def _deliver(self, person: Person, body: bytes) -> None:
        """As Telegram does: the head of a lane again and again until a 2xx; and then some copies more."""
        extra = self.dice.randint(1, MAX_COPIES) - 1
        beside = sum(self.dice.random() < SIDE_BY_SIDE for _ in range(extra))
        while True:
            await self.up.wait()
            answers = await asyncio.gather(*(self._post(body) for _ in range(1 + beside)))
            accepted = [answer.body for answer in answers if answer is not None and answer.status == 200]
            if accepted:
                break
            await asyncio.sleep(KNOCK_SECONDS)
        if len(set(accepted)) > 1:
            self.wrong.append("copies side by side got different replies")
        self._later.extend(Copy(body, accepted[0]) for _ in range(extra - beside))
        self.history.acknowledge(orjson.loads(body)["update_id"])
        self.acknowledged += 1
        self._progress.set()
        self._show(person, accepted[0])

    async def _post(self, body: bytes) -> ClientAnswer | None:
        headers = f"x-telegram-bot-api-secret-token: {self.secret}\r\n".encode()
        try:
            answer = await self.client.post("/telegram/webhook", body, headers)
        except OSError:
            return None
        self.delivered += 1
        if answer.status not in (200, 503):
            self.wrong.append(f"the webhook answered {answer.status}")
            self._progress.set()
        return answer

    async def _repeat_one(self, *, always: bool = False) -> None:
        """A late copy of anybody's update: it must change nothing and get the reply that the first one got."""
        if not self._later or not (always or self.dice.random() < 0.8):
            return
        self._later.rotate(self.dice.randrange(len(self._later)))
        copy = self._later.popleft()
        answer = None
        while answer is None or answer.status != 200:
            if self.wrong:
                return
            await self.up.wait()
            answer = await self._post(copy.body)
            if answer is None:
                await asyncio.sleep(KNOCK_SECONDS)
        if answer.body != copy.answer:
            self.wrong.append(f"a late copy got another reply: {orjson.loads(copy.body)['update_id']}")

    def _show(self, person: Person, reply: bytes) -> None:
        """Carry out what the webhook's answer says, as strictly as Telegram would."""
        if not reply:  # what must be deleted one day came by a call of its own, and stands in the chat already
            self._show_last(person)
            return
        params = orjson.loads(reply)
        method = str(params.pop("method")).lower()
        try:
            person.message = METHODS[method](self.api.world, params)
        except ApiError as error:
            if "not modified" not in error.description:
                self.wrong.append(f"Telegram refuses a reply: {error.description}")
        self._tidy(person)

    def _show_last(self, person: Person) -> None:
        stands = [one for one in self.api.messages(person.id) if one is not person.message]
        before = person.message["message_id"] if person.message else 0
        if not stands or stands[-1]["message_id"] <= before:
            self.wrong.append("an answer without a reply")
            return
        person.message = stands[-1]
        self._tidy(person)

    def _tidy(self, person: Person) -> None:
        """Forget what nobody will look at: a long run would fill the memory."""
        world = self.api.world
        kept = world.chats[person.id].messages
        for old in list(kept)[:-KEPT_MESSAGES]:
            del kept[old]
        world.events.clear()
        for query in [q for q in list(world.queries.values())[:-400] if q.answer is not None]:
            del world.queries[query.id]


def _short(at: DraftAct | None) -> str:
    return f"{at.question} revision {at.revision}" if at else "no draft"


def _asks(person: Person, words: str) -> bool:
    return words in (person.message or {}).get("text", "")


def _marked(number: int) -> str:
    return f"{STORY} Mærke {marker(number)}."
