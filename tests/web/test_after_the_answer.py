"""What a writer meets after her answer to the team, and whom a red case sends its reader to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.app.drafts.sending import Worry
from bot.bootstrap import House
from dialogs.cases.acts import Ask, Reply
from tests.core.case_kit import MONDAY, Office, colour
from tests.web.demo_house import LEADER, SOCIAL, STOPPED, TEACHER, Guest, demo_house
from tests.web.teamfakes import MINE
from tests.web.visitor import Visitor

ANSWER = "Han kom ikke i dag heller."


async def at_home(person: str, house: House | None = None) -> Guest:
    guest = Guest(house=house or demo_house())
    await guest.become(person)
    return guest


async def test_she_is_thanked_and_the_promise_counts_from_her_answer() -> None:
    teacher = await at_home(TEACHER)
    await teacher.get(f"/sag/{STOPPED}")
    page = await teacher.post(f"/sag/{STOPPED}", act="reply", text=ANSWER)
    assert "Tak for dit svar. Det er gemt hos teamet, og de kan se det nu." in page.words
    assert "Dit svar er gemt" in page.words
    assert "Det skulle være sket" not in page.words


def test_an_answer_begins_the_day_of_the_promise_anew() -> None:
    office, late = Office(), MONDAY + timedelta(days=3)
    case_id = office.sent(Worry("B3", colour("red")))
    office.page("laerke-leder", case_id)
    office.done("laerke-leder", case_id, Ask("Hvem henter?"))
    office.done(TEACHER, case_id, Reply("Ingen."), late)
    now = office.mine(TEACHER, case_id, late)
    assert now is not None and (now.status.title, now.status.late) == ("Tak for dit svar", False)
    after = office.mine(TEACHER, case_id, late + timedelta(days=1))
    assert after is not None and after.status.late and "Det skulle være sket" in after.status.next


async def test_a_broken_promise_brings_the_way_to_ask() -> None:
    teacher = Visitor()
    await teacher.become(TEACHER)
    assert "Spørg, hvad der blev af det" not in (await teacher.get("/sag/sag1")).words
    teacher.team.mine = replace(MINE, status=replace(MINE.status, late=True))
    page = await teacher.get("/sag/sag1")
    (way,) = [link for link in page.links if "spoerg" in link]
    assert "Hvad blev der af det?" in (await teacher.get(way)).words


async def test_who_may_not_know_the_writer_is_sent_to_the_leader() -> None:
    house = demo_house()
    hidden = await (await at_home(SOCIAL, house)).get(f"/team/sag/{STOPPED}")
    assert "Bed lederen finde den, der skrev" in hidden.words and "Find læreren" not in hidden.words
    known = await (await at_home(LEADER, house)).get(f"/team/sag/{STOPPED}")
    assert "Bed lederen" not in known.words and "Find " in known.words
