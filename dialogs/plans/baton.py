"""Who keeps the threads together: asked first, and nobody lets go before the next says yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, assert_never

from dialogs.plans.acts import Accept, Decline, Offer, Relay, TakeBack
from dialogs.plans.model import Baton

Grip = Literal["free", "free_asked", "kept", "kept_asked"]
# A missing key is a refusal. There is no way from "kept" to "free": whoever has the baton hands it to somebody.
GRIPS: Final[Mapping[tuple[Grip, type[Relay]], Grip]] = {
    ("free", Offer): "free_asked",
    ("free_asked", Offer): "free_asked",
    ("free_asked", Accept): "kept",
    ("free_asked", Decline): "free",
    ("free_asked", TakeBack): "free",
    ("kept", Offer): "kept_asked",
    ("kept_asked", Offer): "kept_asked",
    ("kept_asked", Accept): "kept",
    ("kept_asked", Decline): "kept",
    ("kept_asked", TakeBack): "kept",
}


def grip(baton: Baton) -> Grip:
    """Where the baton is."""
    if baton.keeper is None:
        return "free" if baton.offered is None else "free_asked"
    return "kept" if baton.offered is None else "kept_asked"


def passed(baton: Baton, act: Relay) -> Baton | str:
    """The baton after one act, or the code of why not."""
    if (grip(baton), type(act)) not in GRIPS:
        return "not_offered"
    match act:
        case Offer(person_id, by):
            return "has_it" if person_id == baton.keeper else Baton(baton.keeper, person_id, by)
        case Accept(person_id):
            return Baton(person_id) if person_id == baton.offered else "not_offered"
        case Decline(person_id):
            return Baton(baton.keeper) if person_id == baton.offered else "not_offered"
        case TakeBack():
            return Baton(baton.keeper)
        case _:
            assert_never(act)
