"""Who comes to a meeting: both sides counted, who needs a yes, and a press that carries it all without a name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dialogs.acts import Go
from dialogs.acts import decode as act_of
from dialogs.acts import encode as code_of
from dialogs.guides.crew import MAX_FAMILY, Crew, decode, encode, weigh
from tests.core.form_kit import danish

PROFESSIONS = danish().directory.professions
ORDER = tuple(PROFESSIONS)


def crew(*picked: str, family: int = 2) -> Crew:
    return Crew(picked, frozenset(picked), family)


def test_more_than_three_professionals_to_one_from_the_family_is_too_many() -> None:
    three = weigh(crew("LED", "SUND", family=1), PROFESSIONS)
    four = weigh(crew("LED", "SUND", "SOC", family=1), PROFESSIONS)
    assert (three.professionals, three.too_many) == (3, False)  # with the one who asks
    assert (four.professionals, four.too_many) == (4, True)


def test_interpreter_network_and_volunteers_are_not_on_the_professionals_side() -> None:
    assert weigh(crew("LED", "TOLK", "NETV", "FRIV"), PROFESSIONS).professionals == 2


def test_who_needs_a_yes_and_who_needs_the_jurist_is_said() -> None:
    found = weigh(crew("SUND", "LAEGE", "FYS", "PPR"), PROFESSIONS)
    assert found.needs_yes == ("LAEGE",)
    assert set(found.ask_jurist) == {"FYS", "PPR"}


@given(st.sets(st.sampled_from(ORDER)), st.data(), st.integers(1, MAX_FAMILY))
def test_a_crew_comes_back_from_its_button(offered: set[str], data: st.DataObject, family: int) -> None:
    picked = data.draw(st.sets(st.sampled_from(sorted(offered)))) if offered else set[str]()
    one = Crew(tuple(name for name in ORDER if name in offered), frozenset(picked), family)
    act = act_of(code_of(Go("crew", encode(one, ORDER))))
    assert isinstance(act, Go) and decode(act.arg, ORDER) == one


@given(st.text("0123456789abcz-", max_size=24))
def test_any_other_word_is_no_crew_or_a_sound_one(word: str) -> None:
    found = decode(word, ORDER)
    assert found is None or (found.picked <= set(found.offered) and 1 <= found.family <= MAX_FAMILY)
