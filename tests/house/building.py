"""What the house tests walk through: the source, the routes, and a loaded place to walk in."""

import io
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver
from openpyxl import load_workbook

from namro.alerts.models import Alert, Rule
from namro.assistant import actions as assistant
from namro.delivery.actions import make_calendar_link, tell
from namro.delivery.models import Endpoint, Message, Told
from namro.delivery.terms import Level, Notice
from namro.flows.daily import run_day
from namro.flows.load import load
from namro.flows.reporting import send_report
from namro.ground.clock import now
from namro.ground.period import Period
from namro.organisation.models import Deputising, Person, Unit
from namro.organisation.queries import viewer
from namro.organisation.terms import Role
from namro.procedures.models import ProcedureImport
from namro.reports.actions import Parcel
from namro.reports.models import SentReport
from namro.reports.queries import template
from namro.tasks.actions import importing
from namro.tasks.models import Evidence, ImportBatch, Register, Task
from namro.tasks.terms import State
from tests import builders
from tests.house import batches, boards, doors, filings, halls, invitations

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "namro"
PACKAGE = ROOT / "packages" / "danang"
DOMAINS = (
    "audit",
    "organisation",
    "delivery",
    "access",
    "sources",
    "indicators",
    "alerts",
    "tasks",
    "procedures",
    "dossiers",
    "queues",
    "quality",
    "offers",
    "reports",
    "assistant",
)
DAY = date(2025, 7, 9)
# From the ground up; a domain may know those before it.
FLOORS = (
    "audit",
    "organisation",
    "delivery",
    "access",
    "sources",
    "indicators",
    "alerts",
    "tasks",
    "procedures",
    "dossiers",
    "queues",
    "quality",
    "offers",
    "reports",
    "assistant",
)


@cache
def kept_files() -> list[Path]:
    """Return the files that are, or are about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file()]


def sources(suffix: str = ".py") -> list[Path]:
    """Return our own source files, without migrations and what others made."""
    inside = [path for path in kept_files() if path.suffix == suffix and SOURCE in path.parents]
    return [path for path in inside if not {"migrations", "vendor"} & set(path.parts)]


@dataclass(frozen=True)
class Route:
    """A way into the house."""

    name: str
    pattern: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]


def routes() -> list[Route]:
    """Return every route."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Route(entry.name or "", pattern, entry.callback, tuple(entry.pattern.converters))
        else:
            yield from _walk(entry, pattern)


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


def _sent_report(here: Place) -> int:
    """Return June's report of the sample task's unit, sent by its lead once."""
    known = SentReport.objects.first()
    if known is not None:
        return known.pk
    by = here.people[Role.AGENCY_LEAD]
    seen = viewer(by)
    assert seen is not None
    parcel = Parcel(
        template("monthly"), here.task.lead_unit, Period.parse("2025-06"), {"ket_qua": "Đã xong."}
    )
    return send_report(parcel, client_id=uuid4(), expected_version=0, by=by, viewer=seen).pk


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
    seen = viewer(by)
    assert seen is not None
    book = load_workbook(io.BytesIO(importing.template(seen, DAY)))
    book.worksheets[0].append(["bcd"])
    filled = io.BytesIO()
    book.save(filled)
    return importing.receive(filled.getvalue(), name="mau.xlsx", client_id=uuid4(), by=by, viewer=seen)


