"""The figures of a chart as a table: what is drawn, in words, and nothing beside it; and as rows of a download."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from namro.ground.numbers import round_half_up
from namro.ground.period import Period
from namro.indicators.catalog.charts import BY_UNITS, ChartForm, Over
from namro.indicators.queries.boards import Cell, Series
from namro.indicators.terms import Direction, IndicatorDef
from namro.pages.centre.sentence import part_words
from namro.pages.centre.view import View
from namro.pages.charts.chart import Table
from namro.pages.naming import named, period_words
from namro.pages.sheet import Cell as SheetCell

Row = list[str]


def table_of(view: View) -> Table:
    """Return the table behind a chart: newest period, worst unit, or largest part first."""
    if view.chart.over is Over.TIME:
        return _by_period(view)
    if view.chart.over is Over.NOW:
        return _by_indicator(view)
    if view.chart.over is Over.UNITS and view.chart.form is ChartForm.TABLE:
        return _units_by_indicator(view)
    if view.chart.over in (Over.UNITS, Over.PARTS):
        return _ranked(view)
    return _crossed(view)


def _by_period(view: View) -> Table:
    """Return a row a period, a column an indicator; what is forecast stands on top, said to be so."""
    by_indicator = [_known(view, series) for series in view.series]
    rows = [
        [period_words(period), *_texts(view.definitions, by_indicator, period)]
        for period in reversed(view.periods)
    ]
    return Table([_("Kỳ"), *_columns(view)], [*_ahead(view), *rows])


def _ahead(view: View) -> list[Row]:
    """Return the rows of the periods that are forecast, the last first: what is expected, and between what."""
    if view.ahead is None:
        return []
    rows = []
    for start, step in zip(view.ahead.starts, view.ahead.outlook.steps, strict=True):
        middle, low, high = (
            view.definition.show(round_half_up(Decimal(repr(each)), view.definition.decimals))
            for each in (step.middle, step.low, step.high)
        )
        told = {"middle": middle, "low": low, "high": high}
        rows.append([period_words(view.period(start)), _("dự báo %(middle)s (%(low)s – %(high)s)") % told])
    return rows[::-1]


def _by_indicator(view: View) -> Table:
    """Return a row an indicator: the last value and the one before."""
    rows = []
    for definition, series in zip(view.definitions, view.series, strict=True):
        cells = series.of(view.place.unit.pk, view.chart.breakdown)[-2:]
        texts = [_text(definition, cell.value) for cell in reversed(cells)]
        rows.append([named(definition), *texts, *[""] * (2 - len(texts))])
    return Table([_("Chỉ số"), _("Kỳ này"), _("Kỳ trước")], rows)


def _units_by_indicator(view: View) -> Table:
    """Return a row a unit, a column an indicator; the worst by the first of them on top."""
    values = [
        {cell.unit: cell.value for cell in series.cells if cell.start == series.last.start}
        for series in view.series
    ]
    units = [unit.pk for unit in view.place.among(view.chart)]
    units.sort(key=lambda unit: _badness(view.definition, values[0].get(unit)))
    rows = [
        [
            view.place.name(unit),
            *(
                _text(definition, known.get(unit))
                for definition, known in zip(view.definitions, values, strict=True)
            ),
        ]
        for unit in units
    ]
    return Table([_("Đơn vị"), *_columns(view)], rows)


def _badness(definition: IndicatorDef, value: float | None) -> tuple[bool, float]:
    """Return what sorts the worst first and those without data last."""
    sign = 1 if definition.direction is Direction.UP else -1
    return (value is None, sign * (value or 0.0))


def _ranked(view: View) -> Table:
    """Return a row a unit or a part with its value."""
    by_unit = view.chart.over is Over.UNITS
    cells = sorted(view.now, key=lambda cell: _badness(view.definition, cell.value))
    if not by_unit:
        cells = sorted(view.now, key=lambda cell: -(cell.value or 0.0))
    rows = [[_name(view, cell), _text(view.definition, cell.value)] for cell in cells]
    return Table([_("Đơn vị") if by_unit else _("Phần"), named(view.definition)], rows)


def _crossed(view: View) -> Table:
    """Return a row a unit or a part, a column a period, the newest first."""
    periods = view.periods[::-1]
    rows_by_name: dict[str, dict[Period, float | None]] = {}
    for cell in view.drawn:
        rows_by_name.setdefault(_name(view, cell), {})[view.period(cell.start)] = cell.value
    rows = [
        [name, *(_text(view.definition, known.get(period)) for period in periods)]
        for name, known in rows_by_name.items()
    ]
    head = _("Đơn vị") if view.chart.over in BY_UNITS else _("Phần")
    return Table([head, *(period_words(period) for period in periods)], rows)


def sheet_heads() -> list[SheetCell]:
    """Return the heads of the columns of a download."""
    return [
        _("Mã biểu đồ"), _("Mã chỉ số"), _("Chỉ số"), _("Mã đơn vị"), _("Đơn vị"), _("Kỳ"), _("Phần"), _("Giá trị"),
        _("Đơn vị tính"), _("Số liệu đến ngày"), _("Nguồn"), _("Dữ liệu minh họa"),
    ]  # fmt: skip


def sheet_rows(view: View) -> Iterator[list[SheetCell]]:
    """Yield every figure of a chart as a row of a download; an empty cell is no data."""
    codes = {view.place.unit.pk: view.place.unit.code, view.place.city.pk: view.place.city.code}
    codes |= {key: unit.code for key, unit in view.place.below.items()}
    for definition, series in zip(view.definitions, view.series, strict=True):
        for cell in series.cells:
            yield [
                view.chart.code, definition.code, named(definition), codes[cell.unit], view.place.name(cell.unit),
                period_words(Period(series.kind, cell.start)), part_words(view, cell.part) if cell.part else "",
                None if cell.value is None else Decimal(repr(cell.value)), definition.unit_of_measure, series.as_of,
                definition.source, _("có") if series.synthetic else "",
            ]  # fmt: skip


def _columns(view: View) -> Row:
    return [named(definition) for definition in view.definitions]


def _known(view: View, series: Series) -> dict[Period, float | None]:
    cells = series.of(view.place.unit.pk, view.chart.breakdown)
    return {view.period(cell.start): cell.value for cell in cells}


def _texts(
    definitions: Sequence[IndicatorDef], known: Sequence[Mapping[Period, float | None]], period: Period
) -> Row:
    return [_text(each, values.get(period)) for each, values in zip(definitions, known, strict=True)]


def _name(view: View, cell: Cell) -> str:
    return view.place.name(cell.unit) if view.chart.over in BY_UNITS else part_words(view, cell.part)


def _text(definition: IndicatorDef, value: float | None) -> str:
    return definition.show(None if value is None else Decimal(repr(value)))
