"""A person's own coming reminders: with a reason and an act, and settled only where nobody else relies on them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.app.notices import comingup
from bot.app.notices.comingup import Coming
from bot.ports import UnitOfWork
from dialogs.meetings.moves import Cancel, Reply
from dialogs.notices import Wish
from dialogs.types import Problem
from tests.app.kit import Chat
from tests.app.test_meetings import LEADER, PSYCHOLOGIST, SOCIAL
from tests.app.test_weekly import Week


class Own(Week):
    """The same school, as one person sees what is to come."""

    def coming(self, who: str = PSYCHOLOGIST) -> tuple[Coming, ...]:
        now, world = self.house.clock.now(), self.house.app.world
        return self.house.acting(who, lambda uow: comingup.listing(world, uow, uow.people.get(who), now))

    def settles(self, row_id: int, *, off: bool, who: str = PSYCHOLOGIST) -> list[str]:
        now, world = self.house.clock.now(), self.house.app.world

        def deed(uow: UnitOfWork) -> tuple[Problem, ...]:
            me = uow.people.get(who)
            assert me is not None
            return comingup.turn_off(uow, me, row_id, now) if off else comingup.put_off(world, uow, me, row_id, now)

        return [one.code for one in self.house.acting(who, deed)]

    def wish(self, template: str, at: datetime, **other: object) -> None:
        wish = Wish(f"{template}:{at}", PSYCHOLOGIST, template, at, {"code": "K7RT-Måge"}, **other)  # type: ignore[arg-type]
        self.house.run(lambda uow: uow.outbox.add(wish))


@pytest.fixture
def own() -> Own:
    return Own()


def test_each_says_when_why_about_what_and_one_act(own: Own) -> None:
    found = own.coming()
    assert [one.when for one in found] == sorted(one.when for one in found)
    assert len(found) == 4  # two meetings, the day and the hour before
    for one in found:
        assert "Du får den, fordi" in one.text
        assert one.path.startswith("/moede/")
        assert one.act
    assert own.coming("laerke-laerer") == ()


def test_what_has_stopped_itself_is_not_listed(own: Own) -> None:
    first, second = own.meetings()
    assert own.act(LEADER, first, Cancel("Vi er for få.")) == ""
    assert len(own.coming()) == 2
    assert own.act(PSYCHOLOGIST, second, Reply(own.seat(second, PSYCHOLOGIST).id, "no", "Jeg er på kursus.")) == ""
    assert own.coming() == ()
    assert len(own.coming(SOCIAL)) == 2


def test_one_is_put_off_to_the_next_working_day_and_never_past_its_use(own: Own) -> None:
    at = own.house.clock.now() + timedelta(days=2)
    own.wish("draft_waiting", at, delivery="nudge", draft_id="d")
    (draft,) = (one for one in own.coming() if "kladde" in one.text)
    assert own.settles(draft.id, off=False) == []
    (later,) = (one for one in own.coming() if "kladde" in one.text)
    assert later.when == own.house.app.world.workdays.plus_days(at, 1)
    hour = own.coming()[1]
    assert not hour.put_off
    assert own.settles(hour.id, off=False) == ["reminder_no_later"]


def test_what_others_rely_on_is_not_turned_off(own: Own) -> None:
    own.wish("followup_due", own.house.clock.now() + timedelta(days=2), delivery="reminder", case_id="c")
    (follow_up,) = (one for one in own.coming() if not one.turn_off)
    assert own.settles(follow_up.id, off=True) == ["reminder_stays"]
    mine = own.coming()[0]
    assert own.settles(mine.id, off=True) == []
    assert mine.id not in [one.id for one in own.coming()]
    assert own.settles(mine.id, off=True) == ["reminder_gone"]


def test_nobody_settles_anothers(own: Own) -> None:
    theirs = own.coming(SOCIAL)[0]
    for off in (False, True):
        assert own.settles(theirs.id, off=off) == ["reminder_gone"]
    assert theirs in own.coming(SOCIAL)


def test_the_chat_lists_them_in_any_channel() -> None:
    own = Own()
    for channel, ceiling in (("web", 2), ("telegram", 1)):
        said = Chat(own.house, PSYCHOLOGIST, channel, ceiling).commands("paamindelser")
        assert "Dine påmindelser" in said
        assert "Husk mødet" in said
