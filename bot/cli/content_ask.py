"""The editors' questions: triage, decide, guard, route, lookup. Each takes one, or JSON lines with `-`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.content_check import Overlay, read_sound
from bot.cli.content_corpora import guard_corpus, lookup_corpus, route_corpus, taps_corpus
from bot.cli.content_io import PARTS, THE_CONTENT, Answer, AsJson, answer_lines, asks_text, day_of, needed, show, stop
from bot.cli.content_io import STDIN as FROM_STDIN
from dialogs import guards
from dialogs.guides import directory, lookup, routing
from dialogs.law.names import FILES as NAME_FILES
from dialogs.law.names import load_names
from dialogs.law.sources import Sources, citation, load_sources
from dialogs.light import triage as light
from dialogs.light.signs import SignBook, read_signs
from dialogs.reading.yamlio import read
from dialogs.tables import Decision, Scalar, Table, decide, load_table

Text = Annotated[str | None, typer.Argument(help="Den tekst, du vil prøve, eller - for JSON-linjer.")]
Corpus = Annotated[
    Path | None, typer.Option("--corpus", help="En fil med eksempler: vis tal og fejl.", exists=True, dir_okay=False)
]
Corpora = Annotated[
    list[Path] | None,
    typer.Option("--corpus", help="En fil med eksempler, eller flere: vis tal og fejl.", exists=True, dir_okay=False),
]
TRIAGE_LINE = '{"band": "B3", "signs": ["B3CY1"], "weeks": 3}'
DECIDE_LINE = '{"table": "triage", "facts": {"acute": "yes"}}'
LIGHTS = {"red": "rød", "yellow": "gul", "green": "grøn", "none": "ingen farve"}


# --- triage ---


def triage(
    stdin: Annotated[str | None, typer.Argument(metavar="[-]", help="- for JSON-linjer.")] = None,
    band: Annotated[str | None, typer.Option(help="Alderstrin: B1, B2, B3 eller B4.")] = None,
    signs: Annotated[str, typer.Option(help="Tegnene, adskilt af komma: B3CY1,B3CY4.")] = "",
    weeks: Annotated[int | None, typer.Option(help="Hvor mange uger det er set.")] = None,
    places: Annotated[int | None, typer.Option(help="Hvor mange steder det ses.")] = None,
    tried: Annotated[str | None, typer.Option(help="Er noget prøvet uden virkning: yes eller no.")] = None,
    protective: Annotated[str, typer.Option(help="Det, der taler for barnet, adskilt af komma.")] = "",
    as_json: AsJson = False,
) -> None:
    """Prøv trafiklyset: hvilken farve foreslår det, og hvorfor?"""
    if stdin not in (None, FROM_STDIN):
        stop(f"triage: «{stdin}» kendes ikke; skriv --band og --signs, eller - for JSON-linjer")
    book = needed(lambda: read_signs(THE_CONTENT))
    if stdin == FROM_STDIN:
        answer_lines(lambda asked: _triage(book, asked), TRIAGE_LINE)
        return
    if band is None:
        stop("--band: mangler")
    asked = {"band": band, "signs": signs, "weeks": weeks, "places": places, "tried": tried, "protective": protective}
    answer = _triage(book, asked)
    show(answer, _told(book, answer), as_json=as_json)


def _triage(book: SignBook, asked: dict[str, Any]) -> Answer:
    for name in ("weeks", "places"):
        number = asked.get(name)
        if number is not None and (isinstance(number, bool) or not isinstance(number, int)):
            return light.contract(light.Refused("bad_number", (name,)))
    tried = asked.get("tried")
    if tried is not None and not isinstance(tried, str):
        return light.contract(light.Refused("bad_tried"))
    found = light.judge(
        book,
        band=str(asked.get("band")),
        ticked=_ids(asked.get("signs")),
        weeks=asked.get("weeks"),
        places=asked.get("places"),
        tried=tried or None,
        protective=_ids(asked.get("protective")),
    )
    return light.contract(found)


def _ids(value: object) -> list[str]:
    """Ids as a list, or as one text with commas."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [part for one in parts if (part := str(one).strip())]


