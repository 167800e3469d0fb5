"""How an indicator of a unit moved: its periods in a chart, beside the city or the target's path, and in a table."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _

from namro.ground.days import format_day
from namro.ground.numbers import NO_VALUE
from namro.ground.period import Kind, Period
from namro.indicators.queries import trend
from namro.indicators.rules import expected_on
from namro.indicators.terms import MONEY, FigureRow, IndicatorDef, TargetDef
from namro.organisation.models import Unit
from namro.pages.charts import options
from namro.pages.charts.chart import Chart, Table
from namro.pages.indicators.asked import Asked
from namro.pages.indicators.parts import counted_words
from namro.pages.naming import period_words

MOST_DAYS, MOST_PERIODS = 400, 24
Values = list[float | None]


def recent(asked: Asked, definition: IndicatorDef, unit: Unit, breakdown: str) -> list[FigureRow]:
    """Return the last periods, oldest first; of figures kept by the day the last of each month; one query."""
    most = MOST_DAYS if Kind.DAY in definition.periods else MOST_PERIODS
    rows = trend(asked.viewer, definition.code, unit, asked.as_of.day, breakdown, limit=most)
    return by_month(rows)[-MOST_PERIODS:]


def by_month(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the last of each month among figures of days; figures of longer periods stay as they are. Pure."""
    last: dict[str, FigureRow] = {}
    for row in rows:
        last[row.period[:7] if Period.parse(row.period).kind is Kind.DAY else row.period] = row
    return list(last.values())


def filled(rows: Sequence[FigureRow]) -> list[tuple[Period, FigureRow | None]]:
    """Return every period from the first to the last, those without a figure as gaps; days stay as they are. Pure."""
    known = {Period.parse(row.period): row for row in rows}
    periods = sorted(known)
    if not periods or periods[0].kind is Kind.DAY or len({period.kind for period in periods}) > 1:
        return [(period, known[period]) for period in periods]
    period, every = periods[0], []
    while period <= periods[-1]:
        every.append((period, known.get(period)))
        period = period.next()
    return every


def chart_of(
    asked: Asked,
    definition: IndicatorDef,
    rows: Sequence[FigureRow],
    *,
    target: TargetDef | None,
    wider: Sequence[FigureRow],
) -> Chart | None:
    """Return the chart; None where fewer than two periods are known."""
    steps = filled(rows)
    if len(steps) < 2:
        return None
    values = [_value(definition, row) for _, row in steps]
    beside = _target_path(target, steps) or _city_path(asked, definition, wider, steps)
    final = _only_mark(target, steps)
    draw = partial(
        options.trend,
        [short(period) for period, _ in steps],
        values,
        unit=_unit(definition),
        digits=definition.decimals,
        name=asked.unit.label,
        compare=beside,
        target=final,
        target_words=_("mục tiêu"),
    )
    last = rows[-1]
    alt = ", ".join(f"{short(period)}: {_text(definition, row)}" for period, row in steps[-8:])
    return Chart(
        "moving", "", alt, draw, _table(definition, steps, beside), last.as_of, last.source, "#dinh-nghia"
    )


def short(period: Period) -> str:
    """Return a period as the foot of a chart has room for: 'T6/25', '09/07/25', '2025-H1' as '6T đầu 2025'."""
    start, year = period.start, f"{period.start:%y}"
    return {
        Kind.DAY: f"{start:%d/%m}/{year}",
        Kind.MONTH: _("T%(month)s/%(year)s") % {"month": start.month, "year": year},
        Kind.HALF: (_("6T đầu %s") if start.month == 1 else _("6T cuối %s")) % start.year,
        Kind.YEAR: str(start.year),
    }.get(period.kind) or period_words(period)


def _value(definition: IndicatorDef, row: FigureRow | None) -> float | None:
    rounded = row.rounded(definition) if row else None
    return None if rounded is None else float(rounded)


def _unit(definition: IndicatorDef) -> str:
    return definition.unit_of_measure if definition.unit_of_measure != MONEY else ""


def _text(definition: IndicatorDef, row: FigureRow | None) -> str:
    return row.text(definition) if row else NO_VALUE


def _target_path(
    target: TargetDef | None, steps: Sequence[tuple[Period, FigureRow | None]]
) -> tuple[str, Values] | None:
    """Return where the target should be at the end of each period; None where it has no path through them."""
    if target is None:
        return None
    path = [expected_on(target, period.end) for period, _ in steps]
    known = [value for value in path if value is not None]
    if len(set(known)) < 2:
        return None
    return _("mục tiêu"), [None if value is None else round(float(value), 2) for value in path]


def _only_mark(target: TargetDef | None, steps: Sequence[tuple[Period, FigureRow | None]]) -> float | None:
    """Return the target's last value where it has no path through the periods."""
    return float(target.final[1]) if target and not _target_path(target, steps) else None


def _city_path(
    asked: Asked, definition: IndicatorDef, wider: Sequence[FigureRow], steps: Sequence[tuple[Period, FigureRow | None]]
) -> tuple[str, Values] | None:  # fmt: skip
    """Return the city's values of the same periods, for a unit below it."""
    known = {row.period: row for row in wider}
    path = [_value(definition, known.get(period.key)) for period, _ in steps]
    return (asked.city.label, path) if any(value is not None for value in path) else None


def _table(
    definition: IndicatorDef,
    steps: Sequence[tuple[Period, FigureRow | None]],
    beside: tuple[str, Values] | None,
) -> Table:
    heads = [
        _("Kỳ"),
        _("Giá trị"),
        _("Số đếm"),
        _("Biết từ ngày"),
        *([_capital(beside[0])] if beside else []),
    ]
    rows = []
    for place, (period, row) in enumerate(steps):
        more = [_shown(definition, beside[1][place])] if beside else []
        known = [
            _text(definition, row),
            counted_words(row) if row else "",
            format_day(row.as_of) if row else NO_VALUE,
        ]
        rows.append([period_words(period), *known, *more])
    return Table(heads, rows[::-1])


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _shown(definition: IndicatorDef, value: float | None) -> str:
    return definition.show(None if value is None else Decimal(str(value)))
