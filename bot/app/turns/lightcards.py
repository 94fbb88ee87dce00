"""The traffic light in words: word, shape and colour together, the reasons, what must and may be done, and the duty."""

from __future__ import annotations

from dataclasses import dataclass

from bot.app.turns.turn import Turn
from dialogs.channels import CLOSED
from dialogs.facts import PARENTS_WAIT
from dialogs.guards.standing import NOTHING, Heard
from dialogs.light.cards import WayToLeader
from dialogs.light.triage import Light
from dialogs.replies import Card
from dialogs.words import fill

MAX_SIGNS = 4  # as many reasons as can be read in a corridor; the case page has them all


@dataclass(frozen=True)
class Besides:
    """What was told besides the signs: the danger `stated` by answer, the words `heard`, and if the parents wait."""

    stated: str | None = None
    heard: Heard = NOTHING
    waits: bool = False


PLAIN = Besides()


def light_card(t: Turn, name: str, light: Light | None, way: WayToLeader = "known", besides: Besides = PLAIN) -> Card:
    """A suggested colour as a bubble. It speaks of the worry now, never of the child."""
    book = t.content.cards
    colour = book.colours[_texts(name, light, besides)]
    # Where a light is drawn (word, shape and colour in one chip), the shape in the text too would be said twice.
    drawn = t.actor.channel == "web"
    label = colour.label if drawn else f"{colour.shape} {colour.label}"
    parts = [
        t.words("light.suggest", colour=lower_first(label) if drawn else label) if name != "none" else "",
        colour.means,
        _because(t, light, besides),
        _lists(colour.must, colour.may),
        _care(t, light),
        book.locked if light and light.locked else "",
        _protective(t, light),
        _ask(t, light) if name in ("none", "green") else "",
        book.about_colour,
    ]
    text = fill("\n\n".join(part for part in parts if part), book.places(t.world.handbook.intake, way))
    return Card(
        kind="light",
        title=label,
        text=text,
        detail=duty(t),
        light=name,
        data_class=CLOSED,
    )


def _texts(name: str, light: Light | None, besides: Besides) -> str:
    """The key of the texts that fit this colour here.

    A light green has its own; so has red that must be reported (R02 of docs/law.md), and a colour beside words of
    violence, sexual abuse or control: none of its steps leads to the parents.
    """
    flows = {besides.stated, light.flow if light is not None else None, *besides.heard.standing}
    if name == "red" and not PARENTS_WAIT.isdisjoint(flows):
        return "red_report"
    if besides.waits and name in ("green", "yellow"):
        return f"{name}_wait"
    return "attention" if name == "green" and light is not None and light.attention else name


def duty(t: Turn) -> str:
    """The personal duty to report, as it stands under every result."""
    return fill(t.content.cards.duty, {"modtagelse": t.world.handbook.intake})


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def _because(t: Turn, light: Light | None, besides: Besides) -> str:
    stands = [flow for flow in besides.heard.standing if flow != besides.stated]
    lines: list[str] = []
    if besides.stated:
        key = "light.agreed" if besides.stated in besides.heard.agreed else "light.reported"
        lines.append(t.words(key, what=t.words(f"acute.flows.{besides.stated}")))
    lines += [t.words("light.heard_you", what=t.words(f"acute.flows.{flow}")) for flow in stands]
    if light is not None:
        signs = [t.content.signs.by_id[i].text for i in light.because if i in t.content.signs.by_id]
        if not (besides.stated or stands) and light.rule in t.content.cards.because:
            lines.append(t.content.cards.because[light.rule])
        lines += signs[:MAX_SIGNS]
    lines += [t.words("light.denied_you", what=t.words(f"acute.flows.{flow}")) for flow in besides.heard.denied]
    if not lines:
        return ""
    return "\n".join([t.words("light.because"), *(f"• {line}" for line in lines)])


def _lists(must: tuple[str, ...], may: tuple[str, ...]) -> str:
    """What must be done and what can be done, apart: «skal» is law, «kan» is advice."""
    lines = [f"Skal: {line}" for line in must] + [f"Kan: {line}" for line in may]
    return "\n".join(lines)


def _care(t: Turn, light: Light | None) -> str:
    if light is None or light.child == light.care or "none" in (light.child, light.care):
        return ""
    short = {"green": "grøn", "yellow": "gul", "red": "rød"}
    return t.words("light.both", child=short[light.child], care=short[light.care])


def _protective(t: Turn, light: Light | None) -> str:
    if light is None or not light.protective:
        return ""
    factors = {factor.id: factor for factor in t.content.signs.factors}
    found = [factors[i] for i in light.protective if i in factors]
    first = f" {found[0].first_step}" if light.light == "yellow" else ""
    return t.words("light.protective", list=", ".join(factor.text for factor in found)) + first


def _ask(t: Turn, light: Light | None) -> str:
    if light is None or not light.ask:
        return ""
    return "\n".join(f"• {t.content.cards.ask[code]}" for code in light.ask if code in t.content.cards.ask)
