"""The signs that keep the parents out of the form are just those whose flow closes the circle."""

from __future__ import annotations

import pytest

from dialogs.conditions import AnyOf, leaves
from dialogs.content import Content

CLOSED = {"violence", "sexual", "control"}


@pytest.mark.parametrize(("question", "subject"), [("q06_tegn", "child"), ("q06_omsorg", "parent")])
def test_the_parents_are_not_asked_about_when_a_ticked_sign_closes_the_circle(
    content: Content, question: str, subject: str
) -> None:
    signs = content.signs.by_id.values()
    closing = {s.id for s in signs if s.locked and s.flow in CLOSED and s.subject == subject}
    form = content.form("worry")
    meeting = next(o for o in form.question("q18_hjaelp").options if o.id == "moede")
    for condition in (form.question("q13_foraeldre").show_if, form.question("q14_samtykke").show_if, meeting.show_if):
        named = [set(leaf.values) for leaf in leaves(condition) if isinstance(leaf, AnyOf) and leaf.id == question]
        assert named == [closing]
