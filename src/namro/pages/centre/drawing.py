"""A chart's drawing: the option that ECharts draws on the server, or a plain shape; small for boards, large alone."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.period import Kind, Period
from namro.indicators.catalog.charts import ChartForm, Over
from namro.indicators.queries.boards import Cell
from namro.indicators.rules import expected_on
from namro.indicators.terms import MONEY, Direction, IndicatorDef
from namro.pages.centre.sentence import part_words
from namro.pages.centre.view import View
from namro.pages.charts import options
from namro.pages.charts.boundaries import city_outline
from namro.pages.charts.chart import Chart, Table
from namro.pages.charts.choropleth import PER_CENT, small_map
from namro.pages.charts.ground import NARROW, Option, Value
from namro.pages.charts.periods import columns, lines
from namro.pages.charts.ranges import going_on
from namro.pages.charts.render import render_svg
from namro.pages.charts.shapes import Zone, dial, funnel, grid
from namro.pages.charts.trends import Event
from namro.pages.indicators.moving import short
from namro.pages.naming import is_english, named

ROWS, GRID_ROWS = 6, 8
HEIGHT, ROW_HEIGHT = 168, 28
Marks = Sequence[Any]


def card_svg(view: View, marks: Marks, alt: str) -> str:
    """Return the drawing of a chart for a board; '' for a table, which is words."""
    if view.chart.form is ChartForm.TABLE:
        return ""
    if view.chart.form in _SHAPES:
        return _SHAPES[view.chart.form](view, alt)
    rows = len(_rows(view)) if view.chart.form is ChartForm.BAR else 0
    height = 8 + ROW_HEIGHT * rows if rows else HEIGHT
    return render_svg(option_of(view, marks)(wide=False), NARROW, height, alt=alt)


def large(view: View, marks: Marks, table: Table, alt: str) -> Chart | None:
    """Return the chart for its own page; None for the forms that are shapes, words, or a map."""
    if view.chart.form in _SHAPES or view.chart.form is ChartForm.TABLE:
        return None
    draw = option_of(view, marks, every=True)
    rows = len(_rows(view, every=True)) if view.chart.form is ChartForm.BAR else 0
    return Chart(
        key=view.chart.code,
        title="",
        alt=alt,
        draw=draw,
        table=table,
        height=300,
        heights=options.heights(rows) if rows else {},
    )


def option_of(view: View, marks: Marks, *, every: bool = False) -> partial[Option]:
    """Return the form of a chart with its data, lacking only how wide it is."""
    unit = view.definition.unit_of_measure if view.definition.unit_of_measure != MONEY else ""
    look: dict[str, Any] = {"unit": unit, "digits": view.definition.decimals}
    if view.chart.over is Over.TIME:
        return _over_time(view, marks, look)
    if view.chart.over is Over.PARTS_TIME:
        labels = [short(period) for period in view.periods]
        return partial(lines, labels, _by_part(view), events=events_of(view, marks), **look)
    names, values, lit = _named_rows(view, every=every)
    if view.chart.form is ChartForm.COLUMN:
        return partial(columns, names, values, **look)
    return partial(options.bars, names, values, lit=lit, **look)


def _over_time(view: View, marks: Marks, look: dict[str, Any]) -> partial[Option]:
    """Return a line, columns, or several lines over the periods."""
    labels = [_label(view, period) for period in view.periods]
    events = events_of(view, marks)
    if len(view.series) > 1:
        several = {
            named(definition): path(view, series.of(view.place.unit.pk, view.chart.breakdown))
            for definition, series in zip(view.definitions, view.series, strict=True)
        }
        return partial(lines, labels, several, events=events, **look)
    values = path(view, view.own)
    if view.chart.form is ChartForm.COLUMN:
        return partial(columns, labels, values, events=events, **look)
    return _line(view, labels, values, look | aimed(view) | {"events": events})


def _line(view: View, labels: list[str], values: list[Value], look: dict[str, Any]) -> partial[Option]:
    """Return a line, which goes on into what is forecast where there is a forecast."""
    if view.ahead is None:
        return partial(options.trend, labels, values, **look)
    more = [_label(view, view.period(start)) for start in view.ahead.starts]
    steps = view.ahead.outlook.steps
    return partial(going_on, [*labels, *more], values, steps, words_ahead=_("dự báo"), **look)


def aimed(view: View) -> dict[str, Any]:
    """Return what a line is held against: the path of its target, else the threshold of green."""
    if route := target_path(view):
        return {"compare": (_("mục tiêu"), route)}
    green = view.definition.lights.get("green")
    return {"target": None if green is None else float(green), "target_words": _("ngưỡng")}


def target_path(view: View) -> list[Value]:
    """Return where the target stands at the end of each period drawn and forecast; empty where it stands nowhere."""
    starts = [period.start for period in view.periods] + list(view.ahead.starts if view.ahead else ())
    if view.target is None:
        return []
    found = [expected_on(view.target, view.period(start).end) for start in starts]
    if all(each is None for each in found):
        return []
    return [None if each is None else float(each) for each in found]


def _label(view: View, period: Period) -> str:
    """Return a period as a small axis has room for: days of the near past without their year."""
    return f"{period.start:%d/%m}" if view.chart.period is Kind.DAY else short(period)


def path(view: View, cells: Sequence[Cell]) -> list[Value]:
    """Return the values of each period in turn; a period without a figure is a gap."""
    known = {cell.start: cell.value for cell in cells}
    return [known.get(period.start) for period in view.periods]


def events_of(view: View, marks: Marks) -> list[Event]:
    """Return what happened within the periods drawn, at the place of its period."""
    place = {period: number for number, period in enumerate(view.periods)}
    told: dict[int, list[str]] = {}
    for mark in marks:
        number = place.get(Period.containing(view.chart.period, mark.day))
        if number is not None and (not mark.groups or view.chart.group in mark.groups):
            told.setdefault(number, []).append(mark.words_en if is_english() else mark.words)
    return [(number, ", ".join(words)) for number, words in sorted(told.items())]


def _by_part(view: View) -> Mapping[str, Sequence[Value]]:
    """Return the path of each part, the largest of the last period first; six at most can be told apart."""
    parts = sorted({cell.part for cell in view.drawn}, key=lambda part: -_last_of(view, part))
    shown = parts[:6]
    return {part_words(view, part): path(view, view.series[0].of(view.place.unit.pk, part)) for part in shown}


def _last_of(view: View, part: str) -> float:
    return next((cell.value or 0.0 for cell in view.now if cell.part == part), 0.0)


def ranked(view: View) -> list[Cell]:
    """Return the cells of now, the worst first (largest first where no way is better)."""
    up = view.definition.direction is Direction.UP
    return sorted(view.now, key=lambda cell: cell.value or 0.0, reverse=not up)


def _rows(view: View, *, every: bool = False) -> list[Cell]:
    """Return the rows of level bars: the worst few and the unit itself; on the chart's own page a screen more."""
    if view.chart.over is Over.NOW:
        return [
            cell
            for series in view.series
            for cell in series.of(view.place.unit.pk, view.chart.breakdown)[-1:]
        ]
    rows = (
        ranked(view)
        if view.chart.over is Over.UNITS
        else sorted(view.now, key=lambda cell: -(cell.value or 0))
    )
    most = 20 if every else ROWS
    shown = rows[:most]
    mine = [cell for cell in rows[most:] if cell.unit == view.place.unit.pk]
    return [*shown[: most - len(mine)], *mine] if view.chart.over is Over.UNITS else shown


