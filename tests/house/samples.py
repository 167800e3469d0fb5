"""What the address of each route is made with, in the loaded place."""

from datetime import timedelta
from uuid import UUID, uuid4

from namro.assistant import actions as assistant
from namro.delivery.actions import make_calendar_link, tell
from namro.delivery.models import Endpoint, Message, Told
from namro.delivery.terms import Level, Notice
from namro.flows.reporting import send_report
from namro.ground.clock import now
from namro.ground.period import Period
from namro.organisation.models import Deputising, Person, Unit
from namro.organisation.terms import Role
from namro.procedures.models import ProcedureImport
from namro.reports.actions import Parcel
from namro.reports.models import SentReport
from namro.reports.queries import template
from tests.builders import seen_by
from tests.house import batches, boards, doors, filings, halls, invitations
from tests.house.building import DAY, routes
from tests.house.place import Place


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


def _sent_report(here: Place) -> int:
    """Return June's report of the sample task's unit, sent by its lead once."""
    known = SentReport.objects.first()
    if known is not None:
        return known.pk
    by = here.people[Role.AGENCY_LEAD]
    seen = seen_by(by)
    parcel = Parcel(
        template("monthly"), here.task.lead_unit, Period.parse("2025-06"), {"ket_qua": "Đã xong."}
    )
    return send_report(parcel, client_id=uuid4(), expected_version=0, by=by, viewer=seen).pk


def _handed_question(here: Place) -> UUID:
    """Return a question that was handed to the people of a commune."""
    said = {"question": "Việc này hỏi ai?", "conversation": [], "contact": "", "client_id": uuid4()}
    return assistant.hand_over(here.world.communes[0], **said).client_id


def _procedure_import() -> UUID:
    """Return the import by which the package published its catalogue."""
    return ProcedureImport.objects.get(from_package=True).client_id


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
