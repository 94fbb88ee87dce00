"""The note of an exchange without consent: why, who, which kinds of information, and what was decided."""

from __future__ import annotations

from dialogs.cases.words import day_words
from dialogs.papers.documents import Blanks, Block, Note, Paper, Rows, Section, Text
from dialogs.papers.exchanges import Exchange
from dialogs.words import Words


def note_of(words: Words, exchange: Exchange, code: str) -> Paper:
    """The note as a paper. People stand in it by what they do, the child by its code."""

    def say(key: str) -> str:
        return words(f"exchange.{key}")

    grounds = exchange.grounds
    why = [(say("noted.necessary"), grounds.necessary), (say("noted.not_anonymous"), grounds.not_anonymous)]
    why += [(say("noted.not_consent"), grounds.not_consent)]
    why += [(say("noted.special"), grounds.special)] if grounds.special else []
    meeting = (
        (say("day"), f"{day_words(exchange.day)} {exchange.day.year}"),
        (say("noted.seats"), "\n".join(words(f"exchange.seat.{seat}") for seat in exchange.seats)),
    )
    held: tuple[Block, ...] = (Note(say("not_held")),)
    if exchange.state == "held":
        told = (
            (say("kinds"), "\n".join(words(f"consent.kinds.{kind}") for kind in exchange.kinds)),
            (say("decisions"), exchange.decisions),
            (say("parents"), exchange.parents),
        )
        held = (Rows(told),)
    return Paper(
        title=say("follow_up_title" if exchange.number > 1 else "title"),
        lead=say("lead"),
        sections=(
            Section(say("why"), (Rows(tuple(why)),)),
            Section(say("meeting"), (Rows(meeting), Text(say("nobody_must")))),
            Section(say("told"), held),
            Section(say("signed_yes" if exchange.confirmed_by else "signed"), (Blanks((say("leader"), say("date"))),)),
        ),
        name=f"{say('file')}-{code}",
        foot=words("exchange.foot", code=code),
    )
