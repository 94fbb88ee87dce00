"""Working on a draft: start, resume, answer, go back, put aside, throw away. Every accepted event is saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final

from bot.app import acute, finishing, lists, menu
from bot.app.keeping import find, fresh, here, save
from bot.app.showing import show
from bot.app.turn import Turn, say
from dialogs.acts import DraftAct, Go, encode
from dialogs.casewords import day_words
from dialogs.engine import advance, locate, view
from dialogs.notices import Wish
from dialogs.parsing import match_option
from dialogs.render import history, names_of
from dialogs.replies import Button, Card, Reply
from dialogs.types import Answer, Back, Draft, Edit, Event, Form, Keep, Mark, Question, Skip, Step
from dialogs.values import Value, picks_of

RESTS_AT: Final = time(14)  # the reminder about the rest of a short version (domain.md § 4)
MAX_OPEN_DRAFTS: Final = 20  # more than anybody writes at a time; keeps the list readable on a phone
MISSES_BEFORE_EXAMPLE: Final = 2  # features row 19: explain, give an example, let them pass, name a human


def start(t: Turn, form_id: str, answers: Mapping[str, Value] | None = None) -> Reply:
    """Begin a new draft of a form, with what is already known filled in, and show its first question."""
    form = t.content.form(form_id)
    if len(t.uow.drafts.open_of(t.person.id)) >= MAX_OPEN_DRAFTS:
        return lists.listing(t)
    draft = Draft(
        id=t.world.ids.new(),
        form_id=form.id,
        form_version=form.version,
        form_digest=form.digest,
        owner=t.person.id,
        code=t.world.ids.code(),
        started_at=t.now,
        expires_at=t.now + timedelta(days=form.retention_days),
        answers=dict(answers or {}),
    )
    t.uow.drafts.add(draft)
    t.go_to(f"draft:{draft.id}")
    if form_id == "worry":
        _remind_later(t, draft)
    key = "drafts.started" if form_id == "worry" else "drafts.light_started"
    return say(t.card(key, code=draft.code), *show(t, form, draft))


def _remind_later(t: Turn, draft: Draft) -> None:
    """A nudge after three days and warnings before the draft runs out; each stops itself when the draft is closed."""
    plan = [("draft_waiting", t.now + timedelta(days=3), 3)]
    plan += [("draft_expiring", draft.expires_at - timedelta(days=left), left) for left in (10, 3)]
    for template, at, days in plan:
        t.uow.outbox.add(
            Wish(
                dedupe_key=f"{template}:{draft.id}:{days}",
                recipient=t.person.id,
                template=template,
                due_at=t.world.workdays.next_open(at),
                params={"code": draft.code, "days": days, "date": draft.expires_at.date().isoformat()},
                delivery="nudge",
                until=draft.expires_at,
                draft_id=draft.id,
                still="draft_open",
            )
        )


def resume(t: Turn, draft_id: str) -> Reply:
    """Go on with a draft where it was left, on any channel."""
    draft = find(t, draft_id)
    if draft is None or draft.status != "open":
        return say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"draft:{draft.id}")
    form, draft, told = fresh(t, draft)
    return say(t.card("drafts.resumed", code=draft.code), *told, *show(t, form, draft))


def answer(t: Turn, draft: Draft, question_id: str, raw: str | tuple[str, ...] | None, note: str | None) -> Reply:
    """One answer: kept exactly as written, then looked at for danger, then the next question."""
    form, draft, told = fresh(t, draft)
    step = advance(form, draft, Answer(question_id, raw, note))
    if step.problems:
        return _refused(t, form, step, told)
    kept, recoloured = finishing.ask_colour_again(t, form, draft, step.draft)
    step = replace(step, draft=kept)
    save(t, step.draft, draft.revision)
    t.note(misses=0)
    told = (*told, *recoloured)
    words = " ".join(part for part in (raw if isinstance(raw, str) else "", note or "") if part)
    asked = form.question(question_id)
    heard = acute.listen(t, words, step.draft.answers)
    if heard is not None:
        return say(*told, *heard)
    after = (*told, *_changes(t, form, step), *coach(t, asked, words), *_after(t, form, step.draft, asked))
    return say(*after, *show(t, form, step.draft))


def _after(t: Turn, form: Form, draft: Draft, asked: Question | None) -> tuple[Card, ...]:
    """What some answers bring with them: the action card when danger is named, the child-talk guide when not asked."""
    if asked is None:
        return ()
    values = locate(form, draft).values
    if asked.id in ("q04_hvad", "q04_hvem"):
        return acute.cards_in_form(t, values, asked.id)
    if (sign := acute.gravest_sign(t, picks_of(values.get(asked.id)))) is not None:
        return acute.cards_for_sign(t, sign)
    if asked.id == "q11_barnets_ord" and "ikke_spurgt" in picks_of(values.get(asked.id)):
        return (Card(kind="say", text="", buttons=((t.go("summary.child_talk", "guide", "talk"),),)),)
    return ()


def coach(t: Turn, question: Question | None, words: str) -> tuple[Card, ...]:
    """A gentle hint at words that judge; it never blocks and never rewrites."""
    if question is None or question.data_class < 2 or not words:
        return ()
    hits = t.content.guards.scan(words).judging
    if not hits:
        return ()
    return (Card(kind="say", title=t.words("coach.title"), text=t.words("coach.text", hint=hits[0].hint)),)


def _refused(t: Turn, form: Form, step: Step, told: tuple[Card, ...]) -> Reply:
    """Why it was not taken; after two refusals an example, a way past, and a human (features row 19)."""
    t.note(misses=t.conversation.misses + 1)
    cards = show(t, form, step.draft, step.problems)
    current = step.view.current
    if t.conversation.misses >= MISSES_BEFORE_EXAMPLE and current is not None:
        example = t.words("question.example", example=current.example) if current.example else ""
        text = "\n\n".join(part for part in (example, t.words("question.human")) if part)
        cards = (*cards[:-1], Card(kind="say", title=t.words("problems.two_refusals"), text=text), cards[-1])
    return say(*told, *cards)


def _changes(t: Turn, form: Form, step: Step) -> tuple[Card, ...]:
    """What an edit did to other answers, named; nothing falls away in silence."""
    lines = []
    if step.changes.dropped:
        lines.append(t.words("changed.dropped", questions=names_of(form, step.changes.dropped)))
    if step.changes.hidden:
        lines.append(t.words("changed.hidden", questions=names_of(form, step.changes.hidden)))
    return (Card(kind="say", text="\n".join(lines)),) if lines else ()


def press(t: Turn, act: DraftAct) -> Reply:
    """A button of a draft. An old one does nothing and shows where the person is now."""
    draft = find(t, act.draft)
    if draft is None or draft.status != "open":
        return say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"draft:{draft.id}")
    form, draft, told = fresh(t, draft)
    seen = view(form, draft)
    if act.verb in ("help", "save"):
        return save_for_later(t, form, draft) if act.verb == "save" else help_here(t, form, draft)
    ticking = act.verb in ("mark", "clear") and seen.current is not None and seen.current.id == act.question
    if act.revision != draft.revision and not ticking and act.verb != "edit":
        return say(*told, t.problem("stale"), *show(t, form, draft))
    if act.verb == "send":
        return finishing.send(t, form, draft)
    if act.verb == "leave":
        return finishing.leave_out(t, form, draft, act.option)
    if act.verb == "edit" and not act.question:
        return say(edit_list(t, form, draft))
    if act.verb == "answer":
        return answer(t, draft, act.question, (act.option,), None)
    if act.verb == "done":
        return answer(t, draft, act.question, None, None)
    event = _event_of(act)
    if event is None:
        return say(*told, t.problem("unknown_act"), *show(t, form, draft))
    step = advance(form, draft, event)
    if step.problems:
        return _refused(t, form, step, told)
    save(t, step.draft, draft.revision)
    reply = say(*told, *_changes(t, form, step), *show(t, form, step.draft))
    return replace(reply, edits=ticking)


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


def word(t: Turn, draft: Draft, name: str) -> Reply:
    """A plain word of a draft: tilbage, gem, spring over, ved ikke, ret, færdig, send."""
    form, draft, _ = fresh(t, draft)
    question = view(form, draft).current
    match name:
        case "tilbage":
            return plain_event(t, draft, Back())
        case "gem":
            return save_for_later(t, form, draft)
        case "ret":
            return say(edit_list(t, form, draft))
        case "send":
            return finishing.send(t, form, draft)
        case "faerdig" if question is not None:
            return answer(t, draft, question.id, None, None)
        case "spring" | "ved_ikke" if question is not None:
            return plain_event(t, draft, Skip(question.id, "unknown" if name == "ved_ikke" else "later"))
        case _:
            return say(*show(t, form, draft))


def takes_word(t: Turn, draft: Draft, name: str, text: str) -> bool:
    """Whether a word is meant for the bot here; "ved ikke" may just as well be the name of an option."""
    form, draft, _ = fresh(t, draft)
    seen = view(form, draft)
    question = seen.current
    match name:
        case "send":
            return seen.done
        case "faerdig":
            return question is not None and question.kind == "many"
        case "ved_ikke":
            return question is not None and match_option(question, seen.options, text) is None
        case _:
            return True


def help_for(t: Turn, draft: Draft) -> Reply:
    """Help in the middle of a draft."""
    form, draft, _ = fresh(t, draft)
    return help_here(t, form, draft)


def plain_event(t: Turn, draft: Draft, event: Event) -> Reply:
    """An event that was written as a word: tilbage, spring over."""
    form, draft, told = fresh(t, draft)
    step = advance(form, draft, event)
    if step.problems:
        return _refused(t, form, step, told)
    save(t, step.draft, draft.revision)
    return say(*told, *_changes(t, form, step), *show(t, form, step.draft))


def edit_list(t: Turn, form: Form, draft: Draft) -> Card:
    """All answers, each with the press that changes it."""
    return Card(
        kind="list",
        title=t.words("summary.fix_title"),
        text="",
        rows=history(form, view(form, draft), t.content.words),
        buttons=((Button(t.words("menu.back_to"), encode(Go("resume", draft.id))),),),
        data_class=2,
    )


def help_here(t: Turn, form: Form, draft: Draft) -> Reply:
    """Help in the middle: the question's own help, then the same question. It never fills a field."""
    seen = view(form, draft)
    if seen.current is None:
        return say(Card(kind="say", text=t.words("help.text")), *show(t, form, draft))
    q = seen.current
    parts = [q.help, t.words("question.example", example=q.example) if q.example else ""]
    parts += [t.words("question.why", why=q.why) if q.why else "", t.words("question.human")]
    help_card = Card(kind="say", title=t.words("menu.help"), text="\n\n".join(part for part in parts if part))
    return say(help_card, *show(t, form, draft))


