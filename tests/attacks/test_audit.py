"""T14 in small: every way to change the log is seen, and a log that nobody changed is in order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from dialogs.audit import START, Head, seal_of, verify
from tests.attacks.tampering import FIELDS, KEYS, WAYS, a_log, anchored, tamper, truncated, with_field

LOG = a_log(random.Random(1), 40)


def test_a_log_that_nobody_changed_is_in_order() -> None:
    assert verify(KEYS, LOG).lines == 40
    assert verify(KEYS, []).bad is None
    assert verify(KEYS, LOG, heads=[Head(7, LOG[6].mac), Head(40, LOG[39].mac)]).bad is None


def test_a_hundred_changes_are_all_seen() -> None:
    assert tamper(7, 104).missed == ()


@pytest.mark.parametrize("way", WAYS)
def test_the_first_wrong_line_is_named(way) -> None:  # type: ignore[no-untyped-def]
    changed = way(random.Random(3), LOG)
    found = verify(KEYS, changed, heads=[Head(40, LOG[39].mac)])
    assert found.bad is not None
    same = next((n for n, (a, b) in enumerate(zip(changed, LOG, strict=False)) if a != b), len(changed))
    assert found.bad in (same + 1, 40), found


@pytest.mark.parametrize("name", FIELDS)
def test_no_field_of_a_line_can_be_changed(name: str) -> None:
    assert verify(KEYS, with_field(LOG, 11, name)).bad == 12


def test_without_a_kept_head_a_log_that_was_cut_short_looks_whole() -> None:
    """Said openly, since nothing inside the database can tell."""
    short = truncated(random.Random(2), LOG)
    assert verify(KEYS, short).bad is None
    assert verify(KEYS, short, heads=[Head(40, LOG[39].mac)]).bad == len(short) + 1


def test_the_log_goes_on_behind_the_place_where_old_lines_were_cut_off() -> None:
    anchor, rest = anchored(LOG, 25)
    assert verify(KEYS, rest, anchor).lines == 15
    assert verify(KEYS, rest).bad is not None, "without its anchor it has no beginning"
    assert verify(KEYS, rest[1:], anchor).bad == 26
    assert verify(KEYS, rest, anchor, heads=[Head(40, LOG[39].mac)]).bad is None


def test_an_anchor_can_not_be_made_up() -> None:
    anchor, rest = anchored(LOG, 25)
    later = replace(anchor, seq=30, mac=LOG[29].mac)
    assert verify(KEYS, rest[5:], later).bad == 30
    assert verify(KEYS, rest, replace(anchor, seal="0" * 64)).bad == 25
    assert verify(KEYS, rest, anchor, heads=[Head(25, LOG[3].mac)]).bad == 25


def test_a_head_is_sealed_with_a_key_of_its_own() -> None:
    head = Head(40, LOG[39].mac)
    assert seal_of(KEYS.heads, head) != seal_of(KEYS.chain, head)
    assert LOG[0].prev == START
