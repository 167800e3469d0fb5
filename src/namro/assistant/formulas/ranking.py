"""Ranking: candidates by the weights that were learnt, and the chance that the first is what was asked for.

Weights and chances were learnt from the development questions (list-wise softmax, L2 of 5, groups of one gold item held
together and damped) and are reported by cross-validation; `docs/adr/0031-…` says how and what they came to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.features import names_of, seen
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.formulas.seeking import Terms, candidates, rarities
from namro.assistant.formulas.segments import Segment
from namro.assistant.terms import Corpus

WEIGHTS: Mapping[Corpus, Mapping[str, float]] = {
    Corpus.PROCEDURES: {
        "name.1": -0.001, "field.1": 0.158, "who.1": 0.524, "result.1": 0.067, "documents.1": 0.005,
        "steps.1": -0.013, "rest.1": 0.021, "name.2": 0.117, "field.2": 0.145, "who.2": 0.239, "result.2": 0.022,
        "documents.2": 0.031, "steps.2": 0.004, "rest.2": -0.002, "passage": 0.123, "name_told": 0.266,
        "name_pairs": 0.273, "asked_in_name": 0.398, "asked_in_all": 0.097, "commune": 1.1, "province": -0.521,
        "ministry": 0.093, "citizen": 0.21,
    },
    Corpus.LAW: {
        "title.1": -0.006, "law.1": -0.009, "text.1": -0.02, "title.2": -0.078, "law.2": 0.05, "text.2": 0.062,
        "passage": 0.062, "name_told": 0.273, "name_pairs": 0.609, "asked_in_name": 0.218, "asked_in_all": 0.666,
        "rank": 1.92,
    },
}  # fmt: skip
# The logit of the chance: what it starts from, and what it gains by the share of the first among the candidates (its
# logarithm) and by how much of the question stands in the item and in its name, and of the name in the question.
CHANCES = {
    Corpus.PROCEDURES: (1.082, 2.295, 1.102, 1.117, -0.368),
    # Learnt 0.873; half a point less, for people mostly ask about procedures and articles won too many of those.
    Corpus.LAW: (0.373, 2.643, 1.92, -0.273, 0.642),
}
SHARES = ("asked_in_all", "asked_in_name", "name_told")


@dataclass(frozen=True)
class Hit:
    """An item that was found: its key, where in it (field and number of the passage there), and the chance."""

    key: str
    field: str
    place: int
    chance: float


def search(segments: Sequence[Segment], corpus: Corpus, terms: Terms, most: int) -> list[Hit]:
    """The items of a corpus that answer the terms of a question, best first, at most `most`."""
    scheme, items = SCHEMES[corpus], sum(segment.size for segment in segments)
    rarity = rarities(segments, terms)
    found = [
        (segment, rows, seen(segment, rows, terms, rarity, scheme, items))
        for segment, rows in candidates(segments, terms, rarity)
        if len(rows)
    ]
    if not found:
        return []
    values = np.concatenate([sight.values for _, _, sight in found])
    names = names_of(scheme)
    scores = values @ np.array([WEIGHTS[corpus][name] for name in names])
    order = np.argsort(-scores, kind="stable")[:most]
    shares = np.exp(scores - scores[order[0]]) / np.exp(scores - scores[order[0]]).sum()
    sure = _chance(corpus, names, values[order[0]], float(shares[order[0]]))
    owners = [(segment, row, passage) for segment, rows, sight in found
              for row, passage in zip(rows, sight.best_passage, strict=True)]  # fmt: skip
    return [
        _hit(owners[place], scheme.fields, sure * float(shares[place] / shares[order[0]])) for place in order
    ]


def _chance(corpus: Corpus, names: Sequence[str], values: NDArray[Any], share: float) -> float:
    start, by_share, *by_held = CHANCES[corpus]
    held = [values[names.index(name)] / 10 for name in SHARES]
    logit = start + by_share * np.log(share) + np.dot(by_held, held)
    return float(1 / (1 + np.exp(-logit)))


def _hit(owner: tuple[Segment, int, int], fields: Sequence[str], chance: float) -> Hit:
    """Where the best passage stands: its field, and its number among the passages of that field."""
    segment, row, passage = owner
    first = int(segment.arrays["item_bounds"][row])
    kinds = segment.arrays["passage_field"][first : passage + 1]
    return Hit(segment.keys[row], fields[int(kinds[-1])], int((kinds == kinds[-1]).sum()) - 1, chance)
