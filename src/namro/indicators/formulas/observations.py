"""Observations in, figures out: one expression for the whole tree, run by DuckDB in memory.

The engine adds up in exact decimals; a ratio is formed once, from what it added up. A unit that states its own total
keeps it: what the units below add up to then stands beside it as a check, and units further up add the stated total.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

import ibis
import pyarrow as pa

from namro.ground.numbers import round_half_up
from namro.indicators.terms import AddsUp, Computed, IndicatorDef, IndicatorKind, Own
from namro.sources.terms import STATE_WEIGHT, SYNTHETIC_MARK, Observation, SourceState

EXACT = pa.decimal128(38, 6)
KEPT_DECIMALS = 15
STATES = list(SourceState)
PAIR = ["indicator", "period", "breakdown"]

OBSERVATIONS = pa.schema(
    [
        ("measure", pa.string()),
        ("unit", pa.string()),
        ("period", pa.string()),
        ("own_breakdown", pa.string()),
        ("amount", EXACT),
        ("as_of", pa.date32()),
        ("source", pa.string()),
        ("state", pa.int32()),
        ("synthetic", pa.bool_()),
    ]
)
TERMS = pa.schema(
    [
        ("indicator", pa.string()),
        ("part", pa.string()),
        ("measure", pa.string()),
        ("set_breakdown", pa.string()),
        ("adds", pa.bool_()),
        ("is_ratio", pa.bool_()),
        ("is_total", pa.bool_()),
    ]
)
TREE = pa.schema([("unit", pa.string()), ("above", pa.string())])


def compute(
    definitions: Sequence[IndicatorDef], observations: Iterable[Observation], above: Iterable[tuple[str, str]]
) -> list[Computed]:
    """Return the figures of every unit that has observations, and of every unit above one.

    `above` are the pairs (unit, a unit somewhere above it), without the unit itself.
    """
    wanted = {measure for definition in definitions for measure in definition.measures}
    rows_in = (_observation_row(row) for row in observations if row.measure in wanted)
    connection = ibis.duckdb.connect()
    try:
        tables = [
            connection.create_table(name, table)
            for name, table in (
                ("observations", _table(OBSERVATIONS, rows_in)),
                ("terms", _table(TERMS, _term_rows(definitions))),
                ("tree", _table(TREE, above)),
            )
        ]
        rows = connection.to_pyarrow(figures(*tables)).to_pylist()
    finally:
        connection.disconnect()
    by_code = {definition.code: definition for definition in definitions}
    return [_computed(by_code[row["indicator"]], row) for row in rows]


def figures(observations: ibis.Table, terms: ibis.Table, tree: ibis.Table) -> ibis.Table:
    """Return for each indicator, unit, period and breakdown the sums of the unit's own values and of those below it."""
    own = own_values(observations, terms)
    both = own.mutate(is_own=True).union(sums_below(own, tree).mutate(is_own=False))
    grouped = both.group_by(["indicator", "unit", "period", "breakdown", "is_total"])
    return grouped.aggregate(
        **{f"own_{name}": both[name].sum(where=both.is_own) for name in AMOUNTS},
        **{f"below_{name}": both[name].sum(where=~both.is_own) for name in AMOUNTS},
        **_context("own", both, both.is_own),
        **_context("below", both, ~both.is_own),
    )


AMOUNTS = ("amount", "numerator", "denominator")


def own_values(observations: ibis.Table, terms: ibis.Table) -> ibis.Table:
    """Return what each unit itself gives to each indicator: an amount, or a numerator with its denominator."""
    joined = observations.join(terms, "measure")
    joined = joined.mutate(breakdown=ibis.coalesce(joined.set_breakdown, joined.own_breakdown))
    rows = joined.group_by([*PAIR, "unit", "adds", "is_ratio", "is_total"]).aggregate(
        amount=joined.amount.sum(where=joined.part == "value"),
        numerator=joined.amount.sum(where=joined.part == "numerator"),
        denominator=joined.amount.sum(where=joined.part == "denominator"),
        as_of=joined.as_of.max(),
        source=joined.source.max(),
        state=joined.state.max(),
        synthetic=joined.synthetic.any(),
    )
    # Half a ratio is none: a numerator without its denominator would distort every sum above it.
    half = rows.is_ratio & (rows.numerator.isnull() | rows.denominator.isnull())
    none = ibis.null(rows.numerator.type())
    return rows.mutate(
        numerator=ibis.ifelse(half, none, rows.numerator),
        denominator=ibis.ifelse(half, none, rows.denominator),
        is_given=rows.amount.notnull() | (rows.numerator.notnull() & rows.denominator.notnull()),
    )


