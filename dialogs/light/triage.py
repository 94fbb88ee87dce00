"""The traffic light: what people have seen → a suggested colour with its reasons. Unknown is never green.

The rule itself is data (tables/triage.yaml); here the ticks are counted, the table is asked, and the answer explained.
The bot proposes. A colour belongs to a worry at a time, never to a child, and the duty to report does not depend on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, get_args

from dialogs.light.signs import Flow, Sign, SignBook, Subject
from dialogs.tables import Scalar, Table, decide

LightName = Literal["none", "green", "yellow", "red"]
OpenFact = Literal["weeks", "places", "tried"]
Question = OpenFact | Literal["rows"]
RefusalCode = Literal[
    "adult",
    "unknown_band",
    "unknown_sign",
    "other_band",
    "unknown_factor",
    "bad_number",
    "bad_tried",
    "locked_red",
    "not_red",
    "same_role",
    "needs_reason",
]

ENOUGH_ROWS = 3  # fewer assessed rows say nothing good
LASTING_WEEKS, LONG_WEEKS = 2, 12  # our own thresholds
OPEN_FACTS: tuple[OpenFact, ...] = get_args(OpenFact)


@dataclass(frozen=True)
class Shade:
    """What an outcome of the table means. `rank` orders two lights; the higher is kept when people differ."""

    light: LightName
    rank: int
    locked: bool = False
    acute: bool = False
    attention: bool = False


SHADES: Mapping[str, Shade] = {
    "none": Shade("none", 0),
    "green": Shade("green", 1),
    "green_attention": Shade("green", 2, attention=True),
    "yellow": Shade("yellow", 3),
    "red": Shade("red", 4),
    "red_locked": Shade("red", 5, locked=True),
    "red_acute": Shade("red", 6, locked=True, acute=True),
}


@dataclass(frozen=True)
class Light:
    """A suggested colour and everything that it stands on. Ids and codes only; the Danish words live in content."""

    light: LightName
    outcome: str  # the table's own word, a key of SHADES
    locked: bool
    acute: bool
    attention: bool  # green, but look again in two weeks
    flow: Flow | None  # the action flow of the gravest ticked sign; only red signs have one
    card: str | None  # the card of the gravest sign that opens one; None: the flow alone says which
    because: tuple[str, ...]  # the rule's code, then the ids of the signs that it stands on
    rule: str
    child: LightName
    care: LightName
    signs: tuple[str, ...]
    protective: tuple[str, ...]
    ask: tuple[Question, ...]  # what would settle or change the colour if it were known

    @property
    def rank(self) -> int:
        """How high this light stands among others."""
        return SHADES[self.outcome].rank


@dataclass(frozen=True)
class Refused:
    """Not judged, and why; `details` are the ids or names that it is about."""

    code: RefusalCode
    details: tuple[str, ...] = ()


def judge(
    book: SignBook,
    *,
    band: str,
    ticked: Collection[str],
    weeks: int | None = None,
    places: int | None = None,
    tried: str | None = None,
    protective: Collection[str] = (),
) -> Light | Refused:
    """The suggested light of these ticks, or a refusal; None means that nobody knows, and is never taken for good."""
    refusal = (
        _refuse_band(book, band)
        or _refuse_signs(book, band, ticked)
        or _refuse_rest(book, weeks, places, tried, protective)
    )
    if refusal is not None:
        return refusal
    signs = tuple(sign for sign in book.by_id.values() if sign.id in ticked)
    around = _Around(weeks=_weeks(weeks), places=_places(places), tried=tried or "unknown")
    outcome, rule = _ask_table(book.table, _facts(signs, around))
    shade = SHADES[outcome]
    gravest = _with_a_card(signs)
    return Light(
        light=shade.light,
        outcome=outcome,
        locked=shade.locked,
        acute=shade.acute,
        attention=shade.attention,
        flow=next((sign.flow for sign in gravest), None),
        card=next((sign.card for sign in gravest), None),
        because=(rule, *(sign.id for sign in _grounds(signs, shade))),
        rule=rule,
        child=_alone(book.table, signs, "child", around),
        care=_alone(book.table, signs, "parent", around),
        signs=tuple(sign.id for sign in signs),
        protective=tuple(factor.id for factor in book.factors if factor.id in protective),
        ask=_questions(book.table, signs, around, outcome),
    )


# --- what can't be judged ---


def _refuse_band(book: SignBook, band: str) -> Refused | None:
    if book.band(band) is not None:
        return None
    return Refused("adult" if band == "18+" else "unknown_band")


def _refuse_signs(book: SignBook, band: str, ticked: Collection[str]) -> Refused | None:
    unknown = sorted({sign for sign in ticked if sign not in book.by_id})
    if unknown:
        return Refused("unknown_sign", tuple(unknown))
    strangers = sorted({sign for sign in ticked if book.by_id[sign].band != band})
    return Refused("other_band", tuple(strangers)) if strangers else None


def _refuse_rest(
    book: SignBook, weeks: int | None, places: int | None, tried: str | None, protective: Collection[str]
) -> Refused | None:
    if weeks is not None and weeks < 0:
        return Refused("bad_number", ("weeks",))
    if places is not None and places < 1:
        return Refused("bad_number", ("places",))
    if tried not in (None, "yes", "no"):
        return Refused("bad_tried")
    unknown = sorted(set(protective) - {factor.id for factor in book.factors})
    return Refused("unknown_factor", tuple(unknown)) if unknown else None


# --- counting ---


@dataclass(frozen=True)
class _Around:
    """What is known around the signs, in the table's own words."""

    weeks: str
    places: str
    tried: str

    def known(self) -> dict[str, str]:
        return {"weeks": self.weeks, "places": self.places, "tried": self.tried}


