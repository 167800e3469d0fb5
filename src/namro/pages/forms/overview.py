"""What is owed: by the viewer's own units, and form by form for those who gather."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.pages.asof import AsOf
from namro.pages.links import address
from namro.pages.naming import period_words
from namro.sources.models import Finding
from namro.sources.queries import Return, due_forms, last_returns, open_findings
from namro.sources.terms import FormDef, ReturnState

TONES = {
    ReturnState.ON_TIME: "ok",
    ReturnState.LATE: "late",
    ReturnState.WAITING: "wait",
    ReturnState.MISSING: "over",
}
URGENCY = (ReturnState.MISSING, ReturnState.WAITING, ReturnState.LATE, ReturnState.ON_TIME)
NAMED = 3


@dataclass(frozen=True)
class Owed:
    """A return in a list: how it stands, what does not add up in it, and the page where it is filled in or read."""

    owed: Return
    doubts: list[Finding]
    href: str

    @property
    def tone(self) -> str:
        """The tone of its state."""
        return TONES[self.owed.state]


def owed_rows(returns: Iterable[Return], as_of: AsOf) -> list[Owed]:
    """Return the rows with what does not add up in them, the most urgent first; one query."""
    listed = list(returns)
    found = open_findings(each.submission for each in listed if each.submission)
    rows = [Owed(each, _doubts(each, found, as_of), _href(each, as_of)) for each in listed]
    return sorted(rows, key=lambda row: URGENCY.index(row.owed.state))


def _doubts(owed: Return, found: dict[int, list[Finding]], as_of: AsOf) -> list[Finding]:
    every = found.get(owed.submission.pk, []) if owed.submission else []
    return [each for each in every if each.closed_day is None or each.closed_day > as_of.day]


def _href(owed: Return, as_of: AsOf) -> str:
    return address("form", owed.form.code, owed.period.key, owed.unit.code, **as_of.query)


def mine(viewer: Viewer, as_of: AsOf) -> list[Owed]:
    """Return what the viewer's own units owe or have sent for the last periods."""
    return owed_rows(due_forms(viewer, as_of.day), as_of)


@dataclass(frozen=True)
class FormLine:
    """A form for its last period: how its returns stand, and who has not sent."""

    form: FormDef
    href: str
    period: str
    counts: Counter[ReturnState]
    missing: list[Unit]
    doubts: int

    @property
    def total(self) -> int:
        """How many owe it."""
        return self.counts.total()

    @property
    def sent(self) -> int:
        """How many have sent it, in time or late."""
        return self.counts[ReturnState.ON_TIME] + self.counts[ReturnState.LATE]

    @property
    def on_time(self) -> int:
        """How many have sent it in time."""
        return self.counts[ReturnState.ON_TIME]

    @property
    def late(self) -> int:
        """How many have sent it late."""
        return self.counts[ReturnState.LATE]

    @property
    def overdue(self) -> int:
        """How many have not sent it though it is due."""
        return self.counts[ReturnState.MISSING]

    @property
    def named(self) -> list[Unit]:
        """The first of those who have not sent."""
        return self.missing[:NAMED]

    @property
    def unnamed(self) -> int:
        """How many more have not sent."""
        return len(self.missing) - len(self.named)


def gathered(viewer: Viewer, as_of: AsOf) -> list[FormLine]:
    """Return every form for its last period within the viewer's reach, the least complete first; five queries."""
    every = last_returns(viewer, as_of.day)
    rows = {id(row.owed): row for row in owed_rows(every, as_of)}
    by_form = [list(group) for _, group in groupby(every, key=lambda each: each.form.code)]
    lines = [_line(group, sum(len(rows[id(each)].doubts) for each in group), as_of) for group in by_form]
    return sorted(lines, key=lambda line: (-line.overdue, -line.doubts, line.form.title))


def _line(group: Sequence[Return], doubts: int, as_of: AsOf) -> FormLine:
    first = group[0]
    return FormLine(
        form=first.form,
        href=address("form_returns", first.form.code, ky=first.period.key, **as_of.query),
        period=period_words(first.period),
        counts=Counter(each.state for each in group),
        missing=[each.unit for each in group if each.state is ReturnState.MISSING],
        doubts=doubts,
    )
