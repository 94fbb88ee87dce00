"""The content of the directory is complete, plain, dated and reachable."""

from pathlib import Path

import pytest

from dialogs.danish.lix import EASY, lix
from dialogs.guides.directory import AREAS, Place, Profession, Topic
from dialogs.guides.lookup import find, load
from dialogs.reading.yamlio import read

CONTENT = Path(__file__).parents[2] / "dialogs/content/da"
DIRECTORY = load(CONTENT)

SEED = "SOC SSP PPR PSY LED SUND KUI LAER PAED TAND FYS ERGO FAMB"
ADDED = "AKT LMV LAES TALE FLER TOLK SFO KLUB DAG LET RUS LAEGE BLAEGE BUP POL BHUS HAND FAMRET FRIV VISO NETV"
YES_WITH_JURIST = {"PPR", "PSY", "TALE"}
UNCLEAR = {"FYS", "ERGO", "LET", "RUS", "SSP"}
OUTSIDE = {"KLUB", "KUI", "POL", "LAEGE", "BLAEGE", "BUP", "BHUS", "FRIV", "VISO", "TOLK", "NETV"}

cards = pytest.mark.parametrize("card", DIRECTORY.professions.values(), ids=lambda card: card.id)
topics = pytest.mark.parametrize("topic", DIRECTORY.topics.values(), ids=lambda topic: topic.id)


def test_every_profession_of_the_domain_is_there() -> None:
    assert set(DIRECTORY.professions) == set(f"{SEED} {ADDED}".split())


def test_every_topic_of_the_domain_is_there_in_order() -> None:
    """Save one of our own: a change of school is not the way from nursery to school, and others know about it."""
    own = ["i46b"]
    assert [one for one in DIRECTORY.topics if one not in own] == [f"i{number:02}" for number in range(1, 53)]
    assert "DAG" not in {one for place in DIRECTORY.topics["i46b"].first for one in place.ids}


def test_every_area_of_the_worry_form_points_somewhere() -> None:
    assert tuple(DIRECTORY.areas) == AREAS
    assert [name for name, area in DIRECTORY.areas.items() if not area.first] == ["andet"]


@cards
def test_a_card_is_short_plain_and_dated(card: Profession) -> None:
    texts = [card.helps_with, card.cannot, card.how_to_invite, card.exchange_text, *card.ask]
    texts += [card.note] if card.note else []
    assert [text for text in texts if lix(text) > EASY] == []
    assert 2 <= len(card.ask) <= 3
    assert all(question.endswith("?") for question in card.ask)
    assert card.checked == "2026-11-21"
    assert card.reviewed_by is None
    assert len(" ".join(texts)) <= 600


@cards
def test_an_answer_about_the_profession_itself_is_plain(card: Profession) -> None:
    named = [one for text in _names()[card.id] for one in find(DIRECTORY, f"hvad laver {text}").first]
    about = [one.why for one in named if one.id == card.id and not one.because]
    assert about, "no name of the profession leads to it"
    assert all(lix(why) <= EASY for why in about), about[0]


@cards
def test_exchange_without_consent_follows_the_decisions(card: Profession) -> None:
    wanted = "afklares" if card.id in UNCLEAR else "nej" if card.id in OUTSIDE else "ja"
    assert card.exchange == wanted
    assert card.jurist is (card.id in YES_WITH_JURIST)


def test_outdated_facts_are_said_so() -> None:
    assert "UPV" in (DIRECTORY.professions["KUI"].note or "")
    assert "Familieretshuset" in (DIRECTORY.professions["FAMRET"].note or "")
    assert "nationale test" in (DIRECTORY.professions["LAER"].note or "")


@topics
def test_every_reason_is_plain(topic: Topic) -> None:
    for place in (*topic.first, *topic.consider):
        for one in place.ids:
            definite = DIRECTORY.professions[one].definite
            sentence = f"Du nævner {topic.name}. {definite[0].upper()}{definite[1:]} {place.why}"
            assert lix(sentence) <= EASY, sentence
    assert all(lix(text) <= EASY for text in (topic.red_when, topic.note) if text)


@topics
def test_every_topic_names_helpers_once_and_belongs_to_an_area(topic: Topic) -> None:
    def named(places: tuple[Place, ...]) -> list[str]:
        return [place.ids[0] for place in places]

    everyone = named(topic.first) + named(topic.consider)
    assert 2 <= len(topic.first) <= 3
    assert len(everyone) == len(set(everyone))
    assert topic.areas


@topics
def test_a_topic_is_heard_by_its_own_name_and_gives_its_own_helpers(topic: Topic) -> None:
    phrases = _phrases()[topic.id]
    assert len(phrases) >= 5
    heard = [phrase for phrase in phrases if topic.id in find(DIRECTORY, phrase).topics]
    assert len(heard) >= 5


def test_the_floors_and_flows_are_those_of_the_domain() -> None:
    red = {topic.id for topic in DIRECTORY.topics.values() if topic.floor == "red"}
    flows = {topic.id: topic.flow for topic in DIRECTORY.topics.values() if topic.flow}
    closed = {topic.id for topic in DIRECTORY.topics.values() if topic.closed}
    assert red == {"i09", "i10", "i29", "i34", "i35"}
    assert flows == {"i09": "suicide", "i10": "suicide", "i33": "control", "i34": "violence", "i35": "sexual"}
    assert closed == {"i33", "i34", "i35"}


def test_nobody_who_would_talk_to_the_home_is_named_in_a_closed_topic() -> None:
    for topic in DIRECTORY.topics.values():
        if topic.closed:
            everyone = {one for place in (*topic.first, *topic.consider) for one in place.ids}
            assert everyone.isdisjoint({"FAMB", "FAMRET", "TOLK", "NETV", "FRIV", "PSY", "PPR"})


def test_no_phrase_stands_twice_in_one_topic() -> None:
    for topic, phrases in _phrases().items():
        assert len(phrases) == len(set(phrases)), topic


def test_the_ordinary_words_say_nothing_alone() -> None:
    data = read(CONTENT / "ordinary_words.yaml").data
    assert isinstance(data, dict)
    words = data["words"]
    assert isinstance(words, list)
    assert [word for word in words if not find(DIRECTORY, str(word)).unknown] == []


def _phrases() -> dict[str, list[str]]:
    data = read(CONTENT / "topics.yaml").data
    assert isinstance(data, dict)
    rows = data["topics"]
    assert isinstance(rows, list)
    return {str(row["id"]): [str(one) for one in row["phrases"]] for row in rows}  # type: ignore[index, call-overload, union-attr]


def _names() -> dict[str, list[str]]:
    data = read(CONTENT / "professions.yaml").data
    assert isinstance(data, dict)
    rows = data["professions"]
    assert isinstance(rows, list)
    return {str(row["id"]): [str(one).strip("=*") for one in row["named"]] for row in rows}  # type: ignore[index, call-overload, union-attr]
