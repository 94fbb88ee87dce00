"""What is typed while a draft is open: an answer, a question in the middle, or a yes to what was asked last."""

from __future__ import annotations

from dataclasses import replace

from bot.app.chat import asking, spoken
from bot.app.drafts import acute, answering, drafting, starting
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn
from dialogs.firstwords import together
from dialogs.parsing import match_option
from dialogs.replies import Reply
from dialogs.types import Question, View


def said(t: Turn, sheet: Sheet, text: str, *, beside: bool) -> Reply:
    """What was written while a draft is open: its answer, a question to the bot, or an order."""
    question = sheet.seen.current
    if question is None:
        return _said_at_the_end(t, sheet, text)
    if waiting := answering.suggested(sheet):
        if spoken.yes_no(text) == "nej":
            return starting.leave_words_out(t) or asking.ask(t, text)
        return _with_first_words(t, sheet, question, waiting, text)
    named = match_option(question, sheet.seen.options, text) is not None
    if beside and _has_own_field(sheet.seen) and not (named and sheet.seen.phase == "pick"):
        return asking.beside(t, text)  # the field for the answer stood beside it: no words are moved there in silence
    free = question.kind in ("text", "list") or sheet.seen.phase == "note"
    if not (free or named or question.note) and (told := asking.old_name(t, text)) is not None:
        return told
    if (free or not named) and asking.sounds_like_question(t, text):
        return asking.hold(t, text) if free else asking.interrupt(t, text)
    if not (free or named or question.note) and asking.about_duty(t, text):
        return asking.interrupt(t, text)
    if not (free or named or question.note) and asking.asked(text) and acute.hears(t, text, sheet.at.values) is None:
        return drafting.help_here(t, sheet)  # what the question means is the best guess at what was asked
    return answering.answer(t, sheet, question.id, text, None)


def _with_first_words(t: Turn, sheet: Sheet, question: Question, waiting: str, text: str) -> Reply:
    """The answer where words from before wait for a yes: those, or both; a question in the middle is neither."""
    if spoken.yes_no(text) == "ja":
        return answering.answer(t, sheet, question.id, waiting, None)
    if asking.sounds_like_question(t, text):
        return asking.hold(t, text)
    both = together(waiting, text, question.limits.max_length)
    reply = answering.answer(t, sheet, question.id, both, None)
    return reply if both == text else replace(reply, cards=(t.card("drafts.words_together"), *reply.cards))


def _has_own_field(seen: View) -> bool:
    """Whether the open question is drawn with a field for the answer's own words."""
    question = seen.current
    return question is not None and (question.kind in ("text", "list", "date", "number") or bool(question.note))


def _said_at_the_end(t: Turn, sheet: Sheet, text: str) -> Reply:
    """What is written below the summary: a yes sends it, and nobody is left to believe that it is sent."""
    unsent = sheet.form.purpose == "worry" and sheet.seen.can_submit
    if unsent and spoken.yes_no(text) == "ja":
        return spoken.run(t, "send")
    reply = asking.ask(t, text)
    return replace(reply, cards=(t.card("drafts.not_sent"), *reply.cards)) if unsent else reply
