"""A draft of a report to the authority, made of a worry's own answers: what was seen apart from what is thought.

Nothing is retyped and nothing is made up: an answer stands where it belongs, a missing one is named as missing, and
names are lines to fill in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.answers import answer_text
from dialogs.cases.model import Colour
from dialogs.facts import PARENTS_WAIT, parents_wait, red_lane
from dialogs.papers.documents import Blanks, Block, Note, Paper, Points, Rows, Section, Text
from dialogs.types import Form
from dialogs.values import Value, picks_of
from dialogs.words import Words

FACTS: Final = (
    *("q02_alder", "q03_rolle", "q05_set", "q06_tegn", "q06_omsorg", "q07_hvornaar", "q08_hvortit", "q08_retning"),
    "q09_hvor",
)
VOICE: Final = ("q11_barnets_ord", "q12_barnets_oenske")
PARENTS, TRIED, EFFECT, WEEKS = "q13_foraeldre", "q16_proevet", "q17_effekt", "q17_uger"
STRENGTHS, AROUND, WISH = "q10_styrker", "q15_omkring", "q18_hjaelp"
WANTED: Final = ("q05_set", *VOICE[:1], PARENTS, TRIED, STRENGTHS)  # what an authority asks for; a gap is named
_NOT_ASKED: Final = "ikke_spurgt"


@dataclass(frozen=True)
class Source:
    """What a report is made of: the answers that this person may see, and the colour of the worry."""

    code: str
    form: Form
    answers: Mapping[str, Value]
    colour: Colour
    later: Sequence[str] = ()  # what was written to the case afterwards
    hidden: Sequence[str] = ()  # answers that are kept from this person: no gap, so nobody asks for them again
    second_hand: bool = False  # somebody else than the writer reports
    left_out: Sequence[str] = ()  # answers that the case has and this person may not see


def report(words: Words, source: Source, *, intake: str, date: str) -> Paper:
    """The draft as a paper; `date` is in words."""
    build = _Builder(words, source)
    sections = (
        build.section("urgent", build.urgent()),
        build.section("who", (Note(build.say("who_note")), Blanks(build.blanks()))),
        build.section("facts", build.facts()),
        build.section("voice", build.voice()),
        build.section("tried", build.tried()),
        build.section("parents", build.parents()),
        build.section("strengths", build.lines(STRENGTHS)),
        build.section("around", build.lines(AROUND)),
        build.section("later", build.later()),
        build.section("assessment", build.assessment()),
        build.section("gaps", build.gaps()),
        build.section("next", (Points(build.next()),)),
    )
    return Paper(
        title=build.say("title"),
        lead=build.say("lead", code=source.code, intake=intake),
        sections=tuple(section for section in sections if section.blocks),
        name=f"{words('report.file')}-{source.code}",
        foot=build.say("made", date=date),
    )


@dataclass(frozen=True)
class _Builder:
    words: Words
    source: Source

    def say(self, key: str, **params: str) -> str:
        return self.words(f"report.{key}", **params)

    def section(self, key: str, blocks: Sequence[Block]) -> Section:
        return Section(self.say(key), tuple(blocks))

    def answer(self, question_id: str) -> str:
        question = self.source.form.question(question_id)
        if question is None or question_id not in self.source.answers:
            return ""
        return answer_text(question, self.source.answers[question_id], self.source.answers)

    def row(self, question_id: str) -> tuple[tuple[str, str], ...]:
        question, text = self.source.form.question(question_id), self.answer(question_id)
        return ((question.summary or question.ask, text),) if question is not None and text else ()

    def lines(self, *ids: str) -> tuple[Block, ...]:
        rows = tuple(row for one in ids for row in self.row(one))
        return (Rows(rows),) if rows else ()

    @property
    def waits(self) -> bool:
        """Whether nothing here may send anybody to the parents."""
        return parents_wait(self.source.answers) or self.source.colour.flow in PARENTS_WAIT

    def urgent(self) -> tuple[Block, ...]:
        said = set(picks_of(self.source.answers.get("q04_sikkerhed")))
        if red_lane(self.source.answers):
            key = "urgent_now" if "ja" in said else "urgent_maybe"
            return (Text(self.say(key, what=self.answer("q04_hvad").lower())),)
        return (Text(self.say("urgent_red" if self.source.colour.now == "red" else "urgent_no")),)

    def blanks(self) -> tuple[str, ...]:
        return tuple(
            self.say(key)
            for key in ("child", "child_home", "parent_one", "parent_two", "language", "you", "school", "knows")
        )

    def facts(self) -> tuple[Block, ...]:
        heard = (Note(self.say("facts_colleague")),) if self.source.second_hand else ()
        return (Note(self.say("facts_note")), *heard, *self.lines(*FACTS))

    def voice(self) -> tuple[Block, ...]:
        asked = _NOT_ASKED not in picks_of(self.source.answers.get(VOICE[0]))
        found = self.lines(*VOICE) if asked else self.lines(*VOICE[1:])
        return found or (Text(self.say("voice_wait" if self.waits else "voice_missing")),)

    def tried(self) -> tuple[Block, ...]:
        pairs = self.answer(EFFECT) if TRIED in self.source.answers else ""
        found = tuple(line for line in (pairs or self.answer(TRIED)).split("\n") if line)
        if not found:
            return (Text(self.say("tried_missing")),)
        weeks = (Text(self.say("tried_weeks")),) if "ja" in picks_of(self.source.answers.get(WEEKS)) else ()
        return (Points(found), *weeks)

    def parents(self) -> tuple[Block, ...]:
        if self.waits:
            return (Text(self.say("parents_wait")),)
        if "nej" in picks_of(self.source.answers.get(PARENTS)):
            return (Text(self.say("parents_not_asked")), Blanks((self.say("why_not"),)))
        return self.lines(PARENTS) or (Text(self.say("parents_missing")),)

    def later(self) -> tuple[Block, ...]:
        return (Points(tuple(self.source.later)),) if self.source.later else ()

    def assessment(self) -> tuple[Block, ...]:
        # The bot's colour and whether the writer agreed with it are the school's own; the authority judges for itself.
        return (Note(self.say("assessment_note")), *self.lines(WISH), Blanks((self.say("fear"),)))

    def gaps(self) -> tuple[Block, ...]:
        missing = tuple(self._missing())
        asked = (Text(self.say("gaps_lead")), Points(missing, ticks=True)) if missing else ()
        return (*self._left_out(), *asked)

    def _left_out(self) -> tuple[Block, ...]:
        """Whoever sends it knows that there is more, and whom to ask."""
        found = (self.source.form.question(one) for one in self.source.left_out)
        names = [question.summary or question.ask for question in found if question is not None]
        return (Text(self.say("left_out", what=", ".join(names).lower())),) if names else ()

    def _missing(self) -> Iterator[str]:
        for one in WANTED:
            question = self.source.form.question(one)
            if question is None or one in self.source.hidden or (one == PARENTS and self.waits):
                continue
            if not self.answer(one) or _NOT_ASKED in picks_of(self.source.answers.get(one)):
                yield question.summary or question.ask

    def next(self) -> tuple[str, ...]:
        return tuple(self.say(f"next_{key}") for key in ("day", "receipt", "told", "parents", "again"))
