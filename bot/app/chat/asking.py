"""A typed question anywhere: understood well enough to be taken to the right guide, with two guesses when unsure.

A short answer is told above what is open. A guide of its own opens, and one press leads back with nothing lost
(`returning`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.app.cases import mine as mycases
from bot.app.chat import thread
from bot.app.chat.place import with_place
from bot.app.drafts import acute, answering, lists, starting
from bot.app.drafts.keeping import here
from bot.app.guides import dutycards, faqcards, knowing, lawbasis, profiles, sharing, who
from bot.app.meetings import cards as meetingcards
from bot.app.turns import lightcards, menu
from bot.app.turns.turn import OPEN_PLACES, Turn, say
from dialogs.acts import Go, encode
from dialogs.guides.lookup import asked_profession
from dialogs.guides.routing import Guide, Route, route
from dialogs.parsing import fold
from dialogs.replies import Button, Card, Reply

MAX_QUESTION = 160  # a longer text is a story, not a question
_ASKS = frozenset(["hvem", "hvad", "hvordan", "hvornaar", "hvilken", "hvilke", "hvilket", "hvor", "hvorfor"])
_MAY = frozenset(["maa", "skal", "kan", "boer", "kunne"])
_WHO = frozenset(["jeg", "vi", "man", "du"])
_OFTEN: tuple[Guide, ...] = ("worry", "sharing", "report", "who", "status", "help")  # what people come for, in words
_NO_INTERRUPTION: frozenset[Guide] = frozenset({"none", "worry", "acute"})  # these an answer sounds like all the time


def ask(t: Turn, text: str) -> Reply:
    """Answer a typed text outside a question: the guide it asks for, or the two best guesses."""
    heard = acute.listen(t, text, {}, kept=False)
    if heard is not None:
        if not t.conversation.place:  # nothing is open that could hold it: it goes along if a worry comes of this
            t.note(pending=text)
        return say(*heard)
    if (short := faqcards.answer(t, text, asked=asked(text))) is not None:
        return told(t, short)
    found = route(t.content.routes, text)
    if t.subject[0] == who.PLACE and (found.guide in ("who", "worry", "none") or not found.confident):
        return _helpers(t, text)
    named = lawbasis.was_called(t, text)
    if not named and _may_be_knowledge(found) and (card := knowing.heard(t, text)) is not None:
        return card
    if named and (found.guide == "none" or found.guessed):
        return say(*named, *menu.cards(t))
    if found.guide == "none":
        likely: tuple[Guide, ...] = (found.second,) if found.second not in ("none", "acute") else ()
        return _which(t, text, "none", tuple(dict.fromkeys((*likely, *_OFTEN))))
    if found.confident or (found.second == "none" and not found.guessed):
        return open_guide(t, found.guide, text)
    return _which(t, text, "unsure", (found.guide, found.second), *named)


def _which(t: Turn, text: str, key: str, guides: Sequence[Guide], *first: Card) -> Reply:
    """One question: which of these was meant? The text is kept until the person says.

    What was not understood may be danger in words that nobody foresaw: the way out stands beside it.
    """
    rows = tuple((Button(t.words(f"ask.guides.{one}"), encode(Go("guide", one))),) for one in guides if one != "none")
    t.note(pending=text)
    last = (t.go("menu.menu", "menu", style="quiet"), t.go("menu.acute", "acute", style="danger"))
    afraid = f"\n\n{t.words('acute.afraid')}" if key == "none" else ""
    return say(*first, Card(kind="say", text=f"{t.words(f'ask.{key}')}{afraid}", buttons=(*rows, last)))


def _may_be_knowledge(found: Route) -> bool:
    """Whether no guide is sure of the text, or only one that answers in general."""
    return not found.confident or found.guide in ("none", "help", "meetings")


def sounds_like_question(t: Turn, text: str) -> bool:
    """Whether a text in the middle of something is more likely a question to the bot than an answer."""
    if len(text) > MAX_QUESTION or not asked(text):
        return False
    if t.content.faq.find(text) is not None or t.content.law.names.heard(text):
        return True
    found = route(t.content.routes, text)
    return found.confident and found.guide not in _NO_INTERRUPTION


def asked(text: str) -> bool:
    """Whether it has the form of a question; on a phone the mark at the end is often left out."""
    words = fold(text).split()
    if text.rstrip().endswith("?"):
        return True
    return bool(words) and (words[0] in _ASKS or (words[0] in _MAY and len(words) > 1 and words[1] in _WHO))


def _may_i(text: str) -> bool:
    """Whether a text asks what somebody may, shall or can do, rather than what something is."""
    words = fold(text).split()
    return any(word in _MAY for word in words) and any(word in _WHO for word in words)


def old_name(t: Turn, text: str) -> Reply | None:
    """What an old name of a law is called now, above what is open; None when the text has none, or tells of danger."""
    sheet = here(t)
    named = lawbasis.was_called(t, text) if len(text) <= MAX_QUESTION else ()
    danger = acute.hears(t, text, sheet.draft.answers if sheet is not None else {}) is not None
    return told(t, *named) if named and not danger else None


def interrupt(t: Turn, text: str) -> Reply:
    """Answer a question that was typed in the middle of something: above it where a short answer will do."""
    sheet = here(t)
    heard = acute.listen(t, text, sheet.draft.answers if sheet is not None else {}, kept=False)
    if heard is not None:
        return say(*heard)
    short = faqcards.answer(t, text, asked=True)
    return told(t, short) if short is not None else open_guide(t, guide_of(t, text), text)


def beside(t: Turn, text: str) -> Reply:
    """Answer what was written in the bot's own field beside the answer's.

    Only what neither asks in form nor finds a sure guide may be an answer in the wrong field: then that is asked.
    """
    sheet = here(t)
    danger = acute.hears(t, text, sheet.draft.answers if sheet is not None else {}) is not None
    if danger or not (asked(text) or _sure(t, text) or faqcards.answer(t, text, asked=False)):
        return hold(t, text)
    short, found = faqcards.answer(t, text, asked=True), route(t.content.routes, text)
    if short is not None:
        return told(t, short)
    if found.guide == "none" or (found.guide in _NO_INTERRUPTION and not found.confident):
        return knowing.heard(t, text) or told(t, _not_understood(t))
    return open_guide(t, found.guide, text)


def _not_understood(t: Turn) -> Card:
    text = f"{t.words('ask.not_understood')}\n\n{t.words('acute.afraid')}"
    return Card(kind="say", text=text, buttons=((t.go("question.acute", "acute", style="danger"),),))


def _sure(t: Turn, text: str) -> bool:
    found = route(t.content.routes, text)
    return found.confident and found.guide not in _NO_INTERRUPTION


def about_duty(t: Turn, text: str) -> bool:
    """Whether what is no answer to a closed question tells of the duty to report: "min leder siger, vi skal vente".

    It asks nothing in form, and is the one thing that must not be met by "that is not on the list".
    """
    found = route(t.content.routes, text)
    return len(text) <= MAX_QUESTION and found.confident and found.guide == "report"


def open_guide(t: Turn, guide: str, text: str = "") -> Reply:
    """Open a guide from anywhere; what was open waits behind one press. Danger in the question comes first."""
    sheet = here(t)
    heard = acute.listen(t, text, sheet.draft.answers if sheet is not None else {}, kept=False)
    if heard is not None:
        return say(*heard)
    if guide in ("worry", "light") and (sheet is None or sheet.form.purpose != guide):
        return _from_here(t, lambda: starting.start(t, guide, words=text))
    named = lawbasis.was_called(t, text)
    if named and guide in ("sharing", "meetings") and guide not in lawbasis.leads_to(t, text):
        return told(t, *named)  # "§ 140 handleplan" asks what it is called now, and nothing about sharing
    if guide in _LISTS:
        return _LISTS[guide](t)
    if guide == "who":
        t.visit(who.PLACE)
        return _helpers(t, text)
    waits = acute.parents_wait_here(t)
    if guide == "sharing" and named and not _may_i(text):
        return told(t, *named)  # who only names a law is told what it is; the guide is one press away
    if guide == "sharing" and not waits:
        return sharing.start(
            t, *(replace(card, buttons=()) for card in named), about=sharing.named_case(t, text), words=text
        )
    if guide == "report":
        # who only asks what an old name is called now gets that, and not a card about something else
        return told(t, *named, *(() if named and not t.content.law.report.hears(text) else dutycards.cards(t, text)))
    return told(t, *named, _card(t, guide, waits=waits))


_LISTS: Mapping[str, Callable[[Turn], Reply]] = {
    "drafts": lists.listing,
    "status": mycases.listing,
    "meetings": meetingcards.listing,
    "acute": lambda t: acute.choose(t, guessed=True),
}


def told(t: Turn, *cards: Card) -> Reply:
    """Something told above what is open. After the answer of a guide, the way back to it is enough."""
    sheet = here(t)
    if sheet is not None and sheet.form.table and sheet.seen.current is None:
        ways = ((t.go("sharing.back", "resume", sheet.draft.id), t.go("menu.menu", "stop", style="quiet")),)
        return say(*cards, Card(kind="say", text="", buttons=ways))
    return with_place(t, *cards)


def _helpers(t: Turn, text: str) -> Reply:
    """The card of the profession that is asked about; else who can help; else a knowledge card; else one question."""
    profession = asked_profession(t.content.directory, text)
    if profession is not None:
        return profiles.show(t, profession)
    if (cards := who.said(t, text)) is not None:
        return say(*cards)
    return knowing.heard(t, text) or say(*who.unknown(t))


def _from_here(t: Turn, begin: Callable[[], Reply]) -> Reply:
    """Begin something of its own that remembers what was open."""
    kind, place, back = t.subject[0], t.conversation.place, t.conversation.back
    reply = begin()
    if t.conversation.place != place:
        t.note(back=place if kind in OPEN_PLACES else back)
    return reply


def _card(t: Turn, guide: str, *, waits: bool) -> Card:
    if guide in ("sharing", "consent", "talk"):
        key = f"ask.{guide}_wait" if waits else f"ask.{guide}"
        duty = "" if guide == "talk" else lightcards.duty(t)
        return Card(kind="say", text=t.words(key), detail=duty)
    return Card(kind="say", text=t.words("help.text"))


def hold(t: Turn, text: str) -> Reply:
    """Ask whether a text was an answer or a question; it is kept until the person says.

    With danger in it nothing is asked first: it is kept as the answer, and the alert follows.
    """
    sheet = here(t)
    if acute.hears(t, text, sheet.draft.answers if sheet is not None else {}) is not None:
        return _as_answer(t, text) or ask(t, text)
    t.note(pending=text)
    team = sheet is None
    rows = (
        (t.go("ask.to_team" if team else "ask.it_is_answer", "meant", "answer", "primary"),),
        (t.go("ask.it_is_question", "meant", "question"),),
    )
    return say(Card(kind="say", text=t.words("ask.bot_or_team" if team else "ask.question_or_answer"), buttons=rows))


def after_alert(t: Turn, said: str) -> Reply | None:
    """What the person made of the alert. After "no" the text that sounded like danger is answered for what it is."""
    text = t.conversation.pending
    reply = acute.answered(t, said)
    if reply is None or said != "nej" or text is None or t.conversation.place or t.conversation.alert is not None:
        return reply
    t.note(pending=None)
    found = route(t.content.routes, text)
    guide = found.second if found.guide == "acute" else found.guide
    return reply if guide == "none" else say(reply.cards[0], *open_guide(t, guide, text).cards)


def above_alert(t: Turn, text: str) -> tuple[Card, ...]:
    """The short answer to an ordinary question while the bot waits to hear about danger; nothing opens, nothing moves.

    Empty when the text is no question that has a short answer.
    """
    if not asked(text):
        return ()
    if (short := faqcards.answer(t, text, asked=True)) is not None:
        return (short,)
    if named := lawbasis.was_called(t, text):
        return named
    found = route(t.content.routes, text)
    if found.guide == "report":
        return dutycards.cards(t, text)
    if found.guide in ("sharing", "consent", "talk"):
        return (_card(t, found.guide, waits=acute.parents_wait_here(t)),)
    return (_card(t, "help", waits=False),) if found.guide == "help" and found.confident else ()


def meant(t: Turn, what: str) -> Reply | None:
    """The held text, as the person meant it. None when nothing is held any more."""
    if what == starting.LEFT_OUT:
        return starting.leave_words_out(t)
    text = t.conversation.pending
    if text is None:
        return None
    t.note(pending=None)
    if what == "answer" and (reply := _as_answer(t, text)) is not None:
        return reply
    if here(t) is None and not t.on_case:
        return ask(t, text)
    return interrupt(t, text)


def _as_answer(t: Turn, text: str) -> Reply | None:
    """The text as the answer that was waited for; None when nothing waits."""
    if t.on_case:
        return thread.said(t, text)
    sheet = here(t)
    question = sheet.seen.current if sheet is not None else None
    if sheet is None or question is None:
        return None
    return answering.answer(t, sheet, question.id, text, None)


def guide_of(t: Turn, text: str) -> str:
    """The guide that a typed text asks for."""
    return route(t.content.routes, text).guide
