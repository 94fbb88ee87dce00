"""Notices hold nothing about a child: codes, colour words, dates and counts only, in short plain Danish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.danish.lix import EASY, lix
from dialogs.notice_texts import (
    FILE,
    MAX_LENGTH,
    OF_ACCESS,
    OF_NO_THING,
    TEMPLATES,
    NoticeError,
    NoticeText,
    check,
    load,
    standard,
)
from dialogs.reading.yamlio import ContentError, parse

TEXTS = standard()
NAMES = sorted(TEMPLATES)
FULL: dict[str, str | int] = {
    "code": "K7RT-Måge",
    "colour": "yellow",
    "date": "2026-11-24",
    "time": "12:30",
    "days": 3,
    "n": 2,
}
LONGEST: dict[str, str | int] = {
    "code": "K7RT-" + "m" * 24, "colour": "none", "date": "2026-09-30", "time": "12:30", "days": 9_999, "n": 9_999,
}  # fmt: skip
IDS = {"case_id": "abcdefghij23", "draft_id": "klmnopqrst45", "meeting_id": "uvwxyz234567"}
CANARY = "KANARIE-Sofie-Holm-010203-1234-3B-slag-selvmord"
SOURCE = FILE.read_text(encoding="utf-8")


def rendered(name: str, params: Mapping[str, str | int] = FULL, again: int = 1) -> NoticeText:
    return TEXTS.render(name, params, **IDS, again=again)


def parts(notice: NoticeText) -> tuple[str, ...]:
    return (notice.text, notice.subject, notice.body, notice.footer, notice.act, notice.link_path)


@pytest.mark.parametrize("name", NAMES)
def test_every_notice_names_the_code_has_one_act_and_fits_a_telephone(name: str) -> None:
    for params in (FULL, LONGEST, {"code": "K7RT-Måge"}):
        notice = rendered(name, params, again=2)
        assert str(params["code"]) in notice.text or name in OF_ACCESS
        assert str(params["code"]) in notice.subject or name in OF_NO_THING
        assert len(notice.text) <= MAX_LENGTH
        assert notice.act
        assert notice.link_path.startswith("/")
        assert "{" not in "".join(parts(notice))
        assert "\n" not in notice.subject + notice.text
    assert len(rendered(name).text) <= 200


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_easy_danish(name: str) -> None:
    template = TEXTS.templates[name]
    for text in (template.subject, template.act, *template.email, " ".join(template.telegram)):
        assert lix(text) <= EASY, (lix(text), text)
    for params in (FULL, {"code": "K7RT-Måge"}):
        for again in (1, 2):
            notice = rendered(name, params, again)
            assert lix(notice.text) <= EASY
            assert lix(f"{notice.body}\n{notice.footer}") <= EASY


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_is_its_fixed_words_and_the_six_checked_values_and_nothing_else(name: str) -> None:
    allowed = re.compile(
        r"K7RT-Måge|gul ■|tirsdag den 24\. november|kl\. 12\.30|3 dage|2|abcdefghij23|klmnopqrst45|uvwxyz234567"
    )
    other = rendered(
        name, FULL | {"code": "B2CD-Bøg", "colour": "red", "date": "2027-01-04", "time": "08:05", "days": 1, "n": 7}
    )
    swapped = re.compile(
        r"B2CD-Bøg|rød ▲|mandag den 4\. januar|kl\. 08\.05|1 dag|7|abcdefghij23|klmnopqrst45|uvwxyz234567"
    )
    for one, two in zip(parts(rendered(name)), parts(other), strict=True):
        assert allowed.sub("#", one.replace("112", "")) == swapped.sub("#", two.replace("112", ""))


@pytest.mark.parametrize(
    "params",
    [
        {"code": CANARY},
        {"code": "K7RT-Måge\nBcc: x@example.org"},
        {"code": "K7RT-Måge", "colour": CANARY},
        {"code": "K7RT-Måge", "date": CANARY},
        {"code": "K7RT-Måge", "date": "2026-02-30"},
        {"code": "K7RT-Måge", "days": CANARY},
        {"code": "K7RT-Måge", "days": -1},
        {"code": "K7RT-Måge", "n": 10_000},
        {"code": "K7RT-Måge", "n": True},
        {"code": "K7RT-Måge", "child": CANARY},
        {"code": "K7RT-Måge", "chat": 123},
        {"code": 1234},
    ],
)
def test_a_value_of_another_shape_never_leaves(params: dict[str, str | int]) -> None:
    for name in NAMES:
        with pytest.raises(NoticeError) as caught:
            rendered(name, params)
        assert "KANARIE" not in str(caught.value), name


@pytest.mark.parametrize("name", NAMES)
def test_a_notice_about_a_thing_has_its_code(name: str) -> None:
    if name in OF_NO_THING:
        assert "{" not in rendered(name, {}).text
        return
    with pytest.raises(NoticeError):
        rendered(name, {})


@given(st.sampled_from(NAMES), st.sampled_from(["code", "colour", "date", "days", "n", "child"]), st.text(min_size=1))
def test_no_text_from_outside_gets_into_a_notice(name: str, field: str, hostile: str) -> None:
    try:
        notice = rendered(name, FULL | {field: hostile})
    except NoticeError:
        return
    shapes = {
        "code": r"[A-Z0-9]{4}-[A-Za-zÆØÅæøå]{2,24}",
        "colour": "green|yellow|red|none",
        "date": r"\d{4}-\d\d-\d\d",
    }
    assert re.fullmatch(shapes[field], hostile)
    assert notice.text


@pytest.mark.parametrize("bad", [None, "", "../../x", "a b", "x" * 65, "æ", "{code}"])
def test_a_link_takes_an_opaque_id_only(bad: str | None) -> None:
    with pytest.raises(NoticeError):
        TEXTS.render("team_new", FULL, case_id=bad)
    with pytest.raises(NoticeError):
        TEXTS.render("draft_rest", FULL, draft_id=bad)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(NoticeError):
        rendered("telegram_delete")
    with pytest.raises(NoticeError):
        TEXTS.delivery("nothing")


def test_a_colour_is_always_a_word_and_a_shape() -> None:
    shapes = set()
    for colour, words in TEXTS.colours.items():
        letters = re.sub(r"[^a-zæøå ]", "", words).strip()
        assert len(letters) >= 3, colour
        shapes.add(words.replace(letters, "").strip())
        assert words in rendered("team_new", FULL | {"colour": colour}).text
    assert len(shapes) == 4
    assert all(len(shape) == 1 for shape in shapes)


def test_a_sentence_without_its_value_falls_away_and_the_rest_stays() -> None:
    assert rendered("team_unopened", {"code": "K7RT-Måge"}).text == (
        "Ingen har åbnet K7RT-Måge endnu. Du får besked, fordi den er sendt til dig. Åbn den nu."
    )
    assert "0 dag" not in rendered("team_unopened", {"code": "K7RT-Måge", "days": 0}).text


def test_one_day_is_one_dag() -> None:
    assert "Den har ventet i 1 dag." in rendered("team_unopened", FULL | {"days": 1}).text


def test_a_repetition_is_numbered_in_the_text_and_in_the_subject() -> None:
    notice = rendered("team_new", again=2)
    assert notice.text.startswith("Det er påmindelse 2. ")
    assert notice.subject.endswith("(2. gang)")
    assert "Det er påmindelse 2. " in notice.body
    assert rendered("team_new", again=99).subject.endswith("(9. gang)")


def test_the_mail_says_that_a_robot_writes_and_that_people_decide() -> None:
    for name in NAMES:
        assert "en robot" in rendered(name).footer
        assert "mennesker, der bestemmer" in rendered(name).footer


@pytest.mark.parametrize(
    "name", ["team_red", "team_flow", "writer_stored", "writer_decided", "writer_lowered", "writer_raised",
             "writer_closed", "writer_unopened"],
)  # fmt: skip
def test_the_duty_to_report_stays_with_the_person(name: str) -> None:
    assert "Pligten til at underrette er" in rendered(name).body


def test_the_flow_notice_tells_nothing_of_the_flow() -> None:
    words = " ".join(parts(rendered("team_flow"))).casefold()
    assert not re.search(r"vold|overgreb|selvmord|kontrol|ære|forældre|barn", words)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 1, 1), "torsdag den 1. januar"), (date(2028, 2, 29), "tirsdag den 29. februar")],
)
def test_dates_are_danish(day: date, words: str) -> None:
    assert f"Det skulle ske {words}." in rendered("followup_missed", FULL | {"date": day.isoformat()}).text


def test_every_template_has_a_delivery_class() -> None:
    assert {TEXTS.delivery(name) for name in NAMES} == {"turn", "reminder", "alert", "nudge"}


# --- what an editor can get wrong ---


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  team_new:\n", "  team_news:\n", "missing_notice"),
        ("  team_new:\n", "  team_news:\n", "unknown_notice"),
        ("  red: rød ▲\n", "", "colours"),
        ("greeting: Hej.\n", "", "missing"),
        ("    subject: Se på {kode} i dag\n", "", "missing"),
        ("    subject: Se på {kode} i dag\n", "    subject: Se på den i dag\n", "no_code"),
        ("    subject: Se på {kode} i dag\n", "    subject: Se på {kode} {dato}\n", "no_code"),
        ("    subject: Se på {kode} i dag\n", f"    subject: {'Se ' * 30}{{kode}}\n", "too_long"),
        ("      - Se på {kode} nu.\n", "      - Se på den nu.\n", "no_code"),
        ("      - Se på {kode} nu.\n", "      - Se på {barn} nu.\n", "unknown_field"),
        ("      - Se på {kode} nu.\n", "      - Se på {kode.__class__} nu.\n", "unknown_field"),
        ("      - Se på {kode} nu.\n", f"      - Se på {{kode}} nu{'!' * 600}\n", "too_long"),
        ("    act: Åbn {kode} nu\n", "    act: Åbn {dato}\n", "unknown_field"),
        ("    link: /team/sag/{case_id}\n", "    link: https://example.org/{case_id}\n", "link"),
        ("    link: /team/sag/{case_id}\n", "    link: /team/sag/{kode}\n", "link"),
        ("    class: nudge\n", "    class: hurry\n", "class"),
    ],
)
def test_the_check_finds_what_an_editor_got_wrong_and_on_which_line(old: str, new: str, code: str) -> None:
    assert old in SOURCE
    errors = check(parse(SOURCE.replace(old, new, 1), "notices.yaml"))
    found = [error for error in errors if error.code == code]
    assert len(found) == 1
    assert 1 <= found[0].line <= SOURCE.count("\n") + 1
    assert found[0].text.endswith(".")


def test_all_errors_are_told_at_once() -> None:
    broken = SOURCE.replace("class: nudge", "class: hurry").replace("greeting: Hej.\n", "")
    assert [error.code for error in check(parse(broken))] == ["missing", "class"]


def test_a_broken_file_is_not_loaded() -> None:
    with pytest.raises(ContentError, match="notices"):
        load(parse("colours: {}", "notices.yaml"))


def test_the_standard_notices_have_no_errors() -> None:
    assert check(parse(SOURCE)) == []
    assert replace(TEXTS) == load(parse(SOURCE))
