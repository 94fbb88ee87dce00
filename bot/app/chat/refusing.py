"""What must never be stored: CPR and phone numbers, addresses, full names. Every refusal says why."""

from __future__ import annotations

from dataclasses import replace

from bot.app.cases.stored import KINDS
from bot.app.chat.place import with_place
from bot.app.drafts import acute
from bot.app.drafts.keeping import here
from bot.app.drafts.naming import may_name
from bot.app.drafts.showing import pointer
from bot.app.turns.turn import Turn
from dialogs.channels import WORDS
from dialogs.parsing import match_option
from dialogs.replies import Card, Reply


def check(t: Turn, text: str) -> Reply | None:
    """The refusal of a text that names or reaches a person, or that this channel may not carry. None: it may be kept.

    Nothing of the text is stored or logged. The channel is told to take its own copy away (`refused`).
    """
    if not text.strip():
        return None
    findings = t.scan(text)  # what is refused is heard all the same: the alert is where the person is then
    found = [kind for kind in KINDS if getattr(findings, kind)]
    if not found and t.actor.channel == "telegram" and t.actor.ceiling >= WORDS and may_name(t, text):
        found = ["lone_names"]  # in doubt: refused where others hold the text, asked about where only we do
    if not found:
        return _above_ceiling(t, text)
    lines = [t.words(f"refused.{kind}") for kind in found]
    lines.append(t.words("refused.deleted" if t.actor.channel == "telegram" else "refused.keep_text"))
    return _refuse(t, Card(kind="problem", text="\n\n".join(lines)), text)


def _above_ceiling(t: Turn, text: str) -> Reply | None:
    """Where the channel takes no free text, only words that pick an option are let through (TELEGRAM_POLICY=strict)."""
    if t.actor.ceiling >= WORDS:
        return None
    sheet = here(t)
    question = sheet.seen.current if sheet is not None and sheet.seen.phase == "pick" else None
    if sheet is not None and question is not None and match_option(question, sheet.seen.options, text):
        return None
    return _refuse(t, Card(kind="problem", text=f"{t.words('secure.not_kept')} {pointer(t)}"), text)


def _refuse(t: Turn, card: Card, text: str) -> Reply:
    sheet = here(t)
    acute.listen(t, text, sheet.draft.answers if sheet is not None else {}, kept=False)
    return replace(with_place(t, card), refused=True)
