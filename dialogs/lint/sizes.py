"""What must fit: a button's code in Telegram's 64 bytes, a label on a button, a question on a phone."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.acts import DraftAct, decode, encode
from dialogs.lint.places import Places
from dialogs.reading.issues import Issue
from dialogs.types import Option, Question

MAX_LABEL = 64  # characters: a button on a narrow phone shows two lines of about thirty
MAX_ASK = 300
MAX_CARD = 600  # characters of one message
WORST_DRAFT, WORST_REVISION = "x" * 12, 1_295  # ids are 12 characters; two base-36 digits are 1,296 revisions
_AROUND = 130  # what the program adds to a question: how many are picked, and that it may be passed over


def sizes(places: Places) -> Iterator[Issue]:
    """All in a form that would not fit where it is shown or sent."""
    for question in places.form.questions:
        if len(question.ask) > MAX_ASK:
            text = f"Spørgsmålet er på {len(question.ask)} tegn. Der er plads til {MAX_ASK}."
            yield places.issue("ask_long", text, question, "ask")
        length = len(question.ask) + len(question.help) + _AROUND
        if length > MAX_CARD:
            text = f"Spørgsmål og hjælp fylder for meget på en telefon. Kort dem med {length - MAX_CARD} tegn."
            yield places.issue("card_long", text, question, "help")
        for option in question.options:
            yield from _option(places, question, option)


def _option(places: Places, question: Question, option: Option) -> Iterator[Issue]:
    # a sign is a sentence that has been read by professionals: it is shown as a line with a number, not on the button
    is_sign = (question.id, option.id) not in places.options
    if len(option.label) > MAX_LABEL and not is_sign:
        text = f"Teksten på knappen er på {len(option.label)} tegn. Der er plads til {MAX_LABEL}."
        yield places.of_option("label_long", text, question, option)
    act = DraftAct("answer", WORST_DRAFT, WORST_REVISION, question.id, option.id)
    try:
        fits = decode(encode(act)) == act
    except ValueError:
        fits = False
    if not fits:
        yield places.of_option("code_long", "Id’erne er for lange til en knap. Brug kortere id’er.", question, option)
