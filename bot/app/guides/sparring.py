"""Anonymous sparring: a text is looked at and given back. It is stored nowhere unless its writer makes it a worry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app.cases.stored import KINDS
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.guards import clean
from dialogs.guides.anonymity import MAX_TEXT
from dialogs.people import Person
from dialogs.types import Draft

WORRY, SEEN = "worry", "q05_set"  # the text is what was seen and heard


@dataclass(frozen=True)
class Found:
    """One place to change: the writer's own words there, and what to write instead."""

    words: str
    say: str


@dataclass(frozen=True)
class Checked:
    """What came of a look. `flow` is the most urgent danger that the words tell of, or ""."""

    text: str
    found: tuple[Found, ...]
    ask: tuple[str, ...]
    doubt: str
    flow: str
    too_long: bool = False


def check(world: World, text: str) -> Checked:
    """Hold the text against the checklist. Pure: nothing is read from the store, and nothing is written."""
    content, plain = world.content, clean(text)
    book = content.anonymity
    if len(plain) > MAX_TEXT:
        return Checked(plain, (), book.ask, book.doubt, "", too_long=True)
    hits = book.check(plain, content.guards)
    found = tuple(dict.fromkeys(Found(plain[hit.start : hit.end], book.say(hit.code)) for hit in hits))
    return Checked(plain, found, book.ask, book.doubt, next(iter(content.guards.scan(plain).flows), ""))


@dataclass(frozen=True)
class Made:
    """The draft that the text became, or why not, in words."""

    draft_id: str = ""
    refusals: tuple[str, ...] = ()


def make_worry(world: World, uow: UnitOfWork, person: Person, text: str, now: datetime) -> Made:
    """A new worry with the text as what was seen and heard; what no worry may hold is refused, and nothing is kept."""
    content, plain = world.content, clean(text).strip()
    form = content.form(WORRY)
    question = form.question(SEEN)
    most = question.limits.max_length if question is not None else 0
    if not plain or len(plain) > most:
        return Made(refusals=(content.papers("sparring.empty" if not plain else "sparring.too_long", most=most),))
    findings = content.guards.scan(plain)
    refusals = tuple(content.words(f"refused.{kind}") for kind in KINDS if getattr(findings, kind))
    if refusals:
        return Made(refusals=refusals)
    draft = Draft(
        id=world.ids.new(),
        form_id=form.id,
        form_version=form.version,
        form_digest=form.digest,
        owner=person.id,
        code=world.ids.code(),
        started_at=now,
        expires_at=now + timedelta(days=form.retention_days),
        answers={SEEN: plain},
    )
    uow.drafts.add(draft)
    conversation = uow.conversations.get(person.id)
    uow.conversations.save(
        replace(conversation, place=f"draft:{draft.id}", alert=None, asked=(), cleared=(), pending=None, misses=0)
    )
    return Made(draft.id)
