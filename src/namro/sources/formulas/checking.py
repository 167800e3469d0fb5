"""The checks of a contract, over whole columns: one statement of DuckDB types a batch and says what is wrong where.

The statement is made of the contract only; its names and values are quoted, and no value of a row is part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import pyarrow as pa

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.sources.terms import ColumnDef, ColumnType, ContractDef

LONGEST_TEXT = 2000
FIRST_DAY = date(1900, 1, 1)
# Clocks of stations run a little ahead.
TOLERANCE = timedelta(minutes=10)
ZONE = "Asia/Ho_Chi_Minh"

TYPES: dict[str, tuple[pa.DataType, str, str]] = {
    # For each type: how the lake keeps it, how DuckDB calls it, how people do.
    ColumnType.TEXT: (pa.string(), "VARCHAR", "chữ"),
    ColumnType.INTEGER: (pa.int64(), "BIGINT", "số nguyên"),
    ColumnType.DECIMAL: (pa.decimal128(18, 6), "DECIMAL(18,6)", "số"),
    ColumnType.DATE: (pa.date32(), "DATE", "ngày (dạng 31/12/2025 hoặc 2025-12-31)"),
    ColumnType.TIMESTAMP: (pa.timestamp("us", "UTC"), "TIMESTAMPTZ", "ngày giờ (dạng 31/12/2025 07:30)"),
    ColumnType.BOOLEAN: (pa.bool_(), "BOOLEAN", "có hoặc không"),
}
# So many digits of a whole part are kept.
LARGEST = {ColumnType.INTEGER: 18, ColumnType.DECIMAL: 12}
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
_TIMES = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f")
_YES, _NO = ("true", "1", "có", "co", "yes", "x", "đúng"), ("false", "0", "không", "khong", "no", "sai")
_PLAIN = {
    ColumnType.INTEGER: r"[-+]?\d{1,18}(\.0+)?",
    ColumnType.DECIMAL: r"[-+]?\d{1,12}(\.\d+)?([eE][-+]?\d{1,2})?",
}
_VIETNAMESE = {
    ColumnType.INTEGER: r"[-+]?(\d{1,18}|\d{1,3}(\.\d{3}){1,5})",
    ColumnType.DECIMAL: r"[-+]?(\d{1,12}|\d{1,3}(\.\d{3}){1,3})(,\d+)?",
}


@dataclass(frozen=True)
class Checked:
    """A batch after its checks: what lands (typed, with `_row`, `_unit`, `_day`), and what does not, with reasons."""

    good: pa.Table
    bad: pa.Table


def schema_of(contract: ContractDef) -> pa.Schema:
    """Return the columns of a contract as the lake keeps them."""
    return pa.schema([(column.name, TYPES[column.type][0]) for column in contract.kept])


def check(rows: pa.Table, contract: ContractDef, units: pa.Table, *, now: datetime) -> Checked:
    """Return the rows of a batch (as `fit` and `guard` left them) sorted into those that hold and those that do not.

    `units` leads from what stands in the unit column (`raw`) to the unit for rows `early` and `late`, or a `reason`.
    """
    with duckdb.connect() as base:
        base.execute(f"SET TimeZone='UTC'; SET threads={_threads(rows)}")
        base.register("came", rows)
        base.register("units", units)
        base.execute(_statement(contract, now))
        kept = [column.name for column in contract.kept] + ["_row", "_unit", "_day"]
        held = base.table("checked")
        good = held.filter("len(_reasons) = 0").order("_row").select(*map(duckdb.ColumnExpression, kept))
        bad = held.filter("len(_reasons) > 0").select("_row, _reasons")
        return Checked(
            good.to_arrow_table(), base.table("came").join(bad, "_row").order("_row").to_arrow_table()
        )


def _threads(rows: pa.Table) -> int:
    """A second thread costs more than it brings where rows are few."""
    return 1 if rows.num_rows < 50_000 else 4


def _statement(contract: ContractDef, now: datetime) -> str:
    """Return the statement: typed values, day, unit and first row of the same key, then the reasons of each row."""
    kept = contract.kept
    values = ", ".join(f"{typed(column, contract.numbers)} AS {_name(column.name)}" for column in kept)
    raw = ", ".join(f"{_name(column.name)} AS {_raw(column)}" for column in kept)
    held = [
        *(each for column in kept for each in _reasons(column, contract.numbers)),
        *_of_row(contract, now),
    ]
    told = ", ".join(f"CASE WHEN {condition} THEN {sentence} END" for condition, sentence in held)
    time, unit = contract.by_name[contract.time], _raw(contract.by_name[contract.unit.column])
    return f"""
        CREATE TEMP TABLE checked AS
        WITH typed AS (SELECT _row, {raw}, {values} FROM came),
        dated AS (SELECT *, {_day(time)} AS _day, {_first_of(contract)} AS _first FROM typed),
        known AS (
            SELECT dated.*, u.reason AS _unknown,
                CASE WHEN _day < u.changed_on THEN coalesce(early, late) ELSE coalesce(late, early) END AS _unit
            FROM dated LEFT JOIN units u ON u.raw = dated.{unit}
        )
        SELECT {", ".join(_name(column.name) for column in kept)}, _row, _unit, _day,
            list_filter([{told}], each -> each IS NOT NULL) AS _reasons
        FROM known"""  # noqa: S608


def _name(name: str) -> str:
    return f'"{name}"'


def _raw(column: ColumnDef) -> str:
    return _name(f"raw {column.name}")


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"


def typed(column: ColumnDef, numbers: str) -> str:
    """Return the SQL that turns the text of a column into its type, NULL where it is none."""
    name, as_type = _name(column.name), TYPES[column.type][1]
    match column.type:
        case ColumnType.INTEGER | ColumnType.DECIMAL:
            cast = f"TRY_CAST({_plain(name, numbers)} AS {as_type})"
            return f"CASE WHEN {_looks_right(name, column.type, numbers)} THEN {cast} END"
        case ColumnType.DATE:
            forms = [*_DAYS, "%Y-%m-%d 00:00:00"]
            return f"CASE WHEN {_has_year(name)} THEN try_strptime({name}, {_list(forms)})::DATE END"
        case ColumnType.TIMESTAMP:
            return _moment(name)
        case ColumnType.BOOLEAN:
            yes, no = f"lower({name}) IN ({_all(_YES)})", f"lower({name}) IN ({_all(_NO)})"
            return f"CASE WHEN {yes} THEN true WHEN {no} THEN false END"
    return name


def _looks_right(name: str, of_type: ColumnType, numbers: str) -> str:
    forms = _VIETNAMESE if numbers == "vi" else _PLAIN
    return f"regexp_full_match({name}, {_quoted(forms[of_type])})"


def _plain(name: str, numbers: str) -> str:
    return f"replace(replace({name}, '.', ''), ',', '.')" if numbers == "vi" else name


def _has_year(name: str) -> str:
    return rf"regexp_matches({name}, '(^|\D)\d{{4}}(\D|$)')"


def _moment(name: str) -> str:
    """A moment with an offset is what it says, one without is meant in Việt Nam."""
    forms = [f"{day}{between}{time}" for day in _DAYS for between in (" ", "T") for time in _TIMES] + [*_DAYS]
    offset = rf"regexp_matches({name}, '\d:\d\d.*([+-]\d\d(:?\d\d)?|Z)$')"
    local = f"(try_strptime({name}, {_list(forms)}) AT TIME ZONE '{ZONE}')"
    return f"CASE WHEN {offset} THEN TRY_CAST({name} AS TIMESTAMPTZ) WHEN {_has_year(name)} THEN {local} END"


def _day(time: ColumnDef) -> str:
    name = _name(time.name)
    return name if time.type == ColumnType.DATE else f"({name} AT TIME ZONE '{ZONE}')::DATE"


def _first_of(contract: ContractDef) -> str:
    """Return the first row that has the same key; a row without a whole key is its own first."""
    parts = [_name(name) for name in contract.key if name in {column.name for column in contract.kept}]
    whole = " AND ".join(f"{part} IS NOT NULL" for part in parts)
    return f"CASE WHEN {whole} THEN min(_row) OVER (PARTITION BY {', '.join(parts)}) ELSE _row END"


def _reasons(column: ColumnDef, numbers: str) -> Iterator[tuple[str, str]]:
    """Yield each condition under which a value does not hold, and the sentence about it, both as SQL."""
    name, raw, label = _name(column.name), _raw(column), f"«{column.label}»"
    shown = _quoted(f"{label}: ") + f" || '«' || left({raw}, 60) || '»'"
    if column.personal:
        shown = _quoted(f"{label}: giá trị")
    if column.needed:
        yield f"{raw} IS NULL", _quoted(f"Thiếu {label}.")
    if column.type != ColumnType.TEXT:
        yield f"{raw} IS NOT NULL AND {name} IS NULL", f"{shown} || {_no_such(column, numbers)}"
    else:
        yield (
            f"length({raw}) > {LONGEST_TEXT}",
            _quoted(f"{label} dài quá {format_number(LONGEST_TEXT)} ký tự."),
        )
    if column.minimum is not None:
        yield (
            f"{name} < {column.minimum}",
            f"{shown} || {_quoted(f' nhỏ hơn mức cho phép {_said(column.minimum)}.')}",
        )
    if column.maximum is not None:
        yield (
            f"{name} > {column.maximum}",
            f"{shown} || {_quoted(f' lớn hơn mức cho phép {_said(column.maximum)}.')}",
        )
    if column.one_of:
        listed = ", ".join(column.one_of[:10]) + ("…" if len(column.one_of) > 10 else "")
        told = _quoted(f" không có trong danh mục ({listed}).")
        yield f"{raw} IS NOT NULL AND {raw} NOT IN ({_all(column.one_of)})", f"{shown} || {told}"


def _no_such(column: ColumnDef, numbers: str) -> str:
    """Return why a value is not of its column's type: most are no such thing, a number may be too large."""
    told = _quoted(f" không phải là {TYPES[column.type][2]}.")
    if column.type not in LARGEST:
        return told
    most = LARGEST[column.type]
    large = _quoted(f" quá lớn: chỉ lưu được tới {most} chữ số phần nguyên; hãy đổi sang đơn vị đo lớn hơn.")
    grouped = rf"|\d{{1,3}}(\.\d{{3}}){{{most // 3},}}" if numbers == "vi" else ""
    digits = rf"[-+]?(\d{{{most + 1},}}{grouped})([.,]\d+)?"
    is_number = _looks_right(_raw(column), column.type, numbers)
    is_long = f"regexp_full_match({_raw(column)}, {_quoted(digits)})"
    return f"CASE WHEN {is_number} OR {is_long} THEN {large} ELSE {told} END"