def save_for_later(t: Turn, form: Form, draft: Draft) -> Reply:
    """Put the draft aside. The short version books its reminder for tomorrow at 14."""
    t.go_to("")
    if "kort" in picks_of(draft.answers.get("q00_udgave")):
        day = remind_rest(t, draft)
        return say(t.card("drafts.saved_short", "receipt", code=draft.code, date=day_words(day.date())), *menu.cards(t))
    return say(t.card("drafts.saved", "receipt", code=draft.code), *menu.cards(t))


def remind_rest(t: Turn, draft: Draft) -> datetime:
    """Book the reminder about the rest of a short version: the next working day at 14 (domain.md § 4)."""
    due = t.world.workdays.plus_days(t.now, 1, at_time=RESTS_AT)
    t.uow.outbox.add(
        Wish(
            dedupe_key=f"draft_rest:{draft.id}",
            recipient=t.person.id,
            template="draft_rest",
            due_at=due,
            params={"code": draft.code},
            until=draft.expires_at,
            draft_id=draft.id,
            still="draft_short",
        )
    )
    return due


def open_question(t: Turn, draft: Draft) -> Question | None:
    """The question that a typed text would answer."""
    form, draft, _ = fresh(t, draft)
    return view(form, draft).current


def waits_for_words(t: Turn, draft: Draft) -> bool:
    """Whether the choice is made and the words beside it are asked for."""
    form, draft, _ = fresh(t, draft)
    return view(form, draft).phase == "note"


