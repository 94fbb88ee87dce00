"""What every page shares: the ports, the templates, the visitor, and how an answer is rendered."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, cast

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.identity.own import Own
from bot.web import kept_forms, wording
from bot.web.limits import Limits
from bot.web.place import address_of
from bot.web.ports import Ports
from bot.web.ports.entry import SignedIn
from bot.web.security import csrf_holds, csrf_token, fresh_nonce, from_our_page, receipt_key
from dialogs.access import Actor
from dialogs.cases.team import TEAM_ROLES
from dialogs.cases.words import day_said, moment_said
from dialogs.channels import WEB
from dialogs.people import Person
from dialogs.records import StorageBusy

HERE = Path(__file__).parent
STATIC = HERE / "static"
NOBODY = {
    "me": None,
    "shared": False,
    "in_team": False,
    "watches": False,
    "leads": False,
    "administers": False,
    "unread": 0,
    "here": "",
}
_COOKIE = "trivselsbot"
WRITTEN = ("text", "say", "note", "words", "reason")  # the fields that hold a person's own sentences
UNCALLED = "kollega"
OWN_ACCESS = ("/min-adgang", "/log-ind", "/ud")
MAX_FIELDS = 200  # the longest form of ours has 30; more is no form of ours

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Site:
    """The parts that pages are made of."""

    ports: Ports
    templates: Environment
    limits: Limits


@dataclass(frozen=True)
class Visit:
    """One signed-in request."""

    site: Site
    signed: SignedIn
    token: str

    @property
    def person(self) -> Person:
        return self.signed.person

    @property
    def actor(self) -> Actor:
        """The person of this visit, on a channel that may show and take everything but class 3."""
        return Actor(self.person.id, "web", WEB, self.signed.assurance, session=self.signed.session)

    @property
    def csrf(self) -> str:
        return csrf_token(self.site.ports.settings.secret, self.token)

    @property
    def called(self) -> str:
        """The person's name; what they are, for somebody who came by an invitation and has none."""
        roles = self.site.ports.settings.roles
        mine = (roles[m.role] for m in self.person.memberships if m.role in roles)
        return self.person.name or wording.upper_first(next(mine, UNCALLED))

    @property
    def leads(self) -> bool:
        """Whether this person leads a school, as leader or deputy."""
        return any(membership.role == "leader" for membership in self.person.memberships)

    @property
    def watches(self) -> bool:
        """Whether this person watches over privacy."""
        return any(membership.role == "dpo" for membership in self.person.memberships)

    @property
    def administers(self) -> bool:
        """Whether this person keeps people and schools."""
        return any(membership.role == "admin" for membership in self.person.memberships)

    @property
    def in_team(self) -> bool:
        """Whether worries can come to this person; which ones is for the use cases to say."""
        return any(membership.role in TEAM_ROLES for membership in self.person.memberships)


@dataclass(frozen=True)
class Form:
    """The fields of one of our forms."""

    fields: Mapping[str, tuple[str, ...]]

    def one(self, name: str, default: str = "") -> str:
        return self.fields.get(name, (default,))[0]

    def all(self, name: str) -> tuple[str, ...]:
        return self.fields.get(name, ())


