"""The form in python-telegram-bot: ConversationHandler, and the custom webhook of its documentation."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Coroutine
from typing import Any

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

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

Context = ContextTypes.DEFAULT_TYPE
Step = Callable[[Update, Context], Coroutine[Any, Any, int]]
CONFIRMING = len(QUESTIONS)
sent: list[dict[str, str]] = []


def keyboard(number: int, chosen: frozenset[int] = frozenset()) -> InlineKeyboardMarkup | None:
    """The question's buttons."""
    rows = [
        [InlineKeyboardButton(label, callback_data=data) for label, data in row]
        for row in keyboard_rows(number, chosen)
    ]
    return InlineKeyboardMarkup(rows) if rows else None


async def ask(message: Message, answers: dict[str, str], number: int) -> int:
    """Ask the question, or show the summary after the last one; returns the new state."""
    if number == CONFIRMING:
        button = InlineKeyboardButton(CONFIRM, callback_data=CONFIRM_DATA)
        await message.reply_text(summary(answers), reply_markup=InlineKeyboardMarkup([[button]]))
    else:
        await message.reply_text(heading(number), reply_markup=keyboard(number))
    return number


def answers_of(context: Context) -> dict[str, Any]:
    """The person's data."""
    if context.user_data is None:
        raise RuntimeError("updates of people carry user data")
    return context.user_data


async def on_start(update: Update, context: Context) -> int:
    """Begin anew."""
    answers_of(context).clear()
    assert update.message is not None
    return await ask(update.message, {}, 0)


def on_text(number: int) -> Step:
    """Keep a text and go on."""

    async def step(update: Update, context: Context) -> int:
        assert update.message is not None
        answers = answers_of(context)
        answers[str(number)] = update.message.text
        return await ask(update.message, answers, number + 1)

    return step


def on_choice(number: int) -> Step:
    """Keep a choice and go on."""

    async def step(update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        await query.answer()
        answers = answers_of(context)
        place = (query.data or "").partition(":")[2]
        answers[str(number)] = QUESTIONS[number].options[int(place)]
        assert isinstance(query.message, Message)
        return await ask(query.message, answers, number + 1)

    return step


def on_toggle(number: int) -> Step:
    """Turn one option on or off, or go on."""

    async def step(update: Update, context: Context) -> int:
        query = update.callback_query
        assert query is not None
        await query.answer()
        answers = answers_of(context)
        chosen = frozenset(answers.get("chosen", ()))
        place = (query.data or "").partition(":")[2]
        assert isinstance(query.message, Message)
        if place == "done":
            answers[str(number)] = ", ".join(QUESTIONS[number].options[index] for index in sorted(chosen))
            answers["chosen"] = ()
            return await ask(query.message, answers, number + 1)
        chosen ^= {int(place)}
        answers["chosen"] = tuple(chosen)
        await query.edit_message_reply_markup(keyboard(number, chosen))
        return number

    return step


async def on_confirm(update: Update, context: Context) -> int:
    """Send the form."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    sent.append(dict(answers_of(context)))
    answers_of(context).clear()
    assert isinstance(query.message, Message)
    await query.message.reply_text(THANKS)
    return ConversationHandler.END


def conversation() -> ConversationHandler[Context]:
    """One state per question; a press must belong to the question that is open."""
    states: dict[object, list[Any]] = {CONFIRMING: [CallbackQueryHandler(on_confirm, pattern=CONFIRM_DATA)]}
    for number, question in enumerate(QUESTIONS):
        match question.kind:
            case "text":
                states[number] = [MessageHandler(filters.TEXT & ~filters.COMMAND, on_text(number))]
            case "one":
                states[number] = [CallbackQueryHandler(on_choice(number), pattern=f"^{number}:")]
            case "many":
                states[number] = [CallbackQueryHandler(on_toggle(number), pattern=f"^{number}:")]
    start: CommandHandler[Context, object] = CommandHandler("start", on_start)
    return ConversationHandler(entry_points=[start], states=states, fallbacks=[start], allow_reentry=True)


async def main() -> None:
    """Serve the webhook until stopped."""
    settings = Settings.read()
    application = Application.builder().token(settings.token).base_url(settings.api_url + "/bot").updater(None).build()
    application.add_handler(conversation())

    async def telegram(request: Request) -> Response:
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not secrets.compare_digest(given, settings.secret):
            return Response(status_code=403)
        await application.update_queue.put(Update.de_json(data=await request.json(), bot=application.bot))
        return Response()

    app = Starlette(routes=[Route(settings.path, telegram, methods=["POST"])])
    config = uvicorn.Config(app, host="127.0.0.1", port=settings.port, log_level="error", access_log=False)
    async with application:
        await application.bot.set_webhook(settings.webhook_url, secret_token=settings.secret)
        await application.start()
        await uvicorn.Server(config).serve()
        await application.stop()


if __name__ == "__main__":
    uvloop.run(main())
