"""Reading Vietnamese text by whole syllables, so that a listed word is found where it stands and nowhere else."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from namro.ground.text import fold, tones

# Not "#": behind a space it would begin a comment in YAML.
ANY_NUMBER = "…"
_SYLLABLE = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_PATTERN_WORD = re.compile(f"{ANY_NUMBER}|{_SYLLABLE.pattern}")
_ROMAN = re.compile("[IVX]+")
_BETWEEN = re.compile("[ \t\r\u00a0,/–-]*")
_CLAUSE_END = re.compile(r"[;\n]|[.!?…](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable where it stands in the text, with the tone apart so that its placement does not count."""

    start: int
    end: int
    marked: tuple[tuple[str, str], ...]
    folded: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a list found in a text."""

    start: int
    end: int
    words: str


class Phrases:
    """A list of words to look for; '…' in it stands for any number."""

    def __init__(self, written: Iterable[str] = ()) -> None:
        self._by_first: dict[str, list[tuple[Syllable, ...]]] = defaultdict(list)
        for phrase in written:
            syllables = tuple(_syllable(found) for found in _PATTERN_WORD.finditer(phrase))
            if syllables:
                self._by_first[syllables[0].folded].append(syllables)
        for phrases in self._by_first.values():
            phrases.sort(key=len, reverse=True)

    def beginning_with(self, syllable: Syllable) -> Iterator[tuple[Syllable, ...]]:
        """Yield the phrases that may begin at the syllable, the longest first."""
        yield from self._by_first.get(syllable.folded, ())
        if syllable.is_number:
            yield from self._by_first.get("", ())


class Reading:
    """A text cut into syllables. One typed wholly without marks is matched without marks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.syllables = tuple(_syllable(found) for found in _SYLLABLE.finditer(text))
        self._plain = all(text[each.start : each.end].isascii() for each in self.syllables)

    def find(self, phrases: Phrases) -> list[Match]:
        """Return where phrases of the list stand, left to right, never overlapping."""
        found, place = [], 0
        while place < len(self.syllables):
            length = self.length_at(place, phrases)
            if length:
                start, end = self.syllables[place].start, self.syllables[place + length - 1].end
                found.append(Match(start, end, self.text[start:end]))
            place += length or 1
        return found

    def length_at(self, place: int, phrases: Phrases) -> int:
        """Return how many syllables the longest phrase of the list has that stands at this place, 0 if none does."""
        if not 0 <= place < len(self.syllables):
            return 0
        candidates = phrases.beginning_with(self.syllables[place])
        return max((len(phrase) for phrase in candidates if self._stands(phrase, place)), default=0)

    @cached_property
    def clauses(self) -> list[tuple[int, "Reading"]]:
        """The clauses between full stops, semicolons and line ends, each with the position at which it begins."""
        stops = list(_CLAUSE_END.finditer(self.text))
        starts, ends = (
            [0, *(stop.end() for stop in stops)],
            [*(stop.start() for stop in stops), len(self.text)],
        )
        return [(start, Reading(self.text[start:end])) for start, end in zip(starts, ends, strict=True)]

    def clause_at(self, position: int) -> "Reading":
        """Return the clause around a position."""
        return next(clause for start, clause in reversed(self.clauses) if start <= position)

    def _stands(self, phrase: tuple[Syllable, ...], place: int) -> bool:
        """Tell whether the phrase stands at this place, unbroken by a stop."""
        here = self.syllables[place : place + len(phrase)]
        if len(here) < len(phrase) or not all(map(self._fits, phrase, here)):
            return False
        return all(_BETWEEN.fullmatch(self.text, a.end, b.start) for a, b in pairwise(here))

    def _fits(self, wanted: Syllable, here: Syllable) -> bool:
        """Tell whether a syllable of a list is the one that stands here."""
        if not wanted.folded:
            return here.is_number
        return wanted.marked == here.marked or (self._plain and wanted.folded == here.folded)


def _syllable(found: re.Match[str]) -> Syllable:
    """Return the syllable of a regular expression's match."""
    return Syllable(found.start(), found.end(), *_known(found.group()))


@lru_cache(maxsize=20_000)
def _known(written: str) -> tuple[tuple[tuple[str, str], ...], str, bool]:
    """Return a syllable with its tone apart, folded, and whether it is a number; Vietnamese has some 7,000 of them."""
    is_number = (written.isascii() and written.isdigit()) or bool(_ROMAN.fullmatch(written))
    return tuple(tones(written)), fold(written), is_number
