"""The letter that asks a family to come: plain words, what they may do, and room for the names that we don't know."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.cases.words import day_words
from dialogs.meetings.model import Meeting
from dialogs.papers.documents import Blanks, Block, Paper, Points, Rows, Section, Text
from dialogs.words import Words


@dataclass(frozen=True)
class Guest:
    """One who comes, in words: the name of the profession, and what it helps with."""

    name: str
    helps: str = ""


def letter_of(words: Words, meeting: Meeting, purpose: str, chair: str, guests: tuple[Guest, ...]) -> Paper:
    """The letter. A person hands it over or posts it; it is never sent by the program."""

    def say(key: str, **params: str | int) -> str:
        return words(f"letter.{key}", **params)

    starts = meeting.starts
    when = (
        (say("day"), f"{day_words(starts.day)} {starts.day.year}"),
        (say("time"), f"{starts.clock:%H.%M}"),
        (say("minutes"), say("minutes_text", n=meeting.minutes)),
        *(((say("place"), meeting.place),) if meeting.place else ()),
    )
    place: tuple[Block, ...] = () if meeting.place else (Blanks((say("place_blank"),)),)
    who = tuple((guest.name, guest.helps) for guest in guests)
    return Paper(
        title=say("title"),
        lead=say("lead"),
        sections=(
            Section(say("child_name"), (Blanks((say("child"),)),)),
            Section(say("when"), (Rows(when), *place)),
            Section(say("why"), (Text(purpose),)),
            Section(
                say("who"), (Text(say("who_text")), Rows((*who, (say("leads"), chair))), Blanks((say("who_blank"),)))
            ),
            Section(say("before"), (Text(say("before_lead")), Blanks((say("works"), say("worries"), say("wishes"))))),
            Section(say("child"), (Text(say("child_text")),)),
            Section(say("bring"), (Points(tuple(say(f"bring_{one}") for one in _MAY)),)),
            Section(
                say("answer"),
                (Points(tuple(say(f"answer_{one}") for one in _ANSWERS), ticks=True), Blanks((say("call"),))),
            ),
        ),
        name=f"{say('file')}-{meeting.code}",
        foot=words("letter.foot", code=meeting.code),
    )


_MAY = ("friend", "time", "interpreter", "stop", "see")
_ANSWERS = ("yes", "other", "bring", "interpreter")
