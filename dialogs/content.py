"""All content in one place, read once at start. The one core module that reads files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from dialogs.cases.words import CaseWords
from dialogs.cases.words import build as build_case_words
from dialogs.conditions import All, AnyOf, Condition, Is, Some
from dialogs.forms import build_form
from dialogs.guards import Guards
from dialogs.guards.loading import read_danger, read_judging, read_names, read_places
from dialogs.guides import routing
from dialogs.guides.anonymity import Checklist, load_checklist
from dialogs.guides.directory import Directory
from dialogs.guides.directory import build as build_directory
from dialogs.guides.faq import FILES as FAQ_FILES
from dialogs.guides.faq import Faq, load_faq
from dialogs.guides.forums import load_forums
from dialogs.guides.knowledge import Shelf, load_shelf
from dialogs.law.asked import misfits, over_table
from dialogs.law.book import FILES as LAW_FILES
from dialogs.law.book import PER_CONCERN, LawBook, load_law
from dialogs.light.cards import CardBook, load_cards
from dialogs.light.signs import COLOURS, SUBJECTS, Band, Row, SignBook, load_signs
from dialogs.lint import lint
from dialogs.local import Forum, Local
from dialogs.notice_texts import NoticeTexts
from dialogs.notice_texts import check as check_notices
from dialogs.notice_texts import load as load_notices
from dialogs.overlay import at_home, lay
from dialogs.reading.fields import Node
from dialogs.reading.files import SIGN_FILES, Files, issue_of, read_files
from dialogs.reading.issues import Issue
from dialogs.reading.parts import Parts
from dialogs.reading.yamlio import ContentError, Document, Plain
from dialogs.types import DataClass, Draft, Form, Option, Purpose, Question
from dialogs.words import Words, load_words

T = TypeVar("T")

DANISH = Path(__file__).parent / "content" / "da"
ROUTE_FILES = ("routes.yaml", "ordinary_words.yaml", "examples.yaml")
REQUIRED_FORMS = ("worry", "light", "sharing", "preparation")  # the use cases know these by name


@dataclass(frozen=True, repr=False)  # a megabyte that nobody would read in a traceback
class Content:
    """Everything an editor can change, and what the municipality has said about itself."""

    forms: Mapping[str, Form]
    words: Words
    signs: SignBook
    cards: CardBook
    directory: Directory
    routes: routing.Index
    guards: Guards
    notices: NoticeTexts
    case_words: CaseWords
    law: LawBook
    papers: Words
    meetings: Words
    plans: Words
    network: Words
    pages: Words
    anonymity: Checklist
    forums: tuple[Forum, ...]
    shelf: Shelf
    faq: Faq
    local: Local = field(default_factory=Local)

    @property
    def ladder(self) -> tuple[Forum, ...]:
        """The municipality's own ladder of forums, or the usual one."""
        return self.local.forums or self.forums

    @property
    def intake(self) -> str:
        """What the municipality calls those who receive reports, as it stands in a sentence."""
        return self.local.intake

    def form(self, form_id: str) -> Form:
        """The form with this id; KeyError when content has none."""
        return self.forms[form_id]

    def count_examples(self) -> None:
        """Count now what the first typed question would else be kept waiting for: a good half second."""
        for examples in (self.routes.examples, self.directory.told):
            _ = examples.counts

    def purpose(self, draft: Draft) -> Purpose | None:
        """What a draft is written for; None when content has its form no more."""
        form = self.forms.get(draft.form_id)
        return form.purpose if form is not None else None


def load_content(
    folder: Path = DANISH, overlay: Path | None = None, parts: Parts | None = None
) -> tuple[Content | None, list[Issue]]:
    """Read a content folder with a municipality's overlay on top, and say all that is wrong, by file and line.

    The content is None when a file without which nothing works is broken. Nothing in the files makes it raise.
    """
    parts = parts or Parts()
    files, unread = read_files(folder, parts.read)
    content, issues = assemble(files, overlay, parts)
    return content, sorted({*unread, *issues})


def assemble(
    files: Files, overlay: Path | None = None, parts: Parts | None = None
) -> tuple[Content | None, list[Issue]]:
    """Make content of parsed files and an overlay, and lint the whole; as `load_content` does after reading."""
    files, local, issues = lay(overlay, files) if overlay is not None else (files, Local(), [])
    content, found = build(files, local, parts or Parts())
    issues += found
    if content is not None:
        issues += lint(files, content.forms, content.signs, content.cards)
    return content, [at_home(issue) for issue in issues]


