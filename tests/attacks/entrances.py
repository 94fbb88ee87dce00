"""T34: whatever lets somebody in, spoilt in every way: invitations, sessions, links, codes of an app, form tokens.

Each kind makes one good secret, shows that it is taken, and spoils another. Only what is whole, fresh, unused and its
own person's may open anything.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot import demo
from bot.app.entry import secure
from bot.app.entry.admission import INVITE_MINUTES, accept, hashed, invite
from bot.identity.sessions import ABSOLUTE, IDLE
from bot.identity.totp import STEP, fresh_seed, step_of
from bot.ports import Challenge
from bot.runtime import RandomIds
from bot.web.security import csrf_holds, csrf_token
from tests.web.test_web_ports import ANNA, House

FRESH_AFTER = 100  # turns: a house in memory is copied for each transaction, and grows
SECRET = b"a secret of the tests, long enough"
STRANGE = ("", " ", "\x00", "\ud800", "None", "null", "0", "a" * 10_000, "' OR 1=1--", "🙈", "../", "\r\n", "=" * 43)


@dataclass
class Found:
    """How many were tried of each kind, what was taken that must not be, and good ones that were refused."""

    tried: Counter[str] = field(default_factory=Counter[str])
    taken: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])


def bent(secret: str, dice: random.Random) -> str:
    """The secret with one thing wrong about it."""
    place = dice.randrange(len(secret))
    other = dice.choice([sign for sign in "abcXYZ019-_" if sign != secret[place]])
    ways = (
        secret[:place] + other + secret[place + 1 :],
        secret[:place] + secret[place + 1 :],
        secret + other,
        other + secret,
        f"{secret} ",
        secret.swapcase() if secret.swapcase() != secret else f"{secret}x",
        hashed(secret),
        secret[::-1] if secret[::-1] != secret else f"x{secret}",
        dice.choice(STRANGE),
    )
    return dice.choice(ways)


async def an_invitation(house: House, dice: random.Random, found: Found) -> None:
    """A code works once, for ten minutes, to the letter; one for the web binds no chat."""
    ids = RandomIds()
    now = house.clock.now()

    def made(hours: int = 0) -> str:
        return house.store.run(lambda uow: invite(uow, ids, "teacher", demo.LAERKE, now, ANNA, hours))

    def takes(code: str, *, chat: bool = False) -> bool:
        when = house.clock.now()
        return house.store.run(lambda uow: accept(uow, ids, code, when, chat=chat)) is not None

    code, used, old, web = made(), made(), made(), made(hours=1)
    check(found, "invitation: bent", takes(bent(code, dice)), good=False)
    check(found, "invitation: good", takes(used, chat=dice.random() < 0.5), good=True)
    check(found, "invitation: used", takes(used), good=False)
    check(found, "invitation: for the web, in a chat", takes(web, chat=True), good=False)
    house.clock.move(minutes=INVITE_MINUTES + dice.random() * 1_000)
    check(found, "invitation: old", takes(old), good=False)


async def a_session(house: House, dice: random.Random, found: Found) -> None:
    """A session's token is its own, to the letter, until it is idle, old or ended."""
    token = await house.signed_in()

    async def opens(text: str) -> bool:
        return await house.sessions.who(text) is not None

    check(found, "session: bent", await opens(bent(token, dice)), good=False)
    check(found, "session: good", await opens(token), good=True)
    match dice.randrange(3):
        case 0:
            house.clock.at += IDLE + timedelta(seconds=dice.randrange(90_000))
            check(found, "session: idle", await opens(token), good=False)
        case 1:
            for _ in range(int(ABSOLUTE / IDLE) * 2):
                house.clock.at += IDLE / 2
                await opens(token)
            check(found, "session: too old", await opens(token), good=False)
        case _:
            await house.sessions.end(token)
            check(found, "session: ended", await opens(token), good=False)


async def a_link(house: House, dice: random.Random, found: Found) -> None:
    """A one-time link is its own, to the letter, once, for ten minutes, and no other secret of the house."""
    ids = RandomIds()
    now = house.clock.now()

    def made(kind: str = secure.KIND) -> str:
        secret = ids.secret() + ids.secret()
        data = {"kind": "case", "id": "c1", "question": ""}
        expires = now + timedelta(minutes=secure.LINK_MINUTES)
        challenge = Challenge(hashed(secret), kind, expires, ANNA, data)
        house.store.run(lambda uow: uow.identity.put_challenge(challenge))
        return secret

    def opens(secret: str) -> bool:
        when = house.clock.now()
        return house.store.run(lambda uow: secure.redeem(uow, secret, when)) is not None

    link, used, old, other = made(), made(), made(), made("totp_setup")
    check(found, "link: bent", opens(bent(link, dice)), good=False)
    check(found, "link: good", opens(used), good=True)
    check(found, "link: used", opens(used), good=False)
    check(found, "link: made for something else", opens(other), good=False)
    house.clock.move(minutes=secure.LINK_MINUTES + dice.random() * 1_000)
    check(found, "link: old", opens(old), good=False)


async def a_code(house: House, dice: random.Random, found: Found) -> None:
    """A code of an app counts in its own half minute, give or take one, and once."""
    from pyotp.totp import TOTP

    seed, other = fresh_seed(), fresh_seed()
    now = house.clock.now()
    step = int(now.timestamp()) // STEP
    near = {TOTP(seed).generate_otp(one) for one in (step - 1, step, step + 1)}
    code = TOTP(seed).generate_otp(step)
    taken = step_of(seed, code, now)
    check(found, "code: good", taken is not None, good=True)
    check(found, "code: used", step_of(seed, code, now, after=step + 1) is not None, good=False)
    far = TOTP(seed).generate_otp(step + dice.choice((-1, 1)) * dice.randrange(2, 10_000))
    theirs = TOTP(other).generate_otp(step)
    arabic = "".join(chr(0x660 + int(digit)) for digit in code)
    for kind, text in (("far off", far), ("another's", theirs), ("bent", bent(code, dice)), ("other digits", arabic)):
        if "".join(text.split()) not in near:  # six digits may be right by chance: that is what the throttle is for
            check(found, f"code: {kind}", step_of(seed, text, now) is not None, good=False)


async def a_form(house: House, dice: random.Random, found: Found) -> None:
    """The token of a form is its own session's."""
    session, other = RandomIds().secret(), RandomIds().secret()
    token = csrf_token(SECRET, session)
    check(found, "form: good", csrf_holds(SECRET, session, token), good=True)
    check(found, "form: bent", csrf_holds(SECRET, session, bent(token, dice)), good=False)
    check(found, "form: another session's", csrf_holds(SECRET, other, token), good=False)
    check(found, "form: another house's", csrf_holds(SECRET[::-1], session, token), good=False)


def check(found: Found, kind: str, taken: bool, *, good: bool) -> None:
    """Write down what came of one try."""
    found.tried[kind] += 1
    if taken and not good:
        found.taken.append(kind)
    if good and not taken:
        found.refused.append(kind)


KINDS: Mapping[str, Callable[[House, random.Random, Found], Awaitable[None]]] = {
    "invitation": an_invitation, "session": a_session, "link": a_link, "code": a_code, "form": a_form,
}  # fmt: skip


async def attack(seed: int, count: int) -> Found:
    """Go through the kinds in turn until so many secrets were tried."""
    dice, found, kinds = random.Random(seed), Found(), list(KINDS.values())
    house, turn = House(), 0
    while found.tried.total() < count:
        house = House() if turn % FRESH_AFTER == 0 else house
        await kinds[turn % len(kinds)](house, dice, found)
        turn += 1
    return found
