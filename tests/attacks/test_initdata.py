"""T34: only Telegram's own proof, whole, fresh and new, opens the Mini App."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.app.entry import initdata
from tests.attacks.initdata import KINDS, TOKEN, good, plain, signed, spoilt, written

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_a_fresh_proof_names_its_person() -> None:
    for user in (1, 1001, 2**52 - 1):
        opened = initdata.check(good(user, NOW, start_param="d-abc", signature="a_b-c"), TOKEN, NOW)
        assert opened is not None
        assert opened.user_id == user


@pytest.mark.parametrize(("seconds", "taken"), [(-31, False), (-30, True), (0, True), (300, True), (301, False)])
def test_a_proof_lives_five_minutes_and_may_be_half_a_minute_ahead(seconds: int, taken: bool) -> None:
    text = good(7, NOW - timedelta(seconds=seconds))
    assert (initdata.check(text, TOKEN, NOW) is not None) == taken


def test_each_proof_has_a_mark_of_its_own_that_tells_nothing() -> None:
    one, same, other = good(7, NOW), good(7, NOW), good(7, NOW - timedelta(seconds=1))
    marks = [opened.mark for text in (one, same, other) if (opened := initdata.check(text, TOKEN, NOW))]
    assert marks[0] == marks[1] != marks[2]
    assert marks[0] not in one


def test_nothing_spoilt_is_taken() -> None:
    wrong = [one for one in spoilt("suite", 300, NOW) if initdata.check(one.text, TOKEN, NOW) is not None]
    assert wrong == []
    assert {one.what for one in spoilt("suite", 300, NOW)} == set(KINDS)


def test_a_proof_of_9_years_ago_that_was_good_then_is_refused_now() -> None:
    old = NOW - timedelta(days=3_470)
    assert initdata.check(good(7, old), TOKEN, old) is not None
    assert initdata.check(good(7, old), TOKEN, NOW) is None


def test_a_name_in_another_alphabet_is_no_trouble() -> None:
    fields = {**plain(7, NOW), "user": '{"id":7,"first_name":"Øyvind 😀 & = %"}'}
    assert initdata.check(written(signed(fields)), TOKEN, NOW) is not None
