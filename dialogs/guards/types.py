"""What the guards find: places and kinds only, never the words of the person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

# What a guard makes of one place: a CPR number, something that may be one, or nothing.
Verdict = Literal["cpr", "maybe", "no"]
Flow = Literal["violence", "sexual", "suicide", "control", "danger"]
# The order in which cards are offered when a text speaks of several things: first what may kill now.
FLOWS: tuple[Flow, ...] = ("suicide", "danger", "violence", "sexual", "control")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in the text that was scanned: characters `start` to `end`, as a Python slice."""

    start: int
    end: int


def apart(spans: Iterable[Span], others: Collection[Span]) -> tuple[Span, ...]:
    """Return the spans that touch none of the others: a place has one meaning."""
    return tuple(
        span for span in spans if not any(span.start < other.end and other.start < span.end for other in others)
    )


@dataclass(frozen=True, slots=True)
class AcuteHit:
    """One phrase of the acute list was found; `phrase_id` is its name in the content."""

    flow: Flow
    phrase_id: str
    weighed: bool = False  # weak words together, not a phrase
    firm: bool = False  # said so plainly that no calm words around it silence it


@dataclass(frozen=True, slots=True)
class JudgingHit:
    """A word that judges instead of describing, and a Danish hint for the writer."""

    code: str
    start: int
    end: int
    hint: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything the guards saw in one text; `cpr_maybe` is a date with a clock time, to be asked about."""

    cpr: tuple[Span, ...] = ()
    cpr_maybe: tuple[Span, ...] = ()
    phones: tuple[Span, ...] = ()
    names: tuple[Span, ...] = ()
    lone_names: tuple[Span, ...] = ()
    addresses: tuple[Span, ...] = ()
    emails: tuple[Span, ...] = ()
    acute: tuple[AcuteHit, ...] = ()
    judging: tuple[JudgingHit, ...] = ()

    @property
    def doubtful(self) -> bool:
        """True when the text may name a person: asked about where that is safe, refused where it is not."""
        return bool(self.lone_names) and not self.refused

    @property
    def refused(self) -> bool:
        """True when the text names or reaches a person and must not be stored."""
        return bool(self.cpr or self.phones or self.names or self.addresses or self.emails)

    @property
    def flows(self) -> tuple[Flow, ...]:
        """The flows of the acute hits, each once: what was said in so many words first, and most urgent first."""
        said = {hit.flow for hit in self.acute if not hit.weighed}
        heard = {hit.flow for hit in self.acute} - said
        return (*(flow for flow in FLOWS if flow in said), *(flow for flow in FLOWS if flow in heard))
