"""Slips of the keyboard mended by what the corpus knows: keys of marks left standing, words run together, a letter
lost, too many, swapped or hit beside its key; of what a word may have been meant as, its neighbours choose.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import numpy as np

from namro.assistant.formulas.segments import Segment
from namro.assistant.formulas.syllables import folded

# A syllable of fewer items is no guess; one of more letters is not Vietnamese.
FEWEST, LONGEST = 5, 7
SHORTEST = 3
MOST_JOINED = 4
# Standing beside a neighbour in more items than these makes a guess no better.
ENOUGH_BESIDE = 50
MOST_LETTERS = LONGEST * MOST_JOINED
_DOUBLE = re.compile(r"([aeod])\1")
_KEY_OF_A_TONE = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxj]([a-z]*)$")

Syllables = tuple[str, ...]


class Vocabulary:
    """The syllables and pairs of the segments of a corpus, with the number of items that hold each."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Know what the segments hold."""
        self.segments = segments

    def knows(self, syllable: str) -> bool:
        """Whether a folded syllable stands somewhere, or is no word at all."""
        return (
            not syllable.isascii() or syllable.isdigit()
            or any(syllable in segment.numbers for segment in self.segments)
        )  # fmt: skip

    def held(self, terms: Sequence[Syllables]) -> list[int]:
        """In how many items each syllable or pair stands."""
        found = np.zeros(len(terms), np.int64)
        for segment in self.segments:
            found += np.diff(segment.places(terms))[:, 0]
        count: list[int] = found.tolist()
        return count

    @cached_property
    def counts(self) -> dict[str, int]:
        """The syllables that a slip may have been meant as, with the number of their items."""
        found: dict[str, int] = defaultdict(int)
        for segment in self.segments:
            for syllable, count in zip(segment.vocabulary, segment.single_frequency.tolist(), strict=True):
                found[syllable] += count
        return {
            each: count for each, count in found.items()
            if count >= FEWEST and len(each) <= LONGEST and each.isascii() and each.isalpha()
        }  # fmt: skip

    @cached_property
    def shortened(self) -> dict[str, list[str]]:
        """Syllables by themselves and by what is left of them without one letter."""
        found: dict[str, list[str]] = defaultdict(list)
        for syllable in self.counts:
            for left in {syllable, *_without_one(syllable)}:
                found[left].append(syllable)
        return found

    def least(self, meant: Syllables) -> int:
        """In how many items the rarest syllable of a guess stands."""
        return min(self.counts[each] for each in meant)

    def sure(self, word: str) -> set[Syllables]:
        """What a word that stands nowhere was meant as, whatever stands beside it: it says so itself."""
        keys: set[Syllables] = {(each,) for each in _without_keys(word) if each in self.counts}
        return keys or set(self._parted(word, MOST_JOINED))

    def likely(self, word: str) -> set[Syllables]:
        """What a word that stands nowhere may have been meant as, where its neighbours agree."""
        return {(each,) for each in self._near(word)}

    def _near(self, word: str) -> Iterator[str]:
        """The syllables that one letter more, less, other or swapped makes of a word."""
        if not SHORTEST <= len(word) <= LONGEST + 1:
            return
        for left in {word, *_without_one(word)}:
            yield from (each for each in self.shortened.get(left, ()) if is_one_slip(word, each))

    def _parted(self, word: str, most: int) -> Iterator[Syllables]:
        """The word as several syllables that stand side by side somewhere."""
        if len(word) > MOST_LETTERS:
            return
        for size in range(2, min(len(word) - 1, LONGEST + 1)):
            first, rest = folded(word[:size]), word[size:]
            if first not in self.counts:
                continue
            ends = [(folded(rest),)] if folded(rest) in self.counts else []
            behind = [*ends, *(self._parted(rest, most - 1) if most > 2 else ())]
            yield from ((first, *each) for each in behind if self.held([(first, each[0])])[0])


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _without_keys(word: str) -> Iterator[str]:
    """The word without the keys that Telex and VNI take for marks."""
    bare = re.sub(r"\d", "", _DOUBLE.sub(r"\1", word).replace("w", ""))
    for each in (bare, _KEY_OF_A_TONE.sub(r"\1\2", bare)):
        if each and each != word:
            yield folded(each)


def is_one_slip(word: str, meant: str) -> bool:
    """Whether one letter lost, too many, other, or swapped with the next makes one word of the other."""
    if abs(len(word) - len(meant)) > 1:
        return False
    if len(word) != len(meant):
        longer, shorter = sorted((word, meant), key=len, reverse=True)
        return shorter in _without_one(longer)
    differ = [at for at in range(len(word)) if word[at] != meant[at]]
    if len(differ) == 2 and differ[1] == differ[0] + 1:
        return word[differ[0]] == meant[differ[1]] and word[differ[1]] == meant[differ[0]]
    return len(differ) == 1


def mended(words: Sequence[str], known: Vocabulary, spoken: Collection[str] = ()) -> list[Syllables]:
    """The folded words as they were meant, each as one or more syllables; what cannot be mended as it is.

    What is `spoken` is no slip, though it stands nowhere: abbreviations and sayings.
    """
    found: list[Syllables] = [(word,) for word in words]
    for at, word in enumerate(words):
        before = found[at - 1][-1] if at else ""
        behind = words[at + 1] if at + 1 < len(words) else ""
        if word not in spoken and not known.knows(word):
            found[at] = (
                _best(known.sure(word), before, behind, known)
                or _best(known.likely(word), before, behind, known, fewest=1 if before or behind else 0)
                or (word,)
            )
    return found


def _best(
    meant: Collection[Syllables], before: str, behind: str, known: Vocabulary, *, fewest: int = 0
) -> Syllables:
    """Which is meant: what stands most beside its neighbours, then what stands most.

    Nothing where nothing stands beside them in at least `fewest` items.
    """
    choices = sorted(meant)
    pairs = [pair for each in choices for pair in ((before, each[0]), (each[-1], behind))]
    beside = known.held(pairs)
    scores = [
        (
            sum(min(count, ENOUGH_BESIDE) for count in beside[2 * at : 2 * at + 2]),
            known.least(each),
            -len(each),
        )
        for at, each in enumerate(choices)
    ]
    best = max(range(len(choices)), key=scores.__getitem__, default=None)
    return () if best is None or scores[best][0] < fewest else choices[best]
