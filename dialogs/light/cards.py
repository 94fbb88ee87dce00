"""Action cards and the meaning of the colours: what to do now, in the order that it is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document
from dialogs.words import fill

CONTACT = ("never", "after_authority", "same_day", "n/a")
# Which card opens when only the flow is known, or the flow and whom the suspicion is about.
_BY_SUSPECT = {
    ("violence", "home"): "vold_hjem",
    ("violence", "unknown"): "vold_hjem",  # in doubt, the card that keeps the parents out until the authority says so
    ("violence", "adult"): "vold_anden_voksen",
    ("violence", "child"): "vold_barn",
    ("violence", "staff"): "vold_ansat",
    ("violence", "leader"): "vold_ansat",
}
WayToLeader = Literal["known", "unasked", "past"]
ABOUT_A_PERSON = frozenset(
    {"violence", "sexual", "control"}
)  # flows where somebody is suspected, and it may be a leader
_BY_FLOW = {
    "violence": "vold_hjem",
    "sexual": "overgreb",
    "suicide": "selvmord",
    "control": "kontrol",
    "danger": "handl_i_dag",
    "other": "handl_i_dag",
}


@dataclass(frozen=True)
class ActionCard:
    """One screen: the steps in order, what not to do, and whether the bot may point to the parents at all."""

    id: str
    flow: str | None
    title: str
    steps: tuple[str, ...]
    dont: tuple[str, ...]
    contact_parents: str

    def text(self, places: Mapping[str, str]) -> str:
        """The card as plain lines, with what `CardBook.places` knows filled in."""
        lines = [f"{number}. {step}" for number, step in enumerate(self.steps, 1)]
        lines += [f"✗ {line}" for line in self.dont]
        return fill("\n".join(lines), places)


@dataclass(frozen=True)
class ColourText:
    """What a colour means, and what must and may be done."""

    label: str
    shape: str
    means: str
    must: tuple[str, ...]
    may: tuple[str, ...]
    parents: str
    who: str
    child: str


@dataclass(frozen=True)
class CardBook:
    """All cards, the colour texts, and the words for the light's codes."""

    cards: Mapping[str, ActionCard]
    colours: Mapping[str, ColourText]
    duty: str
    bot: str
    leader_now: Mapping[WayToLeader, str]
    leader_today: Mapping[WayToLeader, str]
    about_colour: str
    because: Mapping[str, str]
    ask: Mapping[str, str]
    locked: str
    refused: Mapping[str, str]

    def places(self, intake: str, way: WayToLeader) -> Mapping[str, str]:
        """What fills the holes of a card or a colour: the local intake team, and how the writer reaches a leader."""
        return {"modtagelse": intake, "leder_nu": self.leader_now[way], "leder_i_dag": self.leader_today[way]}

    def for_flow(self, flow: str, suspect: str | None = None) -> ActionCard:
        """The card of a flow, sharpened by whom the suspicion is about."""
        return self.cards[_BY_SUSPECT.get((flow, suspect or "unknown"), _BY_FLOW.get(flow, "handl_i_dag"))]

    def choices(self) -> Sequence[ActionCard]:
        """The cards that somebody in a hurry can pick from, in the order of the file."""
        return [card for card in self.cards.values() if card.flow == "danger"]


def way_to_leader(flow: str | None, suspect: str | None) -> WayToLeader:
    """How to speak of the leader: nobody is sent to the person whom the suspicion may be about."""
    if suspect == "leader":
        return "past"
    return "unasked" if flow in ABOUT_A_PERSON and suspect in (None, "unknown") else "known"


def load_cards(document: Document) -> CardBook:
    """The card book of a document; raise ContentError for the first thing that is wrong."""
    found = root(document).fields(
        *("version", "reviewed_by", "duty", "bot", "about_colour", "cards", "colours", "leader_now", "leader_today"),
        *("because", "ask", "locked", "refused"),
    )
    cards = [_card(node) for node in found["cards"].items(some=True)]
    return CardBook(
        cards={card.id: card for card in cards},
        colours={name: _colour(node) for name, node in found["colours"].entries().items()},
        duty=found["duty"].text(),
        bot=found["bot"].text(),
        about_colour=found["about_colour"].text(),
        leader_now=_ways(found["leader_now"]),
        leader_today=_ways(found["leader_today"]),
        because={name: node.text() for name, node in found["because"].entries().items()},
        ask={name: node.text() for name, node in found["ask"].entries().items()},
        locked=found["locked"].text(),
        refused={name: node.text() for name, node in found["refused"].entries().items()},
    )


def _card(node: Node) -> ActionCard:
    found = node.fields("id", "flow", "title", "steps", "dont", "contact_parents")
    return ActionCard(
        id=found["id"].text(),
        flow=None if found["flow"].value is None else found["flow"].text(),
        title=found["title"].text(),
        steps=found["steps"].texts(some=True),
        dont=found["dont"].texts(),
        contact_parents=found["contact_parents"].one_of(CONTACT),
    )


def _ways(node: Node) -> dict[WayToLeader, str]:
    ways: tuple[WayToLeader, ...] = get_args(WayToLeader)
    found = node.fields(*ways)
    return {way: found[way].text() for way in ways}


def _colour(node: Node) -> ColourText:
    found = node.fields("label", "shape", "means", "must", "may", "parents", "who", "child")
    return ColourText(
        label=found["label"].text(),
        shape=found["shape"].text(),
        means=found["means"].text(),
        must=found["must"].texts(),
        may=found["may"].texts(),
        parents=found["parents"].text(),
        who=found["who"].text(),
        child=found["child"].text(),
    )
