"""The river judges the present day and no other; what ends during the day does not wait for the night."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.alerts.conftest import City
from tests.builders import TODAY
from tests.flows.judged import LIVE, task

from namro.alerts.catalog import Known, read_rules
from namro.alerts.models import Alert, Urge
from namro.alerts.terms import Kind
from namro.flows.jobs import judge_alerts
from namro.flows.judging import judge_day, judge_today
from namro.ground import clock
from namro.tasks.models import Task
from namro.tasks.terms import State

DANANG = Path(__file__).parents[2] / "packages" / "danang"


def test_a_past_day_is_not_judged(city: City, rule: Any) -> None:
    rule(levels={"watch": 1}, **LIVE)
    task(city, State.IN_PROGRESS_LATE)
    assert judge_today(TODAY - timedelta(days=1)) is None
    assert not Alert.objects.exists()
    assert judge_today(TODAY).opened == 1


def test_what_is_mended_during_the_day_closes_without_waiting_for_the_night(city: City, rule: Any) -> None:
    rule(levels={"watch": 1}, **LIVE)
    mended = task(city, State.IN_PROGRESS_LATE)
    judge_alerts(0)
    assert Alert.objects.get().state == "open"
    Task.objects.filter(pk=mended.pk).update(stage="submitted")
    judge_alerts(0)
    assert Alert.objects.get().close_reason == "Điều kiện không còn."


def test_urges_about_a_task_that_ended_wait_for_nobody(city: City, rule: Any) -> None:
    ended = task(city, State.DONE)
    Urge.objects.create(
        client_id=uuid4(), object_key=f"task:{ended.code}", object_label="x", path="/", unit=ended.lead_unit, step=0,
        day=TODAY, at=clock.now(), by=city.chair, ground="x", grace=3,
    )  # fmt: skip
    judge_day(TODAY)
    assert Urge.objects.get().answer == "Nhiệm vụ đã kết thúc."


def test_the_rules_of_the_city_can_be_read(city: City) -> None:
    codes = {
        "units": frozenset(
            {"48", *(path.split(",")[0] for path in (DANANG / "units" / "agencies.csv").read_text().split())}
        ),
        "forms": frozenset[str](),
        "indicators": frozenset(path.stem for path in (DANANG / "indicators").rglob("*.yaml")),
        "sources": frozenset(path.stem for path in (DANANG / "sources").rglob("*.yaml")),
    }
    read, _ = read_rules(DANANG / "alerts", today=TODAY, known=Known(**codes, root="48"))
    assert {rule.kind for rule, _ in read} == set(Kind)
