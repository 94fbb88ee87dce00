"""What every store promises about ways to sign in, sessions, and things that must come back once and in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dialogs.identity import Challenge, Credential, Tries, WebSession
from dialogs.records import Invite
from storage import Refused
from tests.contracts.stores import NOW

KEY = Credential("hash-of-a-key", "ada", "passkey", {"public": "æ", "count": 1}, NOW)
PHRASE = Credential("hash-of-a-name", "ada", "passphrase", {"hash": "$argon2id$"}, NOW + timedelta(minutes=1))
STATE = Challenge("hash-of-a-state", "oidc", NOW + timedelta(minutes=10), None, {"nonce": "n"})


def test_a_credential_comes_back_as_stored_by_what_is_brought(filled: Any) -> None:
    assert filled.run(lambda u: [u.identity.add(PHRASE), u.identity.add(KEY)]) == [True, True]
    assert filled.run(lambda u: (u.identity.get(KEY.lookup), u.identity.get("andet"))) == (KEY, None)
    mine = filled.run(lambda u: (u.identity.of_person("ada"), u.identity.of_person("ada", "passkey")))
    assert mine == ([KEY, PHRASE], [KEY])
    assert filled.run(lambda u: u.identity.of_person("bo")) == []


def test_nobody_takes_over_what_another_signs_in_with(filled: Any) -> None:
    filled.run(lambda u: u.identity.add(KEY))
    assert filled.run(lambda u: u.identity.add(replace(KEY, person_id="bo", data={}))) is False
    assert filled.run(lambda u: u.identity.get(KEY.lookup)) == KEY


def test_a_credential_is_changed_only_by_who_has_seen_its_last_change(filled: Any) -> None:
    filled.run(lambda u: u.identity.add(KEY))
    used = replace(KEY, data={"public": "æ", "count": 2}, used_at=NOW)
    assert filled.run(lambda u: [u.identity.save(used), u.identity.save(used)]) == [True, False]
    assert filled.run(lambda u: u.identity.get(KEY.lookup)) == replace(used, revision=1)
    assert filled.run(lambda u: u.identity.save(replace(used, lookup="ukendt"))) is False


def test_credentials_go_one_by_one_by_kind_or_all(filled: Any) -> None:
    filled.run(lambda u: [u.identity.add(c) for c in (KEY, PHRASE, replace(KEY, lookup="2"), replace(KEY, lookup="3"))])
    filled.run(lambda u: u.identity.remove("2"))
    assert filled.run(lambda u: u.identity.remove_of("ada", "passkey")) == 2
    assert filled.run(lambda u: u.identity.of_person("ada")) == [PHRASE]
    assert filled.run(lambda u: (u.identity.remove_of("bo"), u.identity.remove_of("ada"))) == (0, 1)


def test_a_challenge_comes_back_once_in_time_and_as_what_it_was(filled: Any) -> None:
    filled.run(lambda u: u.identity.put_challenge(STATE))
    asks = [("hash-of-a-state", "passkey", NOW), ("andet", "oidc", NOW), ("hash-of-a-state", "oidc", STATE.expires_at)]
    for key, kind, at in asks:
        assert filled.run(lambda u, k=key, w=kind, t=at: u.identity.take_challenge(k, w, t)) is None
    taken = [filled.run(lambda u: u.identity.take_challenge("hash-of-a-state", "oidc", NOW)) for _ in range(2)]
    assert taken == [STATE, None]


def test_a_challenge_can_be_looked_at_and_is_replaced_by_a_newer_one(filled: Any) -> None:
    filled.run(lambda u: u.identity.put_challenge(STATE))
    newer = replace(STATE, kind="telegram", person_id="ada", data={"chat": 71}, expires_at=NOW + timedelta(hours=1))
    filled.run(lambda u: u.identity.put_challenge(newer))
    assert filled.run(lambda u: u.identity.challenge(STATE.key_hash, NOW)) == newer
    assert filled.run(lambda u: u.identity.challenge(STATE.key_hash, newer.expires_at)) is None
    filled.run(lambda u: u.identity.forget_challenges_of("ada"))
    assert filled.run(lambda u: u.identity.challenge(STATE.key_hash, NOW)) is None


def test_failed_tries_are_counted_and_forgotten(filled: Any) -> None:
    for count in (1, 2):
        filled.run(lambda u, n=count: u.identity.put_tries(Tries("k", n, NOW)))
    assert filled.run(lambda u: (u.identity.tries("k"), u.identity.tries("x"))) == (Tries("k", 2, NOW), None)
    filled.run(lambda u: u.identity.forget_tries("k"))
    assert filled.run(lambda u: u.identity.tries("k")) is None


def test_the_sweep_takes_what_is_over_and_leaves_the_rest(filled: Any) -> None:
    hour = timedelta(hours=1)
    filled.run(lambda u: [u.identity.put_tries(Tries(k, 1, at)) for k, at in (("old", NOW - hour), ("new", NOW))])
    filled.run(lambda u: u.identity.put_challenge(STATE))
    assert filled.run(lambda u: u.identity.sweep(NOW, NOW)) == 1
    assert filled.run(lambda u: [u.identity.tries(k) is None for k in ("old", "new")]) == [True, False]
    assert filled.run(lambda u: u.identity.sweep(STATE.expires_at, NOW)) == 1
    assert filled.run(lambda u: u.identity.challenge(STATE.key_hash, NOW)) is None


def test_who_was_last_seen_when_is_known_for_those_who_work_here(filled: Any) -> None:
    for person, days in (("ada", 3), ("bo", 1), ("clara", 9), ("ada", 2)):
        filled.run(lambda u, p=person, d=days: u.identity.was_here(p, NOW - timedelta(days=d)))
    unseen = filled.run(lambda u: [list(u.identity.unseen_since(NOW - timedelta(days=d))) for d in (0, 1, 2, 3)])
    assert unseen == [["ada", "bo"], ["ada"], [], []]  # clara has left: she is nobody to let go
    assert filled.run(lambda u: [u.identity.seen(who) for who in ("ada", "clara", "nobody")]) == [True, True, False]


def test_who_made_a_way_in_stays_written_until_somebody_vouches(filled: Any) -> None:
    ada = filled.run(lambda u: u.people.get("ada"))
    waits = replace(ada, let_in_by=("bo", "clara"), came_back=True)
    filled.run(lambda u: u.people.save(waits))
    assert filled.run(lambda u: u.people.get("ada")) == waits
    filled.run(lambda u: u.people.save(ada))
    assert filled.run(lambda u: u.people.get("ada")) == ada


def test_a_persons_sessions_are_listed_latest_first_and_end_together(filled: Any) -> None:
    first = WebSession("t1", "ada", NOW, NOW, "two", "passkey", "Firefox, Windows", True)
    later = WebSession("t2", "ada", NOW, NOW + timedelta(minutes=5))
    other = WebSession("t3", "bo", NOW, NOW)
    filled.run(lambda u: [u.doors.add_session(s) for s in (first, later, other)])
    assert filled.run(lambda u: u.doors.sessions_of("ada")) == [later, first]
    assert filled.run(lambda u: (u.doors.end_sessions_of("ada"), u.doors.end_sessions_of("ada"))) == (2, 0)
    assert filled.run(lambda u: (u.doors.session("t1"), u.doors.session("t3"))) == (None, other)


def test_sessions_that_began_too_long_ago_are_swept(filled: Any) -> None:
    old, new = WebSession("t1", "ada", NOW, NOW), WebSession("t2", "ada", NOW + timedelta(seconds=1), NOW)
    filled.run(lambda u: [u.doors.add_session(s) for s in (old, new)])
    assert filled.run(lambda u: u.doors.sweep_sessions(new.created_at)) == 1
    assert filled.run(lambda u: u.doors.sessions_of("ada")) == [new]


def test_an_invitation_for_the_web_opens_no_chat_and_is_not_used_up_by_the_try(filled: Any) -> None:
    invite = Invite("hash", "teacher", "skov", None, NOW + timedelta(hours=72), None, web_only=True)
    filled.run(lambda u: u.doors.add_invite(invite))
    assert filled.run(lambda u: u.doors.take_invite("hash", NOW, chat=True)) is None
    assert filled.run(lambda u: u.doors.take_invite("hash", NOW)) == replace(invite, used_at=NOW)


BROKEN = {
    "a credential of nobody": lambda u: u.identity.add(replace(KEY, person_id="ingen")),
    "a challenge of nobody": lambda u: u.identity.put_challenge(replace(STATE, person_id="ingen")),
    "a sight of nobody": lambda u: u.identity.was_here("ingen", NOW),
}


@pytest.mark.parametrize("work", BROKEN.values(), ids=BROKEN)
def test_what_refers_to_nobody_is_refused(filled: Any, work: Any) -> None:
    with pytest.raises(Refused):
        filled.run(work)


def test_open_invitations_are_listed_and_taken_back(filled: Any) -> None:
    def invite(code: str, hours: int, person: str | None = None) -> Invite:
        return Invite(code, "teacher", "skov", person, NOW + timedelta(hours=hours))

    late, soon, old = invite("b", 48), invite("a", 24, "ada"), invite("c", -1)
    filled.run(lambda u: [u.doors.add_invite(one) for one in (late, soon, old, invite("d", 24))])
    filled.run(lambda u: u.doors.take_invite("d", NOW))
    assert filled.run(lambda u: u.doors.open_invites(NOW)) == [soon, late], "neither the used one nor the old one"
    assert filled.run(lambda u: [u.doors.withdraw_invite(one) for one in ("a", "a", "d", "ukendt")]) == [
        True, False, False, False,
    ]  # fmt: skip
    assert filled.run(lambda u: u.doors.take_invite("a", NOW)) is None
    assert filled.run(lambda u: u.doors.open_invites(NOW)) == [late]
