"""What the consent page shows: plain data in Danish words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.app.cases import team
from bot.app.cases.filing import Room
from bot.app.papers.consenting import of_case
from dialogs.access.disclosure import stated_yes
from dialogs.cases.model import must_wait
from dialogs.cases.words import day_words
from dialogs.papers.consents import (
    SEATS,
    Age,
    Consent,
    Giver,
    Party,
    Word,
    ages_of,
    covers,
    standing,
    usual_giver,
)
from dialogs.people import TRIO


@dataclass(frozen=True)
class ConsentRow:
    """One consent: what it is for, who has said what, and who is still to answer."""

    id: str
    state: str
    open: bool
    given: bool
    over: bool  # nothing can be done about it any more
    lines: tuple[tuple[str, str], ...]
    said: tuple[str, ...]  # each answer, and at last that it was taken back
    waits_for: tuple[tuple[Party, str], ...]
    parties: tuple[tuple[Party, str], ...]


@dataclass(frozen=True)
class ConsentPage:
    """All about consent on one case; `wait` means that nobody may ask this family now."""

    case_id: str
    code: str
    wait: bool
    works: bool
    lead: str
    readers: tuple[tuple[str, str], ...]  # a reader of the team, and whether the consent covers them
    rows: tuple[ConsentRow, ...]
    ages: tuple[Age, ...]  # those that fit the age on the case
    giver: Giver  # who most often tells of a child there


def page(room: Room) -> ConsentPage:
    """The consent page for whoever may see the case; who may not know who wrote the worry does not learn it here."""
    if team.disclosed(room.world.handbook, room.uow, room.scene, room.person, room.seen_as, room.now).nameless:
        room = replace(room, scene=room.scene.nameless())
    words, case = room.world.content.papers, room.scene.case
    found, today = of_case(room.uow, case.id), room.world.handbook.today(room.now)
    wait = must_wait(case)
    stated = not found and "q14_samtykke" in case.answers and room.seen_as != "informed"
    key = "wait" if wait else "stated" if stated and stated_yes(case.answers) else "none" if not found else "here_lead"
    said = key == "stated"  # the writer's own word holds for the team's talk until something is written down
    readers = tuple(
        (
            room.world.handbook.words.the_roles[role],
            words(f"consent.standing.{'stated' if said else covers(found, SEATS[role], today)}"),
        )
        for role in TRIO
        if role != "leader"
    )
    return ConsentPage(
        case.id,
        case.code,
        wait,
        room.works,
        words(f"consent.{key}"),
        () if wait else readers,
        tuple(_row(room, one) for one in found),
        ages_of(case.band),
        usual_giver(str(case.answers.get("q02_alder", ""))),
    )


def _row(room: Room, one: Consent) -> ConsentRow:
    words, scope = room.world.content.papers, one.scope
    today = room.world.handbook.today(room.now)
    run_out = one.state == "given" and standing(one, today) != "valid"
    said = (*(_said(room, word) for word in one.words), *_taken_back(room, one))
    lines = (
        (words("consent.paper_from"), "\n".join(words(f"consent.from.{giver}") for giver in scope.givers)),
        (words("consent.paper_to"), "\n".join(words(f"consent.to.{to}") for to in scope.to)),
        (words("consent.paper_kinds"), "\n".join(words(f"consent.kinds.{kind}") for kind in scope.kinds)),
        (words("consent.paper_purpose"), scope.purpose),
        (words("consent.paper_excluded"), scope.excluded or words("consent.paper_none")),
        (words("consent.paper_until"), words("consent.last_day", day=_in_full(scope.until))),
    )
    waits = one.waits_for if one.state == "asked" else ()
    return ConsentRow(
        one.id,
        words(f"consent.state.{'expired' if run_out else one.state}"),
        one.state == "asked",
        one.state == "given" and not run_out,
        run_out or one.state in ("refused", "withdrawn"),
        lines,
        said,
        tuple((party, words(f"consent.party.{party}")) for party in waits),
        tuple((party, words(f"consent.party.{party}")) for party in one.parties),
    )


def _said(room: Room, word: Word) -> str:
    """One answer as it is read: who, what, how, when, and of an oral one who heard it and why."""
    words = room.world.content.papers
    lines = [
        f"{words(f'consent.party.{word.party}')}: {words(f'consent.said.{word.said}')}, "
        f"{words(f'consent.way.{word.way}').lower()}, {day_words(word.day)}"
    ]
    lines += [words("consent.heard_by", who=word.receiver)] if word.receiver else []
    lines += [word.why_oral] if word.why_oral else []
    lines += [words("consent.noted_by", who=room.scene.name(word.heard_by))]
    return ". ".join(line.rstrip(".") for line in lines)


def _taken_back(room: Room, one: Consent) -> tuple[str, ...]:
    """Who took it back and when, and who wrote that down and when: it may be asked about years later."""
    if one.back is None or one.ended_on is None:
        return ()
    words, back = room.world.content.papers, one.back
    party, day = words(f"consent.party.{back.party}"), day_words(one.ended_on)
    noted = words("consent.noted", who=room.scene.name(back.noted_by), day=_in_full(back.noted_on))
    return (f"{words('consent.taken_back', party=party, day=day)} {noted}",)


def _in_full(day: date) -> str:
    return f"{day_words(day)} {day.year}"
