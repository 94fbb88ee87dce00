"""What an authority may tell: every combination of ticks gives closed sentences that the law allows, or a refusal."""

from __future__ import annotations

from itertools import chain, combinations, product

from dialogs.cases.feedback import KINDS, LENGTHS, STARTED, Ticks, compose
from dialogs.types import Problem
from tests.core.form_kit import danish

TOLD = danish().case_words.told


def every_tick() -> list[Ticks]:
    started = list(chain.from_iterable(combinations(STARTED, size) for size in range(len(STARTED) + 1)))
    flags = (False, True)
    return [
        Ticks(received, some, special, matters, kind, length)
        for received, some, special, matters, kind, length in product(
            flags, started, flags, flags, (None, *KINDS), (None, *LENGTHS)
        )
    ]


def test_only_closed_sentences_are_told_and_type_and_length_only_where_they_may_be() -> None:
    for ticks in every_tick():
        told = compose(ticks)
        if isinstance(told, Problem):
            continue
        assert told
        assert all(code in TOLD for code in told)
        details = [code for code in told if code.startswith(("kind_", "length_"))]
        assert not details or (ticks.matters and "support" in ticks.started), ticks
        if "special" in told:
            assert set(told) <= {"received", "special"}, ticks
        if "started_nothing" in told:
            assert [code for code in told if code.startswith("started_")] == ["started_nothing"]


def test_each_refusal_has_its_own_reason() -> None:
    found = {told.code for ticks in every_tick() if isinstance(told := compose(ticks), Problem)}
    assert found == {"told_nothing", "told_clash", "told_special", "told_details"}


def test_ordinary_feedback_is_one_or_two_sentences() -> None:
    assert compose(Ticks(received=True)) == ("received",)
    assert compose(Ticks(received=True, started=("support",))) == ("received", "started_support")
    whole = Ticks(started=("support",), matters=True, kind="relief", length="middle")
    assert compose(whole) == ("started_support", "kind_relief", "length_middle")


def test_every_sentence_that_can_be_told_is_there_and_no_other() -> None:
    codes = {code for ticks in every_tick() if not isinstance(told := compose(ticks), Problem) for code in told}
    assert codes == set(TOLD)
