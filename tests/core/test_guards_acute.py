"""Phrases that may mean danger are found in hurried Danish, and not when they are denied or said in fun."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.guards.loading import read_acute
from dialogs.guards.patterns import Compiler, PatternError
from dialogs.guards.vocabulary import MAX_UNKNOWN, Vocabulary, skeleton
from dialogs.reading.yamlio import ContentError, parse
from tests.core.guards_kit import danish_guards, scan


def flows(text: str) -> tuple[str, ...]:
    return scan(text).flows


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("far slår ham", "violence"),
        ("FAR SLÅR HAM!!!", "violence"),
        ("far slaar ham", "violence"),
        ("far slar ham", "violence"),
        ("far slååår ham", "violence"),
        ("farslårham", "violence"),
        ("far slår\nham", "violence"),
        ("selvmodstanker", "suicide"),
        ("selv mords tanker", "suicide"),
        ("selvmrdstanker", "suicide"),
        ("sevlmordstanker", "suicide"),
        ("hun vil ik leve mere", "suicide"),
        ("hun vil kike leve mere", "suicide"),
        ("hun vilikke leve", "suicide"),
        ("voldtægd", "sexual"),
        ("hun har en foldekniv", "danger"),
        ("hendes brøødre holder øje med hende", "control"),
    ],
)
def test_hurried_and_misspelt_words_are_known_again(text: str, flow: str) -> None:
    assert flow in flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "far slår ham ikke",
        "far slår ikke ham",
        "far slår ham vist ikke",
        "der er ingen vold",
        "ikke vold, men drilleri",
        "hverken vold eller overgreb",
        "far har hverken slået eller truet hende",
        "han har aldrig haft selvmordstanker",
        "jeg tror ikke, at far slår ham",
        "intet tyder på, at far slår ham",
        "hun har aldrig sagt, at hun vil dø",
        "ingen har slået hende",
        "ingen bekymring for vold",
        "der er ikke noget, der tyder på overgreb",
        "hun er næppe blevet slået",
        "vold er der ikke tale om",
        "der er ikke tale om vold, men hun er trist",
        "hun har ikke været udsat for overgreb",
        "hun siger, at hun ikke har lyst til at dø",
    ],
)
def test_what_is_denied_is_no_hit(text: str) -> None:
    assert flows(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "jeg ved ikke, om far slår ham",
        "jeg er ikke i tvivl om, at far slår ham",
        "han tør ikke fortælle om overgrebet",
        "hun vil ikke tale om vold",
        "hun har ikke sagt det til nogen, at far slår hende",
        "han spiser ikke, far slår ham",
        "han spiser ikke og far slår ham",
        "han vil ikke hjem, fordi far slår ham",
        "det er ikke første gang, far slår ham",
        "far slår ham ikke kun hjemme",
        "far slår ikke kun ham",
        "far har ikke bare slået ham",
        "far slår ham ikke?",
        "far slår ham, ikke",
        "far bliver sur, når han ikke hører efter, og slår ham",
        "ikke i dag. far slår ham",
        "han er ikke glad. Vold i hjemmet",
        "han sover ikke, har selvmordstanker",
        "han kan ikke sove har selvmordstanker",
        "kan ikke udelukke vold",
        "far slår ham ingen gør noget",
        "far slår ham ikke sandt",
        "jeg ved ikke om det er vold",
        "ikke fordi jeg tror det, men far slår ham",
    ],
)
def test_doubt_and_a_negation_of_something_else_is_a_hit(text: str) -> None:
    assert flows(text)


@pytest.mark.parametrize(
    "text",
    [
        "jeg er ved at dø af grin",
        "pedellen slår græs",
        "hun slår et slag for bøger",
        "han slog op i ordbogen",
        "han dræber alle i Fortnite",
        "hun kvæler en gaben",
        "de leger krig med pistoler af pap",
        "han slår de andre børn",
        "han slår mig",
        "i filmen slår faren sin søn, og vi så en film, hvor faren slår",
        "hun spiser med kniv og gaffel",
        "aftale med lederen om oplevet uro",
    ],
)
def test_fun_idioms_and_a_child_that_hits_are_no_hit(text: str) -> None:
    assert flows(text) == ()


def test_several_flows_come_most_urgent_first_and_once() -> None:
    assert flows("Far slår ham. Mor slår ham. Han vil dø. Han har en kniv.") == ("suicide", "danger", "violence")


def test_after_a_thousand_unknown_words_only_right_spelling_is_known() -> None:
    novel = " ".join(f"qx{at}x" for at in range(MAX_UNKNOWN + 1))
    assert flows(f"{novel} selvmrdstanker") == ()
    assert flows(f"{novel} selvmordstanker") == ("suicide",)


TINY = """
persons: voksen
words:
  voksen: far mor
