"""The environment as one frozen object. Starting with a bad setting fails, naming every one of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from dialogs.retention import keeping

Policy = Literal["strict", "pseudonym", "off"]
Bind = Literal["invitation", "email"]
Standby = Literal["synchronous", "asynchronous"]
PUBLIC_API = "https://api.telegram.org"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SAMPLES = (
    "changeme",
    "change-me",
    "replace-me",
    "your-secret",
    "default-secret",
)  # what stands in other people's guides
MAX_PORT = 65_535
NEAR = 0.85  # difflib's ratio: one letter wrong, missing or swapped in a name of ours
DIFFERENT = 10  # characters that a random secret has at the least; 32 random hex digits have 14 on average
_TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{3,}\Z")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
MIN_SECRET = 32  # characters; 128 bits and more in any usual writing


class SettingsError(Exception):
    """One or more settings are missing or malformed; the lines name each of them and what to write."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Settings(BaseSettings):
    """What an operator can set (architecture § 11). Secrets never print."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///var/trivselsbot.db"
    database_standby: Standby = "synchronous"
    port: Annotated[int, Field(ge=1, le=MAX_PORT)] = 8000
    host: str = "127.0.0.1"
    public_url: str = ""
    telegram_bot_token: SecretStr | None = None
    telegram_bot_name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{0,32}$")] = ""
    telegram_api_url: str = PUBLIC_API
    telegram_webhook_secret: SecretStr | None = None
    telegram_policy: Policy = "strict"
    secret_key: SecretStr | None = None
    key_file: Path | None = None
    retention: str = ""
    smtp_url: SecretStr | None = None
    content_overlay: Path | None = None
    tz_name: str = "Europe/Copenhagen"
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr | None = None
    oidc_bind: Bind = "invitation"
    oidc_two: str = "mfa Substantial High"
    oidc_level_claim: str = "acr"
    oidc_name: str = "kommunens login"
    trusted_proxy: str = "127.0.0.1 ::1"
    municipality: str = "kommunen"
    accessibility_contact: str = ""

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if not re.match(r"(sqlite:///|postgresql(\+psycopg)?://|memory:\Z)", value):
            raise ValueError("write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname):
            raise ValueError("write a full address, such as https://trivsel.kommune.example")
        return value.rstrip("/")

    @field_validator("oidc_issuer")
    @classmethod
    def _issuer(cls, value: str) -> str:
        if value and not _safe(value):
            raise ValueError("write the provider's https address, just as it names itself")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.match(value.get_secret_value()):
            raise ValueError("write the token as BotFather gave it: digits, a colon, letters")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _hook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _WEBHOOK_SECRET.match(value.get_secret_value()):
            raise ValueError("use 1 to 256 of A-Z a-z 0-9 _ -")
        return value

    @field_validator("secret_key")
    @classmethod
    def _key(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < MIN_SECRET:
            raise ValueError(f"use at least {MIN_SECRET} random characters")
        if value is not None and any(word in value.get_secret_value().casefold() for word in SAMPLES):
            raise ValueError("is a sample from a guide; make a random one")
        return value

    @field_validator("content_overlay")
    @classmethod
    def _folder(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_dir():
            raise ValueError("name a folder that exists")
        return value

    @field_validator("retention")
    @classmethod
    def _retention(cls, value: str) -> str:
        keeping(value)
        return value

    @field_validator("tz_name")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("write a time zone such as Europe/Copenhagen") from error
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone."""
        return ZoneInfo(self.tz_name)


def _safe(url: str) -> bool:
    """Whether an address is https, or on this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or parts.hostname in LOOPBACK)


@dataclass(frozen=True)
class Needs:
    """What one command can't do without."""

    secret_key: bool = False
    token: bool = False
    sign_in: bool = False
    webhook: bool = False


def read_settings(needs: Needs | None = None) -> Settings:
    """The settings from the environment; raise SettingsError with a line for each that is missing or malformed."""
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError([_line(str(e["loc"][0]), str(e["msg"])) for e in error.errors()]) from None
    missing = _missing(settings, needs or Needs())
    if missing:
        raise SettingsError(missing)
    return settings