def build(files: Files, local: Local, parts: Parts) -> tuple[Content | None, list[Issue]]:
    """Make content of parsed files: all that is wrong in forms and notices, the first thing in every other file."""
    take = _Take(files, parts)
    signs = take.shared(_signs, *SIGN_FILES, "signs/beskyttelse.yaml", "tables/triage.yaml")
    directory = take.shared(build_directory, "professions.yaml", "topics.yaml", "ordinary_words.yaml")
    words, cards = take(load_words, "messages.yaml"), take(load_cards, "cards.yaml")
    papers, meetings = take(load_words, "papers.yaml"), take(load_words, "meetings.yaml")
    plans = take(load_words, "plans.yaml")
    anonymity = take(load_checklist, "guards/anonymity.yaml")
    network, pages = take(load_words, "network.yaml"), take(load_words, "pages.yaml")
    case_words, notices = take(build_case_words, "cases.yaml"), take(take.notices, "notices.yaml")
    guards, forums = _guards(take), take(partial(_forums, directory), "forums.yaml") if directory else None
    routes = take(partial(parts.of, routing.build_with, directory, guards), *ROUTE_FILES) if directory else None
    shelf = take.shared(load_shelf, "knowledge.yaml", "ordinary_words.yaml")
    faq = take.shared(load_faq, *FAQ_FILES)
    law = take.shared(load_law, *LAW_FILES)
    forms = _forms(files, signs, take.issues) if signs else {}
    if law is not None:
        law = law.relaxed(local.jurist.relaxed)
        forms = {key: _over_law(form, law, local, take.issues) for key, form in forms.items()}
    if not (words and signs and cards and directory and routes and guards and notices and case_words):
        return None, take.issues
    if not (law and papers and meetings and plans and network and pages and anonymity and forums and shelf and faq):
        return None, take.issues
    content = Content(
        forms,
        words,
        signs,
        cards,
        directory,
        routes,
        guards,
        notices,
        case_words,
        law,
        papers,
        meetings,
        plans,
        network,
        pages,
        anonymity,
        forums,
        shelf,
        faq,
        local,
    )
    missing = [form for form in REQUIRED_FORMS if form not in forms]
    take.issues += [
        Issue(f"forms/{form}.yaml", 1, form, "missing_form", f"Skemaet «{form}» mangler.") for form in missing
    ]
    return (None if missing else content), take.issues


class _Take:
    """Reads one part of the content at a time; what can't be read is None and an issue, and the reading goes on."""

    def __init__(self, files: Files, parts: Parts) -> None:
        self.files, self.parts = files, parts
        self.issues: list[Issue] = []

    def __call__(self, read: Callable[..., T], *names: str) -> T | None:
        """What `read` makes of the files with these names."""
        if any(name not in self.files for name in names):
            return None  # said already, by whoever could not read the file
        try:
            return read(*(self.files[name] for name in names))
        except ContentError as error:
            self.issues.append(issue_of(error))
            return None

    def shared(self, read: Callable[..., T], *names: str) -> T | None:
        """The same, for what is dear to make and depends on nothing but these files."""
        return self(partial(self.parts.of, read), *names)

    def notices(self, document: Document) -> NoticeTexts:
        """The notices; raise the first ContentError, with the others kept as issues."""
        self.issues += [issue_of(error) for error in check_notices(document)[1:]]
        return load_notices(document)


def _signs(*documents: Document) -> SignBook:
    *bands, factors, table = documents
    return load_signs(bands, factors, table)


def _forums(directory: Directory, forums: Document) -> tuple[Forum, ...]:
    return load_forums(forums, directory.professions)


def _guards(take: _Take) -> Guards | None:
    names, places = take.shared(read_names, "guards/names.yaml"), take.shared(read_places, "guards/places.yaml")
    acute, judging = (
        take.shared(read_danger, *(f"guards/{name}.yaml" for name in ("acute", "frames", "ideas", "points"))),
        take.shared(read_judging, "guards/judging.yaml"),
    )
    return take.parts.of(Guards, names, places, acute, judging) if names and places and acute and judging else None


def _forms(files: Files, signs: SignBook, issues: list[Issue]) -> dict[str, Form]:
    forms: dict[str, Form] = {}
    for name, document in files.items():
        if not name.startswith("forms/"):
            continue
        bands = document_bands(document.data)
        form, found = build_form(document, partial(options_from, signs, bands), partial(rows_from, signs, bands))
        issues.extend(found)
        if form is not None:
            forms[form.id] = form
    return forms


def _over_law(form: Form, law: LawBook, local: Local, issues: list[Issue]) -> Form:
    """A form over the law's table asks what the table needs, in the words that hold in this municipality."""
    if form.table != law.table.id:
        return form
    wrong = [
        Issue(f"forms/{form.id}.yaml", 1, thing, "not_the_table", text)
        for thing, text in misfits(form, law.guide.steps)
    ]
    issues.extend(wrong)
    if wrong:
        return form
    questions = tuple(_locally(question, law, local) for question in form.questions)
    return over_table(replace(form, questions=questions), law.table, law.guide.steps)


def _locally(question: Question, law: LawBook, local: Local) -> Question:
    if question.id == "meeting" and PER_CONCERN in law.chosen:
        return replace(question, ask=law.guide.per_concern)
    if question.id == "recipient" and local.jurist.own_unit:
        names = ", ".join(local.jurist.own_unit)
        return replace(question, help=f"{question.help} {law.guide.own_unit.replace('{names}', names)}")
    return question


def document_bands(data: Plain) -> dict[str, str]:
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
        Option(
            sign.id, sign.text, show_if=All((in_band(band, bands, band_question), AnyOf(area_question, areas_of(row))))
        )
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
                    Some((Is(area_question, all_areas), AnyOf(area_question, row.areas))),
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


def areas_of(row: Row) -> tuple[str, ...]:
    """The areas that bring a row's signs on show; «andet» opens all rows, since nothing was ruled out."""
    return tuple(dict.fromkeys((*row.areas, "andet")))
