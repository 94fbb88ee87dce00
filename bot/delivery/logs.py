"""Keep the bot token out of every log: Telegram's addresses carry it, and httpx writes addresses at INFO."""

from __future__ import annotations

import logging

_TALKERS = ("httpx", "httpcore", "telegram", "telegram.ext", "aiolimiter")
REDACTED = "[token]"


class _Redact(logging.Filter):
    """Rewrites a record that holds the secret, arguments and traceback included; lets every record pass."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

    def hides(self, secret: str) -> bool:
        """Whether this filter is for that secret."""
        return self._secret == secret

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            if self._secret in record.exc_text:
                record.exc_text = record.exc_text.replace(self._secret, REDACTED)
                record.exc_info = None
        text = record.getMessage()
        if self._secret in text:
            record.msg, record.args = text.replace(self._secret, REDACTED), None
        return True


def protect_logs(secret: str) -> None:
    """Quieten the libraries that log addresses, and cut the secret out of whatever else is logged by this process.

    A filter on a logger does not see its children's records, so it is put on the handlers that exist now: call this
    after logging has been set up.
    """
    for name in _TALKERS:
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
    # A refused pace is an ordinary outcome here; PTB writes it as an error with a traceback.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, _Redact) and one.hides(secret) for one in handler.filters):
            handler.addFilter(_Redact(secret))
