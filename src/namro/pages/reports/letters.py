"""The letters of urging of the month: which units have something late, and the way to the letter of each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.pages.asof import AsOf
from namro.pages.links import address, tasks_of
from namro.pages.viewing import needs, viewer_of
from namro.sources.queries import last_returns
from namro.sources.terms import ReturnState
from namro.tasks.models import Register
from namro.tasks.queries import counts_by_tree

TEMPLATE = "urging"


@dataclass(frozen=True)
class Letter:
    """A unit with something late: how many tasks and forms, the doors to them, and its letter."""

    unit: Unit
    tasks: int
    tasks_href: str
    forms: int
    href: str


@require_safe
@needs(Capability.ASSIGN_TASKS)
def letters(request: HttpRequest) -> HttpResponse:
    """Show the units of the city that have a letter to get, the most overdue tasks first."""
    viewer, day = viewer_of(request), AsOf(clock.today())
    rows = sorted(_letters(viewer, day), key=lambda row: (-row.tasks, -row.forms, row.unit.sort_key))
    context = {"rows": rows, "sentence": sentence(len(rows)), "as_of": day, "dateline": _dateline(day)}
    return render(request, "reports/letters.html", context)


def sentence(units: int) -> str:
    """«23 đơn vị có việc hoặc biểu đang chậm.»"""
    if not units:
        return _("Không đơn vị nào có việc hay biểu đang chậm.")
    return _("%(n)s đơn vị có việc hoặc biểu đang chậm.") % {"n": format_number(units)}


def _dateline(day: AsOf) -> str:
    return _("Công văn đôn đốc · đến %(day)s") % {"day": format_day(day.day)}


def _letters(viewer: Viewer, day: AsOf) -> Iterator[Letter]:
    """Yield a letter a unit directly under the city that has something late; a constant number of queries."""
    units = list(Unit.objects.valid_on(day.day).filter(parent_id=viewer.city_id))
    registers = list(Register.objects.values_list("pk", flat=True))
    counts = counts_by_tree(viewer, day.day, units=units, register_ids=registers)
    missing: dict[int, int] = {}
    for owed in last_returns(viewer, day.day):
        if owed.state is ReturnState.MISSING:
            missing[owed.unit.pk] = missing.get(owed.unit.pk, 0) + 1
    for unit in units:
        late = counts[unit.pk].overdue if unit.pk in counts else 0
        forms = missing.get(unit.pk, 0)
        if late or forms:
            href = address("report", TEMPLATE, don_vi=unit.code)
            yield Letter(unit, late, tasks_of(viewer, unit, day, state="overdue"), forms, href)
