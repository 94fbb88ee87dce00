"""Plays a written conversation over the engine and says, in Danish lines, what the person would meet.

A turn is one of: `siger` (typed; `gange` repeats it), `trykker` (one option or several; `og` for the words beside),
`kryds` / `fjerner` (a tick), `gør` (a button or a word: færdig, spring over, ved ikke, ikke relevant, tilbage, behold,
hjælp, send, slet, or `ret …` with a question's id). `til` aims at another question than the open one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from dialogs.answers import answer_text
from dialogs.content import Content
from dialogs.engine import advance, view
from dialogs.law.answer import answer, facts_of
from dialogs.light.triage import Refused
from dialogs.position import locate
from dialogs.render import names_of
from dialogs.types import Answer, Back, Discard, Draft, Edit, Event, Form, Help, Keep, Mark, Skip, Step, Submit, View
from dialogs.worry import light_alone, summarise
from tests.core.form_kit import draft, through_the_store

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
yaml = YAML()  # for rewriting a file only: it keeps comments and quotes
yaml.width, yaml.allow_unicode, yaml.preserve_quotes = 4096, True, True
yaml.indent(mapping=2, sequence=4, offset=2)


@cache
def scripts() -> dict[str, Any]:
    """Every written conversation, by its file's name; the C reader does in a tenth of the time what `yaml` would."""
    reader = YAML(typ="safe")
    return {name: reader.load(text(name)) for name in NAMES}


