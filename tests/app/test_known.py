"""The sharing guide asked from a case: what is written down there is told, changed at will, and asked no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.app.cases.filing import Room, enter
from bot.app.papers import consenting, exchanging
from dialogs.papers import consents, exchanges
from dialogs.papers.consents import Receiver, Scope, Withdraw, Word
from dialogs.papers.exchanges import Grounds, Hold, Plan
from tests.app.kit import WRITER, YELLOW, Chat, House

LEAD = "Det ved jeg fra sagen:"
TEAM: tuple[Receiver, ...] = ("psychologist", "social_worker", "health_visitor", "daycare")
SHARES = ("Ingen af delene", "Ja eller måske, og de skal bruge det", "Kommunens folk om børn")
MEETING = "Ja, og jeg ved ikke af nogen sag"


class Asker:
    """A teacher whose worry was sent without any word of consent, and what is filed on it."""

    def __init__(self, *urgent: str, **answers: Any) -> None:
        self.house = House()
        self.chat = Chat(self.house)
        if urgent:
            self.chat.commands("ny")
        else:
            self.chat.stands_at("q19_farve", {**YELLOW, "q14_samtykke": ("nej",), "q19_farve": (), **answers})
        for pick in urgent or ("enig",):
            self.chat.fills(pick)
        if urgent:
            self.chat.presses("Se den, og send nu")
        self.chat.presses("Send")
        self.case = self.house.cases()[0]

    def in_room(self, work: Callable[[Room], Any], who: str = WRITER) -> Any:
        house, now, person = self.house, self.house.clock.now(), self.house.person(who)

        def inside(uow: Any) -> Any:
            room = enter(house.app.world, uow, person, self.case.id, now)
            assert room is not None
            return work(room)

        return house.acting(who, inside)

    def consent(self, *to: Receiver, said: Any = "yes") -> str:
        """File a consent to these, and its answer."""
        house = self.house
        today = house.app.world.handbook.today(house.clock.now())
        scope = Scope(to, ("wellbeing",), "Mødet om frikvarteret", today + timedelta(days=60))
        asked = consenting.Asking(scope, "u15", "one")
        assert self.in_room(lambda room: consenting.ask(room, asked)) == ()
        new = self.in_room(lambda room: consenting.of_case(room.uow, room.case_id))
        waiting = next(one for one in new if one.state == "asked")
        word = Word("holder_1", said, "written", today, WRITER)
        assert self.in_room(lambda room: consenting.act(room, waiting.id, consents.Record(word))) == ()
        house.wait(days=1)
        return waiting.id

    def withdraw(self, consent_id: str) -> None:
        today = self.house.app.world.handbook.today(self.house.clock.now())
        assert self.in_room(lambda room: consenting.act(room, consent_id, Withdraw("holder_1", today, WRITER))) == ()

    def meeting(self, special: str = "") -> None:
        """A meeting without consent, planned and held."""
        member, leader = "laerke-psykolog", "laerke-leder"
        today = self.house.app.world.handbook.today(self.house.clock.now())
        grounds = Grounds("Det haster.", "Alle kender barnet.", "Mor svarer ikke.", special)
        wanted = Plan(grounds, ("teacher", "psychologist"), today)
        assert self.in_room(lambda room: exchanging.plan(room, wanted, case_runs=False), member) == ()
        rows = self.in_room(lambda room: room.uow.filings.of_case(room.case_id, "exchange"), member)
        new = next(row for row in rows if row.state != "held")
        if new.state == "proposed":
            assert self.in_room(lambda room: exchanging.act(room, new.id, exchanges.Confirm()), leader) == ()
        held = Hold(("wellbeing",), "Vi spørger mor.", "Lederen ringer.")
        assert self.in_room(lambda room: exchanging.act(room, new.id, held), member) == ()

    def asks(self) -> Chat:
        """Open the case in the chat, and ask from there."""
        self.chat.commands("sager")
        self.chat.presses(self.case.code)
        self.chat.presses("Må jeg dele det?")
        return self.chat

    def walk(self, *presses: str) -> str:
        for press in presses:
            self.chat.presses(press)
        return self.chat.text


def choices(chat: Chat) -> list[str]:
    """What may be answered, in its order."""
    entry = chat.reply.cards[-1].entry
    return [one.label for one in entry.choices] if entry is not None else []


@pytest.fixture
def asker() -> Asker:
    return Asker()


def test_from_a_case_the_guide_says_which_and_does_not_ask_the_age(asker: Asker) -> None:
    chat = asker.asks()
    assert f"Vi taler om {asker.case.code}." in chat.text
    assert f"{LEAD} Barnet er under 18." in chat.text
    assert chat.asked == "Hvad passer bedst lige nu?"
    assert "Den unge er fyldt 18" not in choices(chat)


def test_without_a_case_nothing_is_known(asker: Asker) -> None:
    asker.chat.commands("dele")
    assert LEAD not in asker.chat.text
    assert asker.chat.asked == "Hvad passer bedst lige nu?"
    assert "Den unge er fyldt 18" in choices(asker.chat)


def test_no_consent_filed_is_known_and_not_asked(asker: Asker) -> None:
    asker.asks()
    said = asker.walk(*SHARES)
    assert f"{LEAD} Der er ikke skrevet et samtykke ind, som gælder dem." in said
    assert asker.chat.asked == "Er noget af det privat eller fortroligt?"
    assert "Spørg først, eller tal uden navn" in asker.walk(MEETING)


def test_a_consent_to_all_of_them_is_known_with_its_last_day(asker: Asker) -> None:
    asker.consent(*TEAM)
    asker.asks()
    said = asker.walk(*SHARES)
    assert "Ja, som samtykket siger" in said
    assert f"{LEAD} Der er samtykke til psykologen fra PPR, socialrådgiveren i teamet" in said
    assert "Det gælder til" in said


def test_a_consent_to_some_of_them_leaves_only_who_to_be_asked(asker: Asker) -> None:
    asker.consent("psychologist")
    asker.asks()
    said = asker.walk(*SHARES)
    assert asker.chat.asked == "Er det kun dem, der skal have det?"
    assert f"{LEAD} Der er samtykke til psykologen fra PPR." in said
    assert "Har I et samtykke, der gælder?" not in said
    assert "Ja, som samtykket siger" in asker.walk("Ja, kun dem")


def test_a_consent_taken_back_counts_at_once_in_the_middle_of_the_guide(asker: Asker) -> None:
    filed = asker.consent("psychologist")
    asker.asks()
    asker.walk(*SHARES, "Ja, kun dem")
    asker.withdraw(filed)
    said = asker.chat.opens()
    assert "Ja, som samtykket siger" not in said
    assert asker.chat.asked == "Skal de også have det?"
    assert f"{LEAD} Der er sagt nej til at dele med psykologen fra PPR." in said


def test_a_full_consent_taken_back_changes_an_answer_that_stands(asker: Asker) -> None:
    filed = asker.consent(*TEAM)
    asker.asks()
    assert "Ja, som samtykket siger" in asker.walk(*SHARES)
    asker.withdraw(filed)
    assert "Ja, som samtykket siger" not in asker.chat.opens()


def test_the_register_answers_whether_a_meeting_was_held(asker: Asker) -> None:
    asker.consent(*TEAM, said="no")
    asker.asks()
    said = asker.walk(*SHARES, MEETING)
    assert f"{LEAD} Der er ikke skrevet et møde uden samtykke ind." in said
    assert "Ja, på ét møde uden samtykke" in asker.walk("Ja, det er det første")


def test_a_meeting_that_nobody_wrote_down_can_still_be_told_of(asker: Asker) -> None:
    asker.consent(*TEAM, said="no")
    asker.asks()
    asker.walk(*SHARES, MEETING)
    assert "Nej, muligheden er brugt" in asker.walk("Ja, nummer to")


def test_after_one_meeting_only_the_special_reason_is_asked(asker: Asker) -> None:
    asker.consent(*TEAM, said="no")
    asker.meeting()
    asker.asks()
    said = asker.walk(*SHARES, MEETING)
    assert asker.chat.asked == "Skal det ske på et møde, og er der noget særligt nu?"
    assert f"{LEAD} Der er holdt ét møde uden samtykke." in said
    assert choices(asker.chat) == [
        "Ja, og der er noget særligt", "Ja, men der er intet særligt", "Nej, på en anden måde"
    ]  # fmt: skip
    assert "Nej, muligheden er brugt" in asker.walk("Ja, men der er intet særligt")


def test_after_two_meetings_the_way_is_closed(asker: Asker) -> None:
    asker.consent(*TEAM, said="no")
    asker.meeting()
    asker.meeting("Psykologen var syg.")
    asker.asks()
    said = asker.walk(*SHARES, MEETING)
    assert f"{LEAD} Der er holdt to møder uden samtykke." in said
    assert choices(asker.chat) == ["Ja, på et møde", "Nej, på en anden måde"]
    assert "Nej, muligheden er brugt" in asker.walk("Ja, på et møde")


def test_what_was_filled_in_can_be_changed_and_stays_changed(asker: Asker) -> None:
    asker.asks()
    asker.walk(*SHARES, MEETING)
    asker.chat.presses("Ret et svar")
    asker.chat.presses("Samtykke")
    assert "Ja, som samtykket siger" in asker.walk("Ja, og det gælder det her")
    assert "Ja, som samtykket siger" in asker.chat.opens()
    assert "Der er ikke skrevet et samtykke ind" not in asker.chat.text


def test_another_receiver_is_looked_up_anew(asker: Asker) -> None:
    asker.consent(*TEAM)
    asker.asks()
    asker.walk(*SHARES)
    asker.chat.presses("Ret et svar")
    asker.chat.presses("Hvem")
    said = asker.walk("Andre")
    assert "Ja, som samtykket siger" not in said
    assert f"{LEAD} Der er ikke skrevet et samtykke ind, som gælder dem." in said


def test_a_yes_only_told_of_is_no_filed_consent(asker: Asker) -> None:
    told = Asker(q14_samtykke=YELLOW["q14_samtykke"])
    told.asks()
    said = told.walk(*SHARES)
    assert told.chat.asked == "Gælder deres ja netop det her og de her folk?"
    assert f"{LEAD} Far eller mor har sagt ja." in said


def test_a_case_named_by_its_code_in_a_question_is_the_case(asker: Asker) -> None:
    asker.chat.commands("stop")
    asker.chat.says(f"må jeg dele {asker.case.code.lower()} med ppr")
    assert f"Vi taler om {asker.case.code}." in asker.chat.text


def test_somebody_elses_case_is_no_case_and_says_nothing(asker: Asker) -> None:
    stranger = Chat(asker.house, "fjord-laerer")
    stranger.says(f"må jeg dele {asker.case.code} med ppr")
    assert "Vi taler om" not in stranger.text
    assert LEAD not in stranger.text


def test_on_a_phone_app_nothing_filed_is_read(asker: Asker) -> None:
    asker.consent(*TEAM)
    phone = Chat(asker.house, channel="telegram", ceiling=1)
    phone.commands("sager")
    phone.presses(asker.case.code)
    phone.presses("Må jeg dele det?")
    assert "Her må jeg ikke læse, hvad der står på sagen." in phone.text
    assert "Den unge er fyldt 18" in choices(phone)


def test_a_case_with_violence_in_it_leads_to_the_report_whatever_is_filed() -> None:
    urgent = Asker("ja", "violence", "home")
    urgent.asks()
    assert f"{LEAD} Der er mistanke om vold, overgreb eller tvang." in urgent.chat.text
    assert "Underret med det samme" in urgent.walk("Nej, eller der er nyt")
