"""What a demo task is to become: its five clears and the story it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from namro.ground.numbers import parse_number


@dataclass(frozen=True)
class DirectivePlan:
    """A directive of the demo; its number says so where it is made up."""

    code: str
    register: str
    kind: str
    number: str
    issuer: str
    day: date
    title: str


@dataclass(frozen=True)
class TaskPlan:
    """A task of the demo: units by code, `story` a name in `stories.STORIES`, `brief` for a short history, `words` the
    sentences of its own by kind."""

    code: str
    register: str
    directive: str
    title: str
    lead: str
    supervisor: str
    start: date
    due: date
    story: str
    result: str
    authority: str
    climbs_to: str
    partners: tuple[str, ...] = ()
    issue: date | None = None
    extend_to: date | None = None
    indicator: str = ""
    target: Decimal | None = None
    parent: str = ""
    brief: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


def proof(entry: Mapping[str, Any], result: str) -> dict[str, Any]:
    """How the result is proven: an indicator with its target, or a product named at the end of the result."""
    if "indicator" not in entry:
        return {"result": f"{result}. Sản phẩm: {entry['product']}."}
    number, _, unit = str(entry["target"]).partition(" ")
    name = f"{entry['indicator']} ({unit})" if unit else entry["indicator"]
    return {"result": f"{result}.", "indicator": name, "target": parse_number(number)}
