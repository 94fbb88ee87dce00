"""The words of notices: content-free Danish from notices.yaml, with six checked fields and nothing else put in.

A field is replaced by name from an allow-list: no `str.format`, no template language, so neither an editor's text nor
a value can reach anything but these six words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from dialogs.meetings.calendar import Appointment
from dialogs.notices import DeliveryClass
from dialogs.reading.yamlio import ContentError, Document, Plain, read

FILE = Path(__file__).parent / "content" / "da" / "notices.yaml"

TEMPLATES = frozenset({
    "team_new", "team_red", "team_red_info", "team_flow", "team_changed",
    "team_unopened", "deputy_unopened", "leader_unopened", "lowering_second",
    "owner_asked", "owner_new", "followup_due", "followup_missed",
    "writer_stored", "writer_opened", "writer_question", "writer_planned", "writer_moved", "writer_decided",
    "writer_lowered", "writer_raised", "writer_followup", "writer_closed", "writer_unopened",
    "consent_ended", "consent_ends", "receipt_due", "writer_told",
    "glass_team", "dpo_glass", "dpo_alarm", "access_asked", "access_vouch", "access_reset", "access_disputed",
    "meeting_invited", "meeting_soon", "meeting_prepare", "meeting_drafts", "meeting_moved", "meeting_cancelled",
    "meeting_answer", "meeting_after", "meeting_yours", "meeting_yours_off", "reminders_gathered",
    "agreement_due", "agreement_late", "agreement_missed", "agreement_help", "agreement_given", "agreement_left",
    "plan_followup", "plan_missed", "plan_effort", "keeper_asked", "keeper_new", "keeper_declined", "keeper_needed",
    "keeper_gone",
    "draft_rest", "draft_waiting", "draft_expiring", "chat_next",
})  # fmt: skip
MAX_LENGTH = 600  # characters of one message on a telephone
MAX_SUBJECT = 60  # what a mail program shows in its list
MAX_AGAIN = 9

_FIELDS = {"kode": "code", "farve": "colour", "dato": "date", "dage": "days", "antal": "n", "tid": "time"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"[A-Z0-9]{4}-[A-Za-zÆØÅæøå]{2,24}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
_MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_LINKS = (["case_id"], ["draft_id"], ["meeting_id"])  # what a link is about, and nothing else
OF_ACCESS = frozenset(
    {"access_vouch", "access_reset", "access_disputed"}
)  # tell of a colleague, whom no code stands for
OF_NO_THING = OF_ACCESS | {"reminders_gathered"}  # that one tells of several things at once: no code is theirs, no page
MAX_COUNT = 9_999


class NoticeError(ValueError):
    """A notice can't be written: unknown template, or a value that is not of an allowed shape. Holds no value."""


@dataclass(frozen=True)
class NoticeText:
    """One notice, ready for any channel: a mail is `body`, the link, `footer`. `act` is the label of the link.

    What a mail puts into the reader's calendar is beside the words; other channels leave it.
    """

    text: str
    subject: str
    body: str
    footer: str
    act: str
    link_path: str
    calendar: Appointment | None = None


@dataclass(frozen=True)
class Template:
    """One notice as the editor wrote it, sentence by sentence."""

    delivery: DeliveryClass
    link: str
    act: str
    subject: str
    telegram: tuple[str, ...]
    email: tuple[str, ...]