class _Compiled(BytecodeCache):
    """The code of templates that this process has compiled. Every site has filters of its own, over the same code."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def build_site(ports: Ports) -> Site:
    """The templates, strict about missing values and with everything escaped."""
    env = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    env.filters.update(prose=wording.prose, callable_prose=wording.callable_prose, clean=wording.clean)
    env.filters.update(upper_first=wording.upper_first, callable_line=wording.callable_line)
    zone = ports.settings.zone
    env.filters.update(
        day=lambda day: day_said(day, ports.clock.now().astimezone(zone).date()),
        moment=lambda at: moment_said(at, ports.clock.now(), zone),
        clock=lambda at: f"{(local := at.astimezone(zone)).hour}.{local.minute:02}",
        iso_day=lambda at: at.astimezone(zone).date().isoformat(),
        iso_time=lambda at: f"{at.astimezone(zone):%H:%M}",
    )
    env.globals.update(static=_static_path, settings=ports.settings)
    return Site(ports, env, Limits())


def _static_path(name: str) -> str:
    """The address of a static file; it changes with the content, so that browsers may keep it for a year."""
    return f"/static/{name}?v={_digest(name, (STATIC / name).stat().st_mtime)}"


@lru_cache
def _digest(name: str, _changed: float) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def site_of(request: Request) -> Site:
    return cast(Site, request.app.state.site)


async def visit_of(request: Request, *, touch: bool = True) -> Visit | None:
    """Who is here, by the session cookie."""
    token = token_of(request)
    site = site_of(request)
    signed = await site.ports.doors.who(token, touch=touch) if token else None
    return Visit(site, signed, token) if signed else None


def over(request: Request) -> bool:
    """Count this request; True when its session or its address has had its share (bot/web/limits.py)."""
    site, token = site_of(request), token_of(request)
    session = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:32] if token else ""
    return not site.limits.take(site.ports.clock.now(), session, address_of(request, site.ports.settings))


Shown = Callable[[Request, Visit], Awaitable[Response]]
Urgent = Callable[["Visit", "Form"], Awaitable[bool]]
Deed = Callable[[Request, Visit, Form], Awaitable[Response]]


def signed_in(page: Shown) -> Endpoint:
    """A page that may show what is written about a child: it takes two things that prove who is looking."""
    return _page(page, sure=True)


def known(page: Shown) -> Endpoint:
    """A page without a word about a child, for everybody who is signed in at all."""
    return _page(page, sure=False)


def _page(page: Shown, *, sure: bool) -> Endpoint:
    @wraps(page)
    async def endpoint(request: Request) -> Response:
        if over(request):
            raise HTTPException(429, headers={"Retry-After": "30"})
        visit = await visit_of(request)
        if visit is None:
            demo = site_of(request).ports.settings.demo
            return RedirectResponse("/?ud=1" if demo else f"/log-ind?ud=1&{kept_forms.way_back(request)}", 303)
        if (sure and not visit.signed.opens_cases) or _waits(request, visit):
            return RedirectResponse(f"/log-ind/trin?{kept_forms.way_back(request)}", 303)
        return await page(request, visit)

    return endpoint


def _waits(request: Request, visit: Visit) -> bool:
    """Whether this is closed until somebody else has said who it is: everything but setting one's own way in up."""
    return visit.signed.waits and not request.url.path.startswith(OWN_ACCESS)


def posted(deed: Deed) -> Endpoint:
    """A form that may hold words about a child, from a person's own page. Whatever stops it, the words come back."""
    return _deed(deed, sure=True)


def posted_by_known(deed: Deed) -> Endpoint:
    """A form without a word about a child, from everybody who is signed in at all."""
    return _deed(deed, sure=False)


def posted_at_once(urgent: Urgent) -> Callable[[Deed], Endpoint]:
    """The same for a form that may carry a red worry: what is urgent never waits for anybody's share."""
    return lambda deed: _deed(deed, sure=True, urgent=urgent)


async def _never_urgent(visit: Visit, form: Form) -> bool:
    return False


def _deed(deed: Deed, *, sure: bool, urgent: Urgent = _never_urgent) -> Endpoint:
    @wraps(deed)
    async def endpoint(request: Request) -> Response:
        must_be_ours(request, token_decides=True)
        site, form, too_many = site_of(request), await form_of(request), over(request)
        try:
            visit = await visit_of(request)
            if visit is None:
                return words_back(request, form, 401)
            if not csrf_holds(site.ports.settings.secret, visit.token, form.one("csrf")):
                return words_back(request, form, 403)
            if sure and not visit.signed.proven:
                return words_back(request, form, 401, await site.ports.ways.own.of(visit.token))
            if _waits(request, visit):
                return words_back(request, form, 403, waits=True)
            if too_many and not await urgent(visit, form):
                return words_back(request, form, 429)
            return await deed(request, visit, form)
        except StorageBusy:
            return words_back(request, form, 503)

    return endpoint


