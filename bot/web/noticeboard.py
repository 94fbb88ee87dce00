"""A person's notices as a page: the outbox is the record, so nothing is missing that Telegram or e-mail lost."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.ports import Clock, Store
from bot.web.ports.chat import Notice
from dialogs.access import Actor
from dialogs.cases.words import moment_words
from dialogs.notice_texts import NoticeTexts
from dialogs.notices import Arrived

MOST = 50  # notices on the page; older ones stand on the cases themselves


class NoticeBoard:
    """The Notices port of a real store."""

    def __init__(self, store: Store, texts: NoticeTexts, clock: Clock, zone: ZoneInfo) -> None:
        self.store, self.texts, self.clock, self.zone = store, texts, clock, zone

    async def unread(self, actor: Actor) -> int:
        """How many notices are about something that the person has not looked at since."""
        now = self.clock.now()
        return await self.store.submit(actor, lambda uow: uow.outbox.unread(actor.person_id, now))

    async def listing(self, actor: Actor) -> Sequence[Notice]:
        """What the person was told or would have been told by now, newest first."""
        now = self.clock.now()
        told = await self.store.submit(actor, lambda uow: uow.outbox.due_of_person(actor.person_id, now, MOST))
        # A row from before an update may name a notice that has no words any more.
        return tuple(self._notice(one) for one in told if one.row.wish.template in self.texts.templates)

    def _notice(self, told: Arrived) -> Notice:
        wish = told.row.wish
        text = self.texts.render(
            wish.template, wish.params, case_id=wish.case_id, draft_id=wish.draft_id, meeting_id=wish.meeting_id
        )
        return Notice(text.text, moment_words(wish.due_at, self.zone), text.act, text.link_path, told.new)
