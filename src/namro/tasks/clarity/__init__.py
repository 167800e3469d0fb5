"""The clarity check: reads the Vietnamese text of a task and says which of its clears is missing or vague."""

from namro.tasks.clarity.check import check_clarity
from namro.tasks.clarity.terms import FIVE_CLEARS, Clear, ClearSet, Draft, Finding, Severity
from namro.tasks.clarity.words import ClarityWords, clears_of, load_clears, load_words, words_of

__all__ = [
    "FIVE_CLEARS", "ClarityWords", "Clear", "ClearSet", "Draft", "Finding", "Severity", "check_clarity", "clears_of",
    "load_clears", "load_words", "words_of",
]  # fmt: skip
