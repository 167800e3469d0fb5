"""The offices of a package: a reviewed file, read into frozen values; what is wrong is named with its line."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed
from namro.queues.catalog.rhythms import rhythm_of
from namro.queues.rules.booking import minute_of_text
from namro.queues.terms import Priority, Rhythm, ServiceLoad, Turns

RHYTHM = (
    "dossiers",
    "visits_at_desk",
    "visits_online",
    "other_visits",
    "online",
    "booked",
    "weekdays",
    "profile",
)


@dataclass(frozen=True)
class ServiceDef:
    """Nhóm việc: what people come for; `letter` heads its numbers, `places` are its appointments a slot."""

    code: str
    letter: str
    name: str
    name_en: str
    minutes: float
    places: int


@dataclass(frozen=True)
class CounterDef:
    """Quầy: its number and the services it takes."""

    number: int
    services: tuple[str, ...]


@dataclass(frozen=True)
class OfficeDef:
    """Bộ phận một cửa as the file states it; `online` and `booked` are the shares of its usual day."""

    unit: str
    halves: tuple[tuple[float, float], ...]
    slot_minutes: int
    booking_days: int
    most_waiting: int
    near: int
    level: float
    services: tuple[ServiceDef, ...]
    counters: tuple[CounterDef, ...]
    priorities: tuple[Priority, ...]
    rhythm: Rhythm
    online: float
    booked: float


def read_offices(file: Path) -> tuple[OfficeDef, ...]:
    """Return the offices of the file, none for no file; FileRefused with the line of what is wrong."""
    if not file.is_file():
        return ()
    said = read_reviewed(file)
    demand(file, said, "owner", "next_review", "turns", "priorities", "offices")
    classes = tuple(_priority(file, entry) for entry in said["priorities"])
    demand(file, said["turns"], "booked_head", "grace")
    heads = tuple((each.code, float(each.head_start)) for each, _ in classes)
    turns = Turns(float(said["turns"]["booked_head"]), float(said["turns"]["grace"]), heads)
    return tuple(_office(file, entry, classes, turns) for entry in said["offices"])


def _priority(file: Path, entry: dict[str, Any]) -> tuple[Priority, float]:
    demand(file, entry, "code", "name", "name_en", "head_start", "share")
    return Priority(entry["code"], entry["name"], entry["name_en"], int(entry["head_start"])), float(
        entry["share"]
    )


def _office(
    file: Path, entry: dict[str, Any], classes: tuple[tuple[Priority, float], ...], turns: Turns
) -> OfficeDef:
    demand(file, entry, "unit", "hours", "slot_minutes", "booking_days", "most_waiting", "near", "level", "services",
           "counters", "rhythm")  # fmt: skip
    demand(file, entry["rhythm"], *RHYTHM)
    halves = _halves(file, entry)
    services = tuple(_service(file, each) for each in entry["services"])
    _once(file, entry, "nhóm việc", [each.code for each in services])
    _once(file, entry, "chữ đầu số", [each.letter for each in services])
    counters = tuple(
        _counter(file, each, {service.code for service in services}) for each in entry["counters"]
    )
    _once(file, entry, "quầy", [str(each.number) for each in counters])
    loads = tuple(
        ServiceLoad(each["code"], float(each["share"]), float(each["minutes"]), float(each["spread"]))
        for each in entry["services"]
    )
    rhythm = rhythm_of(
        entry["rhythm"], halves=halves, slot_minutes=int(entry["slot_minutes"]), services=loads, priorities=classes,
        turns=turns,
    )  # fmt: skip
    return OfficeDef(
        str(entry["unit"]), halves, int(entry["slot_minutes"]), int(entry["booking_days"]), int(entry["most_waiting"]),
        int(entry["near"]), float(entry["level"]), services, counters, tuple(each for each, _ in classes), rhythm,
        float(entry["rhythm"]["online"]), float(entry["rhythm"]["booked"]),
    )  # fmt: skip


def _halves(file: Path, entry: dict[str, Any]) -> tuple[tuple[float, float], ...]:
    try:
        halves = tuple((minute_of_text(opens), minute_of_text(closes)) for opens, closes in entry["hours"])
    except ValueError as fault:
        raise FileRefused(file, entry[LINE], f"“hours”: {fault}") from fault
    flat = [minute for half in halves for minute in half]
    if flat != sorted(set(flat)):
        raise FileRefused(
            file, entry[LINE], "“hours” phải là các khoảng giờ nối tiếp nhau, mở trước đóng sau"
        )
    return halves


def _service(file: Path, entry: dict[str, Any]) -> ServiceDef:
    demand(file, entry, "code", "letter", "name", "name_en", "minutes", "spread", "places", "share")
    if not (
        str(entry["letter"]).isalpha() and len(str(entry["letter"])) == 1 and float(entry["minutes"]) > 0
    ):
        raise FileRefused(file, entry[LINE], "“letter” là một chữ cái, “minutes” lớn hơn 0")
    return ServiceDef(
        entry["code"],
        entry["letter"],
        entry["name"],
        entry["name_en"],
        float(entry["minutes"]),
        int(entry["places"]),
    )


def _counter(file: Path, entry: dict[str, Any], known: set[str]) -> CounterDef:
    demand(file, entry, "number", "services")
    if unknown := set(entry["services"]) - known:
        raise FileRefused(file, entry[LINE], f"không có nhóm việc “{unknown.pop()}”")
    return CounterDef(int(entry["number"]), tuple(entry["services"]))


def _once(file: Path, entry: dict[str, Any], what: str, names: list[str]) -> None:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise FileRefused(file, entry[LINE], f"{what} “{twice.pop()}” có hai lần")
