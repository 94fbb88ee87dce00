"""Every route of the web described as an OpenAPI schema, and asked by schemathesis: whatever it makes up, no 5xx.

`routes` sends what an attacker knows to send; here a library that knows nothing of us draws from a description: real
and made-up names in the path, any text or none in every field, in turn signed in as everybody and as nobody.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from starlette.routing import Route

from tests.attacks.routes import FIELDS, FRESH_AFTER, LEAVING, PEOPLE, Attackers, flaws

FORM: Final = "application/x-www-form-urlencoded"
PATH_NAME = re.compile(r"\{(\w+)(?::\w+)?\}")
EACH_TIME = 3  # how many requests one operation gets before the next operation's turn


@dataclass
class Asked:
    """How many requests were made, at which operations, and which answers must never have come."""

    tried: int = 0
    answers: Counter[int] = field(default_factory=Counter[int])
    operations: set[str] = field(default_factory=set[str])
    wrong: list[str] = field(default_factory=list[str])


def described(crowd: Attackers, csrf: str) -> dict[str, Any]:
    """The route table as an OpenAPI document; `csrf` is the token that the forms of this person hold."""
    known = [one for case in crowd.cases for one in (case.id, case.code)] + crowd.drafts + ["docx", "txt", "psykolog"]
    name = {"anyOf": [{"enum": sorted(set(known))}, {"type": "string", "minLength": 1, "maxLength": 80}]}
    words = {one: {"type": "string", "maxLength": 300} for one in FIELDS if one != "csrf"}
    form = {"type": "object", "properties": {**words, "csrf": {"enum": [csrf]}}, "additionalProperties": False}
    paths: dict[str, dict[str, Any]] = {}
    for route in crowd.routes:
        path = PATH_NAME.sub(r"{\1}", route.path)
        for method in sorted((route.methods or set()) & {"GET", "POST"}):
            paths.setdefault(path, {})[method.lower()] = _operation(route, method, name, form)
    return {"openapi": "3.1.0", "info": {"title": "Trivselsbot", "version": "1"}, "paths": paths}


def _operation(route: Route, method: str, name: Mapping[str, Any], form: Mapping[str, Any]) -> dict[str, Any]:
    there = [{"name": one, "in": "path", "required": True, "schema": name} for one in PATH_NAME.findall(route.path)]
    asked = [{"name": one, "in": "query", "schema": {"type": "string", "maxLength": 80}} for one in ("til", "q")]
    body = {"requestBody": {"content": {FORM: {"schema": form}}}} if method == "POST" else {}
    return {"parameters": [*there, *asked], "responses": {"default": {"description": "any"}}, **body}


def ask(seeded: int, count: int, *, path: str = "") -> Asked:
    """About that many requests, the routes in turn; the report names route, person and status, never what was answered.

    `path`: these operations alone, as a route of the table has it.
    """
    asked = Asked()
    turns = _turns(random.Random(seeded))
    while asked.tried < count:
        for operation, who, headers, secrets in next(turns):
            if asked.tried < count and path in ("", operation.path):
                _some(operation, who, headers, secrets, asked, seeded + asked.tried)
    return asked


def _turns(dice: random.Random) -> Iterator[list[tuple[Any, str, dict[str, str], list[str]]]]:
    """All operations, shuffled, as one person after another, in a house that is made anew before it grows slow."""
    crowd, made = Attackers(), 0
    asyncio.run(crowd.sign_in())
    while True:
        for who in (*PEOPLE[1:], ""):
            if made > FRESH_AFTER:
                crowd, made = Attackers(), 0
                asyncio.run(crowd.sign_in())
            schema: Any = schemathesis.openapi.from_dict(described(crowd, crowd.csrf.get(who, "none")))
            schema.app = crowd.app
            cookies = "; ".join(f"{one.name}={one.value}" for one in crowd.browsers[who].cookies.jar)
            headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:8000"}
            secrets = crowd.secrets_for(who)
            operations = [one.ok() for one in schema.get_all_operations()]
            operations = [one for one in operations if not who or one.path not in LEAVING]
            dice.shuffle(operations)
            made += EACH_TIME * len(operations)
            yield [(one, who, headers | ({"Cookie": cookies} if cookies else {}), secrets) for one in operations]


def _some(operation: Any, who: str, headers: Mapping[str, str], secrets: list[str], asked: Asked, seeded: int) -> None:
    """A few requests at one operation, drawn from its description."""

    def one(case: Any) -> None:
        answer = case.call(base_url="http://localhost:8000", headers=dict(headers))
        seen = httpx.Response(
            answer.status_code, headers={k: v[0] for k, v in answer.headers.items()}, text=answer.text
        )
        what = f"{operation.method.upper()} {operation.path}"
        asked.tried += 1
        asked.answers[answer.status_code // 100 * 100] += 1
        asked.operations.add(what)
        asked.wrong += [f"{what} as {who or 'nobody'}: {answer.status_code}: {why}" for why in flaws(seen, secrets)]

    draws = settings(
        max_examples=EACH_TIME, deadline=None, suppress_health_check=list(HealthCheck), database=None,
        phases=[Phase.generate],
    )  # fmt: skip
    draws(seed(seeded)(given(case=operation.as_strategy())(one)))()
