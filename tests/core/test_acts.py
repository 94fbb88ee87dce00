"""The codes behind buttons: short, without answers, and deaf to everything that we never wrote."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.acts import MAX_BYTES, DraftAct, DraftVerb, Go, GoVerb, decode, encode

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,14}", fullmatch=True)


@given(st.sampled_from(get_args(DraftVerb)), NAMES, st.integers(0, 36**6 - 1), NAMES, NAMES | st.just(""))
def test_what_is_encoded_is_decoded_to_the_same_press(
    verb: DraftVerb, draft: str, revision: int, question: str, option: str
) -> None:
    act = DraftAct(verb, draft, revision, question, option)
    assert decode(encode(act)) == act


@pytest.mark.parametrize("verb", get_args(DraftVerb))
def test_every_verb_of_a_draft_has_a_code_of_its_own(verb: DraftVerb) -> None:
    assert decode(encode(DraftAct(verb, "d1", 0))) == DraftAct(verb, "d1", 0)


@pytest.mark.parametrize("verb", get_args(GoVerb))
def test_every_way_to_go_has_a_code(verb: GoVerb) -> None:
    assert decode(encode(Go(verb))) == Go(verb)
    assert decode(encode(Go(verb, "k-1_B"))) == Go(verb, "k-1_B")


def test_a_code_never_passes_the_limit_of_telegram() -> None:
    longest = DraftAct("answer", "d" * 12, 36**4, "q" * 20, "o" * 20)
    assert len(encode(longest)) <= MAX_BYTES
    with pytest.raises(ValueError, match="64 bytes"):
        encode(DraftAct("answer", "d" * 24, 1, "q" * 24, "o" * 24))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "a",
        "a:d1",
        "zz:d1:0",
        "a:d1:0:q:o:more",
        "a:d1::q",
        "a:d1:ABC:q",
        "a:d1:1234567",
        "a:d1:0:q æ",
        "a:d1:0:" + "q" * 25,
        "go",
        "go:nowhere",
        "go:menu:a:b",
        "a:d1:0:q\n",
        "a:" + "d" * 70,
        "a:d1:٣",
    ],
)
def test_what_we_never_wrote_means_nothing(code: str) -> None:
    assert decode(code) is None


@given(st.text())
def test_no_code_makes_it_stumble(code: str) -> None:
    act = decode(code)
    assert act is None or isinstance(act, DraftAct | Go)
