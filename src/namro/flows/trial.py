"""A rule tried on history before it goes live: on which days, on what, it would have called."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from namro.alerts.actions.merging import lay_by
from namro.alerts.models import Rule
from namro.alerts.terms import SEEN
from namro.delivery.terms import Level
from namro.flows.judging import compose_trial, prepare_calendar, prepare_places, working_days
from namro.ground.days import format_day
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused

LONGEST = timedelta(days=400)
Key = tuple[int, str]


@dataclass
class TriedObject:
    """One thing on which the rule would have called: how often, on how many days it stood, how grave it got."""

    key: str
    label: str
    path: str
    unit_id: int
    unit: str = ""
    calls: int = 0
    days: int = 0
    level: int = 0
    first: date | None = None
    is_marked: bool = False


@dataclass
class Trial:
    """What a rule would have done in a time: calls are openings and raises, each of which tells somebody."""

    rule: str
    first: date
    last: date
    days: int = 0
    openings: int = 0
    raises: int = 0
    most_at_once: int = 0
    weeks: Counter[date] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)
    objects: dict[Key, TriedObject] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        """How often somebody would have been told."""
        return self.openings + self.raises

    @property
    def per_week(self) -> float:
        """Calls a week."""
        return self.calls / max(1.0, ((self.last - self.first).days + 1) / 7)

    @property
    def loudest(self) -> list[TriedObject]:
        """What called most, first."""
        return sorted(self.objects.values(), key=lambda thing: (-thing.calls, -thing.days, thing.key))


@transaction.atomic
def trial(rule: Rule, first: date, last: date) -> Trial:
    """Try a rule, stored or not, on each working day of a time, as things were known on it; writes nothing."""
    if last < first or last - first > LONGEST:
        raise Refused(
            f"Khoảng thử từ {format_day(first)} đến {format_day(last)} không dùng được: dài nhất "
            f"{LONGEST.days} ngày, ngày đầu trước ngày cuối.",
            field="last",
        )
    tried, standing = Trial(rule.code, first, last), dict[Key, int]()
    calendar, day = working_calendar(), working_calendar().next_working(first)
    prepare_calendar(working_days(last))
    while day <= last:
        standing = _count(tried, day, standing, _seen(rule, day))
        day = calendar.add_working_days(day, 1)
    _name_units(tried)
    return tried


def _seen(rule: Rule, day: date) -> list[dict[str, Any]]:
    """What the rule sees on a day."""
    prepare_places(day)
    composed = compose_trial(day, [rule])
    columns = ", ".join(SEEN)
    with connection.cursor() as cursor:
        lay_by(cursor, composed)
        cursor.execute(f"SELECT {columns} FROM ({composed.sql}) AS seen", dict(composed.params))  # noqa: S608
        return [dict(zip(SEEN, row, strict=True)) for row in cursor.fetchall()]


def _count(tried: Trial, day: date, standing: dict[Key, int], seen: list[dict[str, Any]]) -> dict[Key, int]:
    """Count a day: what was not there the day before opens, what is graver than then is raised."""
    monday = day - timedelta(days=day.weekday())
    tried.weeks[monday] += 0
    now: dict[Key, int] = {}
    for row in seen:
        key = (row["unit_id"], row["object_key"])
        now[key] = max(row["level"], now.get(key, 0))
        thing = tried.objects.setdefault(key, _thing(row, day))
        thing.days += 1
        thing.level = max(thing.level, row["level"])
        before = standing.get(key, 0)
        if row["level"] > before:
            thing.calls += 1
            tried.weeks[monday] += 1
            tried.levels[row["level"]] += 1
            tried.openings += not before
            tried.raises += bool(before)
    tried.days += 1
    tried.most_at_once = max(tried.most_at_once, len(now))
    return now


def _thing(row: dict[str, Any], day: date) -> TriedObject:
    return TriedObject(
        row["object_key"],
        row["object_label"],
        row["path"],
        row["unit_id"],
        first=day,
        is_marked=row["is_marked"],
    )


def _name_units(tried: Trial) -> None:
    ids = {thing.unit_id for thing in tried.objects.values()}
    names = {unit.pk: unit.label for unit in Unit.objects.filter(pk__in=ids)}
    for thing in tried.objects.values():
        thing.unit = names[thing.unit_id]


def as_json(tried: Trial, *, most: int = 50) -> dict[str, Any]:
    """The trial as JSON can hold it."""
    return {
        "rule": tried.rule,
        "from": tried.first.isoformat(),
        "to": tried.last.isoformat(),
        "working_days": tried.days,
        "calls": tried.calls,
        "openings": tried.openings,
        "raises": tried.raises,
        "calls_a_week": round(tried.per_week, 2),
        "most_at_once": tried.most_at_once,
        "by_level": {Level(level).name.lower(): n for level, n in sorted(tried.levels.items())},
        "weeks": {monday.isoformat(): calls for monday, calls in sorted(tried.weeks.items())},
        "objects": [
            {
                "key": t.key,
                "label": t.label,
                "unit": t.unit,
                "calls": t.calls,
                "days": t.days,
                "level": t.level,
            }
            for t in tried.loudest[:most]
        ],
        "objects_in_all": len(tried.objects),
    }