def sums_below(own: ibis.Table, tree: ibis.Table) -> ibis.Table:
    """Return each value once for every unit above it, save where a total stated between the two speaks for it."""
    rising = own.filter(own.adds).join(tree, "unit")
    stated = own.filter(own.is_total & own.is_given & own.adds)
    between = stated.select(*PAIR, mid=stated.unit)
    to_mid = rising.select(*PAIR, "unit", mid=rising.above).join(between, [*PAIR, "mid"])
    from_mid = tree.select(mid=tree.unit, above=tree.above)
    spoken_for = to_mid.join(from_mid, "mid").select(*PAIR, "unit", "above").distinct()
    free = rising.anti_join(spoken_for, [*PAIR, "unit", "above"])
    return free.mutate(unit=free.above).select(*own.columns)


def _context(prefix: str, rows: ibis.Table, where: Any) -> dict[str, Any]:
    """Return what goes with a sum: since when it is known, its worst state, from whom and from how many it comes."""
    return {
        f"{prefix}_as_of": rows.as_of.max(where=where),
        f"{prefix}_state": rows.state.max(where=where),
        f"{prefix}_source": rows.source.max(where=where),
        f"{prefix}_other_source": rows.source.min(where=where),
        f"{prefix}_given": rows.is_given.sum(where=where),
        f"{prefix}_synthetic": rows.synthetic.any(where=where),
    }


def _observation_row(row: Observation) -> tuple[Any, ...]:
    state = STATE_WEIGHT[SourceState(row.source_state)]
    return (
        row.measure,
        row.unit,
        row.period,
        row.breakdown,
        row.value,
        row.as_of,
        row.source,
        state,
        row.synthetic,
    )


def _term_rows(definitions: Iterable[IndicatorDef]) -> Iterator[tuple[Any, ...]]:
    for definition in definitions:
        adds, is_ratio = definition.adds_up is not AddsUp.NONE, definition.kind is IndicatorKind.RATIO
        for term in definition.terms:
            is_total = definition.own is Own.TOTAL
            yield (definition.code, term.part, term.measure, term.breakdown, adds, is_ratio, is_total)


def _table(schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _computed(definition: IndicatorDef, row: dict[str, Any]) -> Computed:
    """Return the figure of one row: the stated total where there is one, otherwise own and below together."""
    states_total = bool(row["is_total"] and row["own_given"])
    sides = ("own",) if states_total else ("own", "below")
    amount, numerator, denominator = (_plus(*(row[f"{side}_{name}"] for side in sides)) for name in AMOUNTS)
    return Computed(
        indicator=definition.code,
        unit=row["unit"],
        period=row["period"],
        breakdown=row["breakdown"],
        value=_value(definition, amount, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        below=_value(definition, *(row[f"below_{name}"] for name in AMOUNTS)) if states_total else None,
        as_of=max(day for side in sides if (day := row[f"{side}_as_of"])),
        source=_source(row, sides),
        source_state=STATES[max(row[f"{side}_state"] or 0 for side in sides)],
        version=definition.version,
        synthetic=any(row[f"{side}_synthetic"] for side in sides),
    )


def _value(
    definition: IndicatorDef, amount: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """Return the amount, or the ratio with more decimals than anyone shows."""
    if definition.kind is not IndicatorKind.RATIO:
        return amount
    ratio = definition.of_parts(numerator, denominator)
    return None if ratio is None else round_half_up(ratio, KEPT_DECIMALS)


def _plus(*amounts: Decimal | None) -> Decimal | None:
    """Return the sum of the amounts that are there, None if none is."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None


def _source(row: dict[str, Any], sides: tuple[str, ...]) -> str:
    """Return the one source, or from how many units the figure was gathered and whether some of it is made up."""
    named = {row[f"{side}_{name}"] for side in sides for name in ("source", "other_source")} - {None}
    if len(named) == 1:
        return str(named.pop())
    gathered = f"Tổng hợp từ {sum(row[f'{side}_given'] or 0 for side in sides)} đơn vị"
    return f"{gathered} {SYNTHETIC_MARK}" if any(row[f"{side}_synthetic"] for side in sides) else gathered
