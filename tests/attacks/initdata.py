"""Telegram's proof for a Mini App, made as Telegram makes it, and then spoilt in every way that we could think of."""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

TOKEN, OTHER_TOKEN = "1000:the-bot-of-the-tests", "2000:another-bot"
Fields = dict[str, str]


def signed(fields: Mapping[str, str], token: str = TOKEN) -> Fields:
    """The fields with their hash."""
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    lines = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    return {**fields, "hash": hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()}


def written(fields: Mapping[str, str]) -> str:
    """The fields as one query string."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())


def plain(user_id: int, at: datetime, **more: str) -> Fields:
    """What Telegram would sign for this person now."""
    user = json.dumps({"id": user_id, "first_name": "Ane", "language_code": "da"}, separators=(",", ":"))
    return {"query_id": f"AAH{user_id}", "user": user, "auth_date": str(int(at.timestamp())), **more}


def good(user_id: int, at: datetime, token: str = TOKEN, **more: str) -> str:
    """A proof that must be taken."""
    return written(signed(plain(user_id, at, **more), token))


@dataclass(frozen=True)
class Spoilt:
    """One string that must be refused, and what is wrong with it."""

    what: str
    text: str


def _old(rng: random.Random, user: int, at: datetime) -> str:
    return written(signed({**plain(user, at), "auth_date": str(int(at.timestamp()) - rng.randint(301, 10**9))}))


def _ahead(rng: random.Random, user: int, at: datetime) -> str:
    return written(signed({**plain(user, at), "auth_date": str(int(at.timestamp()) + rng.randint(31, 10**9))}))


def _other_bot(_: random.Random, user: int, at: datetime) -> str:
    return good(user, at, OTHER_TOKEN)


def _flipped(rng: random.Random, user: int, at: datetime) -> str:
    text = good(user, at)
    place = rng.randrange(len(text))
    # Another sign, not the same in the other case: "%7b" and "%7B" are one and the same text.
    other = rng.choice([chr(code) for code in range(33, 127) if chr(code).lower() != text[place].lower()])
    return text[:place] + other + text[place + 1 :]


def _twice_in_front(rng: random.Random, user: int, at: datetime) -> str:
    name = rng.choice(("user", "auth_date", "hash", "query_id"))
    return f"{name}={quote(plain(user + 1, at).get(name, 'a' * 64), safe='')}&{good(user, at)}"


def _twice_behind(rng: random.Random, user: int, at: datetime) -> str:
    name = rng.choice(("user", "auth_date", "hash", "query_id"))
    return f"{good(user, at)}&{name}={quote(plain(user + 1, at).get(name, 'a' * 64), safe='')}"


def _without(rng: random.Random, user: int, at: datetime) -> str:
    fields = plain(user, at)
    gone = rng.choice(("hash", "user", "auth_date"))
    fields.pop(gone, None)
    return written(fields if gone == "hash" else signed(fields))


def _added(rng: random.Random, user: int, at: datetime) -> str:
    return f"{good(user, at)}&{rng.choice(('extra=1', '', 'start_param=d-abc', '=', 'a'))}"


def _bad_user(rng: random.Random, user: int, at: datetime) -> str:
    users = (
        "null",
        "[]",
        "{}",
        '{"id":true}',
        '{"id":"7"}',
        '{"id":-7}',
        '{"id":0}',
        '{"id":1.0}',
        '{"id":1e3}',
        f'{{"id":{user},"id":{user + 1}}}',
        '{"id":99999999999999999999}',
        "{" * 900,
        '{"id":NaN}',
        "id",
        f'{{"ID":{user}}}',
    )
    return written(signed({**plain(user, at), "user": rng.choice(users)}))


def _arabic(number: int) -> str:
    return "".join(chr(0x660 + int(digit)) for digit in str(number))


def _bad_date(rng: random.Random, user: int, at: datetime) -> str:
    now = int(at.timestamp())
    dates = (
        f"{now}.0",
        f"+{now}",
        f" {now}",
        f"{now}\n",
        f"0{now}",
        "",
        "nu",
        f"{now}e0",
        "-1",
        _arabic(now),
    )
    return written(signed({**plain(user, at), "auth_date": rng.choice(dates)}))


def _bad_hash(rng: random.Random, user: int, at: datetime) -> str:
    fields = signed(plain(user, at))
    found = fields["hash"]
    fields["hash"] = rng.choice((found.upper(), found[:-1], found + "0", "", "0" * 64, f" {found}", found[::-1]))
    return written(fields)


def _bad_escape(rng: random.Random, user: int, at: datetime) -> str:
    return good(user, at).replace("%22", rng.choice(("%2", "%zz", "%FF", "%C3%28", "%", "%u0022")), 1)


_STRANGE = "\0\n\u202e\ud800\U0001f600&=%+\uff10"


def _strange(rng: random.Random, user: int, at: datetime) -> str:
    signs = "".join(rng.choice(_STRANGE) for _ in range(rng.randint(1, 40)))
    text = good(user, at)
    return rng.choice((signs, text + signs, signs + text, text.replace("=", "=="), "a=" * 5_000))


KINDS: Mapping[str, Callable[[random.Random, int, datetime], str]] = {
    "too old": _old,
    "from the future": _ahead,
    "another bot's": _other_bot,
    "one sign changed": _flipped,
    "a key twice, in front": _twice_in_front,
    "a key twice, behind": _twice_behind,
    "a part missing": _without,
    "something added": _added,
    "a strange user": _bad_user,
    "a strange date": _bad_date,
    "a strange hash": _bad_hash,
    "a broken escape": _bad_escape,
    "strange signs": _strange,
}


def spoilt(seed: int | str, count: int, at: datetime, user: int = 1001) -> Iterator[Spoilt]:
    """That many strings that must be refused, the kinds in turn."""
    rng = random.Random(seed)
    names = list(KINDS)
    for n in range(count):
        what = names[n % len(names)]
        yield Spoilt(what, KINDS[what](rng, user, at))
