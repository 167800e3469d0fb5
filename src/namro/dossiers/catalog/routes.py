"""The inner routes: reviewed files that say which desks a dossier passes and with which share of its limit."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, demand, read_reviewed


@dataclass(frozen=True)
class StepDef:
    """Bước xử lý: what is done, at which desk, with which share of the limit."""

    name: str
    desk: str
    share: Decimal


@dataclass(frozen=True)
class RouteDef:
    """Quy trình nội bộ: for which procedures, fields and levels (none named: any), and its desks in order."""

    code: str
    name: str
    procedures: tuple[str, ...]
    fields: tuple[str, ...]
    levels: tuple[str, ...]
    steps: tuple[StepDef, ...]
    owner: str
    next_review: date


def read_routes(file: Path) -> tuple[RouteDef, ...]:
    """Return the routes of the file, the most particular first; FileRefused with the line of what is wrong."""
    said = read_reviewed(file)
    demand(file, said, "owner", "next_review", "routes")
    routes = tuple(_route(file, entry, said) for entry in said["routes"])
    codes = [route.code for route in routes]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise FileRefused(file, said[LINE], f"quy trình “{twice.pop()}” có hai lần")
    if not any(route.procedures == route.fields == route.levels == () for route in routes):
        raise FileRefused(file, said[LINE], "phải có một quy trình chung cho mọi thủ tục")
    return tuple(sorted(routes, key=_particular_first))


def _particular_first(route: RouteDef) -> tuple[bool, bool, bool]:
    return (not route.procedures, not route.fields, not route.levels)


def _route(file: Path, entry: dict[str, Any], head: dict[str, Any]) -> RouteDef:
    demand(file, entry, "code", "name", "steps")
    steps = tuple(_step(file, each) for each in entry["steps"])
    if sum(step.share for step in steps) != 1:
        raise FileRefused(file, entry[LINE], f"các “share” của “{entry['code']}” phải cộng lại bằng 1")
    return RouteDef(
        str(entry["code"]), entry["name"], _texts(entry, "procedures"), _texts(entry, "fields"),
        _texts(entry, "levels"), steps, str(head["owner"]), head["next_review"],
    )  # fmt: skip


def _texts(entry: dict[str, Any], key: str) -> tuple[str, ...]:
    return tuple(map(str, entry.get(key) or ()))


def _step(file: Path, entry: dict[str, Any]) -> StepDef:
    demand(file, entry, "name", "desk", "share")
    try:
        share = Decimal(str(entry["share"]))
    except InvalidOperation as fault:
        raise FileRefused(file, entry[LINE], "“share” phải là một số") from fault
    if not 0 < share <= 1:
        raise FileRefused(file, entry[LINE], "“share” phải lớn hơn 0 và không quá 1")
    return StepDef(entry["name"], entry["desk"], share)