def samples(here: Place) -> dict[str, dict[str, object]]:
    """Return, by route and argument, what an address of it is made with; a route with others must be added."""
    person = here.people[Role.OFFICER]
    shared: dict[str, object] = {
        "period": "2025-H1",
        "unit": "H17.KHCN",
        "client_id": here.batch.client_id,
        "deed": "tiep-nhan",
    }
    by_route: dict[str, dict[str, object]] = {
        "boundaries": {"code": "48"},
        "indicator": {"code": "nhiem_vu_hoan_thanh"},
        "indicator_export": {"code": "nhiem_vu_hoan_thanh"},
        "task": {"code": here.task.code},
        "task_edit": {"code": here.draft.code},
        "task_act": {"code": here.task.code},
        "alert": {"pk": here.alert.pk},
        "alert_act": {"pk": here.alert.pk, "deed": "nhan"},
        "duty_act": {"deed": "lap"},
        "alert_rule": {"code": here.alert.rule.code},
        "task_urge": {"code": here.task.code},
        "reports_owed": {"code": "monthly"},
        "report_owed": {"code": "monthly", "period": "2025-06", "unit": "H17.KHCN"},
        "report_sent_file": {"pk": _sent_report(here)},
        "report": {"template": "conference"},
        "report_file": {"template": "conference"},
        "report_compute": {"template": "conference"},
        "form_returns": {"form": "ho_so_cap_xa"},
        "form_export": {"form": "ho_so_cap_xa"},
        "form": {"form": "ho_so_cap_xa", "period": "2025-06", "unit": "20200"},
        "form_check": {"form": "ho_so_cap_xa", "period": "2025-06", "unit": "20200"},
        "evidence": {"code": here.task.code, "pk": here.evidence.pk},
        "directive_file": {"pk": here.task.directive_id},
        "unit": {"code": "H17.KHCN"},
        "quality_score": {"code": "20200", "month": "2025-07"},
        "quality_costs": {"code": "20200", "month": "2025-07", "part": "giai_quyet_dung_han"},
        "procedure": {"code": "1.001193"},
        "procedure_checklist": {"code": "1.001193"},
        "procedure_history": {"code": "1.001193"},
        "assistant_handed": {"client_id": _handed_question(here)},
        "procedure_import": {"client_id": _procedure_import()},
        "procedure_import_faults": {"client_id": _procedure_import()},
        "person": {"pk": person.pk},
        "post_give": {"pk": person.pk},
        "person_active": {"pk": person.pk},
        "post_end": {"pk": person.posts.get().pk},
        "notice_open": {"pk": _notice(person)},
        "deputise_end": {"pk": _deputising(person, here.people[Role.AGENCY_LEAD])},
        "dead_letter_retry": {"pk": _dead_letter(person)},
        "webhook_end": {"pk": _endpoint(here.world.city)},
        "calendar_feed": {"token": make_calendar_link(by=person)},
        **doors.samples(person),
        **boards.samples(),
        **batches.samples(),
        **filings.samples(here.people[Role.CLERK], here.world.communes[0]),
        **halls.samples(here.world.communes[0], DAY),
        **invitations.samples(here.people[Role.COMMUNE_OFFICER], here.world.communes[0], DAY),
    }
    return {route.name: shared | by_route.get(route.name, {}) for route in routes()}


def _handed_question(here: Place) -> UUID:
    """Return a question that was handed to the people of a commune."""
    said = {"question": "Việc này hỏi ai?", "conversation": [], "contact": "", "client_id": uuid4()}
    return assistant.hand_over(here.world.communes[0], **said).client_id


def _procedure_import() -> UUID:
    """Return the import by which the package published its catalogue."""
    return ProcedureImport.objects.get(from_package=True).client_id


def _tell_many(to: Person, n: int) -> None:
    """Tell the person n more things of one topic."""
    held = Told.objects.count()
    tell(
        Notice(f"more:{held + number}", "task:more", to.pk, Level.WARNING, "Việc quá hạn", "bạn phụ trách")
        for number in range(n)
    )


def _notice(to: Person) -> int:
    """Return a notice told to the person."""
    tell([Notice("e", "task:T", to.pk, Level.WARNING, "Việc quá hạn", "bạn phụ trách nhiệm vụ", path="/")])
    return Told.objects.get(person=to).pk


def _deputising(deputy: Person, away: Person) -> int:
    """Return that someone stands in from a day to come, so that nobody's powers differ yet."""
    days = {"start": DAY + timedelta(days=1), "end": DAY + timedelta(days=3)}
    return Deputising.objects.get_or_create(post=away.posts.get(), deputy=deputy, ground="nghỉ phép", **days)[
        0
    ].pk


def _dead_letter(to: Person) -> object:
    """Return a message that nobody takes."""
    made = {
        "channel": "email",
        "level": Level.WARNING,
        "state": "dead",
        "made_at": now(),
        "next_try_at": now(),
    }
    return Message.objects.create(person=to, **made).pk


def _endpoint(of: Unit) -> object:
    """Return a webhook of the unit."""
    made = {"level": Level.WARNING, "made_at": now()}
    return Endpoint.objects.create(unit=of, url="https://webhook.example.org/", **made).pk
