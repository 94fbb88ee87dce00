"""Beginning a draft, and coming back to one: from nothing, from the traffic light, in the red lane, days later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.app import acute, lists, menu
from bot.app.keeping import Sheet, find, here, lay
from bot.app.showing import show
from bot.app.turn import Turn, say
from dialogs.notices import Wish
from dialogs.position import locate
from dialogs.replies import Reply
from dialogs.types import Draft
from dialogs.values import Value, picks_of

MAX_OPEN_DRAFTS: Final = 20  # more than anybody writes at a time; keeps the list readable on a phone
WAITING_DAYS: Final = 3  # then the writer is nudged once
EXPIRY_WARNINGS: Final = (10, 3)  # days left: day 20 and day 27 of thirty (reliability_security.md § 7.7)


def start(t: Turn, form_id: str, answers: Mapping[str, Value] | None = None) -> Reply:
    """Begin a new draft of a form, with what is already known filled in, and show its first question."""
    form = t.content.form(form_id)
    if len(t.uow.drafts.open_of(t.person.id)) >= MAX_OPEN_DRAFTS:
        return lists.full(t)
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
    return say(t.card(key, code=draft.code), *show(t, Sheet(form, draft)))


def _remind_later(t: Turn, draft: Draft) -> None:
    """A nudge after three days and warnings before the draft runs out; each stops itself when the draft is closed."""
    plan = [("draft_waiting", t.now + timedelta(days=WAITING_DAYS), WAITING_DAYS)]
    plan += [("draft_expiring", draft.expires_at - timedelta(days=left), left) for left in EXPIRY_WARNINGS]
    for template, at, days in plan:
        wish = Wish(
            dedupe_key=f"{template}:{draft.id}:{days}",
            recipient=t.person.id,
            template=template,
            due_at=t.world.workdays.next_open(at),
            params={"code": draft.code, "days": days, "date": draft.expires_at.date().isoformat()},
            delivery="nudge" if template == "draft_waiting" else "reminder",
            until=draft.expires_at,
            draft_id=draft.id,
            still="draft_open",
        )
        t.uow.outbox.add(wish)


def resume(t: Turn, draft_id: str) -> Reply:
    """Go on with a draft where it was left, on any channel."""
    draft = find(t, draft_id)
    if draft is None or draft.status != "open":
        return say(t.problem("gone"), *menu.cards(t))
    t.go_to(f"draft:{draft.id}")
    sheet = lay(t, draft)
    return say(t.card("drafts.resumed", code=draft.code), *sheet.told, *show(t, sheet))


def urgent(t: Turn, flow: str) -> Reply:
    """A red worry, now: the open draft turned to the red lane, or a new one already in it."""
    flow = flow if flow in acute.FLOWS else ""
    sheet = here(t)
    if sheet is not None and sheet.form.id == "worry":
        return acute.urgent(t, sheet, flow or "other")
    known: dict[str, Value] = {"q04_sikkerhed": "ja", **({"q04_hvad": flow} if flow else {})}
    return start(t, "worry", known)


def worry_from_light(t: Turn, draft_id: str) -> Reply:
    """A worry from the traffic light: areas and signs go along, so that nothing is answered twice."""
    light = find(t, draft_id)
    if light is None or light.form_id != "light":
        return say(t.problem("gone"), *menu.cards(t))
    values = locate(t.content.form("light"), light).values
    ticked = {p for key, value in values.items() if key.startswith("l_B") for p in picks_of(value)}
    signs = [s for s in t.content.signs.by_id.values() if s.id in ticked and s.colour != "green"]
    rows = [row for band in t.content.signs.bands for row in band.rows if any(s in row.signs for s in signs)]
    areas = tuple(dict.fromkeys(area for row in rows for area in row.areas))[:MAX_AREAS]
    known: dict[str, Value] = {"q06_omraader": areas} if areas else {}
    for question, subject in (("q06_tegn", "child"), ("q06_omsorg", "parent")):
        if found := tuple(s.id for s in signs if s.subject == subject):
            known[question] = found
    t.uow.drafts.delete(light.id)
    return start(t, "worry", known)


MAX_AREAS: Final = 4  # as many as the worry's own question takes
