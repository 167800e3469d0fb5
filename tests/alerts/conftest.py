"""A small city with people and a few rules, for the tests of alerts."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from tests.builders import TODAY, World, person, seen_by, world

from namro.alerts.actions.packages import columns_of
from namro.alerts.catalog import rule_of
from namro.alerts.models import Rule
from namro.alerts.terms import SEEN, Composed
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role, Viewer

ENTRY: dict[str, Any] = {
    "code": "qua_han", "version": 1, "kind": "task_overdue", "name": "Nhiệm vụ quá hạn", "name_en": "Overdue",
    "owner": "TU.VP", "why": "Để không ai quên.", "next_review": "2026-01-15", "levels": {"warning": 1, "critical": 20},
    "text": "{object}: quá hạn {value} ngày, hạn {due}.", "action": "Báo cáo ngay.", "decides": "Lãnh đạo đơn vị",
    "hears": {"warning": ["person"], "critical": ["person", "leads"]}, "look": {"within": "48"},
    "urging": {"then": "weekly", "grace": 3},
}  # fmt: skip

TYPES = {
    "rule_id": "bigint", "unit_id": "bigint", "object_key": "text", "object_label": "text", "path": "text",
    "value": "numeric", "level": "int", "person_id": "bigint", "above_id": "bigint", "due": "date",
    "is_marked": "boolean", "silences": "text", "drawn_from": "text[]",
}  # fmt: skip


def stored_rule(**changed: Any) -> Rule:
    """Return a stored rule as its file would state it, with some keys changed."""
    entry = {**ENTRY, **changed}
    entry["look"] = {"within": "48", **entry["look"]}
    return Rule.objects.create(
        code=entry["code"], **columns_of(rule_of(entry)), body=entry, package="t", is_live=True
    )


def seen(rule: Rule, unit_id: int, levels: dict[str, int], **more: Any) -> Composed:
    """What the rule sees as a SELECT, from a level a thing."""
    rows = [
        {"rule_id": rule.pk, "unit_id": unit_id, "object_key": key, "object_label": key, "path": "/", "value": level,
         "level": level, "is_marked": False, "silences": "", "drawn_from": [], **more}
        for key, level in levels.items()
    ]  # fmt: skip
    columns = ", ".join(f"{name} {TYPES[name]}" for name in SEEN)
    select = f"SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS r ({columns})"  # noqa: S608 - our own words
    return Composed(select, {"rows": json.dumps(rows)})


@dataclass
class City:
    """The world with a person in charge at the first commune, and its lead."""

    world: World
    officer: Person
    lead: Person
    chair: Person

    def as_(self, who: Person) -> dict[str, Any]:
        """The keyword arguments of an act by a person, with a fresh client id."""
        return {"by": who, "viewer": self.sees(who), "client_id": uuid4()}

    def sees(self, who: Person) -> Viewer:
        """What a person sees today."""
        return seen_by(who)


@pytest.fixture
def on_day() -> Iterator[None]:
    """The day of the demo."""
    with clock.at(TODAY):
        yield


@pytest.fixture
def city(db: None, on_day: None) -> City:
    """The small city; its first commune has an officer, a lead, and above it the chair at the city itself."""
    made = world()
    officer = made.people[Role.COMMUNE_OFFICER]
    return City(made, officer, person(Role.AGENCY_LEAD, made.communes[0]), person(Role.STEERING, made.city))


@pytest.fixture
def rule(city: City) -> Callable[..., Rule]:
    """Store a rule."""
    return stored_rule
