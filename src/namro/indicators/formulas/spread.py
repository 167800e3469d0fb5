"""The sums of a pass spread over the indicators that they belong to, with each ratio formed once and exactly."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa

from namro.indicators.formulas.columns import Ints, decimals, scaled, shares, whole
from namro.indicators.formulas.observations import KEPT_DECIMALS
from namro.indicators.formulas.passes import KINDS
from namro.indicators.formulas.plan import Plan, Use, everything
from namro.indicators.terms import Aggregate, IndicatorKind, Part

NAME = pa.dictionary(pa.int32(), pa.string())
SUMMED_DECIMALS = 6
EXACT = pa.decimal128(38, SUMMED_DECIMALS)
VALUE = pa.decimal128(38, KEPT_DECIMALS)
TO_VALUE = 10 ** (KEPT_DECIMALS - SUMMED_DECIMALS)
FIGURES = pa.schema(
    [
        ("indicator", NAME),
        ("unit", NAME),
        ("period_kind", NAME),
        ("period_start", pa.date32()),
        ("breakdown", NAME),
        ("value", VALUE),
        ("numerator", EXACT),
        ("denominator", EXACT),
    ]
)
PERIODS = [kind.value for kind in KINDS]
Amounts = tuple[Ints, Ints]  # integers of the sixth decimal, and which of them are there
Places = Mapping[str, Ints]  # of every row of a pass its slice, part, unit, kind of period and start


def spread(found: pa.Table, plan: Plan, units: Sequence[str], parts: Sequence[str]) -> pa.Table:
    """Return the figures of all indicators from the shapes by slice, part, unit, kind and start."""
    places = {name: found[name].to_numpy() for name in ("slice", "part", "unit", "kind")}
    places["start"] = found["start"].cast(pa.date32()).cast(pa.int32()).to_numpy()
    shapes = [_amounts(found, plan, number) for number in range(len(plan.shapes))]
    uses = list(_rows_of_uses(plan, places))
    every = [_figures(number, use, rows, shapes, places) for number, (use, rows, _) in enumerate(uses)]
    every += [_zeros(number, empty, places) for number, (_, _, empty) in enumerate(uses) if len(empty)]
    return _table(every, [use.definition.code for use, _, _ in uses], units, parts)


def _amounts(found: pa.Table, plan: Plan, number: int) -> Amounts:
    """Return one shape: a count or a sum of no rows is 0; a sum of rows without a value is not known."""
    values, there = whole(found[f"s{number}"])
    if number in plan.counts:
        rows, _ = whole(found[f"s{plan.counts[number]}"])
        return values, there | (rows == 0)
    is_count = plan.shapes[number].aggregate in (Aggregate.COUNT, Aggregate.DISTINCT)
    return values, there | is_count


def _rows_of_uses(plan: Plan, places: Places) -> Iterator[tuple[Use, Ints, Ints]]:
    """Yield every use with its rows, and the rows that stand for places where its slice has none but others have."""
    order = np.argsort(places["slice"], kind="stable")
    bounds = np.searchsorted(places["slice"][order], np.arange(len(plan.slices) + 1))
    rows = {each: order[bounds[n] : bounds[n + 1]] for n, each in enumerate(plan.slices)}
    cells = ((places["part"] * 10**4 + places["unit"]) * 10 + places["kind"]) * 10**6 + places["start"]
    for each, uses in plan.slices.items():
        every = rows.get(everything(each), rows[each])
        empty = every[~np.isin(cells[every], cells[rows[each]])]
        for use in uses:
            is_count = use.definition.kind is IndicatorKind.COUNT and plan.is_zero_of_none(use)
            yield (
                use,
                _of_periods(use, rows[each], places),
                _of_periods(use, empty[: is_count * len(empty)], places),
            )


def _of_periods(use: Use, rows: Ints, places: Places) -> Ints:
    """Return the rows of the periods that an indicator has."""
    return rows[np.isin(places["kind"][rows], [KINDS.index(kind) for kind in use.definition.periods])]


def _figures(number: int, use: Use, rows: Ints, shapes: Sequence[Amounts], places: Places) -> dict[str, Ints]:
    """Return the figures of one indicator as columns; a place without a value has none."""
    if use.definition.kind is not IndicatorKind.RATIO:
        values, there = shapes[use.shapes[Part.VALUE]]
        rows = rows[there[rows]]
        nothing = np.zeros(len(rows), dtype="<i8")
        return _columns(number, rows, places, scaled(values[rows], TO_VALUE), (nothing, nothing))
    top, bottom = (shapes[use.shapes[part]] for part in (Part.NUMERATOR, Part.DENOMINATOR))
    rows = rows[top[1][rows] & bottom[1][rows] & (bottom[0][rows] != 0)]
    pair = (top[0][rows], bottom[0][rows])
    return _columns(
        number, rows, places, shares(*pair, use.definition.factor, KEPT_DECIMALS), pair, is_ratio=True
    )


def _zeros(number: int, rows: Ints, places: Places) -> dict[str, Ints]:
    """Return the figures of places that have rows of the table, but none of this indicator's own: there are 0."""
    nothing = np.zeros(len(rows), dtype="<i8")
    return _columns(number, rows, places, nothing, (nothing, nothing))


def _columns(
    number: int, rows: Ints, places: Places, values: Ints, pair: tuple[Ints, Ints], *, is_ratio: bool = False
) -> dict[str, Ints]:
    placed = {name: places[name][rows] for name in ("part", "unit", "kind", "start")}
    told = {"indicator": np.full(len(rows), number, dtype="<i4"), "is_ratio": np.full(len(rows), is_ratio)}
    return placed | told | {"value": values, "numerator": pair[0], "denominator": pair[1]}


def _table(
    every: Sequence[dict[str, Ints]], codes: Sequence[str], units: Sequence[str], parts: Sequence[str]
) -> pa.Table:
    if not every:
        return FIGURES.empty_table()
    columns = {name: np.concatenate([each[name] for each in every]) for name in every[0]}
    always = np.ones(len(columns["value"]), dtype=bool)
    return pa.table(
        [
            _named(columns["indicator"], codes),
            _named(columns["unit"], units),
            _named(columns["kind"], PERIODS),
            pa.array(columns["start"].astype("<i4"), pa.int32()).cast(pa.date32()),
            _named(columns["part"], parts),
            decimals(columns["value"], always, VALUE),
            decimals(columns["numerator"], columns["is_ratio"], EXACT),
            decimals(columns["denominator"], columns["is_ratio"], EXACT),
        ],
        schema=FIGURES,
    )


def _named(numbers: Ints, names: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(numbers.astype("<i4"), pa.int32()), list(names))
