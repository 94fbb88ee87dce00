"""The slim reading of an update says what aiogram's models say, or nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_gateway import incoming, quick

CHAT = {"id": 77, "type": "private", "first_name": "A"}
PERSON = {"id": 77, "is_bot": False, "first_name": "A"}
TEXT = {"message_id": 5, "date": 1_760_000_000, "chat": CHAT, "from": PERSON, "text": "hej"}
QUERY = {"id": "9", "from": PERSON, "message": {**TEXT, "text": "spørgsmål"}, "chat_instance": "1", "data": "a:b"}


def both(update: dict[str, Any]) -> tuple[incoming.Heard | None, incoming.Heard | None]:
    """The quick reading (None: it declines) and aiogram's."""
    raw = json.dumps(update).encode()
    read = quick.read(raw)
    return (incoming._from_quick(read) if read else None), incoming.heard(incoming.Update.model_validate_json(raw))


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1), chat=st.integers(1, 2**52))
def test_a_private_text_reads_the_same_both_ways(text: str, chat: int) -> None:
    message = {**TEXT, "text": text, "chat": {**CHAT, "id": chat}, "from": {**PERSON, "id": chat}}
    fast, whole = both({"update_id": 1, "message": message})
    assert fast == whole


@given(data=st.text(alphabet="abc:_019", max_size=64), chat=st.integers(1, 2**52))
def test_a_press_reads_the_same_both_ways(data: str, chat: int) -> None:
    under = {**TEXT, "chat": {**CHAT, "id": chat}}
    query = {**QUERY, "message": under, "from": {**PERSON, "id": chat}, "data": data}
    fast, whole = both({"update_id": 1, "callback_query": query})
    assert fast == whole


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": {**TEXT, "chat": {"id": -5, "type": "group", "title": "x"}}},
        {"update_id": 1, "message": {key: value for key, value in TEXT.items() if key != "text"}},
        {"update_id": 1, "edited_message": TEXT},
        {"update_id": 1, "callback_query": {**QUERY, "from": {**PERSON, "id": 78}}},
        {"update_id": 1, "callback_query": {**QUERY, "message": {**TEXT, "date": 0}}},
        {"update_id": 1, "callback_query": {key: value for key, value in QUERY.items() if key != "data"}},
    ],
)
def test_anything_unusual_is_left_to_aiogram(update: dict[str, Any]) -> None:
    assert quick.read(json.dumps(update).encode()) is None


def test_a_press_quoted_in_a_text_is_still_a_text() -> None:
    fast, whole = both({"update_id": 1, "message": {**TEXT, "text": 'han skrev "callback_query"'}})
    assert fast in (None, whole)
