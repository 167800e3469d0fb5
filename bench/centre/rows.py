"""Observations to count: one source of 250 kinds of event in 94 communes over 24 months, as the lake lays it down."""

from datetime import date
from pathlib import Path

import duckdb

from namro.ground.period import Kind
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

INDICATORS, COMMUNES, MONTHS = 250, 94, 24
FIRST, DAY = date(2023, 7, 1), date(2025, 7, 9)
CITY, COUNTRY = "48", "VN"
# No generator of random numbers: the same rows on every machine, spread as evenly as a hash spreads.
MADE = """
COPY (
    SELECT 'loai_' || lpad((hash(i * 10 + 1) % {indicators})::VARCHAR, 3, '0') AS loai,
           CASE WHEN hash(i * 10 + 2) % 10 < 8 THEN 'dung_han' ELSE 'tre_han' END AS ket_qua,
           (hash(i * 10 + 3) % 100000 / 1000)::DECIMAL(18, 6) AS so_phut,
           'lo_1' AS _batch, i AS _row, (20000 + hash(i * 10 + 4) % {communes})::VARCHAR AS _unit,
           DATE '{start}' + (hash(i * 10 + 5) % {days})::INTEGER AS _day, '{month}' AS _month
    FROM range({first}, {last}) AS numbers (i)
) TO '{file}' (FORMAT parquet, COMPRESSION zstd)
"""


def lay_down(folder: Path, rows: int) -> list[str]:
    """Write so many rows as one Parquet file a month, like the lake; returns the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    starts = [date(FIRST.year + n // 12 + (FIRST.month - 1 + n % 12) // 12, (FIRST.month - 1 + n) % 12 + 1, 1)
              for n in range(MONTHS)]  # fmt: skip
    return [_month(folder, start, number, rows) for number, start in enumerate(starts)]


def _month(folder: Path, start: date, number: int, rows: int) -> str:
    file = folder / f"{start:%Y-%m}.parquet"
    if not file.exists():
        duckdb.sql(
            MADE.format(
                indicators=INDICATORS, communes=COMMUNES, start=start, days=28, month=f"{start:%Y-%m}",
                first=rows * number // MONTHS, last=rows * (number + 1) // MONTHS, file=file,
            )
        )  # fmt: skip
    return str(file)


def indicators() -> list[IndicatorDef]:
    """Return 250 indicators of the table: of each kind of event the share that was done in time."""
    return [_indicator(f"loai_{number:03}") for number in range(INDICATORS)]


def tree() -> list[tuple[str, str]]:
    """Return the units and those above them: 94 communes, their city, the country."""
    communes = [str(20000 + number) for number in range(COMMUNES)]
    return [(CITY, COUNTRY), *((commune, upper) for commune in communes for upper in (CITY, COUNTRY))]


def _indicator(kind: str) -> IndicatorDef:
    own = Condition("loai", Test.IS, (kind,))
    in_time = Condition("ket_qua", Test.IS, ("dung_han",))
    return IndicatorDef(
        code=f"{kind}_dung_han", name=kind, kind=IndicatorKind.RATIO, terms=(), unit_of_measure="%", decimals=1,
        direction=Direction.UP, adds_up=AddsUp.RATIO_OF_SUMS, periods=(Kind.MONTH,), owner=CITY, why="",
        next_review=DAY, version=1, source="", table="do",
        parts={Part.NUMERATOR: Measure(Aggregate.COUNT, "", (own, in_time)),
               Part.DENOMINATOR: Measure(Aggregate.COUNT, "", (own,))},
    )  # fmt: skip
