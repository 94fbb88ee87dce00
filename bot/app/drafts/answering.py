"""One answer: kept exactly as written, looked at for danger, and followed by the next question."""

from __future__ import annotations

from typing import Final

from bot.app.drafts import acute, finishing, naming, reminding
from bot.app.drafts.keeping import save
from bot.app.drafts.showing import show
from bot.app.turns.sheet import Sheet, after_step
from bot.app.turns.turn import Turn, say
from dialogs.acts import DraftAct, encode
from dialogs.channels import WORDS
from dialogs.engine import advance
from dialogs.facts import LENGTH, SHORT
from dialogs.firstwords import begun
from dialogs.guards.standing import words_in
from dialogs.render import names_of, problem_card
from dialogs.replies import Button, Card, Reply
from dialogs.types import Answer, Event, Keep, Question, Skip, Step
from dialogs.values import Picked, picks_of
from dialogs.worry import ALIAS

MISSES_BEFORE_EXAMPLE: Final = 2  # explain, give an example, let them pass, name a human


def answer(t: Turn, sheet: Sheet, question_id: str, raw: str | tuple[str, ...] | None, note: str | None) -> Reply:
    """Take one answer in; or say why not, with the very same question."""
    if isinstance(raw, str) and (no_name := naming.refused(t, sheet, question_id, raw)) is not None:
        return no_name
    step = advance(sheet.form, sheet.draft, Answer(question_id, raw, note), sheet.at)
    words = " ".join(part for part in (raw if isinstance(raw, str) else "", note or "") if part)
    if step.problems:
        return _not_taken(t, sheet, step, words)
    if question_id == "q04_sikkerhed":
        step = acute.kept_whole(sheet.form, step)
    draft, recoloured = finishing.ask_colour_again(t, sheet, t.nature(sheet.form).refresh(t, step.draft, question_id))
    save(t, draft, sheet.draft.revision)
    t.note(misses=0)
    now = after_step(sheet, step, draft)
    asked = sheet.form.question(question_id)
    stored = words_in(draft.answers.get(question_id))
    heard = acute.listen(t, words, draft.answers, kept=True, stored=stored) or _before_the_end(t, now)
    if heard is not None:
        return say(*sheet.told, *heard)
    after = (
        *sheet.told,
        *recoloured,
        *changes(t, sheet, step),
        *_half(t, now, asked),
        *_perhaps_cpr(t, words),
        *_perhaps_named(t, now, asked, words),
        *_perhaps_class(t, now, asked, words),
        *_coach(t, asked, words),
        *_after(t, now, asked),
        *t.nature(sheet.form).told(t, now, sheet),
    )
    return say(*after, *show(t, now))


def event(t: Turn, sheet: Sheet, what: Event) -> Reply:
    """Anything else that a person does to a draft: back, skip, edit, keep, tick."""
    if isinstance(what, Keep) and (waiting := suggested(sheet)):
        return answer(t, sheet, what.question, waiting, None)
    step = advance(sheet.form, sheet.draft, what, sheet.at)
    if step.problems:
        return refused(t, sheet, step)
    draft, recoloured = finishing.ask_colour_again(t, sheet, t.nature(sheet.form).refresh(t, step.draft, ""))
    save(t, draft, sheet.draft.revision)
    t.note(misses=0)
    now = after_step(sheet, step, draft)
    heard = _before_the_end(t, now)
    return say(*sheet.told, *recoloured, *changes(t, sheet, step), *(heard or show(t, now)))


def _before_the_end(t: Turn, sheet: Sheet) -> tuple[Card, ...] | None:
    """What was heard in the whole draft and not answered for, asked once more before a colour is shown."""
    at_end = sheet.seen.current is None or sheet.seen.current.id == finishing.COLOUR_QUESTION
    return acute.remaining(t, sheet) if at_end else None


def suggested(sheet: Sheet) -> str:
    """The words that wait for a yes at the open question; "" when none do."""
    question = sheet.at.current
    return begun(question, sheet.at.values.get(question.id)) if question is not None else ""


def filled(t: Turn, sheet: Sheet, question_id: str, picks: tuple[str, ...], text: str, note: str) -> Reply:
    """A whole form of the open question: picks, words beside them, or text. An empty note means "no words"."""
    question = sheet.seen.current
    if question is None or question.id != question_id:
        return say(t.problem("stale"), *show(t, sheet))
    if sheet.seen.phase == "note":
        words = text or note
        return answer(t, sheet, question_id, None, words) if words else event(t, sheet, Skip(question_id))
    if question.kind in ("text", "list", "date", "number"):
        return answer(t, sheet, question_id, text if text or not picks else picks, None)
    if note and not picks and question.note:
        return answer(t, sheet, question_id, note, None)  # words alone may name the choice: "klasselære"
    return answer(t, sheet, question_id, picks, note if question.note else None)


