"""The team's page of a case names its forum and the next step; what can't wait stands on no ladder."""

from __future__ import annotations

from tests.app.kit import YELLOW, Chat, House


def sent(colour: str, note: str = "") -> tuple[House, str]:
    house = House()
    chat = Chat(house)
    chat.stands_at("q19_farve", {**YELLOW, "q19_farve": ()})
    chat.fills(colour, note=note)
    chat.presses("Send")
    return house, house.cases()[0].id


def test_a_calm_case_is_on_the_lowest_step_and_the_next_is_named() -> None:
    house, case_id = sent("enig")
    page = house.team_opens("laerke-leder", case_id)
    assert page.colour.now == "yellow"
    assert (page.forum.id, page.next_forum.id) == ("trio", "skoleteam")


def test_a_red_case_is_on_no_ladder() -> None:
    house, case_id = sent("hoejere", "Det er blevet værre")
    page = house.team_opens("laerke-leder", case_id)
    assert page.colour.now == "red"
    assert (page.forum, page.next_forum) == (None, None)
