"""Random lives of a case: whatever people do in whatever order, these things hold. And planted faults are caught."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from dialogs.cases.acts import (
    AcceptBaton,
    Act,
    Add,
    Ask,
    CaseStep,
    Close,
    ConfirmLowering,
    Decide,
    Discuss,
    FollowUp,
    GiveTo,
    Mover,
    Open,
    Plan,
    ProposeLowering,
    Raise,
    RefuseLowering,
    Reopen,
    Reply,
)
from dialogs.cases.light import locked
from dialogs.cases.model import DECIDED, OUTCOMES, WEIGHT, Case, Entry, Light, first_light, last_of, offered_to
from dialogs.cases.moves import move
from tests.core.case_kit import MONDAY, WORDS, WRITER, a_case, colour

Move = Callable[..., CaseStep]

PEOPLE = (
    WRITER,
    Mover("leder", "team", "leader"),
    Mover("souschef", "team", "leader"),
    Mover("psykolog", "team", "psychologist"),
    Mover("raadgiver", "team", "social_worker"),
    Mover("inhabil", "team", "social_worker"),
)
OWNERS = ("laerke-laerer", "leder", "souschef", "psykolog", "raadgiver")
TEXTS = st.sampled_from(["Ord.", "Ord.", "Ord.", " ", ""])
LIGHTS = st.sampled_from(["green", "yellow", "red", "none"])
OWNER_IDS = st.sampled_from([*OWNERS, "inhabil", ""])
# Silent acts: the writer hears of the answer itself, of a colour that has changed, of nothing that may not happen.
SILENT = (Discuss, ProposeLowering, RefuseLowering, GiveTo, AcceptBaton)


def days(today: date) -> st.SearchStrategy[date]:
    return st.integers(-1, 30).map(lambda number: today + timedelta(days=number))


def acts(now: datetime) -> st.SearchStrategy[Act]:
    day = days(now.date())
    return st.one_of(
        st.sampled_from([Open(), Discuss(), ConfirmLowering(), AcceptBaton()]),
        st.builds(Ask, TEXTS),
        st.builds(Reply, TEXTS),
        st.builds(Add, TEXTS, st.sampled_from([now, now - timedelta(days=2), now + timedelta(days=1)])),
        st.builds(Plan, day),
        st.builds(Decide, st.sampled_from(OUTCOMES), OWNER_IDS, TEXTS, TEXTS, st.none() | day),
        st.builds(ProposeLowering, LIGHTS, TEXTS),
        st.builds(RefuseLowering, TEXTS),
        st.builds(Raise, TEXTS, LIGHTS),
        st.builds(FollowUp, st.none() | st.integers(-1, 11), TEXTS, st.none() | day),
        st.builds(Close, TEXTS),
        st.builds(Reopen, TEXTS),
        st.builds(GiveTo, OWNER_IDS),
    )


class CaseLife(RuleBasedStateMachine):
    """One case, six people, one of them excluded, and a clock that only goes forward."""

    move: Move = staticmethod(move)

    @initialize(
        light=st.sampled_from(["red", "red", "yellow", "green", "none"]),
        lock=st.sampled_from([False, False, False, True]),
        flow=st.sampled_from([None, None, None, "violence"]),
    )
    def begin(self, light: Light, lock: bool, flow: str | None) -> None:
        self.case = a_case(colour=colour(light, locked=lock, flow=flow), excluded=("inhabil",))
        self.sent = self.case.answers
        self.first = light
        self.entries: tuple[Entry, ...] = ()
        self.now = MONDAY

    @rule(hours=st.sampled_from([1, 30, 24 * 10]))
    def time_goes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(data=st.data(), who=st.sampled_from(PEOPLE))
    def somebody_acts(self, data: st.DataObject, who: Mover) -> None:
        self.do(data.draw(acts(self.now)), who)

    @rule(act=st.sampled_from([Add, Reply]))
    def the_writer_speaks(self, act: type[Add] | type[Reply]) -> None:
        self.do(Add("Mere.", self.now) if act is Add else Reply("Svar."), WRITER)

    @rule(who=st.sampled_from(PEOPLE[1:5]), outcome=st.sampled_from(OUTCOMES))
    def the_meeting_is_held(self, who: Mover, outcome: Any) -> None:
        """The usual way, so that late states are reached in short lives."""
        today = self.now.date()
        self.do(Plan(today), who)
        self.do(Discuss(), who)
        self.do(Decide(outcome, who.person_id, "Grund.", "Svar.", today + timedelta(days=20)), who)

    @rule(who=st.sampled_from(PEOPLE[1:5]))
    def it_comes_to_an_end(self, who: Mover) -> None:
        self.do(FollowUp(5, ""), who)
        self.do(Close("Slut."), who)

    @rule(one=st.sampled_from(PEOPLE[1:5]), other=st.sampled_from(PEOPLE[1:5]), to=st.sampled_from(["green", "yellow"]))
    def a_lower_colour_is_judged(self, one: Mover, other: Mover, to: Light) -> None:
        self.do(ProposeLowering(to, "Grund."), one)
        self.do(ConfirmLowering(), other)

    def do(self, act: Act, who: Mover) -> None:
        before, lines = self.case, self.entries
        step = self.move(before, lines, who, act, self.now, today=self.now.date(), owners=OWNERS)
        self.check_step(before, lines, who, act, step)
        self.case, self.entries = step.case, (*lines, *step.entries)

    def check_step(self, before: Case, lines: Sequence[Entry], who: Mover, act: Act, step: CaseStep) -> None:
        if step.problems:
            assert step.case is before and not step.entries and not step.tells
            assert all(WORDS.problem(problem) for problem in step.problems)
            return
        assert who.person_id not in before.excluded, "an excluded person did something"
        assert step.case.answers is self.sent, "what was sent was changed"
        assert [line.seq for line in step.entries] == list(range(len(lines) + 1, len(lines) + len(step.entries) + 1))
        assert step.case.revision == before.revision + bool(step.entries)
        self.check_telling(before, who, act, step)
        self.check_colour(before, lines, who, step)
        self.check_rest(before, lines, step)

    def check_rest(self, before: Case, lines: Sequence[Entry], step: CaseStep) -> None:
        """Red comes to rest by a report of this round; a lower colour is two roles' work, which check_colour sees."""
        rests = step.case.state in ("no_action", "closed") and step.case.state != before.state
        if rests and before.colour.now == "red":
            again = max((line.seq for line in lines if line.kind == "reopened"), default=0)
            decided = [line.data["outcome"] for line in lines if line.kind == "decided" and line.seq > again]
            assert "notified" in decided, "one role let red rest without a report"

    def check_telling(self, before: Case, who: Mover, act: Act, step: CaseStep) -> None:
        heard = [tell for tell in step.tells if tell.to == "writer"]
        if who.side == "writer" or isinstance(act, SILENT) or not step.entries:
            assert not heard
        else:
            assert len(heard) == 1, "every change tells the writer exactly once"
        if step.case.colour.now != before.colour.now or step.case.state not in (before.state, "discussed"):
            assert heard or who.side == "writer"

    def check_colour(self, before: Case, lines: Sequence[Entry], who: Mover, step: CaseStep) -> None:
        if WEIGHT[step.case.colour.now] >= WEIGHT[before.colour.now]:
            return
        proposal = last_of(lines, "lowering_proposed")
        assert proposal is not None and not locked(before.colour)
        assert proposal.actor_id != who.person_id and proposal.data["role"] != who.role
        assert proposal.data["reason"].strip()

    @invariant()
    def nothing_is_shown_before_it_is_true(self) -> None:
        case, kinds = self.case, {line.kind for line in self.entries}
        assert (case.opened_at is not None) == ("opened" in kinds)
        assert case.planned_for is None or "planned" in kinds
        assert case.answered_at is None or "answered" in kinds
        assert case.closed_at is None or "closed" in kinds
        assert (case.closed_at is not None) == (case.state == "closed")
        if case.opened_at is not None:
            assert case.opened_at == next(line.at for line in self.entries if line.kind == "opened")

    @invariant()
    def nothing_ends_without_an_answer_in_this_round(self) -> None:
        if self.case.state in (*DECIDED, "closed"):
            last = last_of(self.entries, "answered", "reopened")
            assert last is not None and last.kind == "answered" and last.data["words"].strip()
            assert self.case.answered_at is not None

    @invariant()
    def what_is_decided_has_one_holder_and_a_day(self) -> None:
        if self.case.state in DECIDED:
            assert self.case.owner_id in OWNERS
        if self.case.state in OUTCOMES:
            assert self.case.follow_up is not None

    @invariant()
    def the_timeline_knows_the_first_colour_and_one_offer_at_most(self) -> None:
        assert first_light(self.case, self.entries) == self.first
        assert offered_to(self.entries) in (None, *OWNERS)

    @invariant()
    def a_waiting_proposal_is_in_the_timeline(self) -> None:
        if self.case.colour.lowering_by is not None:
            proposal = last_of(self.entries, "lowering_proposed")
            assert proposal is not None and proposal.actor_id == self.case.colour.lowering_by
            assert self.case.state != "closed"


