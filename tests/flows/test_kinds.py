"""Each kind of rule sees what it is for."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.alerts.conftest import City
from tests.builders import ISSUED, TODAY
from tests.flows.judged import LIVE, figures, judged, task

from namro.alerts.models import Alert
from namro.alerts.terms import Kind
from namro.flows.judging import LOOKS, PICKS, judge_day
from namro.ground import clock
from namro.sources.models import FeedRun, Finding, Submission
from namro.tasks.models import Extension, ProgressReport
from namro.tasks.terms import State

DANANG = Path(__file__).parents[2] / "packages" / "danang"


def test_every_kind_has_its_select_and_a_rule_of_the_city(city: City) -> None:
    picked = [kind for kinds, _look in PICKS.values() for kind in kinds]
    assert sorted([*LOOKS, *picked]) == sorted(Kind.values)
    files = {path.stem for path in (DANANG / "alerts").rglob("*.yaml")}
    assert len(files) >= 14


def test_tasks_are_seen_by_their_days(city: City, rule: Callable[..., Any]) -> None:
    rule(code="soon", kind="task_due_soon", worse="down", levels={"watch": 7, "critical": 1}, **LIVE)
    rule(code="late", levels={"watch": 1, "critical": 30}, **LIVE)
    late, soon, far = (
        task(city, State.IN_PROGRESS_LATE),
        task(city, State.IN_PROGRESS, due=date(2025, 7, 14)),
        task(city, State.NOT_STARTED),
    )
    seen = judged()
    assert seen == {
        f"task:{late.code}@20194": (1, (TODAY - late.late_from).days + 1),
        f"task:{soon.code}@20194": (1, 3),
    }
    assert not any(far.code in key for key in seen)
    with clock.at(date(2025, 7, 14)):
        assert judged(date(2025, 7, 14))[f"task:{soon.code}@20194"] == (3, 0)
    with clock.at(date(2025, 7, 15)):
        assert judged(date(2025, 7, 15))[f"task:{soon.code}@20194"] == (1, 1), "now it is late"


def test_a_task_behind_the_calendar_is_seen_and_one_that_keeps_up_is_not(city: City, rule: Any) -> None:
    rule(kind="task_at_risk", levels={"watch": 30}, **LIVE)
    due = ISSUED + 2 * (TODAY - ISSUED)
    behind, keeping = (
        task(city, State.IN_PROGRESS, due=due, percent=10),
        task(city, State.IN_PROGRESS, due=due, percent=45),
    )
    assert set(judged()) == {f"task:{behind.code}@20194"}
    assert 30 <= judged()[f"task:{behind.code}@20194"][1] <= 41
    assert keeping.percent == 45


def test_silence_and_missing_evidence_are_seen(city: City, rule: Any) -> None:
    rule(code="silent", kind="task_no_progress", levels={"watch": 30}, **LIVE)
    rule(code="bare", kind="task_evidence_missing", levels={"watch": 80}, **LIVE)
    silent, told = task(city, State.IN_PROGRESS), task(city, State.IN_PROGRESS, percent=90)
    for each, days in ((silent, 40), (told, 10)):
        day = TODAY - timedelta(days=days)
        at = datetime.combine(day, datetime.min.time(), clock.VIETNAM)
        ProgressReport.objects.create(
            client_id=uuid4(), task=each, day=day, at=at, percent=each.percent, words="x"
        )
    judge_day(TODAY)
    rules = dict(Alert.objects.values_list("object_key", "rule__code"))
    assert rules == {f"task:{silent.code}": "silent", f"task:{told.code}": "bare"}


def test_an_extension_waits_in_working_days_for_the_one_above(city: City, rule: Any) -> None:
    rule(kind="extension_unanswered", levels={"watch": 2}, urging={}, hears={"watch": ["above"]})
    asked = task(city, State.IN_PROGRESS)
    request = Extension.objects.create(
        client_id=uuid4(), task=asked, status="asked", asked_day=date(2025, 7, 4), reason="x", due_before=asked.due_day,
        due_after=asked.due_day + timedelta(days=30),
    )  # fmt: skip
    assert judged() == {f"extension:{asked.code}@20194": (1, 3)}, "a Friday, then three working days"
    request.decided_day = TODAY
    request.save()
    assert judged() == {}


def test_forms_are_seen_late_and_ahead_and_silence_the_figures_made_of_them(
    measured: City, rule: Any
) -> None:
    rule(
        code="form",
        kind="form_late",
        levels={"watch": -3, "warning": 1},
        urging={},
        hears={"watch": ["officers"]},
    )
    rule(code="off", kind="figure_off_trajectory", look={"indicator": "i"}, levels={"watch": 10}, **LIVE)
    commune, other = measured.world.communes[:2]
    figures(commune, m5=30)
    Submission.objects.create(
        client_id=uuid4(), form="f", form_version=1, unit=other, period_kind="month", period_start=date(2025, 6, 1),
        period="2025-06", version=1, values={"a": "1"}, as_of=TODAY, due_day=TODAY, submitted_at=clock.now(),
        submitted_day=TODAY,
    )  # fmt: skip
    seen = judged()
    assert seen["return:f/2025-06@20194"] == (2, 2), (
        "due on 7 July: five working days from its birth on the 1st"
    )
    assert "return:f/2025-06@20320" not in seen
    off = Alert.objects.get(object_key="figure:i")
    assert (off.inhibited_by.object_key, off.told_level) == ("return:f/2025-05", 0)
    Alert.objects.filter(object_key__startswith="return:").update(state="closed")


def test_figures_are_held_against_their_trajectory_and_the_period_before(measured: City, rule: Any) -> None:
    rule(
        code="off",
        kind="figure_off_trajectory",
        look={"indicator": "i"},
        levels={"watch": 10, "critical": 60},
        **LIVE,
    )
    rule(code="jump", kind="figure_jumped", look={"indicator": "i"}, levels={"watch": 50}, **LIVE)
    figures(measured.world.communes[0], m4=20, m5=45, m6=30)
    figures(measured.world.communes[1], m4=20, m5=41)
    seen = judged()
    assert seen["figure:i@20194"] == (1, 50.0), "100 of 200 days: 60 is expected, 30 is half of it"
    assert seen["figure:i/2025-05@20320"] == (1, 105.0)
    assert len(seen) == 2, "30 after 45 is a third less, under the threshold"


def test_a_finding_and_a_source_that_stopped_are_seen(measured: City, rule: Any) -> None:
    rule(code="check", kind="check_breached", levels={"watch": 0}, **LIVE)
    rule(code="dry", kind="source_stale", levels={"watch": 2}, **LIVE)
    sent = Submission.objects.create(
        client_id=uuid4(), form="f", form_version=1, unit=measured.world.communes[0], period_kind="month",
        period_start=date(2025, 6, 1), period="2025-06", version=1, values={"a": "1"}, as_of=TODAY, due_day=TODAY,
        submitted_at=clock.now(), submitted_day=TODAY,
    )  # fmt: skip
    Finding.objects.create(
        form="f", unit=sent.unit, period_kind="month", period_start=sent.period_start, period="2025-06", check_code="c",
        kind="range", fields=["a"], stated=1, expected=2, difference=-1, text="Cộng lại thiếu", submission=sent,
        opened_day=TODAY - timedelta(days=4),
    )  # fmt: skip
    for days, state in ((3, "ok"), (1, "failed")):
        FeedRun.objects.create(
            feed="sources", day=TODAY - timedelta(days=days), state=state, ended_at=clock.now()
        )
    assert judged() == {"finding:f/2025-06/c@20194": (1, 4), "source:sources@TU.VP": (1, 3)}


def test_a_marked_task_is_not_named(city: City, rule: Any) -> None:
    rule(levels={"watch": 1}, **LIVE)
    secret = task(city, State.IN_PROGRESS_LATE, mark="secret", title="Việc kín")
    judge_day(TODAY)
    alert = Alert.objects.get()
    assert (alert.object_label, alert.is_marked) == (f"{secret.code} (có độ mật)", True)
