"""When things happen: week, year, Tết, the big rains, the days after the merger, growth; a factor for each day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from namro.ground.reviewed import LINE

Array = NDArray[Any]
Spec = Mapping[str, Any]
DAYS_A_YEAR = 365.25
BEFORE_TET, AFTER_TET = 3, 6  # from the 27th of the last month to the seventh day of the new year


@dataclass(frozen=True)
class Storm:
    """A spell of heavy rain: from which day, how many days, how strong, at which places most."""

    start: np.datetime64
    days: int
    strength: float
    places: frozenset[str]


@dataclass(frozen=True)
class Rhythms:
    """What all sources share: the days of Tết, of the merger and of the storms, named lists of places."""

    tet: Array
    merger: date
    begin: date
    storms: tuple[Storm, ...]
    places: Mapping[str, list[str]]

    @classmethod
    def of(cls, said: Spec) -> "Rhythms":
        """Return the rhythms that a reviewed file says."""
        places = {
            name: [str(code) for code in codes] for name, codes in said["places"].items() if name != LINE
        }
        return cls(
            tet=np.array(said["tet"], dtype="datetime64[D]"),
            merger=said["merger"],
            begin=said["begin"],
            storms=tuple(_storm(each, places) for each in said.get("storms") or ()),
            places=places,
        )

    def factor(self, days: Array, spec: Spec) -> Array:
        """Return what multiplies a quantity on each day; each rhythm is asked for by name and left out otherwise."""
        found = np.ones(len(days))
        for name, value in spec.items():
            if name in _FACTORS:
                found = found * _FACTORS[name](self, days, value)
        return found

    def years(self, days: Array) -> Array:
        """Return how many years have gone by since the data begins."""
        gone: Array = (days - np.datetime64(self.begin, "D")).astype(int) / DAYS_A_YEAR
        return gone

    def storm(self, days: Array, codes: Array) -> Array:
        """Return how strong the storms are by day (rows) and unit (columns): 0 for fair weather."""
        found = np.zeros((len(days), len(codes)))
        for storm in self.storms:
            since = (days - storm.start).astype(int)
            shape = np.where((since >= 0) & (since < storm.days), 1 - 0.5 * since / storm.days, 0.0)
            at = np.where(np.isin(codes, list(storm.places)), 1.0, 0.35)
            found += storm.strength * shape[:, None] * at[None, :]
        return found


def _storm(said: Spec, places: Mapping[str, list[str]]) -> Storm:
    at = [code for name in said["places"] for code in places[name]]
    return Storm(np.datetime64(said["from"], "D"), said["days"], said["strength"], frozenset(at))


def _week(_: Rhythms, days: Array, factors: list[float]) -> Array:
    """Monday first: day 0 of the Unix calendar was a Thursday."""
    return np.array(factors, dtype=float)[(days.astype("datetime64[D]").astype(int) + 3) % 7]


def _year(_: Rhythms, days: Array, factors: list[float]) -> Array:
    return np.array(factors, dtype=float)[days.astype("datetime64[M]").astype(int) % 12]


def _tet(rhythms: Rhythms, days: Array, factor: float) -> Array:
    since = (days[:, None] - rhythms.tet[None, :]).astype(int)
    return np.where(((since >= -BEFORE_TET) & (since <= AFTER_TET)).any(axis=1), factor, 1.0)


def _merger(rhythms: Rhythms, days: Array, spec: Spec) -> Array:
    """People look for the new desks for some days: the factor fades away in a straight line."""
    since = (days - np.datetime64(rhythms.merger, "D")).astype(int)
    left = np.clip(1 - since / spec["days"], 0, 1)
    return np.where(since >= 0, 1 + (spec["factor"] - 1) * left, 1.0)


def _trend(rhythms: Rhythms, days: Array, a_year: float) -> Array:
    grown: Array = (1 + a_year) ** rhythms.years(days)
    return grown


def _stormy(rhythms: Rhythms, days: Array, factor: float) -> Array:
    everywhere = np.array(sorted({code for storm in rhythms.storms for code in storm.places}))
    worst = rhythms.storm(days, everywhere).max(axis=1) if len(everywhere) else np.zeros(len(days))
    return 1 + (factor - 1) * np.clip(worst, 0, 1)


_FACTORS: dict[str, Callable[[Rhythms, Array, Any], Array]] = {
    "week": _week,
    "year": _year,
    "tet": _tet,
    "merger": _merger,
    "trend": _trend,
    "storm": _stormy,
}
