"""The law as data: how well a source has been read, old names, the duty to report, and the page for a jurist."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.app.guides.lawbasis import of_paper
from dialogs.content import DANISH
from dialogs.guides.routing import route
from dialogs.law.sources import load_papers, load_sources, standing_of
from dialogs.law.telling import page
from dialogs.lint.texts import texts_of
from dialogs.reading import yamlio
from dialogs.reading.files import read_files
from dialogs.reading.yamlio import ContentError
from dialogs.tables import load_switches, load_table
from tests.app.kit import Chat, House
from tests.core.form_kit import danish, overlaid
from tests.law.book import DAY, law

# --- sources ---


def test_a_source_is_grey_until_a_jurist_has_read_it_and_again_after_a_year() -> None:
    source = law().sources["RSL § 11 e"]
    assert source.standing(DAY) == "unreviewed"
    reviewed = replace(source, reviewed_by="Kommunens jurist")
    assert reviewed.standing(DAY) == "reviewed"
    assert reviewed.standing(date(2027, 11, 20)) == "reviewed"
    assert reviewed.standing(date(2027, 11, 21)) == "old"
    assert replace(source, checked_on=None).standing(DAY) == "unread"


@pytest.mark.parametrize("name", law().papers)
def test_a_paper_is_grey_until_every_source_of_it_is_read_and_again_after_a_year(name: str) -> None:
    content = danish()
    assert of_paper(content, name, DAY, "").faint
    read = {
        key: replace(one, checked_on=date(2026, 11, 21), reviewed_by="Kommunens jurist")
        for key, one in law().sources.items()
    }
    signed = replace(content, law=replace(law(), sources=read))
    assert of_paper(signed, name, DAY, "").faint == ""
    assert of_paper(signed, name, date(2027, 11, 21), "").faint
    one_unread = {**read, law().papers[name][-1]: law().sources[law().papers[name][-1]]}
    assert of_paper(replace(content, law=replace(law(), sources=one_unread)), name, DAY, "").faint


def test_a_paper_can_only_rest_on_what_stands_among_the_sources() -> None:
    text = (
        (DANISH / "sources.yaml").read_text(encoding="utf-8").replace("sparring: [FVL § 27", "sparring: [FVL § 99", 1)
    )
    with pytest.raises(ContentError) as caught:
        load_papers(yamlio.parse(text, "sources.yaml"), law().sources)
    assert caught.value.code == "unknown_source"


def test_no_text_beside_the_sources_cites_the_law() -> None:
    """One source of truth: a paragraph that stands anywhere else would never turn grey."""
    files, _ = read_files(DANISH)
    elsewhere = [
        f"{text.document.file}: {text.id}"
        for text in texts_of(files)
        if text.document.file not in ("sources.yaml", "old_names.yaml") and re.search(r"§+ ?\d", text.text)
    ]
    assert elsewhere == []


def test_no_source_says_that_a_jurist_has_read_it_before_one_has() -> None:
    assert [source.id for source in law().sources.values() if source.reviewed_by] == []


def test_every_source_has_its_place_its_link_and_its_plain_words() -> None:
    for source in law().sources.values():
        assert source.section or source.id == source.act.id
        assert source.act.link.startswith("https://")
        assert source.says.endswith((".", "?"))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("link: 'https://www.", "link: 'http://www.", "bad_link"),
        ("id: 'BL § 2, stk. 4'", "id: 'ABC § 2'", "unknown_act"),
        ("id: BL § 19,", "id: BL § 22,", "double"),
    ],
)
def test_a_wrong_source_is_named(old: str, new: str, code: str) -> None:
    text = (DANISH / "sources.yaml").read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(ContentError) as caught:
        load_sources(yamlio.parse(text, "sources.yaml"))
    assert caught.value.code == code


# --- the jurist's switches ---


def test_a_switch_can_touch_none_of_the_gravest_rules_nor_stand_before_them() -> None:
    text = (DANISH / "tables/sharing.yaml").read_text(encoding="utf-8")
    for wrong in ("remove: [R17]", "before: R14\n"):
        grave = text.replace(wrong, wrong.replace("R17", "R02").replace("R14", "R03"), 1)
        document = yamlio.parse(grave, "sharing.yaml")
        with pytest.raises(ContentError) as caught:
            load_switches(document, load_table(document))
        assert caught.value.code == "never"


def overlay(folder: Path, text: str) -> Path:
    (folder / "kommune.yaml").write_text(text, encoding="utf-8")
    return folder


SIGNED = 'jurist:\n  godkendt_af: Kommunens jurist\n  godkendt: "2026-11-01"\n'


def test_a_signed_relaxation_holds_in_the_chat(tmp_path: Path) -> None:
    chosen = "[exchange_in_open_case, one_exchange_per_concern]"
    text = f"{SIGNED}  lempelser: {chosen}\n  leader_confirms_first_exchange: true\n  authority_map: [SFO på skolen]\n"
    content, issues = overlaid(overlay(tmp_path, text))
    assert content is not None and issues == []
    assert content.local.jurist.leader_first
    form = content.form("sharing")
    asks = {question.id: question for question in form.questions}
    assert asks["meeting"].ask == content.law.guide.per_concern
    assert "SFO på skolen" in asks["recipient"].help
    assert "R18" not in [rule.id for rule in content.law.table.rules]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("jurist:\n  lempelser: [exchange_in_open_case]\n", "unsigned"),
        (SIGNED + "  lempelser: [acute_can_wait]\n", "unknown_value"),
        (SIGNED + "  udfald: {R1: X1}\n", "unknown_key"),
        (SIGNED + "  authority_map: ['{{ alle }}']\n", "template"),
    ],
)
def test_what_the_jurist_may_not_write_changes_nothing(tmp_path: Path, text: str, code: str) -> None:
    content, issues = overlaid(overlay(tmp_path, text))
    assert code in [issue.code for issue in issues]
    assert content is not None and content.law.table.rules == content.law.written.rules


def test_an_overlay_may_not_reword_the_questions_of_the_law(tmp_path: Path) -> None:
    (tmp_path / "tekster.yaml").write_text("forms:\n  sharing.now.ask: Er barnet sødt?\n", encoding="utf-8")
    content, issues = overlaid(tmp_path)
    assert [issue.code for issue in issues] == ["locked_text"]
    assert content is not None and content.form("sharing").questions[0].ask == "Hvad passer bedst lige nu?"


# --- old names ---

NAMES = [
    ("må vi holde et § 49 a-møde?", "retssikkerhedslovens § 11 e", "sharing"),
    ("kan vi tage et 49a møde om det", "retssikkerhedslovens § 11 e", "sharing"),
    ("hvad med SSD?", "retssikkerhedslovens § 11 e", "sharing"),
    ("hvad siger paragraf 49 a", "retssikkerhedslovens § 11 e", "sharing"),
    ("§ 49b og politiet", "retssikkerhedslovens § 11 f", "sharing"),
    ("hvad hedder § 50 c nu?", "barnets lov § 126", "sharing"),
    ("er det en paragraf 50?", "barnets lov §§ 18-23", "report"),
    ("skal vi lave en § 50-undersøgelse?", "barnets lov §§ 18-23", "report"),
    ("hvad er § 153?", "barnets lov § 133", "report"),
    ("§ 154", "barnets lov § 135", "report"),
    ("hvad er fristen i § 155?", "barnets lov § 136", "report"),
    ("§ 155 a", "barnets lov § 137", "report"),
    ("hvad står der i § 155 b", "barnets lov § 138", "report"),
    ("§ 152 ved flytning", "barnets lov § 132", "report"),
    ("§ 11 stk 3", "barnets lov § 30", None),
    ("servicelovens § 11, stk. 3", "barnets lov § 30", None),
    ("§ 140 handleplan", "barnets lov §§ 91-94", None),
]


@pytest.mark.parametrize(("text", "new", "guide"), NAMES, ids=[row[0] for row in NAMES])
def test_an_old_name_is_told_with_its_new_number_and_leads_where_it_belongs(
    text: str, new: str, guide: str | None
) -> None:
    chat = Chat(House())
    chat.says(text)
    first = chat.reply.cards[0].text
    assert f"nu {new})" in first, chat.text
    assert "tidligere servicelovens §" in first
    if guide is not None:
        assert route(danish().routes, text).guide == guide


def test_the_old_name_of_the_one_exchange_is_told_as_decided() -> None:
    chat = Chat(House())
    chat.says("må vi bruge § 49 a?")
    wanted = "Udveksling uden samtykke (tidligere servicelovens § 49 a, nu retssikkerhedslovens § 11 e)."
    assert chat.reply.cards[0].text.splitlines()[0] == wanted


TYPED = ["§ 49 a", "49a", "SSD", "paragraf 50", "§ 153", "§50", "hvad er § 155?", "SEL § 11"]


@pytest.mark.parametrize("text", TYPED)
def test_a_bare_old_name_is_answered_with_what_it_means_and_a_way_on_and_nothing_is_begun(text: str) -> None:
    chat = Chat(House())
    chat.says(text)
    (name,) = law().names.heard(text)
    first = chat.reply.cards[0]
    assert first.text == f"{name.what} (tidligere {name.old}, nu {name.new}).\nDet betyder: {name.means}"
    assert first.faint == "Loven her er endnu ikke læst af jurist. Tjekket 21.11.2026."
    assert chat.asked == ""
    leads = [button.label for row in first.buttons for button in row]
    assert leads == {"sharing": ["Må jeg dele det?"], "report": ["Sådan underretter du"], "none": []}[name.guide]
    for label in leads:
        chat.presses(label)
        assert chat.text


def test_who_asks_whether_they_may_is_told_what_it_is_and_then_asked() -> None:
    chat = Chat(House())
    chat.says("må vi holde et § 49 a-møde?")
    assert "Det betyder: I må tale om et barn på ét møde" in chat.text
    assert chat.asked == "Hvad passer bedst lige nu?"


def test_old_names_grow_grey_like_the_sources_until_a_jurist_has_read_them() -> None:
    names = law().names
    for reviewer, day, standing in (
        ("", date(2026, 12, 1), "unreviewed"),
        ("Kommunens jurist", date(2026, 12, 1), "reviewed"),
        ("Kommunens jurist", date(2027, 11, 21), "old"),
    ):
        assert standing_of(names.checked_on, reviewer, day) == standing


@pytest.mark.parametrize("text", ["han er 49 år", "kl. 11.30 på stue 3", "vi var 153 elever", "side 50 i bogen"])
def test_a_number_alone_is_no_law(text: str) -> None:
    assert [name.old for name in law().names.heard(text)] in ([], ["servicelovens § 153"])


# --- the duty to report ---

ASKED = [
    ("skal jeg underrette?", "pligt"),
    ("min leder siger, at vi venter", "leder"),
    ("må min leder sige nej?", "leder"),
    ("skal jeg underrette selv om lederen siger nej", "leder"),
    ("lederen vil ikke underrette", "leder"),
    ("min leder siger vi venter", "leder"),
    ("kommunen er jo allerede inde over", "inde_over"),
    ("der er en sagsbehandler på sagen allerede", "inde_over"),
    ("kommunen kender jo familien i forvejen", "inde_over"),
    ("sagsbehandleren er jo på", "inde_over"),
    ("jeg er ikke sikker, skal jeg underrette?", "graense"),
    ("hvor sikker skal jeg være?", "graense"),
    ("skal forældrene vide det, når jeg underretter?", "foraeldre"),
    ("hvornår får jeg kvittering?", "bagefter"),
    ("hvad med de 24 timer?", "bagefter"),
    ("hvad må kommunen fortælle tilbage?", "tilbage"),
    ("kan jeg underrette anonymt?", "uden_navn"),
    ("hvad med 15 procent fravær?", "fravaer"),
]


@pytest.mark.parametrize(("text", "card"), ASKED, ids=[row[0] for row in ASKED])
def test_a_question_about_reporting_gets_its_card(text: str, card: str) -> None:
    assert law().report.best(text).id == card


NO_EXCUSE = [
    ("kommunen er jo allerede inde over", "inde_over"),
    ("sagsbehandleren er jo på", "inde_over"),
    ("lederen vil ikke underrette", "leder"),
    ("skal jeg underrette selv om lederen siger nej", "leder"),
]


@pytest.mark.parametrize(("text", "card"), NO_EXCUSE, ids=[row[0] for row in NO_EXCUSE])
def test_what_people_say_instead_of_reporting_is_answered_in_the_chat_with_its_source(text: str, card: str) -> None:
    chat = Chat(House())
    chat.says(text)
    first, behind = chat.reply.cards[:2]
    assert first.title == law().report.cards[card].title
    assert "Pligten er din egen." in first.text
    assert "§ 133, stk. 1" in behind.detail
    assert behind.faint


def test_every_card_about_reporting_is_sourced_and_short() -> None:
    for card in law().report.cards.values():
        assert card.sources
        assert len(card.text) <= 600, card.id


def test_leader_and_municipality_never_end_the_duty() -> None:
    for card in ("pligt", "leder", "inde_over"):
        text = law().report.cards[card].text
        assert "Pligten er din egen." in text
        assert "når din leder er uenig" in text
        assert "når kommunen allerede er inde over" in text


# --- the page ---


def test_the_page_for_a_jurist_is_made_of_the_data_of_today() -> None:
    written = (Path(__file__).parents[2] / "docs/law.md").read_text(encoding="utf-8")
    assert written == page(law()), "run `python -m bot content law > docs/law.md`"
