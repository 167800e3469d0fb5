"""A made-up half-year: exactly so many dossiers, the same from the same seed, each life within the rules of the living;
and the index on the command line, down to what cost points."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max, Min, Q
from tests import builders
from tests.builders import World
from tests.procedures.conftest import package
from tests.procedures.records import lines, record
from tests.queues.conftest import put_office

from namro.audit.models import Entry
from namro.dossiers.actions import load_package as load_desk
from namro.dossiers.models import Applicant, Dossier, DossierEvent, Feedback, Payment, SeedRun
from namro.dossiers.queries.today import notice, today
from namro.dossiers.terms import RUNNING, Channel, Outcome, State, Verb
from namro.flows.demo.onestop.filing import Days, filings
from namro.flows.demo.onestop.lives import Telling, tell
from namro.flows.demo.onestop.place import place_of
from namro.flows.demo.onestop.plan import read_plan
from namro.flows.demo.onestop.rows import dice
from namro.flows.demo.onestop.seeding import FILE, FIRST_DAY, seed_onestop
from namro.ground import clock
from namro.ground.calendar import WorkingCalendar
from namro.procedures.actions import load_package as load_procedures
from namro.quality.actions import load_package as load_index
from namro.quality.models import Announcement
from namro.queues.models import Ticket

PACKAGE = Path(__file__).parents[3] / "packages/danang"
WHOLE = read_plan(PACKAGE / FILE)
PLAN = WHOLE.of_size(300)
LAST = date(2025, 12, 31)
DESK = {"method": "Trực tiếp", "time_limit": "", "fee": "", "description": ""}
ONLINE = {"method": "Trực tuyến", "time_limit": "3 Ngày làm việc", "fee": "8.000 VNĐ", "description": ""}


@pytest.fixture
def seeded(db: None, tmp_path: Path) -> Iterator[World]:
    """A ward with three hundred dossiers of the half-year of the source."""
    with clock.at(builders.TODAY):
        world = builders.world()
        codes = [sort.code for sort in PLAN.sorts]
        ways = {code: [DESK] if n in (2, 4) else [DESK, ONLINE] for n, code in enumerate(codes)}
        records = [record(code, submission_methods=ways[code]) for code in codes]
        load_procedures(package(tmp_path, lines(*records)))
        load_desk(PACKAGE)
        load_index(PACKAGE, world.city)
        put_office(tmp_path)
        assert seed_onestop(world.communes[0], PLAN, LAST).is_new
        yield world


def test_the_half_year_of_the_source_is_what_the_plan_says() -> None:
    assert (WHOLE.dossiers, WHOLE.online) == (15_000, 9_000)
    days = Days(FIRST_DAY, LAST, WorkingCalendar())
    online = frozenset(sort.code for sort in PLAN.sorts[3:])
    made = filings(PLAN, online, days, dice("hạt", "a"))
    assert made == filings(PLAN, online, days, dice("hạt", "a"))
    assert made != filings(PLAN, online, days, dice("hạt", "b"))
    assert sum(each.channel is Channel.ONLINE for each in made) == 180
    assert all(each.sort.code in online for each in made if each.channel is Channel.ONLINE)
    assert all(
        days.calendar.is_working(each.at.date()) for each in made if each.channel is not Channel.ONLINE
    )


def test_so_many_dossiers_are_made_once_and_marked(seeded: World) -> None:
    every = Dossier.objects.all()
    assert every.count() == 300
    assert every.filter(channel=Channel.ONLINE).count() == 180
    assert not every.filter(is_synthetic=False).exists()
    assert not Applicant.objects.filter(is_synthetic=False).exists()
    assert Feedback.objects.count() == PLAN.feedback
    assert Announcement.objects.filter(is_synthetic=True).exists()
    tickets = Ticket.objects.filter(is_synthetic=True)
    reached = tickets.aggregate(first=Min("day"), last=Max("day"))
    assert (reached["first"], reached["last"]) == (FIRST_DAY, LAST - timedelta(days=1))
    assert tickets.count() == SeedRun.objects.get().counts["tickets"]
    again = seed_onestop(seeded.communes[0], PLAN, LAST)
    assert (again.is_new, SeedRun.objects.count(), every.count()) == (False, 1, 300)
    assert Entry.objects.filter(verb="load_dossiers").count() == 1
    assert today() == LAST
    assert "31/12/2025" in notice()


def test_each_life_keeps_the_rules_of_the_living(seeded: World) -> None:
    by_dossier: dict[int, list[DossierEvent]] = {}
    for event in DossierEvent.objects.order_by("dossier_id", "id"):
        by_dossier.setdefault(event.dossier_id, []).append(event)
    for dossier in Dossier.objects.all():
        noted = [event for event in by_dossier[dossier.pk] if event.verb == Verb.NOTE_LATE]
        assert all(event.at.astimezone(clock.VIETNAM).date() == dossier.late_on for event in noted)
        told = by_dossier[dossier.pk]
        assert [event.at for event in told] == sorted(event.at for event in told)
        assert told[-1].state_after == dossier.state
        assert told[-1].at == dossier.touched_at
        assert dossier.touched_at.date() < LAST
    ended = Q(outcome__isnull=False)
    assert not Dossier.objects.filter(ended, finished_at__isnull=True).exists()
    assert not Dossier.objects.filter(state__in=RUNNING, finished_at__isnull=False).exists()
    granted = Q(state__in=[State.DECIDED, State.RESULT_GIVEN])
    assert not Dossier.objects.filter(granted).exclude(outcome=Outcome.GRANTED).exists()


def test_whoever_withdraws_does_so_after_the_check_and_pays_no_more(seeded: World) -> None:
    plan = replace(PLAN, rates={**PLAN.rates, "withdrawn": 1.0})
    place = place_of(seeded.communes[0], plan, LAST)
    days = Days(FIRST_DAY, LAST, place.calendar)
    filed = filings(plan, place.online_sorts, days, dice("rút"))
    fees = 0
    for number, filing in enumerate(filed):
        told = Telling(filing, place.kinds[filing.sort.code], place, plan, dice("rút", str(number)))
        verbs = [step.verb for step in tell(told)]
        assert verbs[-1] is Verb.WITHDRAW
        assert Verb.CHECK in verbs
        fees += Verb.TAKE_FEE in verbs
    assert fees


def test_late_is_whose_clock_ran_out(seeded: World) -> None:
    once = Dossier.objects.filter(supplements__lt=2, finished_at__isnull=False)
    late = once.filter(finished_at__gt=F("due_at"))
    assert late.exists()
    assert not late.filter(late_on__isnull=True).exists()
    assert not once.filter(finished_at__lte=F("due_at"), late_on__isnull=False).exists()
    asked = Dossier.objects.annotate(told=Count("supplement_requests"))
    assert not asked.exclude(told=F("supplements")).exists()
    paid = Dossier.objects.filter(fee_paid_at__isnull=False)
    assert paid.count() == Payment.objects.count()
    assert paid.filter(paid_online=True).count() == Payment.objects.exclude(gateway="").count() > 0


def index(**options: Any) -> Any:
    """Return what the command prints."""
    out = StringIO()
    call_command("index766", stdout=out, **options)
    return out.getvalue()


def test_the_index_on_the_command_line_tells_what_cost_points(seeded: World) -> None:
    told = json.loads(index(unit="20194", month="2025-11", json=True))
    parts = {part["number"] or part["code"]: part for part in told["parts"]}
    assert parts["2.1"]["denominator"] == Dossier.objects.filter(
        received_at__gte="2025-11-01T00:00+07:00", received_at__lt="2025-12-01T00:00+07:00"
    ).count()  # fmt: skip
    for number in ("2.1", "3.6", "4.1", "4.2", "4.3", "4.5a", "4.5b", "nop_truc_tuyen"):
        part = parts[number]
        assert len(part["costs"]["codes"]) == part["denominator"] - part["numerator"], number
    points = [part["points"] for part in told["parts"] if part["points"] is not None]
    assert round(sum(points), 2) == told["points"]
    assert round(told["points"] * 100 / told["applicable"], 2) == pytest.approx(told["total"], abs=0.01)
    assert parts["1.2"]["points"] is None
    assert parts["1.2"]["not_applicable"] == "Không tính ở cấp này"
    assert parts["2.1"]["readings"]["tien_do_quy_doi"] == "tuyen_tinh"


def test_the_command_refuses_in_a_sentence_and_reads_in_lines(seeded: World) -> None:
    assert "2.1 Hồ sơ giải quyết đúng hạn" in index(unit="20194", month="2025-11")
    for wrong, sentence in (
        ({"month": "2025-13"}, "không hợp lệ"),
        ({"month": "2025-W40"}, "tháng, quý"),
        ({"month": "2026-01"}, "chưa bắt đầu"),
        ({"month": "2025-11", "reading": ["khong_ap_dung=la"]}, "không có lựa chọn"),
        ({"month": "2025-11", "reading": ["la"]}, "mã=lựa_chọn"),
    ):
        with pytest.raises(CommandError, match=sentence):
            index(unit="20194", **wrong)
