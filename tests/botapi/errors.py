"""The one error of the Bot API: a code, Telegram's words, and sometimes a number to act on."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """The method was refused; `code` is the HTTP status and `description` what Telegram would say."""

    def __init__(
        self, code: int, description: str, *, retry_after: int | None = None, migrate_to: int | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.migrate_to = migrate_to

    def document(self) -> dict[str, Any]:
        """The JSON body of the refusal."""
        document: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        parameters: dict[str, int] = {}
        if self.retry_after is not None:
            parameters["retry_after"] = self.retry_after
        if self.migrate_to is not None:
            parameters["migrate_to_chat_id"] = self.migrate_to
        if parameters:
            document["parameters"] = parameters
        return document


def bad_request(why: str) -> ApiError:
    """A 400 in Telegram's wording."""
    return ApiError(400, f"Bad Request: {why}")


def forbidden(why: str) -> ApiError:
    """A 403 in Telegram's wording."""
    return ApiError(403, f"Forbidden: {why}")


def conflict(why: str) -> ApiError:
    """A 409 in Telegram's wording."""
    return ApiError(409, f"Conflict: {why}")
