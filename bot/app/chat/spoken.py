"""Plain words and slash commands: the same doors, whichever way a person knocks."""

from __future__ import annotations

from collections.abc import Callable

from bot.app.cases import mine as mycases
from bot.app.chat import returning
from bot.app.chat.place import with_place
from bot.app.drafts import acute, drafting, lists, showing, starting
from bot.app.drafts.keeping import here
from bot.app.guides import knowing, sharing, who
from bot.app.meetings import cards as meetingcards
from bot.app.notices import cards as noticecards
from bot.app.papers import cards as papercards
from bot.app.plans import chat as planchat
from bot.app.turns import menu
from bot.app.turns.turn import Turn, say
from dialogs.danish.hurried import doubts
from dialogs.parsing import fold
from dialogs.replies import Reply

# Words that people write instead of pressing. Folded; only a whole message counts, never a word inside an answer.
_WORDS: dict[str, str] = {
    "start": "start", "menu": "menu", "hej": "start", "ny": "ny", "ny bekymring": "ny", "fortsaet": "fortsaet",
    "kladder": "kladder", "mine kladder": "kladder", "sager": "sager", "mine sager": "sager",
    "trafiklys": "trafiklys", "trafiklyset": "trafiklys", "hvem": "hvem", "viden": "viden",
    "hjaelp": "hjaelp", "help": "hjaelp", "tilbage": "tilbage",
    "gem": "gem", "stop": "stop", "akut": "akut", "spring over": "spring", "spring": "spring", "skip": "spring",
    "dele": "dele", "deling": "dele", "maa jeg dele det": "dele",
    "paamindelser": "paamindelser", "paamindelse": "paamindelser",
    "moeder": "moeder", "mine moeder": "moeder", "moede": "moeder",
    "plan": "plan", "planer": "plan", "mine planer": "plan",
    "sparring": "sparring", "taenk hoejt": "sparring",
    "fortryd": "fortryd", "fortryder": "fortryd", "jeg fortryder": "fortryd", "slet": "fortryd", "slet det": "fortryd",
    "slet det hele": "fortryd", "slet kladden": "fortryd", "start forfra": "fortryd", "forfra": "fortryd",
    "jeg vil starte forfra": "fortryd", "jeg vil gerne starte forfra": "fortryd", "annuller": "fortryd",
    "ja send": "send", "ja send den": "send", "ja send det": "send", "send den": "send", "send det": "send",
    "send den nu": "send", "ja tak send den": "send", "ja send den nu": "send", "send nu": "send",
    "send til trio": "send",
    "ved ikke": "ved_ikke", "ret": "ret", "faerdig": "faerdig", "send": "send",
}  # fmt: skip
COMMANDS = (
    "start", "ny", "fortsaet", "kladder", "sager", "trafiklys", "dele", "hvem", "viden", "moeder", "plan",
    "paamindelser", "hjaelp", "tilbage", "gem", "stop", "akut",
)  # fmt: skip
_LEAVING = frozenset({"stop", "tilbage", "menu"})
_ONLY_IN_DRAFT = frozenset({"tilbage", "gem", "stop", "spring", "ved_ikke", "ret", "faerdig", "send", "fortryd"})


def command_in(t: Turn, text: str) -> str | None:
    """The command that a whole message is, or None. Words of a draft mean nothing outside one."""
    name = _named(text)
    if name is None:
        return None
    sheet = here(t)
    if name in _ONLY_IN_DRAFT and sheet is None:
        return name if name in ("tilbage", "stop", "gem") else None
    if sheet is not None and name in ("ved_ikke", "send", "faerdig", "ret"):
        return name if drafting.takes_word(sheet, name, text) else None
    return name


def leaves(text: str) -> str | None:
    """The command of a whole message that puts a card about danger aside, or None."""
    name = _named(text)
    return name if name in _LEAVING else None


def _named(text: str) -> str | None:
    """The command that a message names, by a word or, as in Telegram, with a stroke before it."""
    folded = fold(text)
    if folded.startswith("/") and folded[1:] in COMMANDS:
        return folded[1:]
    return _WORDS.get(folded.replace(",", ""))


def run(t: Turn, name: str) -> Reply:
    """Carry out a command; an unknown one gets the menu."""
    simple: dict[str, Callable[[Turn], Reply]] = {
        "start": hello,
        "menu": to_menu,
        "ny": lambda t: starting.start(t, "worry"),
        "fortsaet": go_on,
        "kladder": lists.listing,
        "sager": mycases.listing,
        "trafiklys": lambda t: starting.start(t, "light"),
        "hvem": who.start,
        "dele": sharing.start,
        "viden": lambda t: knowing.show(t, ""),
        "akut": acute.choose,
        "hjaelp": help_here,
        "sparring": lambda t: papercards.show(t, "sparring"),
        "moeder": meetingcards.listing,
        "paamindelser": noticecards.coming,
        "plan": planchat.listing,
        "stop": stop,
    }
    if name in simple:
        return simple[name](t)
    if name == "tilbage" and (put := acute.aside(t)):
        return with_place(t, *put)
    sheet = here(t)
    if sheet is None:
        waiting = returning.back(t) if name == "tilbage" else None
        return waiting or say(t.card("drafts.nothing_open"), *menu.cards(t))
    return drafting.word(t, sheet, name)


def hello(t: Turn) -> Reply:
    """The first words again, and the menu: whatever was open is put aside, for that is what the screen says."""
    t.go_to("")
    return menu.hello(t)


def to_menu(t: Turn) -> Reply:
    """The menu, just as its button. What was asked about danger waits behind one press."""
    put = acute.aside(t)
    t.go_to("")
    t.note(pending=None)
    return say(*put, *menu.cards(t))


def go_on(t: Turn) -> Reply:
    """What was asked about danger, or the open question again; else the latest draft; else the menu."""
    if t.conversation.alert is not None:
        return say(acute.alert_card(t, t.conversation.alert))
    now = showing.current(t) or returning.back(t)
    if now is not None:
        return now
    drafts = t.uow.drafts.open_of(t.person.id)
    if drafts:
        return starting.resume(t, drafts[0].id)
    return say(t.card("drafts.nothing_open"), *menu.cards(t))


def help_here(t: Turn) -> Reply:
    """Help about the open question, or about the bot."""
    sheet = here(t)
    return menu.help_reply(t) if sheet is None else drafting.help_here(t, sheet)


def stop(t: Turn) -> Reply:
    """Leave whatever is open. Nothing is lost; a light that was looked at is simply closed."""
    sheet, put = here(t), acute.aside(t)
    t.go_to("")
    if sheet is None:
        return say(*put, *menu.cards(t))
    if not t.nature(sheet.form).keeps:
        t.uow.drafts.delete(sheet.draft.id)
        return say(t.card(f"drafts.finished_{sheet.form.purpose}"), *put, *menu.cards(t))
    return say(t.card("drafts.stopped", "receipt", code=sheet.draft.code), *put, *menu.cards(t))


def yes_no(text: str) -> str | None:
    """A short answer to the alert's question, or None when it says something else. Doubt is "maaske", never no."""
    folded = fold(text)
    said = {"ja": "ja", "j": "ja", "jo": "ja", "nej": "nej", "n": "nej"}.get(folded)
    return said or ("maaske" if doubts(folded) else None)
