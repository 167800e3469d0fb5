"""Rows as they came, under the names of the contract; personal columns hashed or dropped before anything sees them."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from namro.ground.text import fold
from namro.sources.terms import ColumnDef, ContractDef, Personal

# Stands before a hashed value, so that a row sent again from quarantine is not hashed twice.
HASHED = "#"
_HEX = 32


class MissingColumns(Exception):
    """Columns of the contract that did not come; `found` are the headings that did."""

    def __init__(self, missing: list[str], found: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing, self.found = missing, found


def headings_of(contract: ContractDef) -> Mapping[str, tuple[str, ...]]:
    """Return for each column the headings under which it may come: those declared, its label, its name."""
    return {column.name: (*column.heading, column.label, column.name) for column in contract.columns}


def fit(rows: pa.Table, contract: ContractDef) -> pa.Table:
    """Return the contract's columns of the rows in its order, with `_row` from 1; MissingColumns where one lacks.

    A column that need not come and did not is empty; what the contract does not name is left out.
    """
    came = {fold(name): name for name in rows.column_names}
    taken = {column.name: _heading(column, contract, came) for column in contract.columns}
    missing = [column.label for column in contract.kept if column.needed and not taken[column.name]]
    if missing:
        raise MissingColumns(missing, list(rows.column_names))
    count = rows.num_rows
    columns = {
        name: _as_text(rows[heading]) if heading else pa.nulls(count, pa.string())
        for name, heading in taken.items()
    }
    return pa.table(columns | {"_row": pa.array(range(1, count + 1), pa.int64())})


def guard(rows: pa.Table, contract: ContractDef, key: bytes) -> pa.Table:
    """Return the rows without the columns to be dropped, and with those to be hashed hashed under the key (HMAC)."""
    for column in contract.columns:
        if column.personal == Personal.DROP:
            rows = rows.drop_columns([column.name])
        elif column.personal == Personal.HASH:
            rows = hashed(rows, [column.name], key)
    return rows


def hashed(rows: pa.Table, headings: Iterable[str], key: bytes) -> pa.Table:
    """Return the rows with the values of some columns hashed under the key, as the door of a source does it."""
    for heading in headings:
        rows = rows.set_column(rows.column_names.index(heading), heading, _hashed(rows[heading], key))
    return rows


def as_text(rows: pa.Table) -> pa.Table:
    """Return the rows as clean text under the headings as they came."""
    return pa.table({name: _as_text(rows[name]) for name in rows.column_names})


def _heading(column: ColumnDef, contract: ContractDef, came: Mapping[str, str]) -> str:
    names = headings_of(contract)[column.name]
    return next((came[fold(name)] for name in names if fold(name) in came), "")


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as clean text: no space around it, one form of each letter, NULL for nothing."""
    text = _written(column)
    text = pc.utf8_trim_whitespace(text)
    if not pc.all(pc.string_is_ascii(text)).as_py():
        text = pc.utf8_normalize(text, form="NFC")
    return pc.if_else(pc.equal(text, ""), None, text)


def _written(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as text; what has days and moments of its own is written as these are."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_timestamp(column.type):
        form = "%Y-%m-%dT%H:%M:%S+00:00" if column.type.tz else "%Y-%m-%d %H:%M:%S"
        zone = "UTC" if column.type.tz else None
        return pc.strftime(column.cast(pa.timestamp("s", zone), safe=False), format=form)
    return column.cast(pa.string())


def _hashed(column: pa.ChunkedArray, key: bytes) -> pa.ChunkedArray:
    """Return each value by its HMAC; the work is one hash for each different value."""
    coded = column.combine_chunks().dictionary_encode()
    values = [_digest(value, key) for value in coded.dictionary.to_pylist()]
    return pa.chunked_array([pc.take(pa.array(values, pa.string()), coded.indices)])


def _digest(value: str, key: bytes) -> str:
    if value.startswith(HASHED):
        return value
    return HASHED + hmac.digest(key, value.strip().encode(), hashlib.sha256).hex()[:_HEX]
