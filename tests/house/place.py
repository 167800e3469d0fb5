"""A loaded place for the house tests to walk in: the package, people and tasks of our own, the river of a day."""

import io
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from openpyxl import load_workbook

from namro.alerts.models import Alert, Rule
from namro.delivery.actions import tell
from namro.delivery.models import Told
from namro.delivery.terms import Level, Notice
from namro.flows.daily import run_day
from namro.flows.load import load
from namro.ground.clock import now
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Role
from namro.tasks.actions import importing
from namro.tasks.models import Evidence, ImportBatch, Register, Task
from namro.tasks.terms import State
from tests import builders
from tests.house.building import DAY

SEATS = {
    Role.STEERING: "TU",
    Role.SECRETARIAT: "TU.VP",
    Role.AGENCY_LEAD: "H17.KHCN",
    Role.OFFICER: "H17.KHCN",
    Role.COMMUNE_OFFICER: "20200",
    Role.IOC_OPERATOR: "H17.IOC",
    Role.CLERK: "20200",
    Role.INSPECTOR: "TU.UBKT",
    Role.ADMINISTRATOR: "H17.CDS",
}


@dataclass
class Place:
    """The package as loaded, one person a role, tasks of one agency, and the river of the day."""

    world: builders.World
    people: dict[Role, Person]
    task: Task
    draft: Task
    evidence: Evidence
    batch: ImportBatch
    alert: Alert

    def more(self, n: int) -> None:
        """Let everything that pages list grow by n rows."""
        agency, commune = self.world.agencies[0], self.world.communes[0]
        states = [State.IN_PROGRESS, State.IN_PROGRESS_LATE, State.DONE]
        for lead in (agency, commune):
            self.world.tasks(lead, [states[place % 3] for place in range(n)], register="bcd")
        for _ in range(n):
            builders.person(Role.OFFICER, agency)
        _tell_many(self.people[Role.SECRETARIAT], n)
        held = Alert.objects.count()
        for number in range(n):
            _alert(commune, f"task:{held + number}", 1 + number % 3)


def place() -> Place:
    """Load the package without its demo, and put people and tasks of our own into it."""
    load(settings.DEMO_PACKAGE, demo=False)
    units = {unit.code: unit for unit in Unit.objects.filter(valid_to__isnull=True)}
    registers = {register.code: register for register in Register.objects.all()}
    world = builders.World(
        country=units["VN"],
        city=units["48"],
        elsewhere=units["01"],
        agencies=[units["H17.KHCN"], units["H17.NV"]],
        communes=[units["20200"], units["20194"]],
        registers=registers,
        directives={code: builders.directive(register) for code, register in registers.items()},
    )
    people = {role: builders.person(role, units[code]) for role, code in SEATS.items()}
    world.people = people
    task = world.task(units["H17.KHCN"], State.NOT_STARTED, register="bcd")
    draft = world.draft(units["H17.KHCN"], register="bcd")
    run_day(DAY)
    alert = _alert(task.lead_unit, f"task:{task.code}", Level.WARNING)
    return Place(world, people, task, draft, _evidence(task), _batch(people[Role.SECRETARIAT]), alert)


def _alert(unit: Unit, key: str, level: int) -> Alert:
    """Return an open alert on a thing of a unit, by the package's rule on overdue tasks."""
    return Alert.objects.create(
        rule=Rule.objects.get(code="qua_han"), unit=unit, object_key=key, object_label=key, path="/", level=level,
        value=6, since=DAY - timedelta(days=6), opened_at=now(),
    )  # fmt: skip


def _evidence(task: Task) -> Evidence:
    """Return a file of the task, and give its directive one too."""
    task.directive.file.save("ke-hoach.pdf", ContentFile(b"%PDF-1.7"))
    found = Evidence(
        task=task, moment=task.moments.latest("pk"), name="a.pdf", kind="application/pdf", size=8
    )
    found.file.save("a.pdf", ContentFile(b"%PDF-1.7"))
    return found


def _batch(by: Person) -> ImportBatch:
    """Return a sheet that the person sent in: the template with one row that lacks nearly everything."""
    seen = builders.seen_by(by)
    book = load_workbook(io.BytesIO(importing.template(seen, DAY)))
    book.worksheets[0].append(["bcd"])
    filled = io.BytesIO()
    book.save(filled)
    return importing.receive(filled.getvalue(), name="mau.xlsx", client_id=uuid4(), by=by, viewer=seen)


def _tell_many(to: Person, n: int) -> None:
    """Tell the person n more things of one topic."""
    held = Told.objects.count()
    tell(
        Notice(f"more:{held + number}", "task:more", to.pk, Level.WARNING, "Việc quá hạn", "bạn phụ trách")
        for number in range(n)
    )