def _named_rows(view: View, *, every: bool) -> tuple[list[str], list[Value], str | None]:
    rows = _rows(view, every=every)
    values: list[Value] = [cell.value for cell in rows]
    if view.chart.over is Over.NOW:
        return [named(each) for each in view.definitions], values, None
    if view.chart.over is Over.UNITS:
        lit = view.place.unit.name if any(cell.unit == view.place.unit.pk for cell in rows) else None
        return [view.place.name(cell.unit) for cell in rows], values, lit
    return [part_words(view, cell.part) for cell in rows], values, None


def zones(definition: IndicatorDef, value: float | None) -> tuple[list[Zone], tuple[float, float]]:
    """Return the stretches of a dial by the definition's thresholds, and its ends; one plain stretch without them."""
    green, amber = (definition.lights.get(name) for name in ("green", "amber"))
    bounds = [float(bound) for bound in (green, amber, value) if bound is not None]
    high = 100.0 if definition.unit_of_measure == "%" else max([1.0, *bounds]) * 1.25
    low = min([0.0, *bounds])
    if green is None or amber is None:
        return [Zone(high, "none")], (low, high)
    if definition.direction is Direction.DOWN:
        return [Zone(float(green), "ok"), Zone(float(amber), "risk"), Zone(high, "over")], (low, high)
    return [Zone(float(amber), "over"), Zone(float(green), "risk"), Zone(high, "ok")], (low, high)


