"""Measure the guards, the routes and the look-up on files of examples: figures first, then every miss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from bot.cli.content_io import Answer, needed, show, stop, watched
from dialogs.guards import FLOWS, Guards, corpus_report
from dialogs.guards.sentences import ORDINARY, read_sentences
from dialogs.guides import corpora
from dialogs.guides.directory import Directory
from dialogs.guides.routing import Index
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
