"""What each source of a dossier holds, in plain Danish. A new source gets a title in papers.yaml and one teller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bot.app.cases.lines import timeline
from bot.app.cases.scene import Scene
from bot.app.turns.handbook import Handbook
from dialogs.access.oversight import Look
from dialogs.access.roster import Member
from dialogs.cases.glass import Emergency
from dialogs.cases.model import Case
from dialogs.cases.words import day_words, moment_words
from dialogs.meetings.model import Meeting
from dialogs.notice_texts import NoticeError, NoticeTexts
from dialogs.notices import OutboxRow
from dialogs.papers import consents, exchanges
from dialogs.papers.dossier import plain
from dialogs.papers.filings import Filing, FilingKind
from dialogs.plans import filed
from dialogs.plans.paper import Around, paper_of
from dialogs.types import Draft, Form
from dialogs.values import Picked
from dialogs.words import Words

_OWN_WORDS: Final = ("text", "list")  # the kinds of question that are answered in one's own words


@dataclass(frozen=True)
class Told:
    """One line of the paper. `words`: somebody wrote it in their own words, so others may stand in it."""

    label: str
    text: str
    words: bool = False


@dataclass(frozen=True)
class Telling:
    """What a teller needs. The people of the scene have names only where they may be named."""

    words: Words
    handbook: Handbook
    scene: Scene
    form: Form
    notices: NoticeTexts
    plans: Words
    doers: Mapping[str, str]  # who may do something in a plan, by id
    now: datetime

    def say(self, key: str, **params: str | int) -> str:
        """A text of the dossier."""
        return self.words(f"dossier.{key}", **params)

    def who(self, person_id: str | None) -> str:
        """A person by name or by function; a polite word for somebody who has left."""
        found = self.scene.names.get(person_id or "", "")
        return found[:1].upper() + found[1:] if found else self.say("nobody")

    def when(self, at: datetime) -> str:
        """A moment with its year."""
        zone = self.handbook.workdays.zone
        return f"{moment_words(at, zone)}, {at.astimezone(zone).year}"

    def written(self, label: str, text: str) -> Iterator[Told]:
        """A line of somebody's own words, when there are any."""
        if text.strip():
            yield Told(label, text, words=True)


def day_of(day: date) -> str:
    """A day with its year."""
    return f"{day_words(day)} {day.year}"


def _answers(t: Telling, answers: Mapping[str, Any]) -> Iterator[Told]:
    for question_id, value in answers.items():
        label, text = t.handbook.labels(question_id, value)
        question = t.form.question(question_id)
        noted = isinstance(value, Picked) and bool(value.note)
        free = question is None or question.kind in _OWN_WORDS or noted
        yield Told(label, text, words=free)


def _case(t: Telling, held: Sequence[Case]) -> Iterator[Told]:
    case, words = held[0], t.handbook.words
    yield Told(t.say("case.school"), t.scene.school.name)
    yield Told(t.say("case.sent"), t.when(case.sent_at))
    yield Told(t.say("case.writer"), t.who(case.writer_id))
    yield Told(t.say("case.state"), words.team_state(case, t.scene.entries))
    yield Told(t.say("case.colour"), words.lights[case.colour.now])
    yield Told(t.say("case.suggested"), words.lights[case.colour.suggested])
    yield Told(t.say("case.because"), "\n".join(t.handbook.because(case.colour.because)) or t.say("nothing"))
    yield from t.written(t.say("case.writer_reason"), case.colour.writer_reason)
    yield from t.written(t.say("case.lowering_reason"), case.colour.lowering_reason)
    if case.excluded:
        yield Told(t.say("case.excluded"), "\n".join(t.who(one) for one in case.excluded))
    if case.owner_id:
        yield Told(t.say("case.owner"), t.who(case.owner_id))
    if case.follow_up:
        yield Told(t.say("case.follow_up"), day_of(case.follow_up))
    if case.closed_at:
        yield Told(t.say("case.closed"), t.when(case.closed_at))
    yield from _answers(t, case.answers)


