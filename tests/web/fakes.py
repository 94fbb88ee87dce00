"""A scripted assistant for the web's own tests: every kind of card, no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.app.cases.seen import Watch
from bot.app.turns.incoming import Actor, Command, Filled, Incoming, Opened, Pressed, Said
from bot.guard import GuardedStore
from bot.identity.sessions import ANYWHERE, Place
from bot.ports import Forbidden
from bot.runtime import SystemClock
from bot.web.ports.chat import Notice
from bot.web.ports.entry import DemoPerson, Device, SignedIn
from bot.web.shelf import Shelf
from dialogs.identity import Assurance
from dialogs.papers.documents import Format, Paper
from dialogs.people import Membership, Person, School
from dialogs.records import StorageBusy
from dialogs.replies import Button, Card, Choice, Entry, Reply, Row
from storage import MemoryStore
from tests.core.case_kit import WORKDAYS
from tests.core.form_kit import danish

PEOPLE = {
    person.id: person
    for person in (
        Person("laerke-laerer", "Anna Birk", (Membership("laerke", "teacher"),)),
        Person("laerke-leder", "Mette Holm", (Membership("laerke", "leader"),)),
        Person("laerke-psykolog", "Jonas Krogh", (Membership("laerke", "psychologist"),)),
        Person("laerke-raadgiver", "Sara Lund", (Membership("laerke", "social_worker"),)),
        Person("fjord-laerer", "Peter Vang", (Membership("fjord", "teacher"),)),
    )
}
DEMO = (
    DemoPerson("laerke-laerer", "Anna Birk", "lærer i 3.B", "Lærkeskolen"),
    DemoPerson("laerke-leder", "Mette Holm", "skoleleder", "Lærkeskolen"),
    DemoPerson("laerke-psykolog", "Jonas Krogh", "PPR-psykolog", "Lærkeskolen"),
    DemoPerson("laerke-raadgiver", "Sara Lund", "socialrådgiver", "Lærkeskolen"),
    DemoPerson("fjord-laerer", "Peter Vang", "lærer", "Fjordskolen"),
)
SKIP = Button("Spring over", "s:skip", "quiet")
QUICK = (Button("Tilbage", "b:draft1:3", "quiet"), Button("Hjælp", "h:draft1:3", "quiet"))


def question(at: int, text: str, entry: Entry, *, skip: bool = False, detail: str = "") -> Card:
    """A question card as the core makes them, with the buttons that a telephone chat would need too."""
    rows = (*(((SKIP,),) if skip else ()), QUICK)
    title = "Derfor spørger jeg" if detail else ""
    return Card("question", text, buttons=rows, entry=entry, at=at, of=6, detail_title=title, detail=detail)


NAME = question(
    1,
    "Hvad skal vi kalde barnet her?\nFind på et navn, eller brug en kode.",
    Entry("text", "f:1", "Navn eller kode", max_length=60, required=True),
    detail="TRIO kan tale om sagen uden at dele mere end nødvendigt.\n\n- Skriv ikke rigtigt navn.\n- Skriv ikke CPR.",
)
AGE = question(
    2,
    "Hvor gammelt er barnet?",
    Entry(
        "choice",
        "f:2",
        "Vælg en alder",
        choices=(Choice("B1", "0–2 år"), Choice("B2", "3–5 år"), Choice("B3", "6–12 år"), Choice("B4", "13–17 år")),
        required=True,
    ),
)
ABOUT = question(
    3,
    "Hvad handler det mest om?",
    Entry(
        "choices",
        "f:3",
        "Vælg emner",
        choices=(
            Choice("venner", "Venner"),
            Choice("humor", "Humør"),
            Choice("uro", "Uro og konflikter"),
            Choice("fravaer", "Fravær"),
            Choice("krop", "Krop og helbred"),
            Choice("ingen", "Ingen af dem", exclusive=True),
        ),
        max_picks=4,
        required=True,
    ),
)
WHEN = question(
    4,
    "Hvornår så du det første gang? Cirka er fint.",
    Entry("date", "f:4", "Dato eller tid", max_length=80),
    skip=True,
)
PARENTS = question(
    5,
    "Har du talt med forældrene?",
    Entry(
        "choice",
        "f:5",
        "Vælg et svar",
        choices=(Choice("ja", "Ja"), Choice("delvist", "Delvist"), Choice("nej", "Nej")),
        note="Hvad siger de? (valgfrit)",
        required=True,
    ),
)
TRIED = question(6, "Hvad har I prøvet?", Entry("list", "f:6", "Det, I har prøvet"), skip=True)
QUESTIONS = (NAME, AGE, ABOUT, WHEN, PARENTS, TRIED)
SHORT = ("Barnet kaldes", "Alder", "Emner", "Første gang", "Forældre", "Prøvet")

MENU = Card(
    "say",
    "Hej. Jeg er Trivselsbot, en robot. Jeg hjælper dig med at sortere en bekymring, skrive den ned og finde de "
    "rigtige at tale med.\n\nSkriv aldrig navn eller CPR. Er et barn i fare nu? Ring 112.",
    buttons=((Button("Skriv en bekymring", "m:ny", "primary"),), (Button("Brug trafiklyset", "m:light"),)),
)
ACUTE = Card(
    "acute",
    "- Er barnet i fare lige nu? Ring 112.\n- Gå til din leder nu. Vent ikke på et svar her.\n"
    "- Lov ikke barnet, at det er en hemmelighed.\n\nPligten til at underrette er din egen.",
    title="Gør det her nu",
    buttons=(
        (Button("Tilbage til mit spørgsmål", "m:resume", "primary"),),
        (Button("Kladden er slut", "m:no", "danger"),),
    ),
)
LIGHT = Card(
    "light",
    "Jeg foreslår gul. Farven siger noget om bekymringen nu. Den siger ikke, hvem barnet er.",
    title="Mit forslag",
    light="yellow",
    rows=(Row("Fordi", "Barnet er tit alene. Det har varet i fem uger."), Row("Taler for", "En god ven i klassen.")),
    buttons=((Button("Jeg er enig", "l:ok", "primary"), Button("Højere", "l:up"), Button("Lavere", "l:down")),),
    detail_title="Vis lovgrundlag",
    detail="Reglen står i barnets lov. Den gælder for dig, der arbejder med børn.",
)
DRAFTS = Card(
    "list",
    "Du har to kladder.",
    rows=(Row("K7RT-Måge", "5 af 18 · i går", "d:1"), Row("P4LN-Ravn", "klar til at sende", "d:2", mark="red")),
)
PROBLEM = Card("problem", "Det ligner et CPR-nummer. Jeg har ikke gemt det. Brug en kode i stedet.", title="Ikke gemt")


@dataclass(frozen=True)
class Page:
    """A conversation as the web shows it."""

    reply: Reply
    history: tuple[Row, ...] = ()
    title: str = ""
    drafts: int = 0


@dataclass
class FakeChat:
    """Six questions, a summary, and the commands. Remembers answers per person, and replies per key."""

    answers: dict[str, dict[int, str]] = field(default_factory=dict)
    place: dict[str, int | Card] = field(default_factory=dict)  # a question's number, or a card that lies on top
    receipts: dict[str, Reply] = field(default_factory=dict)
    done: list[tuple[str, Incoming, str | None]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)  # whose last form held what must not be stored
    busy: bool = False
    broken: bool = False

    async def handle(self, actor: Actor, incoming: Incoming, key: str | None = None) -> Reply:
        if self.busy:
            raise StorageBusy
        if self.broken:
            raise RuntimeError("a bug with a secret inside")
        if key in self.receipts:
            return self.receipts[key]
        self.done.append((actor.person_id, incoming, key))
        self.refused.discard(actor.person_id)
        if isinstance(incoming, Filled) and "1234" in f"{incoming.text}{incoming.note}":
            self.refused.add(actor.person_id)
        else:
            self._move(actor.person_id, incoming)
        reply = self._reply(actor.person_id)
        if key:
            self.receipts[key] = reply
        return reply

    async def urgent(self, actor: Actor, incoming: Incoming) -> bool:
        return isinstance(incoming, Command) and incoming.name == "akut"

    async def chat_page(self, actor: Actor) -> Page:
        who = actor.person_id
        history = tuple(Row(SHORT[i], text, f"e:{i}") for i, text in sorted(self.answers.get(who, {}).items()))
        title = "Bekymring K7RT-Måge" if who in self.place else ""
        return Page(self._reply(who), history, title, drafts=2)

    def _move(self, who: str, incoming: Incoming) -> None:
        match incoming:
            case Filled(act=act) if act.startswith("f:"):
                number = int(act[2:]) - 1
                self.answers.setdefault(who, {})[number] = self._words(number, incoming)
                self.place[who] = next((i for i in range(6) if i not in self.answers[who]), 6)
            case Pressed("m:ny" | "m:resume") | Command("ny"):
                self.place[who] = next((i for i in range(6) if i not in self.answers.get(who, {})), 6)
            case Pressed("s:skip"):
                self.answers.setdefault(who, {})[int(str(self.place[who]))] = "Sprunget over"
                self.place[who] = next((i for i in range(6) if i not in self.answers[who]), 6)
            case Pressed(act) if act.startswith("e:"):
                self.place[who] = int(act[2:])
            case Command("akut"):
                self.place[who] = ACUTE
            case Command("trafiklys") | Pressed("m:light"):
                self.place[who] = LIGHT
            case Command("kladder"):
                self.place[who] = DRAFTS
            case Said(text):
                self.place[who] = (
                    replace(PROBLEM, text=f"Det forstod jeg ikke: {text}") if "1234" not in text else PROBLEM
                )
            case Command() | Pressed() | Filled() | Opened():
                pass

    def _words(self, number: int, filled: Filled) -> str:
        entry = QUESTIONS[number].entry
        labels = [choice.label for choice in entry.choices if choice.id in filled.picks] if entry else []
        return "\n".join(part for part in (", ".join(labels), filled.text, filled.note) if part) or "–"

    def _reply(self, who: str) -> Reply:
        place = self.place.get(who, MENU)
        if isinstance(place, Card):
            return Reply((place,))
        trouble = (PROBLEM,) if who in self.refused else ()
        card = QUESTIONS[place] if place < 6 else self._summary(who)
        return Reply((*trouble, card), refused=who in self.refused)

    def _summary(self, who: str) -> Card:
        rows = tuple(Row(SHORT[i], text, f"e:{i}") for i, text in sorted(self.answers[who].items()))
        buttons = ((Button("Send til TRIO", "m:send", "primary"), Button("Gem", "m:save")),)
        return Card("summary", "Læs det igennem. Er det rigtigt?", "Det har du skrevet", rows, buttons)


@dataclass
class FakeDoors:
    """Sessions in a dict; the code "god-kode" is good once."""

    sessions: dict[str, str] = field(default_factory=dict)
    codes: set[str] = field(default_factory=lambda: {"god-kode"})
    minutes: int = 30
    demo: bool = True
    touched: int = 0
    nameless: bool = False  # as somebody is who came by an invitation
    assurance: Assurance = "practice"

    async def who(self, token: str, *, touch: bool = True) -> SignedIn | None:
        self.touched += touch
        person = self.sessions.get(token)
        if person is None:
            return None
        found = replace(PEOPLE[person], name="") if self.nameless else PEOPLE[person]
        return SignedIn(found, self.minutes, self.assurance)

    async def redeem(self, code: str, place: Place = ANYWHERE) -> str | None:
        if code not in self.codes:
            return None
        self.codes.discard(code)
        return self._open("laerke-laerer")

    async def be(self, person_id: str, place: Place = ANYWHERE) -> str | None:
        return self._open(person_id) if self.demo and person_id in PEOPLE else None

    async def end(self, token: str) -> None:
        self.sessions.pop(token, None)

    async def demo_people(self) -> Sequence[DemoPerson]:
        return DEMO if self.demo else ()

    async def devices(self, token: str) -> Sequence[Device]:
        mine = [one for one, person in self.sessions.items() if person == self.sessions.get(token)]
        at = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        return [Device(one[8:24], "Firefox, Windows", at, at, False, one == token) for one in mine]

    async def end_device(self, token: str, device_id: str) -> bool:
        ending = [one for one in self.sessions if one[8:24] == device_id and one != token]
        for one in ending:
            del self.sessions[one]
        return bool(ending)

    async def end_others(self, token: str) -> None:
        self.sessions = {token: self.sessions[token]}

    def _open(self, person_id: str) -> str:
        token = f"session-{len(self.sessions)}-{person_id}-0123456789abcdef"
        self.sessions[token] = person_id
        return token


@dataclass
class FakeNotices:
    rows: list[Notice] = field(
        default_factory=lambda: [
            Notice(
                "Teamet har åbnet K7RT-Måge.", "mandag den 23. november kl. 9.12", "Se K7RT-Måge", "/sag/sag1", new=True
            ),
            Notice(
                "K7RT-Måge ligger hos teamet.",
                "fredag den 20. november kl. 14.40",
                "Se K7RT-Måge",
                "/sag/sag1",
                new=False,
            ),
        ]
    )

    async def unread(self, actor: Actor) -> int:
        return sum(row.new for row in self.rows)

    async def listing(self, actor: Actor) -> Sequence[Notice]:
        return self.rows


def library() -> Shelf:
    """The real shelf over a store in memory, with the same people."""
    store = MemoryStore()
    store.run(lambda uow: [uow.people.add_school(School(name, name.title())) for name in ("laerke", "fjord")])
    store.run(lambda uow: [uow.people.add(person) for person in PEOPLE.values()])
    return Shelf(GuardedStore(store, SystemClock(), WORKDAYS), danish(), SystemClock())


@dataclass
class FakeHealth:
    works: bool = True

    async def ready(self) -> Mapping[str, bool]:
        return {"database": self.works, "worker": True}

    async def warnings(self) -> Sequence[str]:
        return ()


class FakeOversight:
    """Nobody has looked at anything."""

    def causes(self) -> Sequence[tuple[str, str]]:
        return [("danger", "Et barn kan være i fare nu")]

    async def break_glass(self, actor: Actor, code: str, cause: str, words: str) -> tuple[str, str]:
        return "", "Der er ingen sag med den kode."

    async def report(self, actor: Actor, case_id: str) -> None:
        return None

    async def watch(self, actor: Actor) -> Watch:
        raise Forbidden

    async def watched_case(self, actor: Actor, case_id: str) -> None:
        return None

    async def ask(self, actor: Actor, code: str) -> tuple[str, str]:
        raise Forbidden

    async def judge(self, actor: Actor, emergency_id: str, verdict: str) -> bool:
        return False


class FakePress:
    """Makes files that say which they are."""

    async def make(self, paper: Paper, form: Format) -> bytes:
        return form.encode()
