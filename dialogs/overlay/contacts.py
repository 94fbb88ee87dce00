"""`kontakter` of kommune.yaml: how the professions are reached here, and when somebody last checked it."""

from __future__ import annotations

from collections.abc import Collection

from dialogs.local import Contact
from dialogs.overlay.lines import Refusals
from dialogs.overlay.plain import faults
from dialogs.reading.fields import Node

MAX_CONTACTS = 400  # a large municipality's schools with a handful each
MAX_WORDS = 80


def read_contacts(node: Node, professions: Collection[str], refusals: Refusals) -> tuple[Contact, ...]:
    """The contacts that are in order; every other one is refused by its line."""
    found: list[Contact] = []
    seen: set[tuple[str, str | None]] = set()
    for item in refusals.take("kontakter", lambda: node.items(some=True), ()):
        one = refusals.take("kontakter", lambda item=item: _contact(item, professions, refusals), None)
        if one is None:
            continue
        key = (one.profession, one.school)
        if key in seen:
            refusals.say(item, one.profession, "double", f"Kontakten til «{one.profession}» står to gange.")
            continue
        seen.add(key)
        found.append(one)
    if len(found) > MAX_CONTACTS:
        refusals.say(node, "kontakter", "too_many", f"Der er plads til {MAX_CONTACTS} kontakter.")
    return tuple(found[:MAX_CONTACTS])


def _contact(node: Node, professions: Collection[str], refusals: Refusals) -> Contact:
    fields = node.fields("fag", "navn", "tjekket", optional=("skole", "telefon", "tid", "afloeser"))
    day = fields["tjekket"].day()
    if day is None:
        raise fields["tjekket"].error("not_date", "Skriv, hvornår det sidst blev tjekket, som 2026-01-31.")
    words = {name: _words(fields[name], refusals) if name in fields else "" for name in _WORDS}
    return Contact(
        profession=fields["fag"].one_of(professions),
        name=words["navn"],
        phone=words["telefon"],
        hours=words["tid"],
        deputy=words["afloeser"],
        checked=day,
        school=fields["skole"].text() if "skole" in fields else None,
    )


_WORDS = ("navn", "telefon", "tid", "afloeser")


def _words(node: Node, refusals: Refusals) -> str:
    text = node.text()
    found = list(faults(text, ""))
    if len(text) > MAX_WORDS:
        found.append(("too_large", f"Teksten er for lang. Der er plads til {MAX_WORDS} tegn."))
    for code, words in found:
        refusals.say(node, str(node.path[-1]), code, words)
    return "" if found else text