LIVES = settings(max_examples=70, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_whatever_people_do_a_case_keeps_its_promises() -> None:
    run_state_machine_as_test(CaseLife, settings=LIVES)


# --- planted faults: each breaks one promise, and the machine must see it ---


def _on(step: CaseStep, **changes: Any) -> CaseStep:
    return replace(step, case=replace(step.case, **changes)) if not step.problems else step


def closes_without_an_answer(case, entries, who, act, now, **rest) -> CaseStep:
    if isinstance(act, Close) and who.side == "team" and case.state == "sent" and who.person_id not in case.excluded:
        line = Entry(case.id, "closed", who.person_id, now, now, {"words": "x"}, len(entries) + 1)
        opened = case.opened_at or now
        lines = (line,) if case.opened_at else (replace(line, kind="opened"), replace(line, seq=len(entries) + 2))
        done = replace(case, state="closed", closed_at=now, opened_at=opened, revision=case.revision + 1)
        told = move(replace(case, opened_at=None), (), who, Open(), now, **rest).tells
        return CaseStep(done, lines, (), told)
    return move(case, entries, who, act, now, **rest)


def tells_the_writer_nothing(*args, **rest) -> CaseStep:
    return replace(move(*args, **rest), tells=())


def tells_the_writer_twice(*args, **rest) -> CaseStep:
    step = move(*args, **rest)
    return replace(step, tells=(*step.tells, *step.tells))


def the_writers_words_open_it(case, entries, who, act, now, **rest) -> CaseStep:
    step = move(case, entries, who, act, now, **rest)
    return _on(step, opened_at=step.case.opened_at or now) if isinstance(act, Add) else step


def lets_the_excluded_in(case, entries, who, act, now, **rest) -> CaseStep:
    return _on(move(replace(case, excluded=()), entries, who, act, now, **rest), excluded=case.excluded)


def lowers_alone(case, entries, who, act, now, **rest) -> CaseStep:
    if isinstance(act, ConfirmLowering):
        who = replace(who, role="superior", person_id="en anden" if who.side == "team" else who.person_id)
    return move(case, entries, who, act, now, **rest)


def lowers_locked_red(case, entries, who, act, now, **rest) -> CaseStep:
    free = replace(case.colour, locked=False, flow=None)
    step = move(replace(case, colour=free), entries, who, act, now, **rest)
    return _on(step, colour=replace(step.case.colour, locked=case.colour.locked, flow=case.colour.flow))


def lets_red_rest_alone(case, entries, who, act, now, **rest) -> CaseStep:
    if not isinstance(act, Decide | Close):
        return move(case, entries, who, act, now, **rest)
    reported = Entry(case.id, "decided", who.person_id, now, now, {"outcome": "notified"}, len(entries))
    return move(case, (*entries[:-1], reported), who, act, now, **rest)


def a_refusal_changes_something(case, *args, **rest) -> CaseStep:
    step = move(case, *args, **rest)
    return replace(step, case=replace(case, changed_at=MONDAY)) if step.problems else step


def rewrites_what_was_sent(case, *args, **rest) -> CaseStep:
    step = move(case, *args, **rest)
    return _on(step, answers={}) if any(line.kind == "added" for line in step.entries) else step


def forgets_the_answer(*args, **rest) -> CaseStep:
    step = move(*args, **rest)
    return replace(step, entries=tuple(line for line in step.entries if line.kind != "answered"))


def decides_without_a_day(case, entries, who, act, now, **rest) -> CaseStep:
    return _on(move(case, entries, who, act, now, **rest), follow_up=None)


@pytest.mark.parametrize(
    "fault",
    [
        closes_without_an_answer,
        tells_the_writer_nothing,
        tells_the_writer_twice,
        the_writers_words_open_it,
        lets_the_excluded_in,
        lowers_alone,
        lowers_locked_red,
        lets_red_rest_alone,
        a_refusal_changes_something,
        rewrites_what_was_sent,
        forgets_the_answer,
        decides_without_a_day,
    ],
    ids=lambda fault: fault.__name__,
)
def test_a_planted_fault_is_caught(fault: Move) -> None:
    faulty = type("Faulty", (CaseLife,), {"move": staticmethod(fault)})
    quick = settings(
        LIVES,
        max_examples=300,
        derandomize=True,
        database=None,
        print_blob=False,
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError):
        run_state_machine_as_test(faulty, settings=quick)
