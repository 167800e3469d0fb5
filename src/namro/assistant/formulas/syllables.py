"""Syllables as the index knows them: without marks and case, 'lý' as 'lí', Roman numbers as numbers."""

import re
from functools import lru_cache

from namro.ground.text import fold, nfc

_WORD = re.compile(r"[^\W_]+")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
# One sound, two spellings: kỹ thuật, kĩ thuật.
_Y = re.compile(r"(h|k|l|m|s|t|qu)y")
MOST_KNOWN = 60_000


def words_of(text: str) -> list[str]:
    """The syllables of a text as they are written, in lower case, in their order."""
    return _WORD.findall(nfc(text).lower())


@lru_cache(maxsize=MOST_KNOWN)
def folded(word: str) -> str:
    """One written syllable as the index knows it."""
    bare = _ROMAN.get(word) or fold(word).replace(" ", "") or word
    soft = _Y.fullmatch(bare)
    return f"{soft[1]}i" if soft else bare


def syllables(text: str) -> list[str]:
    """The syllables of a text as the index knows them, in their order."""
    return [folded(word) for word in words_of(text)]
