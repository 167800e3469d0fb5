"""What does not hold in what is being typed: read and checked as when it is sent, and nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from namro.pages.forms.one import OneReturn
from namro.sources.rules.checks import breaches
from namro.sources.rules.reading import numbers, read_boxes


@dataclass(frozen=True)
class Checked:
    """What cannot be read, what does not add up, and how many boxes are still empty."""

    problems: list[str]
    doubts: list[str]
    empty: int
    filled: int

    @property
    def is_clear(self) -> bool:
        """Whether everything that was filled in holds."""
        return not self.problems and not self.doubts


def check(one: OneReturn, written: Mapping[str, str]) -> Checked:
    """Return what stands against the boxes as typed; an empty box is counted, not refused."""
    filled = {code: text for code, text in written.items() if text.strip()}
    values, problems = read_boxes(one.form, filled)
    last = numbers(one.form, one.last.values) if one.last else None
    found = breaches(one.form, numbers(one.form, values), last)
    needed = [field.code for field in one.form.fields if field.required]
    return Checked(
        problems=[problem.sentence for problem in problems if problem.field in filled],
        doubts=[breach.text for breach in found],
        empty=sum(code not in filled for code in needed),
        filled=len(filled),
    )


def default_day(one: OneReturn, today: date) -> date:
    """Return the day the values most likely speak of: the period's last, or today while it runs."""
    return min(one.period.end, today)
