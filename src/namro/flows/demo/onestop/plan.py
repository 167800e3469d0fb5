"""The reviewed file that says how a made-up half-year goes: how much, when, which procedures, how well."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed

Rates = Mapping[int, float]  # by month
_NEEDED = (
    *(
        "owner",
        "next_review",
        "seed",
        "dossiers",
        "online",
        "months",
        "weekdays",
        "hours",
        "procedures",
        "rates",
    ),
    *("feedback", "announcements", "last_year"),
)


@dataclass(frozen=True)
class Sort:
    """A procedure of the half-year: its weight, the fee the clerk says, how often population data is used."""

    code: str
    weight: float
    fee: int | None
    population: float


@dataclass(frozen=True)
class Plan:
    """What is to be made: numbers, rhythms, the procedures, and the rates of what goes how."""

    seed: str
    dossiers: int
    online: int
    months: Rates
    weekdays: Mapping[str, list[float]]
    hours: Mapping[str, Rates]
    sorts: tuple[Sort, ...]
    monthly: Mapping[str, Rates]
    rates: Mapping[str, float]
    feedback: int
    announcements: int
    last_year: int

    def scaled(self, months: int, of: int = 6) -> "Plan":
        """Return the plan of fewer or more months at the same pace."""
        told = {name: round(getattr(self, name) * months / of) for name in ("dossiers", "online", "feedback")}
        return Plan(**{**vars(self), **told})

    def of_size(self, dossiers: int) -> "Plan":
        """Return the plan of another number of dossiers in the same time."""
        share = dossiers / self.dossiers
        told = {"online": round(self.online * share), "feedback": round(self.feedback * share)}
        return Plan(**{**vars(self), **told, "dossiers": dossiers})


def read_plan(file: Path) -> Plan:
    """Return the plan of a file; FileRefused with the line of what is missing."""
    said = read_reviewed(file)
    demand(file, said, *_NEEDED)
    if said["online"] > said["dossiers"]:
        raise FileRefused(file, said[LINE], "“online” không thể nhiều hơn “dossiers”")
    rates = _plain(said["rates"])
    return Plan(
        seed=str(said["seed"]),
        dossiers=int(said["dossiers"]),
        online=int(said["online"]),
        months=_plain(said["months"]),
        weekdays=_plain(said["weekdays"]),
        hours={name: _plain(hours) for name, hours in _plain(said["hours"]).items()},
        sorts=tuple(_sort(file, entry) for entry in said["procedures"]),
        monthly={name: _plain(rate) for name, rate in rates.items() if isinstance(rate, dict)},
        rates={name: float(rate) for name, rate in rates.items() if not isinstance(rate, dict)},
        feedback=int(said["feedback"]),
        announcements=int(said["announcements"]),
        last_year=int(said["last_year"]),
    )


def _sort(file: Path, entry: dict[str, Any]) -> Sort:
    demand(file, entry, "code", "weight")
    return Sort(str(entry["code"]), float(entry["weight"]), entry.get("fee"), float(entry["population"]))


def _plain(entry: dict[Any, Any]) -> dict[Any, Any]:
    return {key: value for key, value in entry.items() if key != LINE}
