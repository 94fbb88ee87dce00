"""From what a person typed or pressed to a value, or to a Problem that says what to do. Never raises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import assert_never

from dialogs.danish.hurried import DOUBT, hedged_no, meant
from dialogs.types import Option, Problem, Question
from dialogs.values import Picked, Value, picks_of

# No pattern starts with \s*: searched for in a long run of blanks it would take time by the square of its length.
_SPLIT_MANY = re.compile(r"(?:[,;\n+&]|\bog\b)\s*|(?<!\s)\s+(?=\d{1,2}\b)")
_LEAD = re.compile(r"[,:;.–—-]+\s*|\n+")
_FIRST_WORD = re.compile(r"(?P<head>\S+)\s+")
_ITEM = re.compile(r"[\n;]")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\Z"),
    re.compile(r"(?P<d>\d{1,2})[./ -](?P<m>\d{1,2})[./ -](?P<y>\d{4})\Z"),
)
_EASY = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "–": "-", "—": "-"})  # as a phone types them
_YES = frozenset({"ja", "j", "jo", "jep", "yes", "ok"})
_NO = frozenset({"nej", "n", "nope", "no"})
_LONGEST_NUMBER = 4  # digits of a place on a list; int() of thousands of digits raises


def parse(
    question: Question,
    options: Sequence[Option],
    raw: str | tuple[str, ...] | None,
    note: str | None,
    before: Value | None,
    items: Sequence[str],
) -> Value | Problem:
    """The value that an answer gives, or why it can't be taken.

    `options` are those on show, `before` what the question holds already, `items` the list an each-question rates.
    """
    match question.kind:
        case "text":
            return _text(question, options, raw)
        case "list":
            return _list(question, raw)
        case "date":
            return _date(question, _typed(raw))
        case "number":
            return _number(question, _typed(raw))
        case "each":
            return _each(question, options, raw, before, items)
        case "one" | "yesno" | "person_role" | "many":
            return _choice(question, options, raw, note, before)
        case _:
            assert_never(question.kind)


def fold(text: str) -> str:
    """Text as the eye of a hurried reader sees it: lower case, å = aa, one dash, no marks at the ends, one blank."""
    low = unicodedata.normalize("NFC", text).casefold().translate(_EASY)
    return re.sub(r"\s+", " ", low.strip(" \t\n.,;:!?()«»\"'-–—"))


@lru_cache(maxsize=4_096)
def _folded(label: str) -> str:
    """A label of the content, folded once; never called with a person's words, which must not stay in memory."""
    return fold(label)


def match_option(question: Question, options: Sequence[Option], text: str) -> Option | None:
    """The one option that this text names: by its number on the list, its label, its id, or the start of one label.

    Beside a question that takes words too nothing is guessed: there what names no option is words.
    """
    wanted = fold(text)
    if not wanted:
        return None
    if wanted.isdecimal() and len(wanted) <= _LONGEST_NUMBER and 1 <= int(wanted) <= len(options):
        return options[int(wanted) - 1]
    exact = [o for o in options if wanted in (_folded(o.label), _folded(o.id), *map(_folded, o.formerly))]
    if exact:
        return exact[0]
    if question.kind == "yesno" or {"ja", "nej"} <= {o.id for o in options}:
        short = "ja" if wanted in _YES else "nej" if wanted in _NO else ""
        if found := next((o for o in options if o.id == short), None):
            return found
    starts = [o for o in options if len(wanted) >= 3 and _folded(o.label).startswith(wanted)]
    if len(starts) == 1:
        return starts[0]
    return None if question.note else meant(options, wanted, [_folded(o.label) for o in options])


def _typed(raw: str | tuple[str, ...] | None) -> str:
    return raw.strip() if isinstance(raw, str) else ""


def _text(question: Question, options: Sequence[Option], raw: str | tuple[str, ...] | None) -> Value | Problem:
    if isinstance(raw, tuple):
        picks = _known(options, raw)
        return Picked(picks, "") if len(picks) == 1 else Problem("not_an_option", question.id)
    text = _typed(raw)
    folded = fold(text)
    if same := next((o for o in options if folded in (_folded(o.label), _folded(o.id))), None):
        return Picked((same.id,), "")
    if len(text) < max(1, question.limits.min_length):
        return Problem("empty", question.id)
    if len(text) > question.limits.max_length:
        return Problem("too_long", question.id, (("max", question.limits.max_length), ("length", len(text))))
    return text


def _list(question: Question, raw: str | tuple[str, ...] | None) -> Value | Problem:
    parts = list(raw) if isinstance(raw, tuple) else _ITEM.split(_typed(raw))
    items = tuple(item for item in (_BULLET.sub("", part).strip() for part in parts) if item)
    if not items:
        return Problem("empty", question.id)
    if len(items) > question.limits.max_items:
        return Problem("too_many_items", question.id, (("max", question.limits.max_items),))
    if any(len(item) > question.limits.max_length for item in items):
        return Problem("too_long", question.id, (("max", question.limits.max_length), ("length", max(map(len, items)))))
    return items


