"""The words of a case: complete, plain, true at every state, and always with what happens next and by when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args

import pytest

from dialogs.cases import words as casewords
from dialogs.cases.acts import ACTS
from dialogs.cases.forms import FIELDS
from dialogs.cases.model import DECIDED, Case, CaseState
from dialogs.cases.words import STATUS_KEYS, act_name, day_words, fill, load, moment_words, status_key
from dialogs.danish.lix import EASY, lix
from dialogs.reading.yamlio import ContentError
from dialogs.types import Problem
from dialogs.workdays import COPENHAGEN
from tests.core.case_kit import MONDAY, WORDS, a_case, colour, entry

SHORT = 5  # words; a label has no sentences, so the index says nothing about it
SOURCES = ("dialogs", "bot/app", "bot/web")


def texts(thing: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(thing, str):
        yield path, thing
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from texts(value, f"{path}.{key}")
    elif isinstance(thing, tuple):
        for place, value in enumerate(thing):
            yield from texts(value, f"{path}.{place}")
    elif is_dataclass(thing):
        for item in fields(thing):
            yield from texts(getattr(thing, item.name), f"{path}.{item.name}")


@pytest.mark.parametrize(("path", "text"), [(p, t) for p, t in texts(WORDS) if len(t.split()) >= SHORT])
def test_every_sentence_is_easy_to_read(path: str, text: str) -> None:
    assert lix(text) <= EASY, f"{path}: {text}"


@pytest.mark.parametrize("key", STATUS_KEYS)
def test_every_status_is_easy_short_and_says_what_happens_next_and_by_when(key: str) -> None:
    status = WORDS.states[key]
    whole = f"{status.title}. {status.text} {status.next}"
    assert lix(whole) <= EASY and len(whole) <= 400
    assert "{frist}" in status.next or key == "closed"


def test_the_duty_is_said_to_be_personal() -> None:
    assert "pligt" in WORDS.duty and "din egen" in WORDS.duty


@pytest.mark.parametrize(
    "chancery", ["såfremt", "vedrørende", "jf.", "hvorvidt", "pågældende", "§", "ovenstående", "De har ret"]
)
def test_no_text_speaks_like_an_office(chancery: str) -> None:
    assert [path for path, text in texts(WORDS) if chancery in text] == []


def test_the_bot_gives_no_colour_to_a_child() -> None:
    assert [path for path, text in texts(WORDS) if "rødt barn" in text.lower() or "gult barn" in text.lower()] == []


STATES: dict[CaseState, Case] = {
    state: a_case(state=state, opened_at=MONDAY, follow_up=date(2026, 12, 1)) for state in get_args(CaseState)
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_has_words_for_both_sides(state: CaseState) -> None:
    places = dict.fromkeys(("skole", "hvem", "modtagere", "frist", "dag", "ansvarlig"), "X")
    status = WORDS.status(STATES[state], (), places)
    assert "{" not in status.text + status.next
    assert WORDS.team_states[state]


@pytest.mark.parametrize(
    ("case", "key"),
    [
        (a_case(), "sent_new"),
        (a_case(colour=colour("red")), "sent_new_red"),
        (a_case(colour=colour("red"), route="leader"), "sent_new_flow"),
        (a_case(colour=colour("yellow"), route="superior"), "sent_new_flow"),
        (a_case(opened_at=MONDAY), "sent_seen"),
        (a_case(opened_at=MONDAY, colour=colour("red")), "sent_seen_red"),
        (a_case(opened_at=MONDAY, route="leader"), "sent_seen_red"),
        (a_case(state="follow_up", opened_at=MONDAY, follow_up=date(2027, 1, 4)), "follow_up"),
        (a_case(state="follow_up", opened_at=MONDAY), "follow_up_done"),
    ],
)
def test_opened_is_said_only_when_somebody_has_opened_it(case: Case, key: str) -> None:
    assert status_key(case, ()) == key
    text = WORDS.states[key].text
    assert ("Ingen har åbnet" in text) == (case.opened_at is None)


def test_a_reopened_case_is_not_told_as_new() -> None:
    assert status_key(a_case(opened_at=MONDAY), (entry("reopened"),)) == "sent_again"


@pytest.mark.parametrize("key", ["sent_new_red", "sent_new_flow"])
def test_a_worry_that_can_not_wait_is_never_left_to_the_bot(key: str) -> None:
    status = WORDS.states[key]
    assert "Vent ikke på mig" in status.next and "{modtagere}" in status.next
    assert "leder" not in status.text + status.next  # the leader may be the one it is about


@pytest.mark.parametrize("state", DECIDED)
def test_every_answer_names_who_or_why(state: str) -> None:
    key = "follow_up" if state == "follow_up" else state
    assert "{ansvarlig}" in WORDS.states[key].text or "Grunden" in WORDS.states[key].text


def test_ready_answers_hold_no_field_to_forget() -> None:
    for answers in WORDS.ready.values():
        assert answers and all("{" not in answer.text and "Tak" in answer.text for answer in answers)


def test_every_act_has_a_label_and_a_form() -> None:
    names = {act_name(act) for act in ACTS}
    assert names == set(WORDS.acts) == set(FIELDS)


def test_every_refusal_word_is_said_somewhere_and_none_is_dead() -> None:
    code = "\n".join(path.read_text("utf-8") for folder in SOURCES for path in Path(folder).rglob("*.py"))
    for name in WORDS.problems:
        prefix = name.rsplit("_", 1)[0] if name.endswith(("_missing", "_past", "_far")) else name
        assert f'"{name}"' in code or f'"{prefix}"' in code, name


def test_a_refusal_fills_its_numbers_and_states() -> None:
    assert "4000 tegn" in WORDS.problem(Problem("text_too_long", None, (("most", 4000),)))
    assert "Drøftet" in WORDS.problem(Problem("not_now", None, (("state", "discussed"),)))


def test_a_place_inside_a_value_is_left_as_it_was_written() -> None:
    assert fill("{tekst} {navn}", {"tekst": "{navn}", "navn": "Ida"}) == "{navn} Ida"


def test_dates_are_said_as_people_say_them() -> None:
    assert day_words(date(2026, 11, 24)) == "tirsdag den 24. november"
    assert moment_words(datetime(2026, 11, 24, 8, 5, tzinfo=UTC), COPENHAGEN) == "tirsdag den 24. november kl. 9.05"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  sent_new:\n", "  sent_nyt:\n", "unknown_key"),
        ("{skole} har din", "{barnet} har din", "unknown_place"),
        ("    - {id: more_eyes", "    - {navn: x, id: more_eyes", "unknown_key"),
        ("duty:", "pligt:", "unknown_key"),
        ("  closed: Afsluttet\n", "", "missing_key"),
    ],
)
def test_an_editors_slip_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, code: str) -> None:
    text = casewords.FILE.read_text("utf-8")
    assert old in text
    broken = tmp_path / "cases.yaml"
    broken.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ContentError) as caught:
        load(broken)
    assert (caught.value.code, caught.value.file) == (code, "cases.yaml") and caught.value.line > 1
