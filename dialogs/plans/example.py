"""An example of a plan, for the demo and the tests: what is needed and done, and three follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from dialogs.plans import acts
from dialogs.plans.acts import Act
from dialogs.plans.model import FAMILY, Effort, Goal, Need, Score, Sign

Step = tuple[date, Act]
_SCORES: Final = ((2, (2, 3, 4)), (4, (4, 4, 6)), (6, (6, 5, 8)))  # weeks after the beginning; child, peers, adults


def history(keeper: str, start: date, today: date, look_again: date) -> Iterator[Step]:
    """Every act of the plan with its day, from the beginning to today."""
    yield start, acts.Write("wish", "At en kommer ud og henter mig om morgenen.")
    yield start, acts.Write("works", "Husker alt om heste. Hjælper gerne de små.")
    yield start, acts.Write("family", "Mor følger til lågen og siger farvel der.")
    yield start, acts.Offer(keeper)
    yield start, acts.Accept(keeper)
    yield from _morning(start)
    for weeks, values in _SCORES:
        day = min(start + timedelta(weeks=weeks), today)
        yield from ((day, acts.ScoreIt(f"demotegn{n}", Score(day, value))) for n, value in enumerate(values, 1))
    yield today, acts.LookAgain(look_again)


def _morning(start: date) -> Iterator[Step]:
    yield start, acts.PutNeed(Need("demobehov1", "En god vej ind i klassen om morgenen"))
    yield start, acts.PutGoal(Goal("demomaal1", "demobehov1", "Går ind i klassen, før klokken ringer"))
    signs = (
        Sign("demotegn1", "child", "Går selv gennem døren", "LAER", "hver dag"),
        Sign("demotegn2", "peers", "En fra klassen venter i gangen", "LAER", "hver uge"),
        Sign("demotegn3", "adults", "En voksen siger godmorgen ved lågen", "PAED", "hver dag"),
    )
    yield from ((start, acts.PutSign("demomaal1", sign)) for sign in signs)
    ends = start + timedelta(weeks=12)
    yield start, acts.PutEffort(Effort("demohjaelp1", "demobehov1", "Tager imod ved lågen", "PAED", start, ends))
    yield start, acts.PutEffort(Effort("demohjaelp2", "demobehov1", "Øver turen ind om søndagen", FAMILY, start))
    yield (
        start,
        acts.PutEffort(Effort("demohjaelp3", "demobehov1", "Taler med klassen om at tage imod", "PSY", start, ends)),
    )
