"""Where dossiers wait: by unit, and inside a unit by desk and person; read from an index alone."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Value

from namro.dossiers.models import DeskStep, Dossier
from namro.dossiers.queries.finding import Asked, Times, group_condition, units_asked
from namro.dossiers.queries.scope import MAY_READ
from namro.dossiers.terms import RUNNING, WAITING, Group, State
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Viewer


@dataclass(frozen=True)
class Load:
    """How many dossiers run at a place, how many of them are late, at risk, or past their desk's own share."""

    running: int
    late: int
    at_risk: int
    over_share: int


@dataclass(frozen=True)
class UnitLoad:
    """What waits in a unit, with what waits before and after the clock."""

    unit: Unit
    load: Load
    to_receive: int
    stopped: int
    to_hand_over: int


@dataclass(frozen=True)
class DeskLoad:
    """What waits at a desk of a unit with a person; no desk: not sent to one yet; no person: on the desk."""

    desk: DeskStep | None
    holder: Person | None
    load: Load


def load_by_unit(viewer: Viewer, times: Times) -> list[UnitLoad]:
    """Every unit in reach where something waits, most late first; three queries."""
    running = {row["unit_id"]: _load(row) for row in _counted(_in_reach(viewer), times, "unit_id")}
    waiting = _waiting(viewer)
    units = Unit.objects.filter(pk__in=running.keys() | waiting.keys())
    told = [
        UnitLoad(
            unit, running.get(unit.pk, Load(0, 0, 0, 0)), *(
                waiting.get(unit.pk, {}).get(state, 0)
                for state in (State.SUBMITTED, State.SUPPLEMENT_ASKED, State.DECIDED)
            ),
        )
        for unit in units
    ]  # fmt: skip
    return sorted(told, key=lambda row: (-row.load.late, -row.load.running, row.unit.sort_key))


def load_of_unit(viewer: Viewer, unit_id: int, times: Times) -> list[DeskLoad]:
    """The desks and people of a unit, most late first; three queries, nothing for a unit out of reach."""
    rows = list(_counted(_in_reach(viewer, unit_id), times, "desk_id", "holder_id"))
    desks = DeskStep.objects.select_related("route").in_bulk({row["desk_id"] for row in rows} - {None})
    people = Person.objects.in_bulk({row["holder_id"] for row in rows} - {None})
    told = [DeskLoad(desks.get(row["desk_id"]), people.get(row["holder_id"]), _load(row)) for row in rows]
    return sorted(told, key=lambda row: (-row.load.late, -row.load.over_share, -row.load.running))


def _in_reach(viewer: Viewer, unit_id: int | None = None) -> QuerySet[Dossier]:
    if not any(viewer.can(each) for each in MAY_READ):
        return Dossier.objects.none()
    units = units_asked(viewer, Asked(unit_id=unit_id))
    return Dossier.objects.all() if units is None else Dossier.objects.filter(unit_id__in=units)


def _counted(rows: QuerySet[Dossier], times: Times, *by: str) -> QuerySet[Dossier, dict[str, int]]:
    late, at_risk = group_condition(Group.LATE, times), group_condition(Group.AT_RISK, times)
    # Rows are counted, not their ids: then the index alone tells.
    return rows.filter(state__in=RUNNING).order_by().values(*by).annotate(
        running=Count("*"), late=Count(Value(1), filter=late), at_risk=Count(Value(1), filter=at_risk),
        over_share=Count(Value(1), filter=Q(desk_due_at__lt=times.now)),
    )  # fmt: skip


def _load(row: dict[str, int]) -> Load:
    return Load(row["running"], row["late"], row["at_risk"], row["over_share"])


def _waiting(viewer: Viewer) -> dict[int, dict[str, int]]:
    rows = _in_reach(viewer).filter(state__in=WAITING).order_by().values_list("unit_id", "state")
    found: dict[int, dict[str, int]] = {}
    for unit_id, state, count in rows.annotate(n=Count("*")):
        found.setdefault(unit_id, {})[state] = count
    return found