@dataclass(frozen=True)
class NoticeTexts:
    """All notices of one language."""

    templates: Mapping[str, Template]
    colours: Mapping[str, str]
    again: str
    again_subject: str
    greeting: str
    footer: tuple[str, ...]

    def delivery(self, template: str) -> DeliveryClass:
        """The delivery class of a template; raise NoticeError when there is none."""
        return self._template(template).delivery

    def render(
        self,
        template: str,
        params: Mapping[str, str | int],
        *,
        case_id: str | None = None,
        draft_id: str | None = None,
        meeting_id: str | None = None,
        again: int = 1,
    ) -> NoticeText:
        """The notice in words; `again` from 2 numbers a repetition. Raise NoticeError for anything not allowed."""
        found = self._template(template)
        fields = self._fields(params)
        sentences = [filled for part in found.telegram if (filled := _fill(part, fields)) is not None]
        more = [filled for part in found.email if (filled := _fill(part, fields)) is not None]
        subject, act = _fill(found.subject, fields), _fill(found.act, fields)
        if subject is None or act is None or ("kode" not in fields and template not in OF_NO_THING):
            raise NoticeError("code is missing")
        if again > 1:
            number = str(min(again, MAX_AGAIN))
            sentences = [self.again.replace("{nummer}", number), *sentences]
            subject = f"{subject} {self.again_subject.replace('{nummer}', number)}"
        link = _link(found.link, {"case_id": case_id, "draft_id": draft_id, "meeting_id": meeting_id})
        body = "\n\n".join((self.greeting, " ".join(sentences), " ".join(more)))
        return NoticeText(" ".join(sentences), subject, body, "\n".join(self.footer), act, link)

    def _template(self, name: str) -> Template:
        found = self.templates.get(name)
        if found is None:
            raise NoticeError("unknown template")
        return found

    def _fields(self, params: Mapping[str, str | int]) -> dict[str, str]:
        """The Danish words of the values. A count of nothing says nothing, so its sentence falls away."""
        if not params.keys() <= set(_FIELDS.values()):
            raise NoticeError("unknown field")
        fields: dict[str, str] = {}
        if "code" in params:
            fields["kode"] = _shaped(params["code"], _CODE)
        if "colour" in params:
            fields["farve"] = self._colour(params["colour"])
        if "date" in params:
            fields["dato"] = _danish_date(_shaped(params["date"], _DATE))
        if "time" in params:
            fields["tid"] = "kl. " + _shaped(params["time"], _TIME).replace(":", ".")
        if days := _count(params.get("days", 0)):
            fields["dage"] = "1 dag" if days == 1 else f"{days} dage"
        if number := _count(params.get("n", 0)):
            fields["antal"] = str(number)
        return fields

    def _colour(self, value: str | int) -> str:
        if (words := self.colours.get(str(value))) is None:
            raise NoticeError("unknown colour")
        return words


def _fill(text: str, fields: Mapping[str, str]) -> str | None:
    """The text with its fields put in once; None when a field has no value."""
    if not {match[1] for match in _PLACEHOLDER.finditer(text)} <= fields.keys():
        return None
    return _PLACEHOLDER.sub(lambda match: fields[match[1]], text)


def _link(link: str, ids: Mapping[str, str | None]) -> str:
    name = next(iter(_PLACEHOLDER.findall(link)), None)
    if name is None:
        return link
    wanted = ids.get(name)
    if wanted is None or not _ID.fullmatch(wanted):
        raise NoticeError("link without its id")
    return link.replace(f"{{{name}}}", wanted)


