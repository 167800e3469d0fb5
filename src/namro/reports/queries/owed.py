"""Reports that units owe by a schedule, and how each stands; what was sent, version by version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Viewer
from namro.reports.catalog.templates import TemplateDef
from namro.reports.models import SentReport
from namro.reports.queries.templates import templates
from namro.sources.rules.due import due_day, return_state
from namro.sources.terms import ReturnState

Key = tuple[str, int, date]


@dataclass(frozen=True)
class Owed:
    """A report owed by a unit for a period: due when, how it stands on the day, the day it was first sent."""

    template: TemplateDef
    unit: Unit
    period: Period
    due: date
    state: ReturnState
    first_sent: date | None
    version: int = 0


def scheduled() -> list[TemplateDef]:
    """Return the templates that are owed by a schedule; one query."""
    return [each for each in templates() if each.schedule is not None]


def is_owed(template: TemplateDef, unit: Unit) -> bool:
    """Whether the unit owes the report."""
    return template.schedule is not None and unit.kind in template.schedule.kinds


def periods_owed(template: TemplateDef, day: date) -> list[Period]:
    """Return the periods that have ended before the day, oldest first, since the report was first owed."""
    if template.schedule is None:
        return []
    period, found = Period.parse(template.schedule.first_period), []
    while period.end < day:
        found.append(period)
        period = period.next()
    return found


def owed_by(units: Sequence[Unit], day: date) -> list[Owed]:
    """Return what the units owe: each report missing, and each template's last period; the longest overdue first.

    Two queries. Whether the units may be read is asked before.
    """
    declared = scheduled()
    sent = _sent({unit.pk for unit in units}, day) if declared else {}
    found = [
        owed
        for template in declared
        for unit in units
        if is_owed(template, unit)
        for owed in _of_unit(template, unit, day, sent)
    ]
    return sorted(found, key=lambda owed: (owed.due, owed.template.code, owed.unit.sort_key))


def owed_of(viewer: Viewer, day: date) -> list[Owed]:
    """Return what the viewer's own units owe; three queries."""
    return owed_by(list(Unit.objects.valid_on(day).filter(pk__in=viewer.post_unit_ids)), day)


def gathered(viewer: Viewer, template: TemplateDef, period: Period, day: date) -> list[Owed]:
    """Return how each unit within the viewer's reach stands with a report for a period; two queries."""
    kinds = template.schedule.kinds if template.schedule else ()
    rows = Unit.objects.valid_on(day).filter(kind__in=kinds)
    rows = rows.filter(path__contains=f"/{_city_code(viewer)}/")
    if viewer.unit_ids is not None:
        rows = rows.filter(pk__in=viewer.unit_ids)
    units = list(rows)
    sent = _sent({unit.pk for unit in units}, day, template.code)
    return [_owed(template, unit, period, day, sent) for unit in units]


def _city_code(viewer: Viewer) -> str:
    return Unit.objects.values_list("code", flat=True).get(pk=viewer.city_id)


def one_owed(template: TemplateDef, unit: Unit, period: Period, day: date) -> Owed:
    """Return how one unit stands with one report; one query."""
    return _owed(template, unit, period, day, _sent({unit.pk}, day, template.code))


def _of_unit(template: TemplateDef, unit: Unit, day: date, sent: dict[Key, tuple[date, int]]) -> list[Owed]:
    every = [_owed(template, unit, period, day, sent) for period in periods_owed(template, day)]
    return [owed for owed in every[:-1] if owed.state is ReturnState.MISSING] + every[-1:]


def _owed(
    template: TemplateDef, unit: Unit, period: Period, day: date, sent: dict[Key, tuple[date, int]]
) -> Owed:
    first, version = sent.get((template.code, unit.pk, period.start), (None, 0))
    due = due_of(template, unit, period)
    return Owed(template, unit, period, due, return_state(due=due, sent=first, day=day), first, version)


def due_of(template: TemplateDef, unit: Unit, period: Period) -> date:
    """Return the last day on which the report is on time, by the working calendar; ValueError without a schedule."""
    if template.schedule is None:
        raise ValueError(template.code)
    return due_day(template.schedule.due, period, working_calendar(), born=unit.valid_from)


def _sent(unit_ids: Iterable[int], day: date, template: str = "") -> dict[Key, tuple[date, int]]:
    """Return the day each report first came in and its last version: a correction does not make it late."""
    rows = SentReport.objects.filter(unit_id__in=list(unit_ids), sent_day__lte=day)
    if template:
        rows = rows.filter(template=template)
    found: dict[Key, tuple[date, int]] = {}
    kept = rows.order_by("version").values_list("template", "unit_id", "period_start", "sent_day", "version")
    for code, unit_id, start, sent_day, version in kept:
        first = found.get((code, unit_id, start), (sent_day, 0))[0]
        found[code, unit_id, start] = (first, version)
    return found


def versions(template: str, unit: Unit, period: Period) -> QuerySet[SentReport]:
    """Return what was sent, the last version first."""
    rows = SentReport.objects.filter(
        template=template, unit=unit, period_kind=period.kind, period_start=period.start
    )
    return rows.select_related("sent_by").order_by("-version")
