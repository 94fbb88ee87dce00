"""A file sealed to somebody else's key: whoever makes it at the server can't read it again (HPKE, RFC 9180)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

HEAD: Final = b"trivselsbot-parcel/1\n"
KEY_BYTES: Final = 32
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class ParcelProblem(Exception):  # noqa: N818 - told to whoever runs the command in one line
    """A key or a parcel that can't be used; the text says which and why."""


def public_beside(key_file: Path) -> Path:
    """Where the public half of a key lies."""
    return key_file.with_name(f"{key_file.name}.pub")


def new_pair(key_file: Path) -> None:
    """Write a fresh key that only its owner may read, and its public half beside it. No file is written over."""
    key = X25519PrivateKey.generate()
    write_private(key_file, key.private_bytes_raw(), mode=0o400)
    write_private(public_beside(key_file), key.public_key().public_bytes_raw().hex().encode() + b"\n", mode=0o644)


def write_private(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write a new file with these rights from its first byte on; FileExistsError when there is one."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def public_key(public_file: Path) -> X25519PublicKey:
    """The key in this file; ParcelProblem when it holds none, OSError when it can't be read."""
    try:
        raw = bytes.fromhex(public_file.read_text(encoding="ascii").strip())
        return X25519PublicKey.from_public_bytes(raw)
    except (ValueError, UnicodeDecodeError):
        raise ParcelProblem("--to: is no public key; make one with `python -m bot subject-access key FILE`") from None


def sealed_to(key: X25519PublicKey, content: bytes) -> bytes:
    """The content for the owner of this public key alone."""
    return HEAD + _SUITE.encrypt(content, key, info=HEAD)


def opened(parcel: bytes, key_file: Path) -> bytes:
    """What is in a parcel, for whoever has the key."""
    raw = key_file.read_bytes()
    if len(raw) != KEY_BYTES:
        raise ParcelProblem("--key: is no key of a parcel")
    if not parcel.startswith(HEAD):
        raise ParcelProblem("FILE: is no parcel of this program")
    try:
        return _SUITE.decrypt(parcel[len(HEAD) :], X25519PrivateKey.from_private_bytes(raw), info=HEAD)
    except (InvalidTag, ValueError):
        raise ParcelProblem("FILE: was changed, or was sealed to another key") from None
