"""Indicators over a table of the lake: their measures read from a file, and checked against the table's contract."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from namro.ground.period import Kind
from namro.indicators.terms import AddsUp, Aggregate, Condition, IndicatorKind, Measure, Part, Test
from namro.indicators.terms.measures import Value
from namro.sources.catalog.reading import Entry, Reading

NUMBERS = ("integer", "decimal")
# Of what a value of a file may be, by the type of the column.
FITTING: Mapping[str, tuple[type, ...]] = {
    "text": (str,),
    "integer": (int,),
    "decimal": (int, float),
    "boolean": (bool,),
}
KINDS = frozenset({Kind.DAY, Kind.MONTH, Kind.QUARTER, Kind.YEAR})
# How the figure of a unit above comes about, by how the rows are added up.
ADDS_UP = {
    Aggregate.SUM: AddsUp.SUM,
    Aggregate.COUNT: AddsUp.SUM,
    Aggregate.MAX: AddsUp.MAX,
    Aggregate.MIN: AddsUp.MIN,
    Aggregate.DISTINCT: AddsUp.DISTINCT,
}
IN_RATIOS = (Aggregate.SUM, Aggregate.COUNT, Aggregate.DISTINCT)
ALL_ROWS = "rows"


class Column(Protocol):
    """What is asked of a column of a contract."""

    @property
    def name(self) -> str:
        """Its name in the table."""

    @property
    def type(self) -> str:
        """One of text, integer, decimal, date, timestamp, boolean."""

    @property
    def personal(self) -> str | None:
        """Nothing, or what is done at the door: hash or drop."""


class Contract(Protocol):
    """What is asked of a source's contract."""

    @property
    def columns(self) -> Sequence[Column]:
        """The columns of its table."""

    @property
    def min_people(self) -> int:
        """About how many people a published figure must be at least."""


def parts_of(entry: Entry) -> dict[Part, Measure]:
    """Return the measures of a checked entry, or of the body stored from one, each in its role."""
    return {part: measure_of(entry[part]) for part in Part if isinstance(entry.get(part), dict)}


def measure_of(entry: Entry) -> Measure:
    """Return one measure of a checked entry."""
    aggregate = next(kind for kind in Aggregate if kind in entry)
    column = "" if aggregate is Aggregate.COUNT else entry[aggregate]
    return Measure(aggregate, column, tuple(condition_of(each) for each in entry.get("where") or ()))


def condition_of(entry: Entry) -> Condition:
    """Return one condition of a checked entry."""
    test = next(each for each in Test if each in entry)
    given = entry[test] if isinstance(entry[test], list) else [entry[test]]
    return Condition(entry["column"], test, tuple(_exact(value) for value in given))


def check_measures(reading: Reading, entry: Entry, contracts: Mapping[str, Contract]) -> None:
    """Keep a fault, at its line, for each name that the contract of the table has not and each sum without sense."""
    contract = contracts.get(entry["table"])
    if contract is None:
        reading.fault(entry, f"không có nguồn số liệu «{entry['table']}» trong thư mục sources")
        return
    columns = {column.name: column for column in contract.columns if column.personal != "drop"}
    for kind in sorted(set(entry["periods"]) - KINDS):
        reading.fault(entry, f"chỉ tiêu từ kho dữ liệu không tính theo kỳ «{kind}»")
    if entry.get("by"):
        _check_column(reading, entry, entry["by"], columns, ("text", "integer", "boolean"))
    before = reading.count
    for part in _parts_needed(entry):
        _check_measure(reading, entry, part, columns)
    if reading.count == before:
        _check_adding(reading, entry)


def _parts_needed(entry: Entry) -> tuple[Part, ...]:
    return (Part.NUMERATOR, Part.DENOMINATOR) if entry["kind"] == IndicatorKind.RATIO else (Part.VALUE,)


def _check_measure(reading: Reading, entry: Entry, part: Part, columns: Mapping[str, Column]) -> None:
    measure = entry.get(part)
    if not isinstance(measure, dict):
        reading.fault(entry, f"thiếu «{part}», dạng {{sum: cột}}, {{count: rows}}, {{distinct: cột}}")
        return
    reading.only(measure, *Aggregate, "where")
    named = [kind for kind in Aggregate if kind in measure]
    if len(named) != 1:
        reading.fault(measure, f"«{part}» phải có đúng một trong: {', '.join(Aggregate)}")
        return
    _check_aggregate(reading, measure, named[0], columns)
    for condition in measure.get("where") or ():
        _check_condition(reading, condition, columns)


def _check_aggregate(
    reading: Reading, measure: Entry, aggregate: Aggregate, columns: Mapping[str, Column]
) -> None:
    if aggregate is Aggregate.COUNT:
        reading.need_one_of(measure, aggregate, {ALL_ROWS})
        return
    of_any_type = aggregate is Aggregate.DISTINCT
    _check_column(
        reading, measure, measure[aggregate], columns, (*FITTING, "date") if of_any_type else NUMBERS
    )


def _check_condition(reading: Reading, entry: Entry, columns: Mapping[str, Column]) -> None:
    reading.only(entry, "column", *Test)
    named = [test for test in Test if test in entry]
    if not reading.need(entry, "column") or len(named) != 1:
        reading.fault(entry, f"mỗi điều kiện có «column» và đúng một trong: {', '.join(Test)}")
        return
    test = named[0]
    compared = test in (Test.AT_LEAST, Test.AT_MOST, Test.ABOVE, Test.BELOW)
    types = NUMBERS if compared else (*FITTING, "date", "timestamp") if test is Test.EMPTY else tuple(FITTING)
    if _check_column(reading, entry, entry["column"], columns, types):
        fitting = (bool,) if test is Test.EMPTY else FITTING[columns[entry["column"]].type]
        _check_values(reading, entry, test, fitting)


def _check_values(reading: Reading, entry: Entry, test: Test, fitting: tuple[type, ...]) -> None:
    several = test in (Test.IS, Test.IS_NOT)
    values = entry[test] if several and isinstance(entry[test], list) else [entry[test]]
    for value in values or [None]:
        if type(value) not in fitting:
            reading.fault(
                entry, f"giá trị «{value}» của «{test}» không cùng kiểu với cột «{entry['column']}»"
            )


def _check_column(
    reading: Reading, entry: Entry, name: Any, columns: Mapping[str, Column], types: Iterable[str]
) -> bool:
    if name not in columns:
        reading.fault(entry, f"nguồn không có cột «{name}»; có: {', '.join(sorted(columns))}")
        return False
    if columns[name].type not in types:
        reading.fault(entry, f"cột «{name}» kiểu {columns[name].type} không dùng được ở đây")
        return False
    return True


def _check_adding(reading: Reading, entry: Entry) -> None:
    """Keep a fault where the units above could not get their figure in the way that is written."""
    measures = [measure_of(entry[part]) for part in _parts_needed(entry)]
    if entry["kind"] == IndicatorKind.RATIO:
        if any(measure.aggregate not in IN_RATIOS for measure in measures):
            reading.fault(entry, f"tỷ lệ chỉ lập được từ: {', '.join(IN_RATIOS)}")
        fitting = AddsUp.RATIO_OF_SUMS
    else:
        fitting = ADDS_UP[measures[0].aggregate]
    if entry["adds_up"] != fitting:
        reading.fault(entry, f"«adds_up» là «{entry['adds_up']}», với cách tính này phải là «{fitting}»")


def _exact(value: Any) -> Value:
    return Decimal(repr(value)) if isinstance(value, float) else value
