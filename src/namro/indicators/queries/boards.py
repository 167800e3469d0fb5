"""Reads of boards: the figures of any number of charts in one statement, lean, as known on a day."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection, transaction

from namro.ground.period import Kind, Period
from namro.indicators.catalog.charts import BY_PARTS, BY_UNITS, TIMED, ChartDef, Level, Over
from namro.indicators.terms import IndicatorDef
from namro.organisation.terms import Viewer

# For each want: the last period that has ended (a running one only where there is no other) of the unit that leads the
# board, else of those beside it; then its figures back from there, of each key the one known last. Values come rounded
# to the definition's decimals, in a JSON array a column: numbers travel far faster so than as rows.
_BOARD = """
SELECT want.n, seen.units, seen.starts, seen.parts, seen.amounts, seen.as_of, seen.synthetic
FROM unnest(%(n)s::int[], %(indicator)s::text[], %(part)s::text[], %(kind)s::text[], %(running)s::date[],
            %(back)s::interval[], %(beside)s::text[], %(decimals)s::int[])
     AS want (n, indicator, part, kind, running, back, beside, decimals)
CROSS JOIN LATERAL (
    SELECT CASE want.beside WHEN 'commune' THEN %(communes)s::bigint[] || %(lead)s::bigint
                            WHEN 'agency' THEN %(agencies)s::bigint[] || %(lead)s::bigint
                            ELSE ARRAY[%(lead)s::bigint] END AS ids
    OFFSET 0
) AS units
CROSS JOIN LATERAL (
    SELECT COALESCE(
        (SELECT period_start FROM indicators_figure
         WHERE indicator = want.indicator AND unit_id = %(lead)s AND period_kind = want.kind
           AND period_start < want.running AND as_of <= %(day)s
         ORDER BY period_start DESC LIMIT 1),
        (SELECT max(one.period_start) FROM unnest(units.ids) AS unit (id) CROSS JOIN LATERAL (
            SELECT period_start FROM indicators_figure
            WHERE indicator = want.indicator AND unit_id = unit.id AND period_kind = want.kind AND as_of <= %(day)s
            ORDER BY period_start >= want.running, period_start DESC LIMIT 1) AS one)
    ) AS start
    OFFSET 0  -- looked up once, not once for each bound
) AS newest
CROSS JOIN LATERAL (
    SELECT json_agg(unit_id)::text AS units, json_agg(period_start - DATE '0001-01-01' + 1)::text AS starts,
           CASE WHEN want.part IS NULL THEN json_agg(breakdown)::text END AS parts,
           json_agg(round(value, want.decimals))::text AS amounts,
           max(as_of) AS as_of, bool_or(synthetic) AS synthetic
    FROM (SELECT DISTINCT ON (unit_id, breakdown, period_start)  -- in the order of the index figure_unit
                 unit_id, period_start, breakdown, value, as_of, synthetic
          FROM indicators_figure
          WHERE indicator = want.indicator AND unit_id = ANY(units.ids) AND period_kind = want.kind
            AND period_start BETWEEN newest.start - want.back AND newest.start
            AND (want.part IS NULL OR breakdown = want.part) AND as_of <= %(day)s
          ORDER BY unit_id, breakdown, period_start DESC, as_of DESC) AS figure
) AS seen
WHERE seen.units IS NOT NULL
"""
# Where a unit stands among its peers with the last period that has ended: how many are above and below it, and the
# value in the middle.
_PEERS = """
SELECT want.n, count(peer.value), count(*) FILTER (WHERE peer.value > own.value),
       count(*) FILTER (WHERE peer.value < own.value),
       percentile_disc(0.5) WITHIN GROUP (ORDER BY peer.value)
FROM unnest(%(n)s::int[], %(indicator)s::text[], %(part)s::text[], %(kind)s::text[], %(start)s::date[],
            %(decimals)s::int[], %(value)s::numeric[]) AS want (n, indicator, part, kind, start, decimals, value)
