"""Features of candidates: how well each field, the best passage and the name answer, from the tokens themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.contrast import CONTRASTS
from namro.assistant.formulas.schemes import SATURATION, SHORTNESS, Scheme
from namro.assistant.formulas.seeking import Term, Terms
from namro.assistant.formulas.segments import Segment
from namro.assistant.formulas.views import Counts, View, counts_of, pair_counts_of, view_of

# Of passages half the length counts: a short step must not win by being short.
PASSAGE_MEAN, PASSAGE_SHORTNESS = 60.0, 0.5
# Shares go from 0 to 10, so that their weights are of the size of the others.
TEN = 10


@dataclass(frozen=True)
class Seen:
    """Features of some rows of a segment (a line each), the passage that fits best, and which asked terms they hold.

    Columns stand in the order of `names_of`, without those of `contrast`, for which all candidates must be there.
    """

    values: NDArray[Any]
    best_passage: NDArray[Any]
    in_name: NDArray[Any]
    pairs_held: NDArray[Any]


def names_of(scheme: Scheme) -> tuple[str, ...]:
    """The names of the features of a scheme, in their order."""
    by_field = [f"{name}.{size}" for size in (1, 2) for name in scheme.fields]
    told = ("passage", "passage_pairs", "name_told", "name_pairs", "asked_in_name", "asked_in_all")
    return (*by_field, *told, *scheme.priors, *CONTRASTS)


def seen(
    segment: Segment,
    rows: NDArray[Any],
    terms: Terms,
    rarity: Mapping[Term, float],
    scheme: Scheme,
    items: int,
) -> Seen:
    """The features of rows of a segment for the terms of a question; `items` is the size of the whole corpus."""
    singles, pairs = ([term for term in terms if len(term) == size] for size in (1, 2))
    view = view_of(segment, rows, singles)
    one = counts_of(view, singles, terms, rarity)
    two = pair_counts_of(view, singles, pairs, terms, rarity)
    lengths = view.by_field(view.sizes.astype(np.float32), len(rows), len(scheme.fields))
    held = [counts.by_field(view, *lengths.shape) for counts in (one, two)]
    norms = (1 - SHORTNESS + SHORTNESS * lengths / segment.arrays["field_means"])[..., None]
    best, passage = _best_passages(view, _passage_scores(view, one, two), len(rows))
    asked = max(float(one.worth.sum()), 1e-6)
    in_name = held[0][:, 0] > 0
    columns = [
        *(_saturated(held[0], norms) @ one.worth).T,
        *(_saturated(held[1], norms) @ two.worth).T,
        best,
        _best_pairs(view, two),
        _name_told(segment, view, len(rows), items),
        (held[1][:, 0] > 0).sum(axis=1) / np.maximum(lengths[:, 0] - 1, 1) * TEN,
        in_name @ one.worth / asked * TEN,
        (held[0].sum(axis=1) > 0) @ one.worth / asked * TEN,
        *segment.arrays["priors"][rows].T,
    ]
    return Seen(np.stack(columns, axis=1), passage, in_name, held[1].sum(axis=1) > 0)


def _saturated(counts: NDArray[Any], norms: NDArray[Any]) -> NDArray[Any]:
    saturated: NDArray[Any] = counts * (SATURATION + 1) / (counts + SATURATION * norms)
    return saturated


def _passage_scores(view: View, one: Counts, two: Counts) -> NDArray[Any]:
    norms = (1 - PASSAGE_SHORTNESS + PASSAGE_SHORTNESS * view.sizes / PASSAGE_MEAN)[:, None]
    scores: NDArray[Any] = _saturated(one.by_passage, norms) @ one.worth
    return scores + _saturated(two.by_passage, norms) @ two.worth


def _best_passages(view: View, scores: NDArray[Any], items: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """The score of the best passage of each candidate, and its number in the segment."""
    order = np.lexsort((-scores, view.owner))
    firsts = np.searchsorted(view.owner[order], np.arange(items))
    return scores[order][firsts], view.number[order][firsts]


def _best_pairs(view: View, two: Counts) -> NDArray[Any]:
    """How much of the asked pairs, by their worth, the passage of each candidate holds that holds most of them."""
    asked = max(float(two.worth.sum()), 1e-6)
    firsts = np.flatnonzero(np.concatenate([[True], view.owner[1:] != view.owner[:-1]]))
    best: NDArray[Any] = np.maximum.reduceat((two.by_passage > 0) @ two.worth, firsts) / asked * TEN
    return best


def _name_told(segment: Segment, view: View, rows: int, items: int) -> NDArray[Any]:
    """How much of the name, by the rarity of its syllables, the question tells."""
    in_name = np.flatnonzero((view.field == 0)[view.passage])
    owner, tokens = view.owner[view.passage[in_name]], view.tokens[in_name]
    frequency = segment.single_frequency[tokens] * (items / len(segment.keys))
    rare = np.log(1 + (items - frequency + 0.5) / (frequency + 0.5))
    whole = np.bincount(owner, rare, minlength=rows)
    told = np.bincount(owner, rare * (view.asked[in_name] >= 0), minlength=rows)
    share: NDArray[Any] = told / np.maximum(whole, 1e-6) * TEN
    return share
