"""The form in aiogram as its documentation recommends: FSM in memory, webhook by SimpleRequestHandler.

`python -m bench.peers.aiogram_form` serves on asyncio's own loop, as `pip install aiogram` gives it;
`… aiogram_form uvloop` on the loop that its `fast` extra brings.
"""

from __future__ import annotations

import sys

import uvloop
from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from bench.peers.questions import (
    CONFIRM,
    CONFIRM_DATA,
    QUESTIONS,
    THANKS,
    Settings,
    heading,
    keyboard_rows,
    summary,
)

STATES = [State(f"q{number}", group_name="Form") for number in range(len(QUESTIONS))]
CONFIRMING = State("confirm", group_name="Form")
NUMBER_OF = {state.state: number for number, state in enumerate(STATES)}
router = Router()
sent: list[dict[str, str]] = []


def of_kind(kind: str) -> list[State]:
    """The states whose question is of this kind."""
    return [state for state, question in zip(STATES, QUESTIONS, strict=True) if question.kind == kind]


def keyboard(number: int, chosen: frozenset[int] = frozenset()) -> InlineKeyboardMarkup | None:
    """The question's buttons."""
    rows = [
        [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
        for row in keyboard_rows(number, chosen)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


async def ask(message: Message, state: FSMContext, number: int) -> None:
    """Ask the question, or show the summary after the last one."""
    if number == len(QUESTIONS):
        await state.set_state(CONFIRMING)
        data = await state.get_data()
        button = InlineKeyboardButton(text=CONFIRM, callback_data=CONFIRM_DATA)
        await message.answer(summary(data), reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))
        return
    await state.set_state(STATES[number])
    await message.answer(heading(number), reply_markup=keyboard(number))


async def current(state: FSMContext) -> int:
    """The number of the open question."""
    return NUMBER_OF[await state.get_state()]


@router.message(CommandStart())
async def on_start(message: Message, state: FSMContext) -> None:
    """Begin anew."""
    await state.clear()
    await ask(message, state, 0)


@router.message(StateFilter(*of_kind("text")), F.text)
async def on_text(message: Message, state: FSMContext) -> None:
    """Keep a text and go on."""
    number = await current(state)
    await state.update_data({str(number): message.text})
    await ask(message, state, number + 1)


@router.callback_query(StateFilter(*of_kind("one")))
async def on_choice(query: CallbackQuery, state: FSMContext) -> None:
    """Keep a choice and go on."""
    await query.answer()
    number = await current(state)
    asked, _, place = (query.data or "").partition(":")
    if asked != str(number) or not isinstance(query.message, Message):
        return
    await state.update_data({str(number): QUESTIONS[number].options[int(place)]})
    await ask(query.message, state, number + 1)


@router.callback_query(StateFilter(*of_kind("many")))
async def on_toggle(query: CallbackQuery, state: FSMContext) -> None:
    """Turn one option on or off, or go on."""
    await query.answer()
    number = await current(state)
    asked, _, place = (query.data or "").partition(":")
    if asked != str(number) or not isinstance(query.message, Message):
        return
    data = await state.get_data()
    chosen = frozenset(data.get("chosen", ()))
    if place == "done":
        labels = ", ".join(QUESTIONS[number].options[index] for index in sorted(chosen))
        await state.update_data({str(number): labels, "chosen": ()})
        await ask(query.message, state, number + 1)
        return
    chosen ^= {int(place)}
    await state.update_data({"chosen": tuple(chosen)})
    await query.message.edit_reply_markup(reply_markup=keyboard(number, chosen))


@router.callback_query(CONFIRMING, F.data == CONFIRM_DATA)
async def on_confirm(query: CallbackQuery, state: FSMContext) -> None:
    """Send the form."""
    await query.answer()
    sent.append(await state.get_data())
    await state.clear()
    if isinstance(query.message, Message):
        await query.message.answer(THANKS)


def main() -> None:
    """Serve the webhook until stopped."""
    settings = Settings.read()
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.api_url))
    bot = Bot(settings.token, session=session)
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)

    async def on_startup() -> None:
        await bot.set_webhook(settings.webhook_url, secret_token=settings.secret)

    dispatcher.startup.register(on_startup)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=settings.secret).register(app, path=settings.path)
    setup_application(app, dispatcher, bot=bot)
    loop = uvloop.new_event_loop() if "uvloop" in sys.argv[1:] else None
    web.run_app(app, host="127.0.0.1", port=settings.port, print=None, access_log=None, loop=loop)


if __name__ == "__main__":
    main()