def _weeks(weeks: int | None) -> str:
    if weeks is None:
        return "unknown"
    if weeks < LASTING_WEEKS:
        return "new"
    return "lasting" if weeks < LONG_WEEKS else "long"


def _places(places: int | None) -> str:
    if places is None:
        return "unknown"
    return "one" if places == 1 else "several"


def _facts(signs: tuple[Sign, ...], around: _Around) -> dict[str, Scalar]:
    yellow = [sign for sign in signs if sign.colour == "yellow"]
    return {
        "acute": _yes(any(sign.acute for sign in signs)),
        "locked": _yes(any(sign.locked for sign in signs)),
        "red": _yes(any(sign.colour == "red" for sign in signs)),
        "child_yellow": min(2, sum(sign.subject == "child" for sign in yellow)),
        "care_yellow": min(2, sum(sign.subject == "parent" for sign in yellow)),
        "yellow": min(5, len(yellow)),
        "green": min(3, sum(sign.colour == "green" for sign in signs)),
        "rows": min(ENOUGH_ROWS, _rows(signs)),
        **around.known(),
    }


def _yes(truth: bool) -> str:
    return "yes" if truth else "no"


def _rows(signs: tuple[Sign, ...]) -> int:
    return len({sign.row for sign in signs})


# --- asking the table and explaining ---


def _ask_table(table: Table, facts: Mapping[str, Scalar]) -> tuple[str, str]:
    decision = decide(table, facts, explain=False)
    # a table that has been edited into a hole, or a word that has no shade, must never come out as a colour
    if decision.outcome is None or decision.outcome not in SHADES:
        return "none", decision.reason or "unknown_outcome"
    return decision.outcome, decision.rules[0]


def _alone(table: Table, signs: tuple[Sign, ...], subject: Subject, around: _Around) -> LightName:
    """The light of the child, or of the care, by itself.

    The same table over the subject's own signs. Weeks, places and efforts belong to the worry and count for both.
    `child_and_care` needs both and so can only colour the whole; that is why the whole may stand above its two parts.
    """
    own = tuple(sign for sign in signs if sign.subject == subject)
    return SHADES[_ask_table(table, _facts(own, around))[0]].light


def _with_a_card(signs: tuple[Sign, ...]) -> list[Sign]:
    """The signs that open an action card, the gravest first: acute, locked, other red, then in the book's order.

    Among equals a flow that closes the circle goes before `danger`: there the wrong reader can harm the child.
    """
    opening = [sign for sign in signs if sign.flow or sign.card]
    return sorted(opening, key=lambda s: (not s.acute, not s.locked, s.colour != "red", s.flow == "danger"))


def _grounds(signs: tuple[Sign, ...], shade: Shade) -> tuple[Sign, ...]:
    """The signs that the colour stands on: the acute ones, the locked ones, or those of the heaviest colour."""
    if shade.acute:
        return tuple(sign for sign in signs if sign.acute)
    if shade.locked:
        return tuple(sign for sign in signs if sign.locked)
    for colour in ("red", "yellow", "green"):
        grounds = tuple(sign for sign in signs if sign.colour == colour)
        if grounds:
            return grounds
    return ()


def _questions(table: Table, signs: tuple[Sign, ...], around: _Around, outcome: str) -> tuple[Question, ...]:
    """The open questions whose answers could still change the colour; more rows, when too few were looked at."""
    facts = _facts(signs, around)
    unknown: list[OpenFact] = [name for name in OPEN_FACTS if facts[name] == "unknown"]
    found: list[Question] = [name for name in unknown if _matters(table, facts, name, unknown)]
    if SHADES[outcome].light == "none" and _rows(signs) < ENOUGH_ROWS:
        found.append("rows")
    return tuple(found)


def _matters(table: Table, facts: dict[str, Scalar], name: OpenFact, unknown: Sequence[OpenFact]) -> bool:
    """Whether some answer to the other open questions makes this one decide the colour."""
    others = [other for other in unknown if other != name]
    return any(
        len({_ask_table(table, {**facts, **fixed, name: value})[0] for value in table.facts[name]}) > 1
        for fixed in _completions(table, others)
    )


def _completions(table: Table, names: Sequence[str]) -> Iterator[dict[str, Scalar]]:
    for values in product(*(table.facts[name] for name in names)):
        yield dict(zip(names, values, strict=True))


def contract(light: Light | Refused) -> dict[str, object]:
    """The plain answer of `content triage` (architecture § 11); a refusal has no colour and an `error`."""
    if isinstance(light, Refused):
        return {
            "light": "none",
            "locked": False,
            "acute": False,
            "attention": False,
            "because": [light.code, *light.details],
            "error": light.code,
        }
    return {
        "light": light.light,
        "locked": light.locked,
        "acute": light.acute,
        "attention": light.attention,
        "because": list(light.because),
        "rule": light.rule,
        "flow": light.flow,
        "card": light.card,
        "child": light.child,
        "care": light.care,
        "protective": list(light.protective),
        "ask": list(light.ask),
    }
