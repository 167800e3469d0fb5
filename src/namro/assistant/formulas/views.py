"""The passages of candidates laid out one behind the other, and how often each term of a question stands in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.seeking import Term, Terms
from namro.assistant.formulas.segments import Segment


@dataclass(frozen=True)
class View:
    """Passages: whose they are, their field, number in the segment and length; tokens, the passage of each, which are
    asked for (-1), and at which places those stand that are.
    """

    owner: NDArray[Any]
    field: NDArray[Any]
    number: NDArray[Any]
    sizes: NDArray[Any]
    tokens: NDArray[Any]
    passage: NDArray[Any]
    asked: NDArray[Any]
    met: NDArray[Any]

    def by_field(self, values: NDArray[Any], items: int, fields: int) -> NDArray[Any]:
        """Values of passages added up by candidate and field; passages of a field stand together."""
        group = self.owner * fields + self.field
        firsts = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
        sums = np.zeros((items * fields, *values.shape[1:]), np.float32)
        sums[group[firsts]] = np.add.reduceat(values, firsts, axis=0)
        return sums.reshape(items, fields, *values.shape[1:])


@dataclass(frozen=True)
class Counts:
    """How often each term of one length stands in each passage, and what each term is worth."""

    by_passage: NDArray[Any]
    worth: NDArray[Any]

    def by_field(self, view: View, items: int, fields: int) -> NDArray[Any]:
        """The counts by candidate, field and term."""
        return view.by_field(self.by_passage.astype(np.float32), items, fields)


def view_of(segment: Segment, rows: NDArray[Any], singles: Sequence[Term]) -> View:
    """The passages of some rows; `asked` is the place of each token among the singles."""
    bounds, starts = segment.arrays["item_bounds"], segment.arrays["passage_bounds"]
    number, owner = _ranges(bounds[rows], bounds[rows + 1])
    sizes = starts[number + 1] - starts[number]
    tokens = _tokens(segment, rows)
    table = np.full(len(segment.vocabulary) + 1, -1, np.int16)
    for place, (syllable,) in enumerate(singles):
        table[segment.numbers.get(syllable, len(segment.vocabulary))] = place
    asked = table[tokens]
    passage = np.repeat(np.arange(len(sizes)), sizes)
    field = segment.arrays["passage_field"][number]
    return View(owner, field, number, sizes, tokens, passage, asked, np.flatnonzero(asked >= 0))


def _tokens(segment: Segment, rows: NDArray[Any]) -> NDArray[Any]:
    """The tokens of some rows, one behind the other; those of an item stand together."""
    bounds, starts = segment.arrays["item_bounds"], segment.arrays["passage_bounds"]
    tokens = segment.arrays["tokens"].view(np.ndarray)
    places = zip(starts[bounds[rows]].tolist(), starts[bounds[rows + 1]].tolist(), strict=True)
    return np.concatenate([tokens[start:end] for start, end in places])


def _ranges(starts: NDArray[Any], ends: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """All numbers of some ranges, one range behind the other, and of which range each is."""
    sizes = ends - starts
    owner = np.repeat(np.arange(len(starts)), sizes)
    firsts = np.cumsum(sizes) - sizes
    return np.arange(len(owner)) - firsts[owner] + starts[owner], owner


def counts_of(view: View, singles: Sequence[Term], terms: Terms, rarity: Mapping[Term, float]) -> Counts:
    """How often each asked syllable stands in each passage."""
    width = len(singles)
    places = view.passage[view.met] * width + view.asked[view.met]
    counts = np.bincount(places, minlength=len(view.sizes) * width)
    return Counts(counts.reshape(-1, width), _worth(singles, terms, rarity))


def pair_counts_of(
    view: View, singles: Sequence[Term], pairs: Sequence[Term], terms: Terms, rarity: Mapping[Term, float]
) -> Counts:
    """How often each asked pair of neighbours stands in each passage."""
    left, right, width = view.met[:-1], view.met[1:], len(singles)
    both = (right - left == 1) & (view.passage[left] == view.passage[right])
    codes = view.asked[left[both]].astype(np.int64) * width + view.asked[right[both]]
    place = _pair_table(singles, pairs)[codes]
    held = place >= 0
    spread = max(len(pairs), 1)
    counts = np.bincount(
        view.passage[left[both]][held] * spread + place[held], minlength=len(view.sizes) * spread
    )
    return Counts(counts.reshape(-1, spread)[:, : len(pairs)], _worth(pairs, terms, rarity))


def _pair_table(singles: Sequence[Term], pairs: Sequence[Term]) -> NDArray[Any]:
    """The place of a pair by the places of its two syllables; -1 for pairs that nobody asks for."""
    places = {term[0]: place for place, term in enumerate(singles)}
    table = np.full(len(singles) ** 2, -1, np.int16)
    for place, (one, two) in enumerate(pairs):
        table[places[one] * len(singles) + places[two]] = place
    return table


def _worth(terms: Sequence[Term], asked: Terms, rarity: Mapping[Term, float]) -> NDArray[Any]:
    return np.array([asked[term] * rarity[term] for term in terms], np.float32)
