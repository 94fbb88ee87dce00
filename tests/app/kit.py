"""A conversation as a test tells it: a person says, presses, fills and opens, and reads what the bot answers.

The school, its people and the clock are fictional and stand still; the store is memory. After every turn the kit
checks what must hold whatever was done: something is said, every press can be read, a redelivery gets the same reply
and changes nothing, a refused text is nowhere, and no words of a person travel in a press or in a notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot import demo
from bot.app.cases import team
from bot.app.cases.team import Acted
from bot.app.chat.handle import App
from bot.app.turns.handbook import handbook_of
from bot.app.turns.incoming import Actor, Command, Filled, Incoming, Opened, Pressed, Said, SentMedia
from bot.app.turns.turn import World
from bot.guard import GuardedStore
from dialogs.access import OPERATOR
from dialogs.acts import MAX_BYTES, DraftAct, decode
from dialogs.cases.acts import Act
from dialogs.cases.model import Case
from dialogs.content import Content
from dialogs.notices import Wish
from dialogs.people import Person
from dialogs.replies import Card, Reply
from dialogs.types import Draft
from dialogs.values import Picked, Value
from dialogs.workdays import COPENHAGEN
from storage import open_store
from tests.clocks import HandClock
from tests.core.case_kit import MONDAY, WORKDAYS, Ids
from tests.core.form_kit import danish

T = TypeVar("T")
YELLOW: Mapping[str, Value] = {  # a whole calm worry about an invented child
    "q04_sikkerhed": "nej",
    "q00_udgave": "hele",
    "q01_barn": "Uglen",
    "q02_alder": "k46",
    "q03_rolle": Picked(("laerer",), "To år"),
    "q05_set": "Mandag sad han alene i frikvarteret.",
    "q06_omraader": ("venner", "humoer"),
    "q06_tegn": ("B3CY2", "B3CY4"),
    "q07_hvornaar": Picked(("uger",), "Efter ferien"),
    "q08_hvortit": "flere",
    "q08_retning": "mere",
    "q09_hvor": Picked(("timer", "frikvarter"), "Bedst i billedkunst"),
    "q10_styrker": "Tegner godt.",
    "q11_barnets_ord": "Der er ikke nogen, der spørger mig.",
    "q12_barnets_oenske": "Han vil gerne have en ven.",
    "q13_foraeldre": Picked(("ja",), "De ser det også."),
    "q14_samtykke": Picked(("mundtligt",), "I sidste uge"),
    "q15_omkring": "To hjem siden august.",
    "q16_proevet": ("Ny plads ved vinduet",),
    "q17_effekt": ("lidt",),
    "q18_hjaelp": Picked(("raad",), "Se på frikvarteret"),
    "q19_farve": Picked(("hoejere",), "Det er blevet værre"),
}
WRITER = "laerke-laerer"
MARKER = 9  # a text of at least this many characters is somebody's own words, and found nowhere else by accident


class House:
    """The fictional municipality with its conversations."""

    def __init__(
        self, now: datetime = MONDAY, people: Sequence[Person] = demo.PEOPLE, *, content: Content | None = None
    ) -> None:
        self.content = content or danish()
        self.clock = HandClock(now)
        self.store: Any = open_store("memory:", self.clock.now)
        self.app = App(
            GuardedStore(self.store, self.clock, WORKDAYS),
            World(self.content, Ids(), handbook_of(self.content, WORKDAYS), "https://trivsel.example"),
            self.clock,
        )
        self.words_of_people: set[str] = set()
        self.delivered = 0
        self.run(lambda uow: [uow.people.add_school(school) for school in demo.SCHOOLS])
        self.run(lambda uow: [uow.people.add(person) for person in people])

    def run(self, work: Callable[[Any], T]) -> T:
        return self.store.run(work)

    def acting(self, person_id: str, work: Callable[[Any], T]) -> T:
        """In this person's hands, signed in on the web with two factors."""
        return self.app.store.run(Actor(person_id, "web", 2, "two"), work)

    def wait(self, **time: float) -> None:
        self.clock.move(**time)

    def wishes(self, template: str = "") -> list[Wish]:
        """All notices that wait, in the order in which they were made."""
        rows = self.run(lambda uow: uow.outbox.listing(["pending"], 10_000))
        found = [row.wish for row in sorted(rows, key=lambda row: row.id)]
        return [wish for wish in found if not template or wish.template == template]

    def drafts(self, person: str = WRITER) -> list[Draft]:
        return list(self.run(lambda uow: uow.drafts.open_of(person)))

    def cases(self, person: str = WRITER) -> list[Case]:
        return list(self.run(lambda uow: uow.cases.of_writer(person)))

    def person(self, person_id: str) -> Person:
        found = self.run(lambda uow: uow.people.get(person_id))
        assert found is not None, person_id
        return found

    def leaves(self, person_id: str) -> None:
        """The person is deactivated."""
        gone = replace(self.person(person_id), active=False)
        self.change(gone)

    def joins(self, person: Person) -> None:
        """Somebody new."""
        self.app.store.run(OPERATOR, lambda uow: uow.people.add(person))

    def change(self, person: Person) -> None:
        """Store a person as the municipality would: who leaves a seat leaves its cases."""
        self.app.store.run(OPERATOR, lambda uow: uow.people.save(person))

    def team_does(self, person_id: str, case_id: str, act: Act) -> Acted:
        who, now, handbook = self.person(person_id), self.clock.now(), self.app.world.handbook
        return self.acting(person_id, lambda uow: team.act(handbook, uow, who, case_id, act, now))

    def team_opens(self, person_id: str, case_id: str) -> Any:
        who, now, handbook = self.person(person_id), self.clock.now(), self.app.world.handbook
        return self.acting(person_id, lambda uow: team.case_page(handbook, uow, who, case_id, now))

    def everything(self, person: str = WRITER) -> str:
        """All that is kept of a person's conversation, as one text to look for words in."""
        parts = self.run(
            lambda uow: (
                uow.conversations.get(person),
                uow.drafts.open_of(person),
                [(case, uow.cases.entries(case.id)) for case in uow.cases.of_writer(person)],
                uow.outbox.listing(["pending", "dropped", "sent"], 10_000),
            )
        )
        return repr(parts)


