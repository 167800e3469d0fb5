"""Planted faults: what the list in demo/planted.yaml says goes wrong, done to the columns of a source."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.flows.demo.centre.making import Making
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed

Array = NDArray[Any]
Columns = dict[str, Array]
NEEDED = ("code", "source", "fault", "from", "to", "finds", "what")


@dataclass(frozen=True)
class Planted:
    """One planted fault: where, when, what is done to which column, and which kind of warning should find it."""

    code: str
    source: str
    fault: str
    start: date
    end: date
    finds: str
    what: str
    indicator: str = ""
    column: str = ""
    units: tuple[str, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)

    def hits(self, making: Making) -> Array:
        """Return which rows it touches: its days, its units (all if none are named), its category if one is named."""
        day = making.day.astype("datetime64[D]")
        found = (day >= np.datetime64(self.start, "D")) & (day <= np.datetime64(self.end, "D"))
        if self.units:
            found &= np.isin(making.units, self.units)
        if "category" in self.params:
            found &= np.array(making.categories)[making.rows.k] == self.params["category"]
        return found


def read_planted(file: Path) -> tuple[Planted, ...]:
    """Return the list of planted faults; FileRefused names the line of what is wrong with one."""
    said, found = read_reviewed(file), []
    for entry in said["planted"]:
        demand(file, entry, *NEEDED)
        if entry["fault"] not in VALUES.keys() | ROWS.keys() | FILES:
            raise FileRefused(file, entry[LINE], f"không có kiểu lỗi “{entry['fault']}”")
        found.append(_planted(entry))
    return tuple(found)


def _planted(entry: Mapping[str, Any]) -> Planted:
    known = {*NEEDED, "indicator", "column", "units", LINE}
    return Planted(
        code=entry["code"],
        source=entry["source"],
        fault=entry["fault"],
        start=entry["from"],
        end=entry["to"],
        finds=entry["finds"],
        what=entry["what"],
        indicator=entry.get("indicator", ""),
        column=entry.get("column", ""),
        units=tuple(str(code) for code in entry.get("units", ())),
        params={name: value for name, value in entry.items() if name not in known},
    )


def spoil_values(making: Making, planted: Iterable[Planted]) -> None:
    """Do to the columns what changes values."""
    for each in planted:
        if each.fault in VALUES:
            hits = each.hits(making)
            making.columns[each.column] = VALUES[each.fault](making, each, hits)


def spoil_rows(making: Making, columns: Columns, planted: Iterable[Planted]) -> Columns:
    """Return the columns after rows were lost, doubled or written wrongly."""
    lost, doubled = np.zeros(len(making.rows), dtype=bool), np.zeros(len(making.rows), dtype=bool)
    for each in planted:
        hits = each.hits(making)
        if each.fault == "silence":
            lost |= hits
        elif each.fault == "doubled":
            doubled |= _first(hits, each.params.get("rows", 20))
        elif each.fault in ROWS:
            columns = ROWS[each.fault](columns, each, _first(hits, each.params.get("rows", 20)))
    order = np.sort(np.concatenate([np.flatnonzero(~lost), np.flatnonzero(doubled & ~lost)]), kind="stable")
    return {name: column[order] for name, column in columns.items()}


def _first(hits: Array, count: int) -> Array:
    """The first so many of the rows hit."""
    return hits & (np.cumsum(hits) <= count)


def _scale(making: Making, each: Planted, hits: Array) -> Array:
    column = making.columns[each.column]
    return np.where(hits, _like(column, column * each.params["factor"]), column)


def _drift(making: Making, each: Planted, hits: Array) -> Array:
    """From 1 to the factor in a straight line over the days of the fault."""
    column, length = making.columns[each.column], max((each.end - each.start).days, 1)
    gone = (making.day - np.datetime64(each.start, "D")).astype(int) / length
    grown = column * (1 + (each.params["factor"] - 1) * gone)
    return np.where(hits, _like(column, grown), column)


def _set(making: Making, each: Planted, hits: Array) -> Array:
    return np.where(hits, each.params["value"], making.columns[each.column])


def _add(making: Making, each: Planted, hits: Array) -> Array:
    column = making.columns[each.column]
    return np.where(hits, column + each.params["more"], column)


def _share(making: Making, each: Planted, hits: Array) -> Array:
    """A part becomes another share of its whole."""
    column, whole = making.columns[each.column], making.columns[each.params["of"]]
    return np.where(hits, _like(column, whole * each.params["share"]), column)


def _like(column: Array, changed: Array) -> Array:
    """Counted things stay whole."""
    return np.round(changed).astype(column.dtype) if column.dtype.kind in "iu" else np.round(changed, 3)


def _unknown_unit(columns: Columns, each: Planted, hits: Array) -> Columns:
    name = each.column
    wide = columns[name].astype(f"<U{max(16, columns[name].dtype.itemsize // 4)}")
    return columns | {name: np.where(hits, each.params["value"], wide)}


def _moved(columns: Columns, each: Planted, hits: Array) -> Columns:
    """Days that are written so many days later (a clock that runs ahead)."""
    day = columns[each.column]
    return columns | {each.column: np.where(hits, day + np.timedelta64(each.params["days"], "D"), day)}


def _blank(columns: Columns, each: Planted, hits: Array) -> Columns:
    """Values that are missing: not a number, or an empty text."""
    column = columns[each.column]
    empty = (
        np.where(hits, "", column)
        if column.dtype.kind == "U"
        else np.where(hits, np.nan, column.astype(float))
    )
    return columns | {each.column: empty}


VALUES: dict[str, Callable[[Making, Planted, Array], Array]] = {
    "scale": _scale,
    "drift": _drift,
    "set": _set,
    "add": _add,
    "share": _share,
}
ROWS: dict[str, Any] = {
    "silence": None,
    "doubled": None,
    "unknown_unit": _unknown_unit,
    "moved": _moved,
    "blank": _blank,
}
# Done to whole files when they are written; `events` changes how many events there are.
FILES = frozenset({"wrong_columns", "cut_off", "twice", "events", "letters"})
