"""Consent to share: what is asked, who must say yes, and what stands today. One refusal is no consent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal, get_args

from dialogs.papers.filings import Filing
from dialogs.people import Role
from dialogs.types import Problem

State = Literal["asked", "given", "refused", "withdrawn"]
Standing = Literal["valid", "not_asked", "refused"]  # as the sharing table asks for it
Age = Literal["u15", "15_17", "adult"]
Custody = Literal["two", "one", "placed"]
Party = Literal["holder_1", "holder_2", "young"]
Way = Literal["written", "oral"]
Said = Literal["yes", "no"]
Giver = Literal["school", "daycare", "psychologist", "social_worker", "health_visitor", "dental"]
Receiver = Literal["school", "psychologist", "social_worker", "health_visitor", "daycare", "club", "doctor"]
Kind = Literal["wellbeing", "learning", "absence", "health", "family", "tried"]

AGES: Final[tuple[Age, ...]] = get_args(Age)
CUSTODIES: Final[tuple[Custody, ...]] = get_args(Custody)
WAYS: Final[tuple[Way, ...]] = get_args(Way)
SAIDS: Final[tuple[Said, ...]] = get_args(Said)
GIVERS: Final[tuple[Giver, ...]] = get_args(Giver)
RECEIVERS: Final[tuple[Receiver, ...]] = get_args(Receiver)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
MAX_TEXT: Final = 600  # characters; a purpose that needs more is no single purpose
HOUSE: Final[frozenset[Giver]] = frozenset({"school", "daycare"})  # where a worry is written
# A 15-year-old alone says yes to what these two know about health (sundhedsloven § 17).
HEALTH: Final[frozenset[Giver]] = frozenset({"health_visitor", "dental"})
_YOUNG: Final = frozenset({"B1", "B2", "B3"})  # at most twelve years old: nobody there is fifteen before the case ends
_BESIDE_SCHOOL: Final = frozenset({"d02", "d35", "sfo", "klub", "klub13"})
# Words that make a consent mean everybody or everything: then nobody knows what was said yes to.
_BLANKET: Final = re.compile(
    r"\balle?\b[\w\s]{0,20}\b(?:relevante?|parter|partnere|samarbejdspartnere|oplysninger|fagpersoner|myndigheder)\b"
    r"|\brelevante (?:parter|samarbejdspartnere|oplysninger|fagpersoner|myndigheder)\b"
    r"|\b(?:samarbejdspartnere|alt|alting|alle|generelt|osv|mv|m\.v|m\.fl|mfl)\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Scope:
    """What the yes is for: from whom, whom to, which kinds of information, what for, what not, and the last day."""

    to: tuple[Receiver, ...]
    kinds: tuple[Kind, ...]
    purpose: str
    until: date
    excluded: str = ""
    givers: tuple[Giver, ...] = ("school",)


@dataclass(frozen=True)
class Word:
    """What one of those asked has said. An oral answer says why it was oral, when, and who heard it.

    `heard_by` is the person who wrote it down; `receiver` is the post of whoever heard an oral answer.
    """

    party: Party
    said: Said
    way: Way
    day: date
    heard_by: str
    why_oral: str = ""
    receiver: str = ""


@dataclass(frozen=True)
class Back:
    """Who took the yes back, who wrote that down, and on which day it was written."""

    party: Party
    noted_by: str
    noted_on: date


@dataclass(frozen=True)
class Consent:
    """One consent on one case. Names stand on the signed form only, never here."""

    id: str
    case_id: str
    state: State
    scope: Scope
    parties: tuple[Party, ...]
    asked_by: str
    asked_on: date
    words: tuple[Word, ...] = ()
    ended_on: date | None = None
    back: Back | None = None
    revision: int = 0

    @property
    def waits_for(self) -> tuple[Party, ...]:
        """Those who have not answered yet."""
        told = {word.party for word in self.words}
        return tuple(party for party in self.parties if party not in told)


@dataclass(frozen=True)
class Record:
    """One of those asked has answered."""

    word: Word


@dataclass(frozen=True)
class Withdraw:
    """One of those asked takes the yes back; that is always theirs to do. `noted_by` is who writes it down."""

    party: Party
    day: date
    noted_by: str


Act = Record | Withdraw
# A missing key is a refusal: what has ended is not opened again, a new consent is asked for.
MOVES: Final[Mapping[tuple[State, type[Act]], bool]] = {
    ("asked", Record): True,
    ("asked", Withdraw): True,
    ("given", Withdraw): True,
}


def must_say(age: Age, custody: Custody, *, health_only: bool = False) -> tuple[Party, ...] | Problem:
    """Who must say yes; a problem where another must be asked first."""
    if age == "adult":
        return ("young",)
    if custody == "placed":
        return Problem("consent_placed")  # who holds what then is for the case worker to say
    holders: tuple[Party, ...] = ("holder_1", "holder_2") if custody == "two" else ("holder_1",)
    if age == "u15":
        return holders
    return ("young",) if health_only else (*holders, "young")


def ages_of(band: str) -> tuple[Age, ...]:
    """The ages that fit a case's band of age; all of them where the band is not known."""
    return ("u15",) if band in _YOUNG else AGES


