"""Replies are stored with the receipt of an event: what is read back is what was said."""

from __future__ import annotations

import json

from dialogs.replies import Button, Card, Choice, Entry, Reply, Row, dump, load

FULL = Reply(
    cards=(
        Card(
            kind="question",
            text="Hvad så du?",
            title="Set",
            rows=(Row("Alder", "6–9 år", act="e:d1:0:q02", mark="yellow"), Row("Sted", "Skolen")),
            buttons=((Button("Ja", "a:d1:0:q:ja", "primary", on=True), Button("Nej", "a:d1:0:q:nej")), ()),
            entry=Entry(
                "choices", "f:d1:0:q", "Hvad så du?", (Choice("x", "X", "m:d1:0:q:x", True, True),), note="Mere?"
            ),
            at=2,
            of=9,
            detail_title="Hvorfor?",
            detail="Derfor.",
            light="yellow",
            data_class=1,
        ),
        Card(kind="say", text="Æ, ø og å"),
    ),
    edits=True,
    refused=True,
    toast="Gemt",
)


def test_a_reply_comes_back_from_json_as_it_was() -> None:
    assert load(json.loads(json.dumps(dump(FULL)))) == FULL


def test_an_empty_reply_comes_back_too() -> None:
    assert load(dump(Reply(()))) == Reply(())
