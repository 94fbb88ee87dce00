"""One turn of one person: what it may read and write, and the small words that every use case needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.app.turns.desk import Desk
from bot.app.turns.incoming import Actor
from bot.ports import Conversation, Ids, UnitOfWork
from dialogs.acts import Go, GoVerb, encode
from dialogs.content import Content
from dialogs.guards import Findings
from dialogs.people import Person
from dialogs.replies import Button, ButtonStyle, Card, CardKind, Reply
from dialogs.workdays import Workdays

CASE_PLACES = frozenset({"thread", "add"})  # what is typed there belongs to a case of the person's own
OPEN_PLACES = CASE_PLACES | {"draft"}  # something of the person's own waits there for an answer


@dataclass(frozen=True)
class World:
    """What stays the same from turn to turn."""

    content: Content
    ids: Ids
    desk: Desk
    public_url: str = ""

    @property
    def workdays(self) -> Workdays:
        """The municipality's calendar."""
        return self.desk.workdays


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


def say(*cards: Card, toast: str = "", refused: bool = False) -> Reply:
    """A reply of these cards."""
    return Reply(cards, toast=toast, refused=refused)
