"""A form that was stopped at the door: it travels through the sign-in in hidden fields, and is stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request

HOME = "/chat"
MARK = "holdt:"  # in front of the name of each field that is carried along
OURS = ("csrf", "shown")  # of the page that was left; the next page has its own
LONGEST_PATH = 300
Fields = Mapping[str, tuple[str, ...]]


def inside(path: str) -> str:
    """The path when it leads to a page of ours, else the chat: a link must not send anybody elsewhere after sign-in."""
    ours = path.startswith("/") and not path.startswith(("//", "/log-ind")) and path.isprintable() and "\\" not in path
    return path if ours and len(path) <= LONGEST_PATH else HOME


def to(page: str, til: str, told: str = "") -> str:
    """The address of a page of ours that leads on to `til` afterwards."""
    return f"{page}?{urlencode({**({'sket': told} if told else {}), 'til': til})}"


def way_back(request: Request) -> str:
    """The query that says where the person was going."""
    query = f"?{request.url.query}" if request.url.query else ""
    return urlencode({"til": inside(request.url.path + query)})


def hold(path: str, fields: Fields) -> list[tuple[str, str]]:
    """The hidden fields that carry a stopped form, and where it was going."""
    carried = [(MARK + name, value) for name, values in fields.items() if name not in OURS for value in values]
    return [("til", inside(path)), *carried]


def held(fields: Fields) -> list[tuple[str, str]]:
    """What a sign-in form carries along, to be carried further when the sign-in did not succeed."""
    return [
        ("til", inside(one(fields, "til"))),
        *((n, v) for n, vs in fields.items() if n.startswith(MARK) for v in vs),
    ]


def released(fields: Fields) -> list[tuple[str, str]]:
    """The stopped form's own fields."""
    return [(name.removeprefix(MARK), value) for name, value in held(fields)[1:]]


def one(fields: Fields, name: str) -> str:
    """The first value of a field; "" without any."""
    return fields.get(name, ("",))[0]
