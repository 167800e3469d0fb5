"""The limits of feedback: a reviewed file of the package, each number with where it is known from and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from namro.dossiers.terms import FeedbackKind
from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed, storable

STANDINGS = ("source", "public", "unverified")
UNITS = ("working", "calendar")
_LIMITS = ("judge", "supplement", "wait", "answer", "publish")


@dataclass(frozen=True)
class KindLimits:
    """Hạn of one kind of feedback, in days of `unit`: to take it on or return it, to ask for more, to await
    what the sender adds, to answer, to publish the answer; `is_sure` unless nobody has compared them with the law."""

    judge: int
    supplement: int
    wait: int
    answer: int
    publish: int
    unit: str
    source: str
    is_sure: bool


@dataclass(frozen=True)
class FeedbackLimits:
    """The limits by kind, and whether the answer's limit stands still while the sender is awaited (no longer than
    `wait`)."""

    kinds: Mapping[str, KindLimits]
    stops: bool

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> "FeedbackLimits":
        """The limits from what is stored of them."""
        kinds = {each["kind"]: _limits(each) for each in body["kinds"]}
        return cls(kinds, bool(body["supplement_stops_clock"]))


def read_feedback(file: Path) -> tuple[dict[str, Any], str, date]:
    """Return the limits as they are stored, their owner and day of review; FileRefused with the line of a fault."""
    said = read_reviewed(file)
    demand(file, said, "owner", "next_review", "kinds")
    if not isinstance(said.get("supplement_stops_clock"), bool):
        raise FileRefused(file, said[LINE], "“supplement_stops_clock” phải là true hoặc false")
    for entry in said["kinds"]:
        _check(file, entry)
    if {entry["kind"] for entry in said["kinds"]} != set(FeedbackKind.values):
        raise FileRefused(file, said[LINE], f"“kinds” phải có đủ: {', '.join(FeedbackKind.values)}")
    body = {key: value for key, value in storable(said).items() if key not in ("owner", "next_review")}
    return body, str(said["owner"]), said["next_review"]


def _limits(said: Mapping[str, Any]) -> KindLimits:
    days = {name: int(said[name]) for name in _LIMITS}
    is_sure = said["standing"] != "unverified"
    return KindLimits(**days, unit=said["unit"], source=said["source"], is_sure=is_sure)


def _check(file: Path, entry: dict[str, Any]) -> None:
    demand(file, entry, "kind", *_LIMITS, "unit", "source", "standing")
    if not all(isinstance(entry[name], int) and 1 <= entry[name] <= 366 for name in _LIMITS):
        raise FileRefused(file, entry[LINE], "mỗi hạn là một số ngày, từ 1 đến 366")
    for key, allowed in (("unit", UNITS), ("standing", STANDINGS)):
        if entry[key] not in allowed:
            raise FileRefused(file, entry[LINE], f"“{key}” phải là một trong: {', '.join(allowed)}")
