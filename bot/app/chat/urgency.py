"""What may never be made to wait: a red worry on its way, words that tell of danger, and a cry for help."""

from __future__ import annotations

from bot.app.turns.incoming import Command, Filled, Incoming, Pressed, Said
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.acts import Go, decode
from dialogs.facts import red_lane
from dialogs.guards import clean
from dialogs.position import locate
from dialogs.worry import worry_light

_CRIES = ("akut", "112")


def urgent(world: World, uow: UnitOfWork, person_id: str, incoming: Incoming) -> bool:
    """Whether this must be let through whatever else its person has done: by itself, or by what they are writing."""
    return _cries(world, incoming) or _red(world, uow, person_id)


def _cries(world: World, incoming: Incoming) -> bool:
    match incoming:
        case Command(name=name):
            return name in _CRIES
        case Pressed(act=code):
            act = decode(code)
            return isinstance(act, Go) and act.verb in ("acute", "alert", "card")
        case Filled(text=text, note=note):
            return bool(world.content.guards.scan(clean(f"{text}\n{note}")).flows)
        case Said(text=text):
            return bool(world.content.guards.scan(clean(text)).flows)
        case _:
            return False


def _red(world: World, uow: UnitOfWork, person_id: str) -> bool:
    kind, thing = uow.conversations.get(person_id).subject
    draft = uow.drafts.get(thing) if kind == "draft" else None
    if draft is None or world.content.purpose(draft) != "worry" or draft.status != "open":
        return False
    form = world.content.form(draft.form_id)
    values = locate(form, draft).values
    return red_lane(values) or worry_light(world.content, form, values, draft.heard).colour.now == "red"
