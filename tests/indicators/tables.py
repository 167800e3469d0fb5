"""Made-up tables of the lake and indicators over them, for every engine."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from namro.ground.period import Kind, Period
from namro.indicators.terms import (
    AddsUp,
    Aggregate,
    Condition,
    Direction,
    IndicatorDef,
    IndicatorKind,
    Measure,
    Part,
    Test,
)

DAY = date(2025, 7, 9)
# VN > 48 > H17 > H17.a, H17.b; 48 > c
ABOVE = {"VN": [], "48": ["VN"], "c": ["48", "VN"], "H17": ["48", "VN"]}
ABOVE |= {unit: ["H17", "48", "VN"] for unit in ("H17.a", "H17.b")}
PAIRS = [(unit, upper) for unit, uppers in ABOVE.items() for upper in uppers]
SCHEMA = pa.schema(
    [
        ("_unit", pa.string()),
        ("_day", pa.date32()),
        ("loai", pa.string()),
        ("tot", pa.bool_()),
        ("lan", pa.int64()),
        ("tien", pa.decimal128(18, 6)),
    ]
)
AMOUNTS = st.decimals(min_value=-(10**11), max_value=10**11, places=6)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "_unit": st.sampled_from(sorted(ABOVE)),
            "_day": st.sampled_from(
                [DAY - timedelta(days=back) for back in (0, 1, 9, 118, 119, 120, 121, 400)]
            ),
            "loai": st.sampled_from(["a", "b", "c", "", None]),
            "tot": st.sampled_from([True, False, None]),
            "lan": st.none() | st.integers(-3, 3),
            "tien": st.none() | AMOUNTS,
        }
    ),
    max_size=12,
)
CONDITIONS = st.one_of(
    st.builds(
        lambda test, values: Condition("loai", test, tuple(values)),
        st.sampled_from([Test.IS, Test.IS_NOT]),
        st.lists(st.sampled_from("abd"), min_size=1, max_size=2, unique=True),
    ),
    st.builds(lambda value: Condition("tot", Test.IS, (value,)), st.booleans()),
    st.builds(
        lambda test, value: Condition("lan", test, (value,)),
        st.sampled_from([Test.AT_LEAST, Test.AT_MOST, Test.ABOVE, Test.BELOW, Test.IS_NOT]),
        st.integers(-2, 2),
    ),
    st.builds(lambda value: Condition("tien", Test.ABOVE, (value,)), AMOUNTS),
    st.builds(lambda value: Condition("loai", Test.EMPTY, (value,)), st.booleans()),
)
WHERES = st.lists(CONDITIONS, max_size=2, unique=True).map(tuple)
ADDED = st.one_of(
    st.just((Aggregate.COUNT, "")),
    st.sampled_from([(Aggregate.SUM, column) for column in ("lan", "tien")]),
    st.sampled_from([(Aggregate.DISTINCT, column) for column in ("loai", "lan", "tien")]),
)
EXTREMES = st.tuples(st.sampled_from([Aggregate.MAX, Aggregate.MIN]), st.sampled_from(["lan", "tien"]))


def measure(what: tuple[Aggregate, str], where: tuple[Condition, ...]) -> Measure:
    """A measure of what is drawn."""
    return Measure(what[0], what[1], where)


RATIOS = st.fixed_dictionaries(
    {
        Part.NUMERATOR: st.builds(measure, ADDED, WHERES),
        Part.DENOMINATOR: st.builds(measure, ADDED, WHERES),
    }
)
COUNTS = st.fixed_dictionaries({Part.VALUE: st.builds(measure, ADDED | EXTREMES, WHERES)})
PERIODS = st.lists(
    st.sampled_from([Kind.DAY, Kind.MONTH, Kind.QUARTER, Kind.YEAR]), min_size=1, max_size=3, unique=True
)


def definition(code: str, parts: dict[Part, Measure], by: str, periods: list[Kind]) -> IndicatorDef:
    """An indicator over the made-up table."""
    is_ratio = Part.NUMERATOR in parts
    return IndicatorDef(
        code=code,
        name=code,
        kind=IndicatorKind.RATIO if is_ratio else IndicatorKind.COUNT,
        terms=(),
        unit_of_measure="%",
        decimals=1,
        direction=Direction.UP,
        adds_up=AddsUp.RATIO_OF_SUMS if is_ratio else AddsUp.SUM,
        periods=tuple(periods),
        owner="48",
        why="",
        next_review=DAY,
        version=1,
        source="",
        table="t",
        parts=parts,
        by=by,
    )


DEFINITIONS = st.lists(
    st.tuples(RATIOS | COUNTS, st.sampled_from(["", "loai", "tot", "lan"]), PERIODS), min_size=1, max_size=5
).map(lambda every: [definition(f"x{number}", *each) for number, each in enumerate(every)])


def arrow(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as the lake holds them."""
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def told(found: pa.Table, code: str) -> dict[tuple[str, Period, str], Decimal]:
    """The figures of one indicator by unit, period and breakdown."""
    return {
        (row["unit"], Period(Kind(row["period_kind"]), row["period_start"]), row["breakdown"]): row["value"]
        for row in found.to_pylist()
        if row["indicator"] == code
    }
