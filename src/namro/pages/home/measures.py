"""What the map of the communes may show: rates of their tasks, and every rate that is a figure of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from namro.ground.numbers import NO_VALUE, format_number, format_percent, percent
from namro.indicators.queries import definitions, latest_by_unit, visible_figures
from namro.indicators.terms import Direction, FigureRow, IndicatorDef
from namro.organisation.models import Unit
from namro.pages.home.scope import Scope
from namro.pages.links import address, tasks_of, unit_page
from namro.pages.naming import named
from namro.tasks.queries import Counts


@dataclass(frozen=True)
class Cell:
    """A commune on the map: the rate in per cent (None: no data), in words, what it is counted from, and its doors."""

    unit: Unit
    rate: Decimal | None
    words: str
    counted: str
    href: str
    page: str


@dataclass(frozen=True)
class Measure:
    """Something the map can show: its key in the address, its name, whether more is better, and its cells."""

    key: str
    label: str | Promise
    more_is_better: bool
    cells: Callable[[Scope], list[Cell]]


def task_measure(key: str, label: str | Promise, part: str, state: str, *, more_is_better: bool) -> Measure:
    """Return a rate of tasks: so many in a group of states, of all given to the commune as lead."""

    def cells(scope: Scope) -> list[Cell]:
        return [_task_cell(scope, unit, part, state) for unit in scope.communes]

    return Measure(key, label, more_is_better, cells)


def _task_cell(scope: Scope, unit: Unit, part: str, state: str) -> Cell:
    counts = scope.by_unit.get(unit.pk, Counts())
    some, rate = getattr(counts, part), percent(getattr(counts, part), counts.total)
    counted = f"{format_number(some)} / {format_number(counts.total)}" if counts.total else NO_VALUE
    href = tasks_of(scope.viewer, unit, scope.as_of, state=state) if some else ""
    return Cell(unit, rate, format_percent(rate), counted, href, unit_page(unit, scope.as_of))


TASK_MEASURES = (
    task_measure("xong", _("Nhiệm vụ hoàn thành"), "finished", "done", more_is_better=True),
    task_measure("qua-han", _("Nhiệm vụ quá hạn"), "overdue", "overdue", more_is_better=False),
)


def figure_measure(definition: IndicatorDef) -> Measure:
    """Return the last figures of an indicator by commune."""

    def cells(scope: Scope) -> list[Cell]:
        ids = [unit.pk for unit in scope.communes]
        rows = latest_by_unit(scope.viewer, definition.code, scope.as_of.day, units=ids)
        found = {row.unit_id: row for row in rows}
        return [_figure_cell(scope, unit, definition, found.get(unit.pk)) for unit in scope.communes]

    return Measure(definition.code, named(definition), definition.direction != Direction.DOWN, cells)


def _figure_cell(scope: Scope, unit: Unit, definition: IndicatorDef, row: FigureRow | None) -> Cell:
    page = unit_page(unit, scope.as_of)
    if row is None:
        return Cell(unit, None, NO_VALUE, NO_VALUE, "", page)
    counted = NO_VALUE
    if row.numerator is not None and row.denominator is not None:
        counted = f"{format_number(row.numerator)} / {format_number(row.denominator)}"
    href = address("indicator", definition.code, don_vi=unit.code, **scope.as_of.query)
    return Cell(unit, row.rounded(definition), row.text(definition), counted, href, page)


def measures(scope: Scope) -> list[Measure]:
    """Return what may be chosen: tasks first, then the rates of which the communes have figures on the day."""
    communes = [unit.pk for unit in scope.communes]
    known = visible_figures(scope.viewer).filter(
        unit_id__in=communes, as_of__lte=scope.as_of.day, breakdown=""
    )
    codes = set(known.order_by().values_list("indicator", flat=True).distinct())
    rates = [each for each in definitions() if each.code in codes and each.unit_of_measure == "%"]
    return [*TASK_MEASURES, *map(figure_measure, rates)]


def chosen(found: list[Measure], key: str) -> Measure:
    """Return the measure of that key, the first where there is none."""
    return next((measure for measure in found if measure.key == key), found[0])
