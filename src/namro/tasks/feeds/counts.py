"""What the tasks report into the river: counts by lead unit and register on a day."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.sources.terms import Observation
from namro.tasks.models import Register, Task
from namro.tasks.queries.counting import Counts, daily_counts

SOURCE = "Sổ nhiệm vụ Năm Rõ"
MEASURES = {
    "nhiem_vu.tong": "total",
    "nhiem_vu.xong": "finished",
    "nhiem_vu.xong_dung_han": "done",
    "nhiem_vu.qua_han": "overdue",
    "nhiem_vu.dang_lam": "open",
}


def observations(day: date) -> Iterator[Observation]:
    """For each lead unit and register with tasks on the day, the counts by measure, all marks included."""
    units = dict(Unit.objects.filter(valid_to__isnull=True).values_list("pk", "code"))
    registers = dict(Register.objects.values_list("pk", "code"))
    counted = daily_counts(day, unit_ids=list(units), register_ids=list(registers))
    made_up = set(Task.objects.filter(synthetic=True).values_list("lead_unit_id", "register_id").distinct())
    for (unit, register), counts in sorted(counted.items()):
        yield from _of(counts, units[unit], registers[register], day, (unit, register) in made_up)


def _of(counts: Counts, unit: str, register: str, day: date, synthetic: bool) -> Iterator[Observation]:
    for measure, name in MEASURES.items():
        yield Observation(
            measure=measure,
            unit=unit,
            period=Period(Kind.DAY, day).key,
            breakdown=register,
            value=Decimal(getattr(counts, name)),
            as_of=day,
            source=SOURCE,
            source_state="fresh",
            synthetic=synthetic,
        )
