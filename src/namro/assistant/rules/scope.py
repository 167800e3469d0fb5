"""What is not answered: topics recognised by reviewed words, whatever is asked around them."""

import re
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
        exact = [_pattern(words, may_be_plain=False) for words in self.marked]
        return _any_of([*(_pattern(words) for words in self.words), *exact])

    @cached_property
    def _back(self) -> re.Pattern[str]:
        return _any_of([_pattern(words) for words in self.unless])

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


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\S)(?:" + "|".join(patterns) + r")(?!\S)")


def _pattern(words: str, *, may_be_plain: bool = True) -> str:
    """The pattern of some words; each of their syllables may be typed without its marks where that is allowed."""
    parts = [part.split() for part in words.split("*")]
    return _BETWEEN.join(" ".join(_syllable(each, may_be_plain) for each in part) for part in parts)


def _syllable(syllable: str, may_be_plain: bool) -> str:
    spelt, plain = re.escape(spell(syllable)), re.escape(f"{fold(syllable)}0")
    return f"(?:{spelt}|{plain})" if may_be_plain else spelt