def _date(question: Question, text: str) -> Value | Problem:
    for pattern in _DATES:
        if found := pattern.match(text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                break
    return Problem("not_a_date", question.id)


def _number(question: Question, text: str) -> Value | Problem:
    low, high = question.limits.low, question.limits.high
    if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
        return Problem("not_a_number", question.id, (("low", low), ("high", high)))
    return int(text)


def _each(
    question: Question,
    options: Sequence[Option],
    raw: str | tuple[str, ...] | None,
    before: Value | None,
    items: Sequence[str],
) -> Value | Problem:
    done = picks_of(before)
    if len(done) >= len(items):
        done = ()  # rating again from the start
    ids = {o.id for o in options}
    if isinstance(raw, tuple):
        new = tuple(pick for pick in raw if pick in ids)
        complete = len(new) == len(raw) and 0 < len(new) <= len(items) - len(done)
        return done + new if complete else Problem("not_an_option", question.id)
    parts = [part for part in _SPLIT_MANY.split(_typed(raw)) if part.strip()]
    if not 0 < len(parts) <= len(items) - len(done):
        return Problem("not_an_option", question.id)
    found = [match_option(question, options, part) for part in parts]
    return Problem("not_an_option", question.id) if None in found else done + tuple(o.id for o in found if o)


def _choice(
    question: Question,
    options: Sequence[Option],
    raw: str | tuple[str, ...] | None,
    note: str | None,
    before: Value | None,
) -> Value | Problem:
    words = note.strip() if note is not None else None
    if isinstance(raw, str):
        picks, rest = _typed_choice(question, options, raw)
        words = rest or words
        if not picks and words and question.note:
            picks = picks_of(before)
    else:
        picks = _known(options, raw) if raw is not None else picks_of(before)
    problem = _check_picks(question, options, raw, picks, words)
    if problem:
        return problem
    if question.note:
        if not words and set(picks) & set(question.note_must):
            return Picked(picks, None)  # an empty field beside the choice is not its reason: it is asked for next
        wants_words = not question.note_for or bool(set(picks) & set(question.note_for))
        return Picked(picks, words if words is not None or wants_words else "")
    return picks if question.kind == "many" else picks[0]


def _known(options: Sequence[Option], raw: tuple[str, ...]) -> tuple[str, ...]:
    """The picked ids in the options' own order; an id that is not on show makes the whole pick unknown."""
    ids = [o.id for o in options]
    return tuple(i for i in ids if i in raw) if set(raw) <= set(ids) else ()


def _check_picks(
    question: Question,
    options: Sequence[Option],
    raw: str | tuple[str, ...] | None,
    picks: tuple[str, ...],
    words: str | None,
) -> Problem | None:
    if words and len(words) > question.limits.max_length:
        return Problem("too_long", question.id, (("max", question.limits.max_length), ("length", len(words))))
    if not picks:
        if words and question.note:
            return None  # words are never thrown away: they are kept, and the choice is asked for
        said = raw.strip() if isinstance(raw, str) else raw
        if isinstance(said, str) and hedged_no(fold(said)) and any(o.id == DOUBT for o in options):
            return Problem("no_or_doubt", question.id)
        return Problem("not_an_option" if said else "nothing_picked", question.id)
    if question.kind != "many" and len(picks) > 1:
        return Problem("only_one", question.id)
    if question.limits.max_picks is not None and len(picks) > question.limits.max_picks:
        return Problem("too_many_picks", question.id, (("max", question.limits.max_picks),))
    alone = {o.id for o in options if o.exclusive}
    if len(picks) > 1 and alone & set(picks):
        return Problem("exclusive", question.id)
    return None


def _typed_choice(question: Question, options: Sequence[Option], text: str) -> tuple[tuple[str, ...], str]:
    """The picks that a typed text names, and the words that follow them (for a question that takes words too)."""
    if option := match_option(question, options, text):
        return (option.id,), ""
    if question.kind == "many":
        picks, rest = _typed_many(question, options, text)
        if picks and (question.note or not rest):
            return picks, rest
    if question.note:
        for pattern in (_LEAD.search, _FIRST_WORD.match):
            head, rest = _split_lead(text, pattern)
            if head and (option := match_option(question, options, head)):
                return (option.id,), rest
        return (), text.strip()
    return (), ""


def _typed_many(question: Question, options: Sequence[Option], text: str) -> tuple[tuple[str, ...], str]:
    """Leading parts of the text as long as each names an option; what is left over are words."""
    picked: list[str] = []
    place = 0
    for separator in [*islice(_SPLIT_MANY.finditer(text), 2 * len(options)), None]:  # no longer list makes sense
        end = separator.start() if separator else len(text)
        part = text[place:end]
        if option := match_option(question, options, part):
            picked.append(option.id)
        elif part.strip():
            head, rest = _split_lead(part, _LEAD.search)
            if head and (option := match_option(question, options, head)):
                picked.append(option.id)
                return _known(options, tuple(picked)), (rest + text[end:]).strip()
            return _known(options, tuple(picked)), text[place:].strip()
        place = separator.end() if separator else len(text)
    return _known(options, tuple(picked)), ""


def _split_lead(text: str, find: Callable[[str], re.Match[str] | None]) -> tuple[str, str]:
    """The leading words and what follows them: «ja: mor ser det» by punctuation, «2 siden ferien» by the first word."""
    found = find(text)
    if not found:
        return "", ""
    return (found["head"] if found.re is _FIRST_WORD else text[: found.start()]), text[found.end() :].strip()
