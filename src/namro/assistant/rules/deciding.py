"""Which of what was found is answered with: one item, a question back, or an honest no."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from namro.assistant.terms import ENOUGH, Corpus, Passage, Validity, Want
from namro.ground.text import syllables

# By the chance that an item is what was asked for: below SURE it is asked back where another stands CLOSE behind.
SURE, CLOSE = 0.5, 0.7
# Where none is sure enough by itself, but it is one of a few: those not too far behind the best, together that sure.
FAMILY, TOGETHER = 0.4, 0.6
# Of two texts on one matter the chance of the second is small: so far behind one to come, one that holds is offered.
NOT_FAR = 0.1
MOST_CHOICES = 4
# What the record of a procedure tells and an article seldom does: where that is wanted, an article must be that much
# surer. Limits and places are not among them: of the questions for development articles lose more than procedures win.
OF_PROCEDURES = frozenset({Want.CHECKLIST, Want.PAPERS, Want.FEE, Want.ONLINE, Want.POST, Want.START})
LAW_SHARE = 0.6
# So few words, none of them of the law, name what somebody wants to have done.
FEW_WORDS = 8
_OF_LAW = re.compile(r"\b(?:luat|dieu \d+|khoan \d+|nghi dinh|thong tu|quy dinh)\b")


@dataclass(frozen=True)
class Decision:
    """What to do with what was found: answer with one, ask which of several, or neither."""

    best: Passage | None = None
    choices: tuple[Passage, ...] = ()


def weighed(found: Sequence[Passage], wants: Iterable[Want], question: str) -> list[Passage]:
    """Return what was found, best first for what is asked; how sure each is stays as it was."""
    words = syllables(question)
    names_deed = len(words) <= FEW_WORDS and not _OF_LAW.search(" ".join(words))
    if OF_PROCEDURES.isdisjoint(wants) and not names_deed:
        return list(found)
    return sorted(found, key=lambda each: -each.score * (LAW_SHARE if each.corpus is Corpus.LAW else 1))


def decide(found: Sequence[Passage]) -> Decision:
    """Return what to answer with; never a text that has ended, nor at once one still to come."""
    alive = [passage for passage in found if passage.validity is not Validity.ENDED]
    if not alive or alive[0].score < ENOUGH:
        return Decision(choices=_family(alive))
    best, rest = alive[0], alive[1:]
    holding = _holding(alive)
    if holding is not None:
        return Decision(choices=(holding, best))
    near = [passage for passage in rest if passage.score >= CLOSE * best.score and passage.item != best.item]
    if best.score < SURE and near:
        return Decision(choices=(best, *near)[:MOST_CHOICES])
    return Decision(best)


def _family(alive: Sequence[Passage]) -> tuple[Passage, ...]:
    """A few of which one is likely meant (“khai sinh cần gì”), though which is not; empty where none is likely."""
    items = {passage.item: passage for passage in reversed(alive) if passage.score >= FAMILY * alive[0].score}
    found = sorted(items.values(), key=lambda passage: -passage.score)[:MOST_CHOICES]
    is_likely = len(found) > 1 and sum(passage.score for passage in found) >= TOGETHER
    return tuple(found) if is_likely else ()


def _holding(alive: Sequence[Passage]) -> Passage | None:
    """The best passage that holds already, where the best of all is still to come and that one is not far behind."""
    if alive[0].validity is not Validity.COMING:
        return None
    found = next((passage for passage in alive if passage.validity is not Validity.COMING), None)
    return found if found is not None and found.score >= NOT_FAR * alive[0].score else None