def text(name: str) -> str:
    """One written conversation as it stands in its file."""
    return (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


SKIPS = {"spring over": "later", "ved ikke": "unknown", "ikke relevant": "irrelevant"}
PLAIN: dict[str, Event] = {"tilbage": Back(), "send": Submit(), "slet": Discard()}
COLOURS = {"none": "ingen farve", "green": "grøn", "yellow": "gul", "red": "rød"}
ENDED = {"submitted": "Sendt.", "discarded": "Slettet."}


class Player:
    """One conversation about one form; between two turns the draft goes through the store."""

    def __init__(self, content: Content, form_id: str) -> None:
        self.content, self.form = content, content.form(form_id)
        self.draft: Draft = draft(self.form)
        self.turns = 1  # the word that began it, /ny or /trafiklys
        self.codes: set[str] = set()
        self.edited: set[str] = set()

    def turn(self, said: Mapping[str, Any]) -> list[str]:
        """One turn of the person, and every line that follows from it."""
        event = self._event(said, view(self.form, self.draft))
        step = advance(self.form, self.draft, event)
        if step.problems:
            assert step.draft is self.draft, "a refusal changes nothing"
        self.codes |= {problem.code for problem in step.problems}
        if isinstance(event, Edit) and not step.problems:
            self.edited.add(event.question)
        self.turns += 1
        self.draft = through_the_store(step.draft)
        assert self.draft == step.draft, "the store gives back what it was given"
        return list(self._lines(event, step))

    def _event(self, said: Mapping[str, Any], seen: View) -> Event:
        question = self._by_name(said["til"]) if "til" in said else seen.current.id if seen.current else ""
        match said:
            case {"siger": text}:
                return Answer(question, str(text) * said.get("gange", 1))
            case {"trykker": list(labels)}:
                return Answer(question, tuple(self._option(question, label) for label in labels), said.get("og"))
            case {"trykker": label}:
                return Answer(question, (self._option(question, label),), said.get("og"))
            case {"kryds": label}:
                return Mark(question, self._option(question, label), on=True)
            case {"fjerner": label}:
                return Mark(question, self._option(question, label), on=False)
            case {"gør": word}:
                return self._act(str(word), question)
            case _:
                raise AssertionError(f"nobody knows how to play {dict(said)}")

    def _act(self, word: str, question: str) -> Event:
        if word in SKIPS:
            return Skip(question, SKIPS[word])
        if word.startswith("ret "):
            return Edit(self._by_name(word.removeprefix("ret ")))
        return {"færdig": Answer(question, None), "behold": Keep(question), "hjælp": Help(question), **PLAIN}[word]

    def _by_name(self, name: str) -> str:
        return next(q.id for q in self.form.questions if name in (q.summary, q.id))

    def _option(self, question: str, label: str) -> str:
        asked = self.form.question(question)
        found = [o.id for o in asked.options if label in (o.id, o.label)] if asked else []
        assert found, f"«{label}» is no option of {question}"
        return found[0]

    def _lines(self, event: Event, step: Step) -> Iterator[str]:
        for problem in step.problems:
            yield "Ikke taget: " + self.content.words(f"problems.{problem.code}", **dict(problem.params))
        if isinstance(event, Answer) and not step.problems:
            yield "Forstår: " + self._answer(event.question)
        if isinstance(event, Mark) and not step.problems:
            ticked = [o.label for o in step.view.options if o.id in step.view.marks]
            yield "Kryds nu: " + (", ".join(ticked) or "ingen")
        for word, ids in (("Faldt væk", step.changes.dropped), ("Gemt, men bruges ikke nu", step.changes.hidden)):
            if ids:
                yield f"{word}: {names_of(self.form, ids)}"
        if step.changes.shown and not isinstance(event, Edit | Back):
            yield f"Nye spørgsmål: {names_of(self.form, step.changes.shown)}"
        if step.draft.status != "open":
            yield ENDED[step.draft.status]
        elif not isinstance(event, Mark) or step.problems:
            yield from self._next(step.view)

    def _answer(self, question_id: str) -> str:
        at = locate(self.form, self.draft)
        question = at.sees(question_id)
        said = answer_text(question, at.values.get(question_id), at.values) if question else ""
        return said.replace("\n", " / ") or "ikke med nu"

    def _next(self, seen: View) -> Iterator[str]:
        question = seen.current
        if question is None:
            ready = "Den kan sendes." if seen.can_submit else "Den kan ikke sendes endnu."
            yield "Alt er besvaret." + (f" {ready}" if self.form.id == "worry" else "")
        elif seen.phase == "note":
            yield f"Spørger efter ord: {question.note}"
        else:
            about = f" om «{seen.item}»" if seen.item else ""
            asks = "Retter" if seen.editing else "Spørger"
            yield f"{asks} {seen.progress.at} af {seen.progress.of}{about}: {question.ask}"

    def ending(self) -> dict[str, Any]:
        """How it stands when the conversation is over: what a team, or the person, would read."""
        by_form = {"light": self._light, "sharing": self._sharing, "preparation": self._prepared}
        return {"skridt": self.turns, **by_form.get(self.form.id, self._worry)()}

    def _sharing(self) -> dict[str, Any]:
        law = self.content.law
        facts = facts_of(law.guide, locate(self.form, self.draft).values)
        found = answer(law.guide, law.table, facts, date(2026, 11, 22))
        if found is None:
            return {"svar": "intet endnu"}
        return {"svar": found.outcome.title, "regel": found.decision.rules[0]}

    def _prepared(self) -> dict[str, Any]:
        values = locate(self.form, self.draft).values
        return {q.summary: values[q.id] for q in self.form.questions if q.id in values}

    def _worry(self) -> dict[str, Any]:
        told = summarise(self.content, self.form, self.draft)
        lines = {self.content.words(f"summary.{key}"): text.replace("\n", " / ") for key, text in told.lines}
        colour = told.worry_light.colour
        shown = {
            "farve": COLOURS[colour.now],
            "flow": told.flow,
            "mistanken gælder": told.suspect,
        }
        missing = names_of(self.form, told.missing)
        return lines | {key: value for key, value in (shown | {"mangler": missing}).items() if value}

    def _light(self) -> dict[str, Any]:
        found = light_alone(self.content, self.form, locate(self.form, self.draft).values)
        if isinstance(found, Refused):
            return {"farve": "ingen", "grund": found.code}
        spare = {"barnet": found.child, "omsorgen": found.care}
        named = {key: COLOURS[colour] for key, colour in spare.items()}
        because = [self.content.signs.by_id[i].text for i in found.because if i in self.content.signs.by_id]
        ask = {"spørger om": ", ".join(found.ask)} if found.ask else {}
        return {"farve": COLOURS[found.light], **named, "grund": because, **ask}


def play_all(content: Content, files: Mapping[str, Mapping[str, Any]], name: str) -> tuple[Player, list[list[str]]]:
    """Play a conversation, after the one that it continues, and give the lines of each of its own turns."""
    script = files[name]
    before = script.get("efter")
    player = play_all(content, files, before)[0] if before else Player(content, script["form"])
    return player, [player.turn(turn) for turn in script["samtale"]]


def unused_questions(form: Form, players: list[Player]) -> list[str]:
    """The questions that no conversation has ever edited."""
    return [q.id for q in form.questions if not any(q.id in p.edited for p in players)]
