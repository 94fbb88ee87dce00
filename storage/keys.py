"""Keys outside the database: where the key that wraps all others comes from, and what makes one fit to be used.

    KEK (KEY_FILE, or derived from SECRET_KEY)  →  wraps the tenant key  →  wraps the root and every data key

The key hierarchy and its reasons: docs/adr/0036-key-hierarchy.md.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
_SALT = b"trivselsbot"
_FEWEST_BYTES = 8  # 32 random bytes hold about 30 different ones; below 8 is a hand-made key


class KeyProblem(Exception):  # noqa: N818 - an operator's mistake, told in one line that names the setting
    """A key is missing, unfit, or not the one that this database was sealed with; the text names the setting."""


def derived(secret: bytes, label: str) -> bytes:
    """32 bytes by HKDF-SHA256: the same for the same secret and label, and nothing about the one from another."""
    return HKDF(SHA256(), KEY_BYTES, _SALT, label.encode()).derive(secret)


@dataclass(frozen=True, repr=False)
class Kek:
    """A key that wraps the tenant key. `setting` is where it came from, for messages; the key never prints."""

    secret: bytes
    setting: str

    @property
    def id(self) -> str:
        """Names the key in the database without telling anything about it."""
        return derived(self.secret, "kek-id/v1")[:8].hex()


Keks = Sequence[Kek]  # the first one seals a new database; any of them may open an existing one


def kek_from_secret(secret: str) -> Kek:
    """The key that SECRET_KEY stands for, when no KEY_FILE is set."""
    return Kek(derived(secret.encode(), "kek/v1"), "SECRET_KEY")


def kek_from_file(path: Path, setting: str = "KEY_FILE") -> Kek:
    """The key in a file of exactly 32 bytes that nobody but its owner may read; KeyProblem says what is wrong."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        raise KeyProblem(f"{setting}: the file is missing; make one with `python -m bot keys new FILE`") from None
    except OSError as error:
        raise KeyProblem(f"{setting}: the file can't be read ({type(error).__name__})") from None
    try:
        status = os.fstat(descriptor)  # of the file that is read, not of one put in its place meanwhile
        if not stat.S_ISREG(status.st_mode):
            raise KeyProblem(f"{setting}: is not a file")
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyProblem(f"{setting}: others than its owner may use the file; chmod 0400 it")
        secret = os.read(descriptor, KEY_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(secret) != KEY_BYTES:
        raise KeyProblem(f"{setting}: must hold exactly {KEY_BYTES} random bytes")
    if len(set(secret)) < _FEWEST_BYTES:
        raise KeyProblem(f"{setting}: is not random; make one with `python -m bot keys new FILE`")
    return Kek(secret, setting)


def new_key_file(path: Path) -> None:
    """Write a fresh key, readable by its owner only; an existing file is never touched."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
