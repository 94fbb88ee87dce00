"""The traffic light: what must hold for any ticks in any order, and what not knowing may never do."""

from __future__ import annotations

from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

import dialogs
from dialogs.light.signs import Band, Sign, read_signs
from dialogs.light.triage import Light, judge

BOOK = read_signs(Path(dialogs.__file__).parent / "content" / "da")
BANDS = st.sampled_from(BOOK.bands)
WEEKS = st.none() | st.integers(0, 60)
PLACES = st.none() | st.integers(1, 5)
TRIED = st.none() | st.sampled_from(["yes", "no"])


def lit(
    band: Band, ticked: list[str], weeks: int | None = None, places: int | None = None, tried: str | None = None
) -> Light:
    light = judge(BOOK, band=band.id, ticked=ticked, weeks=weeks, places=places, tried=tried)
    assert isinstance(light, Light)
    return light


@st.composite
def ticks(draw: st.DrawFn) -> tuple[Band, list[Sign]]:
    band = draw(BANDS)
    # mostly few signs: a pile of forty is red whatever the rule says, and teaches nothing
    return band, draw(st.lists(st.sampled_from(band.signs), unique=True, max_size=8))


def ids(signs: list[Sign]) -> list[str]:
    return [sign.id for sign in signs]


@given(ticks(), WEEKS, PLACES, TRIED, st.data())
def test_one_more_red_sign_never_lowers_the_light(
    given_ticks: tuple[Band, list[Sign]],
    weeks: int | None,
    places: int | None,
    tried: str | None,
    data: st.DataObject,
) -> None:
    band, signs = given_ticks
    red = data.draw(st.sampled_from([sign for sign in band.signs if sign.colour == "red"]))
    more = lit(band, [*ids(signs), red.id], weeks, places, tried)
    assert more.light == "red"
    assert more.rank >= lit(band, ids(signs), weeks, places, tried).rank


@given(ticks(), WEEKS, PLACES, TRIED, st.data())
def test_one_more_yellow_sign_never_lowers_yellow_or_red(
    given_ticks: tuple[Band, list[Sign]],
    weeks: int | None,
    places: int | None,
    tried: str | None,
    data: st.DataObject,
) -> None:
    band, signs = given_ticks
    before = lit(band, ids(signs), weeks, places, tried)
    assume(before.light in ("yellow", "red"))
    yellow = data.draw(st.sampled_from([sign for sign in band.signs if sign.colour == "yellow"]))
    assert lit(band, [*ids(signs), yellow.id], weeks, places, tried).rank >= before.rank


@given(ticks(), WEEKS, PLACES, TRIED, st.data())
def test_the_order_of_the_ticks_and_doubles_mean_nothing(
    given_ticks: tuple[Band, list[Sign]], weeks: int | None, places: int | None, tried: str | None, data: st.DataObject
) -> None:
    band, signs = given_ticks
    shuffled = data.draw(st.permutations(ids(signs) * 2))
    assert lit(band, shuffled, weeks, places, tried) == lit(band, ids(signs), weeks, places, tried)


@given(ticks(), WEEKS, PLACES, TRIED)
def test_green_needs_three_rows_that_somebody_looked_at_and_no_second_yellow(
    given_ticks: tuple[Band, list[Sign]], weeks: int | None, places: int | None, tried: str | None
) -> None:
    band, signs = given_ticks
    light = lit(band, ids(signs), weeks, places, tried)
    if light.light == "green":
        assert len({sign.row for sign in signs}) >= 3
        assert all(sign.colour != "red" for sign in signs)
        assert sum(sign.colour == "yellow" for sign in signs) <= 1


@given(BANDS, st.data(), WEEKS, PLACES)
def test_one_yellow_sign_is_never_green_while_weeks_or_places_are_unknown(
    band: Band, data: st.DataObject, weeks: int | None, places: int | None
) -> None:
    assume(weeks is None or places is None)
    yellow = data.draw(st.sampled_from([sign for sign in band.signs if sign.colour == "yellow"]))
    greens = [sign.id for sign in band.signs if sign.colour == "green"]
    assert lit(band, [yellow.id, *greens], weeks, places).light != "green"


@given(BANDS, WEEKS, PLACES, TRIED)
def test_without_a_single_tick_there_is_no_colour(
    band: Band, weeks: int | None, places: int | None, tried: str | None
) -> None:
    light = lit(band, [], weeks, places, tried)
    assert (light.light, light.child, light.care, light.ask) == ("none", "none", "none", ("rows",))


@given(ticks(), WEEKS, PLACES, TRIED)
def test_the_whole_is_red_when_the_child_or_the_care_is_red(
    given_ticks: tuple[Band, list[Sign]], weeks: int | None, places: int | None, tried: str | None
) -> None:
    light = lit(given_ticks[0], ids(given_ticks[1]), weeks, places, tried)
    if "red" in (light.child, light.care):
        assert light.light == "red"


@given(ticks(), WEEKS, PLACES, TRIED)
def test_locked_and_acute_stand_exactly_on_such_signs(
    given_ticks: tuple[Band, list[Sign]], weeks: int | None, places: int | None, tried: str | None
) -> None:
    band, signs = given_ticks
    light = lit(band, ids(signs), weeks, places, tried)
    assert light.locked == any(sign.locked for sign in signs)
    assert light.acute == any(sign.acute for sign in signs)


@given(ticks(), WEEKS, PLACES, TRIED)
def test_what_is_not_asked_for_can_not_change_the_light(
    given_ticks: tuple[Band, list[Sign]], weeks: int | None, places: int | None, tried: str | None
) -> None:
    band, signs = given_ticks
    light = lit(band, ids(signs), weeks, places, tried)
    if weeks is None and "weeks" not in light.ask:
        assert {lit(band, ids(signs), answer, places, tried).outcome for answer in (0, 5, 20)} == {light.outcome}
    if places is None and "places" not in light.ask:
        assert {lit(band, ids(signs), weeks, answer, tried).outcome for answer in (1, 2)} == {light.outcome}
    if tried is None and "tried" not in light.ask:
        assert {lit(band, ids(signs), weeks, places, answer).outcome for answer in ("yes", "no")} == {light.outcome}
