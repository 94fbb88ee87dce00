"""The municipality's own sign-in (OpenID Connect): discovery, PKCE, and the check of what comes back."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from ssl import SSLContext

    from joserfc.jwk import KeySet
    from joserfc.jwt import Token

log = logging.getLogger(__name__)

KEPT = timedelta(hours=1)  # how long the provider's description and keys are believed
SECONDS = 10  # for each question to the provider; a person is waiting
LARGEST = 200_000  # bytes of an answer
LEEWAY = 60  # seconds that the provider's clock may be off
SIGNED_WITH = ("RS256", "PS256", "ES256", "EdDSA", "Ed25519")  # never "none", never a secret that both sides know
LOOPBACK = ("localhost", "127.0.0.1", "::1")
Bind = Literal["invitation", "email"]


class ProviderTrouble(Exception):  # noqa: N818 - a state, told to the person in words
    """The provider did not answer, or not as it must: nobody is signed in."""


@dataclass(frozen=True)
class OidcConfig:
    """What the operator has set."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    bind: Bind = "invitation"
    two: frozenset[str] = frozenset()  # values of `acr`, `amr` or the level claim that prove two things
    level_claim: str = "acr"


@dataclass(frozen=True)
class Identified:
    """Who the provider says it is, and how sure it is."""

    subject: str
    email: str  # "" unless the provider has verified it
    sure: bool
    signed_at: datetime | None = None  # when the person proved it to the provider, where it says so


@dataclass
class _Known:
    """The provider's description and keys, as they were when last asked for."""

    metadata: dict[str, Any] = field(default_factory=dict[str, Any])
    keys: KeySet | None = None
    at: datetime | None = None


class Provider:
    """One OpenID provider over HTTP."""

    def __init__(self, config: OidcConfig) -> None:
        self.config = config
        self._known = _Known()

    async def address(self, state: str, nonce: str, verifier: str, now: datetime, *, anew: bool = False) -> str:
        """Where the browser goes to sign in; `anew` also to somebody it knows already. Raises ProviderTrouble."""
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        endpoint = (await self._fresh(now)).metadata["authorization_endpoint"]
        asked = {
            "response_type": "code",
            "client_id": self.config.client_id,
            "redirect_uri": self.config.redirect_uri,
            "scope": "openid email" if self.config.bind == "email" else "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
            # With max_age the answer must say when the person was asked (OpenID Connect Core § 3.1.2.1): what stands in
            # an address can be taken out of it on the way, what is signed can't.
            **({"prompt": "login", "max_age": "0"} if anew else {}),
        }
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    async def identified(self, code: str, nonce: str, verifier: str, now: datetime) -> Identified:
        """Who it is, when the code and the signed token hold. Raises ProviderTrouble."""
        endpoint = (await self._fresh(now)).metadata["token_endpoint"]
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.config.redirect_uri,
            "code_verifier": verifier,
        }
        answer = await self._ask("POST", endpoint, data=form, auth=self._basic())
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderTrouble("no id_token")
        return self._read(await self._claims(token, nonce, now))

    def _basic(self) -> tuple[str, str]:
        # RFC 6749 § 2.3.1: both are form-encoded before they are joined
        return quote(self.config.client_id, safe=""), quote(self.config.client_secret, safe="")

    async def _claims(self, token: str, nonce: str, now: datetime) -> dict[str, Any]:
        """The claims of a token that is signed by the provider, meant for us, in time, and for this very sign-in."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        registry = jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.config.issuer},
            aud={"essential": True, "value": self.config.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        claims = (await self._decoded(token, now)).claims
        try:
            registry.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise ProviderTrouble(type(error).__name__) from None
        _for_us_only(claims, self.config.client_id)
        return claims

    async def _decoded(self, token: str, now: datetime) -> Token:
        """The token, when one of the provider's keys has signed it; asked anew once, since providers change keys."""
        from joserfc import jwt
        from joserfc.errors import JoseError

        trouble = ""
        for anew in (False, True):
            keys = (await self._fresh(now, anew=anew)).keys
            try:
                return jwt.decode(token, keys, algorithms=list(SIGNED_WITH))  # type: ignore[arg-type]  # fetched above
            except (JoseError, ValueError, TypeError, KeyError) as error:
                trouble = type(error).__name__
        raise ProviderTrouble(trouble)

    def _read(self, claims: dict[str, Any]) -> Identified:
        methods = claims.get("amr")
        said = {claims.get("acr"), claims.get(self.config.level_claim), *(methods if isinstance(methods, list) else ())}
        proved = {one for one in said if isinstance(one, str)}
        email = claims.get("email") if claims.get("email_verified") is True else ""
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= 255:
            raise ProviderTrouble("sub")
        return Identified(
            subject, email if isinstance(email, str) else "", bool(proved & self.config.two), _moment(claims)
        )

    async def _fresh(self, now: datetime, *, anew: bool = False) -> _Known:
        """The provider's description and keys, asked for at most once an hour unless they must be new."""
        known = self._known
        if known.at is not None and not anew and known.at <= now < known.at + KEPT:
            return known
        from joserfc.jwk import KeySet

        issuer = self.config.issuer
        metadata = await self._ask("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != issuer:
            raise ProviderTrouble("issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe_url(str(metadata.get(name, ""))):
                raise ProviderTrouble(name)
        try:
            keys = KeySet.import_key_set(await self._ask("GET", metadata["jwks_uri"]))  # type: ignore[arg-type]
        except (ValueError, TypeError, KeyError) as error:
            raise ProviderTrouble("jwks") from error
        self._known = _Known(metadata, keys, now)
        return self._known

    async def _ask(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        """One JSON object from the provider; redirects are not followed, and large answers not read."""
        import httpx
        import orjson

        try:
            async with httpx.AsyncClient(
                verify=_trusted(), timeout=SECONDS, follow_redirects=False, trust_env=False
            ) as client:
                response = await client.request(method, url, headers={"Accept": "application/json"}, **more)
            if response.status_code != 200 or len(response.content) > LARGEST:
                raise ProviderTrouble(f"status {response.status_code}")
            found = orjson.loads(response.content)
        except (httpx.HTTPError, orjson.JSONDecodeError) as error:
            log.warning("the sign-in provider did not answer: %s", type(error).__name__)
            raise ProviderTrouble(type(error).__name__) from None
        if not isinstance(found, dict):
            raise ProviderTrouble("no object")
        return found


@cache
def _trusted() -> SSLContext:
    """Whose certificates count. Reading them takes 20 ms, in which nobody else gets an answer: so once a process."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def is_safe_url(url: str) -> bool:
    """Whether an address is https, or on this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def _moment(claims: dict[str, Any]) -> datetime | None:
    """When the person proved who they are; None where the provider doesn't say, or nonsense."""
    said = claims.get("auth_time")
    if not isinstance(said, int) or not 0 < said <= claims["iat"] + LEEWAY:
        return None
    return datetime.fromtimestamp(said, UTC)


def _for_us_only(claims: dict[str, Any], client_id: str) -> None:
    """A token for several must name us as the one that asked (OpenID Connect Core § 3.1.3.7)."""
    audience = claims.get("aud")
    party = claims.get("azp")
    if (isinstance(audience, list) and len(audience) > 1 and party != client_id) or party not in (None, client_id):
        raise ProviderTrouble("azp")