def _told(book: SignBook, answer: Answer) -> list[str]:
    if "error" in answer:
        return [f"Ingen farve. Fejl: {answer['error']}"]
    marks = [word for key, word in (("locked", "låst"), ("acute", "akut"), ("attention", "hold øje")) if answer[key]]
    because = answer["because"]
    reasons = because if isinstance(because, list) else []
    signs = [f"  {one}: {book.by_id[one].text}" for one in reasons if one in book.by_id]
    lines = [", ".join([f"Forslag: {LIGHTS[str(answer['light'])]}", *marks]), f"Regel: {answer['rule']}", *signs]
    lines.append(f"Barnet: {LIGHTS[str(answer['child'])]} · Omsorgen: {LIGHTS[str(answer['care'])]}")
    asks = answer["ask"]
    if isinstance(asks, list) and asks:
        lines.append(f"Mangler: {', '.join(asks)}")
    return lines


# --- decide ---


def decide_table(
    table: Annotated[str, typer.Argument(help="Tabellens navn, eller - for JSON-linjer.")],
    facts: Annotated[str | None, typer.Option(help='Det, man ved, som JSON: {"acute":"no", …}.')] = None,
    on: Annotated[str | None, typer.Option(help="Dagen, det gælder: 2026-01-31. Ellers i dag.")] = None,
    overlay: Overlay = None,
    corpus: Corpus = None,
    as_json: AsJson = False,
) -> None:
    """Spørg en beslutningstabel: udfald, regel, kilder, og hvad der mangler."""
    if corpus is not None:
        taps_corpus(read_sound(THE_CONTENT, overlay), table, corpus, day_of(on), as_json=as_json)
        return
    sources = needed(lambda: load_sources(read(THE_CONTENT / "sources.yaml", "sources.yaml")))
    tables = {path.stem: path for path in sorted((THE_CONTENT / "tables").glob("*.yaml"))}
    read_tables: dict[str, Table] = {}
    if overlay is not None:  # the jurist's choices there hold for the sharing table, as they do in the chat
        read_tables["sharing"] = read_sound(THE_CONTENT, overlay).law.table

    def table_of(name: str) -> Table | None:
        if name in tables and name not in read_tables:
            read_tables[name] = needed(lambda: load_table(read(tables[name], f"tables/{name}.yaml")))
        return read_tables.get(name)

    if table == FROM_STDIN:
        answer_lines(lambda asked: _decide_line(table_of(str(asked.get("table"))), sources, asked), DECIDE_LINE)
        return
    found = table_of(table)
    if found is None:
        stop(f"decide: tabellen «{table}» findes ikke; vælg mellem: {', '.join(tables)}")
    given = _facts(facts)
    if given is None:
        stop('--facts: skriv et JSON-objekt som {"weeks":"long"} med tekster og hele tal')
    answer = _decision(decide(found, given, day_of(on)), sources)
    show(answer, _decided(answer), as_json=as_json)


def _facts(text: str | None) -> dict[str, Scalar] | None:
    try:
        return _scalars(json.loads(text or "{}"))
    except (ValueError, RecursionError):
        return None


def _scalars(value: object) -> dict[str, Scalar] | None:
    if not isinstance(value, dict) or not all(isinstance(one, str | int) for one in value.values()):
        return None
    words = {True: "yes", False: "no"}  # JSON has words of its own for what the tables call yes and no
    return {name: words[one] if isinstance(one, bool) else one for name, one in value.items()}


def _decide_line(table: Table | None, sources: Sources, asked: dict[str, Any]) -> Answer:
    if table is None:
        return {"error": "unknown_table"}
    facts = _scalars(asked.get("facts"))
    if facts is None:
        return {"error": "bad_facts"}
    on = asked.get("on")
    try:
        return _decision(decide(table, facts, day_of(None) if on is None else _iso(on)), sources)
    except ValueError:
        return {"error": "bad_date"}