@dataclass(frozen=True)
class Press:
    """Something on the screen that can be pressed."""

    label: str
    act: str


class Chat:
    """One person on one channel. Every method gives what the bot said, as text."""

    def __init__(self, house: House, person: str = WRITER, channel: Any = "web", ceiling: int = 2) -> None:
        self.house, self.actor = house, Actor(person, channel, ceiling, "two" if channel == "web" else "one")
        self.reply = Reply(())
        self.turns = 0

    # --- what a person does ---

    def says(self, text: str) -> str:
        return self.does(Said(text), text)

    def presses(self, label: str) -> str:
        return self.does(Pressed(self.find(label).act))

    def presses_old(self, press: Press) -> str:
        """A button of an older message."""
        return self.does(Pressed(press.act))

    def fills(self, *picks: str, text: str = "", note: str = "") -> str:
        """The open question's own form, sent whole; picks are ids."""
        entry = next((card.entry for card in reversed(self.reply.cards) if card.entry), None)
        assert entry is not None, f"there is nothing to fill:\n{self.text}"
        return self.does(Filled(entry.act, picks, text, note), text, note)

    def opens(self) -> str:
        return self.does(Opened())

    def commands(self, name: str) -> str:
        return self.does(Command(name))

    def sends_media(self) -> str:
        return self.does(SentMedia())

    def does(self, incoming: Incoming, *own_words: str) -> str:
        """One turn, delivered twice."""
        house = self.house
        house.delivered += 1
        self.turns += 1
        key = f"{self.actor.person_id}:{house.delivered}"
        before = house.everything(self.actor.person_id)
        self.reply = self._deliver(incoming, key)
        if not self.reply.refused:
            house.words_of_people |= {text for text in own_words if len(text) >= MARKER}
        self._check(incoming, key, before, [text for text in own_words if len(text) >= MARKER])
        return self.text

    def _deliver(self, incoming: Incoming, key: str) -> Reply:
        app, now = self.house.app, self.house.clock.now()
        return app.store.run(self.actor, lambda uow: app.turn(uow, self.actor, incoming, key, now))

    # --- what they see ---

    @property
    def text(self) -> str:
        """Everything that the bot said in this turn."""
        return "\n\n".join(words_of(card) for card in self.reply.cards)

    @property
    def asked(self) -> str:
        """The first line of the open question; "" when nothing is asked."""
        return next((card.text.splitlines()[0] for card in reversed(self.reply.cards) if card.kind == "question"), "")

    @property
    def presses_shown(self) -> list[Press]:
        return [press for card in self.reply.cards for press in presses_of(card)]

    def find(self, label: str) -> Press:
        """The press with this label, or the only one whose label begins so."""
        shown = self.presses_shown
        exact = [press for press in shown if press.label == label]
        found = exact or [press for press in shown if press.label.startswith(label)]
        assert len({press.act for press in found}) == 1, f"no single press {label!r} among {[p.label for p in shown]}"
        return found[0]

    def stands_at(self, question: str, answers: Mapping[str, Value]) -> Draft:
        """Begin a worry that has these answers already, and stand at one question of it."""
        self.commands("ny")
        begun = self.draft()
        known = {key: value for key, value in answers.items() if key != question}
        if isinstance(waiting := answers.get(question), Picked) and waiting.picks:
            known[question] = replace(waiting, note=None)  # the choice is made, and the words beside it are asked for
        draft = replace(begun, answers=known, focus=question, revision=begun.revision + 1)
        self.house.run(lambda uow: uow.drafts.save(draft, begun.revision))
        self.opens()
        return draft

    def draft(self) -> Draft:
        """The draft that the chat is about."""
        place = self.house.run(lambda uow: uow.conversations.get(self.actor.person_id)).place
        found = self.house.run(lambda uow: uow.drafts.get(place.removeprefix("draft:")))
        assert found is not None, f"no draft is open: {place!r}"
        return found

    # --- what must hold after every turn ---

    def _check(self, incoming: Incoming, key: str, before: str, own_words: Sequence[str]) -> None:
        house, person = self.house, self.actor.person_id
        assert self.reply.cards, f"{incoming} got no answer"
        for press in self.presses_shown:
            assert decode(press.act) is not None and len(press.act.encode()) <= MAX_BYTES, press
        for card in self.reply.cards:
            assert card.text or card.buttons or card.rows, card
            assert "{" not in card.text + card.title + card.detail, f"a hole was not filled: {card.text}"
        after = house.everything(person)
        assert self._deliver(incoming, key) == self.reply, "a redelivery got another reply"
        assert house.everything(person) == after, "a redelivery changed something"
        travels = repr([(w.dedupe_key, w.params, w.template) for w in house.wishes()])
        travels += repr([press.act for press in self.presses_shown])
        for words in house.words_of_people:
            assert words not in travels, "somebody's own words travel in a press or a notice"
        if self.reply.refused:
            for words in own_words:
                assert words in before or words not in after, "a refused text was kept"


def presses_of(card: Card) -> Iterator[Press]:
    """Choices, rows and buttons alike: whatever can be pressed on some channel."""
    for choice in card.entry.choices if card.entry else ():
        yield Press(choice.label, choice.act)
    for row in card.rows:
        if row.act:
            yield Press(row.label, row.act)
    for line in card.buttons:
        yield from (Press(button.label, button.act) for button in line)


def words_of(card: Card) -> str:
    """A card as the person reads it, with what can be folded out."""
    rows = [f"{row.label}: {row.text}" for row in card.rows]
    return "\n".join(part for part in (card.title, card.text, *rows, card.detail) if part)


def is_draft_press(press: Press) -> bool:
    """Whether a press belongs to a draft at a certain moment."""
    return isinstance(decode(press.act), DraftAct)


def local(text: str) -> datetime:
    """Copenhagen wall time."""
    return datetime.fromisoformat(text).replace(tzinfo=COPENHAGEN)
