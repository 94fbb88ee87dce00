"""The fictional municipality of the demo, the docs and the tests: always the same people and the same four cases.

Everybody here is invented. Children have aliases only, as everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final, cast

from bot.app.cases import team
from bot.app.cases.filing import enter
from bot.app.drafts import sending
from bot.app.drafts.sending import Worry
from bot.app.meetings import netdeeds, network
from bot.app.meetings.network import Wanted
from bot.app.turns.handbook import Handbook
from bot.app.turns.turn import World
from bot.ports import Outbox, UnitOfWork
from dialogs.access import Actor
from dialogs.cases.acts import Act, Ask, Decide, Discuss, Open, Plan, Reply
from dialogs.cases.model import Colour, Entry, Light
from dialogs.cases.teamdays import next_meeting
from dialogs.cases.words import CaseWords
from dialogs.drafts import emptied
from dialogs.guards import Findings
from dialogs.meetings.voices import Said
from dialogs.notices import Wish
from dialogs.people import Membership, Person, Role, School
from dialogs.plans import example
from dialogs.plans.filed import dump as dump_plan
from dialogs.plans.model import Plan as OnePlan
from dialogs.plans.moves import move as move_plan
from dialogs.types import Draft
from dialogs.values import Picked, Value, note_of
from dialogs.workdays import COPENHAGEN, danish

MUNICIPALITY: Final = "Solbæk Kommune"
INTAKE_PHONE: Final = "12 34 56 78"  # no telephone in Denmark has a number that begins with 1
LAERKE, FJORD = "laerkeskolen", "fjordskolen"
SCHOOLS: Final = (School(LAERKE, "Lærkeskolen", 2, "12:30"), School(FJORD, "Fjordskolen", 3, "13:00"))


def _person(person_id: str, name: str, *roles: tuple[str, Role], deputy: bool = False) -> Person:
    return Person(person_id, name, tuple(Membership(school, role, deputy) for school, role in roles))


PEOPLE: Final = (
    _person("laerke-laerer", "Maja Holm", (LAERKE, "teacher")),
    _person("laerke-paedagog", "Jonas Vang", (LAERKE, "pedagogue")),
    _person("laerke-leder", "Birgit Søe", (LAERKE, "leader")),
    _person("laerke-souschef", "Anders Krog", (LAERKE, "leader"), deputy=True),
    _person("laerke-psykolog", "Nadia Rahimi", (LAERKE, "psychologist")),
    _person("laerke-raadgiver", "Torben Lund", (LAERKE, "social_worker")),
    _person("laerke-raadgiver-2", "Sara Bech", (LAERKE, "social_worker"), deputy=True),
    _person("fjord-laerer", "Emil Dahl", (FJORD, "teacher")),
    _person("fjord-leder", "Lone Friis", (FJORD, "leader")),
    _person("fjord-psykolog", "Peter Toft", (FJORD, "psychologist")),
    _person("fjord-raadgiver", "Amira Saleh", (FJORD, "social_worker")),
    _person("solbaek-sundhed", "Karen Moe", (LAERKE, "health_visitor"), (FJORD, "health_visitor")),
    _person("solbaek-chef", "Henrik Juul", (LAERKE, "superior"), (FJORD, "superior")),
    _person("solbaek-tilsyn", "Ida Bruun", (LAERKE, "dpo"), (FJORD, "dpo")),
    _person("solbaek-administrator", "Rasmus Vinther", (LAERKE, "admin"), (FJORD, "admin")),
)

_TITLES: Final = {"laerke-souschef": "souschef"}


def title(person: Person, roles: Mapping[Role, str]) -> str:
    """What this person is, as the front page says it."""
    return _TITLES.get(person.id, roles[person.memberships[0].role])


def place(person: Person, schools: Mapping[str, str]) -> str:
    """Where this person works: a school, or the municipality for who works at several."""
    several = len({one.school_id for one in person.memberships}) > 1
    return MUNICIPALITY if several else schools[person.home]


Answers = Mapping[str, Value]
JUST_SENT: Final = timedelta(minutes=5)  # how long ago the newest worry was sent

# A boy who has gone quiet: decided, and followed up in some weeks.
_QUIET: Final[Answers] = {
    "q01_barn": "Stjernen",
    "q02_alder": "k46",
    "q03_rolle": Picked(("laerer",), "Siden 2. klasse"),
    "q04_sikkerhed": "nej",
    "q00_udgave": "hele",
    "q05_set": "Mandag sad han alene i frikvarteret. Jeg spurgte, om han ville med. Han sagde: «Det plejer jeg ikke.»",
    "q06_omraader": ("venner", "humoer"),
    "q06_tegn": ("B3CY2", "B3CY4"),
    "q07_hvornaar": Picked(("uger",), "Efter efterårsferien skiftede en ven skole."),
    "q08_hvortit": "flere",
    "q08_retning": "mere",
    "q09_hvor": Picked(("timer", "frikvarter"), "Det går bedst i billedkunst."),
    "q10_styrker": "Tegner godt. Hjælper de små. Griner, når vi spiller bold.",
    "q11_barnets_ord": "«Der er ikke nogen, der spørger mig.»",
    "q12_barnets_oenske": "Han vil gerne have en at være sammen med i frikvarteret.",
    "q13_foraeldre": Picked(("ja",), "De ser det også derhjemme."),
    "q14_samtykke": Picked(("mundtligt",), "Ved mødet i sidste uge"),
    "q16_proevet": ("Ny plads ved siden af en rolig klassekammerat",),
    "q17_effekt": ("lidt",),
    "q18_hjaelp": Picked(("raad", "observation"), "Jeg tænker, at en anden skal se klassen."),
    "q19_farve": Picked(("enig",), ""),
}
# A girl who is often away: just sent, nobody has opened it.
_AWAY: Final[Answers] = {
    "q01_barn": "Muslingen",
    "q02_alder": "sfo",
    "q03_rolle": Picked(("paedagog",), "Et år"),
    "q04_sikkerhed": "nej",
    "q00_udgave": "hele",
    "q05_set": "Hun kom ikke onsdag og torsdag. Fredag sagde hun: «Jeg havde ondt i maven.» Hun spiste ikke sin mad.",
    "q06_omraader": ("fravaer", "krop"),
    "q06_tegn": ("B3CY1", "B3CY8"),
    "q07_hvornaar": Picked(("uger",), ""),
    "q08_hvortit": "ugentligt",
    "q08_retning": "ens",
    "q09_hvor": Picked(("sfo",), "På tur er hun glad."),
    "q10_styrker": "Er god til at finde på lege. Elsker dyr.",
    "q11_barnets_ord": "ikke_spurgt",
    "q13_foraeldre": Picked(("nej",), ""),
    "q14_samtykke": Picked(("ikke_spurgt",), ""),
    "q15_omkring": "Familien er lige flyttet.",
    "q18_hjaelp": Picked(("taenke",), "Hvordan spørger jeg hende bedst?"),
    "q19_farve": Picked(("enig",), ""),
}
# A boy who has stopped coming: red without danger, and the team has asked the writer.
_STOPPED: Final[Answers] = {
    "q01_barn": "Pilen",
    "q02_alder": "k46",
    "q03_rolle": Picked(("laerer",), "To år"),
    "q04_sikkerhed": "nej",
    "q00_udgave": "hele",
    "q05_set": "Han har ikke været her i 12 dage. I telefonen sagde han: «Jeg kan ikke.» Så lagde han på.",
    "q06_omraader": ("fravaer", "venner"),
    "q06_tegn": ("B3CR1b", "B3CY2"),
    "q06_omsorg": ("B3PY5",),
    "q07_hvornaar": Picked(("uger",), "Der var en konflikt i klassen."),
    "q08_hvortit": "dagligt",
    "q08_retning": "mere",
    "q09_hvor": Picked(("timer",), ""),
    "q10_styrker": "God til matematik. Har en stor fætter, han kan lide.",
    "q11_barnets_ord": "«Jeg kan ikke.»",
    "q12_barnets_oenske": "Han vil gerne tale med sin fætter.",
    "q13_foraeldre": Picked(("delvist",), "Mor kan ikke få ham af sted."),
    "q14_samtykke": Picked(("nej",), ""),
    "q16_proevet": ("Ringe hver morgen", "Komme en time senere"),
    "q17_effekt": ("ingen", "ingen"),
    "q17_uger": "nej",
    "q18_hjaelp": Picked(("faggruppe",), "Hvem kan møde ham derhjemme?"),
    "q19_farve": Picked(("enig",), ""),
}

# A girl at the other school who holds on to the door: weeks ago, and since then there is a plan with three follow-ups.
_DOOR: Final[Answers] = {
    "q01_barn": "Bølgen",
    "q02_alder": "k46",
    "q03_rolle": Picked(("laerer",), "Et år"),
    "q04_sikkerhed": "nej",
    "q00_udgave": "hele",
    "q05_set": "Tre morgener bliver hun stående ude ved døren. Hun sagde: «Jeg ved ikke, hvem der er derinde.»",
    "q06_omraader": ("fravaer", "humoer"),
    "q06_tegn": ("B3CY1", "B3CY4"),
    "q07_hvornaar": Picked(("uger",), "Klassen fik nyt lokale."),
    "q08_hvortit": "ugentligt",
    "q08_retning": "ens",
    "q09_hvor": Picked(("timer",), "Efter frokost er hun glad."),
    "q10_styrker": "Husker alt om heste. Hjælper gerne de små.",
    "q11_barnets_ord": "«Jeg ved ikke, hvem der er derinde.»",
    "q12_barnets_oenske": "Hun vil gerne have, at en kommer ud og henter hende.",
    "q13_foraeldre": Picked(("ja",), "Mor ser det også."),
    "q14_samtykke": Picked(("skriftligt",), ""),
    "q18_hjaelp": Picked(("raad",), "Hvordan hjælper vi hende ind?"),
    "q19_farve": Picked(("enig",), ""),
}


@dataclass(frozen=True)
class _Fixed:
    """Ids that are the same in every demo."""

    case_id: str

    def new(self) -> str:
        return self.case_id

    def code(self) -> str:
        return f"DEM0-{self.case_id[-4:].title()}"

    def secret(self) -> str:
        return f"demo-{self.case_id}"


class _OnlyWhatIsAhead:
    """An outbox that lets go of notices from the played past: those people got them long ago."""

    def __init__(self, outbox: Outbox, now: datetime) -> None:
        self._outbox, self._since = outbox, now - JUST_SENT

    def add(self, wish: Wish) -> bool:
        return wish.due_at >= self._since and self._outbox.add(wish)


class _History:
    """The unit of work as the played past sees it."""

    def __init__(self, uow: UnitOfWork, now: datetime) -> None:
        self.people, self.cases, self.drafts, self.relation = uow.people, uow.cases, uow.drafts, uow.relation
        self.filings, self.meetings = uow.filings, uow.meetings
        self.outbox = _OnlyWhatIsAhead(uow.outbox, now)


def open_house(uow: UnitOfWork, world: World, now: datetime) -> None:
    """Fill the fictional municipality, once, and call one network meeting that is still to come."""
    if not seed(uow, now, world.content.case_words):
        return
    teacher = PEOPLE[0]
    mine = uow.acting(Actor(teacher.id, "inside", 2, "practice"))
    room = enter(world, mine, teacher, "demoelevfireb", now)
    if room is None:
        raise RuntimeError("the demo's own case is gone")
    day = world.workdays.next_open(now + timedelta(days=9)).astimezone(world.workdays.zone).date()
    words = world.content.network
    wanted = Wanted(
        day=day,
        clock=time(14),
        minutes=60,
        place=words("place.school"),
        purpose=words("purpose.understand"),
        chair="laerke-leder",
        scribe=teacher.id,
        professions=("LAER", "LED"),
        parents=2,
        child=True,
    )
    called, problems = network.create(room, wanted)
    if called is None or called.seat is None:
        raise RuntimeError(f"the demo's own meeting is refused: {problems[0].code}")
    netdeeds.say(called, called.seat.id, _TEACHER_SAYS)


_TEACHER_SAYS: Final = Said(
    works="Han tegner flot og hjælper de små. Fredag griner han, når vi spiller bold.",
    worries="Han går tit alene i frikvarteret. Han siger, at det plejer han.",
    wishes="At en fra klassen spørger, om han vil med.",
    scale=4,
)


def seed(uow: UnitOfWork, now: datetime, words: CaseWords) -> bool:
    """Fill the fictional municipality, once: False, and nothing written, when its people are already here.

    The histories lie before `now` and are played through the real use cases, so they can't say what never happened.
    """
    if uow.people.get(PEOPLE[0].id) is not None:
        return False
    for school in SCHOOLS:
        uow.people.add_school(school)
    for person in PEOPLE:
        uow.people.add(person)
    play = _Play(uow, now, _handbook(now, words))
    play.quiet()
    play.stopped()
    play.away()
    play.door()
    return True


def _nothing_heard(_words: str) -> Findings:
    """The histories are our own words about people that are invented."""
    return Findings()


def _handbook(now: datetime, words: CaseWords) -> Handbook:
    def labels(question_id: str, value: Value) -> tuple[str, str]:
        return question_id, note_of(value)  # no page is built here, so no label is shown

    workdays = danish(COPENHAGEN, range(now.year - 1, now.year + 2))
    return Handbook(words, workdays, labels, _nothing_heard)


@dataclass(frozen=True)
class _Play:
    """The three histories, told from `now` backwards."""

    uow: UnitOfWork
    now: datetime
    handbook: Handbook

    def quiet(self) -> None:
        """Yellow: asked, answered, discussed, and help agreed at the school."""
        colour = _colour("yellow", "B3CY2", "B3CY4")
        meeting = self._meeting_before(self.now - timedelta(days=2))
        at = self._open_before(meeting - timedelta(days=7))
        case_id = self._sent("laerke-laerer", "demoelevfireb", "K7RT-Måge", _QUIET, colour, at)
        follow_up = self.handbook.today(self.handbook.workdays.next_open(self.now + timedelta(days=28)))
        words = (
            "Tak, fordi du skrev. Nadia kommer ud og ser klassen i to frikvarterer. Du er med, når I aftaler resten."
        )
        decide = Decide("local_effort", "laerke-psykolog", "Det kan løses her. Klassen skal med.", words, follow_up)
        self._acts(
            case_id,
            ("laerke-leder", at + timedelta(hours=2), Open()),
            ("laerke-psykolog", at + timedelta(hours=3), Ask("Hvem er han sammen med, når det går godt?")),
            ("laerke-laerer", at + timedelta(hours=5), Reply("En dreng fra 3.A. De tegner sammen om fredagen.")),
            ("laerke-leder", at + timedelta(hours=6), Plan(self.handbook.today(meeting))),
            ("laerke-leder", meeting + timedelta(minutes=20), Discuss()),
            ("laerke-leder", meeting + timedelta(minutes=30), decide),
        )

    def stopped(self) -> None:
        """Red without danger: opened within the hour, and the writer is asked for one thing more the same day."""
        colour = _colour("red", "B3CR1b", "B3CY2", "B3PY5")
        at = self._open_before(self.now - timedelta(hours=2))
        case_id = self._sent("laerke-laerer", "demoelevseksa", "P4NX-Havn", _STOPPED, colour, at)
        ask = Ask("Har fætteren sagt, at han gerne vil hjælpe?")
        self._acts(
            case_id,
            ("laerke-raadgiver", at + timedelta(minutes=25), Open()),
            ("laerke-leder", at + timedelta(minutes=50), ask),
        )

    def away(self) -> None:
        """Yellow, sent a few minutes ago: nobody has opened it."""
        colour = _colour("yellow", "B3CY1", "B3CY8")
        at = self.now - JUST_SENT
        self._sent("laerke-paedagog", "demomuslingen", "T9HK-Sten", _AWAY, colour, at)

    def door(self) -> None:
        """Yellow, seven weeks ago: decided, and a plan that three follow-ups have looked at."""
        colour = _colour("yellow", "B3CY1", "B3CY4")
        at = self._open_before(self.now - timedelta(weeks=7))
        case_id = self._sent("fjord-laerer", "demoelevtrea", "W6RB-Eng", _DOOR, colour, at)
        words = "Tak, fordi du skrev. Peter kommer ud i klassen. I laver en plan sammen med familien."
        later = self.handbook.today(self.handbook.workdays.next_open(self.now + timedelta(days=20)))
        decide = Decide("local_effort", "fjord-psykolog", "Det kan løses her med en plan.", words, later)
        decided = self.handbook.workdays.plus_days(at, 2)
        self._acts(
            case_id,
            ("fjord-leder", at + timedelta(hours=1), Open()),
            ("fjord-leder", at + timedelta(hours=2), Plan(self.handbook.today(decided))),
            ("fjord-leder", decided, Discuss()),
            ("fjord-leder", decided + timedelta(minutes=10), decide),
        )
        self._planned(case_id, decided + timedelta(minutes=30))

    def _planned(self, case_id: str, at: datetime) -> None:
        """The plan, made in its keeper's hands and moved by the plan's own table."""
        uow, keeper = self._as("fjord-psykolog"), "fjord-psykolog"
        plan, day = OnePlan("demoplantrea", case_id), self.handbook.today(at)
        look_again = self.handbook.today(self.handbook.workdays.plus_days(self.now, 4))
        history = example.history(keeper, day, self.handbook.today(self.now), look_again)
        for when, act in history:
            step = move_plan(plan, act, when)
            if step.problems:
                raise RuntimeError(f"the demo's own plan is refused: {step.problems[0].code}")
            plan = step.plan
        if uow.cases.get(case_id) is None:
            raise LookupError("a plan without its case")
        uow.filings.add(dump_plan(plan))
        for state in ("made", "keeper"):
            uow.cases.add_entry(Entry(case_id, "plan", keeper, at, at, {"state": state}))

    def _sent(self, writer_id: str, case_id: str, code: str, answers: Answers, colour: Colour, at: datetime) -> str:
        draft = Draft(
            id=f"kladde-{case_id}",
            form_id="worry",
            form_version=1,
            form_digest="",
            owner=writer_id,
            code=code,
            started_at=at - timedelta(minutes=9),
            expires_at=at + timedelta(days=30),
            answers=answers,
            status="submitted",
        )
        uow = self._as(writer_id)
        uow.drafts.add(emptied(draft))  # its answers live in the case
        worry = Worry(band="B3", colour=colour)
        sending.send(uow, self._person(writer_id), draft, worry, at, _Fixed(case_id), self.handbook.workdays)
        return case_id

    def _acts(self, case_id: str, *acts: tuple[str, datetime, Act]) -> None:
        for person_id, at, what in acts:
            done = team.act(self.handbook, self._as(person_id), self._person(person_id), case_id, what, at)
            if done.problems:
                raise RuntimeError(f"the demo's own history is refused: {done.problems[0].code}")

    def _as(self, person_id: str) -> UnitOfWork:
        """The transaction in the hands of one of the people, with what they may do and no more."""
        acting = self.uow.acting(Actor(person_id, "inside", 2, "practice"))
        return cast(UnitOfWork, _History(acting, self.now))

    def _person(self, person_id: str) -> Person:
        return next(person for person in PEOPLE if person.id == person_id)

    def _open_before(self, at: datetime) -> datetime:
        """Nine o'clock on the latest working day before this moment."""
        nine = datetime.combine(self.handbook.today(at), time(9), self.handbook.workdays.zone)
        while nine > at or not self.handbook.workdays.is_open(nine):
            nine -= timedelta(days=1)
        return nine.astimezone(UTC)

    def _meeting_before(self, at: datetime) -> datetime:
        meeting = next_meeting(SCHOOLS[0], self.handbook.workdays, at - timedelta(days=8))
        while (later := next_meeting(SCHOOLS[0], self.handbook.workdays, meeting)) <= at:
            meeting = later
        return meeting.astimezone(UTC)


def _colour(light: Light, *because: str) -> Colour:
    return Colour(suggested=light, now=light, because=because, child=light, writer_says="agree")