def _draft(t: Telling, held: Sequence[Draft]) -> Iterator[Told]:
    for draft in held:
        if not draft.answers:
            yield Told(t.say("draft.state"), t.say("draft.emptied"))
        yield from _answers(t, draft.answers)


def _entries(t: Telling, held: Sequence[Any]) -> Iterator[Told]:
    for row in timeline(t.scene, "member", t.now, t.handbook, None):
        yield Told(t.when(row.event_at), row.text, words=row.kind not in ("sent", "stored", "opened", "planned"))


def _filings(t: Telling, held: Sequence[Filing]) -> Iterator[Told]:
    for filing in held:
        yield from FILED.get(filing.kind, _any_filing)(t, filing)


def _consent(t: Telling, filing: Filing) -> Iterator[Told]:
    one, words = consents.load(filing), t.words
    scope = one.scope
    yield Told(t.say("filing.consent"), words(f"consent.state.{one.state}"))
    yield Told(t.say("filing.asked_by"), f"{t.who(one.asked_by)}, {day_of(one.asked_on)}")
    yield Told(words("consent.paper_from"), "\n".join(words(f"consent.from.{one}") for one in scope.givers))
    yield Told(words("consent.paper_to"), "\n".join(words(f"consent.to.{to}") for to in scope.to))
    yield Told(words("consent.paper_kinds"), "\n".join(words(f"consent.kinds.{kind}") for kind in scope.kinds))
    yield from t.written(words("consent.paper_purpose"), scope.purpose)
    yield from t.written(words("consent.paper_excluded"), scope.excluded)
    yield Told(words("consent.paper_until"), day_of(scope.until))
    for word in one.words:
        said = (words(f"consent.party.{word.party}"), words(f"consent.said.{word.said}"))
        yield Told(t.say("filing.said"), f"{': '.join(said)}, {day_of(word.day)}")
        yield Told(t.say("filing.heard_by"), t.who(word.heard_by))
        yield from t.written(words(f"consent.way.{word.way}"), word.why_oral)
    if one.back is not None and one.ended_on is not None:
        yield Told(
            words("consent.state.withdrawn"), f"{words(f'consent.party.{one.back.party}')}, {day_of(one.ended_on)}"
        )
        yield Told(t.say("filing.heard_by"), f"{t.who(one.back.noted_by)}, {day_of(one.back.noted_on)}")


def _exchange(t: Telling, filing: Filing) -> Iterator[Told]:
    one, words = exchanges.load(filing), t.words
    yield Told(t.say("filing.exchange"), words(f"exchange.state.{one.state}"))
    yield Told(words("exchange.day"), day_of(one.day))
    yield Told(t.say("filing.made_by"), t.who(one.made_by))
    if one.confirmed_by:
        yield Told(t.say("filing.confirmed_by"), t.who(one.confirmed_by))
    yield Told(words("exchange.noted.seats"), "\n".join(words(f"exchange.seat.{seat}") for seat in one.seats))
    for key in ("necessary", "not_anonymous", "not_consent", "special"):
        yield from t.written(words(f"exchange.noted.{key}"), getattr(one.grounds, key))
    if one.kinds:
        yield Told(words("exchange.kinds"), "\n".join(words(f"consent.kinds.{kind}") for kind in one.kinds))
    yield from t.written(words("exchange.decisions"), one.decisions)
    yield from t.written(words("exchange.parents"), one.parents)


def _report(t: Telling, filing: Filing) -> Iterator[Told]:
    yield Told(t.say("filing.report"), t.who(filing.owner))
    yield Told(t.say("filing.sent"), t.when(datetime.fromisoformat(filing.body["sent_at"])))
    if received := filing.body.get("received_on"):
        yield Told(t.say("filing.received"), day_of(date.fromisoformat(received)))


def _child(t: Telling, filing: Filing) -> Iterator[Told]:
    yield Told(t.say("filing.child"), t.say("filing.tied"))