def _dial(view: View, alt: str) -> str:
    last = view.reading.last
    value = None if last is None else last.value
    found, ends = zones(view.definition, value)
    return dial(value, view.definition.show(exact(value)), found, ends, alt)


def _funnel(view: View, alt: str) -> str:
    names, values, _lit = _named_rows(view, every=True)
    several = view.definitions if view.chart.over is Over.NOW else [view.definition] * len(values)
    told = [each.show(exact(value)) for each, value in zip(several, values, strict=True)]
    return funnel(names, values, told, alt)


def _grid(view: View, alt: str) -> str:
    """Return the worst few units, or the parts, by their periods."""
    return heat(view, _grid_rows(view)[:GRID_ROWS], alt)


def _grid_rows(view: View) -> list[tuple[str, list[Cell]]]:
    """Return the name and the cells of each row, the worst first."""
    if view.chart.over is Over.PARTS_TIME:
        parts = sorted({cell.part for cell in view.drawn}, key=lambda part: -_last_of(view, part))
        return [(part_words(view, part), view.series[0].of(view.place.unit.pk, part)) for part in parts]
    by_unit: dict[int, list[Cell]] = {}
    for cell in reversed(view.drawn):
        by_unit.setdefault(cell.unit, []).append(cell)
    order = sorted(by_unit, key=lambda unit: _worst_of(view, by_unit[unit]))
    return [(view.place.name(unit), by_unit[unit]) for unit in order]


def _worst_of(view: View, cells: Sequence[Cell]) -> tuple[bool, float]:
    """Return what sorts the rows of a grid: the worst that is drawn of each first, those without data last."""
    known = [cell.value for cell in cells if cell.value is not None]
    if not known:
        return (True, 0.0)
    return (False, min(known) if view.definition.direction is Direction.UP else -max(known))


def heat(view: View, rows: Sequence[tuple[str, Sequence[Cell]]], alt: str, width: int = NARROW) -> str:
    """Return rows of periods as a grid of colours, by the cuts of everything drawn."""
    known = [cell.value for cell in view.drawn if cell.value is not None]
    values = [path(view, cells) for _name, cells in rows]
    labels = [_label(view, period) for period in view.periods]
    told = [
        [
            f"{name}, {label}: {view.definition.show(exact(value))}"
            for label, value in zip(labels, row, strict=True)
        ]
        for (name, _cells), row in zip(rows, values, strict=True)
    ]
    return grid(
        [name for name, _cells in rows], labels, values, told, shades(view.definition, known), alt, width
    )


def whole_heat(view: View, alt: str) -> str:
    """Return every row, for the chart's own page."""
    return heat(view, _grid_rows(view), alt, 720)


def _map(view: View, alt: str) -> str:
    outline = city_outline(view.place.city)
    if outline is None:
        return ""
    values = {view.place.below[cell.unit].code: cell.value for cell in view.now}
    known = [cell.value for cell in view.now if cell.value is not None]
    return small_map(outline, values, alt, shades(view.definition, known))


def shades(definition: IndicatorDef, values: Sequence[float]) -> Sequence[float]:
    """Return where the six colours part: fixed for rates that should rise, else even shares of what is drawn. Pure.

    The lowest value has the lowest colour to itself: many places without any rain are not a sixth of the city each.
    """
    ordered = sorted(values)
    if not ordered or (definition.unit_of_measure == "%" and definition.direction is Direction.UP):
        return PER_CENT
    above = [value for value in ordered if value > ordered[0]] or [ordered[0] + 1.0]
    return [above[len(above) * share // 5] for share in range(5)]


_SHAPES = {ChartForm.GAUGE: _dial, ChartForm.FUNNEL: _funnel, ChartForm.HEAT: _grid, ChartForm.MAP: _map}


def exact(value: Value) -> Decimal | None:
    """Return a value as the decimal it prints."""
    return None if value is None else Decimal(repr(value))
