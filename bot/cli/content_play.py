"""`content play`: go through a form in the terminal, with the engine, words and guards of the chat alone.

What the guards refuse is refused here too. Danger and judging words are told in one line each: the whole card, its
question and the way back are the chat's (bot/app), and so are the receivers. Nothing is stored. Answers come from the
keyboard, or one on each line of standard input.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from bot.cli.content_check import Overlay, read_sound
from bot.cli.content_io import THE_CONTENT, Answer, AsJson, Folder, show
from bot.cli.content_show import form_of
from dialogs import types
from dialogs.content import Content
from dialogs.drafts import dump_value
from dialogs.engine import advance, view
from dialogs.guards import clean
from dialogs.light.triage import Light, Refused
from dialogs.parsing import fold, match_option
from dialogs.position import locate
from dialogs.render import history, problem_card, question_card
from dialogs.types import Draft, Event, Form, View
from dialogs.worry import light_alone, summarise

KINDS = ("cpr", "phones", "emails", "addresses", "names")
HINT = "(Skriv et svar, eller: hjælp · tilbage · spring over · ved ikke · ret ID · send · stop)"
COLOURS = {"red": "rød ▲", "yellow": "gul ■", "green": "grøn ●", "none": "uden farve ○"}


def play(
    form: Annotated[str, typer.Argument(help="Skemaets id, fx worry.")],
    overlay: Overlay = None,
    content: Folder = THE_CONTENT,
    as_json: AsJson = False,
) -> None:
    """Prøv et skema i terminalen. Vagterne lytter med.

    Hører de fare, ser du én linje her. I chatten kommer hele handlekortet. Du ser heller ikke her, hvem der får det.
    Intet bliver gemt.
    """
    found = read_sound(content, overlay)
    player = Player(found, form_of(found, form), quiet=as_json)
    player.say(*player.opening())
    for line in _lines(prompt=sys.stdin.isatty() and not as_json):
        if not player.hear(line):
            break
    show(player.result(), player.ending(), as_json=as_json)


def _lines(*, prompt: bool) -> Iterator[str]:
    if not prompt:
        yield from (line.rstrip("\r\n") for line in sys.stdin)
        return
    while True:
        try:
            yield input("> ")
        except EOFError:
            return


@dataclass
class Player:
    """One walk through one form."""

    content: Content
    form: Form
    quiet: bool

    def __post_init__(self) -> None:
        now = datetime.now(UTC)
        ends = now + timedelta(days=self.form.retention_days)
        self.draft = Draft("play", self.form.id, self.form.version, self.form.digest, "", "PRØVE", now, ends)

    def say(self, *lines: str) -> None:
        """Print, unless only the result is wanted."""
        if not self.quiet:
            typer.echo("\n".join(lines))

    def opening(self) -> list[str]:
        """The form's name and its first question."""
        return [f"{self.form.title}. {self.form.intro}", HINT, *self._now()]

    def hear(self, line: str) -> bool:
        """Take one line; False when the walk is over."""
        text = clean(line)
        word = fold(text)
        if word == "stop":
            return False
        seen = view(self.form, self.draft)
        if word == "hjaelp":
            self.say(*self._help(seen), *self._now())
            return True
        if refusal := self._refusal(text):
            self.say(*refusal, *self._now())
            return True
        self._do(self._event(seen, word, text), text)
        return self.draft.status == "open"

    def _event(self, seen: View, word: str, text: str) -> Event:
        question = seen.current
        here = question.id if question else ""
        if question is not None and match_option(question, seen.options, text):
            return types.Answer(here, text)
        match word.split():
            case ["tilbage"]:
                return types.Back()
            case ["spring"] | ["spring", "over"]:
                return types.Skip(here)
            case ["ved", "ikke"]:
                return types.Skip(here, "unknown")
            case ["ret", name]:
                return types.Edit(name)
            case ["send"]:
                return types.Submit()
            case ["behold"]:
                return types.Keep(here)
            case _:
                return types.Answer(here, text)

    def _do(self, event: Event, text: str) -> None:
        step = advance(self.form, self.draft, event)
        self.draft = step.draft
        problems = [f"✗ {problem_card(self.content.words, problem).text}" for problem in step.problems]
        heard = self._heard(text) if isinstance(event, types.Answer) and not problems else []
        self.say(*problems, *heard, *(self._now() if self.draft.status == "open" else ()))

    def _refusal(self, text: str) -> list[str]:
        findings = self.content.guards.scan(text)
        return [f"✗ {self.content.words(f'refused.{kind}')}" for kind in KINDS if getattr(findings, kind)]

    def _heard(self, text: str) -> list[str]:
        findings = self.content.guards.scan(text)
        lines = [f"! {self.content.cards.for_flow(flow).title}" for flow in findings.flows[:1]]
        return [*lines, *(f"Et råd: {hit.hint}" for hit in findings.judging[:1])]

    def _help(self, seen: View) -> list[str]:
        question = seen.current
        if question is None:
            return [self.content.words("help.text")]
        words = self.content.words
        lines = [question.help, words("question.example", example=question.example) if question.example else ""]
        return [line for line in (*lines, words("question.why", why=question.why) if question.why else "") if line]

    def _now(self) -> list[str]:
        seen = view(self.form, self.draft)
        if seen.current is None:
            return ["", *self._summary(seen), "(send · ret ID · stop)"]
        card = question_card(self.content.words, seen)
        progress = self.content.words("question.of", at=card.at, of=card.of)
        choices = card.entry.choices if card.entry else ()
        ticked = [f"  {'[x]' if one.on else '   '} {number}. {one.label}" for number, one in enumerate(choices, 1)]
        return ["", f"[{progress}] {seen.current.id}", card.text, *ticked]

    def _summary(self, seen: View) -> list[str]:
        rows = [f"{row.label}: {row.text}" for row in history(self.form, seen, self.content.words)]
        light = self._light()
        return [*rows, f"Farve: {COLOURS[light]}"] if light else rows

    def _light(self) -> str:
        """The colour that the bot would suggest; empty for a form that gives none."""
        if self.form.purpose == "worry":
            return summarise(self.content, self.form, self.draft).worry_light.colour.suggested
        if self.form.purpose == "light":
            found: Light | Refused = light_alone(self.content, self.form, locate(self.form, self.draft).values)
            return found.light if isinstance(found, Light) else "none"
        return ""

    def result(self) -> Answer:
        """Where the walk ended, as data."""
        seen = view(self.form, self.draft)
        return {
            "form": self.form.id,
            "status": self.draft.status,
            "current": seen.current.id if seen.current else None,
            "missing": list(seen.missing),
            "answers": {key: dump_value(value) for key, value in self.draft.answers.items()},
            "light": self._light() or None,
        }

    def ending(self) -> list[str]:
        """Where the walk ended, in words."""
        if self.draft.status == "submitted":
            return ["Skemaet er sendt (kun på prøve). Intet er gemt."]
        seen = view(self.form, self.draft)
        place = f"ved {seen.current.id}" if seen.current else "ved opsummeringen"
        return [f"Stoppet {place}. Intet er gemt."]
