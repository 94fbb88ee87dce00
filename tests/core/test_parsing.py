"""From typed or pressed to a value, or to a problem in words. Never an exception, whatever is typed."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.parsing import fold, match_option, parse
from dialogs.types import Kind, Option, Problem, Question
from dialogs.values import Picked, Value
from tests.core.form_kit import ask

AGES = ask(
    "age",
    "one",
    Option("d02", "0–2 år, dagpleje eller vuggestue"),
    Option("d35", "3–5 år, børnehave"),
    Option("k03", "6–9 år, 0.–3. klasse", formerly=("skole",)),
    Option("sfo", "6–9 år, SFO"),
)
YES = ask("y", "yesno", Option("ja", "Ja"), Option("nej", "Nej"))
SINCE = ask(
    "since",
    "one",
    Option("nu", "Under 2 uger"),
    Option("uger", "2–11 uger"),
    Option("ved_ikke", "Ved ikke"),
    note="Skete der noget på samme tid?",
)
AREAS = ask("areas", "many", Option("venner", "Venner"), Option("humoer", "Humør"), Option("krop", "Krop og helbred"))
WHERE = ask(
    "where",
    "many",
    Option("timer", "I timerne"),
    Option("frikvarter", "I frikvarteret"),
    Option("ved_ikke", "Ved ikke", exclusive=True),
    note="Hvornår går det bedst?",
    limits={"max_picks": 2, "max_length": 30},
)
EFFECT = ask("effect", "each", Option("lidt", "Lidt"), Option("god", "God virkning"), of="list")


def read(
    question: Question, raw: str | tuple[str, ...] | None, note: str | None = None, before: Value | None = None
) -> object:
    found = parse(question, question.options, raw, note, before, ("ny plads", "makker"))
    return found.code if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("typed", "option"),
    [
        ("1", "d02"),
        (" 2. ", "d35"),
        ("d35", "d35"),
        ("3–5 ÅR, BØRNEHAVE!", "d35"),
        ("3–5 aar, boernehave", "d35"),
        ("skole", "k03"),
        ("0–2", "d02"),
        ("0-2", "d02"),
        ("6–9 år, s", "sfo"),
    ],
)
def test_an_option_is_named_by_number_label_id_former_id_or_the_start_of_one_label(typed: str, option: str) -> None:
    assert read(AGES, typed) == option


@pytest.mark.parametrize("typed", ["6–9", "0", "5", "99", "99999", "6-", "zzz", "…", "barnet"])
def test_what_names_no_option_or_two_is_refused(typed: str) -> None:
    assert read(AGES, typed) == "not_an_option"


@pytest.mark.parametrize(
    ("typed", "option"), [("ja", "ja"), ("J", "ja"), ("jep", "ja"), ("n", "nej"), ("Nope.", "nej")]
)
def test_yes_and_no_have_short_forms(typed: str, option: str) -> None:
    assert read(YES, typed) == option


def test_short_yes_works_wherever_yes_and_no_stand_and_nowhere_else() -> None:
    both = ask("q", "one", Option("ja", "Ja, skriftligt"), Option("nej", "Nej"))
    assert read(both, "jo") == "ja"
    assert match_option(AGES, AGES.options, "ja") is None


@pytest.mark.parametrize("blank", [None, (), "", "  ", "\n"])
def test_nothing_is_no_choice(blank: str | tuple[str, ...] | None) -> None:
    assert read(AGES, blank) == "nothing_picked"


def test_presses_are_taken_in_the_options_order_and_an_unknown_one_spoils_them_all() -> None:
    assert read(AREAS, ("krop", "venner")) == ("venner", "krop")
    assert read(AREAS, ("krop", "zz")) == "not_an_option"
    assert read(AGES, ("d02", "d35")) == "only_one"


@pytest.mark.parametrize(
    "typed",
    ["venner og humør", "1, 2", "1 2", "2,1", "1;2", "1\n2", "1 og 2", "1 + 2", "Venner & Humør", "1, og 2", "1 ,  2"],
)
def test_many_options_may_be_typed_in_one_line(typed: str) -> None:
    assert read(AREAS, typed) == ("venner", "humoer")


def test_a_label_that_holds_og_is_still_one_option() -> None:
    assert read(AREAS, "krop og helbred") == ("krop",)


def test_many_without_words_refuses_words() -> None:
    assert read(AREAS, "venner, altid alene") == "not_an_option"


@pytest.mark.parametrize(
    ("typed", "picks", "words"),
    [
        ("uger", ("uger",), None),
        ("2", ("uger",), None),
        ("2 siden ferien", ("uger",), "siden ferien"),
        ("Ved ikke: det gik stærkt", ("ved_ikke",), "det gik stærkt"),
        ("nu - han flyttede", ("nu",), "han flyttede"),
        ("nu\nhan flyttede", ("nu",), "han flyttede"),
        ("Siden efterårsferien", (), "Siden efterårsferien"),
    ],
)
def test_a_choice_may_be_typed_with_its_words(typed: str, picks: tuple[str, ...], words: str | None) -> None:
    assert read(SINCE, typed) == Picked(picks, words)


@pytest.mark.parametrize(
    ("typed", "picks", "words"),
    [
        ("1,2", ("timer", "frikvarter"), None),
        ("1, 2: bedst i billedkunst", ("timer", "frikvarter"), "bedst i billedkunst"),
        ("i timerne, bedst alene", ("timer",), "bedst alene"),
        ("frikvarter: der, hvor ingen ser det", ("frikvarter",), "der, hvor ingen ser det"),
        ("Bedst hjemme", (), "Bedst hjemme"),
    ],
)
def test_many_options_may_be_typed_with_words(typed: str, picks: tuple[str, ...], words: str | None) -> None:
    assert read(WHERE, typed) == Picked(picks, words)


@pytest.mark.parametrize(
    ("raw", "note", "code"),
    [
        (("timer", "ved_ikke"), None, "exclusive"),
        (("timer", "frikvarter", "ved_ikke"), None, "too_many_picks"),
        (("timer",), "x" * 31, "too_long"),
        ("Bedst" + " hjemme" * 9, None, "too_long"),
    ],
)
def test_limits_of_a_choice(raw: str | tuple[str, ...], note: str | None, code: str) -> None:
    assert read(WHERE, raw, note) == code


def test_words_for_a_choice_that_stands() -> None:
    assert read(SINCE, None, " siden ferien ", Picked(("nu",))) == Picked(("nu",), "siden ferien")
    assert read(SINCE, None, "", Picked(("nu",))) == Picked(("nu",), "")
    assert read(SINCE, None, "siden ferien") == Picked((), "siden ferien")
    assert read(SINCE, "siden ferien", None, Picked(("nu",))) == Picked(("nu",), "siden ferien")


def test_only_picks_that_want_words_leave_a_place_for_them() -> None:
    some = ask("q", "one", Option("ja", "Ja"), Option("nej", "Nej"), note="Hvad?", note_for=("ja",))
    assert read(some, "ja") == Picked(("ja",), None)
    assert read(some, "nej") == Picked(("nej",), "")


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("3.11.2026", "2026-11-03"),
        ("03-11-2026", "2026-11-03"),
        ("3/11/2026", "2026-11-03"),
        ("3 11 2026", "2026-11-03"),
        (" 2026-11-03 ", "2026-11-03"),
        ("29.2.2028", "2028-02-29"),
        ("31.2.2026", "not_a_date"),
        ("2026-13-01", "not_a_date"),
        ("0000-01-01", "not_a_date"),
        ("i går", "not_a_date"),
        ("3.11.26", "not_a_date"),
        ("3.11.2026 kl. 10", "not_a_date"),
    ],
)
def test_dates_are_read_the_danish_way(typed: str, date: str) -> None:
    assert read(ask("d", "date"), typed) == date


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", 0),
        (" 10 ", 10),
        ("-1", "not_a_number"),
        ("11", "not_a_number"),
        ("to", "not_a_number"),
        ("9" * 9_999, "not_a_number"),
    ],
)
def test_numbers_stay_between_their_limits(typed: str, number: int | str) -> None:
    assert read(ask("n", "number", limits={"low": 0, "high": 10}), typed) == number


def test_a_press_is_no_date_and_no_number() -> None:
    assert read(ask("d", "date"), ("x",)) == "not_a_date"
    assert read(ask("n", "number"), ("1",)) == "not_a_number"
    assert read(ask("n", "number"), None) == "not_a_number"


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_no_text_is_empty(typed: str | None) -> None:
    assert read(ask("t", "text"), typed) == "empty"


def test_text_is_kept_as_written_but_for_the_blanks_around_it() -> None:
    assert read(ask("t", "text"), "  Han sagde:  «Nej»\n\nIgen. ") == "Han sagde:  «Nej»\n\nIgen."


def test_text_of_exactly_the_limit_is_taken_and_one_more_is_not() -> None:
    assert read(ask("t", "text", limits={"max_length": 5}), "abcde") == "abcde"
    assert read(ask("t", "text", limits={"max_length": 5}), "abcdef") == "too_long"
    assert read(ask("t", "text", limits={"min_length": 3}), "ab") == "empty"


def test_a_text_question_without_such_an_option_refuses_a_press() -> None:
    assert read(ask("t", "text", Option("x", "X"), Option("y", "Y")), ("z",)) == "not_an_option"
    assert read(ask("t", "text", Option("x", "X"), Option("y", "Y")), ("x", "y")) == "not_an_option"


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("ny plads\nmakker", ("ny plads", "makker")),
        ("- ny plads\n- makker\n\n", ("ny plads", "makker")),
        ("1. ny plads; 2) makker", ("ny plads", "makker")),
        (("ny plads", " • makker "), ("ny plads", "makker")),
        ("ny plads, fra uge 40", ("ny plads, fra uge 40",)),
        (" \n ; ", "empty"),
        ("a\nb\nc\nd", "too_many_items"),
        ("a\n" + "b" * 31, "too_long"),
    ],
)
def test_a_list_is_one_thing_on_each_line(typed: str | tuple[str, ...], items: object) -> None:
    assert read(ask("l", "list", limits={"max_items": 3, "max_length": 30}), typed) == items


@pytest.mark.parametrize(
    ("raw", "before", "held"),
    [
        (("lidt",), None, ("lidt",)),
        (("god",), ("lidt",), ("lidt", "god")),
        ("lidt, god", None, ("lidt", "god")),
        ("1 2", None, ("lidt", "god")),
        ("god", ("lidt", "lidt"), ("god",)),
        ((), None, "not_an_option"),
        (("zz",), None, "not_an_option"),
        ("", None, "not_an_option"),
        ("lidt og måske", None, "not_an_option"),
        ("lidt lidt god", None, "not_an_option"),
        ("god, god", ("lidt",), "not_an_option"),
    ],
)
def test_ratings_come_one_by_one_or_all_together(
    raw: str | tuple[str, ...], before: Value | None, held: object
) -> None:
    assert read(EFFECT, raw, None, before) == held


def test_folding_is_blind_to_case_marks_and_danish_letters() -> None:
    assert fold("  «Å, Ærø  Øl!» ") == "aa, aeroe oel"
    assert fold("Å") == fold("A\u030a")


NASTY = ["9" * 5_000, " " * 50_000, "x" + " " * 50_000 + "x", "1," * 3_000, "ja," * 3_000, "og " * 3_000, "1 " * 3_000]
NASTY += ["\n" * 50_000, "–" * 50_000, "\ud800", "\x00", "١", "²", "ﬃ" * 9_000, "- " * 9_000, ("a" * 40 + ",") * 900]


@pytest.mark.parametrize(
    "question", [AGES, YES, SINCE, AREAS, WHERE, EFFECT, ask("l", "list"), ask("t", "text")], ids=lambda q: q.id
)
@pytest.mark.parametrize("text", NASTY, ids=lambda t: f"{t[:3]!r}x{len(t)}")
def test_no_text_takes_long_or_raises(question: Question, text: str) -> None:
    started = time.process_time()
    read(question, text)
    read(question, text, text, Picked(("x",)))
    assert time.process_time() - started < 0.25  # it was minutes when a pattern looked twice at every blank


KINDS: list[Kind] = ["one", "many", "yesno", "text", "list", "date", "number", "person_role", "each"]


@given(
    st.sampled_from(KINDS),
    st.booleans(),
    st.one_of(st.none(), st.text(), st.text(alphabet="1234 ,og\n:;-janejx²"), st.tuples(st.sampled_from("xyz"))),
    st.one_of(st.none(), st.text(max_size=5)),
    st.one_of(st.none(), st.just(("x",)), st.just(Picked(("y",), None)), st.just("x")),
)
def test_whatever_is_typed_gives_a_value_or_a_problem(
    kind: Kind, noted: bool, raw: str | tuple[str, ...] | None, note: str | None, before: Value | None
) -> None:
    question = ask("q", kind, "x", "y", note="?" if noted else None)
    found = parse(question, question.options, raw, note, before, ("one", "two"))
    assert isinstance(found, str | int | tuple | Picked | Problem)
