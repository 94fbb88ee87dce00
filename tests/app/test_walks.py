"""Random walks over the chat: answers, old buttons, help, back, stop, resume, two channels, deliveries twice and late.

Whatever is done: nothing breaks, an answer is what was pressed, no other answer changes unless it is named, a draft
becomes at most one case, and the open question can always be called again.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from bot.app.turns.incoming import Pressed
from dialogs.acts import DraftAct, decode
from dialogs.position import locate
from dialogs.types import Draft
from dialogs.values import picks_of
from dialogs.worry import worry_light
from tests.app.kit import YELLOW, Chat, House, Press

STEPS = 300
TEXTS = [
    "ny", "ja", "nej", "måske", "1", "2", "3", "1, 2", "99", "Uglen", "Han sad alene hele dagen.", "venner", "send",
    "tilbage", "gem", "stop", "ret", "menu", "hej", "fortsæt", "kladder", "sager", "trafiklys", "hjælp", "akut",
    "spring over", "ved ikke", "færdig", "hvad er samtykke?", "skal jeg underrette?", "hvem hjælper med søvn?",
    "far slår ham derhjemme", "han vil ikke leve mere", "cpr 010110-4321", "Ring på 20 30 40 50", "", "   ", "🙂" * 30,
    "x" * 5_000, "a\x00b\u202e", "<b>hej</b>", "Ny plads\nMakker\nRo",
]  # fmt: skip
COMMANDS = ["start", "ny", "fortsaet", "kladder", "sager", "trafiklys", "hjaelp", "tilbage", "gem", "stop", "akut", "x"]
MOMENTARY = {"answer", "done", "skip", "unknown", "keep", "back", "leave", "send"}
SAFETY = {"q04_sikkerhed", "q04_hvad", "q04_mere"}  # what a "yes" to the guard answers, on the person's own word
COLOUR = "q19_farve"  # asked about again when the colour is another one now, and that is said


@dataclass
class Walker:
    """One person with two channels, and everything they could still press."""

    seed: int
    house: House = field(default_factory=House)
    old: list[Press] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # a walk that can be walked again
        self.chats = [
            Chat(self.house),
            Chat(self.house, channel="telegram"),
            Chat(self.house, channel="telegram", ceiling=1),
        ]
        self.chat = self.chats[0]
        if self.seed % 2:
            self.chat.stands_at("q19_farve", YELLOW)  # nearly done, so that many walks go back and edit
        else:
            self.chat.commands("ny")
        self.shapes = set[str]()

    def walk(self) -> None:
        moves: list[tuple[int, Callable[[], None]]] = [
            (45, self.press), (12, self.press_old), (18, self.say), (12, self.fill), (5, self.command), (6, self.edit),
            (3, self.switch), (3, self.look), (1, self.media), (2, self.wait),
        ]  # fmt: skip
        weights = [weight for weight, _ in moves]
        for _ in range(STEPS):
            (move,) = self.chance.choices([move for _, move in moves], weights)
            before = self.drafts()
            move()
            self.old += self.chat.presses_shown
            self.shapes |= {card.kind for card in self.chat.reply.cards}
            if move != self.edit:  # it is three turns; the one that answers is looked at in the end
                self.check(before)

    # --- what a person does ---

    def press(self) -> None:
        shown = self.chat.presses_shown
        if not shown:
            return self.command()
        return self.do_press(self.chance.choice(shown))

    def press_old(self) -> None:
        if self.old:
            self.do_press(self.chance.choice(self.old[-200:]))

    def do_press(self, press: Press) -> None:
        """A press of this moment answers what it says; an old one answers nothing."""
        act = decode(press.act)
        if not isinstance(act, DraftAct):
            self.chat.presses_old(press)
            return
        before = self.house.run(lambda uow: uow.drafts.get(act.draft))
        self.chat.presses_old(press)
        after = self.house.run(lambda uow: uow.drafts.get(act.draft))
        if before is None or after is None or act.verb not in MOMENTARY:
            return
        if act.revision != before.revision:
            assert (after.answers, after.skipped) == (before.answers, before.skipped), "an old press answers nothing"
        elif act.verb == "answer" and after.revision > before.revision:
            assert act.option in picks_of(after.answers[act.question]), "the answer is what was pressed"

    def edit(self) -> None:
        """Change an earlier answer, most often one that others rest on."""
        self.chat.says("ret")
        rows = [row for card in self.chat.reply.cards for row in card.rows if row.act]
        resting = [row for row in rows if row.label in ("Alder og sted", "Områder", "Tegn hos barnet", "Sikkerhed nu")]
        if rows:
            row = self.chance.choice(resting or rows)
            self.do_press(Press(row.label, row.act or ""))
            before = self.drafts()
            self.fill()
            self.check(before)

    def say(self) -> None:
        self.chat.says(self.chance.choice(TEXTS))

    def fill(self) -> None:
        entry = next((card.entry for card in reversed(self.chat.reply.cards) if card.entry), None)
        if entry is None:
            return self.say()
        ids = [choice.id for choice in entry.choices]
        usual = 1 if entry.kind == "choice" else self.chance.randint(0, 3)
        picks = self.chance.sample(ids, min(usual, len(ids)))
        self.chat.fills(
            *picks, text=self.chance.choice(["", "Noget om dagen."]), note=self.chance.choice(["", "Lidt."])
        )
        return None

    def command(self) -> None:
        self.chat.commands(self.chance.choice(COMMANDS))

    def switch(self) -> None:
        self.chat = self.chance.choice(self.chats)
        self.chat.opens()

    def look(self) -> None:
        self.chat.opens()

    def media(self) -> None:
        self.chat.sends_media()

    def wait(self) -> None:
        self.house.wait(hours=self.chance.choice([1, 20, 50]))
        self.chat.opens()

    # --- what must hold ---

    def drafts(self) -> dict[str, Draft]:
        return {draft.id: draft for draft in self.house.drafts()}

    def alert(self) -> str | None:
        return self.house.run(lambda uow: uow.conversations.get("laerke-laerer")).alert

    def check(self, before: Mapping[str, Draft]) -> None:
        now = self.drafts()
        changed = [i for i in before if i in now and now[i].answers != before[i].answers]
        assert len(changed) <= 1, "one turn is about one draft"
        for draft_id in changed:
            self.frame(before[draft_id], now[draft_id])
        cases = self.house.cases()
        sources = [case.draft_id for case in cases]
        assert len(sources) == len(set(sources)), "a draft becomes at most one case"
        assert not set(sources) & set(now), "what was sent is no draft any more"
        for case in cases:
            draft = self.house.run(lambda uow, source=case.draft_id: uow.drafts.get(source))
            assert draft is None or (draft.status, draft.answers) == ("submitted", {}), "the case alone has the answers"

    def frame(self, was: Draft, now: Draft) -> None:
        """At most one question got another answer; every other change is the guard's yes, or is named in the reply."""
        before, after = was.answers, now.answers
        different = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        form = self.house.content.form("worry")
        text = self.chat.text
        named = {q.id for q in form.questions if f"«{q.summary}»" in text}
        rest = different - named - SAFETY - {COLOUR, "q17_effekt"}
        assert len(rest) <= 1, f"changed without a word: {rest}"
        if picks_of(before.get(COLOUR)) and before[COLOUR] == after.get(COLOUR):
            assert self.colour(was) == self.colour(now), "nobody agrees to a colour that they never saw"

    def colour(self, draft: Draft) -> tuple[str, bool]:
        form = self.house.content.form("worry")
        of = replace(draft, form_id="worry")
        colour = worry_light(self.house.content, form, locate(form, of).values, of.heard).colour
        return colour.suggested, colour.locked


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_nothing_breaks_and_nothing_changes_in_silence(seed: int) -> None:
    walker = Walker(seed)
    walker.walk()
    walker.chat = walker.chats[0]
    while walker.alert() is not None:
        walker.chat.says("nej")
    for draft in walker.house.drafts():
        walker.chat.presses_old(Press("resume", f"go:resume:{draft.id}"))
        ends = ("question", "say") if draft.form_id == "sharing" else ("question", "summary", "light")
        assert walker.chat.reply.cards[-1].kind in ends, walker.chat.text


def test_the_walks_reach_every_kind_of_card_and_send_worries() -> None:
    shapes, sent = set[str](), 0
    for seed in range(106, 111):
        walker = Walker(seed)
        walker.walk()
        shapes |= walker.shapes
        sent += len(walker.house.cases())
    assert shapes == {"say", "question", "problem", "summary", "acute", "list", "light", "receipt"}
    assert sent >= 2, "a walk that never sends proves little about sending"


def test_a_late_redelivery_gets_the_reply_that_was_given_then() -> None:
    house = House()
    chat = Chat(house)
    chat.commands("ny")
    no = chat.find("Nej")
    chat.presses_old(no)
    key, reply = f"{chat.actor.person_id}:{house.delivered}", chat.reply
    chat.presses("Det hele")
    before = house.everything()
    now = house.clock.now()
    again = house.app.store.run(chat.actor, lambda uow: house.app.turn(uow, chat.actor, Pressed(no.act), key, now))
    assert again == reply and house.everything() == before
