"""One source made: its recipe and contract are read, its rows laid out, its columns made, its faults planted."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from namro.flows.demo.centre.columns import DERIVED, MAKERS
from namro.flows.demo.centre.faults import Columns, Planted, read_planted, spoil_rows, spoil_values
from namro.flows.demo.centre.making import Making, Spec, dice_of
from namro.flows.demo.centre.places import Array, Places, read_places
from namro.flows.demo.centre.rhythms import Rhythms
from namro.flows.demo.centre.rows import Rows, Window, events, grid
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed

TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "decimal": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("s"),
    "boolean": pa.bool_(),
}


@dataclass(frozen=True)
class Kitchen:
    """The folder of a package from which the synthetic sources are made."""

    package: Path

    @property
    def codes(self) -> list[str]:
        """The sources that have a recipe, by name."""
        return sorted(file.stem for file in (self.package / "demo" / "centre").glob("*.yaml"))

    @cached_property
    def rhythms(self) -> Rhythms:
        """What all sources share."""
        file = self.package / "demo" / "rhythms.yaml"
        said = read_reviewed(file)
        demand(file, said, "tet", "merger", "begin", "places")
        return Rhythms.of(said)

    @cached_property
    def planted(self) -> tuple[Planted, ...]:
        """The faults that are planted into the sources."""
        return read_planted(self.package / "demo" / "planted.yaml")

    def planted_in(self, source: str) -> list[Planted]:
        """The faults of one source, in the order of the list."""
        return [each for each in self.planted if each.source == source]

    def recipe(self, source: str) -> dict[str, Any]:
        """How a source is made; FileRefused names what its recipe lacks."""
        file = self.package / "demo" / "centre" / f"{source}.yaml"
        said = read_reviewed(file)
        demand(file, said, "seed", "grain", "places", "columns", "write")
        for name, spec in _plain(said["columns"]).items():
            if spec.get("make") not in MAKERS:
                raise FileRefused(file, spec[LINE], f"cột “{name}”: không có cách làm “{spec.get('make')}”")
        return said

    def contract(self, source: str) -> dict[str, Any]:
        """What the source promises to send."""
        return read_reviewed(self.package / "sources" / f"{source}.yaml")

    def columns(self, source: str, window: Window) -> Columns:
        """Return the columns of a source for a window of days, faults and all."""
        recipe, planted = self.recipe(source), self.planted_in(source)
        making = self._laid_out(source, recipe, window, planted)
        specs = _plain(recipe["columns"])
        _make(making, {name: spec for name, spec in specs.items() if spec["make"] not in DERIVED})
        spoil_values(making, planted)
        _make(making, {name: spec for name, spec in specs.items() if spec["make"] in DERIVED})
        kept = spoil_rows(making, {name: making.columns[name] for name in specs}, planted)
        return _only(kept, recipe.get("only"))

    def table(self, source: str, window: Window) -> pa.Table:
        """Return the rows of a source with the columns and types of its contract."""
        made = self.columns(source, window)
        fields = [(column["name"], TYPES[column["type"]]) for column in self.contract(source)["columns"]]
        return pa.table({name: _arrow(made[name], kind) for name, kind in fields})

    def _laid_out(self, source: str, recipe: Spec, window: Window, planted: Iterable[Planted]) -> Making:
        """The rows of a source that have no values yet."""
        former = self.contract(source)["unit"].get("codes") == "former"
        places = read_places(self.package, self._where(recipe), former=former, merger=self.rhythms.merger)
        days = window.days(recipe["grain"])
        categories = _plain(recipe.get("categories") or {"": 1.0})
        making = Making(
            source,
            recipe["seed"],
            Rows(*(np.zeros(0, int),) * 3),
            days,
            places,
            [*categories],
            self.rhythms,
            recipe["grain"],
        )
        reporting = places.reporting(days)
        if recipe["grain"] == "event":
            making.rows = self._events(making, recipe, reporting, [*categories.values()], planted)
        else:
            making.rows = grid(reporting, len(categories))
        return making

    def _where(self, recipe: Spec) -> Any:
        said = recipe["places"]
        return self.rhythms.places.get(said, said) if isinstance(said, str) else said

    def _events(
        self, making: Making, recipe: Spec, reporting: Array, shares: list[float], planted: Iterable[Planted]
    ) -> Rows:
        """How many events there are each day at each place; a planted fault may make them more or fewer."""
        how_often = recipe["events"]
        by_day = self.rhythms.factor(making.days, how_often.get("rhythm", {}))
        by_place = how_often["level"] * making.by_place(how_often, "events")
        expected = by_day[:, None] * by_place[None, :] * reporting
        for each in planted:
            if each.fault == "events":
                expected = _more(expected, making.days, making.places, each)
        return events(expected, shares, dice_of(recipe["seed"], making.code, "events"))


def _more(expected: Array, days: Array, places: Places, each: Planted) -> Array:
    then = (days >= np.datetime64(each.start, "D")) & (days <= np.datetime64(each.end, "D"))
    there = np.isin(places.units, each.units) if each.units else np.ones(len(places), dtype=bool)
    return np.where(then[:, None] & there[None, :], expected * each.params["factor"], expected)


def _only(columns: Columns, name: str | None) -> Columns:
    """Return the rows in which a column is not nothing: on a day without any, a desk sends no line."""
    if not name:
        return columns
    told = columns[name] != 0
    return {each: column[told] for each, column in columns.items()}


def _make(making: Making, specs: Spec) -> None:
    for name, spec in specs.items():
        making.columns[name] = MAKERS[spec["make"]](making, name, spec)


def _arrow(column: Array, kind: pa.DataType) -> pa.Array:
    """Return a column in the type of the contract; what is not a number, or empty, is missing."""
    if pa.types.is_string(kind):
        return (
            pa.array(column.tolist(), mask=column == "")
            if column.dtype.kind == "U"
            else pa.array(column).cast(kind)
        )
    if pa.types.is_integer(kind) and column.dtype.kind == "f":
        column = np.round(column)
    if pa.types.is_floating(kind) and bool(np.all(np.isnan(column) | (column == np.round(column)))):
        kind = pa.int64()  # as people write whole amounts: with all their noughts, not 1e13
    if pa.types.is_timestamp(kind):
        column = column.astype("datetime64[s]")
    return pa.array(column, from_pandas=True).cast(kind)


def _plain(entry: Spec) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != LINE}
