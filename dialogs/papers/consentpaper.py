"""The consent form as a paper: what is asked, that it is free to say no, and room for names and signatures.

Who signs alone at fifteen or more is spoken to; a parent is spoken to about the child.
"""

from __future__ import annotations

from dialogs.cases.words import day_words
from dialogs.papers.consents import Consent
from dialogs.papers.documents import Blanks, Block, Paper, Points, Rows, Section, Text
from dialogs.words import Words

_RIGHTS = ("free", "back", "without", "part", "see", "duty")


def form_of(words: Words, consent: Consent, code: str, keeper: str) -> Paper:
    """The form to read, talk about and sign. Everything named here was chosen; nothing is open-ended.

    `keeper` is the house and the municipality that keep what is written on it.
    """
    scope, alone = consent.scope, consent.parties == ("young",)

    def say(key: str, **params: str) -> str:
        own = f"consent.young.{key}"
        return words(own if alone and words.has(own) else f"consent.{key}", **params)

    until = say("last_day", day=f"{day_words(scope.until)} {scope.until.year}")
    wanted = (
        (say("paper_from"), "\n".join(say(f"from.{one}") for one in scope.givers)),
        (say("paper_to"), "\n".join(say(f"to.{one}") for one in scope.to)),
        (say("paper_kinds"), "\n".join(say(f"kinds.{one}") for one in scope.kinds)),
        (say("paper_purpose"), scope.purpose),
        (say("paper_excluded"), scope.excluded or say("paper_none")),
        (say("paper_until"), until),
    )
    rights: tuple[Block, ...] = (Points(tuple(say(f"right_{key}") for key in _RIGHTS)),)
    if "young" in consent.parties and not alone:
        rights = (*rights, Text(say("to_the_young")))
    signing = tuple(
        Blanks((f"{say(f'party.{party}')}: {say('sign_name')}", say("sign_date"), say("sign_hand")))
        for party in consent.parties
    )
    return Paper(
        title=say("paper_title"),
        lead=say("paper_lead"),
        sections=(
            Section(say("who"), (Blanks((say("child"), say("child_birth"))),)),
            Section(say("what"), (Rows(wanted),)),
            Section(say("rights"), rights),
            Section(say("controller"), (Rows(((say("controller_name"), keeper),)), Blanks((say("controller_dpo"),)))),
            Section(say("signatures"), signing),
        ),
        name=f"{say('file')}-{code}",
        foot=say("paper_foot", code=code),
    )
