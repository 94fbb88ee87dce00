"""What the CPR guard makes of the generated texts, as figures that a person can check."""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

from dialogs.guards import clean, cpr, numbers
from dialogs.guards.text import level, lower
from tests.attacks.cpr import disguised
from tests.attacks.school import texts

RECALL, FALSE_BLOCKS = 0.995, 0.005  # T11


@dataclass(frozen=True)
class Figures:
    """Counts; the texts are generated, so the ones that went wrong may be shown."""

    numbers: int
    held: int
    asked: int
    missed: tuple[str, ...]
    others: int
    blocked: tuple[str, ...]
    asked_in_vain: int

    @property
    def recall(self) -> float:
        """Of the hidden numbers, those that are held back or asked about."""
        return (self.held + self.asked) / self.numbers

    @property
    def false_blocks(self) -> float:
        """Of the texts without a number, those that are held back."""
        return len(self.blocked) / self.others


def verdict(text: str) -> str:
    """`held`, `asked` or `free`: the CPR guard alone, since whole scans would take ten times as long."""
    small = lower(level(clean(text)))
    sure, maybe = cpr.find(small, numbers.runs(small))
    return "held" if sure else "asked" if maybe else "free"


def judge(seed: int | str, hidden: int, others: int) -> Figures:
    """Run the guard over so many disguises and so many school texts."""
    found = [(verdict(one.text), one.text) for one in disguised(seed, hidden)]
    free = [(verdict(text), text) for text in texts(seed, others)]
    return Figures(
        numbers=hidden,
        held=sum(what == "held" for what, _ in found),
        asked=sum(what == "asked" for what, _ in found),
        missed=tuple(text for what, text in found if what == "free"),
        others=others,
        blocked=tuple(text for what, text in free if what == "held"),
        asked_in_vain=sum(what == "asked" for what, _ in free),
    )


def milliseconds(text: str) -> float:
    """CPU time of one look at a text, the best of three."""
    best = float("inf")
    for _ in range(3):
        started = process_time()
        verdict(text)
        best = min(best, process_time() - started)
    return best * 1000
