"""A real OpenID provider on this machine: discovery, keys, codes with PKCE, signed tokens. It can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, CLIENT_SECRET = "trivsel", "en hemmelighed & mere"
LOOK_SECONDS = 0.01  # how soon the server sees that it shall stop


@cache
def rsa(kid: str, whose: str = "the provider's") -> RSAKey:
    """A signing key; made once a run, since making one takes a twentieth of a second."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class OpenIdProvider:
    """One provider. `claims` are added to every token; `bend` may change what is signed."""

    now: Callable[[], datetime]
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "person-1", "amr": ["pwd", "mfa"]})
    bend: Callable[[dict[str, Any], dict[str, Any]], None] = lambda header, claims: None
    sign: str = "own"  # own | other | none | shared
    says: dict[str, Any] = field(default_factory=dict)  # changes of the discovery document
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    down: bool = False

    def __post_init__(self) -> None:
        self.key, self.other = rsa("one"), rsa("one", "somebody else's")
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider._get(self)

            def do_POST(self) -> None:
                provider._post(self)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(LOOK_SECONDS,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def turn_the_key(self) -> None:
        """The provider takes a new key into use, as providers do."""
        self.key = rsa("two")

    def _get(self, at: BaseHTTPRequestHandler) -> None:
        path = urlsplit(at.path).path
        if self.down:
            return _send(at, 503, {})
        if path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "/ind", "token_endpoint": "/token", "jwks_uri": "/keys"}
            return _send(at, 200, {"issuer": self.issuer, **{k: self.issuer + v for k, v in ends.items()}, **self.says})
        if path == "/keys":
            return _send(at, 200, {"keys": [self.key.as_dict(private=False)]})
        if path == "/ind":
            asked = {k: v[0] for k, v in parse_qs(urlsplit(at.path).query).items()}
            if asked["client_id"] != CLIENT or asked["code_challenge_method"] != "S256":
                return _send(at, 400, {})
            code = secrets.token_urlsafe(16)
            self.codes[code] = asked
            at.send_response(302)
            back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
            at.send_header("Location", f"{asked['redirect_uri']}?{back}")
            at.end_headers()
            return None
        return _send(at, 404, {})

    def _post(self, at: BaseHTTPRequestHandler) -> None:
        body = at.rfile.read(int(at.headers["Content-Length"])).decode()
        form = {k: v[0] for k, v in parse_qs(body).items()}
        user, _, password = base64.b64decode(at.headers["Authorization"].split()[1]).decode().partition(":")
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        good = (unquote(user), unquote(password)) == (CLIENT, CLIENT_SECRET)
        if self.down or asked is None or not good or asked["code_challenge"] != challenge:
            return _send(at, 400, {"error": "invalid_grant"})
        if asked["redirect_uri"] != form.get("redirect_uri"):
            return _send(at, 400, {"error": "invalid_grant"})
        return _send(at, 200, {"access_token": "x", "token_type": "Bearer", "id_token": self._token(asked["nonce"])})

    def _token(self, nonce: str) -> str:
        seconds = int(self.now().timestamp())
        claims: dict[str, Any] = {
            "iss": self.issuer, "aud": CLIENT, "iat": seconds, "exp": seconds + 300, "nonce": nonce, **self.claims
        }  # fmt: skip
        header: dict[str, Any] = {"alg": "RS256", "kid": str(self.key.kid)}
        self.bend(header, claims)
        if self.sign == "none":
            parts = [{"alg": "none"}, claims]
            return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts) + "."
        if self.sign == "shared":  # the public key taken for a secret: the oldest trick against careless libraries
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(self.key.as_pem(private=False)), ["HS256"])
        return jwt.encode(header, claims, self.other if self.sign == "other" else self.key)


def _send(at: BaseHTTPRequestHandler, status: int, body: Any) -> None:
    raw = json.dumps(body).encode()
    at.send_response(status)
    at.send_header("Content-Type", "application/json")
    at.send_header("Content-Length", str(len(raw)))
    at.end_headers()
    at.wfile.write(raw)
