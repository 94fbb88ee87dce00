"""A municipality's overlay: what it may change takes effect, and every refusal names its file and its line."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.content import DANISH, Content, load_content
from dialogs.local import Local
from dialogs.overlay import lay
from dialogs.reading.files import read_files
from dialogs.reading.issues import Issue
from dialogs.workdays import COPENHAGEN
from tests.core.form_kit import danish, overlaid

FILES, _ = read_files(DANISH)  # parsed once: nothing here changes them
EXAMPLE = Path(__file__).parents[2] / "docs" / "eksempler" / "overlay"


def folder_with(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "kommunen"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def laid(tmp_path: Path, **files: str) -> tuple[Content | None, list[Issue]]:
    return overlaid(folder_with(tmp_path, **files))


@pytest.fixture
def plain() -> Content:
    return danish()


def sound(tmp_path: Path, **files: str) -> Content:
    content, issues = laid(tmp_path, **files)
    assert [str(issue) for issue in issues] == []
    assert content is not None
    return content


# --- what it may do ---


def test_the_example_is_sound_and_takes_effect() -> None:
    content, issues = load_content(overlay=EXAMPLE)
    assert [str(issue) for issue in issues] == []
    assert content is not None
    assert content.intake == "Børnevagten"
    assert content.local.schools[0].name == "Lærkeskolen"
    assert "Solbæk" in content.words("start.hello")
    assert content.directory.professions["PPR"].name == "PPR Solbæk"
    assert content.notices.templates["team_new"].subject == "Nyt til jer, {kode}"
    assert content.cards.cards["barn_vaek"].title == "Et barn er blevet væk"
    assert content.case_words.states["sent_new"].title == "Ligger klar hos teamet"
    worry = content.form("worry")
    ids = [question.id for question in worry.questions]
    assert "q08_retning" not in ids
    assert ids[ids.index("lok_bus") + 1] == "q18_hjaelp"
    raad = worry.question("q18_hjaelp")
    assert raad is not None
    assert raad.options[0].label == "Råd fra en kollega"


def test_without_an_overlay_nothing_is_local(plain: Content) -> None:
    assert plain.local == Local()


def test_an_empty_overlay_changes_nothing(tmp_path: Path) -> None:
    assert lay(folder_with(tmp_path), FILES) == (FILES, Local(), [])


def test_a_change_of_words_alone_leaves_drafts_untouched(tmp_path: Path, plain: Content) -> None:
    changed = sound(tmp_path, tekster="forms:\n  worry.q01_barn.help: Find på et navn.\n")
    assert changed.form("worry").digest == plain.form("worry").digest


def test_steps_of_a_card_are_replaced_as_a_list(tmp_path: Path) -> None:
    text = 'cards:\n  barn_vaek.dont:\n    - "Vent ikke."\n    - "Læg intet på nettet."\n'
    assert sound(tmp_path, tekster=text).cards.cards["barn_vaek"].dont == ("Vent ikke.", "Læg intet på nettet.")


def test_the_calendar_closes_the_municipality_s_own_days(tmp_path: Path) -> None:
    days = '["2027-05-07", {fra: "2027-07-05", til: "2027-07-07"}]'
    text = f'kalender:\n  aabner: "08:00"\n  lukker: "15:30"\n  lukket: {days}\n'
    calendar = sound(tmp_path, kommune=text).local.calendar
    assert calendar.closed == {date(2027, 5, 7), date(2027, 7, 5), date(2027, 7, 6), date(2027, 7, 7)}
    workdays = calendar.workdays(COPENHAGEN, [2027])
    assert (workdays.opens, workdays.closes) == (time(8), time(15, 30))
    assert date(2027, 7, 6) in workdays.closed


def test_notes_and_hidden_files_may_lie_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "kommunen").mkdir()
    (tmp_path / "kommunen" / "LÆSMIG.md").write_text("noter", encoding="utf-8")
    (tmp_path / "kommunen" / ".skjult").write_text("noter", encoding="utf-8")
    sound(tmp_path, kommune="modtagelse: Vagten\n")


def test_a_link_inside_the_folder_is_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "kommunen"
    (folder / ".version").mkdir(parents=True)
    (folder / ".version" / "kommune.yaml").write_text("modtagelse: Vagten\n", encoding="utf-8")
    (folder / "kommune.yaml").symlink_to(folder / ".version" / "kommune.yaml")
    assert sound(tmp_path).intake == "Vagten"


# --- what it may not do ---

QUESTION = """worry:
  tilfoej:
    - slot: foer_hjaelp
      id: lok_bus
      kind: one
      ask: Kører barnet med bus?
      show_if: {fact: full_version}
      options: [{id: ja, label: Ja}]
