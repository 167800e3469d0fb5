"""Counts by state on any day, read from the running tally: a look-up a unit, whatever the size of the register."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.tasks.models import Span
from namro.tasks.terms import OVERDUE_STATES, State


@dataclass(frozen=True)
class Counts:
    """How many tasks hold each of the six states on a day."""

    not_started: int = 0
    not_started_late: int = 0
    in_progress: int = 0
    in_progress_late: int = 0
    done: int = 0
    done_late: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def total(self) -> int:
        """All tasks given and not withdrawn."""
        return sum(getattr(self, f.name) for f in fields(self))

    @property
    def finished(self) -> int:
        """Done, on time or late."""
        return self.done + self.done_late

    @property
    def open(self) -> int:
        """Not done; the source documents call this "in progress"."""
        return self.total - self.finished

    @property
    def overdue(self) -> int:
        """Late and not done: a part of `open`."""
        return sum(getattr(self, state.value) for state in OVERDUE_STATES)

    @property
    def in_time(self) -> int:
        """Open and not late."""
        return self.open - self.overdue


_SUMS = ", ".join(f"sum(t.{state.value})" for state in State)
_LAST = """
(SELECT * FROM {table} AS t WHERE t.register_id = r.register_id AND t.unit_id = u.unit_id
   AND t.is_marked = m.is_marked AND t.day <= %(day)s ORDER BY t.day DESC LIMIT 1)
"""
OWN = _LAST.format(table="tasks_tally")
TREE = f"{OWN} UNION ALL {_LAST.format(table='tasks_tallybelow')}"
AS_OF = f"""
SELECT {{by}}, {_SUMS}
FROM unnest(%(units)s::int[]) AS u(unit_id)
CROSS JOIN unnest(%(registers)s::int[]) AS r(register_id)
CROSS JOIN unnest(%(marks)s::bool[]) AS m(is_marked)
CROSS JOIN LATERAL ({{counted}}) AS t
GROUP BY {{by}}
"""  # noqa: S608 - names of our own enum
PAIR, UNIT, REGISTER = "ROW(u.unit_id, r.register_id)", "u.unit_id", "r.register_id"


def _counted(
    by: str,
    day: date,
    unit_ids: Iterable[int],
    register_ids: Sequence[int],
    with_marked: bool,
    *,
    counted: str = OWN,
) -> dict[Any, Counts]:
    """Counts on the day, summed by the database; what has no tasks is left out. One query."""
    asked: dict[str, Any] = {
        "units": list(unit_ids),
        "registers": list(register_ids),
        "marks": [False, True] if with_marked else [False],
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(AS_OF.format(by=by, counted=counted), asked)
        found = {key: Counts(*states) for key, *states in cursor.fetchall()}
    return {key: counts for key, counts in found.items() if counts.total}


def daily_counts(
    day: date, *, unit_ids: Sequence[int], register_ids: Sequence[int], with_marked: bool = True
) -> dict[tuple[int, int], Counts]:
    """Counts on the day by (lead unit, register); pairs without tasks are left out. One query."""
    found = _counted(PAIR, day, unit_ids, register_ids, with_marked)
    return {(int(unit), int(register)): counts for (unit, register), counts in found.items()}


def counts_by_unit(
    viewer: Viewer, day: date, *, unit_ids: Iterable[int], register_ids: Sequence[int]
) -> dict[int, Counts]:
    """Counts on the day by lead unit over the registers, of the tasks that the viewer's clearance lets them count."""
    return _counted(UNIT, day, unit_ids, register_ids, viewer.can(Capability.READ_MARKED))


def counts_by_register(
    viewer: Viewer, day: date, *, tops: Iterable[int], register_ids: Sequence[int]
) -> dict[int, Counts]:
    """Counts on the day by register of the units and all below them, within the viewer's clearance; two look-ups each,
    however many stand below."""
    return _counted(REGISTER, day, tops, register_ids, viewer.can(Capability.READ_MARKED), counted=TREE)


def counts_by_tree(
    viewer: Viewer,
    day: date,
    *,
    units: Sequence[Unit],
    register_ids: Sequence[int],
    due: Period | None = None,
) -> dict[int, Counts]:
    """Counts on the day of each unit together with all that stand below it, as its door shows them; one query.

    With `due` only the tasks whose due day lies in that period; that costs more the more tasks are due in it.
    """
    if due is None:
        tops = [unit.pk for unit in units]
        return _counted(UNIT, day, tops, register_ids, viewer.can(Capability.READ_MARKED), counted=TREE)
    owners = _owners(units)
    found: dict[int, Counts] = defaultdict(Counts)
    for unit_id, counts in _counts_due(viewer, day, due, register_ids).items():
        for owner in owners.get(unit_id, ()):
            found[owner] += counts
    return dict(found)


def _counts_due(viewer: Viewer, day: date, due: Period, register_ids: Sequence[int]) -> dict[int, Counts]:
    """Counts on the day by lead unit of the tasks due in a period, within the viewer's clearance; one query."""
    rows = Span.objects.filter(
        start__lte=day, end__gt=day, register_id__in=register_ids, task__due_day__range=(due.start, due.end)
    )
    if not viewer.can(Capability.READ_MARKED):
        rows = rows.filter(is_marked=False)
    found: dict[int, Counts] = defaultdict(Counts)
    for unit_id, state, n in rows.values_list("lead_unit_id", "state").annotate(n=Count("pk")).order_by():
        found[unit_id] += Counts(**{state: n})
    return dict(found)


def _owners(units: Sequence[Unit]) -> dict[int, list[int]]:
    """Each unit in the trees, with those of the units asked for that it stands in or under."""
    asked = {unit.path: unit.pk for unit in units}
    inside = Q(pk__in=[])
    # By the few parents rather than by each of what may be thousands of communes.
    for parent in {path[: path.rstrip("/").rfind("/") + 1] for path in asked}:
        inside |= Q(path__startswith=parent)
    owners: dict[int, list[int]] = {}
    for pk, path in Unit.objects.filter(inside).values_list("pk", "path"):
        steps = [place + 1 for place, letter in enumerate(path) if letter == "/"]
        above = [asked[path[:end]] for end in steps if path[:end] in asked]
        if above:
            owners[pk] = above
    return owners
