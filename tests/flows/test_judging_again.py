"""A second judgement of a day looks only where something changed, and comes to what a look at everything comes to."""

import random
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from tests.alerts.conftest import City
from tests.builders import TODAY
from tests.flows.judged import LIVE, figures, task
from tests.sources.landing import declared

from namro.alerts.actions import close
from namro.alerts.models import Alert, Judged, Rule, Touched
from namro.alerts.terms import FEED_KINDS, FIGURE_KINDS, TASK_KINDS, Kind
from namro.flows import judging
from namro.flows.judging import compose, judge_day
from namro.flows.touching import FIGURES, READ_BY, Scope
from namro.ground import clock
from namro.indicators.models import Figure
from namro.organisation.models import Neighbour, Unit
from namro.sources.models import Batch, FeedRun, Finding, Submission
from namro.tasks.models import Extension, ProgressReport, Task
from namro.tasks.terms import State

LEVELS: dict[Kind, dict[str, Any]] = {
    Kind.TASK_DUE_SOON: {"worse": "down", "levels": {"watch": 7, "critical": 1}},
    Kind.TASK_OVERDUE: {"levels": {"watch": 1, "critical": 30}},
    Kind.TASK_AT_RISK: {"levels": {"watch": 10, "warning": 40}},
    Kind.TASK_NO_PROGRESS: {"levels": {"watch": 20, "warning": 60}},
    Kind.TASK_EVIDENCE_MISSING: {"levels": {"watch": 80}},
    Kind.EXTENSION_UNANSWERED: {"levels": {"watch": 1}},
    Kind.FORM_LATE: {"levels": {"watch": -3, "warning": 1}},
    Kind.CHECK_BREACHED: {"levels": {"watch": 0}},
    Kind.FIGURE_OFF_TRAJECTORY: {"look": {"indicator": "i"}, "levels": {"watch": 10}},
    Kind.FIGURE_JUMPED: {"look": {"indicator": "i"}, "levels": {"watch": 30}},
    Kind.SOURCE_STALE: {"levels": {"watch": 2}},
    Kind.REPORT_LATE: {"levels": {"watch": 1}},
}
# What an alert is, whatever the way by which it came to it.
STANDING = (
    *("rule_id", "unit_id", "object_key", "object_label", "kind", "level", "value", "due", "person_id"),
    *("above_id", "is_marked", "state", "inhibited_by_id", "told_level", "still_true", "close_reason"),
)
STEPS, CHANGES = 14, 4


@pytest.fixture
def ruled(measured: City, rule: Callable[..., Rule]) -> City:
    """The measured city with a rule of each kind."""
    for kind, more in LEVELS.items():
        rule(code=kind.value, kind=kind.value, **{**LIVE, "look": {}, **more})
    for state in (State.IN_PROGRESS, State.IN_PROGRESS_LATE, State.NOT_STARTED):
        task(measured, state)
    return measured


@pytest.fixture
def looks() -> Iterator[list[Scope]]:
    """At what each judgement looked, in order."""
    seen: list[Scope] = []
    real = judging.scope_of

    def scoped(touches: Any) -> Scope:
        seen.append(real(touches))
        return seen[-1]

    with patch.object(judging, "scope_of", scoped):
        yield seen