def filled(t: Turn, draft: Draft, question_id: str, picks: tuple[str, ...], text: str, note: str) -> Reply:
    """A whole form of the open question: picks, words beside them, or text. An empty note means "no words"."""
    form, draft, _ = fresh(t, draft)
    seen = view(form, draft)
    question = seen.current
    if question is None or question.id != question_id:
        return say(t.problem("stale"), *show(t, form, draft))
    if seen.phase == "note":
        if not (text or note):
            return plain_event(t, draft, Skip(question_id))
        return answer(t, draft, question_id, None, text or note)
    if question.kind in ("text", "list", "date", "number"):
        return answer(t, draft, question_id, text if text or not picks else picks, None)
    return answer(t, draft, question_id, picks, note if question.note else None)


def urgent(t: Turn, flow: str) -> Reply:
    """A red worry, now: the open draft turned to the red lane, or a new one already in it."""
    flow = flow if flow in acute.FLOWS else ""
    draft = here(t)
    if draft is not None and draft.form_id == "worry":
        return acute.urgent(t, draft, flow or "other")
    known: dict[str, Value] = {"q04_sikkerhed": "ja", **({"q04_hvad": flow} if flow else {})}
    return start(t, "worry", known)


def worry_from_light(t: Turn, draft_id: str) -> Reply:
    """A worry from the traffic light: age, signs and time go along, so that nothing is answered twice."""
    light = find(t, draft_id)
    if light is None or light.form_id != "light":
        return say(t.problem("gone"), *menu.cards(t))
    form = t.content.form("light")
    values = locate(form, light).values
    ticked = {p for key, value in values.items() if key.startswith("l_B") for p in picks_of(value)}
    signs = [s for s in t.content.signs.by_id.values() if s.id in ticked and s.colour != "green"]
    rows = [row for band in t.content.signs.bands for row in band.rows if any(s in row.signs for s in signs)]
    areas = tuple(dict.fromkeys(area for row in rows for area in row.areas))[:4]
    known: dict[str, Value] = {}
    if areas:
        known["q06_omraader"] = areas
    for question, subject in (("q06_tegn", "child"), ("q06_omsorg", "parent")):
        found = tuple(s.id for s in signs if s.subject == subject)
        if found:
            known[question] = found
    t.uow.drafts.delete(light.id)
    return start(t, "worry", known)
