"""The answer to «Må jeg dele det?» as cards: what to do in sight, the law and what would change it behind one press."""

from __future__ import annotations

from bot.app.guides import known, lawbasis
from bot.app.turns.lightcards import duty
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn
from dialogs.acts import DraftAct, Go, encode
from dialogs.channels import CLOSED
from dialogs.law.answer import Answer, answer, facts_of
from dialogs.replies import Button, Card
from dialogs.words import fill

FORM = "sharing"
# Where an outcome's next act leads; the words on the button are sharing.acts in messages.yaml.
ACTS: dict[str, Go] = {
    "acute": Go("acute"),
    "worry": Go("new"),
    "report": Go("guide", "report"),
    "draft": Go("report"),
    "consent": Go("guide", "consent"),
    "paper": Go("consent"),
    "register": Go("exchange"),
    "anonymous": Go("sparring"),
    "who": Go("who"),
}


def answered(t: Turn, sheet: Sheet) -> Answer | None:
    """What the table says to what was answered, today and in this municipality."""
    law = t.content.law
    return answer(
        law.guide,
        law.table,
        facts_of(law.guide, sheet.at.values),
        lawbasis.today(t),
        role="health_visitor" if any(one.role == "health_visitor" for one in t.person.memberships) else "",
        leader_first=t.content.local.leader_says_yes_first,
    )


def result(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """The end of the guide. Where a channel folds, what is behind comes along folded; else it is a press away."""
    found = answered(t, sheet)
    if found is None:
        return (Card(kind="problem", text=t.words("sharing.refused"), buttons=_ways(t, sheet, None)),)
    on_web = t.actor.channel == "web"
    faint = lawbasis.faint_of_table(t, found.decision.sources)
    first = Card(
        kind="say",
        title=found.outcome.title,
        text="\n\n".join((_text(t, found), *known.beside_answer(t, sheet.draft, sheet.at))),
        faint="" if on_web else faint,
        buttons=() if on_web else _ways(t, sheet, found),
        detail=duty(t),
        data_class=CLOSED,
    )
    if not on_web:
        return (first,)
    behind = Card(  # folded, for on a phone the ways on must not lie below what few people read
        kind="say",
        text="",
        faint=faint,
        detail_title=t.words("basis.show_all"),
        detail=_behind(t, found),
        buttons=_ways(t, sheet, found),
        data_class=CLOSED,
    )
    return (first, behind)


def basis(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """The law behind the answer, and what would change it, as a message of its own."""
    found = answered(t, sheet)
    if found is None:
        return result(t, sheet)
    ways = _ways(t, sheet, found)
    title = t.words("basis.title")
    return (Card(kind="say", title=title, text=_behind(t, found), buttons=ways, data_class=CLOSED),)


def _behind(t: Turn, found: Answer) -> str:
    return f"{_turns(t, found)}\n\n{lawbasis.of_rule(t, found.decision.rules[0])}"


def _text(t: Turn, found: Answer) -> str:
    parts = [
        found.outcome.do,
        _list(t, "sharing.next", found.next),
        _list(t, "sharing.write", found.write),
        _list(t, "sharing.also", found.flags),
    ]
    return fill("\n\n".join(part for part in parts if part), {"modtagelse": t.world.handbook.intake})


def _list(t: Turn, key: str, lines: tuple[str, ...]) -> str:
    return "\n".join([t.words(key), *(f"• {line}" for line in lines)]) if lines else ""


def _turns(t: Turn, found: Answer) -> str:
    return _list(t, "sharing.turns", tuple(f"{if_} {then}" for if_, then in found.turns)) or t.words("sharing.fixed")


def _ways(t: Turn, sheet: Sheet, found: Answer | None) -> tuple[tuple[Button, ...], ...]:
    """On from here: what the outcome asks for, the law, another answer, and another try."""
    draft = sheet.draft
    acts = found.acts if found is not None else ()
    rows: list[tuple[Button, ...]] = [
        (Button(t.words(f"sharing.acts.{act}"), encode(ACTS[act]), "secondary" if place else "primary"),)
        for place, act in enumerate(acts)
    ]
    if found is not None and t.actor.channel != "web":
        rows.append((t.go("basis.show", "basis"),))
    fix = Button(t.words("sharing.fix"), encode(DraftAct("edit", draft.id, draft.revision)))
    rows.append((fix, t.go("sharing.again", "share", draft.about)))
    rows.append((t.go("menu.menu", "stop", style="quiet"), t.go("menu.acute", "acute", style="danger")))
    return tuple(rows)
