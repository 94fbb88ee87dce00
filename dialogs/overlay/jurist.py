"""kommune.yaml, «jurist»: the named choices that the law leaves to a municipality's jurist, signed and dated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from dialogs.local import Jurist
from dialogs.overlay.lines import Refusals
from dialogs.overlay.plain import faults
from dialogs.reading.fields import Node

NAMES = ("godkendt_af", "godkendt", "lempelser", "leader_confirms_first_exchange", "authority_map")
MAX_NAME, MAX_UNITS = 60, 8


def read_jurist(node: Node, switches: Collection[str], refusals: Refusals) -> Jurist:
    """What the jurist has chosen; nothing is relaxed when the choice is not signed or anything in it is refused."""
    before = len(refusals.issues)
    fields = refusals.take("jurist", lambda: node.fields(optional=NAMES), {})
    relaxed = refusals.take("lempelser", lambda: _relaxed(fields.get("lempelser"), switches), ())
    units = _units(fields.get("authority_map"), refusals)
    leader = fields.get("leader_confirms_first_exchange")
    leader_first = refusals.take("leader_confirms_first_exchange", leader.flag, False) if leader else False
    who, when = _signature(fields, refusals)
    if (relaxed or units) and not (who and when):
        text = "Skriv godkendt_af (juristens funktion) og godkendt (datoen). Ellers gælder de forsigtige regler."
        refusals.say(node, "jurist", "unsigned", text)
    if len(refusals.issues) > before:
        return Jurist()
    return Jurist(who, when, relaxed, leader_first, units)


def _relaxed(node: Node | None, switches: Collection[str]) -> tuple[str, ...]:
    if node is None:
        return ()
    names = node.texts()
    for item in node.items():
        item.one_of(switches)
    return names


def _units(node: Node | None, refusals: Refusals) -> tuple[str, ...]:
    if node is None:
        return ()
    names = refusals.take("authority_map", node.texts, ())
    if len(names) > MAX_UNITS:
        refusals.say(node, "authority_map", "too_many", f"Der er plads til {MAX_UNITS} enheder.")
    for name in names:
        _plain(name, node, refusals)
    return names


def _signature(fields: dict[str, Node], refusals: Refusals) -> tuple[str, date | None]:
    who, when = fields.get("godkendt_af"), fields.get("godkendt")
    name = refusals.take("godkendt_af", who.text, "") if who else ""
    if who and name:
        _plain(name, who, refusals)
    return name, refusals.take("godkendt", when.day, None) if when else None


def _plain(text: str, node: Node, refusals: Refusals) -> None:
    if len(text) > MAX_NAME:
        refusals.say(node, "jurist", "too_large", f"Teksten er for lang. Der er plads til {MAX_NAME} tegn.")
    for code, words in faults(text, ""):
        refusals.say(node, "jurist", code, words)
