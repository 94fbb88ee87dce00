"""The guards as one object: what must not be stored, what may be danger, and what judges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from dialogs.danish.answered import denied_questions
from dialogs.guards import contact, cpr, numbers
from dialogs.guards.acute import AcuteGuard
from dialogs.guards.address import AddressGuard
from dialogs.guards.judging import JudgingGuard
from dialogs.guards.lone import LoneNames
from dialogs.guards.names import NameGuard
from dialogs.guards.text import level, lower
from dialogs.guards.types import AcuteHit, Findings, apart

_WORD = re.compile(r"[^\W_]+|[.!?;]+|[,:\n(…]")


@dataclass(frozen=True)
class Guards:
    """All guards with their word lists; made by `load_guards`, shared by all threads."""

    names: NameGuard
    addresses: AddressGuard
    acute: AcuteGuard
    judging: JudgingGuard

    @cached_property
    def lone(self) -> LoneNames:
        """The guard over given names that stand alone, on the same lists."""
        return LoneNames(self.names.given - self.names.never, self.names.ordinary)

    def prepare(self) -> None:
        """Make now what is else made at first use, before somebody waits for an answer."""
        self.acute.vocabulary.slips()

    def dangers(self, text: str) -> tuple[AcuteHit, ...]:
        """Return the danger that is told; quicker than a whole scan, for whoever needs only that."""
        return self.acute.find(_WORD.findall(_told(lower(level(text)))))

    def signs(self, text: str) -> tuple[str, ...]:
        """Return the signs that the acute guard's judge weighs in a text."""
        return self.acute.signs(_WORD.findall(_told(lower(level(text)))))

    def scan(self, text: str) -> Findings:
        """Return what the guards see in a text of any kind; never raises, never keeps the text."""
        levelled = level(text)
        small = lower(levelled)
        spelled = numbers.runs(small)
        words = _WORD.findall(small)
        sure, maybe = cpr.find(small, spelled)
        names = self.names.find(levelled, words)
        return Findings(
            cpr=sure,
            cpr_maybe=maybe,
            phones=apart(contact.phones(levelled, spelled), (*sure, *maybe)),
            names=names,
            lone_names=apart(self.lone.find(levelled), names),
            addresses=self.addresses.find(levelled),
            emails=contact.emails(levelled),
            acute=self.acute.find(words if (told := _told(small)) == small else _WORD.findall(told)),
            judging=self.judging.find(small, words),
        )


def _told(small: str) -> str:
    """The text without the questions that it surely answers with no: "er der vold? nej." tells of none."""
    for start, end in denied_questions(small, surely=True):
        small = f"{small[:start]}{' ' * (end - start)}{small[end:]}"
    return small
