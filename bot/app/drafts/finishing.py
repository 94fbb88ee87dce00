"""After the last question: the summary, the colour with its reasons, who can help, what is missing, and sending."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.app.cases.scene import team_days
from bot.app.drafts import sending
from bot.app.drafts.keeping import save
from bot.app.turns.lightcards import Besides, duty, light_card
from bot.app.turns.sheet import Sheet
from bot.app.turns.turn import Turn, say
from dialogs.acts import DraftAct, DraftVerb, Go, encode
from dialogs.cases.model import Case
from dialogs.cases.words import day_words, moment_words
from dialogs.channels import CLOSED, WORDS
from dialogs.drafts import emptied
from dialogs.engine import advance
from dialogs.facts import LENGTH, SHORT
from dialogs.guides.lookup import Advice
from dialogs.light.cards import way_to_leader
from dialogs.light.triage import Refused
from dialogs.people import TRIO
from dialogs.position import Position, locate
from dialogs.records import Moved
from dialogs.render import names_of, problem_card, question_card
from dialogs.replies import Button, Card, Reply, Row
from dialogs.types import Draft, Form, Submit
from dialogs.values import Picked, picks_of
from dialogs.worry import WorrySummary, light_alone, summarise, worry_light

COLOUR_QUESTION = "q19_farve"
REST_QUESTION = "q04_mere"  # in the red lane: send now, or answer the rest first
LOOK_FIRST = "se"  # the press that shows what would be sent, before anything is sent


def cards(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """What comes after the last question of this form."""
    return t.nature(sheet.form).end(t, sheet)


def after_worry(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """The colour and what she thinks of it; then the summary, the short one while the rest is put off."""
    form, draft, seen = sheet.form, sheet.draft, sheet.seen
    found = summarise(t.content, form, draft)
    if seen.current is not None and seen.current.id == COLOUR_QUESTION:  # the colour first, then what she thinks of it
        light = worry_light_card(t, found, past_leader=_past_leader(draft, found))
        return (light, question_card(t.content.words, seen))
    if SHORT in picks_of(sheet.at.values.get(LENGTH)) and not seen.can_submit:
        return (summary_card(t, form, draft, found, short=True),)
    return overview(t, sheet, found)


def overview(t: Turn, sheet: Sheet, found: WorrySummary | None = None) -> tuple[Card, ...]:
    """The colour, who can help, and the summary with its ways on: what would be sent, whatever is still missing."""
    found = found or summarise(t.content, sheet.form, sheet.draft)
    past = _past_leader(sheet.draft, found)
    return (
        worry_light_card(t, found, past_leader=past),
        professions(t, found, past_leader=past),
        summary_card(t, sheet.form, sheet.draft, found),
    )


def _past_leader(draft: Draft, found: WorrySummary) -> bool:
    """Whether the leader is a party to it, so that nothing may send the writer there."""
    return found.suspect == "leader" or "leader" in draft.left_out


def ask_colour_again(t: Turn, sheet: Sheet, after: Draft) -> tuple[Draft, tuple[Card, ...]]:
    """The draft without the writer's word on a colour that is another one now; nobody agrees to what they never saw."""
    if COLOUR_QUESTION not in sheet.draft.answers or COLOUR_QUESTION not in after.answers:
        return after, ()
    was, now = (
        worry_light(t.content, sheet.form, locate(sheet.form, d).values, d.heard).colour for d in (sheet.draft, after)
    )
    if (was.suggested, was.locked) == (now.suggested, now.locked):
        return after, ()
    answers = {key: value for key, value in after.answers.items() if key != COLOUR_QUESTION}
    judged = after.answers[COLOUR_QUESTION]
    if isinstance(judged, Picked) and judged.note:  # the words are kept: they may be what changed the colour
        answers[COLOUR_QUESTION] = Picked((), judged.note)
    return replace(after, answers=answers), (t.card("changed.colour"),)


