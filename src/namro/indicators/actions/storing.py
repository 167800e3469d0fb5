"""Figures of the lake into the database: hundreds of thousands at once, and only what differs is written.

They come by COPY into a table of this transaction; the rest is said in four statements over it. A figure that is as it
was known keeps its row and its as-of. What an ended period was known to be on an earlier day stays beside the new; of
a running period only the last state is kept, since the lake itself can be asked for the others.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction
from pyarrow import csv

from namro.indicators.formulas.tables import DAYS_KEPT
from namro.indicators.terms import IndicatorDef

_TEMPORARY = """
CREATE TEMPORARY TABLE computed (
    indicator text, unit_id bigint, period_kind text, period_start date,
    breakdown text, value numeric, numerator numeric, denominator numeric
) ON COMMIT DROP
"""
_COPY = "COPY computed FROM STDIN (FORMAT csv)"
_KEY = "indicator, unit_id, period_kind, period_start, breakdown"
# Numbers come first in every order, and words by their bytes: both compare far faster than words as people sort them.
_ORDER = 'unit_id, period_start, indicator COLLATE "C", breakdown COLLATE "C", period_kind COLLATE "C"'
_END = """(period_start + CASE period_kind WHEN 'quarter' THEN interval '3 months'
          ELSE ('1 ' || period_kind)::interval END - interval '1 day')::date"""
_PERIOD = """to_char(period_start, CASE period_kind WHEN 'day' THEN 'YYYY-MM-DD' WHEN 'month' THEN 'YYYY-MM'
            WHEN 'quarter' THEN 'YYYY-"Q"Q' ELSE 'YYYY' END)"""
# What is known by the day of everything that was computed anew: the stretch of months, or all of it.
_KNOWN = f"""
CREATE TEMPORARY TABLE known ON COMMIT DROP AS
SELECT DISTINCT ON ({_ORDER}) id, {_KEY}, value, numerator, denominator, version, as_of
FROM indicators_figure
WHERE indicator = ANY(%(codes)s) AND as_of <= %(day)s
  AND (period_kind <> 'day' OR period_start >= %(days_from)s)
  AND (%(months)s::date[] IS NULL
       OR date_trunc('month', period_start)::date = ANY(%(months)s::date[]) AND period_kind IN ('day', 'month')
       OR period_kind = 'quarter' AND period_start = ANY(%(quarters)s::date[])
       OR period_kind = 'year' AND period_start = ANY(%(years)s::date[]))
ORDER BY {_ORDER}, as_of DESC
"""  # noqa: S608 - of constants
# What differs from what was known. What was known and is no more is gone: where a day before knew it (`leaves`), a row
# without a value says so from now on. A state of a period that was still running then gives way.
_CHANGED = f"""
CREATE TEMPORARY TABLE changed ON COMMIT DROP AS
SELECT found.*, is_gone AND NOT was_running AND (old_as_of < %(day)s OR EXISTS (
           SELECT FROM indicators_figure older
           WHERE (older.indicator, older.unit_id, older.period_kind, older.period_start, older.breakdown)
                 = (found.indicator, found.unit_id, found.period_kind, found.period_start, found.breakdown)
             AND older.as_of < old_as_of)) AS leaves
FROM (
    SELECT {_KEY}, computed.value, computed.numerator, computed.denominator, told.version, known.id AS old_id,
           known.as_of AS old_as_of, COALESCE(known.as_of <= {_END}, false) AS was_running,
           computed.unit_id IS NULL AS is_gone
    FROM computed
    FULL JOIN known USING ({_KEY})
    JOIN unnest(%(codes)s::text[], %(versions)s::int[]) AS told (code, version) ON told.code = indicator
    WHERE known.id IS NULL
       OR (computed.value, computed.numerator, computed.denominator)
          IS DISTINCT FROM (known.value, known.numerator, known.denominator)
       OR (computed.unit_id IS NOT NULL AND known.version <> told.version)
) AS found
"""  # noqa: S608 - of constants
_DELETE = """
DELETE FROM indicators_figure WHERE id IN (
    SELECT old_id FROM changed
    WHERE was_running AND (is_gone OR old_as_of < %(day)s) OR is_gone AND NOT was_running AND NOT leaves)