ordinary: lederen
idioms: |
  far +griner
phrases:
- id: a
  flow: violence
  say: |
    <voksen> .. rasler
  unless: |
    nøgler
"""


def tiny(text: str = TINY) -> tuple[str, ...]:
    guard = read_acute(parse(text, "acute.yaml"))
    return tuple(hit.phrase_id for hit in guard.find(["far", "med", "rasler"]))


def test_an_editor_can_add_a_phrase_in_plain_text() -> None:
    assert tiny() == ("a",)
    assert tiny(TINY.replace("nøgler", "med")) == ()


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("<voksen> .. rasler", "<voksne> .. rasler", "pattern"),
        ("<voksen> .. rasler", "far .. *", "pattern"),
        ("<voksen> .. rasler", "..", "pattern"),
        ("flow: violence", "flow: fare", "unknown_flow"),
        ("id: a", "navn: a", "unknown_key"),
    ],
)
def test_a_mistake_in_the_content_names_file_line_and_cause(before: str, after: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        tiny(TINY.replace(before, after))
    assert caught.value.code == code
    assert caught.value.file == "acute.yaml"
    assert caught.value.line > 8


RULES = """
persons: voksen
short:
  med: m
words:
  voksen: far mor
ordinary: lederen
idioms: |
  hemmelig +agent
phrases:
- id: a
  flow: violence
  say: |
    <voksen> rasler
themes:
- id: b
  flow: sexual
  need: 4
  within: 6
  say: |
    2 hemmelig
    2 seng
    1 <voksen>
  unless: |
    dukke
calm:
- id: film
  say: |
    i +filmen
- id: forbi
  settles: true
  flows: violence sexual
  say: |
    det +er +overstået
turns: |
  men
present: |
  igen
