"""After a return came in: its figures follow by a job, once it is stored for good; the nightly river; the command."""

from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.builders import TODAY, World, world

from namro.flows.jobs import recompute_form, run_the_river
from namro.flows.submitting import submit_form
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.actions import load_definitions
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.queries import figure
from namro.organisation.terms import Refused
from namro.sources.models import FeedRun, Form

FORM = {
    "code": "trang",
    "title": "Số trang",
    "version": 1,
    "owner": "48",
    "why": "Để biết.",
    "next_review": "2026-06-30",
    "period": "month",
    "first_period": "2025-06",
    "due": {"working_days": 5},
    "filled_by": {"kinds": ["ward", "commune"]},
    "fields": [{"code": "tong", "label": "Tổng", "type": "int"}],
}
COUNT = {
    "code": "so_trang",
    "name": "Số trang",
    "name_en": "Pages",
    "group": "nhom",
    "kind": "count",
    "value": "bieu.trang.tong",
    "unit_of_measure": "trang",
    "direction": "up",
    "adds_up": "sum",
    "periods": ["month"],
    "owner": "48",
    "why": "Để biết.",
    "next_review": "2026-06-30",
    "version": 1,
    "source": "Biểu",
}


@pytest.fixture
def place(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A small world that asks its communes for pages and adds them up."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    Form.objects.create(code="trang", version=1, body=FORM, owner="48", next_review=TODAY, package="test")
    load_definitions([(definition_of(COUNT), COUNT)], package="test")
    return world(with_people=False)


def send(place: World, pages: str, commune: int = 0) -> None:
    """Send the pages of a commune for June."""
    submit_form(
        form="trang", unit=place.communes[commune], period=Period.parse("2025-06"), values={"tong": pages},
        as_of=date(2025, 6, 30), client_id=uuid4(), expected_version=0, by=None, viewer=None,
    )  # fmt: skip


def test_the_job_waits_for_the_commit_and_names_form_and_period(
    place: World, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        send(place, "1.000")
        assert not ProcrastinateJob.objects.exists()
    (put_in_queue,) = waiting
    put_in_queue()
    (job,) = ProcrastinateJob.objects.all()
    assert (job.task_name, job.args) == (
        "namro.flows.jobs.recompute_form",
        {"form": "trang", "period": "2025-06"},
    )


def test_a_refused_return_leaves_no_job(place: World, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks() as waiting, pytest.raises(Refused):
        send(place, "một nghìn")
    assert waiting == []


def test_the_job_moves_the_unit_and_all_above_it(place: World) -> None:
    send(place, "1.000")
    send(place, "500", commune=1)
    recompute_form("trang", "2025-06")
    assert [figure("so_trang", unit, TODAY).value for unit in ("20194", "48", "VN")] == [1000, 1500, 1500]


def test_the_river_runs_each_night_for_its_day(place: World) -> None:
    send(place, "1.000")
    run_the_river(0)
    assert figure("so_trang", "48", TODAY).value == 1000
    assert set(FeedRun.objects.values_list("feed", "day", "state")) == {
        ("sources", TODAY, "ok"),
        ("tasks", TODAY, "ok"),
    }


def test_the_command_says_what_came_of_the_day(place: World) -> None:
    send(place, "1.000")
    said = StringIO()
    call_command("run_day", date="09/07/2025", stdout=said)
    assert said.getvalue().startswith("Ngày 09/07/2025: ")
    with pytest.raises(CommandError, match="không có trong lịch"):
        call_command("run_day", date="31/06/2025")
