"""What an indicator over a table means, in plain Python: every row by itself, every level and period anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from namro.ground.numbers import exact, round_half_up
from namro.ground.period import Kind, Period
from namro.indicators.formulas.observations import KEPT_DECIMALS
from namro.indicators.formulas.tables import DAYS_KEPT
from namro.indicators.terms import Aggregate, Condition, IndicatorDef, Measure, Part, Test

Row = Mapping[str, Any]
TESTS = {
    Test.IS: lambda value, wanted: value in wanted,
    Test.IS_NOT: lambda value, wanted: value not in wanted,
    Test.EMPTY: lambda value, wanted: (value is None) == wanted[0],
    Test.AT_LEAST: lambda value, wanted: value is not None and value >= wanted[0],
    Test.AT_MOST: lambda value, wanted: value is not None and value <= wanted[0],
    Test.ABOVE: lambda value, wanted: value is not None and value > wanted[0],
    Test.BELOW: lambda value, wanted: value is not None and value < wanted[0],
}


def figures(
    rows: Iterable[Row], definition: IndicatorDef, above: Mapping[str, list[str]], day: date
) -> dict[Any, Any]:
    """Return the value of each unit, period and breakdown that has one."""
    places: defaultdict[tuple[str, Period, str], list[Row]] = defaultdict(list)
    for row in rows:
        shown = {""} | ({_text(row[definition.by])} if definition.by else set())
        for unit in (row["_unit"], *above[row["_unit"]]):
            for kind in definition.periods:
                if kind is not Kind.DAY or row["_day"] > day - timedelta(days=DAYS_KEPT):
                    for part in shown:
                        places[unit, Period.containing(kind, row["_day"]), part].append(row)
    found = {place: _value(definition, there) for place, there in places.items()}
    return {place: value for place, value in found.items() if value is not None}


def _value(definition: IndicatorDef, rows: list[Row]) -> Decimal | None:
    parts = {part: _amount(measure, rows) for part, measure in definition.parts.items()}
    if Part.VALUE in parts:
        return parts[Part.VALUE]
    top, bottom = parts[Part.NUMERATOR], parts[Part.DENOMINATOR]
    if top is None or not bottom:
        return None
    return round_half_up(exact(top) * definition.factor / exact(bottom), KEPT_DECIMALS)


def _amount(measure: Measure, rows: list[Row]) -> Decimal | None:
    passing = [row for row in rows if all(_passes(row, condition) for condition in measure.where)]
    if measure.aggregate is Aggregate.COUNT:
        return Decimal(len(passing))
    values = [row[measure.column] for row in passing if row[measure.column] is not None]
    if measure.aggregate is Aggregate.DISTINCT:
        return Decimal(len(set(values)))
    if measure.aggregate is Aggregate.SUM:
        return None if passing and not values else Decimal(sum(values))
    return Decimal({Aggregate.MAX: max, Aggregate.MIN: min}[measure.aggregate](values)) if values else None


def _passes(row: Row, condition: Condition) -> bool:
    return TESTS[condition.test](row[condition.column], condition.values)


def _text(value: Any) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