"""
FORUM = "  - {id: a, navn: A, medlemmer: [LED], rytme: uge}\n"
REFUSED_TEXTS = [
    ("messages:\n  start.hallo: Hej.\n", "unknown_key", 2),
    ("messages:\n  start.hello: Hej. Skriv her.\n", "not_a_bot", 2),
    ("messages:\n  start.never: Skriv alt.\n", "locked_text", 2),
    ("messages:\n  help.honest: Jeg tager aldrig fejl.\n", "locked_text", 2),
    ("cards:\n  duty: Ingen pligt.\n", "locked_text", 2),
    ("cards:\n  bot: Jeg er en kollega.\n", "locked_text", 2),
    ("cases:\n  duty: Ingen pligt.\n", "locked_text", 2),
    ("professions:\n  exchange_texts.nej: Ja.\n", "locked_text", 2),
    ("professions:\n  PPR.exchange: ja\n", "unknown_key", 2),
    ("messages:\n  drafts.none: Du har {{ 7*7 }}.\n", "template", 2),
    ("messages:\n  drafts.none: Du har {% if x %}.\n", "template", 2),
    ("messages:\n  drafts.none: Du har {n} her.\n", "new_hole", 2),
    ("messages:\n  drafts.none: Du har {0.__class__} her.\n", "brace", 2),
    ('messages:\n  drafts.none: "Du har \\u202e ingen."\n', "control", 2),
    ('messages:\n  drafts.none: "Du har \\u0000 ingen."\n', "control", 2),
    (f"messages:\n  drafts.none: {'ja ' * 600}\n", "too_large", 2),
    ("messages:\n  drafts.none: [a, b]\n", "not_text", 2),
    ("messages:\n  drafts.none: ''\n", "not_text", 2),
    ("messages: nej\n", "not_mapping", 1),
    ("messages:\n  acute.numbers: Ring til os.\n", "lost_number", 2),
    ("cards:\n  vold_hjem.steps: Ring.\n", "not_list", 2),
    ("cards:\n  vold_hjem.steps: [Ring til forældrene. Ring 112 eller 114.]\n", "card_home", 2),
    ("cards:\n  vold_hjem.dont: [Vent lidt.]\n", "card_keep_out", 2),
    ("cards:\n  vold_hjem.contact_parents: same_day\n", "unknown_key", 2),
    ("tables:\n  triage: x\n", "locked_file", 1),
    ("signs:\n  B1.C1: x\n", "locked_file", 1),
    ("forms:\n  worry.q05_set.required: nej\n", "unknown_key", 2),
    ("forms:\n  worry.q05_set.id: q05\n", "unknown_key", 2),
    ("forms:\n  worry.q05_set.ask: Kommunikationsproblematikker forudsætter samarbejdsmodeller overalt\n", "hard", 2),
    ("notices:\n  team_new.subject: Ny bekymring\n", "no_code", 2),
    ("notices:\n  team_new.link: http://ude.example\n", "unknown_key", 2),
    ("- a\n", "not_mapping", 1),
    ("a: [b\n", "not_yaml", 2),
]
REFUSED_FORMS = [
    ("worry:\n  skjul: [q05_set]\n", "required", 2),
    ("worry:\n  skjul: [q99]\n", "unknown_question", 2),
    ("worry:\n  skjul: [q04_mere]\n", "needed", 2),
    ("worry:\n  skjul: [q06_tegn]\n", "needed", 2),
    ("worry:\n  skjul: [q16_proevet]\n", "needed", 2),
    ("worry:\n  skjul: q15_omkring\n", "not_list", 2),
    ("worry:\n  fjern: [q15_omkring]\n", "unknown_key", 2),
    ("light:\n  skjul: [l_uger]\n", "closed_form", 1),
    ("other:\n  skjul: [l_uger]\n", "unknown_form", 1),
    (QUESTION.replace("id: lok_bus", "id: bus"), "local_id", 4),
    (QUESTION.replace("id: lok_bus", "id: q05_set"), "double_question", 4),
    (QUESTION.replace("foer_hjaelp", "midt"), "unknown_slot", 3),
    (QUESTION.replace("kind: one", "kind: ones"), "unknown_value", 5),
    (QUESTION.replace("bus?", "bus {navn}?"), "new_hole", 3),
    (QUESTION.replace("bus?", "bus {{ x }}?"), "template", 3),
    (QUESTION.replace("{fact: full_version}", "{fact: moon}"), "unknown_fact", 7),
    (QUESTION.replace("{fact: full_version}", "{q99: ja}"), "unknown_question", 7),
    (QUESTION.replace("{fact: full_version}", "{q19_farve: enig}"), "looks_ahead", 7),
    (QUESTION.replace("      show_if: {fact: full_version}\n", ""), "missing_key", 3),
    (QUESTION.replace("kind: one", "kind: one\n      required: true"), "no_help", 3),
    (QUESTION.replace("kind: one", "kind: one\n      formerly: [q05_set]"), "unknown_key", 6),
    (QUESTION.replace("options: [{id: ja, label: Ja}]", "options_from: {protective: true}"), "unknown_key", 8),
    (QUESTION.replace("Kører barnet med bus?", "Kommunikationsproblematikker og samarbejdsmodeller her?"), "hard", 6),
    (QUESTION + QUESTION.split("tilfoej:\n")[1], "double_question", 10),
    ("worry:\n  tilfoej: []\n", "not_list", 2),
]
REFUSED_LOCAL = [
    ("kommune: Solbæk\n", "unknown_key", 1),
    ("modtagelse: ''\n", "not_text", 1),
    (f"modtagelse: {'navn ' * 20}\n", "too_large", 1),
    ("modtagelse: '{{ x }}'\n", "template", 1),
    ("modtagelse: '{navn}'\n", "new_hole", 1),
    ("skoler:\n  - {id: A B, navn: A}\n", "bad_id", 2),
    ("skoler:\n  - {id: a, navn: A}\n  - {id: a, navn: B}\n", "double", 3),
    ("skoler:\n  - {id: a, navn: A, trio_dag: søndag}\n", "unknown_value", 2),
    ("skoler:\n  - {id: a, navn: A, trio_tid: middag}\n", "not_time", 2),
    ('skoler:\n  - {id: a, navn: A, trio_tid: "19:00"}\n', "meeting_closed", 2),
    ("skoler:\n  - {id: a}\n", "missing_key", 2),
    ("kalender:\n  aabner: syv\n", "not_time", 2),
    ('kalender:\n  aabner: "18:00"\n', "hours", 1),
    ("kalender:\n  juleaften: måske\n", "not_flag", 2),
    ("kalender:\n  ferie: ja\n", "unknown_key", 2),
    ("kalender:\n  lukket: [i morgen]\n", "not_date", 2),
    ('kalender:\n  lukket: [{fra: "2027-07-05", til: "2027-07-01"}]\n', "bad_period", 2),
    (
        'kalender:\n  lukket: [{fra: "2027-01-01", til: "2027-05-01"}, {fra: "2027-06-01", til: "2027-09-01"}]\n',
        "too_many",
        2,
    ),
    ("fora:\n  - {id: trio, navn: TRIO, medlemmer: [ABC], rytme: uge}\n", "unknown_value", 2),
    (f"fora:\n{FORUM}{FORUM}", "double", 3),
    ("paamindelser:\n  roed_timer: [3, 2, 1]\n", "steps", 2),
    ("paamindelser:\n  roed_timer: [1, 3, 99]\n", "bounds", 2),
    ("paamindelser:\n  rolig_dage: [1]\n", "steps", 2),
    ("paamindelser:\n  kladde_dage: 0\n", "bounds", 2),
    ("paamindelser:\n  kladde_dage: tre\n", "not_number", 2),
]
REFUSED = [
    *(("tekster", *row) for row in REFUSED_TEXTS),
    *(("skemaer", *row) for row in REFUSED_FORMS),
    *(("kommune", *row) for row in REFUSED_LOCAL),
]


@pytest.mark.parametrize(("name", "text", "code", "line"), REFUSED)
def test_what_an_overlay_may_not_do_is_refused_on_its_line(
    tmp_path: Path, name: str, text: str, code: str, line: int
) -> None:
    wanted = (f"kommunen/{name}.yaml", line, code)
    _, _, issues = lay(folder_with(tmp_path, **{name: text}), FILES)
    if not issues:  # then it is for the loaders and the linter to see, in the whole
        _, issues = laid(tmp_path)
    assert wanted in [(issue.file, issue.line, issue.code) for issue in issues]
    assert all(issue.file.startswith("kommunen/") for issue in issues), issues
    assert all(issue.text.endswith(".") for issue in issues if issue.code != "not_yaml")


def test_what_is_refused_has_no_effect(tmp_path: Path, plain: Content) -> None:
    content, _ = laid(tmp_path, tekster="cards:\n  duty: Ingen pligt.\n  vold_hjem.title: '{{ 7 }}'\n")
    assert content is not None
    assert content.cards == plain.cards


def test_every_refusal_comes_back_at_once(tmp_path: Path) -> None:
    _, issues = laid(
        tmp_path,
        kommune="modtagelse: ''\nby: X\n",
        tekster="tables: {a: b}\nmessages:\n  a.b: c\n",
        skemaer="worry:\n  skjul: [q05_set, q99]\n",
    )
    assert [(issue.file, issue.line, issue.code) for issue in issues] == [
        ("kommunen/kommune.yaml", 1, "not_text"),
        ("kommunen/kommune.yaml", 2, "unknown_key"),
        ("kommunen/skemaer.yaml", 2, "required"),
        ("kommunen/skemaer.yaml", 2, "unknown_question"),
        ("kommunen/tekster.yaml", 1, "locked_file"),
        ("kommunen/tekster.yaml", 3, "unknown_key"),
    ]


def test_a_file_that_points_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kommunen").mkdir()
    (tmp_path / "outside.yaml").write_text("modtagelse: Ude\n", encoding="utf-8")
    (tmp_path / "kommunen" / "kommune.yaml").symlink_to(tmp_path / "outside.yaml")
    content, issues = laid(tmp_path)
    assert [(issue.file, issue.code) for issue in issues] == [("kommunen/kommune.yaml", "outside")]
    assert content is not None
    assert content.intake == Local().intake


@pytest.mark.parametrize("name", ["tabel.yaml", "triage.yaml", "kommune.yml", "skabelon.j2"])
def test_a_file_that_does_not_belong_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "kommunen").mkdir()
    (tmp_path / "kommunen" / name).write_text("a: b\n", encoding="utf-8")
    assert [(i.file, i.code) for i in laid(tmp_path)[1]] == [(f"kommunen/{name}", "unknown_file")]


def test_a_folder_in_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kommunen" / "tables").mkdir(parents=True)
    assert [i.code for i in laid(tmp_path)[1]] == ["unknown_file"]


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert [i.code for i in laid(tmp_path, tekster="#" * 70_000)[1]] == ["too_large"]


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kommunen").mkdir()
    (tmp_path / "kommunen" / "kommune.yaml").write_bytes(b"modtagelse: B\xf8rn\n")
    assert [i.code for i in laid(tmp_path)[1]] == ["not_utf8"]


def test_a_folder_that_is_not_there_is_an_issue(tmp_path: Path) -> None:
    assert [i.code for i in load_content(overlay=tmp_path / "nowhere")[1]] == ["no_overlay"]


def test_more_questions_than_anybody_answers_are_refused(tmp_path: Path) -> None:
    one = QUESTION.split("tilfoej:\n")[1]
    many = "".join(one.replace("lok_bus", f"lok_{n}") for n in range(9))
    _, issues = laid(tmp_path, skemaer=f"worry:\n  tilfoej:\n{many}")
    assert [issue.code for issue in issues] == ["too_many"]


KEYS = st.sampled_from(
    [
        *(
            "modtagelse",
            "skoler",
            "kalender",
            "fora",
            "paamindelser",
            "id",
            "navn",
            "lukket",
            "fra",
            "til",
            "roed_timer",
        ),
        *("messages", "forms", "cards", "notices", "start.hello", "worry.q05_set.ask", "vold_hjem.steps", "PPR.name"),
        *("worry", "light", "skjul", "tilfoej", "slot", "kind", "ask", "show_if", "options", "limits", "label"),
    ]
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 400),
    st.text(max_size=8),
    st.sampled_from(
        ["foer_hjaelp", "lok_a", "q05_set", "q16_proevet", "many", "12:30", "2027-01-01", "{{ x }}", "{n}"]
    ),
)
DATA = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(local=DATA, texts=DATA, forms=DATA)
def test_whatever_stands_in_an_overlay_it_never_breaks_the_program(
    tmp_path: Path, local: object, texts: object, forms: object
) -> None:
    said = {"kommune": json.dumps(local), "tekster": json.dumps(texts), "skemaer": json.dumps(forms)}
    files, _, issues = lay(folder_with(tmp_path, **said), FILES)
    assert files.keys() == FILES.keys()
    assert all(issue.file.startswith("kommunen/") and issue.line >= 1 and issue.text for issue in issues)


@given(raw=st.binary(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_are_in_a_file_they_are_an_issue_at_most(tmp_path: Path, raw: bytes) -> None:
    (folder_with(tmp_path) / "kommune.yaml").write_bytes(raw)
    _, _, issues = lay(tmp_path / "kommunen", FILES)
    assert all(issue.file == "kommunen/kommune.yaml" for issue in issues)


def test_an_added_question_is_never_shown_where_its_neighbour_is_not(tmp_path: Path) -> None:
    from dialogs.conditions import holds
    from dialogs.facts import Reader

    always = QUESTION.replace("{fact: full_version}", "{answered: q01_barn}")
    question = sound(tmp_path, skemaer=always).form("worry").question("lok_bus")
    assert question is not None
    assert question.show_if is not None
    red = {"q04_sikkerhed": "ja", "q01_barn": "Uglen"}
    assert not holds(question.show_if, red, Reader(red))
    whole = {"q04_sikkerhed": "nej", "q00_udgave": "hele", "q01_barn": "Uglen"}
    assert holds(question.show_if, whole, Reader(whole))
