"""Tables of the lake: one a source, a batch lands whole or not at all, and each batch is a snapshot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.expressions import AlwaysTrue, And, BooleanExpression, In, Not, Or
from pyiceberg.table import Table
from pyiceberg.table.snapshots import Snapshot as IcebergSnapshot

from namro.ground import clock
from namro.lake.catalogue import NAMESPACE, LakeCatalogue, catalogue, locked, readable

# What stands in every table beside the columns of its contract.
OURS = pa.schema(
    [
        ("_batch", pa.string()),
        ("_row", pa.int64()),
        ("_unit", pa.string()),
        ("_day", pa.date32()),
        ("_month", pa.string()),
    ]
)
# Keys of a snapshot's summary: the batch it landed with how many rows, the day of the house, the months it touched.
BATCH, ROWS, DAY, MONTHS = "namro.batch", "namro.rows", "namro.day", "namro.months"
PROPERTIES = {
    "format-version": "2",
    # Whole, so that a file of one batch is known to hold nothing else and goes without being read.
    "write.metadata.metrics.column._batch": "full",
    "commit.manifest-merge.enabled": "true",
    "commit.manifest.min-count-to-merge": "50",
    "write.parquet.compression-codec": "zstd",
}


@dataclass(frozen=True)
class Snapshot:
    """Ảnh chụp: the state of a table after a batch of `rows`; `day` by the house's clock, `at` by the world's."""

    id: int
    batch: str
    day: date
    at: datetime
    rows: int
    total: int
    months: tuple[str, ...] = ()


def ensure(code: str, columns: pa.Schema) -> None:
    """Make the table of a source, or give it the columns it has not yet; TypeError where a type would change."""
    with locked(code):
        known = catalogue()
        if not known.table_exists((NAMESPACE, code)):
            _make(known, code, columns)
            return
        table = known.load_table((NAMESPACE, code))
        if missing := _missing(table, columns):
            with table.update_schema() as change:
                change.union_by_name(missing)


def land(
    code: str, rows: pa.Table, *, batch: str, replaces: str = "", keys: tuple[str, ...] = ()
) -> Snapshot:
    """Put a batch in, in one commit; what was there of it, and the batch that it replaces, goes in the same moment.

    `rows` have the contract's columns and OURS without `_batch` and `_month`. With `keys`, an earlier row with the same
    values in these columns goes too: what was sent last counts. KeyError where there is no such table.
    """
    away = sorted({batch, replaces} - {""})
    with locked(code):
        table = table_of(code)
        fitted = _fitted(rows, plain(table), batch)
        change = Change(
            fitted, rows.num_rows, one_of("_batch", away), _months_of(table, one_of("_batch", away))
        )
        return _commit(table, batch, _met_again(table, change, keys, away) if keys else change)


def replace_all(code: str, rows: pa.Table, *, batch: str) -> Snapshot:
    """Put a batch in as the whole of the table, in one commit; earlier states stay in its snapshots."""
    with locked(code):
        table = table_of(code)
        fitted = _fitted(rows, plain(table), batch)
        return _commit(
            table, batch, Change(fitted, rows.num_rows, AlwaysTrue(), _months_of(table, AlwaysTrue()))
        )


def snapshots(code: str) -> list[Snapshot]:
    """Return the state after each batch, oldest first; none where the table was never made."""
    known = catalogue()
    if not known.table_exists((NAMESPACE, code)):
        return []
    return [told(each) for each in marked(known.load_table((NAMESPACE, code)), BATCH)]


def landed(code: str, batch: str) -> Snapshot | None:
    """Return the last snapshot that landed a batch, None where it never came in (or was expired)."""
    return next((each for each in reversed(snapshots(code)) if each.batch == batch), None)


def files(code: str, *, months: Iterable[str] | None = None, as_of: date | None = None) -> list[str]:
    """Return the Parquet files of the snapshot in force (at the end of `as_of`), of the months 'YYYY-MM' if given.

    Empty where the table has no row by then; paths as DuckDB and Spark read them.
    """
    known = catalogue()
    if not known.table_exists((NAMESPACE, code)):
        return []
    table = known.load_table((NAMESPACE, code))
    found = [each for each in marked(table, DAY) if as_of is None or told(each).day <= as_of]
    if not found:
        return []
    wanted: BooleanExpression = AlwaysTrue() if months is None else one_of("_month", sorted(set(months)))
    scan = table.scan(row_filter=wanted, snapshot_id=found[-1].snapshot_id)
    return sorted(readable(task.file.file_path) for task in scan.plan_files())


def missing_files(code: str) -> list[str]:
    """Return the files that the snapshot in force names and that do not lie there."""
    table = table_of(code)
    named = [task.file.file_path for task in table.scan().plan_files()]
    return [readable(path) for path in named if not table.io.new_input(path).exists()]


def tables() -> list[str]:
    """Return the codes of all tables of the lake."""
    return sorted(name for _, name in catalogue().list_tables(NAMESPACE))


def columns(code: str) -> pa.Schema:
    """Return all columns of a table as Arrow has them. KeyError where there is no such table."""
    return plain(table_of(code))


def _make(known: LakeCatalogue, code: str, columns: pa.Schema) -> None:
    whole = pa.schema([*columns, *OURS])
    with (
        known.create_table_transaction((NAMESPACE, code), schema=whole, properties=PROPERTIES) as made,
        made.update_spec() as spec,
    ):
        spec.add_identity("_month")


def table_of(code: str) -> Table:
    """Return the Iceberg table of a source. KeyError where there is none."""
    known = catalogue()
    if not known.table_exists((NAMESPACE, code)):
        raise KeyError(code)
    return known.load_table((NAMESPACE, code))


def _missing(table: Table, columns: pa.Schema) -> pa.Schema | None:
    has = plain(table)
    for column in columns:
        if column.name in has.names and has.field(column.name).type != column.type:
            old = has.field(column.name).type
            raise TypeError(f"{table.name()[-1]}.{column.name}: {old} → {column.type}")
    fresh = [column for column in columns if column.name not in has.names]
    return pa.schema(fresh) if fresh else None


def one_of(column: str, values: list[str]) -> BooleanExpression:
    """Return the condition that a column holds one of the values."""
    # Its constructor stands in a pydantic base, which mypy takes for the field list.
    return In(column, values)  # type: ignore[call-arg, arg-type]


def plain(table: Table) -> pa.Schema:
    """Return the columns of a table with the types of Arrow that we hand in."""
    large = {pa.large_string(): pa.string(), pa.large_binary(): pa.binary()}
    return pa.schema([(each.name, large.get(each.type, each.type)) for each in table.schema().as_arrow()])


@dataclass(frozen=True)
class Change:
    """What a commit does: the rows to be written, how many of them are the batch's, what goes, from which months."""

    rows: pa.Table
    count: int
    away: BooleanExpression
    months: frozenset[str]


