"""What is at hand where a half-year is made: procedures with their texts and routes, officers, calendar, rules."""

from dataclasses import dataclass
from datetime import date

from namro.dossiers.catalog import DeskRulesDef
from namro.dossiers.models import DeskStep
from namro.dossiers.queries.desk import desk_rules, record_of, route_of
from namro.flows.demo.onestop.plan import Plan, Sort
from namro.ground.calendar import WorkingCalendar
from namro.organisation.models import Unit
from namro.organisation.queries import posts_in, working_calendar
from namro.organisation.terms import Refused, Role
from namro.procedures.models import Procedure
from namro.procedures.terms import ProcedureDef


@dataclass(frozen=True)
class Kind:
    """A procedure under making: its row, its text, the desks of its route."""

    sort: Sort
    procedure: Procedure
    record: ProcedureDef
    steps: tuple[DeskStep, ...]


@dataclass(frozen=True)
class Place:
    """The unit, its people by what they do, and what holds there."""

    unit: Unit
    kinds: dict[str, Kind]
    clerks: tuple[int, ...]
    officers: tuple[int, ...]
    rules: DeskRulesDef
    calendar: WorkingCalendar

    @property
    def online_sorts(self) -> frozenset[str]:
        """The codes that may be filed online."""
        return frozenset(code for code, kind in self.kinds.items() if kind.procedure.is_online)


def place_of(unit: Unit, plan: Plan, day: date) -> Place:
    """Return what is at hand at a unit; Refused where the catalogue lacks a procedure of the plan."""
    rows = Procedure.objects.filter(code__in=[sort.code for sort in plan.sorts]).select_related("current")
    known = {row.code: row for row in rows if row.current is not None}
    if missing := sorted(sort.code for sort in plan.sorts if sort.code not in known):
        raise Refused(f"Danh mục chưa có thủ tục {', '.join(missing)}; hãy nạp danh mục trước.")
    people = {role: _people(unit, day, role) for role in (Role.CLERK, Role.COMMUNE_OFFICER, Role.OFFICER)}
    officers = people[Role.COMMUNE_OFFICER] + people[Role.OFFICER]
    kinds = {sort.code: _kind(sort, known[sort.code]) for sort in plan.sorts}
    return Place(unit, kinds, people[Role.CLERK], officers, desk_rules(), working_calendar())


def _people(unit: Unit, day: date, role: Role) -> tuple[int, ...]:
    return tuple(sorted(post.person_id for post in posts_in(unit, day) if post.role == role))


def _kind(sort: Sort, procedure: Procedure) -> Kind:
    if procedure.current is None:
        raise ValueError(f"{procedure.code} has no text in force")
    steps = route_of(procedure).steps.filter(is_current=True).order_by("order")
    return Kind(sort, procedure, record_of(procedure.current), tuple(steps))
