"""The check as a whole: all findings on a draft, in the order of the clears."""

from collections.abc import Iterator
from dataclasses import replace

from namro.tasks.clarity.measures import check_result
from namro.tasks.clarity.missing import check_missing
from namro.tasks.clarity.terms import FIVE_CLEARS, ClearSet, Draft, Finding, Topic
from namro.tasks.clarity.times import check_times
from namro.tasks.clarity.vague import check_several_works, check_words
from namro.tasks.clarity.words import ClarityWords


def check_clarity(draft: Draft, words: ClarityWords, clears: ClearSet = FIVE_CLEARS) -> list[Finding]:
    """Return what is missing or vague in the draft, in the order of the clears; what no clear asks for is left out."""
    found = []
    for finding in _all_findings(draft, words, clears):
        clear = clears.clear_of(finding.topic)
        if clear:
            found.append(replace(finding, clear=clear.code))
    order = clears.topics
    return sorted(found, key=lambda each: (order.index(Topic(each.topic)), each.field, each.span, each.code))


def _all_findings(draft: Draft, words: ClarityWords, clears: ClearSet) -> Iterator[Finding]:
    """Yield the findings of every part of the check."""
    yield from check_missing(draft, clears.topics)
    yield from check_words(draft, words)
    yield from check_several_works(draft, words)
    yield from check_result(draft, words)
    yield from check_times(draft, words)
