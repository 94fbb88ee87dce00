"""What is different between two content folders, as an editor or a jurist wants to see it before a release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeVar

from dialogs.conditions import Condition
from dialogs.law.book import LawBook
from dialogs.law.sources import Source
from dialogs.law.taps import walks
from dialogs.light.signs import Sign, SignBook
from dialogs.lint.texts import texts_of
from dialogs.reading.files import Files
from dialogs.tables import Table, boundary_dates, shifts
from dialogs.telling import in_words
from dialogs.types import Form, Option, Question

What = Literal["form", "question", "option", "rule", "sign", "text", "table", "source", "paper"]
How = Literal["added", "removed", "changed"]
T = TypeVar("T")


@dataclass(frozen=True)
class Difference:
    """One thing that came, went or changed; `before` and `after` are Danish, and empty where there is nothing."""

    what: What
    how: How
    id: str
    before: str = ""
    after: str = ""
    situations: int = 0  # for a table: how many combinations of facts get another outcome


@dataclass(frozen=True)
class Version:
    """One content folder, read."""

    files: Files
    forms: Mapping[str, Form]
    signs: SignBook
    tables: Mapping[str, Table] = field(default_factory=dict[str, Table])
    law: LawBook | None = None


def compare(before: Version, after: Version) -> tuple[Difference, ...]:
    """Every difference in questions, options, rules, signs, texts and the outcomes of tables."""
    return (
        *_forms(*({key: _own(form, book.signs) for key, form in book.forms.items()} for book in (before, after))),
        *_signs(before.signs, after.signs),
        *_texts(before.files, after.files),
        *_table(before.signs.table, after.signs.table),
        *_tables(before.tables, after.tables),
        *_law(before.law, after.law),
    )


def _both(one: Mapping[str, T], other: Mapping[str, T]) -> Iterator[tuple[str, T | None, T | None]]:
    for key in dict.fromkeys((*one, *other)):
        yield key, one.get(key), other.get(key)


def _came_or_went(what: What, key: str, old: str | None, new: str | None) -> Iterator[Difference]:
    if old is None and new is not None:
        yield Difference(what, "added", key, after=new)
    elif new is None and old is not None:
        yield Difference(what, "removed", key, before=old)
    elif old != new:
        yield Difference(what, "changed", key, old or "", new or "")


def _forms(one: Mapping[str, Form], other: Mapping[str, Form]) -> Iterator[Difference]:
    for form_id, old, new in _both(one, other):
        if old is None or new is None:
            yield from _came_or_went("form", form_id, old and old.title, new and new.title)
            continue
        for name in ("send_early", "hold_if"):
            yield from _rule(f"{form_id}.{name}", old, getattr(old, name), new, getattr(new, name))
        questions = _both({q.id: q for q in old.questions}, {q.id: q for q in new.questions})
        for question_id, q_old, q_new in questions:
            yield from _question(f"{form_id}.{question_id}", old, q_old, new, q_new)


def _rule(key: str, old: Form, before: Condition | None, new: Form, after: Condition | None) -> Iterator[Difference]:
    if before != after:
        said = ["" if rule is None else in_words(rule, form) for form, rule in ((old, before), (new, after))]
        yield Difference("rule", "changed", key, said[0] or "altid", said[1] or "altid")


def _asked(key: str, before: Question, old: Form, after: Question, new: Form) -> Iterator[Difference]:
    """When a question is asked. Over a law table that is worked out, and as long as a page: the ways are counted."""
    if not (old.table and new.table):
        yield from _rule(key, old, before.show_if, new, after.show_if)
    elif before.show_if != after.show_if:
        ways = [sum(name in walk for walk in walks(form)) for form, name in ((old, before.id), (new, after.id))]
        yield Difference("rule", "changed", key, f"spørges på {ways[0]} veje", f"spørges på {ways[1]} veje")


def _question(key: str, old: Form, before: Question | None, new: Form, after: Question | None) -> Iterator[Difference]:
    if before is None or after is None:
        yield from _came_or_went("question", key, before and before.ask, after and after.ask)
        return
    yield from _came_or_went("question", key, _nature(before), _nature(after))
    yield from _asked(key, before, old, after, new)
    for option_id, o_old, o_new in _both(_options(before), _options(after)):
        name = f"{key}.{option_id}"
        if o_old is None or o_new is None:
            yield from _came_or_went("option", name, o_old and o_old.label, o_new and o_new.label)
        else:
            yield from _came_or_went("option", name, _option_nature(o_old), _option_nature(o_new))
            yield from _rule(name, old, o_old.show_if, new, o_new.show_if)


def _own(form: Form, signs: SignBook) -> Form:
    """The form with the options that it writes itself; signs are compared on their own."""
    return replace(
        form,
        questions=tuple(
            replace(question, options=tuple(one for one in question.options if one.id not in signs.by_id))
            for question in form.questions
        ),
    )


def _options(question: Question) -> dict[str, Option]:
    return {option.id: option for option in question.options}


def _nature(question: Question) -> str:
    limits = question.limits
    parts = [question.kind, "krævet" if question.required else "frivillig", f"dataklasse {int(question.data_class)}"]
    parts += [f"højst {limits.max_picks} valg"] if limits.max_picks else []
    parts += [f"højst {limits.max_length} tegn", *(["med ord ved siden af"] if question.note else [])]
    return ", ".join(parts)


def _option_nature(option: Option) -> str:
    parts = ["alene" if option.exclusive else "", f"tæller {option.number}" if option.number is not None else ""]
    return ", ".join(part for part in parts if part)


def _signs(one: SignBook, other: SignBook) -> Iterator[Difference]:
    for sign_id, old, new in _both(one.by_id, other.by_id):
        yield from _came_or_went("sign", sign_id, old and _marks(old), new and _marks(new))


def _marks(sign: Sign) -> str:
    marks = [{"green": "grøn", "yellow": "gul", "red": "rød"}[sign.colour]]
    marks += ["låst"] if sign.locked else []
    marks += ["akut"] if sign.acute else []
    marks += [f"flow {sign.flow}"] if sign.flow else []
    marks += [f"kort {sign.card}"] if sign.card else []
    return ", ".join(marks)


def _texts(one: Files, other: Files) -> Iterator[Difference]:
    """Texts that changed; those that came or went only where no question or sign tells of it already."""
    old, new = ({f"{text.document.file}: {text.id}": text.text for text in texts_of(files)} for files in (one, other))
    for key, before, after in _both(old, new):
        if (before is None or after is None) and key.startswith(("forms/", "signs/")):
            continue
        yield from _came_or_went("text", key, before, after)


def _tables(one: Mapping[str, Table], other: Mapping[str, Table]) -> Iterator[Difference]:
    for name, old, new in _both(one, other):
        if old is not None and new is not None:
            yield from _table(old, new)
        else:
            yield from _came_or_went("table", name, old and _facts(old), new and _facts(new))


def _facts(table: Table) -> str:
    return "; ".join(f"{name}: {', '.join(map(str, values))}" for name, values in table.facts.items())


def _table(one: Table, other: Table) -> Iterator[Difference]:
    if dict(one.facts) != dict(other.facts):
        yield Difference("table", "changed", one.id, _facts(one), _facts(other))
        return
    days: tuple[date | None, ...] = (None, *sorted({*boundary_dates(one), *boundary_dates(other)}))
    for day in days:
        for shift in shifts(one, other, day):
            example = ", ".join(f"{name}: {value}" for name, value in shift.example)
            key = f"{one.id} {day}" if day else one.id
            said = f"{shift.after or 'intet svar'} (fx {example})"
            yield Difference("table", "changed", key, shift.before or "intet svar", said, shift.count)


def _law(one: LawBook | None, other: LawBook | None) -> Iterator[Difference]:
    """Sources that were read anew, moved or fell away, each with what rests on it; and what each paper rests on."""
    if one is None or other is None:
        return
    for name, old, new in _both(one.sources, other.sources):
        said = [None if source is None else _reading(source, book) for source, book in ((old, one), (new, other))]
        yield from _came_or_went("source", name, *said)
    names = [_read(book.names.checked_on, book.names.reviewed_by) for book in (one, other)]
    yield from _came_or_went("source", "old_names.yaml", *names)
    papers = ({name: "; ".join(cited) for name, cited in book.papers.items()} for book in (one, other))
    for name, cited, citing in _both(*papers):
        yield from _came_or_went("paper", name, cited, citing)


def _read(checked_on: date | None, reviewed_by: str) -> str:
    checked = f"tjekket {checked_on}" if checked_on else "ikke læst"
    return f"{checked}, {f'læst af {reviewed_by}' if reviewed_by else 'ikke læst af jurist'}"


def _reading(source: Source, book: LawBook) -> str:
    rests = [
        *(rule.id for rule in book.written.rules if source.id in rule.sources),
        *(card.id for card in book.report.cards.values() if source.id in card.sources),
        *(name for name, cited in book.papers.items() if source.id in cited),
    ]
    parts = [
        source.act.no,
        f"fra {source.valid_from or 'altid'} til {source.valid_to or 'nu'}",
        _read(source.checked_on, source.reviewed_by),
        f"bærer {', '.join(rests)}" if rests else "bærer intet",
    ]
    return ", ".join(parts)
