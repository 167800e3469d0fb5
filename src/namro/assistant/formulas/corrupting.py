"""Slips put into questions by chance from a seed, to measure how well such questions are still understood.

They are made without a look at what mends them: a letter lost, doubled, swapped with the next or hit beside its key,
the keys of a mark left standing as Telex takes them, the space between two words lost.
"""

import random
from collections.abc import Callable

from namro.ground.text import fold, tones

# About one word in so many has a slip; one in every question at least.
EVERY = 6
SHORTEST = 3
_BESIDE = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "ko",
    "m": "nk", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "x": "zc", "y": "tu",
}  # fmt: skip
_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_TONES = ("", "f", "r", "x", "s", "j")


def with_slips(question: str, seed: int) -> str:
    """The question with slips in some of its words; the same for the same seed."""
    chance = random.Random(f"{seed} {question}")  # noqa: S311 - chance, not secrecy
    words = question.split()
    long = [at for at, word in enumerate(words) if len(word) >= SHORTEST and word.isalpha()]
    for at in chance.sample(long, min(len(long), max(1, len(words) // EVERY))):
        words[at] = chance.choice(SLIPS)(words[at], chance)
    return " ".join(words).replace(f"{JOINED} ", "").replace(JOINED, "")


# Stands behind a word whose space to the next is lost.
JOINED = "\x00"


def _lost(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[:at] + word[at] * 2 + word[at + 1 :]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _beside(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    key = fold(word[at])
    return word[:at] + chance.choice(_BESIDE.get(key, key)) + word[at + 1 :]


def _left_over(word: str, _chance: random.Random) -> str:
    """The word as its keys are struck where nothing turns them into marks."""
    (letters, tone), *_rest = tones(word) or [(word, "0")]
    return "".join(_TELEX.get(letter, letter) for letter in letters) + _TONES[int(tone)]


def _joined(word: str, _chance: random.Random) -> str:
    return word + JOINED


SLIPS: tuple[Callable[[str, random.Random], str], ...] = (
    _lost,
    _doubled,
    _swapped,
    _beside,
    _left_over,
    _joined,
)
