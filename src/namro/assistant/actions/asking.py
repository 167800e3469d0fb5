"""Asking: personal data hidden first, then the sources, then perhaps a model; each turn leaves a line in the ledger."""

import time
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from uuid import UUID

from namro.assistant.actions.modelling import Heard, modelled
from namro.assistant.models import Turn
from namro.assistant.queries.answering import answer
from namro.assistant.rules.masking import mask, without_places
from namro.assistant.terms import Answer, Audience, Question, Sentence
from namro.ground import clock

MOST_LETTERS = 500
# What the ledger says where the reader went away before the answer was whole.
LEFT = "left"


@dataclass(frozen=True)
class Told:
    """What was answered: to which words, personal data hidden, under which key of the ledger."""

    key: UUID
    words: str
    answer: Answer


def ask(question: Question, *, key: UUID) -> Generator[Sentence | Told]:
    """Answer a question: yields sentences as they pass the checks, and last the whole, which alone counts.

    `key` is made for this question; asked again under the same key, it is composed, without a model and without a
    second line in the ledger. Who leaves before the end leaves a line that says so.
    """
    began = time.monotonic()
    masked = mask(question.words[:MOST_LETTERS])
    asked, heard = replace(question, words=masked.text), Heard()
    whole = composed = answer(replace(asked, words=without_places(masked.text)))
    if Turn.objects.filter(key=key).exists():
        yield Told(key, masked.text, composed)
        return
    found_ms = _milliseconds(began)
    try:
        with closing(modelled(asked, composed, heard)) as way:
            for said in way:
                if isinstance(said, Sentence):
                    yield said
                else:
                    whole = said
    except GeneratorExit:
        heard.fallback = LEFT
        raise
    finally:
        _note(key, asked, whole, heard, hidden=masked.hidden.total(), found_ms=found_ms, began=began)
    yield Told(key, masked.text, whole)


def _milliseconds(began: float) -> int:
    return round((time.monotonic() - began) * 1000)


def _note(
    key: UUID, asked: Question, said: Answer, heard: Heard, *, hidden: int, found_ms: int, began: float
) -> None:
    """Write the line of the ledger, without a word of what was asked."""
    line = {
        "at": clock.now(),
        "audience": Audience.PUBLIC if asked.viewer is None else Audience.OFFICER,
        "kind": said.kind,
        "reason": said.reason,
        "voice": said.voice,
        "model": heard.model,
        "fallback": heard.fallback,
        "sentences": len(said.sentences),
        "cut": heard.cut,
        "hidden": hidden,
        "found_ms": found_ms,
        "first_ms": heard.first_ms,
        "total_ms": _milliseconds(began),
        "tokens_in": heard.tokens.tokens_in,
        "tokens_out": heard.tokens.tokens_out,
        "cost": heard.cost,
        "is_estimate": heard.is_estimate,
    }
    Turn.objects.get_or_create(key=key, defaults=line)