CROSS JOIN LATERAL (SELECT want.value AS value) AS own
CROSS JOIN LATERAL (
    SELECT DISTINCT ON (unit_id) round(value, want.decimals) AS value FROM indicators_figure
    WHERE indicator = want.indicator AND unit_id = ANY(%(units)s::bigint[]) AND period_kind = want.kind
      AND period_start = want.start AND breakdown = want.part AND as_of <= %(day)s
    ORDER BY unit_id, as_of DESC
) AS peer
GROUP BY want.n
"""
_STEPS: Mapping[Kind, tuple[int, str]] = {
    Kind.DAY: (1, "days"),
    Kind.WEEK: (7, "days"),
    Kind.MONTH: (1, "months"),
    Kind.QUARTER: (3, "months"),
    Kind.HALF: (6, "months"),
    Kind.YEAR: (12, "months"),
}


class Cell(NamedTuple):
    """One value of a chart: whose, of the period that starts when, of which part; no value is no data."""

    unit: int
    start: date
    part: str
    value: float | None


@dataclass(frozen=True)
class Series:
    """The cells of one indicator in a chart, by unit, period and part; when the newest became known."""

    indicator: str
    kind: Kind
    cells: tuple[Cell, ...]
    as_of: date
    synthetic: bool

    @property
    def last(self) -> Period:
        """The last period of which anything is known."""
        return Period(self.kind, max(cell.start for cell in self.cells))

    def of(self, unit: int, part: str = "") -> list[Cell]:
        """Return the cells of one unit and part, oldest first."""
        return [cell for cell in reversed(self.cells) if cell.unit == unit and cell.part == part]


@dataclass(frozen=True)
class Peers:
    """Where a unit stands among its peers: how many have a value, how many a higher, a lower, and the middle one."""

    known: int
    above: int
    below: int
    median: Decimal | None


@dataclass(frozen=True)
class Board:
    """The unit whose board it is, and the units that stand beside each other on it, by key."""

    lead: int
    communes: Sequence[int] = ()
    agencies: Sequence[int] = ()
    level: Level = Level.CITY


@dataclass(frozen=True)
class _Want:
    """One indicator of one chart, as the statement asks for it."""

    chart: ChartDef
    definition: IndicatorDef
    running: date
    decimals: int = field(default=0)

    @property
    def part(self) -> str | None:
        return None if self.chart.over in BY_PARTS else self.chart.breakdown

    @property
    def back(self) -> str:
        number, unit = _STEPS[self.chart.period]
        if self.chart.over in TIMED:
            return f"{number * (self.chart.last - 1)} {unit}"
        periods = 1 if self.chart.over is Over.NOW else 0  # now is told with the period before it
        return f"{number * periods} {unit}"

    @property
    def beside(self) -> str:
        return self.chart.among if self.chart.over in BY_UNITS else ""


def board_figures(
    viewer: Viewer,
    charts: Iterable[ChartDef],
    definitions: Mapping[str, IndicatorDef],
    board: Board,
    day: date,
) -> dict[str, list[Series]]:
    """Return the series of each chart that has any figure for the board, as known on the day; one query.

    Who signs in may read the figures of every unit; the rows behind them are scoped where they are read.
    """
    running = {kind: Period.containing(kind, day + timedelta(days=1)).start for kind in Kind}
    wants = [
        _Want(chart, definitions[code], running[chart.period])
        for chart in charts
        for code in chart.indicators
        if code in definitions
    ]
    found: dict[str, list[Series]] = defaultdict(list)
    for number, *columns, as_of, synthetic in _rows(_BOARD, _columns(wants) | _places(board, day)):
        want = wants[number]
        cells = _cells(want, *columns)
        found[want.chart.code].append(
            Series(want.definition.code, want.chart.period, cells, as_of, synthetic)
        )
    return found


def peers_of(
    asked: Mapping[str, tuple[ChartDef, IndicatorDef, Cell]], units: Sequence[int], day: date
) -> dict[str, Peers]:
    """Return where the unit of each chart's cell stands among the units; one query."""
    codes = list(asked)
    columns = {
        "n": list(range(len(codes))),
        "indicator": [asked[code][1].code for code in codes],
        "part": [asked[code][2].part for code in codes],
        "kind": [asked[code][0].period.value for code in codes],
        "start": [asked[code][2].start for code in codes],
        "decimals": [asked[code][1].decimals for code in codes],
        "value": [asked[code][2].value for code in codes],
        "units": list(units),
        "day": day,
    }
    return {
        codes[n]: Peers(known, above, below, middle)
        for n, known, above, below, middle in _rows(_PEERS, columns)
    }


def _cells(want: _Want, units: str, starts: str, parts: str | None, amounts: str) -> tuple[Cell, ...]:
    """Return the cells of the columns; a period starts on a day, however many units have it."""
    ordinals = json.loads(starts)
    days = {ordinal: date.fromordinal(ordinal) for ordinal in set(ordinals)}
    named = json.loads(parts) if parts is not None else [want.part] * len(ordinals)
    found = zip(json.loads(units), map(days.__getitem__, ordinals), named, json.loads(amounts), strict=True)
    return tuple(map(Cell._make, found))


def _columns(wants: Sequence[_Want]) -> dict[str, Any]:
    return {
        "n": list(range(len(wants))),
        "indicator": [want.definition.code for want in wants],
        "part": [want.part for want in wants],
        "kind": [want.chart.period.value for want in wants],
        "running": [want.running for want in wants],
        "back": [want.back for want in wants],
        "beside": [want.beside for want in wants],
        "decimals": [want.definition.decimals for want in wants],
    }


def _places(board: Board, day: date) -> dict[str, Any]:
    return {
        "lead": board.lead,
        "communes": list(board.communes),
        "agencies": list(board.agencies),
        "day": day,
    }


def _rows(statement: str, values: Mapping[str, Any]) -> list[tuple]:
    """Return the rows of a statement that walks the indexes.

    The planner knows nothing of what each want will find and would gather whole indexes of units and days into bitmaps,
    a hundred times the work: it may not while the statement runs.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(statement, values)
        rows = cursor.fetchall()
        cursor.execute("SET LOCAL enable_bitmapscan = on")
        return rows