def _plan(t: Telling, filing: Filing) -> Iterator[Told]:
    """The plan as its own paper tells it; its texts are many people's, so all of them are marked."""
    around = Around(t.plans, t.doers, (), t.scene.case.code, t.handbook.today(t.now))
    paper = paper_of(filed.load(filing), around)
    yield Told(t.say("filing.plan"), paper.lead)
    for section in paper.sections:
        for text in _texts(plain(section.blocks)):
            yield from t.written(section.title, text)


def _any_filing(t: Telling, filing: Filing) -> Iterator[Told]:
    """A kind that nobody has written a teller for is told all the same: nothing that is held is left out."""
    yield Told(t.say("filing.other"), filing.state)
    for text in _texts(plain(filing.body)):
        yield from t.written(t.say("filing.other"), text)


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
                yield from _texts(one)
        case list():
            for one in value:  # pyright: ignore[reportUnknownVariableType]
                yield from _texts(one)
        case _:
            pass


def _meetings(t: Telling, held: Sequence[Meeting]) -> Iterator[Told]:
    for one in held:
        status = t.say(f"meeting.{one.status}")
        yield Told(t.when(one.starts.utc), status)
        seats = (t.who(seat.person_id) if seat.person_id else t.say("meeting.other") for seat in one.seats)
        yield Told(t.say("meeting.people"), "\n".join(seats))
        for key, text in (("place", one.place), ("purpose", one.purpose), ("reason", one.reason)):
            yield from t.written(t.say(f"meeting.{key}"), text)
        for text in (seat.reason for seat in one.seats):
            yield from t.written(t.say("meeting.absence"), text)
        for text in _texts(plain(one.notes)):
            yield from t.written(t.say("meeting.notes"), text)


def _related(t: Telling, held: Sequence[str]) -> Iterator[Told]:
    for code in held:
        yield Told(t.say("related.code"), code)


def _members(t: Telling, held: Sequence[Member]) -> Iterator[Told]:
    for one in held:
        until = t.when(one.until) if one.until else t.say("open_end")
        kind = t.say(f"member.{one.relation}")
        yield Told(t.who(one.person_id), f"{kind}, {t.say('period', since=t.when(one.since), until=until)}")


def _emergencies(t: Telling, held: Sequence[Emergency]) -> Iterator[Told]:
    for one in held:
        yield Told(t.when(one.since), t.who(one.person_id))
        yield Told(t.say("emergency.why"), t.handbook.words.causes[one.cause])
        yield from t.written(t.say("emergency.why"), one.words)
        yield Told(t.say("emergency.verdict"), t.say(f"emergency.{one.verdict or 'waiting'}"))


def _looks(t: Telling, held: Sequence[Look]) -> Iterator[Told]:
    roles: Mapping[str, str] = {**t.handbook.words.roles, "operator": t.say("operator")}
    for look in held:
        yield Told(
            t.when(look.at), f"{roles.get(look.role, t.say('nobody'))}: {t.handbook.words.purposes[look.purpose]}"
        )


def _notices(t: Telling, held: Sequence[OutboxRow]) -> Iterator[Told]:
    for row in held:
        wish = row.wish
        try:
            subject = t.notices.render(wish.template, wish.params, case_id=wish.case_id).subject
        except NoticeError:  # a deletion in a chat, or a notice that this version has no words for any more
            subject = wish.template
        if row.state in ("pending", "sending"):
            subject = t.say("notice.waits", subject=subject)
        yield Told(t.when(row.sent_at or wish.due_at), t.say("notice.to", who=t.who(wish.recipient), subject=subject))


Teller = Callable[[Telling, Sequence[Any]], Iterator[Told]]
FILED: Final[Mapping[FilingKind, Callable[[Telling, Filing], Iterator[Told]]]] = {
    "consent": _consent, "exchange": _exchange, "report": _report, "child": _child, "plan": _plan,
}  # fmt: skip
TELLERS: Final[Mapping[str, Teller]] = {
    "case": _case, "draft": _draft, "entries": _entries, "filings": _filings, "meetings": _meetings,
    "related": _related, "members": _members, "emergencies": _emergencies, "looks": _looks, "notices": _notices,
}  # fmt: skip
