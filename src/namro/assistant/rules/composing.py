"""Whether its passages carry a sentence that was composed of them: word by word, or by the rules for a model's words.

A model's sentences never come here: `binding.fault_of` alone decides on those.
"""

from collections.abc import Sequence

from namro.assistant.rules.binding import Fault, fault_of
from namro.ground.text import fold


def fault_of_composed(sentence: str, passages: Sequence[str]) -> Fault | None:
    """Return why the passages do not carry a composed sentence, None where they do; merged ways are held one by one."""
    if is_verbatim(sentence, passages):
        return None
    ways, colon, said = sentence.partition(": ")
    each = [f"{way}: {said}" for way in ways.split(", ")] if colon else [sentence]
    faults = (None if is_verbatim(one, passages) else fault_of(one, passages) for one in each)
    return next(filter(None, faults), None)


def is_verbatim(sentence: str, passages: Sequence[str]) -> bool:
    """Whether a passage has the words of a sentence as they stand, but for its label, quotes, and where it was cut."""
    return any(
        words and f" {words} " in held
        for held in (f" {fold(passage)} " for passage in passages)
        for words in _said(sentence, held)
    )


def _said(sentence: str, held: str) -> tuple[str, ...]:
    """The words that must stand there: all of them, or without a label of ours; a way to submit is no label."""
    whole = sentence.rstrip("… .”")
    label, _colon, rest = whole.partition(": ")
    is_ours = not any(f" {fold(part)} " in held for part in label.split(", "))
    return (fold(whole), fold(rest)) if is_ours else (fold(whole),)