def worry_light_card(t: Turn, found: WorrySummary, *, past_leader: bool) -> Card:
    """The suggested colour of this worry with its reasons; the duty to report stands beside it."""
    colour = found.worry_light.colour
    way = "past" if past_leader else way_to_leader(found.flow, found.suspect)
    told = Besides(found.worry_light.stated, found.worry_light.heard, found.waits)
    card = light_card(t, colour.suggested, found.worry_light.light, way, told)
    return replace(card, text=f"{card.text}\n\n{t.words('light.past_leader')}") if past_leader else card


def after_light(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """The end of the stand-alone guide: the colour, why, what to do, and the way to a worry."""
    draft = sheet.draft
    light = light_alone(t.content, sheet.form, sheet.at.values)
    again = (
        (t.go("light.make_worry", "worry_from", draft.id, "primary"),),
        (Button(t.words("light.again"), _press(draft, "edit"), "secondary"), t.go("menu.menu", "stop", style="quiet")),
    )
    if isinstance(light, Refused):
        text = t.content.cards.refused.get(light.code, t.words("light.none_text"))
        return (Card(kind="light", text=text, buttons=(again[1],), light="none"),)
    return (replace(light_card(t, light.light, light, way_to_leader(light.flow, None)), buttons=again),)


def professions(t: Turn, found: WorrySummary, *, past_leader: bool) -> Card:
    """Who can help, with reasons; red and closed flows name only those who may know, and never one who is a party."""
    advice = found.advice
    if past_leader:
        advice = replace(advice, first=tuple(one for one in advice.first if one.id != "LED"))
    if not advice.first:
        return Card(kind="say", title=t.words("professions.title"), text=advice.ask or t.words("professions.none"))
    return advice_card(t, advice, closed=found.waits or found.flow is not None)


def advice_card(t: Turn, advice: Advice, *, closed: bool) -> Card:
    """Each profession with its reason; where it can't wait (`closed`), nothing says to ask the family first."""
    may = "" if closed else _may_come(advice)
    return Card(
        kind="say",
        title=t.words("professions.title"),
        text=_advice_text(t, advice, closed=closed),
        detail_title=t.words("professions.may_come") if may else "",
        detail=may,
        data_class=CLOSED,
    )


def _may_come(advice: Advice) -> str:
    """Who may take part without a consent: those of whom the same is true in one line."""
    said: dict[str, list[str]] = {}
    for one in advice.first:
        said.setdefault(one.exchange_text, []).append(one.name)
    return "\n".join(f"• {', '.join(names)}: {text}" for text, names in said.items() if text)


def _advice_text(t: Turn, advice: Advice, *, closed: bool) -> str:
    lines = [f"• {one.name}: {one.why}".strip() for one in advice.first]
    if advice.consider:
        lines.append(t.words("professions.consider", names=", ".join(one.name for one in advice.consider)))
    if not closed:
        lines.append(t.words("professions.family"))
    return "\n".join(lines)


def summary_card(t: Turn, form: Form, draft: Draft, found: WorrySummary, *, short: bool = False) -> Card:
    """The five lines, what is missing, who gets it, and Send / Ret / Gem."""
    at = locate(form, draft)
    rows = tuple(Row(t.words(f"summary.{key}"), text) for key, text in found.lines)
    notes: list[str] = []
    for key, ids in _unanswered(draft, found):
        notes.append(t.words(f"summary.{key}", questions=names_of(form, ids)))
    if found.child_missing and not (found.flow or found.waits):
        notes.append(t.words("summary.missing_child"))
    if short:
        buttons: tuple[tuple[Button, ...], ...] = (
            (Button(t.words("summary.rest"), _press(draft, "answer", LENGTH, "hele"), "primary"),),
            (Button(t.words("summary.later"), _press(draft, "save")),),
        )
        notes.append(t.words("problems.rest_missing"))
    else:
        plan = _preview(t, found, draft)
        notes += [_recipients(t, plan), t.words("summary.ask")]
        buttons = (
            (Button(t.words("summary.send"), _press(draft, "send"), "primary"),),
            *_go_on_first(t, draft, at),
            (
                Button(t.words("summary.fix"), _press(draft, "edit")),
                Button(t.words("summary.save"), _press(draft, "save")),
            ),
            (_leave_out(t, draft, plan),),
        )
    return Card(
        kind="summary",
        title=f"{t.words('summary.title')} · {draft.code}",
        text="\n\n".join(note for note in notes if note),
        rows=rows,
        buttons=(
            *buttons,
            (
                Button(t.words("question.help"), _press(draft, "help", at.current.id if at.current else ""), "quiet"),
                Button(t.words("question.acute"), encode(Go("acute")), "danger"),
            ),
        ),
        detail=duty(t),
        data_class=WORDS,
    )


def _unanswered(draft: Draft, found: WorrySummary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is missing, and what she was told that she may skip and did: the two are never called the same."""
    for key, skipped in (("missing", False), ("skipped", True)):
        if ids := tuple(one for one in found.missing if (one in draft.skipped) == skipped):
            yield key, ids


def _go_on_first(t: Turn, draft: Draft, at: Position) -> tuple[tuple[Button, ...], ...]:
    """In the red lane nothing waits for missing answers, but they may be given first: from here, or all of the rest."""
    if at.current is not None and at.current.id != REST_QUESTION:
        return ((t.go("menu.back_to", "resume", draft.id),),)
    if at.sees(REST_QUESTION) is not None and "rest" not in picks_of(at.values.get(REST_QUESTION)):
        return ((Button(t.words("summary.rest_first"), _press(draft, "answer", REST_QUESTION, "rest")),),)
    return ()


def _press(draft: Draft, verb: DraftVerb, question: str = "", option: str = "") -> str:
    return encode(DraftAct(verb, draft.id, draft.revision, question, option))


def _inputs(found: WorrySummary, draft: Draft) -> sending.Worry:
    return sending.Worry(
        band=found.band,
        colour=found.worry_light.colour,
        flow=found.flow,
        suspect=found.suspect,
        excluded_roles=tuple(role for role in TRIO if role in draft.left_out),
    )


def _preview(t: Turn, found: WorrySummary, draft: Draft) -> sending.Preview:
    return sending.preview(t.uow, t.person, _inputs(found, draft), t.now, t.world.workdays)


def _recipients(t: Turn, plan: sending.Preview) -> str:
    if not plan.recipients:
        return t.words("summary.nobody", phone_role=t.content.intake)
    return t.words("summary.recipients", names=", ".join(name_and_role(t, one) for one in plan.recipients))


def _leave_out(t: Turn, draft: Draft, plan: sending.Preview) -> Button:
    """The way to leave somebody out; "one of them" is nobody where there is only one, who is named instead."""
    if len(plan.recipients) == 1 and (one := plan.recipients[0]).role in TRIO:
        label = t.words("summary.leave_out_one", name=one.name or t.content.case_words.the_roles[one.role])
        return Button(label[:1].upper() + label[1:], _press(draft, "leave"), "quiet")
    return Button(t.words("summary.leave_out"), _press(draft, "leave"), "quiet")


def name_and_role(t: Turn, one: sending.Recipient) -> str:
    """A colleague by name and role, as the writer knows them; by role alone when there is no name yet."""
    words = t.content.case_words
    return f"{one.name} ({words.roles[one.role]})" if one.name else words.the_roles[one.role]


def leave_out(t: Turn, sheet: Sheet, role: str) -> Reply:
    """Ask who must not get it, or leave that role out (or take it in again): a deputy, or the next level, gets it."""
    form, draft = sheet.form, sheet.draft
    found = summarise(t.content, form, draft)
    if role in TRIO:
        back_in = role in draft.left_out
        left_out = tuple(r for r in draft.left_out if r != role) if back_in else (*draft.left_out, role)
        changed = replace(draft, left_out=left_out, revision=draft.revision + 1)
        save(t, changed, draft.revision)
        label = t.content.case_words.roles[role]
        note = t.card("summary.back_in" if back_in else "summary.left_out", name=f"{label[:1].upper()}{label[1:]}")
        return say(note, *overview(t, Sheet(form, changed)))
    plan = _preview(t, found, draft)
    rows = tuple(
        (Button(name_and_role(t, one), _press(draft, "leave", option=one.role)),)
        for one in plan.recipients
        if one.role in TRIO and one.role not in draft.left_out
    )
    again = tuple(
        (Button(t.words("summary.take_in", name=t.content.case_words.roles[r]), _press(draft, "leave", option=r)),)
        for r in TRIO
        if r in draft.left_out
    )
    back = (t.go("menu.back_to", "resume", draft.id, "quiet"),)
    return say(replace(t.card("summary.leave_out_ask"), buttons=(*rows, *again, back)))


def send(t: Turn, sheet: Sheet) -> Reply:
    """Send what was written where its kind goes; a guide is never sent, and shows its answer again."""
    way = t.nature(sheet.form).send
    return way(t, sheet) if way is not None else say(*cards(t, sheet))


def send_worry(t: Turn, sheet: Sheet) -> Reply:
    """Send the worry: the draft is closed and the case stored in this one transaction, and only then is it told."""
    form, draft = sheet.form, sheet.draft
    step = advance(form, draft, Submit(), sheet.at)
    if step.problems:
        problems = (problem_card(t.content.words, problem) for problem in step.problems)
        return say(*problems, *_after_refusal(t, sheet))
    found = summarise(t.content, form, draft)
    world = t.world
    sent = sending.send(t.uow, t.person, step.draft, _inputs(found, draft), t.now, world.ids, world.workdays)
    if sent.case is None:
        return say(t.card("summary.nobody", "problem", phone_role=t.content.intake))
    if not t.uow.drafts.close(emptied(step.draft), draft.revision):
        raise Moved
    t.uow.outbox.cancel(draft.id, "sent")
    t.go_to("")
    return say(receipt(t, sent.case, sent))


def _after_refusal(t: Turn, sheet: Sheet) -> tuple[Card, ...]:
    """The first open question, or the summary, below a refusal to send."""
    if sheet.seen.current is None or sheet.seen.current.id in (COLOUR_QUESTION, REST_QUESTION):
        return cards(t, sheet)
    return (question_card(t.content.words, sheet.seen),)


def receipt(t: Turn, case: Case, sent: sending.Sent) -> Card:
    """What the writer is told after sending: true words only, what happens next, and her own duty."""
    zone = t.world.workdays.zone
    at = moment_words(case.stored_at, zone)
    school = t.uow.people.school(case.school_id)
    if case.colour.now == "red" or case.route != "trio":
        names = ", ".join(name_and_role(t, one) for one in sent.recipients if not one.informed)
        now = "sent.red_past_leader" if case.route == "superior" else "sent.red"
        now = now if t.world.workdays.is_open(t.now) else "sent.red_closed"
        parts = [t.words("sent.stored", code=case.code, time=at), t.words(now, names=names, time=at)]
    else:
        parts = [t.words("sent.text", team=f"TRIO på {school.name if school else ''}", code=case.code, time=at)]
        if school is not None:
            meeting = team_days(t.uow, school, t.world.workdays).next(t.now).astimezone(zone)
            parts.append(t.words("sent.next", date=day_words(meeting.date())))
    parts += [t.words("sent.add"), duty(t)]
    buttons = ((t.go("sent.see", "case", case.id, "primary"), t.go("menu.menu", "menu", style="quiet")),)
    if case.colour.now == "red" or case.route != "trio":
        buttons = ((t.go("sent.report", "report", case.id),), *buttons)
    return Card(
        kind="receipt", title=t.words("sent.title"), text="\n\n".join(parts), buttons=buttons, data_class=CLOSED
    )
