"""One notice, one person and one row: what every messenger is given in the tests."""

from __future__ import annotations

from datetime import UTC, datetime

from dialogs.notice_texts import NoticeText, standard
from dialogs.notices import OutboxRow, Wish
from dialogs.people import Person

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANE = Person("ane", "Ane Fiktiv", (), email="ane@example.org", telegram_chat=1001)
NOTICE = standard().render("team_new", {"code": "K7RT-Måge", "colour": "yellow"}, case_id="abcdefghij23")
LINK = "https://trivsel.example.org/team/sag/abcdefghij23"
ROW = OutboxRow(7, Wish("k", "ane", "team_new", NOW, {"code": "K7RT-Måge"}), "sending", 1, NOW, sent_via="telegram")
BLANK = NoticeText("", "", "", "", "", "")
