"""The traffic light in words: word, shape and colour together, the reasons, what must and may be done, and the duty."""

from __future__ import annotations

from bot.app.chat.turn import Turn
from dialogs.channels import CLOSED
from dialogs.facts import PARENTS_WAIT
from dialogs.light.cards import WayToLeader
from dialogs.light.triage import Light
from dialogs.replies import Card
from dialogs.words import fill

MAX_SIGNS = 4  # as many reasons as can be read in a corridor; the case page has them all


def light_card(
    t: Turn, name: str, light: Light | None, way: WayToLeader = "known", *, stated: str | None = None
) -> Card:
    """A suggested colour as a bubble. It speaks of the worry now, never of the child.

    `stated` is the danger that the person has answered for, which decides the colour before any sign.
    """
    book = t.content.cards
    colour = book.colours[_texts(name, light, stated)]
    # Where a light is drawn (word, shape and colour in one chip), the shape in the text too would be said twice.
    drawn = t.actor.channel == "web"
    label = colour.label if drawn else f"{colour.shape} {colour.label}"
    parts = [
        t.words("light.suggest", colour=lower_first(label) if drawn else label) if name != "none" else "",
        colour.means,
        _because(t, light, stated),
        _lists(colour.must, colour.may),
        _care(t, light),
        book.locked if light and light.locked else "",
        _protective(t, light),
        _ask(t, light) if name in ("none", "green") else "",
        book.about_colour,
    ]
    text = fill("\n\n".join(part for part in parts if part), book.places(t.content.intake, way))
    return Card(
        kind="light",
        title=label,
        text=text,
        detail=duty(t),
        light=name,
        data_class=CLOSED,
    )


def _texts(name: str, light: Light | None, stated: str | None) -> str:
    """Which texts of the colour fit: a light green has its own, and so has red that must be reported (law.md R02)."""
    if name == "green" and light is not None and light.attention:
        return "attention"
    flow = stated or (light.flow if light is not None else None)
    return "red_report" if name == "red" and flow in PARENTS_WAIT else name


def duty(t: Turn) -> str:
    """The personal duty to report, as it stands under every result."""
    return fill(t.content.cards.duty, {"modtagelse": t.content.intake})


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def _because(t: Turn, light: Light | None, stated: str | None) -> str:
    lines = [t.words("light.reported", what=t.words(f"acute.flows.{stated}"))] if stated else []
    if light is not None:
        signs = [t.content.signs.by_id[i].text for i in light.because if i in t.content.signs.by_id]
        if not stated and light.rule in t.content.cards.because:
            lines.append(t.content.cards.because[light.rule])
        lines += signs[:MAX_SIGNS]
    if not lines:
        return ""
    return "\n".join([t.words("light.because"), *(f"• {line}" for line in lines)])


def _lists(must: tuple[str, ...], may: tuple[str, ...]) -> str:
    """What must be done and what can be done, apart (domain.md T35: «kan» and «skal»)."""
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
