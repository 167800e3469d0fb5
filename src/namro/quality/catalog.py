"""The index as a package declares it: one reviewed file, every fault named with its line."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed
from namro.quality.terms import READINGS, Choice, Group, Level, Measure, Part, Reading, Scale, Scheme
from namro.sources.catalog.reading import day_of

Entry = dict[str, Any]
HEAD = "code version name name_en owner next_review source standing general_threshold".split()
PART = "code name name_en group max measure scale levels standing how how_en action action_en".split()
STANDINGS = ("source", "public", "unverified")
WHOLE = Decimal(100)


def read_scheme(file: Path) -> Scheme:
    """Return the index of a file; FileRefused with the line of what is wrong."""
    said = read_reviewed(file)
    demand(file, said, *HEAD, "groups", "parts", "readings")
    for entry in said["parts"]:
        demand(file, entry, *PART)
    scheme = _made(file, said)
    _check_points(file, said, scheme)
    _check_readings(file, said, scheme)
    return scheme


def scheme_of(body: Mapping[str, Any]) -> Scheme:
    """Return the index of a body stored from a checked file."""
    return Scheme(
        code=body["code"],
        name=body["name"],
        name_en=body["name_en"],
        version=int(body["version"]),
        owner=body["owner"],
        next_review=day_of(body["next_review"]),
        source=body["source"],
        standing=body["standing"],
        general_threshold=_number(body["general_threshold"]),
        groups=tuple(_group(each) for each in body["groups"]),
        parts=tuple(_part(each) for each in body["parts"]),
        readings=tuple(_reading(each) for each in body["readings"]),
    )


def _made(file: Path, said: Entry) -> Scheme:
    try:
        return scheme_of(said)
    except (ValueError, KeyError, ArithmeticError) as fault:
        raise FileRefused(file, said[LINE], f"bộ chỉ số không đọc được: {fault}") from None


def _group(entry: Mapping[str, Any]) -> Group:
    return Group(entry["code"], entry["name"], entry["name_en"], _number(entry["max"]))


def _part(entry: Mapping[str, Any]) -> Part:
    return Part(
        code=entry["code"],
        number=str(entry.get("number") or ""),
        name=entry["name"],
        name_en=entry["name_en"],
        group=entry["group"],
        most=_number(entry["max"]),
        measure=Measure(entry["measure"]),
        scale=Scale(entry["scale"]),
        full_at=_number(entry.get("full_at", WHOLE)),
        levels=frozenset(Level(level) for level in entry["levels"]),
        readings=tuple(entry.get("readings") or ()),
        standing=entry["standing"],
        how=entry["how"],
        how_en=entry["how_en"],
        action=entry["action"],
        action_en=entry["action_en"],
        is_mendable=bool(entry.get("mendable")),
    )


def _reading(entry: Mapping[str, Any]) -> Reading:
    choices = tuple(Choice(each["code"], each["name"], each["name_en"]) for each in entry["choices"])
    return Reading(entry["code"], entry["name"], entry["name_en"], choices, entry["chosen"])


def _number(value: Any) -> Decimal:
    return Decimal(str(value))


def _check_points(file: Path, said: Entry, scheme: Scheme) -> None:
    """Refuse points that are no whole: of a group those of its parts, of the index 100; and a part counted twice."""
    for group, entry in zip(scheme.groups, said["groups"], strict=True):
        given = sum((part.most for part in scheme.parts if part.group == group.code), Decimal(0))
        if given != group.most:
            raise FileRefused(
                file, entry[LINE], f"nhóm «{group.code}» có {group.most} điểm, các phần cộng {given}"
            )
    if sum(part.most for part in scheme.parts) != WHOLE:
        raise FileRefused(file, said[LINE], "các phần phải cộng lại đủ 100 điểm")
    measures = [part.measure for part in scheme.parts]
    for part, entry in zip(scheme.parts, said["parts"], strict=True):
        if measures.count(part.measure) > 1:
            raise FileRefused(file, entry[LINE], f"«{part.measure}» được tính ở hai phần")
        if not 0 < part.full_at <= WHOLE:
            raise FileRefused(file, entry[LINE], f"«full_at» là phần trăm, đã ghi {part.full_at}")
        if part.standing not in STANDINGS:
            raise FileRefused(file, entry[LINE], f"«standing» phải là một trong: {', '.join(STANDINGS)}")


def _check_readings(file: Path, said: Entry, scheme: Scheme) -> None:
    """Refuse readings that the program does not know, that lack a choice, or that a part names and nobody declares."""
    declared = {reading.code: reading for reading in scheme.readings}
    if missing := READINGS.keys() ^ declared.keys():
        raise FileRefused(
            file, said[LINE], f"cách hiểu thiếu hoặc không biết đến: {', '.join(sorted(missing))}"
        )
    for entry, reading in zip(said["readings"], scheme.readings, strict=True):
        if {choice.code for choice in reading.choices} != set(READINGS[reading.code]):
            allowed = ", ".join(READINGS[reading.code])
            raise FileRefused(
                file, entry[LINE], f"cách hiểu «{reading.code}» có đúng các lựa chọn: {allowed}"
            )
        if reading.chosen not in READINGS[reading.code]:
            raise FileRefused(file, entry[LINE], f"«chosen» là «{reading.chosen}», không có lựa chọn ấy")
    for part, entry in zip(scheme.parts, said["parts"], strict=True):
        if unknown := set(part.readings) - declared.keys():
            raise FileRefused(file, entry[LINE], f"không có cách hiểu «{unknown.pop()}»")
