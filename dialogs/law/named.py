"""Who a question names: "må jeg fortælle SFO'en …" has said already who shall have it, and is not asked from the start.

Only what leaves no doubt about the law is taken. A colleague may be in the same house or in another, which is asked. A
social worker may be the team's or the case's own, and of some the jurist must speak: there the question stands.
"""

from __future__ import annotations

from typing import Final

from dialogs.guides.directory import Directory, Profession

QUESTION: Final = "recipient"
_DOUBTFUL: Final = frozenset({"SOC", "POL", "NETV"})
_OWN: Final = {"BHUS": "boernehus", "SSP": "ssp"}


def named_in(directory: Directory, text: str) -> str:
    """The id of the one profession that a text names; "" when it names none or several."""
    found = {match.key.partition(":")[2] for match in directory.lexicon.find(text) if match.key.startswith("who:")}
    return found.pop() if len(found) == 1 else ""


def recipients_of(profession: Profession) -> tuple[str, ...]:
    """The answers to «Hvem skal have det at vide?» that this profession may be: one, or two that a house parts; none
    where it is in doubt."""
    if profession.id in _OWN:
        return (_OWN[profession.id],)
    if profession.id in _DOUBTFUL or profession.exchange == "afklares":
        return ()
    if profession.said == "colleague":
        return ("own_unit", "ssd")
    return ("ssd",) if profession.exchange == "ja" else ("outside",)
