"""Measure the guards, the routes and the look-up on files of examples: figures first, then every miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bot.cli.content_io import Answer, needed, show, stop, watched
from dialogs.content import Content
from dialogs.guards import FLOWS, Guards, corpus_report
from dialogs.guards.sentences import ORDINARY, read_sentences
from dialogs.guides import corpora
from dialogs.guides.directory import Directory
from dialogs.guides.routing import Index
from dialogs.law import taps
from dialogs.reading.fields import Node, root
from dialogs.reading.yamlio import Document, read

FLOW_NAMES = {"suicide": "selvmord", "danger": "fare", "violence": "vold", "sexual": "overgreb", "control": "kontrol"}


def guard_corpus(guards: Guards, files: Sequence[Path], *, as_json: bool) -> None:
    """Recall for each flow, false alarms and calm on ordinary sentences, with the sentences that went wrong."""
    rows = [row for file in files for row in needed(partial(read_sentences, file))]
    report = corpus_report(guards, watched(rows, "sætninger"))
    flows = {flow: report.groups[f"flow: {flow}"] for flow in FLOWS if f"flow: {flow}" in report.groups}
    answer: Answer = {
        "rows": len(rows),
        "recall": round(report.total.recall, 4),
        "false_alarms": round(report.total.false_alarms, 4),
        "flows": {flow: {"rows": one.acute, "recall": round(one.recall, 4)} for flow, one in flows.items()},
        "parts": {
            group.removeprefix("part: "): {
                "recall": round(one.recall, 4),
                "false_alarms": round(one.false_alarms, 4),
            }
            for group, one in report.groups.items()
            if group.startswith("part: ")
        },
        "missed": [{"flow": rows[n].flow, "text": rows[n].text} for n in report.missed],
        "alarms": [{"text": rows[n].text} for n in report.alarms],
    }
    total, calm = report.total, report.groups.get(f"part: {ORDINARY}")
    lines = [f"{len(rows)} sætninger: fundet {total.found} af {total.acute} akutte, {total.alarms} falske alarmer"]
    lines[0] += f" af {total.other} ({total.false_alarms:.1%})."
    if calm is not None:
        lines.append(f"  Heraf almindelige: {calm.alarms} falske alarmer af {calm.other} ({calm.false_alarms:.1%})")
    lines += [f"  {FLOW_NAMES[flow]}: {one.found} af {one.acute} ({one.recall:.1%})" for flow, one in flows.items()]
    lines += [f"Overset ({rows[n].flow}): {rows[n].text}" for n in report.missed]
    lines += [f"Falsk alarm: {rows[n].text}" for n in report.alarms]
    show(answer, lines, as_json=as_json)


def route_corpus(index: Index, file: Path, *, as_json: bool) -> None:
    """How many sentences find their guide."""
    _told(corpora.route_report(index, _rows(file)), as_json=as_json)


def lookup_corpus(directory: Directory, file: Path, *, as_json: bool) -> None:
    """How many questions find the professions that they should, and none that they must not."""
    _told(corpora.lookup_report(directory, _rows(file)), as_json=as_json)


def taps_corpus(content: Content, table: str, file: Path, day: date, *, as_json: bool) -> None:
    """How many taps each situation takes in the guide that asks over a table, and whether it ends where it must."""
    form = next((one for one in content.forms.values() if one.table == table), None)
    if form is None or table != content.law.table.id:
        stop(f"--corpus: ingen vejviser spørger til tabellen «{table}»")
    situations = needed(lambda: [_situation(node) for node in _situations(file)])
    found = taps.measure(form, content.law, situations, day)
    answer: Answer = {
        "rows": len(found.taps),
        "right": len(found.taps) - len(found.wrong),
        "median": found.middle,
        "within": taps.FEW,
        "share": round(found.share_of_few, 4),
        "longest": max(found.taps, default=0),
        "longest_way": found.longest_way,
        "misses": [{"text": text} for text in found.wrong],
    }
    lines = [
        f"{answer['rows']} situationer: {answer['right']} ender, hvor de skal.",
        f"Tryk: median {found.middle:g}, højst {taps.FEW} i {found.share_of_few:.1%}, flest {answer['longest']}.",
        f"Den længste af alle veje gennem spørgsmålene: {found.longest_way} tryk.",
        *(f"Forkert: {text}" for text in found.wrong),
    ]
    show(answer, lines, as_json=as_json)


def _situations(file: Path) -> Sequence[Node]:
    return root(_document(file)).fields("scenarios")["scenarios"].items(some=True)


def _situation(node: Node) -> taps.Situation:
    found = node.fields("situation", "svar", "udfald", optional=("kilde",))
    answers = {name: one.text() for name, one in found["svar"].entries().items()}
    return taps.Situation(found["situation"].text(), answers, found["udfald"].text())


def _rows(file: Path) -> list[corpora.Row]:
    _document(file)
    rows = list(needed(lambda: corpora.rows_of(file)))
    if not rows:
        stop(f"--corpus: {file.name} har ingen rækker under «rows»")
    return list(watched(rows, "sætninger læst"))


def _document(file: Path) -> Document:
    return needed(lambda: read(file))


def _told(report: corpora.Report, *, as_json: bool) -> None:
    parts: Mapping[str, corpora.Figures] = {"tuned": report.tuned, "unseen": report.unseen}
    answer: Answer = {
        **{
            name: {"rows": one.rows, "right": one.right, "share": round(one.share, 4), "forbidden": one.forbidden}
            for name, one in parts.items()
        },
        "misses": [{"text": miss.text, "part": miss.part, "wanted": miss.wanted} for miss in report.misses],
    }
    names = {"tuned": "Kendte sætninger", "unseen": "Nye sætninger"}
    lines = [
        f"{names[name]}: {one.right} af {one.rows} rigtige ({one.share:.1%}), {one.forbidden} forbudte."
        for name, one in parts.items()
    ]
    lines += [f"Forkert (ventede {miss.wanted}): {miss.text}" for miss in report.misses]
    show(answer, lines, as_json=as_json)
