"""Every state that a notice may hang on is known to the rule that asks, at the moment of sending, whether it holds."""

from __future__ import annotations

from typing import get_args

from bot.app.meetings.wishes import AGREED, MEETING_STATES
from bot.app.notices.wanted import CASE_STATES, DRAFT_STATES, FILED
from dialogs.notices import Still


def test_every_code_that_a_wish_may_carry_is_judged() -> None:
    judged = {"question_open", AGREED, *FILED, *CASE_STATES, *DRAFT_STATES, *MEETING_STATES}
    assert judged == set(get_args(Still))