_PLAIN = {
    "port": f"write a number from 1 to {MAX_PORT}",
    "telegram_policy": "write strict, pseudonym or off",
    "database_standby": "write synchronous or asynchronous",
}


def dangers(settings: Settings, environment: Iterable[str]) -> list[str]:
    """A line for each thing that no process may start with though every setting that was read is sound.

    A misspelt name in place of the real one: what it was to say (another key, a stricter policy, fewer days) would
    silently not hold. And a key that can be guessed, where people come in from the net.
    """
    lines = [line for meant, line in _near_misses(environment) if meant.lower() not in settings.model_fields_set]
    if _simple(settings) and not at_home(settings):
        lines.append(_line("secret_key", "repeats a few characters; make a random one"))
    return lines


def cautions(settings: Settings, environment: Iterable[str]) -> list[str]:
    """A line for each thing that starts but that an operator would want to know: left out, too much or too simple."""
    lines = [line for meant, line in _near_misses(environment) if meant.lower() in settings.model_fields_set]
    if _simple(settings) and at_home(settings):
        lines.append(_line("secret_key", "repeats a few characters; make a random one"))
    if "municipality" not in settings.model_fields_set:
        lines.append(_line("municipality", f"is not set; papers and pages will say «{settings.municipality}»"))
    if not settings.accessibility_contact:
        lines.append(_line("accessibility_contact", "is not set; the accessibility page has no address to write to"))
    return lines


def _simple(settings: Settings) -> bool:
    return settings.secret_key is not None and len(set(settings.secret_key.get_secret_value())) < DIFFERENT


def at_home(settings: Settings) -> bool:
    """Whether people can come from this machine only."""
    return not settings.public_url or urlsplit(settings.public_url).hostname in LOOPBACK


def _near_misses(environment: Iterable[str]) -> list[tuple[str, str]]:
    """What each misspelt name was to be, and a line about it."""
    known = {name.upper() for name in Settings.model_fields}
    lines: list[tuple[str, str]] = []
    for name in sorted(set(environment) - known):
        # Only names with an underscore: words like HOST and PORT have honest neighbours everywhere.
        bare = name.replace("_", "")
        close = get_close_matches(name, known, n=1, cutoff=NEAR) if "_" in name else []
        close = close or [one for one in known if "_" in one and one.replace("_", "") == bare]
        lines += [(close[0], f"{name}: is not a setting; did you mean {close[0]}?")] if close else []
    return lines


def _line(name: str, message: str) -> str:
    message = _PLAIN.get(name, message)
    return f"{name.upper()}: {message.removeprefix('Value error, ')}"


def _missing(settings: Settings, needs: Needs) -> list[str]:
    lines: list[str] = []
    if needs.secret_key and settings.secret_key is None:
        lines.append(_line("secret_key", f"is missing; set at least {MIN_SECRET} random characters"))
    if needs.token and settings.telegram_bot_token is None:
        lines.append(_line("telegram_bot_token", "is missing; BotFather gives it"))
    if needs.sign_in:
        lines.extend(_sign_in(settings))
    hears = settings.telegram_bot_token is not None and settings.telegram_policy != "off"
    if needs.webhook and hears and settings.telegram_webhook_secret is None:
        lines.append(_line("telegram_webhook_secret", "is missing; it proves that a webhook is Telegram's"))
    return lines


def _sign_in(settings: Settings) -> list[str]:
    """What would let people sign in where others can listen, or half a provider."""
    lines: list[str] = []
    if settings.public_url and not _safe(settings.public_url):
        lines.append(_line("public_url", "must be https: people sign in there"))
    half = {
        "oidc_issuer": settings.oidc_issuer,
        "oidc_client_id": settings.oidc_client_id,
        "oidc_client_secret": settings.oidc_client_secret,
    }
    if any(half.values()):
        lines.extend(_line(name, "is missing; a provider takes all three") for name, value in half.items() if not value)
    return lines
