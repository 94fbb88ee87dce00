"""Every card fits Telegram: the limits hold for all that the forms can show, and for anything that a card may hold."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.app.chat.handle import App
from bot.app.turns.incoming import Actor, Command, Incoming, Pressed, Said
from bot.telegram_gateway.outgoing import MAX_BUTTONS, Outgoing, messages, units
from dialogs.acts import MAX_BYTES
from dialogs.replies import Button, Card, Choice, Entry, Reply, Row
from storage import MemoryStore
from tests.botapi.methods import METHODS
from tests.botapi.world import Chat, World
from tests.clocks import HandClock
from tests.core.form_kit import danish
from tests.telegram.kit import FACT, MONDAY, fill, new_app

WALKS, STEPS = 24, 200
FORWARD = ("a", "m", "d", "s", "x")  # the codes of answers, ticks, "done", skips and sending
IN_A_ROW = 8  # more than a phone draws side by side


def fits(message: Outgoing) -> None:
    """Raise when Telegram would refuse the message, cut it, or draw it badly."""
    world = World("1:abc", lambda: 0.0)
    world.chats[1] = Chat({"id": 1, "type": "private"}, started=True)
    METHODS["sendmessage"](world, message.body(1))
    assert message.text == message.text.strip(), "Telegram trims, and the bold parts would slip"
    assert 1 <= units(message.text) <= 4096
    assert sum(map(len, message.keyboard)) <= MAX_BUTTONS
    assert all(1 <= len(row) <= IN_A_ROW for row in message.keyboard)
    assert all(1 <= len(code.encode()) <= MAX_BYTES for row in message.keyboard for _, code in row)
    coded = message.text.encode("utf-16-le")
    for at, size in message.bold:
        assert size > 0
        part = coded[2 * at : 2 * (at + size)].decode("utf-16-le")  # raises when it splits a surrogate pair
        assert part.strip()
        assert part in message.text


# --- what the bot can say ---


class Walker:
    """Presses what has been pressed least so far, and now and then anything, or types: the paths of all forms."""

    def __init__(self, seed: int, ceiling: int, pressed: Counter[str]) -> None:
        self.dice, self.clock, self.pressed = random.Random(seed), HandClock(MONDAY), pressed
        self.store = MemoryStore(self.clock.now)
        self.store.run(fill)
        self.app: App = new_app(self.store, self.clock)
        self.actor = Actor("ane", "telegram", ceiling, "one")

    def replies(self) -> Iterator[Reply]:
        act: Incoming = Command("ny")
        for _ in range(STEPS):
            reply = self.app.store.run(
                self.actor, lambda uow, a=act: self.app.turn(uow, self.actor, a, None, self.clock.now())
            )
            yield reply
            self.clock.move(minutes=self.dice.choice((1, 1, 600)))
            act = self._next(reply)

    def _next(self, reply: Reply) -> Incoming:
        acts = [code for message in messages(reply) for row in message.keyboard for _, code in row]
        chance, entry = self.dice.random(), reply.cards[-1].entry
        if chance < 0.03:
            return Command(self.dice.choice(("ny", "trafiklys", "kladder", "sager", "akut", "hjaelp", "gem")))
        if not acts or (entry is not None and entry.kind in ("text", "list") and chance < 0.75):
            short = entry is not None and entry.max_length <= 40
            return Said("Uglen" if short else self.dice.choice((FACT, "Ny plads\nMakker", FACT * 12, "3", "nej")))
        self.dice.shuffle(acts)
        forward = [act for act in acts if act.split(":")[0] in FORWARD] or acts
        chosen = min(forward if chance < 0.9 else acts, key=lambda act: self.pressed[kind_of(act)])
        self.pressed[kind_of(chosen)] += 1
        return Pressed(chosen)


def kind_of(code: str) -> str:
    """What a button does, whatever the draft and its revision."""
    parts = code.split(":")
    return ":".join(parts[:2] if parts[0] == "go" else (parts[0], *parts[3:]))


def questions_of(reply: Reply) -> Iterator[str]:
    for card in reply.cards:
        for code in [card.entry.act if card.entry else "", *(b.act for row in card.buttons for b in row)]:
            if code.startswith(("f:", "h:", "a:")) and len(parts := code.split(":")) > 3:
                yield parts[3]


def test_all_that_the_bot_says_on_random_ways_through_every_form_fits_telegram() -> None:
    asked, pressed = set[str](), Counter[str]()
    for seed in range(WALKS):
        walker = Walker(seed, 1 if seed % 8 == 7 else 2, pressed)
        for reply in walker.replies():
            asked.update(questions_of(reply))
            for message in messages(reply):
                fits(message)
            assert units(reply.toast) <= 200
    worry = {question.id for question in danish().form("worry").questions}
    assert worry <= asked, f"never asked: {sorted(worry - asked)}"


def test_the_words_of_the_bot_itself_fit_where_telegram_puts_them() -> None:
    words = danish().words
    assert 1 <= units(words("bot.description")) <= 512
    assert 1 <= units(words("bot.short")) <= 120


# --- anything that a card may hold ---

_letters = st.sampled_from("aæøå .,!?\nB7👍🏽🙈👨‍👩‍👧é\u0301<&>*_")
texts = st.text(_letters, max_size=200).map(str.strip)
labels = st.text(st.sampled_from("aæøåB7👍🙈"), min_size=1, max_size=70)
codes = st.text(st.sampled_from("abc:123"), min_size=1, max_size=64)
long_texts = st.builds(lambda part, times: (part * times).strip(), texts, st.integers(1, 90))
buttons = st.builds(Button, labels, codes, on=st.sampled_from((None, True, False)))
choices = st.builds(Choice, st.just("o"), labels, codes, st.booleans())
entries = st.builds(
    Entry,
    st.sampled_from(("choice", "choices", "text")),
    codes,
    labels,
    choices=st.lists(choices, max_size=60).map(tuple),
)
rows = st.builds(Row, labels, texts, st.none() | codes)
cards = st.builds(
    Card,
    kind=st.sampled_from(("say", "question", "summary", "list", "acute", "light", "receipt", "problem")),
    text=texts | long_texts,
    title=texts.map(lambda text: text.replace("\n", " ")),
    rows=st.lists(rows, max_size=8).map(tuple),
    buttons=st.lists(st.lists(buttons, min_size=1, max_size=3).map(tuple), max_size=6).map(tuple),
    entry=st.none() | entries,
    at=st.integers(0, 20),
    of=st.sampled_from((0, 20)),
    detail=texts,
).map(lambda card: card if card.text else replace(card, of=0))


@given(st.lists(cards, max_size=5))
def test_any_reply_becomes_messages_that_fit(found: list[Card]) -> None:
    for message in messages(Reply(tuple(found))):
        fits(message)


@given(st.lists(cards, max_size=5))
def test_no_word_of_a_card_is_lost_on_the_way(found: list[Card]) -> None:
    said = "".join("".join(message.text.split()) for message in messages(Reply(tuple(found))))
    for card in found:
        assert "".join(card.title.split()) in said
        assert "".join(card.text.split()) in said


@given(st.lists(cards.filter(lambda card: bool(card.text)), min_size=1, max_size=5))
def test_the_last_ways_on_stand_below_the_last_message(found: list[Card]) -> None:
    last = found[-1]
    sent = messages(Reply(tuple(found)))
    shown = [code for _, code in (button for row in sent[-1].keyboard for button in row)]
    wanted = [button.act for row in last.buttons for button in row]
    assert shown[len(shown) - len(wanted) :] == wanted


def test_options_too_long_for_a_button_stand_numbered_in_the_text() -> None:
    long = [Choice(str(n), f"Et svar, der er alt for langt til en knap på en telefon {n}", f"a:{n}") for n in range(7)]
    (message,) = messages(Reply((Card("question", "Hvad?", entry=Entry("choice", "f", "Hvad?", tuple(long))),)))
    assert "1. Et svar" in message.text
    assert "7. Et svar" in message.text
    assert [[label for label, _ in row] for row in message.keyboard] == [list("12345"), list("67")]
    assert [code for row in message.keyboard for _, code in row] == [f"a:{n}" for n in range(7)]


def test_with_more_buttons_than_telegram_takes_the_ways_on_and_out_are_kept() -> None:
    many = tuple(Choice(str(n), f"Svar {n}", f"a:{n}") for n in range(150))
    card = Card(
        "question", "Hvad?", entry=Entry("choice", "f", "Hvad?", many), buttons=((Button("Akut", "go:acute"),),)
    )
    (message,) = messages(Reply((card,)))
    assert sum(map(len, message.keyboard)) <= MAX_BUTTONS
    assert message.keyboard[-1] == [("Akut", "go:acute")]


def test_a_card_with_only_buttons_adds_no_empty_lines() -> None:
    only = Card("say", "", buttons=((Button("Vis", "go:guide"),),))
    (message,) = messages(Reply((Card("say", "Først."), only, Card("question", "Så?"))))
    assert message.text == "Først.\n\nSå?"
    assert message.keyboard == [[("Vis", "go:guide")]]
