"""The tasks of the rest of the country: sentences from templates, as many as the table says for each unit."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from namro.flows.demo.material import Material
from namro.flows.demo.plan import TaskPlan, proof
from namro.ground.calendar import WorkingCalendar
from namro.ground.reviewed import LINE, FileRefused
from namro.organisation.models import Unit
from namro.organisation.terms import PROVINCE_KINDS, Refused

SEED = "nam-ro-toan-quoc"
OPEN_STORIES = ("working",) * 12 + ("waiting",) * 5 + ("extended",) * 2 + ("new",)
OVERDUE_STORIES = ("overdue",) * 3 + ("overdue_idle",)
# First days on which tasks of a directive were given, and for how many working days after.
LONGEST_WAIT = 25
SHORTEST_TERM = 8
LAST_DUES = tuple(
    date.fromisoformat(day)
    for day in "2025-07-31 2025-08-29 2025-09-30 2025-10-31 2025-11-28 2025-12-15 2025-12-31".split()
)
EXTENDED_BY = 30


@dataclass(frozen=True)
class Share:
    """How many tasks a unit was given, and of these done, done late and overdue."""

    unit: str
    given: int
    done: int
    done_late: int
    overdue: int

    def stories(self, random: Random) -> list[str]:
        """A story for each task given, in random order."""
        still_open = self.given - self.done - self.overdue
        told = ["done"] * (self.done - self.done_late) + ["done_late"] * self.done_late
        told += [random.choice(OVERDUE_STORIES) for _ in range(self.overdue)]
        told += [random.choice(OPEN_STORIES) for _ in range(still_open)]
        random.shuffle(told)
        return told


def national_tasks(
    material: Material, units: Mapping[str, Unit], calendar: WorkingCalendar, today: date
) -> Iterator[TaskPlan]:
    """Plans for every unit of national.csv; none where the package has no such table."""
    table = material.folder / "national.csv"
    if not table.is_file():
        return
    said = material.read("national")
    given = {directive.code: directive.day for directive in material.directives}
    for share in read_shares(table, units):
        yield from _tasks_of(share, units[share.unit], said, given, calendar, today)


def read_shares(table: Path, units: Mapping[str, Unit]) -> list[Share]:
    """The table of shares; FileRefused with the line where the numbers or the unit cannot be."""
    shares = []
    with table.open(encoding="utf-8", newline="") as lines:
        for line, row in enumerate(csv.DictReader(lines), start=2):
            share = Share(
                row["unit"], *(int(row[name]) for name in ("given", "done", "done_late", "overdue"))
            )
            if share.unit not in units:
                raise FileRefused(table, line, f"đơn vị “{share.unit}” không có trong gói")
            if not share.done_late <= share.done <= share.given - share.overdue:
                raise FileRefused(table, line, "số xong và quá hạn không khớp với số giao")
            shares.append(share)
    return shares


def _tasks_of(
    share: Share,
    unit: Unit,
    said: Mapping[str, Any],
    given: Mapping[str, date],
    calendar: WorkingCalendar,
    today: date,
) -> Iterator[TaskPlan]:
    random = Random(f"{SEED}/{share.unit}")  # noqa: S311 - repeatable on purpose
    is_province = unit.kind in PROVINCE_KINDS
    tier = said["provinces" if is_province else "ministries"]
    sentences = _sentences(said, share.unit, unit.name, is_province)
    if share.given > len(sentences):
        raise Refused(
            f"national.csv: {unit.name} nhận {share.given} nhiệm vụ nhưng mẫu câu chỉ đủ {len(sentences)}."
        )
    chosen = random.sample(sentences, share.given)
    for number, (sentence, story) in enumerate(zip(chosen, share.stories(random), strict=True), start=1):
        start, due = dates_for(given[sentence["directive"]], story, calendar, random, today)
        yield TaskPlan(
            code=f"TW-{share.unit}-{number:02d}",
            register="tw",
            directive=sentence["directive"],
            title=sentence["title"],
            lead=share.unit,
            supervisor=said["supervisor"],
            start=start,
            due=due,
            story=story,
            extend_to=calendar.add_working_days(due, EXTENDED_BY) if story == "extended" else None,
            authority=tier["authority"],
            climbs_to=tier["climbs_to"],
            brief=True,
            **proof(sentence, said["result"]),
        )


def _sentences(
    said: Mapping[str, Any], code: str, name: str, is_province: bool
) -> Sequence[Mapping[str, Any]]:
    """Every template that fits, with every field of a ministry, or with the name of a province."""
    if is_province:
        place = name[0].lower() + name[1:]
        return [{**entry, "title": entry["title"].format(noi=place)} for entry in said["province_templates"]]
    fields = {kind: names for kind, names in said["fields"][code].items() if kind != LINE}
    every = sorted({name for names in fields.values() for name in names})
    return [
        {**entry, "title": entry["title"].format(linh_vuc=field)}
        for entry in said["ministry_templates"]
        for field in (every if entry["for"] == "any" else fields.get(entry["for"], ()))
    ]


def dates_for(
    given: date, story: str, calendar: WorkingCalendar, random: Random, today: date
) -> tuple[date, date]:
    """A start after the directive and a due date that lets the story come true by today."""
    start = calendar.add_working_days(given, random.randint(2, LONGEST_WAIT))
    latest_start = calendar.add_working_days(today, -SHORTEST_TERM - 4)
    start = min(start, max(latest_start, calendar.next_working(given)))
    if not story.startswith(("done", "overdue")):
        return start, random.choice(LAST_DUES)
    first = calendar.add_working_days(start, SHORTEST_TERM - 2)
    last = calendar.add_working_days(today, -4 if story == "done_late" else -3)
    length = max(0, calendar.working_days_between(first, last))
    return start, min(calendar.add_working_days(first, random.randint(0, length)), max(last, first))
