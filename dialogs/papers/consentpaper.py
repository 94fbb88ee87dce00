"""The consent form as a paper: what is asked, that it is free to say no, and room for names and signatures."""

from __future__ import annotations

from dialogs.cases.words import day_words
from dialogs.papers.consents import Consent
from dialogs.papers.documents import Blanks, Paper, Points, Rows, Section, Text
from dialogs.words import Words


def form_of(words: Words, consent: Consent, code: str) -> Paper:
    """The form to read, talk about and sign. Everything named here was chosen; nothing is open-ended."""
    scope = consent.scope

    def say(key: str, **params: str) -> str:
        return words(f"consent.{key}", **params)

    until = f"{day_words(scope.until)} {scope.until.year}"
    wanted = (
        (say("paper_to"), "\n".join(say(f"to.{one}") for one in scope.to)),
        (say("paper_kinds"), "\n".join(say(f"kinds.{one}") for one in scope.kinds)),
        (say("paper_purpose"), scope.purpose),
        (say("paper_excluded"), scope.excluded or say("paper_none")),
        (say("paper_until"), until),
    )
    rights = tuple(say(f"right_{key}") for key in ("free", "back", "without", "part", "see", "duty"))
    signing = tuple(
        Blanks((f"{say(f'party.{party}')}: {say('sign_name')}", say("sign_date"), say("sign_hand")))
        for party in consent.parties
    )
    return Paper(
        title=say("paper_title"),
        lead=say("paper_lead"),
        sections=(
            Section(say("who"), (Blanks((say("child"), say("child_birth"))), Text(say("paper_from")))),
            Section(say("what"), (Rows(wanted),)),
            Section(say("rights"), (Points(rights),)),
            Section(say("controller"), (Blanks((say("controller_name"), say("controller_dpo"))),)),
            Section(say("signatures"), signing),
        ),
        name=f"{say('file')}-{code}",
        foot=say("paper_foot", code=code),
    )