def usual_giver(place: str) -> Giver:
    """Who most often tells, by where the child spends the day (the answer to the worry's question of age and place)."""
    return "daycare" if place in _BESIDE_SCHOOL else "school"


def health_alone(scope: Scope) -> bool:
    """Whether it is only what the health visitor or the dentist knows about health."""
    return set(scope.kinds) == {"health"} and bool(scope.givers) and set(scope.givers) <= HEALTH


def a_year_after(day: date) -> date:
    """The same date next year: the product's rule, and the law's for health staff (SUL § 44), to the day."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def flaw(scope: Scope, today: date) -> Problem | None:
    """Why this can't be asked for: too wide, too vague, too long or not at all."""
    if not scope.givers:
        return Problem("consent_no_giver")
    if not scope.to:
        return Problem("consent_nobody")
    if not scope.kinds:
        return Problem("consent_nothing")
    if not scope.purpose.strip():
        return Problem("consent_no_purpose")
    if len(scope.purpose) > MAX_TEXT or len(scope.excluded) > MAX_TEXT:
        return Problem("consent_too_long", None, (("most", MAX_TEXT),))
    if len(scope.givers) == 1 and set(scope.to) == set(scope.givers):
        return Problem("consent_to_self")
    everybody = set(scope.to) == set(RECEIVERS) or set(scope.kinds) == set(KINDS)
    if everybody or _BLANKET.search(scope.purpose):
        return Problem("consent_blanket")
    if scope.until <= today:
        return Problem("consent_past")
    return Problem("consent_too_far") if scope.until > a_year_after(today) else None


def move(consent: Consent, act: Act, today: date) -> Consent | Problem:
    """Do one act, or say why not."""
    if (consent.state, type(act)) not in MOVES:
        return Problem("consent_over")
    match act:
        case Record(word):
            return _recorded(consent, word, today)
        case Withdraw(party, day, noted_by):
            if party not in consent.parties:
                return Problem("consent_party")
            if not consent.asked_on <= day <= today:
                return Problem("consent_day")
            back = Back(party, noted_by, today)
            return replace(consent, state="withdrawn", ended_on=day, back=back, revision=consent.revision + 1)


def _recorded(consent: Consent, word: Word, today: date) -> Consent | Problem:
    if word.party not in consent.waits_for:
        return Problem("consent_party")
    if not consent.asked_on <= word.day <= today:
        return Problem("consent_day")
    if word.said == "yes" and word.way == "oral" and not word.why_oral.strip():
        return Problem("consent_why_oral")
    if word.said == "yes" and word.way == "oral" and not word.receiver.strip():
        return Problem("consent_receiver")
    if max(len(word.why_oral), len(word.receiver)) > MAX_TEXT:
        return Problem("consent_too_long", None, (("most", MAX_TEXT),))
    after = replace(consent, words=(*consent.words, word), revision=consent.revision + 1)
    if word.said == "no":
        return replace(after, state="refused", ended_on=word.day)
    return after if after.waits_for else replace(after, state="given")


def standing(consent: Consent, today: date) -> Standing:
    """What this consent is worth today: taken back or refused is a no; run out or half given is not asked."""
    match consent.state:
        case "refused" | "withdrawn":
            return "refused"
        case "given":
            return "valid" if today <= consent.scope.until else "not_asked"
        case "asked":
            return "not_asked"


