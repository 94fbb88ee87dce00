"""All content in one place, read once at start. The one core module that reads files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dialogs import routing
from dialogs.cards import CardBook, load_cards
from dialogs.casewords import CaseWords
from dialogs.casewords import load as load_case_words
from dialogs.conditions import All, AnyOf, Condition, Is, Some
from dialogs.directory import Directory, load_directory
from dialogs.forms import build_form
from dialogs.guards import Guards, load_guards
from dialogs.issues import Issue
from dialogs.notice_texts import NoticeTexts
from dialogs.notice_texts import load as load_notices
from dialogs.reading import Node
from dialogs.signs import COLOURS, SUBJECTS, Band, Row, SignBook, read_signs
from dialogs.types import DataClass, Form, Option, Question
from dialogs.words import Words, load_words
from dialogs.yamlio import read

DANISH = Path(__file__).parent / "content" / "da"


@dataclass(frozen=True)
class Content:
    """Everything an editor can change."""

    forms: Mapping[str, Form]
    words: Words
    signs: SignBook
    cards: CardBook
    directory: Directory
    routes: routing.Index
    guards: Guards
    notices: NoticeTexts
    case_words: CaseWords
    intake: str = "modtagelsen"

    def form(self, form_id: str) -> Form:
        """The form with this id; KeyError when content has none."""
        return self.forms[form_id]


def load_content(folder: Path = DANISH, overlay: Path | None = None) -> tuple[Content, list[Issue]]:
    """Read a content folder. Raises ContentError for files without which nothing works; forms give issues."""
    signs = read_signs(folder)
    directory = load_directory(folder)
    forms: dict[str, Form] = {}
    issues: list[Issue] = []
    for path in sorted((folder / "forms").glob("*.yaml")):
        document = read(path, f"forms/{path.name}")
        bands = document_bands(document.data)
        form, found = build_form(document, partial(options_from, signs, bands), partial(rows_from, signs, bands))
        issues.extend(found)
        if form is not None:
            forms[form.id] = form
    content = Content(
        forms=forms,
        words=load_words(read(folder / "messages.yaml")),
        signs=signs,
        cards=load_cards(read(folder / "cards.yaml")),
        directory=directory,
        routes=routing.load(folder, directory),
        guards=load_guards(folder / "guards"),
        notices=load_notices(read(folder / "notices.yaml")),
        case_words=load_case_words(folder / "cases.yaml"),
    )
    return content, issues


def document_bands(data: object) -> dict[str, str]:
    """The `bands:` of a raw form file: age option → sign band."""
    bands = data.get("bands") if isinstance(data, dict) else None
    return {str(k): str(v) for k, v in bands.items()} if isinstance(bands, dict) else {}


def options_from(signs: SignBook, bands: Mapping[str, str], node: Node) -> tuple[Option, ...]:
    """The options that `options_from:` stands for: signs of one subject by band and area, or protective factors."""
    if isinstance(node.value, dict) and "protective" in node.value:
        node.fields("protective")
        return tuple(Option(factor.id, factor.text) for factor in signs.factors)
    found = node.fields("signs", "lights", "band", "areas")
    subject = SUBJECTS[found["signs"].one_of(SUBJECTS)]
    lights = [item.one_of(COLOURS) for item in found["lights"].items(some=True)]
    band_question, area_question = found["band"].text(), found["areas"].text()
    return tuple(
        Option(sign.id, sign.text, show_if=All((in_band(band, bands, band_question), about(row, area_question))))
        for band in signs.bands
        for row in band.rows
        if row.subject == subject
        for colour in ("red", "yellow", "green")
        if colour in lights
        for sign in row.of(colour)
    )


def rows_from(signs: SignBook, bands: Mapping[str, str], entries: dict[str, Node]) -> tuple[Question, ...]:
    """One question for each row of the ruler: the same area of life in green, yellow and red, or "ved ikke"."""
    source = entries["rows_from"].fields("signs", "band", "areas", "everything")
    subject = SUBJECTS[source["signs"].one_of(SUBJECTS)]
    band_question, area_question = source["band"].text(), source["areas"].text()
    all_areas = source["everything"].text()
    template = Question(
        id="",
        kind="one",
        ask=entries["ask"].text(),
        help=entries["help"].text(),
        example=entries["example"].text(),
        why=entries["why"].text(),
        data_class=DataClass.PSEUDONYMOUS,
    )
    return tuple(
        replace(
            template,
            id=row_question(band, row),
            ask=template.ask.replace("{row}", row.name),
            summary=row.name.capitalize(),
            options=(*(Option(sign.id, sign.text) for sign in row.signs), Option("ved_ikke", "Ved ikke")),
            show_if=All(
                (
                    in_band(band, bands, band_question),
                    Some((Is(area_question, all_areas), about(row, area_question))),
                )
            ),
        )
        for band in signs.bands
        for row in band.rows
        if row.subject == subject
    )


def row_question(band: Band, row: Row) -> str:
    """The id of the question that a row of the ruler becomes."""
    return f"l_{band.id}_{row.id}"


def in_band(band: Band, bands: Mapping[str, str], question: str) -> Condition:
    """Whether the age answer points to this band."""
    return AnyOf(question, tuple(option for option, name in bands.items() if name == band.id) or ("",))


def about(row: Row, question: str) -> Condition:
    """Whether the person chose one of the row's areas; «andet» opens all rows, since nothing was ruled out."""
    return AnyOf(question, (*row.areas, "andet") if "andet" not in row.areas else row.areas)
