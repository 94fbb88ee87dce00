"""The exchange register: one meeting a child without consent, one follow-up, and the second attempt refused.

The child has an opaque key, made at random when the first meeting is planned. Cases about the same child are tied
together by the team; what has been used on one of them is used on all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.app.cases import team
from bot.app.cases.filing import Room, refused_words
from bot.app.papers.consenting import of_case
from dialogs.cases.model import must_wait
from dialogs.cases.team import hat
from dialogs.cases.words import day_words
from dialogs.papers import exchanges
from dialogs.papers.exchanges import LEADERS, Act, Confirm, Exchange, Plan, closed, live
from dialogs.papers.filings import Filing
from dialogs.types import Problem


@dataclass(frozen=True)
class ExchangeRow:
    """One meeting of the register in words, and what can be done about it now."""

    id: str
    title: str
    state: str
    lines: tuple[tuple[str, str], ...]
    confirm: bool
    hold: bool
    cancel: bool


@dataclass(frozen=True)
class ExchangePage:
    """The register of one child as the team sees it from one case."""

    case_id: str
    code: str
    works: bool
    lead: str
    shut: str  # why no meeting can be planned now, and the ways that are open; "" when one can
    follow_up: bool
    rows: tuple[ExchangeRow, ...]
    call: str  # whom to ring instead, where nobody may ask the parents; "" otherwise
    tied: tuple[str, ...]  # codes of the other cases about the same child that this person may see


def child_of(room: Room) -> Filing | None:
    """The tie between this case and its child; None before the first meeting was planned."""
    return next(iter(room.uow.filings.of_case(room.case_id, "child")), None)


def register(room: Room, key: str) -> tuple[Exchange, ...]:
    """All meetings about this child, whichever case they were planned on."""
    return tuple(exchanges.load(filing) for filing in room.uow.filings.of_group(key, "exchange"))


def page(room: Room) -> ExchangePage | None:
    """The register for a member of the team; None for anybody else."""
    if room.seen_as != "member":
        return None
    words, tie = room.world.content.papers, child_of(room)
    found = register(room, tie.group) if tie is not None else ()
    code = "exchange_report" if _reports(room) else closed(found)
    return ExchangePage(
        case_id=room.case_id,
        code=room.scene.case.code,
        works=True,
        lead=words("exchange.here_lead"),
        shut=words(f"problems.{code}") if code else "",
        follow_up=bool(live(found)),
        rows=tuple(_row(room, one) for one in sorted(found, key=lambda one: (one.number, one.day))),
        call=words("exchange.call", intake=room.world.handbook.intake) if must_wait(room.scene.case) else "",
        tied=_tied(room, tie),
    )


def _reports(room: Room) -> bool:
    """Whether the duty to report comes first, so that no such meeting may be held (R01–R03 of docs/law.md)."""
    colour = room.scene.case.colour
    return must_wait(room.scene.case) or colour.acute or colour.locked


def _tied(room: Room, tie: Filing | None) -> tuple[str, ...]:
    if tie is None:
        return ()
    others = [other.case_id for other in room.uow.filings.of_group(tie.group, "child") if other.case_id != room.case_id]
    seen = [team.found(room.world.handbook, room.uow, case_id) for case_id in others]
    return tuple(found[0].case.code for found in seen if found is not None)


def _row(room: Room, one: Exchange) -> ExchangeRow:
    words = room.world.content.papers
    lines = [
        (words("exchange.day"), f"{day_words(one.day)} {one.day.year}{_hour(one)}"),
        (words("exchange.noted.seats"), "\n".join(words(f"exchange.seat.{seat}") for seat in one.seats)),
        (words("exchange.noted.necessary"), one.grounds.necessary),
    ]
    if one.state == "proposed":  # who says yes has read every reason
        lines.append((words("exchange.noted.not_anonymous"), one.grounds.not_anonymous))
        lines.append((words("exchange.noted.not_consent"), one.grounds.not_consent))
    if one.grounds.special:
        lines.append((words("exchange.noted.special"), one.grounds.special))
    if one.state == "held":
        lines.append((words("exchange.kinds"), "\n".join(words(f"consent.kinds.{kind}") for kind in one.kinds)))
        lines.append((words("exchange.decisions"), one.decisions))
        lines.append((words("exchange.parents"), one.parents))
    here = one.case_id == room.case_id
    return ExchangeRow(
        one.id,
        words("exchange.follow_up_title" if one.number > 1 else "exchange.title"),
        words(f"exchange.state.{one.state}"),
        tuple(lines) if here else (),
        here and one.state == "proposed" and room.role in LEADERS,
        here and one.state == "planned" and (one.day, one.starts) <= _wall(room),
        here and one.state in ("proposed", "planned"),
    )


def _hour(one: Exchange) -> str:
    return f" kl. {one.starts.replace(':', '.')}" if one.starts else ""


def _wall(room: Room) -> tuple[date, str]:
    """The day and the wall time of the municipality."""
    now = room.now.astimezone(room.world.workdays.zone)
    return now.date(), f"{now:%H:%M}"


def plan(room: Room, wanted: Plan, *, case_runs: bool) -> tuple[Problem, ...]:
    """Register a meeting before it is held. Nobody is sent anything about the child: a notice holds a code."""
    if room.seen_as != "member":
        return (Problem("team_only"),)
    grounds = wanted.grounds
    problem = Problem("exchange_report") if _reports(room) else Problem("exchange_case_runs") if case_runs else None
    problem = problem or refused_words(
        room.world, (grounds.necessary, grounds.not_anonymous, grounds.not_consent, grounds.special)
    )
    if problem is not None:
        return (problem,)
    tie = child_of(room)
    key = tie.group if tie is not None else room.world.ids.new()
    today = room.world.handbook.today(room.now)
    first = room.world.content.local.leader_says_yes_first
    new = exchanges.plan(
        room.world.ids.new(),
        room.case_id,
        key,
        register(room, key),
        wanted,
        room.person.id,
        today,
        leader_confirms_first=first,
        asked_on=max((one.asked_on for one in of_case(room.uow, room.case_id) if one.state == "asked"), default=None),
    )
    if isinstance(new, Problem):
        return (new,)
    if tie is None:
        _tie(room, key)
    room.keep(exchanges.dump(new), None)
    room.line("exchange", {"state": new.state, "number": new.number})
    room.tell("team_changed", [person.id for person in room.scene.seats.members], f"exchange:{new.id}", "reminder")
    return ()


def _tie(room: Room, key: str) -> None:
    room.uow.filings.add(
        Filing(room.world.ids.new(), room.case_id, "child", "tied", group=key, slot=f"child:{room.case_id}")
    )


def act(room: Room, exchange_id: str, what: Act) -> tuple[Problem, ...]:
    """The leader's yes, the note after the meeting, or that it was called off."""
    filing = room.filed("exchange", exchange_id)
    if filing is None or room.seen_as != "member":
        return (Problem("not_found"),)
    if isinstance(what, exchanges.Hold) and (problem := refused_words(room.world, (what.decisions, what.parents))):
        return (problem,)
    if isinstance(what, Confirm) and filing.body["made_by"] == room.person.id and _other_leaders(room):
        return (Problem("exchange_other_leader"),)
    after = exchanges.move(exchanges.load(filing), what, room.person.id, room.role, *_wall(room))
    if isinstance(after, Problem):
        return (after,)
    room.keep(exchanges.dump(after), filing)
    room.line("exchange", {"state": after.state, "number": after.number})
    return ()


def _other_leaders(room: Room) -> bool:
    """Whether another leader works with the case: then nobody says yes to their own meeting."""
    school = room.scene.case.school_id
    return any(one.id != room.person.id and hat(one, school) in LEADERS for one in room.scene.seats.members)


def same_child(room: Room, code: str) -> tuple[Problem, ...]:
    """Tie another case to this child: what was used on either is used on both, and can't be parted again."""
    if room.seen_as != "member":
        return (Problem("team_only"),)
    other = room.uow.cases.by_code(code.strip())
    found = team.found(room.world.handbook, room.uow, other.id) if other is not None else None
    if other is None or found is None or found[1] != "member" or other.id == room.case_id:
        return (Problem("exchange_no_case"),)
    mine, theirs = child_of(room), next(iter(room.uow.filings.of_case(other.id, "child")), None)
    key = mine.group if mine is not None else theirs.group if theirs is not None else room.world.ids.new()
    if mine is None:
        _tie(room, key)
    if theirs is None:
        _tie(replace(room, scene=found[0]), key)
    elif theirs.group != key:
        room.uow.filings.join(theirs.group, key)
    return ()