class Chance:
    """Things that happen to a city, by chance from a seed."""

    def __init__(self, city: City, seed: int) -> None:
        self.city, self.chance = city, random.Random(seed)

    def happens(self) -> None:
        """Let one thing happen."""
        ways = [self.moves, self.moves, self.reports, self.asks, self.measures, self.is_found, self.sends,
                self.is_closed, self.begins]  # fmt: skip
        self.chance.choice(ways)()

    def unit(self) -> Unit:
        return self.chance.choice(self.city.world.communes)

    def task(self) -> Task:
        return self.chance.choice(list(Task.objects.order_by("pk")))

    def day(self, most: int) -> date:
        return TODAY - timedelta(days=self.chance.randrange(most))

    def begins(self) -> None:
        of = task(self.city, self.chance.choice((State.IN_PROGRESS, State.IN_PROGRESS_LATE, State.DONE)))
        Task.objects.filter(pk=of.pk).update(lead_unit=self.unit())

    def moves(self) -> None:
        """A task gets other values, or another unit, or ends."""
        late_from = TODAY + timedelta(days=self.chance.randrange(-40, 40))
        change = self.chance.choice((
            {"late_from": late_from}, {"percent": self.chance.randrange(101)}, {"lead_unit": self.unit()},
            {"stage": self.chance.choice(("issued", "in_progress", "submitted", "done", "withdrawn"))},
            {"title": f"Việc {self.chance.random()}"}, {"mark": self.chance.choice(("normal", "secret"))},
            {"lead_person": self.chance.choice((self.city.officer, self.city.lead, None))},
        ))  # fmt: skip
        Task.objects.filter(pk=self.task().pk).update(**change)

    def reports(self) -> None:
        day = self.day(90)
        at = datetime.combine(day, datetime.min.time(), clock.VIETNAM)
        ProgressReport.objects.create(
            client_id=uuid4(), task=self.task(), day=day, at=at, percent=self.chance.randrange(101), words="x"
        )

    def asks(self) -> None:
        open_ones = Extension.objects.filter(decided_day__isnull=True)
        if open_ones and self.chance.random() < 0.5:
            open_ones.update(decided_day=TODAY, status="refused")
            return
        of = self.task()
        if not Extension.objects.filter(task=of, decided_day__isnull=True).exists():
            Extension.objects.create(
                client_id=uuid4(), task=of, status="asked", asked_day=self.day(9), reason="x",
                due_before=of.due_day, due_after=of.due_day + timedelta(days=9),
            )  # fmt: skip

    def measures(self) -> None:
        unit, month = self.unit(), self.chance.choice(("m3", "m4", "m5", "m6"))
        Figure.objects.filter(unit=unit, period=f"2025-0{month[1:]}").delete()
        figures(unit, **{month: self.chance.randrange(10, 90)})

    def is_found(self) -> None:
        """A check is breached, or what was found is mended."""
        found = Finding.objects.filter(closed_day__isnull=True).order_by("pk").first()
        if found and self.chance.random() < 0.5:
            Finding.objects.filter(pk=found.pk).update(closed_day=TODAY)
            return
        sent = self.sends()
        Finding.objects.create(
            form="f", unit=sent.unit, period_kind="month", period_start=sent.period_start, period=sent.period,
            check_code="c", kind="range", fields=["a"], stated=1, expected=2, difference=-1, text="Thiếu",
            submission=sent, opened_day=self.day(9),
        )  # fmt: skip

    def sends(self) -> Submission:
        month, unit = self.chance.choice((5, 6)), self.unit()
        number = Submission.objects.filter(unit=unit, period=f"2025-0{month}").count() + 1
        return Submission.objects.create(
            client_id=uuid4(), form="f", form_version=1, unit=unit, period_kind="month",
            period_start=date(2025, month, 1), period=f"2025-0{month}", version=number, values={"a": "1"}, as_of=TODAY,
            due_day=TODAY, submitted_at=clock.now(), submitted_day=TODAY,
        )  # fmt: skip

    def is_closed(self) -> None:
        """A person closes an alert while its condition holds."""
        found = Alert.objects.filter(state="open").order_by("pk").first()
        if found:
            close([found.pk], reason="Đã rõ", **self.city.as_(self.city.chair))


def standing() -> list[tuple[Any, ...]]:
    """Every alert as it stands."""
    return list(Alert.objects.order_by("pk").values_list(*STANDING))


@pytest.mark.parametrize("seed", [7, 57])
def test_whatever_happens_it_comes_to_what_a_look_at_everything_comes_to(
    ruled: City, looks: list[Scope], seed: int
) -> None:
    chance, opened, closed = Chance(ruled, seed), 0, 0
    judge_day(TODAY)
    for _ in range(STEPS):
        for _ in range(CHANGES):
            chance.happens()
        judged = judge_day(TODAY)
        opened, closed = opened + judged.opened, closed + judged.closed
        before = standing()
        Judged.objects.update(asked="")
        again = judge_day(TODAY)
        assert looks[-2].units is not None and looks[-1] == Scope()
        assert standing() == before
        assert (again.opened, again.moved, again.closed) == (0, 0, 0)
    assert opened > STEPS / 2 and closed > STEPS / 4, "chance made things happen"


def test_with_nothing_new_nothing_is_looked_at(ruled: City, looks: list[Scope]) -> None:
    for _ in range(2):
        judge_day(TODAY)
    assert looks == [Scope(), Scope([], [])]
    assert not Touched.objects.exists()


def test_a_new_day_a_changed_rule_and_what_concerns_all_are_looked_at_whole(
    ruled: City, looks: list[Scope]
) -> None:
    judge_day(TODAY)
    Rule.objects.filter(code="task_overdue").update(warning=Decimal(3))
    judge_day(TODAY)
    Unit.objects.filter(pk=ruled.world.communes[0].pk).update(name="Phường tên mới")
    judge_day(TODAY)
    FeedRun.objects.create(feed="sources", day=TODAY, state="ok", ended_at=clock.now())
    judge_day(TODAY)
    with clock.at(TODAY + timedelta(days=1)):
        judge_day(TODAY + timedelta(days=1))
    assert looks == [Scope()] * 5