def _shaped(value: str | int, shape: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise NoticeError("a value has not the shape of its field")
    return value


def _count(value: str | int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MAX_COUNT:
        raise NoticeError("a count is no small number")
    return value


def _danish_date(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise NoticeError("no such date") from None
    return f"{_WEEKDAYS[day.weekday()]} den {day.day}. {_MONTHS[day.month - 1]}"


# --- reading what the editor wrote ---


def standard() -> NoticeTexts:
    """The Danish notices that come with the program."""
    return load(read(FILE))


def load(document: Document) -> NoticeTexts:
    """The notices in a document; raise the first ContentError of `check` when there is one."""
    if errors := check(document):
        raise errors[0]
    data = _map(document.data)
    return NoticeTexts(
        templates={name: _parse(_map(part)) for name, part in _map(data["notices"]).items()},
        colours={name: str(words) for name, words in _map(data["colours"]).items()},
        again=str(data["again"]),
        again_subject=str(data["again_subject"]),
        greeting=str(data["greeting"]),
        footer=_lines(data["footer"]),
    )


def check(document: Document) -> list[ContentError]:
    """Everything that an editor must mend, with its line; empty when the notices can be used."""
    data = _map(document.data)
    found: list[ContentError] = []

    def say(code: str, text: str, *path: str | int) -> None:
        found.append(ContentError(document.file, document.line(*path), code, text))

    for key in ("colours", "again", "again_subject", "greeting", "footer", "notices"):
        if not data.get(key):
            say("missing", f"«{key}» mangler.")
    if {*_map(data.get("colours"))} != {"green", "yellow", "red", "none"}:
        say("colours", "Der skal stå ord for green, yellow, red og none.", "colours")
    notices = _map(data.get("notices"))
    for name in sorted(TEMPLATES - notices.keys()):
        say("missing_notice", f"Beskeden «{name}» mangler.", "notices")
    for name, part in notices.items():
        if name not in TEMPLATES:
            say("unknown_notice", f"Ingen sender beskeden «{name}».", "notices", name)
        for code, text, key in _faults(_map(part), about=name not in OF_NO_THING):
            say(code, text, "notices", name, key)
    return found


def _faults(part: Mapping[str, Plain], *, about: bool) -> list[tuple[str, str, str]]:
    """(code, Danish text, key) for all that is wrong with one notice."""
    template = _parse(part)
    faults: list[tuple[str, str, str]] = []
    texts = {"telegram": template.telegram, "email": template.email, "subject": (template.subject,)}
    texts["act"] = (template.act,)
    for key, lines in texts.items():
        if not any(lines):
            faults.append(("missing", f"«{key}» mangler.", key))
        for name in _PLACEHOLDER.findall(" ".join(lines)):
            if name not in _FIELDS:
                faults.append(("unknown_field", f"{{{name}}} kan ikke bruges her.", key))
    if part.get("class") not in get_args(DeliveryClass):
        faults.append(("class", "Vælg turn, reminder, alert eller nudge.", "class"))
    if _PLACEHOLDER.findall(template.link) not in (_LINKS if about else ([],)) or not template.link.startswith("/"):
        faults.append(("link", "Linket skal begynde med / og have {case_id}, {draft_id} eller {meeting_id}.", "link"))
    faults += _code_faults(template) if about else _bare_faults(template)
    if sum(map(len, template.telegram)) > MAX_LENGTH - 100:  # the fields and the number need room too
        faults.append(("too_long", f"Teksten skal kunne være på {MAX_LENGTH} tegn.", "telegram"))
    if len(template.subject) > MAX_SUBJECT:
        faults.append(("too_long", f"Emnet må højst være på {MAX_SUBJECT} tegn.", "subject"))
    return faults


def _code_faults(template: Template) -> list[tuple[str, str, str]]:
    """The code must be in the subject and in a sentence that never falls away; a subject needs no other field."""
    faults: list[tuple[str, str, str]] = []
    if not any(_PLACEHOLDER.findall(line) == ["kode"] for line in template.telegram):
        faults.append(("no_code", "En sætning skal have {kode} og ingen andre felter.", "telegram"))
    if _PLACEHOLDER.findall(template.subject) != ["kode"]:
        faults.append(("no_code", "Emnet skal have {kode} og ingen andre felter.", "subject"))
    if _PLACEHOLDER.findall(template.act) not in ([], ["kode"]):
        faults.append(("unknown_field", "Knappen kan kun have {kode}.", "act"))
    return faults


def _bare_faults(template: Template) -> list[tuple[str, str, str]]:
    """What tells of several things has a subject, a button and one sentence that hold without any field."""
    faults = [
        ("unknown_field", "Her kan der ikke stå et felt.", key)
        for key, text in (("subject", template.subject), ("act", template.act))
        if _PLACEHOLDER.findall(text)
    ]
    if all(_PLACEHOLDER.findall(line) for line in template.telegram):
        faults.append(("no_sentence", "En sætning skal være uden felter.", "telegram"))
    return faults


def _parse(part: Mapping[str, Plain]) -> Template:
    classes: dict[str, DeliveryClass] = {name: name for name in get_args(DeliveryClass)}
    return Template(
        delivery=classes.get(str(part.get("class")), "reminder"),
        link=str(part.get("link") or ""),
        act=str(part.get("act") or ""),
        subject=str(part.get("subject") or ""),
        telegram=_lines(part.get("telegram")),
        email=_lines(part.get("email")),
    )


def _map(value: Plain | None) -> dict[str, Plain]:
    return value if isinstance(value, dict) else {}


def _lines(value: Plain | None) -> tuple[str, ...]:
    return tuple(str(line) for line in value) if isinstance(value, list) else ()
