"""The tasks of the communes: each is given a few of the templates, and works at a pace of its own."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from namro.flows.demo.material import Material
from namro.flows.demo.plan import TaskPlan, proof
from namro.organisation.models import Profile, Unit
from namro.organisation.terms import UnitKind

SEED = "nam-ro-xa-phuong"
DONE_EARLY = 0.3


def commune_tasks(
    material: Material, communes: Sequence[Unit], leads: Mapping[str, str], today: date
) -> Iterator[TaskPlan]:
    """Plans for every commune but those the package leaves without; `leads`: lead unit by code of the parent task."""
    if not (material.folder / "communes.yaml").is_file():
        return
    said = material.read("communes")
    density = _people_per_km2(communes)
    for unit in sorted(communes, key=lambda commune: commune.code):
        if unit.code not in said["without"]:
            is_mountain = density.get(unit.pk, 0) < said["mountain_people_per_km2"]
            yield from _tasks_of(unit, _kinds(unit, is_mountain), said, leads, today)


def _people_per_km2(communes: Sequence[Unit]) -> dict[int, float]:
    rows = Profile.objects.filter(unit__in=communes, area_km2__gt=0)
    return {row.unit_id: (row.population or 0) / float(row.area_km2 or 1) for row in rows}


def _kinds(unit: Unit, is_mountain: bool) -> tuple[str, ...]:
    """The kinds of place a commune is, the narrowest last: it decides the pace."""
    if unit.kind == UnitKind.WARD:
        return ("all", "ward")
    return ("all", "rural", "mountain") if is_mountain else ("all", "rural")


def _tasks_of(
    unit: Unit, kinds: tuple[str, ...], said: Mapping[str, Any], leads: Mapping[str, str], today: date
) -> Iterator[TaskPlan]:
    random = Random(f"{SEED}/{unit.code}")  # noqa: S311 - repeatable on purpose
    pace = random.uniform(*said["share"][kinds[-1]])
    fitting = [entry for entry in said["templates"] if entry["where"] in kinds]
    chosen = random.sample(fitting, random.randint(*said["per_commune"]))
    for number, entry in enumerate(sorted(chosen, key=lambda entry: entry["due"]), start=1):
        yield TaskPlan(
            code=f"XP-{unit.code}-{number:02d}",
            register="xp",
            directive=said["directive"],
            title=entry["title"],
            lead=unit.code,
            supervisor=said["supervisor"],
            start=said["issued"],
            due=entry["due"],
            story=_story(entry["due"], pace, said["late_share"], random, today),
            authority=said["authority"],
            climbs_to=said["climbs_to"],
            parent=entry["parent"],
            partners=(leads[entry["parent"]],),
            brief=True,
            **proof(entry, said["result"]),
        )


def _story(due: date, pace: float, late_share: float, random: Random, today: date) -> str:
    """Done or overdue where the day has come, otherwise on its way."""
    luck = random.random()
    if due < today:
        if luck < pace:
            return "done_late" if random.random() < late_share else "done"
        return "overdue" if random.random() < 0.6 else "overdue_idle"
    if luck < pace * DONE_EARLY:
        return "done"
    return random.choice(("working", "working", "waiting", "waiting", "new"))
