"""What is not answered: topics recognised by reviewed words, whatever is asked around them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from namro.ground.text import fold, tones

_BETWEEN = r"(?: \S+){1,6} "


@dataclass(frozen=True)
class Topic:
    """Chủ đề ngoài phạm vi: the words that show it, those that put a question back, what is said and who knows.

    `marked` words count only where they are typed with their marks: “nộp hộ” is no “nộp hồ sơ”.
    """

    code: str
    name: str
    words: tuple[str, ...]
    says: str
    who: str
    marked: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    @cached_property
    def _shown(self) -> re.Pattern[str]:
        return shown(self.words, self.marked)

    @cached_property
    def _back(self) -> re.Pattern[str]:
        return shown(self.unless)

    def is_meant(self, spelt: str) -> bool:
        """Whether a spelt question is about it."""
        return bool(self._shown.search(spelt)) and not (self.unless and self._back.search(spelt))


def topic_of(question: str, topics: tuple[Topic, ...]) -> Topic | None:
    """Return the first topic out of scope that a question shows, None where there is none."""
    spelt = spell(question)
    return next((topic for topic in topics if topic.is_meant(spelt)), None)


def spell(text: str) -> str:
    """Return each syllable as its letters and tone, wherever the tone stands: 'Hoà Vang!' → 'hoa1 vang0'."""
    return " ".join(letters + tone for letters, tone in tones(text))


def shown(words: Iterable[str], marked: Iterable[str] = ()) -> re.Pattern[str]:
    """Return the pattern of words in a spelt text; those of the second list only as they are typed with their marks."""
    exact = [_pattern(each, may_be_plain=False) for each in marked]
    return _any_of([*(_pattern(each) for each in words), *exact])


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\S)(?:" + "|".join(patterns) + r")(?!\S)")


def _pattern(words: str, *, may_be_plain: bool = True) -> str:
    """The pattern of some words; each of their syllables may be typed without its marks where that is allowed."""
    parts = [part.split() for part in words.split("*")]
    return _BETWEEN.join(" ".join(_syllable(each, may_be_plain) for each in part) for part in parts)


def _syllable(syllable: str, may_be_plain: bool) -> str:
    spelt, plain = re.escape(spell(syllable)), re.escape(f"{fold(syllable)}0")
    return f"(?:{spelt}|{plain})" if may_be_plain else spelt
