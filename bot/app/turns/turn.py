"""One turn of one person: what it may read and write, and the small words that every use case needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.app.turns.handbook import Handbook
from bot.app.turns.incoming import Actor
from bot.app.turns.sheet import Sheet
from bot.ports import Conversation, Ids, UnitOfWork
from dialogs.acts import Go, GoVerb, encode
from dialogs.content import Content
from dialogs.guards import Findings
from dialogs.people import Person
from dialogs.replies import Button, ButtonStyle, Card, CardKind, Reply
from dialogs.types import Draft, Form, Purpose
from dialogs.workdays import Workdays

CASE_PLACES = frozenset({"thread", "add"})  # what is typed there belongs to a case of the person's own
OPEN_PLACES = CASE_PLACES | {"draft"}  # something of the person's own waits there for an answer


@dataclass(frozen=True)
class World:
    """What stays the same from turn to turn."""

    content: Content
    ids: Ids
    handbook: Handbook
    public_url: str = ""
    natures: Mapping[Purpose, Nature] = field(default_factory=dict[Purpose, "Nature"])  # the front door knows them

    @property
    def workdays(self) -> Workdays:
        """The municipality's calendar."""
        return self.handbook.workdays


@dataclass
class Turn:
    """One transaction's worth of conversation. `conversation` is replaced as the turn goes and saved at its end."""

    world: World
    uow: UnitOfWork
    actor: Actor
    person: Person
    conversation: Conversation
    now: datetime
    _scanned: tuple[str, Findings] | None = None

    def nature(self, form: Form) -> Nature:
        """What the purpose of this form means here."""
        return self.world.natures[form.purpose]

    @property
    def content(self) -> Content:
        """All content."""
        return self.world.content

    def scan(self, text: str) -> Findings:
        """What the guards see in a text; each text is read once a turn, however many ask."""
        if self._scanned is None or self._scanned[0] != text:
            self._scanned = (text, self.content.guards.scan(text))
        return self._scanned[1]

    def words(self, key: str, **params: str | int) -> str:
        """A Danish text by its key."""
        return self.content.words(key, **params)

    def go_to(self, place: str) -> None:
        """Move the conversation; what waited for a choice at the old place is let go."""
        if place != self.conversation.place:
            self.conversation = replace(
                self.conversation, place=place, alert=None, asked=(), cleared=(), pending=None, misses=0, back=""
            )

    def visit(self, place: str) -> None:
        """Move the conversation and remember what was open, so that one press leads back with nothing lost."""
        now = self.conversation
        came_from = now.place if self.subject[0] in OPEN_PLACES else now.back
        self.go_to(place)
        self.note(back=came_from if came_from != place else "")

    def note(self, **changes: object) -> None:
        """Change fields of the conversation; one that says nothing new leaves it untouched, and unwritten."""
        if all(getattr(self.conversation, name) == value for name, value in changes.items()):
            return
        self.conversation = replace(self.conversation, **changes)  # type: ignore[arg-type]  # names are ours

    @property
    def subject(self) -> tuple[str, str]:
        """What the conversation is about: its kind and the id."""
        return self.conversation.subject

    @property
    def on_case(self) -> bool:
        """Whether what is typed now belongs to a case of the person's own."""
        return self.subject[0] in CASE_PLACES

    def card(self, key: str, kind: CardKind = "say", **params: str | int) -> Card:
        """A bubble with one text."""
        return Card(kind=kind, text=self.words(key, **params))

    def problem(self, code: str, **params: str | int) -> Card:
        """A bubble that says why something was not taken."""
        return Card(kind="problem", text=self.words(f"problems.{code}", **params))

    def go(
        self, key: str, verb: GoVerb, arg: str = "", style: ButtonStyle = "secondary", **params: str | int
    ) -> Button:
        """A button to somewhere."""
        return Button(self.words(key, **params), encode(Go(verb, arg)), style)


def _as_it_is(t: Turn, draft: Draft, said: str = "") -> Draft:
    return draft


def _nothing(t: Turn, now: Sheet, before: Sheet | None = None) -> tuple[Card, ...]:
    return ()


def _as_asked(t: Turn, draft: Draft, card: Card) -> Card:
    return card


@dataclass(frozen=True)
class Nature:
    """What a form's purpose means in the conversation: what comes after its last question, and what fills itself in.

    `refresh` is the draft with what is known from elsewhere, after the question that was just answered; `told` says
    what has been filled in so; `asked` is the open question in the words that fit what is known.
    """

    end: Callable[[Turn, Sheet], tuple[Card, ...]]
    send: Callable[[Turn, Sheet], Reply] | None = None  # None: it is never sent anywhere
    keeps: bool = True  # False: there is nothing to keep, and its answers are gone when the person leaves
    refresh: Callable[[Turn, Draft, str], Draft] = _as_it_is
    told: Callable[[Turn, Sheet, Sheet | None], tuple[Card, ...]] = _nothing
    asked: Callable[[Turn, Draft, Card], Card] = _as_asked


def say(*cards: Card, toast: str = "", refused: bool = False) -> Reply:
    """A reply of these cards."""
    return Reply(cards, toast=toast, refused=refused)
