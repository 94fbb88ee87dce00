"""One press chooses how to be reminded, in the chat and on the page; the day's one message tells of what is left."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.app.notices import choosing
from bot.app.notices.gathering import Gatherer
from bot.delivery.budget import Budget
from bot.delivery.policy import Policy
from bot.worker import Outfit, Worker
from dialogs.gathering import TEMPLATE
from dialogs.meetings.moves import Cancel
from dialogs.notice_texts import NoticeText
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Person, Reminding
from tests.app.kit import Chat
from tests.app.test_meetings import LEADER, PSYCHOLOGIST, SOCIAL, TEACHER
from tests.app.test_weekly import Week
from tests.core.case_kit import WORKDAYS, Ids
from tests.told import notices_of

WHO = TEACHER


class Morning(Week):
    """A school whose worker sends on Telegram to one person, who chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[str, str]] = []
        self.bind(WHO)
        self.worker = Worker(
            Outfit(
                store=self.house.app.store,
                messengers={"telegram": self},
                texts=self.house.content.notices,
                rules=Policy(WORKDAYS, frozenset({"telegram"})),
                pace=Budget(),
                clock=self.house.clock,
                ids=Ids(),
                base_url="https://trivsel.example",
                gatherer=Gatherer(WORKDAYS),
            )
        )

    async def send(self, row: OutboxRow, to: Person, notice: NoticeText, link: str | None) -> str:
        self.got.append((row.wish.template, f"{notice.text} {link}"))
        return str(row.id)

    async def close(self) -> None:
        """Nothing is open."""

    def bind(self, who: str, chat: int = 4711) -> None:
        self.house.change(replace(self.house.person(who), telegram_chat=chat, telegram_on=True, email="p@x.example"))

    def picks(self, code: str, who: str = WHO) -> Reminding | None:
        person, now, world = self.house.person(who), self.house.clock.now(), self.house.app.world
        found = self.house.acting(who, lambda uow: choosing.pick(world, uow, person, code, now))
        return None if found is None else found.reminding

    def remind(self, *names: str, due: datetime, template: str = "draft_waiting") -> None:
        for name in names:
            wish = Wish(name, WHO, template, due, {"code": "K7RT-Måge", "days": 3}, draft_id=name)
            self.house.run(lambda uow, wish=wish: uow.outbox.add(wish))

    def sends(self, at: datetime) -> list[str]:
        """What is sent at this time; a chat takes one a second."""
        self.got.clear()
        self.house.clock.at = at
        for _ in range(6):
            asyncio.run(self.worker.drain())
            self.house.wait(seconds=1)
        return [template for template, _ in self.got]


@pytest.fixture
def morning() -> Morning:
    return Morning()


def eight_tomorrow(morning: Morning) -> datetime:
    (one,) = morning.house.wishes(TEMPLATE)
    return one.due_at


def test_each_choice_is_one_press_and_holds(morning: Morning) -> None:
    assert morning.picks("daily") == Reminding("daily", 8)
    assert morning.picks("h10") == Reminding("daily", 10)
    assert morning.picks("email") == Reminding("daily", 10, "email")
    assert morning.picks("important") == Reminding("important", 10, "email")
    assert morning.picks("at_once") == Reminding("at_once", 10, "email")
    for wrong in ("", "h3", "h", "weekly", "sms"):
        assert morning.picks(wrong) is None
    assert morning.house.person(WHO).reminding == Reminding("at_once", 10, "email")


def test_the_chat_offers_the_choices_and_marks_what_holds(morning: Morning) -> None:
    for channel, ceiling in (("web", 2), ("telegram", 1)):
        chat = Chat(morning.house, WHO, channel, ceiling)
        chat.commands("paamindelser")
        assert "Kl. 9" not in [press.label for press in chat.presses_shown]
        said = chat.presses("Samlet én gang om dagen")
        assert "Det er gemt." in said
        assert "kl. 8" in said
        said = chat.presses("Kl. 9")
        assert "kl. 9" in said
        assert morning.house.person(WHO).reminding == Reminding("daily", 9)
        chat.presses("Hver for sig")
        morning.picks("h8")