def _iso(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("a date is a text")
    return date.fromisoformat(value)


def _decision(decision: Decision, sources: Sources) -> Answer:
    return {
        "table": decision.table,
        "version": decision.version,
        "on": decision.on.isoformat() if decision.on else None,
        "outcome": decision.outcome,
        "rule": decision.rules[0] if decision.outcome is not None else None,
        "rules": list(decision.rules),
        "sources": list(decision.sources),
        "citations": [citation(sources[name]) for name in decision.sources if name in sources],
        "reason": decision.reason,
        "missing": list(decision.missing),
        "would_change": [
            {"fact": one.fact, "value": one.value, "outcome": one.outcome} for one in decision.would_change
        ],
    }


def _decided(answer: Answer) -> list[str]:
    missing = answer["missing"]
    if answer["outcome"] is None:
        names = ", ".join(missing) if isinstance(missing, list) else ""
        return [f"Intet udfald ({answer['reason']}). {names}".rstrip()]
    lines = [f"Udfald: {answer['outcome']}", f"Regel: {answer['rule']}"]
    cited = answer["sources"]
    lines += [f"Kilder: {'; '.join(cited)}"] if isinstance(cited, list) and cited else []
    changes = answer["would_change"]
    for one in changes if isinstance(changes, list) else []:
        lines.append(f"  Hvis {one['fact']} er {one['value']}: {one['outcome']}")
    return lines


# --- texts ---


def guard(text: Text = None, corpus: Corpora = None, as_json: AsJson = False) -> None:
    """Se, hvad vagterne hører i en tekst: CPR, navne, fare og ord, der dømmer."""
    found = needed(lambda: guards.load_guards(THE_CONTENT / "guards", PARTS))

    def ask(said: str) -> Answer:
        return guards.contract(found.scan(guards.clean(said)))

    if corpus:
        guard_corpus(found, corpus, as_json=as_json)
    else:
        _one_or_many("guard", text, ask, _guarded, as_json=as_json)


def _guarded(answer: Answer) -> list[str]:
    names = {"cpr": "CPR-nummer", "phone": "telefonnummer", "names": "navn", "addresses": "adresse", "emails": "mail"}
    lines = [f"Må ikke gemmes: {word}" for key, word in names.items() if answer[key]]
    acute, judging = answer["acute"], answer["judging"]
    lines += [f"Mulig fare: {', '.join(acute)}"] if isinstance(acute, list) and acute else []
    lines += [f"Ord, der dømmer: {', '.join(judging)}"] if isinstance(judging, list) and judging else []
    return lines or ["Intet at sige til."]


def route(text: Text = None, corpus: Corpus = None, as_json: AsJson = False) -> None:
    """Se, hvilken vejviser en sætning fører til."""
    index = needed(lambda: routing.load(THE_CONTENT, PARTS))

    def told(answer: Answer) -> list[str]:
        sure = "sikkert" if answer["confident"] else "usikkert"
        return [f"{answer['guide']} ({sure}); dernæst {answer['second']}"]

    if corpus is not None:
        route_corpus(index, corpus, as_json=as_json)
    else:
        _one_or_many("route", text, lambda said: routing.contract(routing.route(index, said)), told, as_json=as_json)


def lookup_text(text: Text = None, corpus: Corpus = None, as_json: AsJson = False) -> None:
    """Se, hvilke fag der foreslås til en tekst."""
    book = needed(lambda: directory.load_directory(THE_CONTENT, PARTS))
    names = needed(lambda: load_names(*(read(THE_CONTENT / f"{name}.yaml", f"{name}.yaml") for name in NAME_FILES)))

    def ask(said: str) -> Answer:
        heard = [{"what": one.what, "old": one.old, "new": one.new, "guide": one.guide} for one in names.heard(said)]
        return {**lookup.contract(lookup.find(book, said)), "law": heard}

    def told(answer: Answer) -> list[str]:
        advice = lookup.find(book, text or "")
        law = [f"{one.what} (tidligere {one.old}, nu {one.new})." for one in names.heard(text or "")]
        if advice.unknown:
            return law or [advice.ask or "Det ved jeg ikke nok om."]
        return [
            *law,
            f"Hørt: {', '.join(book.topics[one].name for one in advice.topics) or 'et fag'}",
            *(f"Først: {one.name} ({one.id}). {one.why}" for one in advice.first),
            *(f"Overvej: {one.name} ({one.id})." for one in advice.consider),
        ]

    if corpus is not None:
        lookup_corpus(book, corpus, as_json=as_json)
    else:
        _one_or_many("lookup", text, ask, told, as_json=as_json)


def _one_or_many(name: str, text: str | None, ask: Any, told: Any, *, as_json: bool) -> None:
    if text is None:
        stop(f"{name}: skriv en tekst, - for JSON-linjer, eller --corpus FIL")
    if text == FROM_STDIN:
        answer_lines(asks_text(ask))
        return
    answer = ask(text)
    show(answer, told(answer), as_json=as_json)
