"""Building a segment of the index from items: their tokens in order, and which item holds which term how much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.assistant.formulas.schemes import SATURATION, SHORTNESS, Scheme
from namro.assistant.formulas.syllables import folded, words_of

Arrays = dict[str, NDArray[Any]]
PAIR = 1 << 32
FULL = 255


@dataclass(frozen=True)
class Item:
    """What is found as one: a procedure, an article. Passages by field, in their order; priors say what it is."""

    key: str
    fields: Mapping[str, Sequence[str]]
    priors: tuple[float, ...]
    digest: str = ""


@dataclass
class Words:
    """Syllables by number, in the order in which they were met; `written` spares folding a word again."""

    numbers: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)

    def of(self, text: str) -> list[int]:
        """The numbers of the syllables of a text."""
        words = words_of(text)
        written = self.written
        for word in words:
            if word not in written:
                written[word] = self.numbers.setdefault(folded(word), len(self.numbers))
        return [written[word] for word in words]


@dataclass
class Built:
    """A segment as it was built: arrays by name, syllables in their order, keys and digests of the items."""

    arrays: Arrays
    vocabulary: list[str]
    keys: list[str]
    digests: list[str]


def build(items: Iterable[Item], scheme: Scheme) -> Built:
    """Return the segment of some items, at least one."""
    words, held = Words(), list(items)
    tokens: list[int] = []
    passages: list[tuple[int, int, int]] = []  # item, field, end
    for number, item in enumerate(held):
        for place, name in enumerate(scheme.fields):
            for text in item.fields.get(name, ()):
                tokens += words.of(text)
                passages.append((number, place, len(tokens)))
    table = np.array(passages, np.int64).reshape(-1, 3)
    arrays: Arrays = {
        "tokens": np.array(tokens, np.uint32),
        "passage_item": table[:, 0].astype(np.uint32),
        "passage_field": table[:, 1].astype(np.uint8),
        "passage_bounds": np.concatenate([[0], table[:, 2]]).astype(np.int64),
        "item_bounds": np.searchsorted(table[:, 0], np.arange(len(held) + 1)).astype(np.int64),
        "priors": np.array([item.priors for item in held], np.float32).reshape(len(held), -1),
    }
    lengths = _field_lengths(arrays, len(held), len(scheme.fields))
    arrays["field_means"] = np.maximum(lengths.mean(axis=0), 1).astype(np.float32)
    arrays |= _postings(arrays, lengths, scheme)
    return Built(arrays, list(words.numbers), [item.key for item in held], [item.digest for item in held])


def _field_lengths(arrays: Arrays, items: int, fields: int) -> NDArray[Any]:
    """Syllables by item and field."""
    place = arrays["passage_item"].astype(np.int64) * fields + arrays["passage_field"]
    sizes = np.diff(arrays["passage_bounds"])
    return np.bincount(place, sizes, minlength=items * fields).astype(np.float32).reshape(items, fields)


def _postings(arrays: Arrays, lengths: NDArray[Any], scheme: Scheme) -> Arrays:
    """Terms (syllables and pairs), each with its items and how much they hold of it, from 0 to 255."""
    sizes = np.diff(arrays["passage_bounds"])
    means = arrays["field_means"]
    share = np.array(scheme.weights, np.float32) / (1 - SHORTNESS + SHORTNESS * lengths / means)
    item = np.repeat(arrays["passage_item"], sizes).astype(np.uint64)
    place = item * np.uint64(share.shape[1]) + np.repeat(arrays["passage_field"], sizes)
    tokens = arrays["tokens"].astype(np.uint64)
    within = np.ones(max(len(tokens) - 1, 0), bool)
    ends = arrays["passage_bounds"][1:-1] - 1
    within[ends[(ends >= 0) & (ends < len(within))]] = False
    known = np.uint64(tokens.max() + 1 if len(tokens) else 1)
    pairs = (tokens[:-1] * known + tokens[1:])[within]
    one = _gathered(tokens, place, share)
    two = _gathered(pairs, place[:-1][within], share)
    two[0] = (two[0] // known + np.uint64(1)) * np.uint64(PAIR) + two[0] % known
    terms, counts = (np.concatenate([one[place], two[place]]) for place in (0, 1))
    return {
        "terms": terms, "bounds": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "rows": np.concatenate([one[2], two[2]]), "worths": np.concatenate([one[3], two[3]]),
    }  # fmt: skip


def _gathered(terms: NDArray[Any], place: NDArray[Any], share: NDArray[Any]) -> list[NDArray[Any]]:
    """Distinct terms, the number of their items, and for each its items with what they hold, saturated.

    `place` is the item and field of each term as one number, `share` what a term is worth there. Sorting the numbers
    themselves and counting equal ones is several times as fast as sorting their places.
    """
    if not len(terms):
        return [np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.uint8)]
    items, fields = (np.uint64(size) for size in share.shape)
    numbers = np.sort(terms * (items * fields) + place)
    firsts = _firsts(numbers)
    numbers, times = numbers[firsts], np.diff(np.append(firsts, len(numbers)))
    worth = share.ravel()[(numbers % (items * fields)).astype(np.int64)] * times
    kept = numbers // fields
    starts = _firsts(kept)
    held, kept = np.add.reduceat(worth, starts), kept[starts]
    distinct = kept // items
    begins = _firsts(distinct)
    saturated = np.maximum(held / (held + SATURATION) * FULL, 1).astype(np.uint8)
    counts = np.diff(np.append(begins, len(distinct)))
    return [distinct[begins], counts, (kept % items).astype(np.uint32), saturated]


def _firsts(ordered: NDArray[Any]) -> NDArray[Any]:
    """Where a new number begins in numbers in their order."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