def test_the_days_one_message_tells_of_what_is_due_before_the_next(morning: Morning) -> None:
    morning.picks("daily")
    at = eight_tomorrow(morning)
    morning.remind("d1", "d2", "d3", due=at + timedelta(hours=3))
    morning.remind("later", due=at + timedelta(days=3))
    assert morning.sends(at) == [TEMPLATE]
    text = morning.got[0][1]
    assert "Der er 3." in text
    assert "Den første er K7RT-Måge." in text
    assert text.endswith("/beskeder")
    assert morning.sends(at + timedelta(hours=5)) == []
    kept = morning.house.run(lambda uow: notices_of(uow, WHO))
    assert {row.wish.dedupe_key for row in kept if row.sent_via == "web"} == {"d1", "d2", "d3"}
    (following,) = morning.house.wishes(TEMPLATE)
    assert following.due_at > at


def test_one_reminder_goes_as_itself_and_none_is_silence(morning: Morning) -> None:
    morning.picks("daily")
    at = eight_tomorrow(morning)
    morning.remind("d1", due=at + timedelta(hours=3))
    assert morning.sends(at) == []
    assert morning.sends(at + timedelta(hours=3)) == ["draft_waiting"]


def test_what_is_settled_is_not_told_of(morning: Morning) -> None:
    first, *_ = morning.meetings()
    morning.bind(PSYCHOLOGIST, 4712)
    assert morning.picks("daily", PSYCHOLOGIST) == Reminding("daily", 8)
    due = min(wish.due_at for wish in morning.house.wishes("meeting_soon") if wish.recipient == PSYCHOLOGIST)
    assert morning.act(LEADER, first, Cancel("Vi er for få.")) == ""
    sent = morning.sends(due)
    assert "meeting_cancelled" in sent
    assert not {TEMPLATE, "meeting_soon"} & set(sent)


def test_after_an_outage_there_is_one_message_and_not_many(morning: Morning) -> None:
    morning.picks("daily")
    at = eight_tomorrow(morning)
    morning.remind("d1", "d2", due=at - timedelta(minutes=30))
    morning.remind("d3", due=at + timedelta(minutes=30))
    assert morning.sends(at + timedelta(hours=2)) == [TEMPLATE]
    assert "Der er 3." in morning.got[0][1]


def test_another_choice_ends_the_messages_of_before(morning: Morning) -> None:
    morning.picks("daily")
    at = eight_tomorrow(morning)
    morning.picks("at_once")
    morning.remind("d1", "d2", due=at + timedelta(minutes=30))
    assert morning.sends(at) == []
    assert morning.sends(at + timedelta(minutes=30)) == ["draft_waiting", "draft_waiting"]


def test_what_others_count_on_comes_at_once_whatever_is_chosen(morning: Morning) -> None:
    for choice in ("daily", "important"):
        morning.picks(choice)
        now = WORKDAYS.next_open(morning.house.clock.now())
        morning.remind(f"{choice}-1", due=now, template="draft_expiring")
        assert "draft_expiring" in morning.sends(now)


def test_the_important_ones_only(morning: Morning) -> None:
    morning.picks("important")
    now = WORKDAYS.next_open(morning.house.clock.now())
    morning.remind("d1", due=now)
    morning.remind("d2", due=now, template="draft_expiring")
    assert morning.sends(now) == ["draft_expiring"]
    (row,) = [row for row in morning.house.run(lambda uow: notices_of(uow, WHO)) if row.wish.draft_id == "d1"]
    assert (row.state, row.sent_via) == ("sent", "web")


def test_nobody_elses_choice_changes(morning: Morning) -> None:
    morning.picks("daily")
    assert morning.house.person(SOCIAL).reminding == Reminding()
