"""`/hvem`: typed words, topics or one's own worry give at most three first; nothing typed is kept, and back is easy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.cases.acts import Ask
from dialogs.local import Contact, Local
from dialogs.replies import Card
from tests.app.kit import YELLOW, Chat, House

WITHOUT = "Uden samtykke"


def first_of(chat: Chat) -> list[str]:
    return [row.label for card in chat.reply.cards if card.kind == "list" for row in card.rows]


def asked(text: str, **channel: object) -> Chat:
    chat = Chat(House(), **channel)  # type: ignore[arg-type]  # a channel and its ceiling
    chat.commands("hvem")
    chat.says(text)
    return chat


@pytest.mark.parametrize("channel", ["web", "telegram"])
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("fysserne", "Fysioterapeut"),
        ("aktlærer", "AKT-vejleder"),
        ("hvem snakker man med om tænder?", "Tandplejen"),
        ("hun stammer og er bange for at gå i skole", "Tale-hørelærer"),
        ("statsforvaltningen", "Familieretshuset"),
    ],
)
def test_slang_old_names_and_several_topics_find_the_right_ones(text: str, wanted: str, channel: str) -> None:
    chat = asked(text, channel=channel)
    assert wanted in first_of(chat)
    assert 1 <= len(first_of(chat)) <= 3


def test_each_has_a_why_a_question_and_whether_they_may_come_without_consent() -> None:
    chat = asked("han sover dårligt")
    rows = [row for card in chat.reply.cards for row in card.rows]
    assert all("Spørg: «" in row.text and WITHOUT in row.text for row in rows)
    assert "Familien skal altid med" in chat.text and "underrette" in chat.text


def test_what_is_typed_is_kept_nowhere() -> None:
    chat = asked("min elev med den grønne jakke sover dårligt")
    assert first_of(chat)
    assert "grønne jakke" not in chat.house.everything()


def test_what_it_does_not_understand_it_says_and_asks_one_question() -> None:
    chat = asked("xyzzy plugh")
    assert "Det ved jeg ikke nok om endnu." in chat.text and chat.text.count("?") == 1
    assert "Læring" in [press.label for press in chat.presses_shown]


def test_a_denied_topic_brings_nobody() -> None:
    assert "AKT-vejleder" not in asked("det er ikke mobning, men han sover dårligt").text


def test_danger_comes_first() -> None:
    chat = asked("han siger at han vil dø og sover dårligt")
    assert any(card.kind == "acute" for card in chat.reply.cards) and not first_of(chat)


def test_a_name_is_refused_and_the_person_stays() -> None:
    chat = asked("Karla Vestergaard Holm stammer")
    assert chat.reply.refused
    chat.says("hun stammer")
    assert first_of(chat)[0] == "Tale-hørelærer"


def test_topics_are_two_presses_away() -> None:
    chat = Chat(House())
    chat.commands("hvem")
    chat.presses("Venner")
    chat.presses("Mobning")
    assert "AKT-vejleder" in first_of(chat)


def test_from_a_worry_and_back_with_nothing_lost() -> None:
    house = House()
    chat = Chat(house)
    before = chat.stands_at("q10_styrker", YELLOW)
    question = chat.asked
    chat.commands("hvem")
    chat.presses("Se på min bekymring")
    assert first_of(chat)[:2] == ["Leder", "Socialrådgiver"]  # the writer has made it red
    chat.presses("Socialrådgiver")
    chat.says("hvad laver en talepædagog")
    chat.presses(f"Tilbage til {before.code}")
    assert chat.asked == question
    assert chat.draft() == before


def test_a_question_in_a_closed_worry_stays_closed_until_it_is_back() -> None:
    chat = Chat(House())
    chat.stands_at("q05_set", {"q04_sikkerhed": "ja", "q04_hvad": "violence", "q04_hvem": "home", "q01_barn": "Uglen"})
    chat.commands("hvem")
    chat.says("han sover dårligt")
    assert WITHOUT not in chat.text and "Spørg forældrene" not in chat.text and "Sæt et møde" not in chat.text
    chat.presses("Sundhedsplejerske")
    assert "Spørg forældrene" not in chat.text
    chat.says("tilbage")
    assert chat.asked


def test_from_a_case() -> None:
    house = House()
    chat = Chat(house)
    chat.stands_at("q19_farve", YELLOW)
    chat.fills("enig")
    chat.presses("Send")
    (case,) = house.cases()
    chat.commands("sager")
    chat.presses("Åbn") if any(press.label == "Åbn" for press in chat.presses_shown) else chat.presses(case.code)
    chat.presses("Hvem kan hjælpe?")
    assert first_of(chat)[:2] == ["Leder", "Socialrådgiver"]


def test_another_persons_case_is_not_there() -> None:
    house = House()
    chat = Chat(house)
    chat.stands_at("q19_farve", YELLOW)
    chat.fills("enig")
    chat.presses("Send")
    (case,) = house.cases()
    stranger = Chat(house, "fjord-laerer" if house.run(lambda uow: uow.people.get("fjord-laerer")) else "laerke-leder")
    stranger.commands("start")
    act = next(press for press in stranger.presses_shown if press.label == "Hvem kan hjælpe?")
    stranger.presses_old(replace(act, act=f"go:who:{case.id}"))
    assert not first_of(stranger)


def test_the_meeting_warns_when_the_family_is_outnumbered() -> None:
    chat = asked("han bliver mobbet og har meget fravær og sover dårligt")
    chat.presses("Sæt et møde sammen")
    assert "mere end tre fagfolk" not in chat.text
    chat.presses("Én færre fra familien")
    assert "mere end tre fagfolk" in chat.text
    chat.presses("Én mere fra familien")
    assert "mere end tre fagfolk" not in chat.text


def test_the_ladder_is_shown_and_danger_climbs_nothing() -> None:
    chat = asked("han sover dårligt")
    assert "TRIO" in chat.text
    chat.presses("Hvilket forum?")
    assert "1. TRIO" in chat.text and "2. Tværfagligt skoleteam" in chat.text and "vent ikke" in chat.text


def test_a_question_to_the_team_is_not_taken_for_one_to_the_bot_unasked() -> None:
    house = House()
    chat = Chat(house)
    chat.stands_at("q19_farve", YELLOW)
    chat.fills("enig")
    chat.presses("Send")
    (case,) = house.cases()
    house.team_opens("laerke-leder", case.id)
    house.team_does("laerke-leder", case.id, Ask("Hvem er han sammen med?"))
    chat.presses("Se sagen")
    chat.presses("Svar teamet")
    chat.says("hvem hjælper med søvn?")
    assert "Skal teamet have det, eller spørger du mig?" in chat.text
    chat.presses("Det er et spørgsmål")
    assert "Sundhedsplejerske" in first_of(chat)
    chat.presses("Tilbage til sagen")
    assert "Hvem er han sammen med?" in chat.text
    chat.says("hvem hjælper med søvn?")
    chat.presses("Send det til teamet")
    assert "Dit svar ligger hos teamet" in chat.text


def with_contact(checked: date) -> Chat:
    house = House()
    contact = Contact("SUND", "Sundhedsplejen Nord", "00 00 00 10", "hverdage 8–9", "åben rådgivning", checked)
    world = house.app.world
    content = replace(world.content, local=Local(contacts=(contact,)))
    house.app.world = replace(world, content=content)
    chat = Chat(house)
    chat.commands("hvem")
    chat.says("han sover dårligt")
    return chat


def test_the_local_name_phone_hours_and_deputy_are_shown_and_old_ones_are_flagged() -> None:
    today = Chat(House()).house.clock.now().date()
    fresh, old = with_contact(today - timedelta(days=90)), with_contact(today - timedelta(days=91))
    for chat in (fresh, old):
        assert "Sundhedsplejen Nord, 00 00 00 10, hverdage 8–9" in chat.text and "åben rådgivning" in chat.text
    assert "længe siden" not in fresh.text and "længe siden" in old.text


def test_in_strict_telegram_topics_are_pressed_and_nothing_is_typed() -> None:
    chat = Chat(House(), channel="telegram", ceiling=1)
    chat.commands("hvem")
    chat.presses("Krop")
    chat.presses("Tænder")
    assert "Tandplejen" in first_of(chat)
    chat.commands("hvem")
    chat.says("pigen sover dårligt om natten")
    assert chat.reply.refused


def test_every_card_of_a_profession_says_what_it_can_and_cannot() -> None:
    chat = Chat(House())
    chat.commands("hvem")
    chat.presses("Hvad laver de?")
    for press in [one for one in chat.presses_shown if one.act.startswith("go:prof:")]:
        chat.presses_old(press)
        card: Card = chat.reply.cards[-1]
        assert card.title == press.label
        assert {"Hjælper med", "Kan ikke", "Spørg fx", "Sådan får du fat i dem", "Pligt"} <= {
            r.label for r in card.rows
        }
