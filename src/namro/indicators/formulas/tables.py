"""A table of the lake in, the figures of all its indicators out: all units, those above them, and all periods."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa

from namro.ground.period import Kind
from namro.indicators.formulas.passes import (
    beside,
    climbed,
    counted_once_each,
    mapped,
    scanned,
    scanned_once_each,
    sliced,
)
from namro.indicators.formulas.plan import Plan, Slice, plan_of
from namro.indicators.formulas.spread import FIGURES, spread
from namro.indicators.terms import Condition, IndicatorDef, Test
from namro.lake.engine import Engine

# Figures of single days are kept so long; the lake still has the rows.
DAYS_KEPT = 120
# As long as a breakdown of a figure may be.
LONGEST = 60


def compute_table(
    rows: ibis.Table,
    engine: Engine,
    definitions: Sequence[IndicatorDef],
    above: Iterable[tuple[str, str]],
    day: date,
    *,
    days_kept: int = DAYS_KEPT,
) -> pa.Table:
    """Return the figures (spread.FIGURES) of the indicators of one table, as its rows give them.

    `above` are the pairs (unit, a unit somewhere above it); days from before the last `days_kept` up to `day` have none
    of their own. A figure without a value is not made: no row is no data.
    """
    plan, kinds = plan_of(definitions), _kinds(definitions)
    days_from = day - timedelta(days=days_kept - 1)
    units, trees = _trees(engine, above)
    scan = engine.keep(scanned(rows, plan, kinds, days_from))
    parts, maps = _maps(engine, scan, plan)
    if plan.keys and not maps:
        return FIGURES.empty_table()
    found = climbed(sliced(scan, plan, maps), plan, trees, kinds, days_from)
    counted = []
    for column in plan.distinct_columns():
        values = engine.keep(scanned_once_each(rows, plan, column, kinds, days_from))
        every = [mapped(values, plan, keys) for keys in maps.values()] or [mapped(values, plan, values)]
        counted.append(counted_once_each(_union(every), trees, kinds, days_from))
    return spread(engine.run(beside(found, counted)), plan, units, parts)


def _union(tables: Sequence[ibis.Table]) -> ibis.Table:
    return tables[0] if len(tables) == 1 else tables[0].union(*tables[1:])


def _kinds(definitions: Iterable[IndicatorDef]) -> list[Kind]:
    asked = {kind for definition in definitions for kind in definition.periods}
    return [kind for kind in Kind if kind in asked]


def _trees(engine: Engine, above: Iterable[tuple[str, str]]) -> tuple[list[str], Mapping[bool, ibis.Table]]:
    """Return the units by number, and the two tables that lead from a unit to those that it counts to."""
    pairs = list(above)
    units = sorted({unit for pair in pairs for unit in pair})
    number, has_below = {code: place for place, code in enumerate(units)}, {upper for _, upper in pairs}
    lone = [(code, number[code]) for code in units if code not in has_below]
    rest = [(code, number[code]) for code in units if code in has_below]
    rest += [(code, number[upper]) for code, upper in pairs]
    return units, {True: engine.given(_tree(lone)), False: engine.given(_tree(rest))}


def _tree(rows: Sequence[tuple[str, int]]) -> pa.Table:
    codes, numbers = [code for code, _ in rows], [number for _, number in rows]
    return pa.table({"code": pa.array(codes, pa.string()), "above": pa.array(numbers, pa.int32())})


def _maps(engine: Engine, scan: ibis.Table, plan: Plan) -> tuple[list[str], Mapping[bool, ibis.Table]]:
    """Return the breakdowns by number, and the tables that lead from keys to the slices and parts they belong to."""
    if not plan.keys:
        return [""], {}
    keys = engine.run(scan.select(*plan.keys).distinct())
    parts, found = {"": 0}, []
    for row, values in enumerate(keys.to_pylist()):
        for number, each in enumerate(plan.slices):
            if all(_passes(values[condition.column], condition) for condition in each.where):
                found += [(row, number, parts.setdefault(part, len(parts))) for part in _parts(values, each)]
    several = Counter((number, part) for _, number, part in found)
    maps = {}
    for is_single in (True, False):
        chosen = [place for place in found if (several[place[1:]] == 1) == is_single]
        if chosen:
            maps[is_single] = engine.given(_map(keys, chosen))
    return list(parts), maps


def _map(keys: pa.Table, chosen: Sequence[tuple[int, int, int]]) -> pa.Table:
    taken = keys.take(pa.array([row for row, _, _ in chosen], pa.int64()))
    columns = {f"key_{name}": taken[name] for name in taken.column_names}
    columns["slice"] = pa.array([number for _, number, _ in chosen], pa.int32())
    columns["part"] = pa.array([part for _, _, part in chosen], pa.int32())
    return pa.table(columns)


def _parts(values: Mapping[str, Any], each: Slice) -> list[str]:
    """Return under which breakdowns a row with these keys counts: all, and that of its own value."""
    value = values[each.by] if each.by else None
    own = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return ["", own[:LONGEST]] if own else [""]


def _passes(value: Any, condition: Condition) -> bool:
    """Whether the value of a key passes a condition; one that is not there is none of those named."""
    return (value in condition.values) == (condition.test is Test.IS)