def test_a_task_that_moves_touches_the_unit_that_it_left(ruled: City, looks: list[Scope]) -> None:
    judge_day(TODAY)
    left, came = ruled.world.communes[:2]
    moved = Task.objects.get(late_from__lt=TODAY)
    Task.objects.filter(pk=moved.pk).update(lead_unit=came)
    judge_day(TODAY)
    assert looks[-1].units == sorted([left.pk, came.pk])
    late = Alert.objects.filter(kind=Kind.TASK_OVERDUE, object_key=f"task:{moved.code}")
    assert dict(late.values_list("unit_id", "state")) == {left.pk: "closed", came.pk: "open"}


def test_a_figure_lets_only_the_rules_be_judged_that_read_it(ruled: City, looks: list[Scope]) -> None:
    judge_day(TODAY)
    first, second = ruled.world.communes[:2]
    figures(first, m6=20)
    judge_day(TODAY)
    over = Rule.objects.filter(kind__in=FIGURE_KINDS).order_by("pk")
    assert looks[-1] == Scope([first.pk], list(over.values_list("pk", flat=True)))
    Figure.objects.update(indicator="other")
    judge_day(TODAY)
    task(ruled, State.IN_PROGRESS_LATE)
    judge_day(TODAY)
    kinds = set(Rule.objects.filter(pk__in=looks[-1].rules or ()).values_list("kind", flat=True))
    assert kinds == {kind.value for kind in TASK_KINDS}
    assert second.pk not in (looks[-1].units or ())


def test_what_comes_of_a_source_concerns_its_owner(ruled: City, rule: Any, looks: list[Scope]) -> None:
    owner = ruled.world.communes[0]
    feeds = [rule(code=kind, kind=kind, look={}, **{**LIVE, "levels": {"watch": 1}}) for kind in FEED_KINDS]
    source = declared(owner=owner.code, freshness_hours=24)
    judge_day(TODAY)
    Batch.objects.create(
        source=source, state="failed", started_at=clock.now(), ended_at=clock.now(), origin="a"
    )
    assert judge_day(TODAY).opened == 1
    assert looks[-1] == Scope([owner.pk], sorted(each.pk for each in feeds))


def test_peers_and_neighbours_of_a_unit_are_judged_with_it(
    ruled: City, rule: Any, looks: list[Scope]
) -> None:
    spread = {"kind": "figure_spread", "compare": {"period": "month", "limit": 60}, "levels": {"watch": 2}}
    rule(code="lan", **{**LIVE, "look": {"indicator": "i"}, **spread})
    one, other = ruled.world.communes[:2]
    Neighbour.objects.bulk_create([Neighbour(unit=one, other=other), Neighbour(unit=other, other=one)])
    figures(one, m6=70)
    judge_day(TODAY)
    figures(other, m6=70)
    judge_day(TODAY)
    assert looks[-1].units == sorted([one.pk, other.pk])
    spreading = Alert.objects.filter(rule__code="lan", state="open")
    assert set(spreading.values_list("unit_id", flat=True)) == {one.pk, other.pk}
    lone = {"kind": "figure_outlier", "compare": {"period": "month"}, "levels": {"watch": 90}}
    rule(code="lech", **{**LIVE, "look": {"indicator": "i"}, **lone})
    judge_day(TODAY)
    figures(one, m5=70)
    judge_day(TODAY)
    assert set(looks[-1].units or ()) == {
        unit.pk for unit in ruled.world.communes if unit.kind == one.kind
    } | {other.pk}


def test_whatever_the_rules_read_says_when_it_changes(db: None) -> None:
    """A new kind that reads another table must let it touch (flows/migrations)."""
    composed = compose(TODAY, {kind.value: Decimal(1) for kind in Kind})
    read = set(
        re.findall(r"(?:FROM|JOIN)\s+([a-z]+_[a-z_]+)", " ".join([composed.sql, *composed.first.values()]))
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT event_object_table FROM information_schema.triggers "
                       "WHERE trigger_name LIKE '%\\_touch\\_%'")  # fmt: skip
        touching = {table for (table,) in cursor.fetchall()}
    tables = set(connection.introspection.table_names())
    # An act in the life of a task is only appended; the evidence that names it touches.
    assert read & tables - {"tasks_moment"} == touching
    assert {"tasks_task", "indicators_figure", "alerts_rule"} < touching
    assert {*READ_BY, FIGURES} < touching