def _after(t: Turn, sheet: Sheet, asked: Question | None) -> tuple[Card, ...]:
    """What some answers bring with them: the action card when danger is named, the child-talk guide when not asked."""
    if asked is None:
        return ()
    value = sheet.draft.answers.get(asked.id)
    if asked.id in ("q04_hvad", "q04_hvem"):
        return acute.cards_in_form(t, sheet.draft.answers, asked.id)
    if (sign := acute.gravest_sign(t, picks_of(value))) is not None:
        return acute.cards_for_sign(t, sign)
    if asked.id == LENGTH and SHORT in picks_of(value):
        reminding.rest(t, sheet.draft)
    if asked.id == "q11_barnets_ord" and "ikke_spurgt" in picks_of(value) and not acute.parents_wait_here(t):
        return (Card(kind="say", text="", buttons=((t.go("summary.child_talk", "guide", "talk"),),)),)
    return ()


def _half(t: Turn, sheet: Sheet, asked: Question | None) -> tuple[Card, ...]:
    """That the words are kept and the choice is missing, said where the same question comes again."""
    value = sheet.draft.answers.get(asked.id) if asked is not None else None
    half = isinstance(value, Picked) and not value.picks and bool(value.note)
    return (t.card("question.choose_too"),) if half else ()


def _perhaps_cpr(t: Turn, words: str) -> tuple[Card, ...]:
    """A date beside four digits may be a CPR number: asked about, not held back."""
    return (t.card("refused.cpr_maybe"),) if words and t.scan(words).cpr_maybe else ()


def _perhaps_named(t: Turn, sheet: Sheet, question: Question | None, words: str) -> tuple[Card, ...]:
    """A given name may be the child's real one: asked about, with the way to change it. Telegram has refused it."""
    if question is None or not words or question.id == ALIAS or not naming.may_name(t, words):
        return ()
    return (Card(kind="say", text=t.words("names.ask"), buttons=((_change(t, sheet, question),),)),)


def _perhaps_class(t: Turn, sheet: Sheet, question: Question | None, words: str) -> tuple[Card, ...]:
    """A class inside the child's code: asked about, never refused."""
    if question is None or question.id != ALIAS or not naming.has_class(t, words):
        return ()
    return (Card(kind="say", text=t.words("names.class_ask"), buttons=((_change(t, sheet, question),),)),)


def _change(t: Turn, sheet: Sheet, question: Question) -> Button:
    """The way back to an answer that has just been given."""
    return Button(t.words("names.change"), encode(DraftAct("edit", sheet.draft.id, sheet.draft.revision, question.id)))


def _coach(t: Turn, question: Question | None, words: str) -> tuple[Card, ...]:
    """A gentle hint at words that judge; it never blocks and never rewrites."""
    if question is None or question.data_class < WORDS or not words:
        return ()
    hits = t.scan(words).judging
    if not hits:
        return ()
    return (Card(kind="say", title=t.words("coach.title"), text=t.words("coach.text", hint=hits[0].hint)),)


def _not_taken(t: Turn, sheet: Sheet, step: Step, words: str) -> Reply:
    """A text that is no answer here may still tell of danger, and that comes first."""
    heard = acute.listen(t, words, sheet.draft.answers, kept=False)
    if heard is None:
        return refused(t, sheet, step)
    return say(*sheet.told, *(problem_card(t.content.words, problem) for problem in step.problems), *heard)


def refused(t: Turn, sheet: Sheet, step: Step) -> Reply:
    """Why it was not taken; after two refusals an example, a way past, and a human."""
    t.note(misses=t.conversation.misses + 1)
    cards = show(t, sheet, step.problems)
    current = step.view.current
    if t.conversation.misses >= MISSES_BEFORE_EXAMPLE and current is not None:
        example = t.words("question.example", example=current.example) if current.example else ""
        past = t.words("question.human_required" if current.required else "question.human")
        text = "\n\n".join(part for part in (example, past) if part)
        cards = (*cards[:-1], Card(kind="say", title=t.words("problems.two_refusals"), text=text), cards[-1])
    return say(*sheet.told, *cards)


def changes(t: Turn, sheet: Sheet, step: Step) -> tuple[Card, ...]:
    """What an edit did to other answers, named; nothing falls away in silence."""
    lines: list[str] = []
    if step.changes.dropped:
        lines.append(t.words("changed.dropped", questions=names_of(sheet.form, step.changes.dropped)))
    if step.changes.hidden:
        lines.append(t.words("changed.hidden", questions=names_of(sheet.form, step.changes.hidden)))
    return (Card(kind="say", text="\n".join(lines)),) if lines else ()
