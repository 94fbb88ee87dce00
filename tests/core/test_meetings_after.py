"""After the meeting, who may come to the next one, meetings of professionals only, and the family's letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dialogs.danish.lix import EASY, lix
from dialogs.law.room import entry, ground_for, material_ahead, named_in
from dialogs.meetings import afterwards, joint
from dialogs.meetings.afterwards import After, Tally
from dialogs.meetings.joint import Joint
from dialogs.meetings.letter import Guest, letter_of
from dialogs.meetings.model import Meeting
from dialogs.papers.consents import Consent, Scope
from dialogs.papers.documents import as_text
from dialogs.papers.exchanges import Exchange, Grounds
from dialogs.types import Problem
from tests.core.form_kit import danish
from tests.core.meeting_kit import TODAY, done, meeting

BOOK = danish().directory.professions


def test_the_family_is_asked_its_own_two_questions_and_the_others_theirs() -> None:
    held = meeting("held")
    after = done(afterwards.answer(held, "s4", After(talked="no", used="partly", missed=("SUND",), sense="yes")))
    assert afterwards.said_by(after, "s4") == After(talked="no", used="partly")
    after = done(afterwards.answer(after, "s1", After(missed=("SSP",), sense="yes", talked="yes")))
    assert afterwards.said_by(after, "s1") == After(missed=("SSP",), sense="yes")
    assert afterwards.tally((after,), "talked") == Tally(0, 0, 1)


@pytest.mark.parametrize(("seat", "said"), [("s4", After(sense="yes")), ("s1", After(talked="yes"))])
def test_an_answer_that_does_not_answer_is_refused(seat: str, said: After) -> None:
    refused = afterwards.answer(meeting("held"), seat, said)
    assert isinstance(refused, Problem) and refused.code == "after_empty"


def test_nobody_says_how_it_was_before_it_was() -> None:
    refused = afterwards.answer(meeting(), "s1", After(sense="yes"))
    assert isinstance(refused, Problem) and refused.code == "meeting_too_early"


def test_who_was_missed_is_suggested_until_they_have_been_there() -> None:
    first = done(afterwards.answer(meeting("held"), "s1", After(missed=("SSP", "PSY"), sense="yes")))
    first = done(afterwards.answer(first, "s2", After(missed=("SSP",), sense="partly")))
    assert list(afterwards.missed((first,)).items()) == [("SSP", 2), ("PSY", 1)]
    seats = (*meeting().seats, replace(meeting().seats[0], id="s6", role="SSP"))
    then = replace(meeting("held", "m2", date(2027, 1, 12)), seats=seats)
    assert dict(afterwards.missed((then, first))) == {"PSY": 1}


def consent(to: tuple[str, ...], until: date = date(2027, 1, 1), state: str = "given") -> Consent:
    scope = Scope(to, ("wellbeing",), "Et møde", until)  # pyright: ignore[reportArgumentType]
    return Consent("k1", "c1", state, scope, ("holder_1",), "p", TODAY)  # pyright: ignore[reportArgumentType]


def exchange(state: str = "planned") -> Exchange:
    words = Grounds("a", "b", "c")
    return Exchange("e1", "c1", "barn", 1, state, words, ("teacher", "leader"), TODAY, "p")  # pyright: ignore[reportArgumentType]


def test_a_yes_goes_before_the_way_without_one_and_an_old_yes_is_none() -> None:
    assert ground_for([consent(("school",))], [exchange()], TODAY) == "consent"
    assert ground_for([consent(("school",), until=date(2026, 11, 22))], [exchange()], TODAY) == "exchange"
    assert ground_for([consent(("school",), state="withdrawn")], [exchange("held")], TODAY) == "none"


@pytest.mark.parametrize(
    ("profession", "ground", "verdict"),
    [
        ("SOC", "consent", "yes"), ("SUND", "consent", "ask"), ("LAER", "consent", "yes"),
        ("SOC", "exchange", "yes"), ("PSY", "exchange", "ask"), ("SSP", "exchange", "ask"), ("KLUB", "exchange", "no"),
        ("BUP", "exchange", "no"), ("POL", "exchange", "no"), ("FAMRET", "exchange", "yes"),
        ("SOC", "none", "no"), ("LAER", "none", "yes"), ("TOLK", "none", "yes"), ("POL", "none", "no"),
        ("FRIV", "none", "ask"), ("NETV", "none", "ask"), ("NETV", "consent", "ask"),
        ("FRIV", "exchange", "no"), ("NETV", "exchange", "no"),
    ],
)  # fmt: skip
def test_who_may_be_in_the_room(profession: str, ground: str, verdict: str) -> None:
    named = named_in([consent(("social_worker", "school"))], TODAY)
    found = entry(BOOK[profession], ground, named if ground == "consent" else ())  # pyright: ignore[reportArgumentType]
    assert found.verdict == verdict
    assert danish().network.has(f"lawful.why.{found.why}")


@pytest.mark.parametrize("profession", sorted(BOOK))
def test_where_no_child_is_named_everybody_may_come(profession: str) -> None:
    assert entry(BOOK[profession], "none", (), nameless=True).verdict == "yes"


def test_nothing_is_read_ahead_of_a_meeting_without_consent() -> None:
    assert [material_ahead(one) for one in ("consent", "exchange", "none")] == [True, False, True]


def test_the_draw_is_the_same_for_everybody_and_differs_between_meetings() -> None:
    bank = [f"q{number}" for number in range(8)]
    drawn = [joint.draw(meeting(meeting_id=f"m{number}"), bank, "checkin") for number in range(40)]
    assert drawn == [joint.draw(meeting(meeting_id=f"m{number}"), bank, "checkin") for number in range(40)]
    assert set(drawn) == set(bank)


def test_the_host_is_who_has_waited_longest() -> None:
    roles = ("LED", "LAER", "SUND")
    held: list[Meeting] = []
    hosts: list[str] = []
    for number in range(5):
        hosts.append(joint.next_host(held, roles))
        now = meeting(meeting_id=f"m{number}", day=date(2026, 12, 1 + number))
        seat = next(seat.id for seat in now.seats if seat.role == hosts[-1])
        held.append(done(joint.choose(now, Joint("fravaer", seat))))
    assert hosts == ["LED", "LAER", "SUND", "LED", "LAER"]
    assert isinstance(joint.choose(meeting(), Joint("", "s9")), Problem)


def test_the_letter_is_plain_holds_no_name_and_leaves_nothing_open() -> None:
    words = danish().network
    made = letter_of(
        words, meeting(), words("purpose.plan"), "Skolens leder", (Guest("Sundhedsplejerske", "Hjælper."),)
    )
    text = as_text(made)
    assert "tirsdag den 1. december 2026" in text and "14.00" in text and "K7RT-Måge" in text
    assert "{" not in text and made.name == "indkaldelse-K7RT-Måge"
    assert lix("\n".join(line.split(": ", 1)[-1] for line in text.splitlines() if "___" not in line)) <= EASY
    for secret in ("p-led", "c1", "birk"):
        assert secret not in text
