"""Each kind of rule sees what it is for, today and as it was then; the river judges the present day and no other."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.alerts.conftest import ENTRY, City
from tests.builders import ISSUED, TODAY

from namro.alerts.catalog import read_rules
from namro.alerts.models import Alert, Urge
from namro.alerts.terms import Kind
from namro.flows.jobs import judge_alerts
from namro.flows.judging import LOOKS, judge_day, judge_today
from namro.flows.trial import trial
from namro.ground import clock
from namro.indicators.models import Definition, Figure, Target
from namro.organisation.models import Unit
from namro.sources.models import FeedRun, Finding, Form, Submission
from namro.tasks.actions.spans import rebuild
from namro.tasks.models import Extension, Moment, ProgressReport, Task
from namro.tasks.terms import State, Verb

DANANG = Path(__file__).parents[2] / "packages" / "danang"
LIVE: dict[str, Any] = {"urging": {}, "hears": {"watch": ["person"]}}
FORM = {
    "code": "f", "title": "Biểu mẫu", "version": 1, "owner": "TU.VP", "why": "x", "next_review": "2026-01-15",
    "period": "month", "first_period": "2025-05", "due": {"working_days": 5},
    "filled_by": {"kinds": ["ward", "commune"]},
    "fields": [{"code": "a", "label": "A", "type": "int"}],
}  # fmt: skip
INDICATOR = {
    "code": "i", "name": "Tỷ lệ mẫu", "name_en": "x", "kind": "ratio", "numerator": "bieu.f.a",
    "denominator": "bieu.f.b", "unit_of_measure": "%", "decimals": 1, "direction": "up", "adds_up": "ratio_of_sums",
    "periods": ["month"], "owner": "TU.VP", "why": "x", "next_review": "2026-01-15", "version": 1, "source": "x",
    "group": "x",
}  # fmt: skip


def judged(day: date = TODAY) -> dict[str, tuple[int, float]]:
    """Judge a day; level and value of each thing on which an alert is open."""
    judge_day(day)
    rows = Alert.objects.filter(state="open").values_list("object_key", "unit__code", "level", "value")
    return {f"{key}@{unit}": (level, float(value)) for key, unit, level, value in rows}


def task(city: City, state: str, **more: Any) -> Task:
    """A stored task of the first commune, with its officer in charge."""
    return city.world.task(
        city.world.communes[0], state, lead_person=city.officer, escalate_to=city.world.city, **more
    )


def figures(unit: Unit, **by_month: float) -> None:
    """Store a figure a month of a unit, known since its end."""
    for month, value in by_month.items():
        number = int(month[1:])
        Figure.objects.create(
            indicator="i", unit=unit, period_kind="month", period_start=date(2025, number, 1),
            period=f"2025-{number:02d}", value=Decimal(str(value)), as_of=date(2025, number, 28), source="x",
            source_state="fresh", version=1,
        )  # fmt: skip


@pytest.fixture
def measured(city: City) -> City:
    """The city with a form and an indicator that is drawn from it, aimed at 80 by the end of June."""
    Form.objects.create(
        code="f", version=1, body=FORM, owner="TU.VP", next_review=date(2026, 1, 15), package="t"
    )
    Definition.objects.create(
        code="i", version=1, body=INDICATOR, owner="TU.VP", next_review=date(2026, 1, 15), package="t"
    )
    points = [{"day": "2025-03-31", "value": 40}, {"day": "2025-10-17", "value": 80}]
    body = {"indicator": "i", "unit": "20194", "set_on": "2025-03-31", "points": points}
    Target.objects.create(
        indicator="i", unit=city.world.communes[0], set_on=date(2025, 3, 31), body=body, package="t"
    )
    return city


def test_every_kind_has_its_select_and_a_rule_of_the_city(city: City) -> None:
    assert set(LOOKS) == set(Kind.values)
    files = {path.stem for path in (DANANG / "alerts").glob("*.yaml")}
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


def test_history_knows_a_task_as_it_was_known_then(city: City, rule: Any) -> None:
    """Extended on 1 June, handed in on 20 June and returned on 25 June: what the live SELECT cannot know any more."""
    made = rule(levels={"watch": 1, "warning": 10}, **LIVE)
    of = city.world.task(city.world.agencies[1], State.IN_PROGRESS, due=date(2025, 5, 20))
    for verb, day, due in (
        (Verb.GRANT_EXTENSION, date(2025, 6, 2), date(2025, 6, 16)),
        (Verb.SUBMIT, date(2025, 6, 20), None),
        (Verb.RETURN, date(2025, 6, 25), None),
    ):
        at = datetime.combine(day, datetime.min.time(), clock.VIETNAM)
        Moment.objects.create(client_id=uuid4(), task=of, verb=verb, day=day, at=at, due_day=due)
    rebuild([of.pk])
    tried = trial(made, date(2025, 5, 19), TODAY)
    thing = tried.loudest[0]
    assert (len(tried.objects), tried.most_at_once) == (1, 1)
    assert (tried.openings, tried.raises) == (3, 2)
    assert tried.weeks[date(2025, 5, 19)] == 1
    assert (thing.first, thing.level) == (date(2025, 5, 21), 2)
    assert not Alert.objects.exists(), "a trial writes nothing"


def test_the_rules_of_the_city_can_be_read(city: City) -> None:
    from namro.alerts.catalog import Known

    codes = {
        "units": frozenset(
            {"48", *(path.split(",")[0] for path in (DANANG / "units" / "agencies.csv").read_text().split())}
        ),
        "forms": frozenset[str](),
        "indicators": frozenset(path.stem for path in (DANANG / "indicators").glob("*.yaml")),
    }
    read, _ = read_rules(DANANG / "alerts", today=TODAY, known=Known(**codes, root="48"))
    assert {rule.kind for rule, _ in read} == set(Kind)


def test_a_rule_is_tried_from_a_file_or_by_its_code(city: City, rule: Any, tmp_path: Path) -> None:
    rule(levels={"watch": 1}, **LIVE)
    task(city, State.IN_PROGRESS_LATE)
    said, file = io.StringIO(), tmp_path / "chat_hon.yaml"
    entry = {**ENTRY, "code": "chat_hon", "levels": {"watch": 400}, "hears": {"watch": ["person"]}}
    file.write_text(
        yaml.safe_dump({**entry, "next_review": date(2026, 1, 15)}, allow_unicode=True), encoding="utf-8"
    )
    for asked, calls in (("qua_han", 1), (str(file), 0)):
        call_command("try_rule", asked, "--from", "01/07/2025", "--to", "09/07/2025", stdout=said)
        tried = json.loads(said.getvalue())
        assert (tried["calls"], tried["working_days"]) == (calls, 7)
        said.truncate(said.seek(0))
    with pytest.raises(CommandError, match="Không có quy tắc hay tệp"):
        call_command("try_rule", "khong_co")
