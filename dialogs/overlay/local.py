"""kommune.yaml: who receives reports, the schools, the calendar, the forums and the reminders of one municipality."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date, time, timedelta

from dialogs.guides.forums import MAX_FORUMS, read_forum
from dialogs.local import Calendar, Forum, Local
from dialogs.meetings.model import LONGEST, SHORTEST
from dialogs.overlay.contacts import read_contacts
from dialogs.overlay.jurist import read_jurist
from dialogs.overlay.lines import Refusals
from dialogs.overlay.plain import faults
from dialogs.people import Role, School
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document
from dialogs.workdays import Patience

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag")
CHAIRS: dict[str, Role] = {"leder": "leader", "psykolog": "psychologist", "raadgiver": "social_worker"}
MAX_CLOSED = 150  # days of the municipality's own a year and a half ahead; more than that is a mistake
MAX_NAME = 60
MAX_LINE = 120
_FORUM_TEXTS = {"navn": "name", "rytme": "rhythm", "tager": "takes", "sender": "sends"}
MAX_RED_HOURS, MAX_CALM_DAYS, MAX_DRAFT_DAYS = 8, 10, 14
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")


def read_local(
    document: Document, professions: Collection[str], switches: Collection[str], refusals: Refusals
) -> Local:
    """What the file says, with the default for everything that it leaves out or that is refused."""
    known = (
        *("modtagelse", "modtagelse_telefon", "skoler", "kalender", "fora", "kontakter", "paamindelser"),
        *("jurist", "leder_siger_ja_foerst"),
    )
    fields = _known(root(document), known, refusals)
    local = Local()
    if "modtagelse" in fields:
        local = replace(local, intake=_name(fields["modtagelse"], refusals) or local.intake)
    if "modtagelse_telefon" in fields:
        phone = refusals.take("modtagelse_telefon", lambda: _phone(fields["modtagelse_telefon"]), "")
        local = replace(local, intake_phone=phone)
    if "kalender" in fields:
        local = replace(local, calendar=_calendar(fields["kalender"], refusals))
    if "skoler" in fields:
        local = replace(local, schools=_schools(fields["skoler"], local.calendar, refusals))
    if "fora" in fields:
        local = replace(local, forums=_forums(fields["fora"], professions, refusals))
    if "kontakter" in fields:
        local = replace(local, contacts=read_contacts(fields["kontakter"], professions, refusals))
    if "paamindelser" in fields:
        local = replace(local, patience=_patience(fields["paamindelser"], refusals))
    if "jurist" in fields:
        local = replace(local, jurist=read_jurist(fields["jurist"], switches, refusals))
    if "leder_siger_ja_foerst" in fields:
        asked = refusals.take("leder_siger_ja_foerst", fields["leder_siger_ja_foerst"].flag, False)
        local = replace(local, leader_confirms_first_exchange=asked)
    return local


def _known(node: Node, names: Collection[str], refusals: Refusals) -> dict[str, Node]:
    """The entries with these names; every other name is refused, one by one."""
    found = refusals.take(node.document.file, node.entries, {})
    for name, child in found.items():
        if name not in names:
            refusals.say(child, name, "unknown_key", f"«{name}» kendes ikke. Vælg mellem: {', '.join(names)}.")
    return {name: child for name, child in found.items() if name in names}


def _name(node: Node, refusals: Refusals, most: int = MAX_NAME) -> str:
    text = refusals.take("navn", node.text, "")
    found = list(faults(text, ""))
    if len(text) > most:
        found.append(("too_large", f"Navnet er for langt. Der er plads til {most} tegn."))
    for code, words in found:
        refusals.say(node, str(node.path[-1]), code, words)
    return "" if found else text


def _phone(node: Node) -> str:
    digits = re.sub(r"\s", "", node.text())
    if not re.fullmatch(r"[0-9]{8}", digits):
        raise node.error("not_phone", 'Skriv nummeret med otte tal, sådan: "12 34 56 78".')
    return " ".join(digits[at : at + 2] for at in range(0, 8, 2))


def _clock(node: Node) -> time:
    text = node.text()
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise node.error("not_time", 'Skriv klokken som "07:30".') from None


def _day(node: Node) -> date:
    day = node.day()
    if day is None:
        raise node.error("not_date", "Skriv datoen som 2026-01-31.")
    return day


def _schools(node: Node, calendar: Calendar, refusals: Refusals) -> tuple[School, ...]:
    schools: dict[str, School] = {}
    for item in refusals.take("skoler", lambda: node.items(some=True), ()):
        school = refusals.take("skoler", lambda item=item: _school(item, calendar, refusals), None)
        if school is not None and school.id in schools:
            refusals.say(item, school.id, "double", f"Skolen «{school.id}» står to gange.")
        elif school is not None:
            schools[school.id] = school
    return tuple(schools.values())


def _school(node: Node, calendar: Calendar, refusals: Refusals) -> School:
    fields = node.fields("id", "navn", optional=("trio_dag", "trio_tid", "trio_minutter", "trio_leder"))
    school = School(_id(fields["id"]), _name(fields["navn"], refusals))
    if "trio_dag" in fields:
        school = replace(school, trio_weekday=WEEKDAYS.index(fields["trio_dag"].one_of(WEEKDAYS)))
    if "trio_tid" in fields:
        school = replace(school, trio_time=_clock(fields["trio_tid"]).strftime("%H:%M"))
    if "trio_minutter" in fields:
        school = replace(school, trio_minutes=_minutes(fields["trio_minutter"]))
    if "trio_leder" in fields:
        school = replace(school, trio_chair=CHAIRS[fields["trio_leder"].one_of(tuple(CHAIRS))])
    if not calendar.opens <= time.fromisoformat(school.trio_time) < calendar.closes:
        raise node.error("meeting_closed", f"Mødet kl. {school.trio_time} ligger uden for åbningstiden.")
    return school


def _minutes(node: Node) -> int:
    number = node.number()
    if not SHORTEST <= number <= LONGEST:
        raise node.error("bounds", f"Et møde er fra {SHORTEST} til {LONGEST} minutter.")
    return number


def _id(node: Node) -> str:
    text = node.text()
    if not _ID.match(text):
        raise node.error("bad_id", "Et id er 1–40 tegn: a–z, tal og bindestreg.")
    return text


def _calendar(node: Node, refusals: Refusals) -> Calendar:
    names = ("aabner", "lukker", "lukket", "uden_skole", "juleaften", "grundlovsdag", "nytaarsaften")
    fields = _known(node, names, refusals)
    calendar = Calendar()
    for key, field in (("aabner", "opens"), ("lukker", "closes")):
        if key in fields:
            clock = refusals.take(key, lambda key=key: _clock(fields[key]), getattr(calendar, field))
            calendar = replace(calendar, **{field: clock})
    flags = {
        "juleaften": "christmas_eve",
        "grundlovsdag": "constitution_day",
        "nytaarsaften": "new_years_eve_from_noon",
    }
    for key, field in flags.items():
        if key in fields:
            flag = refusals.take(key, fields[key].flag, getattr(calendar, field))
            calendar = replace(calendar, **{field: flag})
    if "lukket" in fields:
        calendar = replace(calendar, closed=_closed("lukket", fields["lukket"], refusals))
    if "uden_skole" in fields:
        calendar = replace(calendar, no_school=_closed("uden_skole", fields["uden_skole"], refusals))
    if calendar.opens >= calendar.closes:
        refusals.say(node, "kalender", "hours", "Der skal åbnes, før der lukkes.")
        return Calendar(closed=calendar.closed, no_school=calendar.no_school)
    return calendar


def _closed(name: str, node: Node, refusals: Refusals) -> frozenset[date]:
    days: set[date] = set()
    for item in refusals.take(name, node.items, ()):
        days |= refusals.take(name, lambda item=item: _span(item), frozenset[date]())
    if len(days) > MAX_CLOSED:
        refusals.say(node, name, "too_many", f"Der er {len(days)} dage. Der er plads til {MAX_CLOSED}.")
        return frozenset()
    return frozenset(days)


def _span(node: Node) -> frozenset[date]:
    if isinstance(node.value, str):
        return frozenset({_day(node)})
    fields = node.fields("fra", "til")
    first, last = _day(fields["fra"]), _day(fields["til"])
    if not 0 <= (last - first).days < MAX_CLOSED:
        raise node.error("bad_period", "Den sidste dag skal ligge efter den første og ikke for langt væk.")
    return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))


def _forums(node: Node, professions: Collection[str], refusals: Refusals) -> tuple[Forum, ...]:
    forums: list[Forum] = []
    for item in refusals.take("fora", lambda: node.items(some=True), ()):
        forum = refusals.take("fora", lambda item=item: _forum(item, professions, refusals), None)
        if forum is not None and forum.id in {one.id for one in forums}:
            refusals.say(item, forum.id, "double", f"Forummet «{forum.id}» står to gange.")
        elif forum is not None:
            forums.append(forum)
    if len(forums) > MAX_FORUMS:
        refusals.say(node, "fora", "too_many", f"Der er {len(forums)} fora. Der er plads til {MAX_FORUMS}.")
    return tuple(forums[:MAX_FORUMS])


def _forum(node: Node, professions: Collection[str], refusals: Refusals) -> Forum:
    forum = read_forum(node, professions)
    fields = node.entries()
    _id(fields["id"])
    for name in ("navn", "rytme", "tager", "sender"):
        if name in fields and not _name(fields[name], refusals, MAX_NAME if name in ("navn", "rytme") else MAX_LINE):
            forum = replace(forum, **{_FORUM_TEXTS[name]: ""})
    return forum


def _patience(node: Node, refusals: Refusals) -> Patience:
    fields = _known(node, ("roed_timer", "rolig_dage", "kladde_dage"), refusals)
    found = Patience()
    if "roed_timer" in fields:
        steps = refusals.take("roed_timer", lambda: _steps(fields["roed_timer"], MAX_RED_HOURS), found.red_hours)
        found = replace(found, red_hours=steps)
    if "rolig_dage" in fields:
        steps = refusals.take("rolig_dage", lambda: _steps(fields["rolig_dage"], MAX_CALM_DAYS), found.calm_days)
        found = replace(found, calm_days=steps)
    if "kladde_dage" in fields:
        days = refusals.take("kladde_dage", lambda: _within(fields["kladde_dage"], MAX_DRAFT_DAYS), found.draft_days)
        found = replace(found, draft_days=days)
    return found


def _steps(node: Node, most: int) -> tuple[int, int, int]:
    found = [_within(item, most) for item in node.items()]
    if len(found) != 3 or not found[0] < found[1] < found[2]:
        raise node.error("steps", "Skriv tre tal, der vokser, fx [1, 3, 5].")
    return found[0], found[1], found[2]


def _within(node: Node, most: int) -> int:
    number = node.number()
    if not 1 <= number <= most:
        raise node.error("bounds", f"Tallet skal være fra 1 til {most}.")
    return number
