"""Where a press leads: one table of the places that a button can name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.app.cases import mine as mycases
from bot.app.chat import asking, returning, spoken, thread
from bot.app.chat.place import with_place
from bot.app.drafts import acute, lists, starting
from bot.app.entry import secure
from bot.app.guides import dutycards, knowing, ladder, profiles, sharing, who
from bot.app.meetings import answering, calling, crewing, preparing
from bot.app.meetings import cards as meetingcards
from bot.app.notices import cards as noticecards
from bot.app.papers import cards as papercards
from bot.app.plans import chat as planchat
from bot.app.turns.turn import Turn
from dialogs.acts import Go, GoVerb
from dialogs.replies import Reply


def go(t: Turn, act: Go) -> Reply:
    """Go there; a press whose moment has passed shows where the person is instead."""
    return _PLACES[act.verb](t, act.arg) or with_place(t, t.problem("stale"))


def _guide(t: Turn, guide: str) -> Reply:
    held = t.conversation.pending or ""
    t.note(pending=None)
    return asking.open_guide(t, guide, held)


_PLACES: Mapping[GoVerb, Callable[[Turn, str], Reply | None]] = {
    "new": lambda t, _: starting.start(t, "worry"),
    "light": lambda t, _: starting.start(t, "light"),
    "drafts": lambda t, _: lists.listing(t),
    "resume": starting.resume,
    "discard": lists.ask_discard,
    "discard_yes": lists.discard,
    "cases": lambda t, _: mycases.listing(t),
    "case": mycases.show,
    "thread": lambda t, case: thread.open_place(t, "thread", case),
    "add": lambda t, case: thread.open_place(t, "add", case),
    "help": lambda t, _: spoken.help_here(t),
    "acute": lambda t, _: acute.choose(t),
    "card": acute.show_card,
    "alert": asking.after_alert,
    "tell": starting.urgent,
    "stop": lambda t, _: spoken.stop(t),
    "worry_from": starting.worry_from_light,
    "guide": _guide,
    "meant": asking.meant,
    "back": lambda t, _: returning.back(t),
    "who": who.of_own,
    "area": who.area,
    "prof": profiles.show,
    "crew": crewing.show,
    "know": knowing.show,
    "forum": lambda t, _: ladder.show(t),
    "share": lambda t, case: sharing.start(t, about=case),
    "duty": lambda t, card: asking.told(t, *dutycards.by_id(t, card)),
    "basis": lambda t, card: asking.told(t, dutycards.basis(t, card)) if card else sharing.basis(t),
    "secure": secure.offer,
    "link": secure.offer,
    "report": lambda t, case: papercards.show(t, "report", case),
    "consent": lambda t, case: papercards.show(t, "consent", case),
    "exchange": lambda t, case: papercards.show(t, "exchange", case),
    "prepare": preparing.start,
    "network": lambda t, case: papercards.show(t, "network", case),
    "sparring": lambda t, _: papercards.show(t, "sparring"),
    "meetings": lambda t, _: meetingcards.listing(t),
    "meeting": meetingcards.say_yes,
    "told": noticecards.choose,
    "call": calling.begin,
    "called": calling.pick,
    "absent": answering.absent,
    "send": answering.send,
    "plans": lambda t, _: planchat.listing(t),
    "plan": planchat.show,
    "score": planchat.score,
    "menu": lambda t, _: spoken.to_menu(t),
}
