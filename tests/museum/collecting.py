"""Puts drafts of the forms of today on show: run `python -m tests.museum` when a form gets a new version.

An exhibit is never rewritten: it is what once lay in the store, and it must still find its way home.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dialogs.drafts import dump
from dialogs.types import Form
from tests.core.form_kit import danish
from tests.golden.player import Player, scripts

FOLDER = Path(__file__).parent
# Which conversations are stopped where: the first turns, half way, with words asked for, all answered.
STAGES = {
    "worry": [
        *(("laengste_vej", turns) for turns in (1, 5, 10, 26, 33)),
        *(("gul_oevet", 22), ("kort_udgave", 9), ("korteste_vej", 21), ("ord_foer_valg", 5)),
        *(("roed_vold", 7), ("roed_med_resten", 20), ("fortryder_roed", 7)),
    ],
    "light": [
        *(("lys_b1_alt_groent", 3), ("lys_b2_gult", 20), ("lys_b3_roedt", 26)),
        *(("lys_b4_faa_omraader", 9), ("lys_18", 1)),
    ],
    "sharing": [("dele_laengst", 1), ("dele_laengst", 4), ("dele_laengst", 6), ("dele_akut", 1), ("dele_rettet", 3)],
    "preparation": [("klar_laengst", 2), ("klar_laengst", 5), ("klar_kortest", 3), ("klar_rettet", 3)],
}


def file_of(form: Form) -> Path:
    """Where the drafts of this version of a form are shown."""
    return FOLDER / f"{form.id}_v{form.version}.json"


def exhibit(form: Form) -> dict[str, Any]:
    """Drafts of a form as the store holds them today, and the kind that each question has."""
    drafts: list[dict[str, Any]] = []
    for name, turns in STAGES[form.id]:
        player = Player(danish(), form.id)
        for turn in scripts()[name]["samtale"][:turns]:
            player.turn(turn)
        drafts.append({"stage": f"{name}, {turns} turns", "draft": dump(player.draft)})
    return {"form": form.id, "version": form.version, "kinds": {q.id: q.kind for q in form.questions}, "drafts": drafts}