def _of_row(contract: ContractDef, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield what must hold of a row as a whole: its time, its unit, its key."""
    time, label = contract.by_name[contract.time], f"«{contract.by_name[contract.time].label}»"
    if time.type == ColumnType.DATE:
        ahead = f"_day > DATE {_quoted(now.date())}"
    else:
        ahead = f"{_name(time.name)} > TIMESTAMPTZ {_quoted((now + TOLERANCE).isoformat())}"
    told = _quoted(f"{label} ở tương lai (hôm nay là {format_day(now.date())}): ")
    yield ahead, f"{told} || {_raw(time)} || '.'"
    yield (
        f"_day < DATE {_quoted(FIRST_DAY)}",
        f"{_quoted(f'{label} quá xa trong quá khứ: ')} || {_raw(time)} || '.'",
    )
    column = contract.by_name[contract.unit.column]
    told = f"coalesce(_unknown, {_quoted(f'«{column.label}» không xác định được đơn vị.')})"
    yield f"{_raw(column)} IS NOT NULL AND _unit IS NULL", told
    labels = ", ".join(contract.by_name[name].label for name in contract.key)
    yield "_first < _row", f"{_quoted(f'Trùng khóa ({labels}) với dòng ')} || _first || ' của cùng lô.'"


def _said(limit: Decimal) -> str:
    return format_number(limit, max(0, -int(limit.normalize().as_tuple().exponent)))


def _all(values: tuple[str, ...]) -> str:
    return ", ".join(_quoted(value) for value in values)


def _list(values: list[str]) -> str:
    return f"[{', '.join(_quoted(value) for value in values)}]"