"""
_WRITE = f"""
INSERT INTO indicators_figure (
    {_KEY}, period, value, numerator, denominator, as_of, source, source_state, version, synthetic)
SELECT {_KEY}, {_PERIOD}, value, numerator, denominator, %(day)s, %(source)s, 'fresh', version, %(synthetic)s
FROM changed
WHERE leaves OR NOT is_gone
ORDER BY {_ORDER}
ON CONFLICT ({_KEY}, as_of) DO UPDATE
SET value = EXCLUDED.value, numerator = EXCLUDED.numerator, denominator = EXCLUDED.denominator,
    period = EXCLUDED.period, source = EXCLUDED.source, source_state = EXCLUDED.source_state,
    version = EXCLUDED.version, synthetic = EXCLUDED.synthetic
"""  # noqa: S608 - of constants
_OLD_DAYS = """
DELETE FROM indicators_figure
WHERE indicator = ANY(%(codes)s) AND period_kind = 'day' AND period_start < %(days_from)s
"""
ROWS_AT_ONCE = 100_000


@dataclass(frozen=True)
class Told:
    """What is said of all figures of a source: its name, whether it is made up, and the day they are known since."""

    source: str
    day: date
    synthetic: bool = False


@transaction.atomic
def store_computed(
    found: pa.Table,
    definitions: Sequence[IndicatorDef],
    units: Mapping[str, int],
    told: Told,
    *,
    months: Iterable[str] | None = None,
) -> int:
    """Store the figures (formulas.FIGURES) of all these definitions, of whole months 'YYYY-MM' or all; returns how many
    rows were written or deleted.
    """
    values = {
        "codes": [definition.code for definition in definitions],
        "versions": [definition.version for definition in definitions],
        "day": told.day,
        "days_from": told.day - timedelta(days=DAYS_KEPT - 1),
        "source": told.source[:500],
        "synthetic": told.synthetic,
        **_scope(months),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(_TEMPORARY)
        _copy(cursor, found, units)
        cursor.execute("ANALYZE computed")
        cursor.execute(_KNOWN, values)
        cursor.execute("ANALYZE known")
        changed = 0
        for statement in (_CHANGED, _DELETE, _WRITE, _OLD_DAYS):
            cursor.execute(statement, values)
            changed += cursor.rowcount if statement in (_DELETE, _WRITE) else 0
        cursor.execute("DROP TABLE computed, known, changed")
    return changed


def _scope(months: Iterable[str] | None) -> dict[str, list[date] | None]:
    """Return the starts of the periods that were computed: whole quarters and years come with all their months."""
    if months is None:
        return {"months": None, "quarters": None, "years": None}
    starts = {date.fromisoformat(f"{month}-01") for month in months}
    return {
        "months": sorted(starts),
        "quarters": sorted({each for each in starts if each.month % 3 == 1}),
        "years": sorted({each for each in starts if each.month == 1}),
    }


def _copy(cursor: Any, found: pa.Table, units: Mapping[str, int]) -> None:
    """Copy the figures of units that are known into the table of this transaction."""
    codes = found["unit"].cast(pa.string())
    known = pa.array(list(units), pa.string())
    keys = pa.array(list(units.values()), pa.int64())
    rows = found.set_column(1, "unit_id", pc.take(keys, pc.index_in(codes, known)))
    rows = rows.filter(pc.is_valid(rows["unit_id"]))
    with cursor.copy(_COPY) as copy:
        for chunk in range(0, rows.num_rows, ROWS_AT_ONCE):
            copy.write(_as_csv(rows.slice(chunk, ROWS_AT_ONCE)))


def _as_csv(rows: pa.Table) -> bytes:
    """Return rows as CSV: nothing for no value, an empty text in quotes."""
    plain = pa.table({name: _plain(rows[name]) for name in rows.column_names})
    with io.BytesIO() as out:
        csv.write_csv(plain, out, csv.WriteOptions(include_header=False, quoting_style="needed"))
        return out.getvalue()


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    is_name = pa.types.is_dictionary(column.type)
    return column.cast(pa.string()) if is_name else column