def _months_of(table: Table, condition: BooleanExpression) -> frozenset[str]:
    """Return the months whose files may hold such rows."""
    return frozenset(str(task.file.partition[0]) for task in table.scan(row_filter=condition).plan_files())


def _met_again(table: Table, change: Change, keys: tuple[str, ...], away: list[str]) -> Change:
    """Return the change that also takes away earlier rows with the same keys, by writing their months anew."""
    near = AlwaysTrue() if "_day" not in keys else one_of("_month", _months(change.rows))
    rest = And(near, Not(one_of("_batch", away)))
    before = _read(table, rest, *keys, "_month")
    months = _months(before.join(change.rows.select(list(keys)), list(keys), join_type="left semi"))
    if not months:
        return change
    there = _read(table, And(one_of("_month", months), Not(one_of("_batch", away))))
    kept = there.join(change.rows.select(list(keys)), list(keys), join_type="left anti").select(
        change.rows.column_names
    )
    rows = pa.concat_tables([kept, change.rows])
    return Change(rows, change.count, Or(change.away, one_of("_month", months)), change.months | {*months})


def _read(table: Table, condition: BooleanExpression, *columns: str) -> pa.Table:
    """Return rows of the table (of all columns, or these) with the types of Arrow that we hand in."""
    whole = plain(table)
    wanted = [name for name in whole.names if name in columns or not columns]
    rows = table.scan(row_filter=condition, selected_fields=tuple(wanted)).to_arrow().select(wanted)
    return rows.cast(pa.schema([whole.field(name) for name in wanted]))


def _months(rows: pa.Table) -> list[str]:
    return sorted(pc.unique(rows["_month"]).to_pylist())


def _commit(table: Table, batch: str, change: Change) -> Snapshot:
    """Write and commit; a batch without rows leaves its mark too."""
    touched = sorted({*_months(change.rows)} | change.months)
    said = {
        BATCH: batch, ROWS: str(change.count), DAY: clock.today().isoformat(), MONTHS: ",".join(touched)
    }  # fmt: skip
    with table.transaction() as step:
        if change.months:
            step.delete(change.away)
        step.append(change.rows, snapshot_properties=said)
    return told(marked(table, BATCH)[-1])


def _fitted(rows: pa.Table, schema: pa.Schema, batch: str) -> pa.Table:
    """Return the rows in the table's own columns; a column of an older contract is left empty."""
    count = rows.num_rows
    held = {name: rows[name] for name in rows.column_names}
    held["_batch"] = pa.repeat(pa.scalar(batch), count)
    held["_month"] = pc.strftime(rows["_day"], format="%Y-%m")
    parts = [
        held[each.name].cast(each.type) if each.name in held else pa.nulls(count, each.type)
        for each in schema
    ]
    return pa.table(parts, schema=schema)


def marked(table: Table, mark: str) -> list[IcebergSnapshot]:
    """Return the snapshots that carry a mark of ours; what stands between them was never seen by anybody."""
    return [
        each for each in table.snapshots() if each.summary and each.summary.additional_properties.get(mark)
    ]


def told(found: IcebergSnapshot) -> Snapshot:
    """Return a marked snapshot as a value."""
    said = found.summary.additional_properties if found.summary else {}
    return Snapshot(
        id=found.snapshot_id,
        batch=said.get(BATCH, ""),
        day=date.fromisoformat(said[DAY]),
        at=datetime.fromtimestamp(found.timestamp_ms / 1000, UTC),
        rows=int(said.get(ROWS, 0)),
        total=int(said.get("total-records", 0)),
        months=tuple(filter(None, said.get(MONTHS, "").split(","))),
    )
