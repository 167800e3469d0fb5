"""The figures of years, for a backtest: of the lake computed anew with all their days, of the house as they stand."""

from collections.abc import Collection, Iterable
from datetime import date

import pyarrow as pa

from namro.indicators.formulas.tables import compute_table
from namro.indicators.models import Figure
from namro.indicators.queries import definitions, pairs_above
from namro.indicators.terms import IndicatorDef
from namro.lake.engine import Engine, engine
from namro.organisation.queries import current_by_code

FIGURE = pa.schema(
    [
        ("unit_id", pa.int64()),
        ("indicator", pa.string()),
        ("breakdown", pa.string()),
        ("period_kind", pa.string()),
        ("period_start", pa.date32()),
        ("value", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
    ]
)


def figures_of_years(codes: Collection[str], first: date, last: date) -> pa.Table:
    """Return the figures (FIGURE) of some indicators from a day to a day, as everything is known now."""
    chosen = [each for each in definitions() if each.code in codes]
    ids = {code: unit.pk for code, unit in current_by_code().items()}
    found = [_stored([each.code for each in chosen if not each.table], first, last)]
    with engine() as counting:
        for table in sorted({each.table for each in chosen if each.table}):
            of_table = [each for each in chosen if each.table == table]
            found.append(_by_id(_computed(counting, table, of_table, first, last), ids))
    return pa.concat_tables(found)


def _computed(counting: Engine, table: str, found: list[IndicatorDef], first: date, last: date) -> pa.Table:
    try:
        rows = counting.table(table)
    except KeyError:  # declared, and nothing ever came
        return FIGURE.empty_table().rename_columns(["unit", *FIGURE.names[1:]])
    days = (last - first).days + 1
    return compute_table(rows, counting, found, pairs_above(), last, days_kept=days)


def _by_id(figures: pa.Table, ids: dict[str, int]) -> pa.Table:
    """Return figures by the key of their unit; those of units that are none now are left out."""
    units = figures["unit"].cast(pa.string()).to_pylist()
    columns = {name: figures[name].cast(kind) for name, kind in _types() if name != "unit_id"}
    columns["unit_id"] = pa.array([ids.get(code) for code in units], pa.int64())
    placed = pa.table(columns).select(FIGURE.names)
    return placed.filter(placed["unit_id"].is_valid()).cast(FIGURE)


def _types() -> Iterable[tuple[str, pa.DataType]]:
    return zip(FIGURE.names, FIGURE.types, strict=True)


def _stored(codes: Collection[str], first: date, last: date) -> pa.Table:
    """Return what is stored, as it is known now."""
    rows = Figure.objects.filter(
        indicator__in=codes, period_start__gte=first, as_of__lte=last, value__isnull=False
    )
    known = rows.order_by(*FIGURE.names[:5], "-as_of").distinct(*FIGURE.names[:5])
    columns = list(zip(*known.values_list(*FIGURE.names), strict=True)) or [()] * len(FIGURE)
    arrays = [
        _numbers(c) if k == pa.float64() else pa.array(c, k)
        for c, (_, k) in zip(columns, _types(), strict=True)
    ]
    return pa.table(arrays, schema=FIGURE)


def _numbers(column: Iterable[object]) -> pa.Array:
    return pa.array([None if value is None else float(str(value)) for value in column], pa.float64())
