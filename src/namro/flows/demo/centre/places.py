"""Where the rows of a source come from: communes with their people, agencies, and before a merger the old units."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
PEOPLE_UNKNOWN = 5_000
MOUNTAIN_PEOPLE_PER_KM2 = 90
EVER, NEVER = np.datetime64("0001-01-01", "D"), np.datetime64("9999-12-31", "D")


@dataclass(frozen=True)
class Place:
    """A unit that reports: the code it writes, today's code, people, kind (ward, plain, mountain, agency), its days."""

    code: str
    unit: str
    people: float
    kind: str
    since: np.datetime64 = EVER
    until: np.datetime64 = NEVER


@dataclass(frozen=True)
class Places:
    """The places of a source as columns."""

    codes: Array
    units: Array
    people: Array
    kinds: Array
    since: Array
    until: Array

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, places: Sequence[Place]) -> "Places":
        """Return the columns of a list of places."""
        return cls(
            codes=np.array([place.code for place in places]),
            units=np.array([place.unit for place in places]),
            people=np.array([place.people for place in places], dtype=float),
            kinds=np.array([place.kind for place in places]),
            since=np.array([place.since for place in places]),
            until=np.array([place.until for place in places]),
        )

    def reporting(self, days: Array) -> Array:
        """Return which place (columns) reports on which day (rows): an old unit to its end, a new one from then on."""
        return (self.since[None, :] <= days[:, None]) & (days[:, None] < self.until[None, :])


def read_places(package: Path, where: Sequence[str] | str, *, former: bool, merger: date) -> Places:
    """Return the places of a source: `agencies`, `all`, a kind or a list of codes; `former`: the old units too."""
    if where == "agencies":
        return Places.of(list(_agencies(package)))
    today = [place for place in _communes(package) if _is_meant(place, where)]
    if not former:
        return Places.of(today)
    return Places.of(list(_with_former(package, today, np.datetime64(merger, "D"))))


def _is_meant(place: Place, where: Sequence[str] | str) -> bool:
    if isinstance(where, str):
        return where == "all" or place.kind == where
    return place.code in where


def _communes(package: Path) -> Iterator[Place]:
    """Yield the communes where people live, each with what kind of place it is."""
    for row in _rows(package / "units" / "danang_profile.csv"):
        if row["kind"] != "special_zone":
            people = float(row["population"] or PEOPLE_UNKNOWN)
            yield Place(row["code"], row["code"], people, _kind(row["kind"], people / float(row["area_km2"])))


def _kind(kind: str, people_per_km2: float) -> str:
    if kind == "ward":
        return "ward"
    return "mountain" if people_per_km2 < MOUNTAIN_PEOPLE_PER_KM2 else "plain"


def _agencies(package: Path) -> Iterator[Place]:
    for row in _rows(package / "units" / "agencies.csv"):
        yield Place(row["code"], row["code"], 1_000.0, "agency")


def _with_former(package: Path, today: Sequence[Place], merger: np.datetime64) -> Iterator[Place]:
    """Yield each unit from the merger on and before it the old units of which it was made whole."""
    old: dict[str, list[str]] = {}
    for row in _rows(package / "units" / "danang_mergers.csv"):
        if row["part"] == "whole":
            old.setdefault(row["new_code"], []).append(row["old_code"])
    for place in today:
        share = place.people / len(old[place.code])
        for code in old[place.code]:
            yield Place(code, place.code, share, place.kind, EVER, merger)
        yield Place(place.code, place.code, place.people, place.kind, merger, NEVER)


def _rows(file: Path) -> Iterator[Mapping[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
