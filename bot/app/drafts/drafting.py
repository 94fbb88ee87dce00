"""The buttons and the plain words of a draft: answer, go back, get help, put aside. An old button does nothing."""

from __future__ import annotations

from dataclasses import replace

from bot.app.cases import mine as mycases
from bot.app.drafts import answering, finishing, reminding
from bot.app.drafts.keeping import find, lay
from bot.app.drafts.showing import show
from bot.app.turns import menu
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs.acts import DraftAct, Go, encode
from dialogs.cases.words import day_words
from dialogs.facts import LENGTH, SHORT
from dialogs.parsing import match_option
from dialogs.render import history
from dialogs.replies import Button, Card, Reply
from dialogs.types import Back, Edit, Event, Keep, Mark, Skip
from dialogs.values import picks_of


def press(t: Turn, act: DraftAct) -> Reply:
    """A button of a draft. One that is not of this moment shows where the person is now."""
    draft = find(t, act.draft)
    if draft is None or draft.status != "open":
        return mycases.sent_already(t, act.draft) or say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"draft:{draft.id}")
    sheet = lay(t, draft)
    # Set and clear may come twice or late without harm; looking, editing and saving fit any moment.
    of_any_moment = act.verb in ("help", "save", "edit") or _ticks(act, sheet)
    if act.revision != sheet.draft.revision and not of_any_moment:
        return say(*sheet.told, t.problem("stale"), *show(t, sheet))
    return _do(t, act, sheet)


def _ticks(act: DraftAct, sheet: Sheet) -> bool:
    return act.verb in ("mark", "clear") and sheet.at.current is not None and sheet.at.current.id == act.question


def _do(t: Turn, act: DraftAct, sheet: Sheet) -> Reply:
    match act.verb:
        case "help":
            return help_here(t, sheet)
        case "save":
            return save_for_later(t, sheet)
        case "send" if act.question == finishing.LOOK_FIRST:
            return say(*finishing.overview(t, sheet))
        case "send":
            return finishing.send(t, sheet)
        case "leave":
            return finishing.leave_out(t, sheet, act.option)
        case "answer":
            return answering.answer(t, sheet, act.question, (act.option,), None)
        case "done":
            return answering.answer(t, sheet, act.question, None, None)
        case "edit" if not act.question:
            return say(edit_list(t, sheet))
        case _:
            event = _event_of(act)
    if event is None:
        return say(*sheet.told, t.problem("unknown_act"), *show(t, sheet))
    return replace(answering.event(t, sheet, event), edits=_ticks(act, sheet))


def _event_of(act: DraftAct) -> Event | None:
    match act.verb:
        case "mark" | "clear":
            return Mark(act.question, act.option, act.verb == "mark")
        case "skip":
            return Skip(act.question)
        case "unknown":
            return Skip(act.question, "unknown")
        case "keep":
            return Keep(act.question)
        case "edit":
            return Edit(act.question)
        case "back":
            return Back()
        case _:
            return None


def word(t: Turn, sheet: Sheet, name: str) -> Reply:
    """A plain word of a draft: tilbage, gem, spring over, ved ikke, ret, færdig, send."""
    question = sheet.seen.current
    match name:
        case "tilbage":
            return answering.event(t, sheet, Back())
        case "gem":
            return save_for_later(t, sheet)
        case "ret":
            return say(edit_list(t, sheet))
        case "fortryd":
            return say(_regret(t, sheet))
        case "send" if sheet.seen.can_submit and not _shown_whole(sheet):
            return say(*finishing.overview(t, sheet))  # nothing is sent that has not been seen
        case "send":
            return finishing.send(t, sheet)
        case "faerdig" if question is not None:
            return answering.answer(t, sheet, question.id, None, None)
        case "spring" | "ved_ikke" if question is not None:
            return answering.event(t, sheet, Skip(question.id, "unknown" if name == "ved_ikke" else "later"))
        case _:
            return say(*show(t, sheet))


def _regret(t: Turn, sheet: Sheet) -> Card:
    """What there is to take back, for whoever writes that they regret: one answer, or all of it."""
    last = Button(t.words("question.back"), encode(DraftAct("back", sheet.draft.id, sheet.draft.revision)), "primary")
    on = Button(t.words("menu.back_to"), encode(Go("resume", sheet.draft.id)), "quiet")
    whole = t.go("drafts.regret_all", "discard", sheet.draft.id, "danger")
    return replace(t.card("drafts.regret"), buttons=((last,), (whole,), (on,)))


def _shown_whole(sheet: Sheet) -> bool:
    """Whether the summary is what the person sees now."""
    question = sheet.seen.current
    return question is None or question.id == finishing.REST_QUESTION


def takes_word(sheet: Sheet, name: str, text: str) -> bool:
    """Whether a word is meant for the bot here; "ved ikke" may just as well be the name of an option."""
    question = sheet.seen.current
    match name:
        case "send":
            if sheet.form.purpose != "worry" or question is None or question.id == finishing.REST_QUESTION:
                return _shown_whole(sheet)
            return match_option(question, sheet.seen.options, text) is None
        case "faerdig":
            return question is not None and question.kind == "many"
        case "ved_ikke":
            return question is not None and match_option(question, sheet.seen.options, text) is None
        case _:
            return True


def edit_list(t: Turn, sheet: Sheet) -> Card:
    """All answers, each with the press that changes it."""
    back = Button(t.words("menu.back_to"), encode(Go("resume", sheet.draft.id)))
    return Card(
        kind="list",
        title=t.words("summary.fix_title"),
        text="",
        rows=history(sheet.form, sheet.seen, t.content.words),
        buttons=((back,),),
        data_class=max(int(question.data_class) for question in sheet.form.questions),
    )


def help_here(t: Turn, sheet: Sheet) -> Reply:
    """Help in the middle: the question's own help, then the same question. It never fills a field."""
    q = sheet.seen.current
    if q is None:
        return say(Card(kind="say", text=t.words("help.text")), *show(t, sheet))
    parts = [q.help, t.words("question.example", example=q.example) if q.example else ""]
    human = t.words("question.human_required" if q.required else "question.human")
    parts += [t.words("question.why", why=q.why) if q.why else "", human]
    card = Card(kind="say", title=t.words("menu.help"), text="\n\n".join(part for part in parts if part))
    return say(card, *show(t, sheet))


def save_for_later(t: Turn, sheet: Sheet) -> Reply:
    """Put the draft aside. The short version is told when its rest comes back."""
    t.go_to("")
    code = sheet.draft.code
    if SHORT in picks_of(sheet.at.values.get(LENGTH)):
        day = day_words(reminding.rest(t, sheet.draft).date())
        return say(t.card("drafts.saved_short", "receipt", code=code, date=day), *menu.cards(t))
    return say(t.card("drafts.saved", "receipt", code=code), *menu.cards(t))
