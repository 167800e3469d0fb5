"""Ranking: candidates by the weights that were learnt, and the chance that the first is what was asked for.

Weights and chances were learnt from the development questions (list-wise softmax, L2 of 5, groups of one gold item held
together and damped) and are reported by cross-validation; `docs/adr/0031-…` says how and what they came to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.contrast import contrasts
from namro.assistant.formulas.features import Seen, names_of, seen
from namro.assistant.formulas.schemes import SCHEMES
from namro.assistant.formulas.seeking import Terms, candidates, rarities
from namro.assistant.formulas.segments import Segment
from namro.assistant.terms import Corpus

WEIGHTS: Mapping[Corpus, Mapping[str, float]] = {
    Corpus.PROCEDURES: {
        "field.1": 0.104, "who.1": 0.47, "result.1": 0.1, "name.2": 0.058, "field.2": 0.145, "who.2": 0.177,
        "result.2": 0.013, "documents.2": 0.025, "passage": 0.092, "name_told": 0.321, "name_pairs": 0.313,
        "asked_in_name": 0.069, "asked_in_all": 0.167, "commune": 1.109, "province": -0.407, "ministry": 0.152,
        "citizen": 0.267, "name_parts": 0.293, "name_parts_sum": 0.117, "pairs_part": 0.257,
    },
    Corpus.LAW: {
        "law.1": 0.01, "text.1": 0.021, "title.2": -0.073, "law.2": 0.061, "text.2": 0.028, "passage": 0.025,
        "passage_pairs": 0.771, "name_told": 0.298, "name_pairs": 0.5, "asked_in_name": -0.043,
        "asked_in_all": 0.399, "rank": 1.856, "name_parts": 0.327, "name_parts_sum": -0.008,
        "pairs_part": 0.372,
    },
    # Not learnt, for nobody has asked yet: how much of the way of asking is told, and of the question answered.
    Corpus.CITY: {
        "name_told": 0.5, "name_pairs": 0.3, "asked_in_name": 0.3, "asked_in_all": 0.4, "passage_pairs": 0.2,
    },
}  # fmt: skip
# The logit of the chance: what it starts from, and what it gains by the share of the first among the candidates (its
# logarithm) and by how much of the question stands in the item and in its name, and of the name in the question.
CHANCES = {
    Corpus.PROCEDURES: (0.356, 1.941, 1.383, 1.268, 0.149),
    # Learnt 0.349; half a point less, for people mostly ask about procedures and articles won too many of those.
    Corpus.LAW: (-0.151, 2.9, 2.42, -0.48, 1.284),
    # Not learnt: as sure as four fifths of both sides, told, make it.
    Corpus.CITY: (-8.0, 0.0, 4.0, 3.0, 5.0),
}
SHARES = ("asked_in_all", "asked_in_name", "name_told")


@dataclass(frozen=True)
class Hit:
    """An item that was found: its key, where in it (field and number of the passage there), and the chance."""

    key: str
    field: str
    place: int
    chance: float


@dataclass(frozen=True)
class Laid:
    """The candidates of a question: their features (a line each), and of which row of which segment and passage."""

    values: NDArray[Any]
    owners: list[tuple[Segment, int, int]]


def laid_out(segments: Sequence[Segment], corpus: Corpus, terms: Terms) -> Laid | None:
    """The candidates of a question with their features; None where nothing holds any of its terms."""
    scheme, items = SCHEMES[corpus], sum(segment.size for segment in segments)
    rarity = rarities(segments, terms)
    found = [
        (segment, rows, seen(segment, rows, terms, rarity, scheme, items))
        for segment, rows in candidates(segments, terms, rarity)
        if len(rows)
    ]
    owners = [
        (segment, row, passage)
        for segment, rows, sight in found
        for row, passage in zip(rows, sight.best_passage, strict=True)
    ]
    return Laid(_values([sight for _, _, sight in found], terms), owners) if found else None


def search(segments: Sequence[Segment], corpus: Corpus, terms: Terms, most: int) -> list[Hit]:
    """The items of a corpus that answer the terms of a question, best first, at most `most`."""
    laid = laid_out(segments, corpus, terms)
    if laid is None:
        return []
    scheme = SCHEMES[corpus]
    names = names_of(scheme)
    scores = laid.values @ np.array([WEIGHTS[corpus].get(name, 0.0) for name in names])
    order = np.argsort(-scores, kind="stable")[:most]
    shares = np.exp(scores - scores[order[0]])
    told = [1.0, *told_by(names, scores, laid.values)]
    sure = float(1 / (1 + np.exp(-np.dot(CHANCES[corpus], told))))
    return [_hit(laid.owners[place], scheme.fields, sure * float(shares[place])) for place in order]


def told_by(names: Sequence[str], scores: NDArray[Any], values: NDArray[Any]) -> list[float]:
    """By what the chance of the first is told: the logarithm of its share among the candidates, and how much of the
    question stands in it and in its name, and of its name in the question.
    """
    first = int(np.argmax(scores))
    share = 1 / np.exp(scores - scores[first]).sum()
    return [float(np.log(share)), *(float(values[first][names.index(name)]) / 10 for name in SHARES)]


def _values(sights: Sequence[Seen], terms: Terms) -> NDArray[Any]:
    """The features of all candidates, those that hold them against each other last."""
    in_name, pairs_held = (
        np.concatenate([getattr(sight, held) for sight in sights]) for held in ("in_name", "pairs_held")
    )
    said, pairs_said = (
        np.array([terms[term] for term in terms if len(term) == size], np.float32) for size in (1, 2)
    )
    alone = np.concatenate([sight.values for sight in sights])
    return np.hstack([alone, contrasts(in_name, pairs_held, said, pairs_said)])


def _hit(owner: tuple[Segment, int, int], fields: Sequence[str], chance: float) -> Hit:
    """Where the best passage stands: its field, and its number among the passages of that field."""
    segment, row, passage = owner
    first = int(segment.arrays["item_bounds"][row])
    kinds = segment.arrays["passage_field"][first : passage + 1]
    return Hit(segment.keys[row], fields[int(kinds[-1])], int((kinds == kinds[-1]).sum()) - 1, chance)