def covers(consents: Sequence[Consent], to: Receiver, today: date, kind: Kind | None = None) -> Standing:
    """What stands for one receiver, and one kind of information if it is named. A later no outweighs an older yes.

    A case tells what the house knows: a yes to what only others may tell opens nothing here.
    """
    ours = [c for c in consents if not HOUSE.isdisjoint(c.scope.givers)]
    fitting = [c for c in ours if to in c.scope.to and (kind is None or kind in c.scope.kinds)]
    refused = [c for c in fitting if standing(c, today) == "refused"]
    valid = [c for c in fitting if standing(c, today) == "valid"]
    last_no = max((c.ended_on or c.asked_on for c in refused), default=date.min)
    if any(c.asked_on > last_no for c in valid):
        return "valid"
    return "refused" if refused else "not_asked"


# The seats of the team that sit outside the school: to them a name is a disclosure (ADR 31).
SEATS: Final[Mapping[Role, Receiver]] = {
    "psychologist": "psychologist",
    "social_worker": "social_worker",
    "health_visitor": "health_visitor",
    "leader": "school",
    "teacher": "school",
    "pedagogue": "school",
}


def standing_for(found: Sequence[Consent], role: Role, today: date) -> Standing | None:
    """What the filed consents say about a reader of this role; None when nothing is filed at all."""
    to = SEATS.get(role)
    if not found:
        return None
    return covers(found, to, today) if to is not None else "not_asked"


@dataclass(frozen=True)
class Agreed:
    """What a reader may be told by what is filed today: which kinds, until when, and whether something was kept out."""

    kinds: tuple[Kind, ...]
    until: date
    limited: bool


def agreed_for(found: Sequence[Consent], role: Role, today: date) -> Agreed | None:
    """What the valid consents open for a reader of this role, taken together; None where none is valid."""
    to = SEATS.get(role)
    if to is None or covers(found, to, today) != "valid":
        return None
    scopes = [
        one.scope
        for one in found
        if to in one.scope.to and standing(one, today) == "valid" and not HOUSE.isdisjoint(one.scope.givers)
    ]
    kinds: tuple[Kind, ...] = tuple(kind for kind in KINDS if any(kind in scope.kinds for scope in scopes))
    return Agreed(kinds, min(scope.until for scope in scopes), any(scope.excluded.strip() for scope in scopes))


# --- as it is filed ---


def dump(consent: Consent) -> Filing:
    """The consent as it is filed on its case."""
    scope = consent.scope
    body: dict[str, Any] = {
        "to": list(scope.to),
        "kinds": list(scope.kinds),
        "purpose": scope.purpose,
        "until": scope.until.isoformat(),
        "excluded": scope.excluded,
        "givers": list(scope.givers),
        "parties": list(consent.parties),
        "asked_by": consent.asked_by,
        "asked_on": consent.asked_on.isoformat(),
        "words": [{**word.__dict__, "day": word.day.isoformat()} for word in consent.words],
        "ended_on": consent.ended_on and consent.ended_on.isoformat(),
        "back": consent.back and {**consent.back.__dict__, "noted_on": consent.back.noted_on.isoformat()},
    }
    return Filing(consent.id, consent.case_id, "consent", consent.state, body, revision=consent.revision)


def load(filing: Filing) -> Consent:
    """The consent that `dump` wrote."""
    body = filing.body
    state: State = next(one for one in get_args(State) if one == filing.state)
    ended = body["ended_on"]
    return Consent(
        filing.id,
        filing.case_id,
        state,
        Scope(
            tuple(body["to"]),
            tuple(body["kinds"]),
            body["purpose"],
            date.fromisoformat(body["until"]),
            body["excluded"],
            tuple(body.get("givers", ("school",))),  # those filed before it was asked about
        ),
        tuple(body["parties"]),
        body["asked_by"],
        date.fromisoformat(body["asked_on"]),
        tuple(_word(word) for word in body["words"]),
        date.fromisoformat(ended) if ended else None,
        _back(body.get("back")),  # those taken back before it was written down have none
        filing.revision,
    )


def _back(data: Mapping[str, Any] | None) -> Back | None:
    return Back(data["party"], data["noted_by"], date.fromisoformat(data["noted_on"])) if data else None


def _word(data: Mapping[str, Any]) -> Word:
    day = date.fromisoformat(data["day"])
    told = (data["heard_by"], data["why_oral"], data.get("receiver", ""))
    return Word(data["party"], data["said"], data["way"], day, *told)
