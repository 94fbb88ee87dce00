"""The real clock and the real source of ids."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

_ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ2357"  # no look-alikes, no vowels: no words by accident
# Neutral words that a person can say on the phone; none of them says anything about a child, in any of its meanings.
_CODE_WORDS = (
    "Måge", "Svale", "Lærke", "Solsort", "Stær", "Vibe", "Trane", "Ugle", "Falk", "Svane", "Terne", "Spætte", "Spurv",
    "Drossel", "Fasan", "Hejre", "Alk", "Lom", "Ryle", "Bogfinke", "Eg", "Bøg", "Ask", "Elm", "Lind", "Birk", "Pil",
    "Gran", "Ceder", "El", "Hassel", "Røn", "Ahorn", "Poppel", "Kastanje", "Hyld", "Tjørn", "Lyng", "Kløver", "Klokke",
    "Fjord", "Bæk", "Sø", "Strand", "Klit", "Bakke", "Dal", "Skov", "Eng", "Mark", "Kær", "Høj", "Vig", "Næs", "Holm",
    "Bro", "Sti", "Port", "Tårn", "Mølle", "Fyrtårn", "Anker", "Sejl", "Kompas", "Ror", "Lanterne", "Kano", "Båd",
    "Kobber", "Sølv", "Rav", "Flint", "Granit", "Kalk", "Ler", "Sand", "Koral", "Perle", "Kvarts", "Topas", "Æble",
    "Pære", "Blomme", "Kirsebær", "Brombær", "Hindbær", "Solbær", "Tranebær", "Mandel", "Korn", "Havre", "Rug", "Hvede",
    "Timian", "Mynte", "Salvie", "Dild", "Persille", "Karse", "Humle",
)  # fmt: skip


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The time, aware, in UTC."""
        return datetime.now(UTC)


class RandomIds:
    """Unguessable ids from the operating system's randomness."""

    def new(self) -> str:
        """Twelve characters of a–z and 2–7: 60 bits, and short enough for a button."""
        return "".join(secrets.choice(_ID_LETTERS) for _ in range(12))

    def code(self) -> str:
        """A speakable code such as K7RT-Måge, not derived from anything."""
        letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(4))
        return f"{letters}-{secrets.choice(_CODE_WORDS)}"

    def secret(self) -> str:
        """128 random bits, URL-safe."""
        return secrets.token_urlsafe(16)
