"""Folding, words, stems, typing errors, negation, and the phrase language on top of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.danish.phrases import Lexicon, PhraseError, compile_phrase
from dialogs.danish.text import MAX_WORDS, deletions, fold, letters, negated, one_edit, stem, tokens


def _denied(text: str) -> set[str]:
    words = tokens(text)
    return {words[position].text for position in negated(words)}


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("FRAVÆR", "fravaer"),
        ("søvn på nat", "soevn paa nat"),
        ("ångström", "aangstroem"),
        ("café", "cafe"),
        ("SSP'er", "ssper"),
        ("ｆｕｌｄ", "fuld"),
        ("§49a", " paragraf 49a"),
    ],
)
def test_spelling_is_folded_to_plain_small_letters(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_ae_and_æ_meet_in_one_word() -> None:
    assert tokens("sløv")[0] == tokens("sloev")[0]
    assert tokens("fravær, håb") == tokens("fravaer, haab")


@pytest.mark.parametrize("form", ["skilsmisse", "skilsmissen", "skilsmisser", "skilsmisserne"])
def test_endings_meet_in_one_stem(form: str) -> None:
    assert stem(form) == stem("skilsmisse")


def test_hyphens_split_words_and_numbers_part_from_letters() -> None:
    assert [word.text for word in tokens("PPR-psykolog § 49a")] == ["ppr", "psykolog", "paragraf", "49", "a"]


def test_sentences_and_clauses_are_counted() -> None:
    words = tokens("Han er træt, siger mor. Hun er glad")
    assert [(word.sentence, word.clause) for word in words] == [(0, 0)] * 3 + [(0, 1)] * 2 + [(1, 2)] * 3


def test_a_text_without_end_is_cut() -> None:
    assert len(tokens("barn " * 5_000)) == MAX_WORDS


def test_letters_are_counted_as_typed() -> None:
    assert letters("taender") == 6
    assert letters("bekymret") == 8


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("mobning", "mobnng", True),
        ("mobning", "mobnning", True),
        ("mobning", "modning", True),
        ("mobning", "mobinng", True),
        ("mobning", "mobning", False),
        ("mobning", "modnnig", False),
        ("mobning", "mobn", False),
        ("ab", "ba", True),
        ("a", "", True),
    ],
)
def test_one_typing_error_is_one_letter_more_less_wrong_or_swapped(left: str, right: str, near: bool) -> None:
    assert one_edit(left, right) is near
    assert one_edit(right, left) is near


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_words_one_error_apart_always_share_a_deletion(left: str, right: str) -> None:
    if one_edit(left, right):
        assert not deletions(left).isdisjoint(deletions(right))


@pytest.mark.parametrize(
    ("text", "denied", "stands"),
    [
        ("ikke mobning", {"mobning"}, set[str]()),
        ("der er ingen tegn på vold", {"vold"}, set[str]()),
        ("Jeg tror ikke, at det er mobning", {"mobning"}, set[str]()),
        ("ikke mobning men fravær", {"mobning"}, {"fravaer"}),
        ("ikke mobning, hun er trist", {"mobning"}, {"trist"}),
        ("ikke mobning og drilleri", {"mobning", "drilleri"}, set[str]()),
        ("hun sover ikke godt og bliver drillet", {"godt"}, {"drillet"}),
        ("hverken vold eller misbrug", {"vold", "misbrug"}, set[str]()),
        ("mobning er det ikke", {"mobning"}, set[str]()),
        ("vold er der ikke tale om", {"vold"}, set[str]()),
        ("vold har vi ikke set", {"vold"}, set[str]()),
        ("der er ikke tale om vold", {"vold"}, set[str]()),
        ("fraværet er ikke problemet, han er urolig", {"fravaeret"}, {"urolig"}),
        ("Han er trist, siger at han ikke kan læse", set[str](), {"trist", "laese"}),
        ("der er uro, og det er ikke godt", {"godt"}, {"uro"}),
        ("han har aldrig haft angst", {"angst"}, set[str]()),
        ("ikke kun mobning", set[str](), {"mobning"}),
        ("jeg ved ikke, om det er mobning", set[str](), {"mobning"}),
        ("hun vil ikke tale om skilsmissen", set[str](), {"skilsmissen"}),
        ("hun kan ikke lægge mobilen", set[str](), {"mobilen"}),
        ("vi kan ikke se mobning", {"mobning"}, set[str]()),
        ("Det går ikke. Mobning", set[str](), {"mobning"}),
    ],
)
def test_a_negation_reaches_its_own_thought_and_no_further(text: str, denied: set[str], stands: set[str]) -> None:
    reached = _denied(text)
    assert denied <= reached
    assert reached.isdisjoint(stands)


def test_a_negation_that_a_phrase_uses_denies_nothing_else() -> None:
    lexicon = Lexicon([compile_phrase("refuses", "vil ikke .. i skole"), compile_phrase("bullied", "mobning*")])
    found = lexicon.find("Hun vil ikke i skole mobning")
    assert {(match.key, match.denied) for match in found} == {("refuses", False), ("bullied", False)}


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("mister modet", "han har mistet modet", True),
        ("mister modet", "hun mister modet", True),
        ("skilsmiss*", "skilsmissebarn", True),
        ("*fravær", "sygefravær", True),
        ("=tom", "tomme", False),
        ("=tom", "tom", True),
        ("far|mor slår", "mor slår", True),
        ("far|mor slår", "bror slår", False),
        ("slår .. børn", "slår de andre børn", True),
        ("slår .. børn", "slår en to tre fire børn", False),
        ("slår .. børn", "han slår. De børn", False),
        ("tale-hør*", "tale hørelærer", True),
        ("=49 a", "§49a", True),
    ],
)
def test_a_phrase_fits_as_the_language_says(phrase: str, text: str, fits: bool) -> None:
    assert bool(Lexicon([compile_phrase("k", phrase)]).find(text)) is fits


def test_a_class_of_words_stands_for_each_of_them() -> None:
    phrase = compile_phrase("k", "<voksen> drikker", classes={"voksen": ["mor", "stedfar*"]})
    lexicon = Lexicon([phrase])
    assert lexicon.find("stedfaren drikker")
    assert not lexicon.find("barnet drikker")


def test_a_part_of_a_longer_phrase_does_not_fire() -> None:
    lexicon = Lexicon([compile_phrase("child", "uro"), compile_phrase("class", "uro i klassen")])
    assert [match.key for match in lexicon.find("uro i klassen")] == ["class"]
    assert [match.key for match in lexicon.find("uro")] == ["child"]


@pytest.mark.parametrize("bad", ["", "..", ".. slår", "slår ..", "<ukendt> slår", "a b|c-d", "!!!"])
def test_a_phrase_that_says_nothing_is_refused(bad: str) -> None:
    with pytest.raises(PhraseError):
        compile_phrase("k", bad)


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("koncentraton", True),
        ("kocentration", True),
        ("koncentratinon", True),
        ("skolvægring", True),
        ("skolevegringen", True),
        ("kontrakt", False),
        ("mobnin", False),
    ],
)
def test_one_typing_error_is_forgiven_in_long_words_only(typed: str, heard: bool) -> None:
    lexicon = Lexicon(
        [compile_phrase("k", text) for text in ("koncentration", "skolevægring*", "mobning", "kontakt")],
        ordinary=["kontrakten"],
    )
    assert bool(lexicon.find(typed)) is heard


@given(st.text(max_size=400))
def test_no_text_can_make_the_language_tools_fail(text: str) -> None:
    words = tokens(text)
    assert all(0 <= position < len(words) for position in negated(words))
    assert all(word.text and word.text.isascii() for word in words)
