"""What a case's own registers answer of the sharing guide, so that nobody is asked what is written down already.

Only what is certain is filled in. Where the register knows a part (a yes to some of those asked about, one meeting that
was held), the question is asked in other words: what is known, and the little that is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Literal

from dialogs.papers.consents import Consent, Receiver, Standing, covers, standing
from dialogs.types import Draft
from dialogs.values import Value, picks_of

Asked = Literal["now", "consent", "meeting"]  # the questions that may be asked in other words

# Who stands behind an answer to «Hvem skal have det at vide?». One who is not here can't be named in a consent of ours.
RECEIVERS: Final[Mapping[str, tuple[Receiver, ...]]] = {
    "ssd": ("psychologist", "social_worker", "health_visitor", "daycare"),
    "case_authority": ("social_worker",),
    "outside": ("club", "doctor"),
}
MOST_COUNTED: Final = 2


@dataclass(frozen=True)
class Registers:
    """What is written down about one child, as far as the reader may see it. `stated` is a yes only told of."""

    consents: tuple[Consent, ...]
    held: int
    child: bool
    abuse: bool
    stated: bool
    today: date


@dataclass(frozen=True)
class Part:
    """What is known when it does not answer the whole question: a key of its words, whom it is about, and the answers
    that it rules out."""

    key: str
    to: tuple[Receiver, ...] = ()
    out: tuple[str, ...] = ()


# The meetings that were held leave open whether there is to be one now, and whether there is a special reason. Where
# none is written down, one may have been held before anybody wrote it here: no answer is ruled out.
_HELD: Final[Mapping[int, Part]] = {
    0: Part("none"),
    1: Part("one", out=("none", "more")),
    2: Part("more", out=("none", "special", "one")),
}


@dataclass(frozen=True)
class Known:
    """`answers` are filled in; `parts` are told above the question that is still asked."""

    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    parts: Mapping[Asked, Part] = field(default_factory=dict[Asked, Part])
    yes: tuple[Receiver, ...] = ()
    no: tuple[Receiver, ...] = ()
    until: date | None = None


def known(registers: Registers, values: Mapping[str, Value]) -> Known:
    """What the registers say to the guide's questions, given the answers so far."""
    answers: dict[str, str] = {}
    parts: dict[Asked, Part] = {}
    if registers.abuse:
        answers["now"] = "abuse"
    elif registers.child:
        parts["now"] = Part("child", out=("adult",))
    parts["meeting"] = _HELD[min(registers.held, MOST_COUNTED)]
    to: tuple[Receiver, ...] = RECEIVERS.get(next(iter(picks_of(values.get("recipient"))), ""), ())
    said: dict[Receiver, Standing] = {one: covers(registers.consents, one, registers.today) for one in to}
    if to and not registers.abuse:  # where the authority leads, no consent of ours decides
        _consent(registers, said, answers, parts)
    yes = _with(said, "valid")
    return Known(answers, parts, yes, _with(said, "refused"), _until(registers, yes))


def _consent(
    registers: Registers, said: Mapping[Receiver, Standing], answers: dict[str, str], parts: dict[Asked, Part]
) -> None:
    """One answer when it is the same for all of them; else who it is that the answer hangs on."""
    found = set(said.values())
    if found == {"not_asked"} and registers.stated and not registers.consents:
        parts["consent"] = Part("stated")
    elif len(found) == 1:
        answers["consent"] = found.pop()
    elif "valid" in found:
        parts["consent"] = Part("some", _with(said, "valid"))
    else:
        parts["consent"] = Part("refused_some", _with(said, "refused"))


def _with(said: Mapping[Receiver, Standing], wanted: Standing) -> tuple[Receiver, ...]:
    return tuple(one for one, stands in said.items() if stands == wanted)


def _until(registers: Registers, yes: Sequence[Receiver]) -> date | None:
    """The day until which all of these are covered: the last yes of each, and of those the first to run out."""
    ends = [
        max(c.scope.until for c in registers.consents if one in c.scope.to and standing(c, registers.today) == "valid")
        for one in yes
    ]
    return min(ends, default=None)


def refill(draft: Draft, found: Known, said: str = "") -> Draft:
    """The draft with what is known today filled in; `said` is a question that the person has just answered herself.

    What she answered stands, whatever a register says. An answer to the little that was left open stands as long as
    the rest does: when a consent is taken back, "only those two" is no answer any more.
    """
    before = {entry.split("=")[0]: entry.partition("=")[2] for entry in draft.filled}
    before.pop(said, None)
    left = {question: _basis(part) for question, part in found.parts.items()}
    if said in left:
        before[said] = left[said]
    resting = {question: basis for question, basis in before.items() if basis and left.get(question) == basis}
    own = {key: value for key, value in draft.answers.items() if key not in before or key in resting}
    fresh = {key: value for key, value in found.answers.items() if key not in own}
    filled = (*fresh, *(f"{question}={basis}" for question, basis in resting.items()))
    return replace(draft, answers={**own, **fresh}, filled=tuple(sorted(filled)))


def _basis(part: Part) -> str:
    return f"{part.key}:{','.join(part.to)}"
