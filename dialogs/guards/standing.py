"""Which danger stands in free words, once a person has said of some of them what they are.

A "no" covers the very sentences that were asked about and no kind of danger: new words, and a sentence that was written
anew, are heard again. What was said is kept as marks (flow and a digest of the sentence), so that no words are copied.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dialogs.danish.text import fold
from dialogs.guards.guards import Guards
from dialogs.guards.types import FLOWS, AcuteHit, Findings, Flow
from dialogs.types import Form
from dialogs.values import Picked, Value

NO: Final = "nej"  # the one verdict that takes words out of what stands; "ja" and "maaske" only end the asking
_ENDS = re.compile(r"[.!?;\n]+")


@dataclass(frozen=True)
class Heard:
    """What the words of a draft tell of: `standing` where nobody said no, `denied` where the writer did.

    `agreed` is what the bot heard, asked about, and got a yes or a maybe to.
    """

    standing: tuple[Flow, ...] = ()
    denied: tuple[Flow, ...] = ()
    agreed: tuple[Flow, ...] = ()


NOTHING: Final = Heard()


def mark(flow: str, sentence: str) -> str:
    """A flow and a sentence as one comparable word that does not tell the sentence."""
    words = " ".join(fold(sentence).split())
    return f"{flow}:{hashlib.blake2s(words.encode(), digest_size=8).hexdigest()}"


def marks_of(guards: Guards, text: str, flow: Flow) -> tuple[str, ...]:
    """The marks of the sentences that tell of a flow; of all sentences where only together they do."""
    sentences = _sentences(text)
    telling = [one for one in sentences if flow in _flows(guards, one)]
    if flow in _flows(guards, _joined(one for one in sentences if one not in telling)):
        telling = sentences
    return tuple(dict.fromkeys(mark(flow, one) for one in telling or sentences))


def standing(guards: Guards, text: str, answered: Collection[str], flows: Iterable[Flow] | None = None) -> list[Flow]:
    """The flows that a text tells of outside the sentences with an answer; `flows` when they have been looked up."""
    heard = _flows(guards, text) if flows is None else flows
    return [flow for flow in heard if _stands(guards, text, flow, answered)]


def marked(marks: Iterable[str], verdict: str | None = None) -> frozenset[str]:
    """The plain marks of what was answered: of one verdict, or of all."""
    parts = (one.partition(":") for one in marks)
    return frozenset(rest for word, _, rest in parts if verdict is None or word == verdict)


def heard_in(guards: Guards, form: Form, values: Mapping[str, Value], marks: Collection[str]) -> Heard:
    """What stands and what was denied in all the free words of a draft, the gravest first."""
    no = marked(marks, NO)
    everything: set[Flow] = set()
    stands: set[Flow] = set()
    for text in texts_of(form, values):
        flows = _flows(guards, text)
        everything.update(flows)
        stands.update(standing(guards, text, no, flows))
    yes = {one.partition(":")[0] for one in marked(marks) - no}
    return Heard(_ordered(stands), _ordered(everything - stands), tuple(flow for flow in FLOWS if flow in yes))


def texts_of(form: Form, values: Mapping[str, Value]) -> Iterator[str]:
    """Every piece of free words: texts, the items of lists, and the words beside a choice."""
    for question in form.questions:
        yield from words_in(values.get(question.id), closed=question.kind not in ("text", "list"))


def words_in(value: Value | None, *, closed: bool = False) -> Iterator[str]:
    """The free words of one value; the picks of a `closed` question are none."""
    match value:
        case Picked(note=note):
            yield from (note,) if note else ()
        case str() if not closed:
            yield value
        case tuple() if not closed:
            yield from value
        case _:
            pass


def without(text: str, marks: Collection[str]) -> str:
    """The text without the sentences of which the writer has said that they are no danger."""
    no = marked(marks, NO)
    if not no:
        return text
    return _joined(one for one in _sentences(text) if not any(mark(flow, one) in no for flow in FLOWS))


def _stands(guards: Guards, text: str, flow: Flow, answered: Collection[str]) -> bool:
    sentences = _sentences(text)
    rest = [one for one in sentences if mark(flow, one) not in answered]
    return len(rest) == len(sentences) or flow in _flows(guards, _joined(rest))


def _flows(guards: Guards, text: str) -> tuple[Flow, ...]:
    hits: tuple[AcuteHit, ...] = guards.dangers(text) if text else ()
    return Findings(acute=hits).flows


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _ENDS.split(text) if one.strip()]


def _joined(sentences: Iterable[str]) -> str:
    return ". ".join(sentences)


def _ordered(flows: Collection[Flow]) -> tuple[Flow, ...]:
    return tuple(flow for flow in FLOWS if flow in flows)
