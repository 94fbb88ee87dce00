"""T08: any text at all through every renderer: nothing crashes, nothing is left unescaped, everything fits."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser
from typing import Any, Final

from hypothesis import strategies as st

from bot.app.addresses import is_public
from bot.telegram_gateway.outgoing import MAX_UNITS, messages, units
from bot.web.site import build_site
from dialogs.guards import clean, contract
from dialogs.replies import Button, Card, Choice, Entry, Reply, Row, dump, load
from tests.attacks import papers
from tests.core.guards_kit import danish_guards
from tests.web.preview import scripted

HOSTILE: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% raw %}",
    "&lt;b&gt;&amp;",
    "\x00\ud800\udfff",
    "\u202egnal\u2066",
    "a\u0301\u0302" * 40,
    "👩‍👩‍👧‍👦" * 30,
    "*_`[x](javascript:alert(1))~|",
    "<b>b</b><a href='javascript:x'>",
    "\r\n\r\nX: 1",
    "=cmd|' /C calc'!A0",
    "\U000e0041\U000e0042",
    "${7*7}#{7*7}%s%n",
    "]]>--><!--",
    "' OR 1=1 --",
    "\u2028\u2029\ufeff",
)
texts = st.one_of(
    st.text(max_size=300),
    st.text(st.characters(), max_size=60),
    st.sampled_from(HOSTILE),
    st.tuples(st.text(max_size=40), st.sampled_from(HOSTILE), st.text(max_size=40)).map("".join),
    st.text(max_size=30).map(lambda text: text * 200),
)


class _Tags(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[tuple[str, tuple[str, ...]]] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]
        self.seen.append((tag, tuple(sorted(name for name, _ in attrs))))


def _read(html: str) -> _Tags:
    reader = _Tags()
    reader.feed(html)
    return reader


def reply_of(text: str) -> Reply:
    """One text in every place that a card has for words."""
    entry = Entry(
        "choices",
        "f:abc:1:q05_set",
        text[:80],
        (Choice("a", text[:60] or "a", "a:abc:1:q:a"),),
        note=text[:60],
        value=text,
    )
    card = Card("question", text, title=text[:60], entry=entry, detail_title=text[:40], detail=text)
    rows = Card("summary", text, rows=(Row(text[:50] or "a", text),), buttons=((Button(text[:30] or "a", "go:menu"),),))
    return Reply((card, rows))


@cache
def _site() -> Any:
    return build_site(scripted())


@cache
def _bubble() -> Any:
    """The template of one card, compiled once: compiling took longer than all the renderers."""
    return _site().templates.from_string("{% from '_card.html.j2' import bubble with context %}{{ bubble(card) }}")


@cache
def _printed_of_nothing() -> str:
    return _printed("")


def _printed(words: str) -> str:
    findings = danish_guards().scan(words)
    return f"{findings!r}{json.dumps(contract(findings))}"


def on_telegram(text: str) -> None:
    """Every message fits, its bold parts lie within it, and nothing is markup: no parse mode is ever set."""
    for message in messages(reply_of(text)):
        body = message.body(1)
        assert units(body["text"]) <= MAX_UNITS
        assert "parse_mode" not in body
        assert all(at + size <= units(body["text"]) for at, size in message.bold)
        assert all(len(act.encode()) <= 64 for row in message.keyboard for _, act in row)


def on_the_web(text: str) -> None:
    """The page with this text has the same elements as the page with a harmless one."""
    card = Card("say", text or "a", title=text[:60] or "a", detail_title="mere", detail=text or "a")
    from bot.web import cards

    html = _bubble().render(card=card, buttons_of=cards.buttons_of)
    allowed = {
        "div",
        "span",
        "p",
        "h2",
        "ul",
        "ol",
        "li",
        "details",
        "summary",
        "a",
        "strong",
        "br",
        "svg",
        "use",
        "dl",
        "dt",
        "dd",
        "progress",
    }
    page = _read(html)
    for tag, names in page.seen:
        assert tag in allowed, tag
        assert not [name for name in names if name.startswith("on") or name == "style"], names
    assert all(where.startswith(("tel:", "/", "#")) for where in page.links)


def in_a_notice(text: str) -> None:
    """A notice has no place for words: the shapes of its values let none through."""
    from dialogs.notice_texts import NoticeError
    from tests.core.form_kit import danish

    def refused(code: str) -> str:
        try:
            danish().notices.render("draft_waiting", {"code": code, "days": 3}, draft_id="abc")
        except NoticeError as error:
            return str(error)
        return ""

    try:
        notice = danish().notices.render("draft_waiting", {"code": text, "days": 3}, draft_id="abc")
    except NoticeError as error:
        assert str(error) == refused("?"), "whatever was refused, the same is said of it"
    else:
        assert re.fullmatch(r"[A-Z0-9]{4}-[A-Za-zÆØÅæøå]{2,24}", text)
        assert "<" not in notice.text


def in_the_log(text: str) -> None:
    """What is printed about a finding, a wish and a card's place tells no word of the text."""
    told, ours = _printed(clean(text)), _printed_of_nothing()  # the names of the fields are words too
    assert not [word for word in re.findall(r"\w{9,}", text) if word in told and word not in ours]
    assert is_public(f"https://{text}") in (True, False)


def in_the_store(text: str) -> None:
    """What is stored is the cleaned text, and it comes back as it went in; a reply too."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    cleaned.encode("utf-8")
    reply = reply_of(cleaned)
    assert load(json.loads(json.dumps(dump(reply)))) == reply


RENDERERS = {
    "telegram": on_telegram,
    "web": on_the_web,
    "notice": in_a_notice,
    "log": in_the_log,
    "store": in_the_store,
    "paper": papers.on_paper,
    "calendar": papers.in_a_calendar,
}


def every(text: str) -> None:
    """One text through all of them, cleaned first as every text of a person's is. Files hold many: see `piles`."""
    for name, render in RENDERERS.items():
        render(text if name in ("store", "notice", "log") else clean(text))