"""


def ruled(text: str, rules: str = RULES) -> str:
    guard = read_acute(parse(rules, "acute.yaml"))
    return " ".join(hit.phrase_id for hit in guard.find(text.replace(",", " ,").replace(".", " .").split()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hemmelig leg i hans seng", "b"),
        ("i hans seng. det er hemmelig", "b"),
        ("hemmelig hemmelig hemmelig", ""),
        ("hemmelig en to tre fire fem seks seng", ""),
        ("mor har en hemmelig", ""),
        ("hemmelig leg i dukkens seng med en dukke", ""),
        ("ikke hemmelig men i seng", ""),
        ("hemmelig agent i seng", ""),
        ("farmor hemmelig morfar", ""),
    ],
)
def test_weak_signs_add_up_when_they_stand_close_in_any_order(text: str, found: str) -> None:
    assert ruled(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("far rasler", "a"),
        ("i filmen far rasler", ""),
        ("far rasler i filmen", ""),
        ("i filmen men far rasler", "a"),
        ("det var ikke i filmen far rasler", "a"),
        ("far rasler men det er overstået", ""),
        ("far rasler igen nu det er overstået", "a"),
        ("det er overstået men far rasler", "a"),
        ("far rasler. det er overstået", "a"),
        ("i filmen far rasler, igen far rasler", "a"),
    ],
)
def test_what_calms_reaches_its_own_story_and_never_a_new_one(text: str, found: str) -> None:
    assert ruled(text) == found


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("    2 hemmelig\n", "    to hemmelig\n", "number"),
        ("  need: 4", "  need: fire", "not_number"),
        ("flows: violence sexual", "flows: vold", "unknown_flow"),
    ],
)
def test_a_mistake_in_points_or_flows_names_the_cause(before: str, after: str, code: str) -> None:
    assert before in RULES
    with pytest.raises(ContentError) as caught:
        ruled("far", RULES.replace(before, after))
    assert caught.value.code == code
    assert caught.value.line > 10


@pytest.mark.parametrize(
    "text",
    [
        "hun har aldrig talt om at ville dø",
        "vi har emneuge om vold",
        "vi læser om selvmord i danskbogen",
        "tvangsægteskab er emne i samfundsfag",
        "far slår til som formand i dag",
        "sagen er afsluttet, der var vold i hjemmet for 5 år siden",
    ],
)
def test_topics_and_settled_matters_are_no_hit(text: str) -> None:
    assert flows(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "vi har emneuge om vold men i dag sagde han at far slår ham",
        "det var overstået sidste år men nu siger hun at hun vil dø igen",
        "jeg ved ikke om det er for sjov at han vil skyde sig selv",
        "de vil have 2000 kr for ikke at dele hans nøgenbilleder",
    ],
)
def test_a_settled_matter_or_a_topic_never_hides_a_present_one(text: str) -> None:
    assert flows(text)


def test_a_pattern_without_words_is_refused() -> None:
    with pytest.raises(PatternError):
        Compiler({}).compile("")


def test_room_between_the_words_of_a_pattern_is_counted() -> None:
    compiler = Compiler({"g": ["b"]})
    near, far, next_to = compiler.compile("a <g>"), compiler.compile("a .. <g>"), compiler.compile("a +<g>")
    vocabulary = Vocabulary(compiler.entries, ())

    def stands(pattern_name: str, text: str) -> bool:
        pattern = {"near": near, "far": far, "next_to": next_to}[pattern_name]
        bits = [vocabulary.look_up(word)[0] for word in text.split()]
        anchor = pattern.places[pattern.anchor].bit
        return any(bit & anchor and pattern.at(bits, at, 0, len(bits)) for at, bit in enumerate(bits))

    assert stands("next_to", "a b")
    assert not stands("next_to", "a x b")
    assert stands("near", "a x x b")
    assert not stands("near", "a x x x b")
    assert stands("far", "a x x x x x x x x b")
    assert not stands("far", "b a")


def test_a_guess_is_never_made_for_an_ordinary_word_nor_for_an_exception() -> None:
    vocabulary = Vocabulary({"luderen": 1, "spillet": 2, "slag*": 4, "*kniv": 8}, ["lederen"], spelled=2)
    assert vocabulary.look_up("lederen") == (0,)
    assert vocabulary.look_up("ludderen") == (1,)
    assert vocabulary.look_up("luderenn") == (1,)
    assert vocabulary.look_up("spildet") == (0,)
    assert vocabulary.look_up("slagteren") == (4,)
    assert vocabulary.look_up("foldekniv") == (8,)
    assert vocabulary.look_up("luderenspillet") == (1, 0)
    assert vocabulary.look_up("q" * 80) == (0,)
    assert vocabulary.look_up("x") == (0,)


def test_what_is_made_at_first_use_can_be_made_before_anybody_waits() -> None:
    asked, prepared = (Vocabulary({"luderen": 1}, ()) for _ in range(2))
    slips = prepared.slips()
    assert prepared.look_up("lderen") == asked.look_up("lderen") == (1,)
    assert prepared.slips() is slips
    danish_guards().prepare()
    assert [hit.flow for hit in danish_guards().dangers("han sgede at han ville dræbe sig selv")] == ["suicide"]


def test_a_vocabulary_without_guesses_knows_only_spelled_words() -> None:
    strict = Vocabulary({"dårlig": 1}, (), lenient=False)
    assert strict.look_up_all(["darlig", "dårlg"]) == {"darlig": (1,), "dårlg": (0,)}


def test_the_skeleton_forgets_danish_and_double_letters() -> None:
    assert skeleton("slaaar") == skeleton("slar") == "slar"
    assert skeleton("boelle") == "bole"


def test_the_content_on_disk_is_read_without_a_complaint() -> None:
    folder = Path(__file__).parents[2] / "dialogs" / "content" / "da" / "guards"
    assert {path.name for path in folder.iterdir()} == {
        "acute.yaml",
        "anonymity.yaml",
        "frames.yaml",
        "ideas.yaml",
        "judging.yaml",
        "names.yaml",
        "places.yaml",
        "points.yaml",
    }