def words_back(request: Request, form: Form, status: int, own: Own | None = None, *, waits: bool = False) -> Response:
    """Say that nothing was saved, show what was written, and offer the way to send it after all.

    Signed out: sign in on this very page, and the words go along. `own` is what a person who is signed in has for
    proving more. A busy database can be tried again with one press.
    """
    site = site_of(request)
    written = [value for name in WRITTEN for value in form.all(name) if value.strip()]
    rest = [(name, value) for name, values in form.fields.items() for value in values]
    held = kept_forms.hold(request.url.path, form.fields)
    values = {
        "why": status,
        "written": written,
        "fields": rest,
        "held": held,
        "own": own,
        "waits": waits,
        "problem": "",
        "csrf": csrf_token(site.ports.settings.secret, token_of(request)),  # for a code that proves more
    }
    return render(site, "not_saved.html.j2", status, **values)


def must_be_ours(request: Request, *, token_decides: bool = False) -> None:
    """Stop a form that another site made the browser send, and one too many from somebody who is not signed in yet."""
    if not from_our_page(request.headers, request.headers.get("host", ""), token_decides=token_decides):
        raise HTTPException(403)
    if not token_decides and over(request):
        raise HTTPException(429, headers={"Retry-After": "30"})


async def form_of(request: Request) -> Form:
    """The text fields of the request's form; files are left where they are."""
    data = await request.form(max_files=0, max_fields=MAX_FIELDS)
    texts: dict[str, tuple[str, ...]] = {}
    for name, value in data.multi_items():
        if isinstance(value, str):
            texts[name] = (*texts.get(name, ()), value.replace("\r\n", "\n"))
    return Form(texts)


def cookie_name(site: Site) -> str:
    """What the session's cookie is called. Over https no other host of the domain can set or shadow it (`__Host-`)."""
    return f"__Host-{_COOKIE}" if site.ports.settings.https else _COOKIE


def token_of(request: Request) -> str:
    """The session's token as the browser brings it; "" without one."""
    return request.cookies.get(cookie_name(site_of(request)), "")


def with_cookie(response: Response, site: Site, token: str) -> Response:
    """Let the browser keep the session until it is closed."""
    # Lax, not Strict: the link in an e-mail must find a signed-in browser signed in.
    secure = site.ports.settings.https
    response.set_cookie(cookie_name(site), token, path="/", httponly=True, samesite="lax", secure=secure)
    return response


def without_cookie(response: Response, site: Site) -> Response:
    """Let the browser forget the session, and wipe what it kept of it."""
    response.delete_cookie(cookie_name(site), path="/", secure=site.ports.settings.https, httponly=True)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def deed_key(visit: Visit, form: Form, about: str = "") -> str | None:
    """The receipt key of this form: the same page, the same thing and the same fields are the same deed."""
    parts = [f"{name}={value}" for name in sorted(form.fields) for value in form.fields[name]]
    return receipt_key(visit.site.ports.settings.secret, visit.person.id, form.one("key"), about, *parts)


def render(site: Site, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for anybody. Half surrogates are shown as "?": they cannot travel as UTF-8."""
    text = site.templates.get_template(template).render({**NOBODY, **values})
    return HTMLResponse(text.encode("utf-8", "replace"), status)


async def page(visit: Visit, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page for the person who is signed in."""
    unread = await visit.site.ports.notices.unread(visit.actor)
    own = {
        "me": visit.called,
        "shared": visit.signed.shared,
        "in_team": visit.in_team,
        "watches": visit.watches,
        "leads": visit.leads,
        "administers": visit.administers,
        "csrf": visit.csrf,
        "key": fresh_nonce(),
        "unread": unread,
    }
    return render(visit.site, template, status, **{**own, **values})


def told_of(visit: Visit, area: str, what: str | None) -> str:
    """What has just happened, in words, by the code in the page's address; "" for one that is none of ours."""
    key, words = f"{area}{what}", visit.site.ports.words
    return words(key) if words.has(key) else ""
