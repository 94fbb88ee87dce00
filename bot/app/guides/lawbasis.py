"""«Vis lovgrundlag»: the rule, each source with its old name, its link and how well it has been read.

One way for the guides in the chat and for the pages of papers: what no jurist has read within a year is told in grey.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.app.turns.turn import Turn
from dialogs.acts import GoVerb
from dialogs.content import Content
from dialogs.law.names import OldName
from dialogs.law.sources import Act, Source, Standing, standing_of, weakest
from dialogs.replies import Card

_WAYS: dict[str, tuple[str, GoVerb, str]] = {
    "report": ("sharing.acts.report", "guide", "report"),
    "sharing": ("sharing.from_case", "share", ""),
}


@dataclass(frozen=True)
class Basis:
    """What a paper rests on: the sources behind the fold, and the grey line in sight; "" when all is well read."""

    text: str
    faint: str


def of_paper(content: Content, name: str, day: date, note: str) -> Basis:
    """The law behind one paper on a day, below a `note` of our own on how it is read here."""
    cited = content.law.papers[name]
    return Basis("\n\n".join(part for part in (note, _sources(content, cited)) if part), _faint(content, cited, day))


def today(t: Turn) -> date:
    """The day in the municipality, which the law is asked about."""
    return t.now.astimezone(t.world.workdays.zone).date()


def of_rule(t: Turn, rule_id: str) -> str:
    """The law behind one rule of the sharing table as it holds here, and who has said that it holds so."""
    rule = next(one for one in t.content.law.table.rules if one.id == rule_id)
    parts = (t.words("basis.rule", rule=rule.id), _chosen_here(t), of_sources(t, rule.sources))
    return "\n\n".join(part for part in parts if part)


def _chosen_here(t: Turn) -> str:
    """Whose choices the table is read with, where this municipality has made any."""
    jurist = t.content.local.jurist
    if jurist.approved_on is None:
        return ""
    return t.words("basis.chosen", who=jurist.approved_by, date=_day(jurist.approved_on))


def of_sources(t: Turn, cited: Sequence[str]) -> str:
    """These sources, act by act: the act and its link, the places in it, and how they have been read."""
    return _sources(t.content, cited)


def _sources(content: Content, cited: Sequence[str]) -> str:
    acts: dict[Act, list[Source]] = {}
    for source in (content.law.sources[name] for name in cited):
        acts.setdefault(source.act, []).append(source)
    return "\n\n".join(_told(content, act, sources) for act, sources in acts.items())


def _told(content: Content, act: Act, sources: Sequence[Source]) -> str:
    lines = [f"{act.title[:1].upper()}{act.title[1:]} ({act.no}), {act.link}"]
    for source in sources:
        was = content.words("basis.formerly", old=source.old) if source.old else ""
        lines.append(f"• {' '.join(part for part in (source.section, was) if part)}: {source.says}".replace("• :", "•"))
    return "\n".join((*lines, *dict.fromkeys(_read(content, source) for source in sources)))


def _read(content: Content, source: Source) -> str:
    if source.checked_on is None:
        return content.words("basis.unread")
    lines = [content.words("basis.checked", date=_day(source.checked_on))]
    lines += [content.words("basis.text_of", date=_day(source.act.text_of))] if source.act.text_of else []
    lines.append(
        content.words("basis.reviewed", who=source.reviewed_by)
        if source.reviewed_by
        else content.words("basis.unreviewed")
    )
    return " ".join(lines)


def faint(t: Turn, cited: Sequence[str]) -> str:
    """One grey line beside an answer that rests on sources not read well enough; empty when they are."""
    return _faint(t.content, cited, today(t))


def faint_of_table(t: Turn, cited: Sequence[str]) -> str:
    """The grey beside an answer of the sharing table: of its sources, and of choices of the municipality's own."""
    return " ".join(part for part in (faint(t, cited), _grey_choices(t)) if part)


def _grey_choices(t: Turn) -> str:
    """A jurist's choices hold for a year as a reading of the law does, and not before the day they are signed for."""
    jurist, day = t.content.local.jurist, today(t)
    if jurist.approved_on is None or not (jurist.relaxed or jurist.own_unit):
        return ""
    if jurist.approved_on > day:
        return t.words("basis.chosen_early", date=_day(jurist.approved_on))
    old = standing_of(jurist.approved_on, jurist.approved_by, day) != "reviewed"
    return t.words("basis.chosen_old", date=_day(jurist.approved_on)) if old else ""


def _faint(content: Content, cited: Sequence[str], day: date) -> str:
    sources = [content.law.sources[name] for name in cited]
    checked = min((source.checked_on for source in sources if source.checked_on is not None), default=None)
    return _grey(content, weakest(sources, day), checked)


def _grey(content: Content, standing: Standing, checked: date | None) -> str:
    if standing == "reviewed":
        return ""
    dated = content.words("basis.checked", date=_day(checked)) if checked is not None else ""
    return " ".join(part for part in (content.words(f"basis.standing.{standing}"), dated) if part)


def was_called(t: Turn, text: str) -> tuple[Card, ...]:
    """The old names of laws in a text, each with the old and the new number, what it means, and the way to the guide
    that knows more."""
    names = t.content.law.names
    heard = names.heard(text)
    if not heard:
        return ()
    ways = tuple((t.go(*_WAYS[guide]),) for guide in dict.fromkeys(name.guide for name in heard) if guide in _WAYS)
    told = "\n\n".join(f"{_was(t, name)}\n{t.words('basis.means', means=name.means)}" for name in heard)
    faint = _grey(t.content, standing_of(names.checked_on, names.reviewed_by, today(t)), names.checked_on)
    return (Card(kind="say", text=told, faint=faint, buttons=ways),)


def leads_to(t: Turn, text: str) -> frozenset[str]:
    """The guides that the old names in a text lead to."""
    return frozenset(name.guide for name in t.content.law.names.heard(text))


def _was(t: Turn, name: OldName) -> str:
    return t.words("basis.was", what=name.what, old=name.old, new=name.new)


def _day(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"
