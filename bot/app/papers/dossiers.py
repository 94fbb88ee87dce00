"""A package for whoever asks for access, and a copy for the journal: a paper, a data file, and what they add up to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Literal

from bot.app.cases.filing import Room
from bot.app.cases.scene import Scene
from bot.app.papers.dossierwords import TELLERS, Telling, Told
from bot.app.turns.turn import World
from bot.ports import UnitOfWork
from dialogs.cases.team import hat, routing_of, seats
from dialogs.cases.teamdays import TeamDays
from dialogs.guards import clean
from dialogs.papers.documents import Note, Paper, Points, Rows, Section, Text
from dialogs.papers.dossier import Dossier, Made, as_json, checksum, checksums
from dialogs.people import Person
from dialogs.plans.model import CHILD, FAMILY

Kind = Literal["access", "journal"]


@dataclass(frozen=True)
class Bundle:
    """What is handed out: the paper as data, the data file, and the words around them."""

    code: str
    name: str  # of the files: a kind and a code
    paper: Paper
    data: bytes
    sums: str
    no_pdf: str


def make(
    world: World, uow: UnitOfWork, kind: Kind, person: Person | None, case_id: str, now: datetime
) -> Bundle | None:
    """All that is held about one case; None when it is not this person's to hand out. Written down by the guard."""
    dossier = uow.dossiers.open(case_id, "case.package" if kind == "access" else "case.export")
    if dossier is None:
        return None
    scene = _scene(world, uow, dossier, named=kind == "journal")
    case, words = scene.case, world.content.papers
    roles = world.handbook.words.roles
    role = hat(person, case.school_id) if person is not None else None
    by = roles[role] if role is not None else words("dossier.operator")
    made = Made(kind, now, by, person.name if person is not None and kind == "journal" else "")
    nameless = _scene(world, uow, dossier, named=False)
    data = as_json(dossier, made, nameless.names, (case.form_id, case.form_version), partial(_tells_who, world))
    telling = Telling(
        words,
        world.handbook,
        scene,
        world.content.form("worry"),
        world.content.notices,
        world.content.plans,
        _doers(world),
        now,
    )
    paper = _paper(world, telling, dossier, made, checksum(data))
    return Bundle(case.code, paper.name, paper, data, words("dossier.sums"), words("dossier.no_pdf"))


def may_hand_out(room: Room) -> tuple[str, bool] | None:
    """The case's code, and whether this person answers for it to the family; None for whoever hands out nothing."""
    case, person = room.scene.case, room.person
    heads = hat(person, case.school_id) in ("leader", "superior")
    member = room.seen_as == "member"
    return (case.code, heads) if member and (heads or case.owner_id == person.id) else None


def zipped(bundle: Bundle, name: str, paper: tuple[str, bytes], at: datetime) -> bytes:
    """One file with the paper, the data file and their checksums; `name` is in letters that every system takes."""
    files = [(f"{name}.{paper[0]}", paper[1]), (f"{name}.json", bundle.data)]
    if paper[0] != "pdf":
        files.append(("pdf.txt", bundle.no_pdf.encode()))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as folder:
        for inside, content in (*files, (bundle.sums, checksums(files))):
            entry = zipfile.ZipInfo(inside, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            entry.external_attr = 0o600 << 16
            folder.writestr(entry, content)
    return made.getvalue()


def _scene(world: World, uow: UnitOfWork, dossier: Dossier, *, named: bool) -> Scene:
    """The case with its people; for the family they are what they are at the school, without names."""
    case, entries = dossier.held["case"][0], dossier.held["entries"]
    school = uow.people.school(case.school_id)
    if school is None:
        raise LookupError("a case without its school")  # the database forbids it
    people: Sequence[Person] = uow.people.at_school(case.school_id)
    shown = [person if named else replace(person, name="") for person in people]
    days = TeamDays(school, world.workdays)  # the file tells what was, and promises nobody a meeting
    return Scene(
        case, entries, school, shown, seats(routing_of(case), people), (), days, world.handbook.words.the_roles
    )


def _doers(world: World) -> Mapping[str, str]:
    """Who may do something in a plan: the family and every profession, by id."""
    own = {one: world.content.plans(f"doer.{one}") for one in (FAMILY, CHILD)}
    return own | {card.id: card.name for card in world.content.directory.professions.values()}


def _tells_who(world: World, text: str) -> bool:
    found = world.content.guards.scan(clean(text))
    return found.refused or bool(found.lone_names)


def _paper(world: World, t: Telling, dossier: Dossier, made: Made, datasum: str) -> Paper:
    told = [(name, tuple(TELLERS[name](t, held))) for name, held in dossier.held.items()]
    marked = made.kind == "access"
    sections = [Section(t.say(f"source.{name}"), _block(t, lines, marked=marked)) for name, lines in told]
    texts = [(f"{t.say(f'source.{name}')}, {line.label}", line) for name, lines in told for line in lines if line.words]
    review = (_review(world, t, texts),) if marked and texts else ()
    return Paper(
        title=t.say(f"{made.kind}_title"),
        lead=t.say(f"{made.kind}_lead", code=dossier.code),
        sections=(_about(t, dossier, made, datasum), *review, *sections),
        name=f"{t.say(f'{made.kind}_file')}-{dossier.code}",
        foot=t.say("foot", code=dossier.code),
    )


def _about(t: Telling, dossier: Dossier, made: Made, datasum: str) -> Section:
    case = t.scene.case
    by = f"{made.name}, {made.role}" if made.name else made.role
    rows = (
        (t.say("code"), dossier.code),
        (t.say("made_at"), t.when(made.at)),
        (t.say("made_by"), by),
        (t.say("form"), t.say("form_version", id=case.form_id, version=case.form_version)),
        (t.say("file_check"), datasum),
    )
    return Section(t.say("about"), (Rows(rows), Note(t.say("long"))))


def _block(t: Telling, lines: Sequence[Told], *, marked: bool) -> tuple[Text] | tuple[Rows]:
    if not lines:
        return (Text(t.say("nothing")),)
    mark = f" {t.say('mark')}" if marked else ""
    return (Rows(tuple((line.label + (mark if line.words else ""), line.text) for line in lines)),)


def _review(world: World, t: Telling, texts: Sequence[tuple[str, Told]]) -> Section:
    points = tuple(
        t.say("review_name", label=label) if _tells_who(world, line.text) else label for label, line in texts
    )
    return Section(t.say("review"), (Text(t.say("review_lead", n=len(points))), Points(points, ticks=True)))
