"""What a maker of columns knows: the rows, their days and places, the columns made before, dice for each column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from namro.flows.demo.centre.places import Places
from namro.flows.demo.centre.rhythms import Rhythms
from namro.flows.demo.centre.rows import Rows

Array = NDArray[Any]
Spec = Mapping[str, Any]
LENGTHS = {"week": 7, "month": 28}


@dataclass
class Making:
    """One source under way."""

    code: str
    seed: int
    rows: Rows
    days: Array
    places: Places
    categories: list[str]
    rhythms: Rhythms
    grain: str = "day"
    columns: dict[str, Array] = field(default_factory=dict)

    def dice(self, name: str) -> np.random.Generator:
        """Return the dice of one column: the same whatever else is made."""
        return dice_of(self.seed, self.code, name)

    @property
    def day(self) -> Array:
        """The day of each row."""
        return self.days[self.rows.t]

    def breath(self, spec: Spec) -> Array:
        """Return the factor of each day, week or month: the mean over the days that it covers."""
        length = LENGTHS.get(self.grain, 1)
        covered = (self.days[:, None] + np.arange(length)).ravel()
        found: Array = self.rhythms.factor(covered, spec).reshape(-1, length).mean(axis=1)
        return found

    @property
    def units(self) -> Array:
        """Today's unit of each row."""
        return self.places.units[self.rows.p]

    def mean(self, spec: Spec, name: str) -> Array:
        """Return what is to be expected in each row: level × people × kind × category × rhythm × its own way."""
        found = spec.get("level", 1) * self.by_place(spec, name)[self.rows.p]
        found = found * self.breath(spec.get("rhythm", {}))[self.rows.t]
        return found * self.by_category(spec)[self.rows.k]

    def by_place(self, spec: Spec, name: str) -> Array:
        """Return the factor of each place; `spread` is how far places of a kind differ."""
        size = (
            self.places.people / 1_000 if spec.get("per", "people") == "people" else np.ones(len(self.places))
        )
        return size * self.by_kind(spec) * np.exp(self.own_way(name) * spec.get("spread", 0))

    def by_kind(self, spec: Spec) -> Array:
        """Return the factor of each place by its kind; 1 where none is given."""
        kinds = spec.get("kinds", {})
        return np.array([kinds.get(str(kind), 1.0) for kind in self.places.kinds])

    def by_category(self, spec: Spec) -> Array:
        """Return the factor of each category; 1 where none is given."""
        given = spec.get("by", {})
        return np.array([given.get(category, 1.0) for category in self.categories])

    def own_way(self, name: str) -> Array:
        """Return a standard normal number for each place, drawn for today's unit."""
        units, index = np.unique(self.places.units, return_inverse=True)
        drawn: Array = self.dice(f"{name}/place").standard_normal(len(units))[index]
        return drawn


def dice_of(seed: int, *words: str) -> np.random.Generator:
    """Return a generator that depends on the seed and the words only."""
    return np.random.default_rng([seed, *(crc32(word.encode()) for word in words)])
