"""The law of the program as one page for a jurist: rules, cautions, sources and old names, made of the data itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from dialogs.conditions import All, Answered, AnyOf, Compare, Condition, Fact, Is, Not, Some
from dialogs.law.book import LawBook
from dialogs.law.names import OldNames
from dialogs.law.sources import Source
from dialogs.tables import Rule, Switch

_SIGNS = {"over": ">", "under": "<", "least": "≥", "most": "≤"}


def page(book: LawBook) -> str:
    """The whole page as Markdown; the same data give the same page."""
    return "\n".join(_lines(book)) + "\n"


def _lines(book: LawBook) -> Iterator[str]:
    table = book.written
    yield "# Loven i Trivselsbot"
    yield ""
    yield "Siden er lavet af `python -m bot content law`. Ret i indholdet, ikke her. Den er ikke juridisk rådgivning."
    yield ""
    reviewed = sum(1 for source in book.sources.values() if source.reviewed_by)
    yield f"{len(book.sources)} kilder. Læst af jurist: {reviewed}."
    yield "En kilde er grå i svaret, til en jurist har læst den, og igen når der er gået 12 måneder."
    yield ""
    yield "## «Må jeg dele det?»: det, der spørges om"
    yield ""
    yield "| Fakta | Værdier |"
    yield "|---|---|"
    yield from (f"| `{name}` | {', '.join(f'`{value}`' for value in values)} |" for name, values in table.facts.items())
    yield ""
    yield "## Reglerne"
    yield ""
    yield "Læst oppefra. Den første, der passer, gælder."
    yield ""
    yield "| Regel | Når | Udfald | Det siger botten | Kilder | Fra |"
    yield "|---|---|---|---|---|---|"
    yield from (_rule(book, rule) for rule in table.rules)
    yield ""
    yield "## Forsigtige læsninger, som en jurist kan lempe"
    yield ""
    yield "De står i kommunens `kommune.yaml` under `jurist`. R01, R02 og R03 kan ingen lempelse røre."
    yield ""
    yield from (line for switch in book.switches for line in _switch(book, switch))
    yield ""
    yield "## Råd ved siden af svaret"
    yield ""
    yield from (f"- **{flag.id}** når {said(flag.when)}: {flag.text}" for flag in book.guide.flags)
    yield ""
    yield "## Underretning"
    yield ""
    yield from (f"- **{card.title}** Kilder: {'; '.join(card.sources)}." for card in book.report.cards.values())
    yield ""
    yield from _papers(book)
    yield "## Kilder"
    yield ""
    yield "| Kilde | Lov | Tidligere | Siger | Tjekket | Lovens ord fra | Læst af jurist |"
    yield "|---|---|---|---|---|---|---|"
    yield from (_source(source) for source in book.sources.values())
    yield ""
    yield from _names(book.names)


def _names(names: OldNames) -> Iterator[str]:
    yield "## Gamle navne"
    yield ""
    yield f"Tjekket {names.checked_on or 'aldrig'}. Læst af jurist: {names.reviewed_by or 'nej'}."
    yield ""
    yield "| Folk siger | Det handler om | I dag | Det betyder |"
    yield "|---|---|---|---|"
    yield from (f"| {name.old} | {name.what} | {name.new} | {name.means} |" for name in names.names)


def _papers(book: LawBook) -> Iterator[str]:
    yield "## Papirer"
    yield ""
    yield from (f"- `{name}`: {'; '.join(cited)}." for name, cited in book.papers.items())
    yield ""


def _rule(book: LawBook, rule: Rule) -> str:
    outcome = book.guide.outcomes[rule.outcome]
    cells = (rule.id, said(rule.when), rule.outcome, outcome.do, "; ".join(rule.sources), str(rule.valid_from or ""))
    return f"| {' | '.join(cells)} |"


def _switch(book: LawBook, switch: Switch) -> Sequence[str]:
    parts = [f"{rule} gælder kun når {said(when)}" for rule, when in switch.change]
    parts += [f"{rule} falder væk" for rule in switch.remove]
    parts += [f"før {one.before}: når {said(one.rule.when)}, så {one.rule.outcome}" for one in switch.add]
    return [f"- `{switch.id}`: {switch.about} {'; '.join(parts) or 'Ingen regel ændres'}."]


def _source(source: Source) -> str:
    cells = (
        source.id,
        f"[{source.act.title}, {source.act.no}]({source.act.link})",
        source.old or "–",
        source.says,
        str(source.checked_on or "ikke læst"),
        str(source.act.text_of or "–"),
        source.reviewed_by or "nej",
    )
    return f"| {' | '.join(cells)} |"


def said(condition: Condition) -> str:
    """A condition over facts as an editor would read it aloud."""
    match condition:
        case Is():
            return f"{condition.id} = {condition.value}"
        case AnyOf():
            return f"{condition.id} er en af {', '.join(condition.values)}"
        case Compare():
            return f"{condition.id} {_SIGNS[condition.operator]} {condition.limit}"
        case Answered():
            return f"{condition.id} er besvaret"
        case Fact():
            return condition.name
        case Not():
            return f"ikke ({said(condition.part)})"
        case All():
            return " og ".join(said(part) for part in condition.parts) or "ellers"
        case Some():
            return f"({' eller '.join(said(part) for part in condition.parts)})"
        case _:
            assert_never(condition)
