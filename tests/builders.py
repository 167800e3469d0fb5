"""Small worlds for tests: a few units, one person a role, tasks in the states a test asks for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from uuid import uuid4

from namro.ground.clock import VIETNAM
from namro.ground.text import fold
from namro.organisation.models import Person, Post, Unit
from namro.organisation.queries import viewer
from namro.organisation.terms import Role, UnitKind, Viewer
from namro.tasks.actions.spans import rebuild
from namro.tasks.models import Directive, Moment, Participation, Register, Task
from namro.tasks.terms import Involvement, Mark, Stage, State, Verb

TODAY = date(2025, 7, 9)
TWO_TIERS_FROM = date(2025, 7, 1)
ISSUED = date(2025, 3, 3)
PASSWORD = "mot-mat-khau-dai-1"
_numbers = count(1)

# What was done to a task, and its due day, so that it holds the state on TODAY.
LIVES: dict[str, tuple[date, tuple[tuple[Verb, date], ...]]] = {
    State.NOT_STARTED: (date(2025, 12, 30), ()),
    State.NOT_STARTED_LATE: (date(2025, 6, 27), ()),
    State.IN_PROGRESS: (
        date(2025, 12, 30),
        ((Verb.ACCEPT, date(2025, 3, 5)), (Verb.REPORT, date(2025, 4, 2))),
    ),
    State.IN_PROGRESS_LATE: (
        date(2025, 6, 27),
        ((Verb.ACCEPT, date(2025, 3, 5)), (Verb.REPORT, date(2025, 4, 2))),
    ),
    State.DONE: (
        date(2025, 6, 27),
        (
            (Verb.ACCEPT, date(2025, 3, 5)),
            (Verb.SUBMIT, date(2025, 5, 12)),
            (Verb.APPROVE, date(2025, 5, 14)),
        ),
    ),
    State.DONE_LATE: (
        date(2025, 4, 15),
        (
            (Verb.ACCEPT, date(2025, 3, 5)),
            (Verb.SUBMIT, date(2025, 5, 12)),
            (Verb.APPROVE, date(2025, 5, 14)),
        ),
    ),
}


def unit(
    code: str,
    name: str,
    kind: str,
    parent: Unit | None = None,
    start: date | None = None,
    end: date | None = None,
) -> Unit:
    """Return a stored unit."""
    made = Unit(code=code, name=name, kind=kind, parent=parent, valid_from=start, valid_to=end)
    made.fill_derived(parent.path if parent else "")
    made.save()
    return made


def person(role: Role, at: Unit, *, username: str = "", name: str = "", demo: bool = False) -> Person:
    """Return a stored person who holds the role at the unit since January 2025."""
    number = next(_numbers)
    who = Person(
        username=username or f"{role.value}-{number}", full_name=name or f"Người {role.value} {number}"
    )
    who.is_demo = demo
    who.set_password(PASSWORD)
    who.save()
    Post.objects.create(person=who, unit=at, role=role, title=str(role.label), valid_from=date(2025, 1, 1))
    return who


def seen_by(who: Person, day: date | None = None) -> Viewer:
    """Return what a person, who holds a post, may see on a day (today unless told)."""
    found = viewer(who, day)
    assert found is not None
    return found


def register(code: str, name: str, order: int = 0) -> Register:
    """Return a stored register of tasks."""
    return Register.objects.create(code=code, name=name, short_name=name, order=order)


def directive(of: Register) -> Directive:
    """Return a stored directive of the register."""
    number = next(_numbers)
    return Directive.objects.create(
        client_id=uuid4(), register=of, kind="Kế hoạch", number=f"{number}-KH", issuer="Ban Chỉ đạo (mẫu)",
        day=ISSUED, title=f"Kế hoạch số {number}",
    )  # fmt: skip


@dataclass
class World:
    """A country with one city of two agencies and three communes, one province elsewhere, two registers."""

    country: Unit
    city: Unit
    elsewhere: Unit
    agencies: list[Unit]
    communes: list[Unit]
    registers: dict[str, Register]
    directives: dict[str, Directive]
    people: dict[Role, Person] = field(default_factory=dict)

    def task(
        self, lead: Unit, state: str = State.IN_PROGRESS, *, register: str = "tw", **more: object
    ) -> Task:
        """Return a stored task of the lead that holds the state on TODAY."""
        task = self._unsettled(lead, state, register, **more)
        rebuild([task.pk])
        task.refresh_from_db()
        return task

    def tasks(self, lead: Unit, states: Iterable[str], *, register: str = "tw") -> list[Task]:
        """Store one task a state, settled together; return them in that order."""
        made = [self._unsettled(lead, state, register) for state in states]
        rebuild([task.pk for task in made])
        return made

    def draft(self, lead: Unit, *, register: str = "tw") -> Task:
        """Return a stored draft that nobody has been given yet."""
        task = self._row(lead, register, date(2025, 12, 30), stage=Stage.DRAFT, issued_day=None)
        Participation.objects.create(task=task, unit=lead, involvement=Involvement.LEAD)
        _moment(task, Verb.DRAFT, ISSUED, None)
        return task

    def _unsettled(self, lead: Unit, state: str, register: str, **more: object) -> Task:
        due, acts = LIVES[state]
        task = self._row(lead, register, more.pop("due", due), **more)
        Participation.objects.create(task=task, unit=lead, involvement=Involvement.LEAD)
        moments = ((Verb.DRAFT, ISSUED, None), (Verb.ISSUE, ISSUED, task.due_day))
        for verb, day, due_day in (*moments, *((verb, day, None) for verb, day in acts)):
            _moment(task, verb, day, due_day)
        return task

    def _row(self, lead: Unit, register: str, due: date, **more: object) -> Task:
        number = next(_numbers)
        title = more.pop("title", f"Nhiệm vụ mẫu số {number}")
        return Task.objects.create(
            client_id=uuid4(), code=f"T-{number:05d}", directive=self.directives[register],
            register=self.registers[register], title=title, folded=fold(str(title)), lead_unit=lead,
            supervisor_unit=self.city, start_day=ISSUED, due_day=due, original_due_day=due,
            authority="Phó Chủ tịch UBND thành phố", result="Một sản phẩm (mẫu)", created_at=_moment_of(ISSUED),
            **({"mark": Mark.NORMAL, "stage": Stage.ISSUED, "issued_day": ISSUED} | more),
        )  # fmt: skip


def _moment(task: Task, verb: Verb, day: date, due_day: date | None) -> Moment:
    return Moment.objects.create(
        client_id=uuid4(), task=task, verb=verb, day=day, at=_moment_of(day), due_day=due_day
    )


def _moment_of(day: date) -> datetime:
    return datetime.combine(day, time(9), VIETNAM)


# Where the person of each role sits: an index into the world's agencies or communes, or the city itself.
SEATS = {
    Role.STEERING: ("agencies", 0),
    Role.SECRETARIAT: ("agencies", 0),
    Role.AGENCY_LEAD: ("agencies", 1),
    Role.OFFICER: ("agencies", 1),
    Role.COMMUNE_OFFICER: ("communes", 0),
    Role.IOC_OPERATOR: ("agencies", 0),
    Role.CLERK: ("communes", 0),
    Role.INSPECTOR: ("agencies", 0),
    Role.ADMINISTRATOR: ("agencies", 0),
}


def world(*, with_people: bool = True) -> World:
    """Return a stored small world; nobody owes anything in it yet."""
    country = unit("VN", "Việt Nam", UnitKind.COUNTRY)
    city = unit("48", "Thành phố Đà Nẵng", UnitKind.CITY, country, TWO_TIERS_FROM)
    elsewhere = unit("01", "Thành phố Hà Nội", UnitKind.CITY, country)
    agencies = [
        unit("TU.VP", "Văn phòng Thành ủy", UnitKind.PARTY_BODY, city),
        unit("H17.KHCN", "Sở Khoa học và Công nghệ", UnitKind.DEPARTMENT, city),
    ]
    communes = [
        unit("20194", "Phường Hải Vân", UnitKind.WARD, city, TWO_TIERS_FROM),
        unit("20320", "Xã Hòa Vang", UnitKind.COMMUNE, city, TWO_TIERS_FROM),
        unit("20333", "Đặc khu Hoàng Sa", UnitKind.SPECIAL_ZONE, city, TWO_TIERS_FROM),
    ]
    registers = {
        "tw": register("tw", "Trung ương giao", 1),
        "xp": register("xp", "Giao xã, phường, đặc khu", 2),
    }
    made = World(
        country, city, elsewhere, agencies, communes, registers,
        {code: directive(each) for code, each in registers.items()},
    )  # fmt: skip
    if with_people:
        made.people = {
            role: person(role, getattr(made, tier)[place]) for role, (tier, place) in SEATS.items()
        }
    return made
