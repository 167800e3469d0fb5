"""Seeking candidates: the items that hold most of a question's rarest terms."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.building import FULL
from namro.assistant.formulas.segments import Segment

Term = tuple[str, ...]
Terms = Mapping[Term, float]
CANDIDATES = 40
# So many places are read at most, the rarest terms first: what the commonest words would add, features add exactly.
MOST_READ = 400_000


def rarities(segments: Sequence[Segment], terms: Terms) -> dict[Term, float]:
    """How rare each term is over all segments (BM25's inverse document frequency, above 0)."""
    items = sum(len(segment.keys) for segment in segments)
    asked = list(terms)
    held = sum((np.diff(segment.places(asked))[:, 0] for segment in segments), np.zeros(len(asked), np.int64))
    return {
        term: math.log(1 + (items - n + 0.5) / (n + 0.5))
        for term, n in zip(asked, held.tolist(), strict=True)
    }


def candidates(
    segments: Sequence[Segment], terms: Terms, rarity: Mapping[Term, float], most: int = CANDIDATES
) -> list[tuple[Segment, NDArray[Any]]]:
    """The items that hold most of the terms, as rows of their segment, at most `most` in all."""
    share = max(MOST_READ // max(len(segments), 1), 20_000)
    found = [_sought(segment, terms, rarity, most, share) for segment in segments]
    scores = np.concatenate([score for _, score in found]) if found else np.zeros(0)
    least = np.partition(scores, -most)[-most] if len(scores) > most else 0.0
    return [(segment, rows[score >= least]) for segment, (rows, score) in zip(segments, found, strict=True)]


def _sought(
    segment: Segment, terms: Terms, rarity: Mapping[Term, float], most: int, share: int
) -> tuple[NDArray[Any], NDArray[Any]]:
    """The best rows of a segment with their scores."""
    places = dict(zip(terms, segment.places(list(terms)).tolist(), strict=True))
    held, worths = (segment.arrays[name].view(np.ndarray) for name in ("rows", "worths"))
    sums = np.zeros(len(segment.keys), np.float32)
    read = 0
    for term in sorted(terms, key=lambda each: places[each][1] - places[each][0]):
        start, end = places[term]
        if read and read + end - start > share:
            break
        read += end - start
        factor = np.float32(rarity[term] * terms[term] / FULL)
        sums[held[start:end]] += worths[start:end] * factor
    rows = np.flatnonzero(sums if segment.live is None else sums * segment.live)
    if len(rows) > most:
        rows = rows[np.argpartition(sums[rows], -most)[-most:]]
    return rows, sums[rows]
