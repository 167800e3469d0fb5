"""The one pass over a table of the lake, as Ibis expressions: scan, take the slices, climb the tree and the calendar.

The table itself is read once and grouped at its finest: unit, day or month, keys. All above that adds up these sums.
What is counted once each (`distinct`) cannot be added up: for such a column the pairs of place and value are kept and
counted anew at every level.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Any

import ibis

from namro.ground.period import Kind
from namro.indicators.formulas.plan import Plan
from namro.indicators.terms import Aggregate, Condition, Measure, Test

UNIT, DAY = "_unit", "_day"
PLACE = ["slice", "part", "unit", "start"]
KINDS = list(Kind)
TRUNCATED = {Kind.DAY: "D", Kind.MONTH: "M", Kind.QUARTER: "Q", Kind.YEAR: "Y"}


def scanned(rows: ibis.Table, plan: Plan, kinds: Sequence[Kind], days_from: date) -> ibis.Table:
    """Return the shapes by key, unit and grain: the only reading of the rows themselves."""
    placed = rows.mutate(unit=rows[UNIT], start=_grain(rows, kinds, days_from))
    sums = {
        f"s{number}": _aggregate(placed, shape)
        for number, shape in enumerate(plan.shapes)
        if shape.aggregate is not Aggregate.DISTINCT
    }
    return placed.group_by([*plan.keys, "unit", "start"]).aggregate(**sums)


def scanned_once_each(
    rows: ibis.Table, plan: Plan, column: str, kinds: Sequence[Kind], days_from: date
) -> ibis.Table:
    """Return each value of a column once by key, unit and grain, with the shapes to which it counts."""
    placed = rows.filter(rows[column].notnull()).mutate(
        unit=rows[UNIT], start=_grain(rows, kinds, days_from), counted=rows[column]
    )
    flags = {
        f"s{number}": placed.count(where=passed(placed, shape.where))
        for number, shape in enumerate(plan.shapes)
        if shape.column == column and shape.aggregate is Aggregate.DISTINCT
    }
    return placed.group_by([*plan.keys, "unit", "start", "counted"]).aggregate(**flags)


def sliced(scan: ibis.Table, plan: Plan, maps: Mapping[bool, ibis.Table]) -> ibis.Table:
    """Return the shapes by slice: `maps` lead from keys to slices, those of one key (True) and of several (False)."""
    if not plan.keys:
        return scan.mutate(slice=ibis.literal(0, "int32"), part=ibis.literal(0, "int32"))
    found = []
    for is_single, keys in maps.items():
        rows = mapped(scan, plan, keys)
        found.append(rows if is_single else _added(rows, PLACE, plan))
    return reduce(lambda one, other: one.union(other), found)


def mapped(scan: ibis.Table, plan: Plan, keys: ibis.Table) -> ibis.Table:
    """Return the rows of a scan once for every slice and part to which their keys belong."""
    if not plan.keys:
        return scan.mutate(slice=ibis.literal(0, "int32"), part=ibis.literal(0, "int32"))
    same = [scan[key].identical_to(keys[f"key_{key}"]) for key in plan.keys]
    kept = [name for name in scan.columns if name not in plan.keys]
    return scan.join(keys, same).select("slice", "part", *kept)


def climbed(
    rows: ibis.Table, plan: Plan, trees: Mapping[bool, ibis.Table], kinds: Sequence[Kind], days_from: date
) -> ibis.Table:
    """Return the shapes by slice, unit of the tree and period; what needs no adding up goes by untouched.

    `trees` lead from a unit to itself where nothing is below it (True), and to every other unit that it counts to.
    """
    found = []
    for kind in kinds:
        dated = at_kind(rows, kind, days_from)
        above = _added(_risen(dated, trees[False]), PLACE, plan)
        lone = _risen(dated, trees[True])
        found.append(_of_kind(above, kind))
        found.append(_of_kind(lone if kind is _finest(kinds) else _added(lone, PLACE, plan), kind))
    return reduce(lambda one, other: one.union(other), found)


def counted_once_each(
    rows: ibis.Table, trees: Mapping[bool, ibis.Table], kinds: Sequence[Kind], days_from: date
) -> ibis.Table:
    """Return of a column how many different values each slice has, anew for each unit of the tree and period."""
    flags = [name for name in rows.columns if name.startswith("s") and name[1:].isdigit()]
    found = []
    for kind in kinds:
        dated = at_kind(rows, kind, days_from)
        risen = reduce(lambda one, other: one.union(other), [_risen(dated, tree) for tree in trees.values()])
        counts = {flag: risen.counted.nunique(where=risen[flag] > 0) for flag in flags}
        found.append(_of_kind(risen.group_by(PLACE).aggregate(**counts), kind))
    return reduce(lambda one, other: one.union(other), found)


def beside(found: ibis.Table, others: Sequence[ibis.Table]) -> ibis.Table:
    """Return the shapes of several tables side by side; every place of the others is one of the first."""
    for other in others:
        own = [name for name in other.columns if name not in ("kind", *PLACE)]
        renamed = other.rename({f"{name}_of_other": name for name in ("kind", *PLACE)})
        same = [found[name] == renamed[f"{name}_of_other"] for name in ("kind", *PLACE)]
        found = found.left_join(renamed, same).select(*found.columns, *own)
    return found


def at_kind(rows: ibis.Table, kind: Kind, days_from: date) -> ibis.Table:
    """Return rows with the start of their period; of the days only those that are kept."""
    if kind is Kind.DAY:
        return rows.filter(rows.start >= ibis.literal(days_from, "date"))
    return rows.mutate(start=rows.start.truncate(TRUNCATED[kind]))


def passed(rows: ibis.Table, where: Sequence[Condition]) -> Any:
    """Return whether a row passes all the conditions."""
    tests = [_test(rows[condition.column], condition) for condition in where]
    return reduce(lambda one, other: one & other, tests, ibis.literal(True))


def _test(column: Any, condition: Condition) -> Any:
    values, test = list(condition.values), condition.test
    if test is Test.IS:
        return column.isin(values)
    if test is Test.IS_NOT:
        return ~column.isin(values) | column.isnull()
    if test is Test.EMPTY:
        return column.isnull() if values[0] else column.notnull()
    return {
        Test.AT_LEAST: column.__ge__,
        Test.AT_MOST: column.__le__,
        Test.ABOVE: column.__gt__,
        Test.BELOW: column.__lt__,
    }[test](values[0])


def _aggregate(rows: ibis.Table, shape: Measure) -> Any:
    where = passed(rows, shape.where) if shape.where else None
    if shape.aggregate is Aggregate.COUNT:
        return rows.count(where=where)
    column = rows[shape.column]
    return {Aggregate.SUM: column.sum, Aggregate.MAX: column.max, Aggregate.MIN: column.min}[shape.aggregate](
        where=where
    )


def _added(rows: ibis.Table, by: Sequence[str], plan: Plan) -> ibis.Table:
    """Return sums of sums, greatest of greatest, least of least."""
    ways = {Aggregate.MAX: "max", Aggregate.MIN: "min"}
    sums = {
        f"s{number}": getattr(rows[f"s{number}"], ways.get(shape.aggregate, "sum"))()
        for number, shape in enumerate(plan.shapes)
        if shape.aggregate is not Aggregate.DISTINCT
    }
    return rows.group_by(by).aggregate(**sums)


def _risen(rows: ibis.Table, tree: ibis.Table) -> ibis.Table:
    """Return rows with the number of the unit that they count to in place of the code of their own."""
    rest = [name for name in rows.columns if name != "unit"]
    return rows.join(tree, rows.unit == tree.code).select(*rest, unit=tree.above)


def _of_kind(rows: ibis.Table, kind: Kind) -> ibis.Table:
    """Return rows in one order and type of columns, with the number of their kind of period."""
    shapes = sorted(name for name in rows.columns if name not in PLACE)
    exact = {name: rows[name].cast("decimal(38, 6)") for name in shapes}
    return rows.select(*PLACE, kind=ibis.literal(KINDS.index(kind), "int32"), **exact)


def _grain(rows: ibis.Table, kinds: Sequence[Kind], days_from: date) -> Any:
    """Return the finest stretch of time that anyone asks for: days where they are kept, else months."""
    month = rows[DAY].truncate("M")
    if Kind.DAY not in kinds:
        return month
    return ibis.ifelse(rows[DAY] >= ibis.literal(days_from, "date"), rows[DAY], month)


def _finest(kinds: Sequence[Kind]) -> Kind | None:
    """Return the kind of period of which the scan already has one row each."""
    return next((kind for kind in (Kind.DAY, Kind.MONTH) if kind in kinds), None)
