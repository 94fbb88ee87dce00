"""Mistakes in the ways in that the tests must catch."""

from __future__ import annotations

from tests.planted.fault import Fault

IDENTITY = (
    Fault(
        "who waits for a yes sees their meetings meanwhile",
        "bot/web/site.py",
        "visit.signed.opens_cases) or _waits(request, visit):",
        "visit.signed.opens_cases):",
        "tests/web/test_vouching.py",
    ),
    Fault(
        "a misspelt setting starts as if nothing had been said",
        "bot/settings.py",
        "if meant.lower() not in settings.model_fields_set]",
        "if meant.lower() not in Settings.model_fields]",
        "tests/identity/test_settings.py",
    ),
    Fault(
        "whoever resets somebody comes in as them unseen by a second person",
        "dialogs/access/vouching.py",
        "    return bool(person.let_in_by) and (person.came_back or",
        "    return bool(person.let_in_by) and (",
        "tests/web/test_vouching.py",
    ),
    Fault(
        "an administrator vouches for a code of their own",
        "dialogs/access/vouching.py",
        "me.id not in person.let_in_by and ",
        "",
        "tests/web/test_vouching.py",
    ),
    Fault(
        "who waits for a yes reads with two factors all the same",
        "dialogs/access/decide.py",
        "    if (terms.sure or terms.data_class >= 2) and locked(person):",
        "    if terms.sure and terms.data_class >= 2 and locked(person):",
        "tests/core/test_vouching.py",
    ),
    Fault(
        "an administrator's code binds the chat of somebody who has been in",
        "bot/guard/house.py",
        "web_only=invite.web_only or locked(after)",
        "web_only=invite.web_only",
        "tests/web/test_vouching.py",
    ),
    Fault(
        "a code from the app works again and again",
        "bot/identity/totp.py",
        "step for step in fits if step > after",
        "step for step in fits",
        "tests/identity/test_phrases.py",
    ),
    Fault(
        "a stolen passphrase can set a new app up",
        "bot/identity/common.py",
        "    if any(one.kind in SECOND for one in mine):",
        "    if not mine:",
        "tests/identity/test_phrases.py",
    ),
    Fault(
        "a wrong try is counted after it was made",
        "bot/identity/throttle.py",
        "replace(tries, count=tries.count + 1)",
        "replace(tries, count=tries.count)",
        "tests/identity/test_phrases.py",
    ),
    Fault(
        "a key may be used without a finger or a PIN",
        "bot/identity/passkey.py",
        "                credential_current_sign_count=count,\n                require_user_verification=True,",
        "                credential_current_sign_count=count,\n                require_user_verification=False,",
        "tests/identity/test_keys.py",
    ),
    Fault(
        "a step up keeps the old token",
        "bot/identity/sessions.py",
        "    uow.doors.end_session(old.token_hash)\n    fresh = replace(old, token_hash=hashed(token), seen_at=now",
        "    fresh = replace(old, token_hash=hashed(token), seen_at=now",
        "tests/web/test_sessions.py",
    ),
    Fault(
        "one proof opens cases",
        "bot/web/site.py",
        "if (sure and not visit.signed.opens_cases) or _waits(request, visit):",
        "if (not sure and not visit.signed.opens_cases) or _waits(request, visit):",
        "tests/identity/test_phrases.py",
    ),
    Fault(
        "the way back leads to another host",
        "bot/web/kept_forms.py",
        'not path.startswith(("//", "/log-ind"))',
        'not path.startswith(("/log-ind",))',
        "tests/identity/test_back_again.py",
    ),
    Fault(
        "a municipal sign-in is good for any browser",
        "bot/identity/municipal.py",
        "        if waiting is None or not hmac.compare_digest(",
        "        if waiting is None or hmac.compare_digest(",
        "tests/identity/test_municipal.py",
    ),
    Fault(
        "a provider's token is good for another sign-in",
        "bot/identity/oidc.py",
        'nonce={"essential": True, "value": nonce}',
        'nonce={"essential": True}',
        "tests/identity/test_municipal.py",
    ),
    Fault(
        "a link to a chat works twice",
        "bot/app/entry/binding.py",
        'link = uow.identity.take_challenge(_link_key(code), "chat", now)',
        "link = uow.identity.challenge(_link_key(code), now)",
        "tests/identity/test_telegram_binding.py",
    ),
)
