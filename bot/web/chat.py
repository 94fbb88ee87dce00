"""The conversation: one page that shows it, one address that everything the person does is posted to."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.app.turns.incoming import Command, Filled, Incoming, Pressed, Said
from bot.web import cards, kept
from bot.web.kept import Written
from bot.web.ports.chat import ChatPage
from bot.web.site import Form, Visit, deed_key, page, posted_at_once, render, signed_in, site_of, visit_of
from dialogs.acts import decode

WARN_MINUTES = 2  # this long before a session ends, the page says so


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """The whole conversation, newest last. A link to a draft only offers to go on with it: looking changes nothing."""
    chat = await visit.site.ports.chat.chat_page(visit.actor)
    asked = request.query_params
    resume, case_id = _resume(asked.get("kladde", "")), _case(asked.get("fra", ""))
    return await page(visit, "chat.html.j2", resume=resume, case_id=case_id, **_values(visit, chat, kept.NOTHING))


async def urgent(visit: Visit, form: Form) -> bool:
    """Whether this form is a cry for help, tells of danger, or belongs to a red worry."""
    incoming = incoming_of(form)
    return incoming is not None and await visit.site.ports.chat.urgent(visit.actor, incoming)


@posted_at_once(urgent)
async def act(request: Request, visit: Visit, form: Form) -> Response:
    """Do what the form says once, then show what came of it: the tail for htmx, a redirect for everybody else."""
    incoming = incoming_of(form)
    if incoming is None:
        raise HTTPException(400)
    chat = visit.site.ports.chat
    reply = await chat.handle(visit.actor, incoming, deed_key(visit, form))
    written = kept.written(form) if kept.not_taken(reply) else kept.NOTHING
    if not _by_htmx(request):
        if written == kept.NOTHING:
            return RedirectResponse("/chat#nu", 303)
        # Words that were not taken are stored nowhere, so a redirect would lose them: this page is their only copy.
        now = await chat.chat_page(visit.actor)
        return await page(visit, "chat.html.j2", 422, resume="", case_id="", **_values(visit, now, written))
    now = await chat.chat_page(visit.actor)
    added = cards.added_since(now.history, form.one("shown"))
    values = {**_values(visit, now, written), "added": now.history if added is None else added, "toast": reply.toast}
    response = await page(visit, "_turn.html.j2", **values)
    if added is None:  # an earlier answer changed: draw the whole log anew
        response.headers["HX-Retarget"] = "#turns"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


async def news(request: Request) -> Response:
    """How many notices are unread, and whether the session is about to end; asking is no activity."""
    visit = await visit_of(request, touch=False)
    if visit is None:
        return render(site_of(request), "_news.html.j2", ended=True, warn=False)
    left = visit.signed.minutes_left
    return await page(visit, "_news.html.j2", ended=False, warn=left <= WARN_MINUTES, minutes=left)


def incoming_of(form: Form) -> Incoming | None:
    """What a form of the chat means, or None when it is no form of ours."""
    if act_code := form.one("form"):
        return Filled(act_code, form.all("pick"), form.one("text"), form.one("note"))
    if pressed := form.one("act"):
        return Pressed(pressed)
    if command := form.one("command"):
        return Command(command, form.one("arg"))
    if "say" in form.fields:
        return Said(form.one("say"), beside=True)
    return None


def _resume(draft_id: str) -> str:
    """The press that goes on with a draft, or "" for what can't be one."""
    code = f"go:resume:{draft_id}"
    return code if draft_id and decode(code) else ""


def _case(case_id: str) -> str:
    """The case that the person just wrote to, or "" for what can't be one."""
    return case_id if decode(f"go:case:{case_id}") else ""


def _values(visit: Visit, chat: ChatPage, written: Written) -> dict[str, Any]:
    asking = cards.asking(chat.reply)
    at_home = kept.at_home(asking, written)
    return {
        "here": "chat",
        "chat": chat,
        "asking": kept.put_back(asking, written) if at_home else asking,
        "at_home": at_home,
        "left": "" if at_home else written.words,
        "said": written.said,
        "shown": cards.mark_of(chat.history),
        "quick": cards.QUICK,
        "new": cards.NEW,
        "words": visit.site.ports.words,
        "buttons_of": cards.buttons_of,
        "one_press": cards.one_press,
        "toast": "",
    }


def _by_htmx(request: Request) -> bool:
    return request.headers.get("hx-request") == "true"


routes = [
    Route("/chat", show, methods=["GET"]),
    Route("/chat", act, methods=["POST"]),
    Route("/nyt", news, methods=["GET"]),
]
