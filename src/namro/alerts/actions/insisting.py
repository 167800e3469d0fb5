"""What of the rules in use is due to be told again, or to climb, at a moment: by rule and level, in arrays.

Only rules that insist are asked, of ten thousand perhaps a few; which alerts are meant is for the statement to find.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from namro.alerts.models import Rule
from namro.alerts.rules import is_quiet
from namro.alerts.terms import RuleDef
from namro.delivery.terms import Level
from namro.ground.calendar import WorkingCalendar
from namro.ground.hours import working_hours_before

Insistent = Sequence[tuple[int, RuleDef]]


def insistent() -> Insistent:
    """Return the rules in use that insist, by key; one query."""
    rows = Rule.objects.filter(is_live=True, body__insist__isnull=False).only("pk", "body").order_by("pk")
    return [(row.pk, row.definition) for row in rows]


def due_again(rules: Insistent, moment: datetime) -> Mapping[str, list[Any]]:
    """Return before which moment each level of each rule must have been told to be told again; none in quiet hours."""
    due = [
        (key, int(level), moment - timedelta(hours=hours))
        for key, rule, level, hours in _by_level(rules, "repeat")
        if not is_quiet(rule.insisting, level, moment)
    ]
    return _columns(due, "rule_ids", "levels", "cutoffs")


def due_to_climb(rules: Insistent, moment: datetime, calendar: WorkingCalendar) -> Mapping[str, list[Any]]:
    """Return since which moment each level of each rule must have stood to climb, with its working hours."""
    back: dict[int, datetime] = {}
    due = []
    for key, _rule, level, hours in _by_level(rules, "climb"):
        if hours not in back:
            back[hours] = working_hours_before(moment, hours, calendar)
        due.append((key, int(level), hours, back[hours]))
    return _columns(due, "rule_ids", "levels", "hours", "cutoffs")


def _by_level(rules: Insistent, what: str) -> Iterator[tuple[int, RuleDef, Level, int]]:
    for key, rule in rules:
        for level, hours in getattr(rule.insisting, what).items():
            yield key, rule, level, hours


def _columns(rows: Iterable[tuple[Any, ...]], *names: str) -> Mapping[str, list[Any]]:
    """Return rows as a list a column, none of them where there is no row."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return dict(zip(names, columns, strict=True)) if columns else {}
