"""What the tests of a judgement build: tasks, figures, a form and an indicator drawn from it; and what was judged."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.alerts.conftest import City
from tests.builders import TODAY

from namro.alerts.models import Alert
from namro.flows.judging import judge_day
from namro.indicators.models import Figure
from namro.organisation.models import Unit
from namro.tasks.models import Task

LIVE: dict[str, Any] = {"urging": {}, "hears": {"watch": ["person"]}}
FORM = {
    "code": "f", "title": "Biểu mẫu", "version": 1, "owner": "TU.VP", "why": "x", "next_review": "2026-01-15",
    "period": "month", "first_period": "2025-05", "due": {"working_days": 5},
    "filled_by": {"kinds": ["ward", "commune"]},
    "fields": [{"code": "a", "label": "A", "type": "int"}],
}  # fmt: skip
INDICATOR = {
    "code": "i", "name": "Tỷ lệ mẫu", "name_en": "x", "kind": "ratio", "numerator": "bieu.f.a",
    "denominator": "bieu.f.b", "unit_of_measure": "%", "decimals": 1, "direction": "up", "adds_up": "ratio_of_sums",
    "periods": ["month"], "owner": "TU.VP", "why": "x", "next_review": "2026-01-15", "version": 1, "source": "x",
    "group": "x",
}  # fmt: skip


def judged(day: date = TODAY) -> dict[str, tuple[int, float]]:
    """Judge a day; level and value of each thing on which an alert is open."""
    judge_day(day)
    rows = Alert.objects.filter(state="open").values_list("object_key", "unit__code", "level", "value")
    return {f"{key}@{unit}": (level, float(value)) for key, unit, level, value in rows}


def task(city: City, state: str, **more: Any) -> Task:
    """A stored task of the first commune, with its officer in charge."""
    return city.world.task(
        city.world.communes[0], state, lead_person=city.officer, escalate_to=city.world.city, **more
    )


def figures(unit: Unit, **by_month: float) -> None:
    """Store a figure a month of a unit, known since its end."""
    for month, value in by_month.items():
        number = int(month[1:])
        Figure.objects.create(
            indicator="i", unit=unit, period_kind="month", period_start=date(2025, number, 1),
            period=f"2025-{number:02d}", value=Decimal(str(value)), as_of=date(2025, number, 28), source="x",
            source_state="fresh", version=1,
        )  # fmt: skip
