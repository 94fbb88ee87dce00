"""Passkeys (WebAuthn): options for the browser, and the check of what it answers. The person is always verified."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import orjson

RP_NAME = "Trivselsbot"
LONGEST_ANSWER = 20_000  # characters of JSON; a real one has a tenth


@dataclass(frozen=True)
class NewKey:
    """What is kept of a passkey."""

    key_id: str
    public_key: str
    count: int


class Passkeys:
    """The relying party: one host, one origin."""

    def __init__(self, origin: str) -> None:
        self.origin, self.rp_id = origin, urlsplit(origin).hostname or "localhost"

    def new_options(self, challenge: bytes, person_id: str, name: str, known: Sequence[str]) -> dict[str, Any]:
        """What `navigator.credentials.create` is asked for: a key the browser finds by itself, with PIN or finger."""
        import webauthn
        from webauthn.helpers import structs

        options = webauthn.generate_registration_options(
            rp_id=self.rp_id,
            rp_name=RP_NAME,
            user_id=hashlib.sha256(f"webauthn:{person_id}".encode()).digest(),
            user_name=name,
            challenge=challenge,
            authenticator_selection=structs.AuthenticatorSelectionCriteria(
                resident_key=structs.ResidentKeyRequirement.REQUIRED,
                user_verification=structs.UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[
                structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(key)) for key in known
            ],
        )
        return orjson.loads(webauthn.options_to_json(options))

    def options(self, challenge: bytes) -> dict[str, Any]:
        """What `navigator.credentials.get` is asked for; no list of keys, so it tells nothing about anybody."""
        import webauthn
        from webauthn.helpers import structs

        options = webauthn.generate_authentication_options(
            rp_id=self.rp_id,
            challenge=challenge,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        )
        return orjson.loads(webauthn.options_to_json(options))

    def made(self, challenge: bytes, answer: str) -> NewKey | None:
        """The new key when the browser's answer holds, else None."""
        import webauthn
        from webauthn.helpers import bytes_to_base64url

        try:
            found = webauthn.verify_registration_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self.rp_id,
                expected_origin=self.origin,
                require_user_verification=True,
            )
        except _broken():
            return None
        key_id, public = bytes_to_base64url(found.credential_id), bytes_to_base64url(found.credential_public_key)
        return NewKey(key_id, public, found.sign_count)

    def used(self, challenge: bytes, answer: str, public_key: str, count: int) -> int | None:
        """The key's new count when the answer holds, else None. A count that stands still means a copied key."""
        import webauthn

        try:
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=self.rp_id,
                expected_origin=self.origin,
                credential_public_key=webauthn.base64url_to_bytes(public_key),
                credential_current_sign_count=count,
                require_user_verification=True,
            )
        except _broken():
            return None
        return found.new_sign_count


def key_id_of(answer: str) -> str | None:
    """The id of the key that the browser says it used; None for what is no answer."""
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        found = orjson.loads(answer)
    except orjson.JSONDecodeError:
        return None
    key_id = found.get("id") if isinstance(found, dict) else None
    return key_id if isinstance(key_id, str) else None


def _broken() -> tuple[type[Exception], ...]:
    """All that a made-up answer can raise inside the library: its own errors, and those of what it reads with."""
    from cbor2 import CBORError
    from webauthn.helpers.exceptions import WebAuthnException

    return (WebAuthnException, CBORError, ValueError, TypeError, KeyError, IndexError, AttributeError)
