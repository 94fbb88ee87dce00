"""The secure page: what Telegram may not carry is written here, at exactly the open question, and the chat goes on.

Two ways in. A one-time link (`/l/…`): looking at it does nothing, pressing the button uses it up. And the Mini App
(`/m`): Telegram's proof comes in the address behind the #, which no server sees, and our own script posts it. Either
proves one thing; the page itself asks for the second, and leads back here.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.web import cards, chat, kept
from bot.web.kept import Written
from bot.web.place import place_of
from bot.web.ports.entry import Secure, Way
from bot.web.site import (
    Form,
    Site,
    Visit,
    deed_key,
    form_of,
    must_be_ours,
    page,
    posted_at_once,
    render,
    signed_in,
    site_of,
    visit_of,
    with_cookie,
)
from dialogs.replies import Reply

MAX_REF = 64


def _door(site: Site) -> Secure:
    if site.ports.secure is None:
        raise HTTPException(404)
    return site.ports.secure


async def link(request: Request) -> Response:
    """A neutral page with one button: programs that look at links must not use them up, and learn nothing."""
    return render(site_of(request), "link.html.j2", ref=request.path_params["ref"][:MAX_REF], refused=False)


async def use_link(request: Request) -> Response:
    """Use the link up: the session is its person's, and the page is what it was made for."""
    must_be_ours(request)
    site, form = site_of(request), await form_of(request)
    way = await _door(site).by_link(form.one("ref"), place_of(request))
    if way is None:
        return render(site, "link.html.j2", 403, ref="", refused=True)
    return await _in(request, site, way)


async def _in(request: Request, site: Site, way: Way) -> Response:
    """To the page, signed in. A browser where the same person has proved more keeps that; anybody else's ends."""
    response, doors = RedirectResponse(_leads_to(way), 303), site.ports.doors
    before = await visit_of(request)
    if before is not None and before.person.id == way.person_id and before.signed.opens_cases:
        await doors.end(way.token)
        return response
    if before is not None:
        await doors.end(before.token)
    return with_cookie(response, site, way.token)


def _leads_to(way: Way) -> str:
    ways = {
        "draft": "/skriv",
        "case": f"/sag/{way.id}",
        "plan": f"/sag/{way.id}/plan",
        "meeting": f"/moede/{way.id}",
        "meeting_substitute": f"/moede/{way.id}?svar=anden#svar",
        "meeting_no": f"/moede/{way.id}?svar=nej#svar",
    }
    return ways.get(way.kind, "/chat")


async def mini(request: Request) -> Response:
    """The Mini App's first page: nothing but our script, which posts Telegram's proof."""
    return render(
        site_of(request), "mini.html.j2", to=request.query_params.get("til", "")[:MAX_REF], refused=False, out=""
    )


async def use_mini(request: Request) -> Response:
    """Let in whom Telegram vouches for. A frame on Telegram's site sends no cookie of ours: there a link leads out."""
    must_be_ours(request)
    site, form = site_of(request), await form_of(request)
    proof, to = form.one("proof"), form.one("til")[:MAX_REF]
    if form.one("framed"):
        ref = await _door(site).link_by_app(proof, to)
        out = f"/l/{ref}" if ref else ""
        return render(site, "mini.html.j2", 200 if ref else 403, to="", refused=not ref, out=out)
    way = await _door(site).by_app(proof, to, place_of(request))
    if way is None:
        return render(site, "mini.html.j2", 403, to="", refused=True, out="")
    return await _in(request, site, way)


@signed_in
async def show(request: Request, visit: Visit) -> Response:
    """The open question and nothing else; looking changes nothing."""
    now = await visit.site.ports.chat.chat_page(visit.actor)
    return await _page(visit, now.reply, saved=False)


@posted_at_once(chat.urgent)
async def write(request: Request, visit: Visit, form: Form) -> Response:
    """Take the answer in, or say why not with the words still there."""
    incoming = chat.incoming_of(form)
    if incoming is None:
        raise HTTPException(400)
    reply = await _door(visit.site).write(visit.actor, incoming, deed_key(visit, form))
    if kept.not_taken(reply):
        return await _page(visit, reply, saved=False, written=kept.written(form), status=422)
    return await _page(visit, reply, saved=True)


async def _page(
    visit: Visit, reply: Reply, *, saved: bool, written: Written = kept.NOTHING, status: int = 200
) -> Response:
    asking = cards.asking(reply)
    at_home = kept.at_home(asking, written)
    values = {
        "me": None,  # no menu: this page is for one thing
        "saved": saved,
        "said": [card for card in reply.cards if card is not asking],
        "asking": kept.put_back(asking, written) if at_home else asking,
        "at_home": at_home,
        "left": "" if at_home else written.words,
        "buttons_of": cards.buttons_of,
        "one_press": cards.one_press,
    }
    return await page(visit, "write.html.j2", status, **values)


routes = [
    Route("/l/{ref}", link, methods=["GET"]),
    Route("/l", use_link, methods=["POST"]),
    Route("/skriv", show, methods=["GET"]),
    Route("/skriv", write, methods=["POST"]),
    Route("/m", mini, methods=["GET"]),
    Route("/m", use_mini, methods=["POST"]),
]
