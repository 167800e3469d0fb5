"""The stories of the demo: every act on a working day, in an allowed order, ending in the state its name promises."""

import csv
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.flows.demo.material import Material
from namro.flows.demo.national import dates_for
from namro.flows.demo.plan import TaskPlan
from namro.flows.demo.stories import STORIES, tell
from namro.flows.demo.teller import Beat, Teller
from namro.ground.calendar import WorkingCalendar, load_swaps
from namro.tasks.rules import BY_VERB, spans_of, standing_after
from namro.tasks.terms import Event, Stage, State, Verb

PACKAGE = Path(__file__).parents[3] / "packages" / "danang"
TODAY = date(2025, 7, 9)
MATERIAL = Material(PACKAGE / "demo" / "tasks")
CALENDAR = WorkingCalendar(load_swaps(PACKAGE / "calendar.yaml"))
WRITTEN = MATERIAL.written_tasks()
ENDS = {
    "done": State.DONE,
    "done_late": State.DONE_LATE,
    "done_extended": State.DONE,
    "waiting": State.NOT_STARTED,
    "new": State.NOT_STARTED,
    "overdue": State.IN_PROGRESS_LATE,
    "overdue_idle": State.NOT_STARTED_LATE,
    "overdue_asked": State.IN_PROGRESS_LATE,
    "overdue_refused": State.IN_PROGRESS_LATE,
}


def told(plan: TaskPlan, seed: object = 0) -> list[Beat]:
    return tell(Teller(plan, CALENDAR, MATERIAL.words, Random(str(seed)), TODAY))


def late_after(due: date) -> date:
    return CALENDAR.next_working(due) + timedelta(days=1)


def state_today(beats: list[Beat]) -> State:
    trail = standing_after([Event(beat.verb, beat.day, beat.due) for beat in beats], late_after)
    return next(span.state for span in spans_of(trail) if span.start <= TODAY < span.end)


def check_order(beats: list[Beat]) -> None:
    stage = Stage.DRAFT
    for beat in beats[1:]:
        row = BY_VERB[beat.verb]
        assert stage in row.sources, (beat, stage)
        stage = row.target or stage
    assert all(earlier.day <= later.day for earlier, later in pairwise(beats))
    assert all(CALENDAR.is_working(beat.day) and beat.day <= TODAY for beat in beats)


def brief(story: str, start: date, due: date) -> TaskPlan:
    later = CALENDAR.add_working_days(due, 30)
    return TaskPlan(
        code="X", register="tw", directive="nq71", title="Làm sạch dữ liệu", lead="A", supervisor="B", start=start,
        due=due, story=story, result="Kết quả.", authority="C", climbs_to="D", extend_to=later, brief=True,
    )  # fmt: skip


@pytest.mark.parametrize("plan", WRITTEN, ids=lambda plan: plan.code)
def test_a_written_task_ends_as_its_story_promises(plan: TaskPlan) -> None:
    beats = told(plan, plan.code)
    check_order(beats)
    assert state_today(beats) == ENDS.get(plan.story, State.IN_PROGRESS)


@given(
    story=st.sampled_from(
        ["done", "done_late", "overdue", "overdue_idle", "working", "waiting", "new", "extended"]
    ),
    given_on=st.sampled_from(
        [directive.day for directive in MATERIAL.directives if directive.register == "tw"]
    ),
    seed=st.integers(0, 10_000),
)
def test_dates_of_the_country_let_every_story_come_true(story: str, given_on: date, seed: int) -> None:
    start, due = dates_for(given_on, story, CALENDAR, Random(seed), TODAY)
    beats = told(brief(story, start, due), seed)
    check_order(beats)
    assert state_today(beats) == ENDS.get(story, State.IN_PROGRESS)


@pytest.mark.parametrize("story", ["done", "done_late", "overdue", "overdue_idle"])
@pytest.mark.parametrize("due", [date(2025, 7, 4), date(2025, 7, 7)])
def test_the_first_days_of_the_communes_are_long_enough(story: str, due: date) -> None:
    for seed in range(40):
        beats = told(brief(story, date(2025, 7, 1), due), seed)
        check_order(beats)
        assert state_today(beats) == ENDS[story]


def test_work_is_given_only_to_agencies_that_stand_on_that_day() -> None:
    with (PACKAGE / "units" / "agencies.csv").open(encoding="utf-8") as lines:
        since = {row["code"]: row["valid_from"] for row in csv.DictReader(lines)}
    too_early = [
        plan.code
        for plan in WRITTEN
        if since[plan.lead] and date.fromisoformat(since[plan.lead]) > (plan.issue or plan.start)
    ]
    assert too_early == []


def test_children_are_open_only_under_work_that_is_open() -> None:
    done = {plan.code for plan in WRITTEN if plan.story.startswith("done")}
    codes = {plan.code for plan in WRITTEN}
    assert all(plan.parent in codes for plan in WRITTEN if plan.parent)
    assert [plan.code for plan in WRITTEN if plan.parent in done and plan.code not in done] == []


def test_more_time_is_granted_only_with_name_and_document() -> None:
    grants = [beat for plan in WRITTEN for beat in told(plan, plan.code) if beat.verb == Verb.GRANT_EXTENSION]
    assert len(grants) >= 8
    assert all(beat.data["granted_by"] and "số minh họa" in beat.data["document"] for beat in grants)


def test_every_story_is_told_by_some_written_task_or_by_the_generators() -> None:
    assert {plan.story for plan in WRITTEN} | {"overdue_idle"} == set(STORIES)


def test_the_same_seed_tells_the_same() -> None:
    assert told(WRITTEN[0], "a") == told(WRITTEN[0], "a")
