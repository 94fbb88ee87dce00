"""The shape of a form: ids, conditions that only look back, lists, notes, bands, and what can never be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dialogs.conditions import AnyOf, Condition, Is, fact_names, leaves, refs
from dialogs.facts import FACTS
from dialogs.lint.places import Places
from dialogs.lint.reach import fact_reads, unreachable
from dialogs.reading.issues import Issue
from dialogs.types import CLOSED_KINDS, Form, Question


def shape(places: Places, bands: Collection[str]) -> Iterator[Issue]:
    """Everything about a form that its reader can't see line by line."""
    form = places.form
    earlier: dict[str, Question] = {}
    for question in form.questions:
        if question.id in earlier:
            yield places.issue("double_question", f"«{question.id}» står to gange.", question)
        yield from _conditions(places, question, earlier)
        yield from _options(places, question)
        yield from _parts(places, question, earlier)
        yield from _explained(places, question)
        earlier[question.id] = question
    yield from _whole(places, earlier, bands)
    yield from _formerly(places)
    if not places.form.table:  # what a table asks is proved with the table: every outcome has a way to it
        yield from _reach(places)


def _conditions(places: Places, question: Question, earlier: dict[str, Question]) -> Iterator[Issue]:
    if question.show_if is not None:
        for code, text in _faults(places.form, question.show_if, earlier, question.id):
            yield places.issue(code, text, question, "show_if")
    for option in question.options:
        if option.show_if is not None:
            for code, text in _faults(places.form, option.show_if, earlier, question.id):
                yield places.of_option(code, text, question, option)


def _faults(
    form: Form, condition: Condition, earlier: dict[str, Question], here: str | None
) -> Iterator[tuple[str, str]]:
    """(code, Danish text) for each name in a condition that points nowhere, ahead, or at a value that is none."""
    for name in sorted(fact_names(condition)):
        if name not in FACTS:
            yield "unknown_fact", f"«fact: {name}» findes ikke. Vælg mellem: {', '.join(sorted(FACTS))}."
        elif ahead := sorted(one for one in fact_reads(name, form) if form.question(one) and one not in earlier):
            yield "looks_ahead", f"«fact: {name}» læser «{ahead[0]}», som først kommer senere."
    for one in sorted(refs(condition) - earlier.keys()):
        if one == here:
            yield "looks_ahead", "Et spørgsmål kan ikke spørge til sit eget svar."
        elif form.question(one) is not None:
            yield "looks_ahead", f"«{one}» kommer senere. En betingelse kan kun se tilbage."
        else:
            yield "unknown_question", f"Spørgsmålet «{one}» findes ikke."
    yield from _values(condition, earlier)


def _values(condition: Condition, earlier: dict[str, Question]) -> Iterator[tuple[str, str]]:
    for leaf in leaves(condition):
        if not isinstance(leaf, Is | AnyOf) or leaf.id not in earlier:
            continue
        question = earlier[leaf.id]
        wanted = (leaf.value,) if isinstance(leaf, Is) else leaf.values
        known = {option.id for option in question.options}
        if question.kind in CLOSED_KINDS or question.kind == "text":
            for value in wanted:
                if value not in known:
                    yield "unknown_answer", f"«{leaf.id}» har ikke svaret «{value or '(tomt)'}»."


def _options(places: Places, question: Question) -> Iterator[Issue]:
    seen: set[str] = set()
    for option in question.options:
        if option.id in seen:
            yield places.of_option("double_option", f"Muligheden «{option.id}» står to gange.", question, option)
        seen.add(option.id)
        if option.exclusive and question.kind != "many":
            text = "exclusive hører kun til spørgsmål, hvor man kan vælge flere (kind: many)."
            yield places.of_option("exclusive", text, question, option)
    most = question.limits.max_picks
    together = sum(not option.exclusive for option in question.options)
    if most is not None and (question.kind != "many" or most < 1):
        yield places.issue("max_picks", "max_picks skal være mindst 1 og hører kun til kind: many.", question, "limits")
    elif most is not None and most >= together:
        text = f"max_picks er {most}, men der er kun {together} at vælge imellem. Slet den, eller sæt den ned."
        yield places.issue("max_picks", text, question, "limits")


def _parts(places: Places, question: Question, earlier: dict[str, Question]) -> Iterator[Issue]:
    """The list that an each-question rates, and the words beside a choice."""
    if (question.kind == "each") != (question.of is not None):
        yield places.issue("of", "kind: each og of: hører sammen. Skriv begge eller ingen af dem.", question)
    elif question.of is not None:
        source = earlier.get(question.of)
        if source is None or source.kind != "list":
            yield places.issue(
                "of", f"«{question.of}» skal være et tidligere spørgsmål med kind: list.", question, "of"
            )
    known = {option.id for option in question.options}
    for field, picks in (("note_for", question.note_for), ("note_must", question.note_must)):
        for one in picks:
            if one not in known:
                yield places.issue(field, f"{field} nævner «{one}», som ikke er en mulighed.", question, field)
        if picks and question.note is None:
            yield places.issue(field, f"{field} kræver også note: teksten over feltet.", question, field)


def _explained(places: Places, question: Question) -> Iterator[Issue]:
    if question.required:
        for field in ("help", "example", "why"):
            if not getattr(question, field):
                yield places.issue(f"no_{field}", f"Et krævet spørgsmål skal have {field}.", question)


def _whole(places: Places, questions: dict[str, Question], bands: Collection[str]) -> Iterator[Issue]:
    form = places.form
    for field, condition in (("send_early", form.send_early), ("hold_if", form.hold_if)):
        if condition is not None:
            for code, text in _faults(form, condition, questions, None):
                yield places.issue(code, f"{field}: {text}")
    options = {option.id for question in form.questions for option in question.options}
    for option, band in form.bands.items():
        if band not in bands:
            yield places.issue("unknown_band", f"bands: «{band}» findes ikke. Vælg mellem: {', '.join(bands)}.")
        if option not in options:
            yield places.issue("unknown_band", f"bands: «{option}» er ikke en mulighed i skemaet.")


def _formerly(places: Places) -> Iterator[Issue]:
    """An old id leads to one place only, or a stored answer would turn up under the wrong question."""
    taken = {question.id for question in places.form.questions}
    for question in places.form.questions:
        for old in question.formerly:
            if old in taken:
                text = f"formerly: «{old}» er i brug et andet sted i skemaet."
                yield places.issue("formerly", text, question, "formerly")
            taken.add(old)
        used = {option.id for option in question.options}
        for option in question.options:
            for old in option.formerly:
                if old in used:
                    yield places.of_option("formerly", f"formerly: «{old}» er allerede i brug her.", question, option)
                used.add(old)


def _reach(places: Places) -> Iterator[Issue]:
    for question_id, option_id in unreachable(places.form):
        question = places.form.question(question_id)
        if question is None:
            continue
        option = next((one for one in question.options if one.id == option_id), None)
        text = "kan aldrig blive vist, uanset hvad der svares før. Se på show_if."
        if option is None:
            yield places.issue("unreachable", f"Spørgsmålet {text}", question, "show_if")
        else:
            yield places.of_option("unreachable", f"Muligheden {text}", question, option)
