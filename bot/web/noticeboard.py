"""A person's notices as a page: the outbox is the record, so nothing is missing that Telegram or e-mail lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ports import Clock, Store, UnitOfWork
from bot.web.ports import Notice
from dialogs.access import Actor
from dialogs.cases.words import moment_words
from dialogs.gathering import TEMPLATE
from dialogs.notice_texts import NoticeTexts
from dialogs.notices import Wish

MOST = 50  # notices on the page; older ones stand on the cases themselves


class NoticeBoard:
    """The Notices port of a real store."""

    def __init__(self, store: Store, texts: NoticeTexts, clock: Clock, zone: ZoneInfo) -> None:
        self.store, self.texts, self.clock, self.zone = store, texts, clock, zone

    async def unread(self, actor: Actor) -> int:
        """How many notices are about something that the person has not looked at since."""
        return sum(notice.new for notice in await self.listing(actor))

    async def listing(self, actor: Actor) -> Sequence[Notice]:
        """What the person was told or would have been told by now, newest first."""
        now = self.clock.now()
        return await self.store.submit(actor, lambda uow: tuple(self._notices(uow, actor.person_id, now)))

    def _notices(self, uow: UnitOfWork, person_id: str, now: datetime) -> Iterator[Notice]:
        for row in uow.outbox.of_person(person_id, MOST):
            wish = row.wish
            told = wish.template in self.texts.templates and wish.channel != "calendar" and wish.template != TEMPLATE
            if told and wish.due_at <= now and row.state != "dropped":
                yield self._notice(wish, self._new(uow, person_id, wish))

    def _notice(self, wish: Wish, new: bool) -> Notice:
        text = self.texts.render(
            wish.template, wish.params, case_id=wish.case_id, draft_id=wish.draft_id, meeting_id=wish.meeting_id
        )
        return Notice(text.text, moment_words(wish.due_at, self.zone), text.act, text.link_path, new)

    def _new(self, uow: UnitOfWork, person_id: str, wish: Wish) -> bool:
        """Looking at the case is what makes its notices old; a notice about a draft nags nobody here."""
        if wish.case_id is None:
            return False
        seen = uow.cases.seen(person_id, wish.case_id)
        return seen is None or seen < wish.due_at
