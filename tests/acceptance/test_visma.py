"""The Visma test: nobody is told "sent" before the receiving store has it, and nothing that was not stored is lost.

A national portal told people "sent" while the receiving system had stored nothing; 63 reports about children were gone
before anybody saw it. Here a fault is injected at every single call of the send path. Left to a later issue: the export
to the municipality's journal, which will be a second receiver with the same proof.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from bot.app.turns.incoming import Pressed
from bot.guard import GuardedStore
from dialogs.records import StorageBusy
from dialogs.replies import Reply
from tests.app.kit import WRITER, YELLOW, Chat, House, words_of
from tests.core.case_kit import WORKDAYS

SENT = ("Den er sendt og gemt", "Tak. ", "har fået din bekymring")
REPOSITORIES = (
    "people", "conversations", "drafts", "cases", "filings", "meetings", "outbox", "receipts", "doors", "members",
    "audit", "emergencies", "identity", "retention", "notes", "traces",
)  # fmt: skip


class Faulty:
    """A unit of work whose n-th call breaks, whatever it is. `calls` counts them."""

    def __init__(self, uow: Any, breaks_at: int, error: Callable[[], Exception]) -> None:
        self.calls = 0
        for name in REPOSITORIES:
            setattr(self, name, _Repository(self, getattr(uow, name)))
        self.breaks_at, self.error = breaks_at, error

    def called(self) -> None:
        self.calls += 1
        if self.calls == self.breaks_at:
            raise self.error()


class _Repository:
    def __init__(self, faulty: Faulty, real: Any) -> None:
        self._faulty, self._real = faulty, real

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._real, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            self._faulty.called()
            return method(*args, **kwargs)

        return call


class _Below:
    """The store under the guard, so that the log and the members break too."""

    def __init__(self, store: Any, breaks_at: int, error: Callable[[], Exception], *, at_commit: bool) -> None:
        self.store, self.breaks_at, self.error, self.at_commit, self.calls = store, breaks_at, error, at_commit, 0

    def run(self, work: Callable[[Any], Any]) -> Any:
        def faulted(raw: Any) -> Any:
            faulty = Faulty(raw, self.breaks_at, self.error)
            result = work(faulty)
            self.calls = faulty.calls
            if self.at_commit:
                raise self.error()
            return result

        return self.store.run(faulted)

    async def submit(self, work: Callable[[Any], Any], lane: str = "") -> Any:
        return self.run(work)

    def healthy(self) -> bool:
        return True

    def close(self) -> None:
        self.store.close()


class Sending:
    """A worry that is ready to be sent, red or yellow, and the press that sends it."""

    def __init__(self, colour: str = "yellow") -> None:
        self.house = House()
        self.chat = Chat(self.house)
        if colour == "yellow":
            self.chat.stands_at("q08_hvortit", YELLOW)
            self.chat.fills("dagligt")
        else:
            self.chat.stands_at("q05_set", {"q04_sikkerhed": "ja", "q04_hvad": "violence", "q04_hvem": "home"})
            self.chat.presses("Se den, og send nu")
        self.before = self.house.everything()
        self.draft = self.chat.draft()
        self.press = Pressed(self.chat.find("Send").act)

    def send(
        self, breaks_at: int = 0, error: Callable[[], Exception] = StorageBusy, *, at_commit: bool = False
    ) -> Reply:
        """Deliver the press once. `at_commit` breaks when all was done and only the commit is left."""
        app, now = self.house.app, self.house.clock.now()

        below = _Below(self.house.store, breaks_at, error, at_commit=at_commit)
        guarded = GuardedStore(below, self.house.clock, WORKDAYS)
        try:
            return guarded.run(
                self.chat.actor, lambda uow: app.turn(uow, self.chat.actor, self.press, "the-press", now)
            )
        finally:
            self.calls = below.calls

    def is_untouched(self) -> bool:
        return self.house.everything() == self.before and self.house.drafts() == [self.draft]


def told_sent(reply: Reply) -> bool:
    text = "\n".join(words_of(card) for card in reply.cards)
    return any(words in text for words in SENT)


@pytest.mark.parametrize("error", [StorageBusy, OSError, RuntimeError])
@pytest.mark.parametrize("colour", ["yellow", "red"])
def test_a_fault_anywhere_on_the_way_leaves_the_draft_whole_and_nobody_told(
    colour: str, error: type[Exception]
) -> None:
    whole = Sending(colour)
    assert told_sent(whole.send())
    assert whole.calls >= 20, "the whole send path is counted"
    for n in range(1, whole.calls + 1):
        sending = Sending(colour)
        with pytest.raises(error):
            sending.send(breaks_at=n, error=error)
        assert sending.is_untouched(), f"the fault at call {n} left something behind"
        assert sending.house.cases() == [] and sending.house.wishes("team_new") == []
        assert told_sent(sending.send()), "the same press works once the fault is over"
        assert [case.draft_id for case in sending.house.cases()] == [sending.draft.id]


def test_a_commit_that_fails_is_no_sending() -> None:
    sending = Sending()
    with pytest.raises(StorageBusy):
        sending.send(at_commit=True)
    assert sending.is_untouched() and sending.house.cases() == []


def test_a_reply_that_is_lost_after_the_commit_is_given_again_and_sends_nothing_twice() -> None:
    sending = Sending()
    first = sending.send()
    after = sending.house.everything()
    assert sending.send() == first and sending.house.everything() == after
    assert len(sending.house.cases()) == 1


@pytest.mark.parametrize("colour", ["yellow", "red"])
def test_what_she_is_told_is_what_the_receiving_side_holds(colour: str) -> None:
    sending = Sending(colour)
    reply = sending.send()
    (case,) = sending.house.cases()
    text = "\n".join(words_of(card) for card in reply.cards)
    assert case.code in text and case.stored_at == sending.house.clock.now()
    page = sending.house.team_opens("laerke-leder", case.id)
    assert page is not None, "the one who was named can read it"
    assert {wish.case_id for wish in sending.house.wishes("writer_stored")} == {case.id}


def test_before_it_is_opened_nothing_says_that_anybody_has_read_it() -> None:
    sending = Sending()
    sending.send()
    sending.chat.commands("sager")
    assert "Åbnet" not in sending.chat.text
    (case,) = sending.house.cases()
    sending.chat.presses(case.code)
    assert "Ingen har åbnet den endnu." in sending.chat.text
    sending.house.team_opens("laerke-leder", case.id)
    sending.chat.commands("sager")
    assert "Åbnet" in sending.chat.text


def test_what_nobody_opens_comes_back_to_the_sender_and_climbs() -> None:
    sending = Sending()
    sending.send()
    late = {wish.template: wish for wish in sending.house.wishes() if wish.still == "case_unopened"}
    assert {"team_unopened", "deputy_unopened", "leader_unopened", "writer_unopened"} == set(late)
    assert late["writer_unopened"].recipient == WRITER


def test_the_daily_count_adds_up_told_sent_is_stored_and_the_rest_are_drafts() -> None:
    chance = random.Random(63)
    told, begun = set[str](), set[str]()
    for _ in range(40):
        sending = Sending(chance.choice(["yellow", "red"]))
        begun.add(sending.draft.id)
        try:
            if told_sent(sending.send(breaks_at=chance.randint(1, 60), at_commit=chance.random() < 0.2)):
                told.add(sending.draft.id)
                stored = [case.draft_id for case in sending.house.cases()]
                assert stored == [sending.draft.id] and sending.house.drafts() == []
        except StorageBusy:
            assert sending.house.cases() == [] and sending.house.drafts() == [sending.draft]
    assert told, "some of them got through"


def test_what_could_not_be_sent_stands_in_her_list_and_can_be_sent_later() -> None:
    sending = Sending()
    with pytest.raises(StorageBusy):
        sending.send(breaks_at=10)
    sending.chat.commands("kladder")
    assert sending.draft.code in sending.chat.text
    sending.chat.presses(f"Fortsæt {sending.draft.code}")
    sending.chat.presses("Send")
    assert len(sending.house.cases()) == 1


def test_the_words_for_a_fault_say_that_it_is_not_saved() -> None:
    words = House().content.words
    for key in ("problems.not_saved", "problems.not_saved_yet"):
        assert "IKKE gemt" in words(key) and "sendt" not in words(key)
