"""A typed question anywhere: understood well enough to be taken to the right guide, with two guesses when unsure."""

from __future__ import annotations

from dataclasses import replace

from bot.app import acute, answering, finishing, lightcards, lists, menu, mycases, showing, starting
from bot.app.keeping import here
from bot.app.turn import Turn, say
from dialogs.acts import Go, encode
from dialogs.lookup import find
from dialogs.replies import Button, Card, Reply
from dialogs.routing import route

MAX_QUESTION = 160  # a longer text is a story, not a question


def ask(t: Turn, text: str) -> Reply:
    """Answer a typed text outside a question: the guide it asks for, or the two best guesses."""
    heard = acute.listen(t, text, {}, kept=False)
    if heard is not None:
        return say(*heard)
    found = route(t.content.routes, text)
    if found.guide == "none":
        return say(t.card("ask.none"), *menu.cards(t))
    if found.confident:
        return open_guide(t, found.guide, text)
    guesses = [g for g in (found.guide, found.second) if g and g != "none"]
    if len(guesses) == 1:
        return open_guide(t, guesses[0], text)
    rows = tuple((Button(t.words(f"ask.guides.{g}"), encode(Go("guide", g))),) for g in guesses)
    t.note(pending=text)
    return say(Card(kind="say", text=t.words("ask.unsure"), buttons=(*rows, (t.go("menu.menu", "menu"),))))


def sounds_like_question(t: Turn, text: str) -> bool:
    """Whether a text in the middle of a form is more likely a question to the bot than an answer."""
    if len(text) > MAX_QUESTION or not text.rstrip().endswith("?"):
        return False
    found = route(t.content.routes, text)
    return found.confident and found.guide not in ("none", "worry", "acute")


def open_guide(t: Turn, guide: str, text: str = "") -> Reply:
    """Answer in the middle and come back: the open question follows the answer. Danger in the question comes first."""
    sheet = here(t)
    heard = acute.listen(t, text, sheet.draft.answers if sheet is not None else {}, kept=False)
    if heard is not None:
        return say(*heard)
    if guide == "worry" and here(t) is None:
        return starting.start(t, "worry")
    if guide == "light" and here(t) is None:
        return starting.start(t, "light")
    if guide == "drafts":
        return lists.listing(t)
    if guide == "status":
        return mycases.listing(t)
    if guide == "acute":
        return acute.choose(t)
    return _and_back(t, _answer(t, guide, text))


def _answer(t: Turn, guide: str, text: str) -> Card:
    if guide == "who":
        return professions_card(t, text)
    waits = guide in ("sharing", "consent", "talk") and acute.parents_wait_here(t)
    if guide in ("sharing", "consent", "report", "meetings", "talk"):
        key = f"ask.{guide}_wait" if waits else f"ask.{guide}"
        duty = "" if guide in ("meetings", "talk") else lightcards.duty(t)
        return Card(kind="say", text=t.words(key), detail=duty)
    return Card(kind="say", text=t.words("help.text"))


def professions_card(t: Turn, text: str) -> Card:
    """Who may help with what was written, at most three first, each with its reason."""
    advice = find(t.content.directory, text)
    if advice.unknown:  # told, not asked: in the middle of a form the next text belongs to the form
        return Card(kind="say", text=t.words("ask.who"))
    topics = t.content.directory.topics
    closed = acute.parents_wait_here(t) or any(topics[one].closed for one in advice.topics)
    return Card(kind="say", title=t.words("professions.title"), text=finishing.advice_text(t, advice, closed=closed))


def _and_back(t: Turn, card: Card) -> Reply:
    now = showing.current(t)
    if now is None:
        return say(card, *menu.cards(t))
    return replace(now, cards=(card, *now.cards))


def hold(t: Turn, text: str) -> Reply:
    """Ask whether a text was an answer or a question; it is kept until the person says.

    With danger in it nothing is asked first: it is kept as the answer, and the alert follows.
    """
    sheet = here(t)
    question = sheet.seen.current if sheet is not None else None
    if sheet is not None and question is not None and acute.hears(t, text, sheet.draft.answers) is not None:
        return answering.answer(t, sheet, question.id, text, None)
    t.note(pending=text)
    rows = ((t.go("ask.it_is_answer", "meant", "answer", "primary"), t.go("ask.it_is_question", "meant", "question")),)
    return say(Card(kind="say", text=t.words("ask.question_or_answer"), buttons=rows))


def meant(t: Turn, what: str) -> Reply | None:
    """The held text, as the person meant it. None when nothing is held any more."""
    text = t.conversation.pending
    if text is None:
        return None
    t.note(pending=None)
    sheet = here(t)
    if sheet is None:
        return ask(t, text)
    question = sheet.seen.current
    if what == "answer" and question is not None:
        return answering.answer(t, sheet, question.id, text, None)
    return open_guide(t, guide_of(t, text), text)


def guide_of(t: Turn, text: str) -> str:
    """The guide that a typed text asks for."""
    return route(t.content.routes, text).guide
