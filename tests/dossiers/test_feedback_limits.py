"""The limits of feedback: what is owed by when, what comes after what, and files that are refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.house.building import PACKAGE

from namro.dossiers.catalog import KindLimits, read_feedback
from namro.dossiers.formulas.answering import answer_by_after, late_since, owed
from namro.dossiers.rules import FEEDBACK_TRANSITIONS, check_can_feedback
from namro.dossiers.terms import FeedbackState, FeedbackVerb
from namro.ground.calendar import WorkingCalendar
from namro.ground.reviewed import FileRefused
from namro.organisation.terms import Refused

CALENDAR = WorkingCalendar()
WORKING = KindLimits(2, 5, 10, 15, 2, "working", "766", is_sure=True)
PLAIN = KindLimits(10, 10, 15, 40, 2, "calendar", "Luật Khiếu nại", is_sure=False)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(DAYS, st.sampled_from([WORKING, PLAIN]))
def test_every_limit_ends_on_a_working_day_after_reception(received: date, limits: KindLimits) -> None:
    due = owed(received, limits, CALENDAR)
    assert received < due.judge_by <= due.asked_by <= due.answer_by
    assert all(CALENDAR.is_working(day) for day in (due.judge_by, due.asked_by, due.answer_by))


def test_tet_does_not_count() -> None:
    due = owed(date(2026, 2, 12), WORKING, CALENDAR)  # the Thursday before Tết
    assert (due.judge_by, due.asked_by) == (date(2026, 2, 23), date(2026, 2, 26))


@given(DAYS, st.integers(0, 30), st.integers(0, 60), st.sampled_from([WORKING, PLAIN]))
def test_awaiting_the_sender_never_shortens_the_answer(
    received: date, asked: int, more: int, limits: KindLimits
) -> None:
    answer_by = owed(received, limits, CALENDAR).answer_by
    on = received + timedelta(days=asked)
    moved = answer_by_after(answer_by, on, on + timedelta(days=more), limits.unit, CALENDAR)
    assert moved >= answer_by
    assert moved == answer_by or on <= answer_by


@given(st.none() | DAYS, st.none() | DAYS, DAYS)
def test_lateness_is_never_erased(noted: date | None, limit: date | None, day: date) -> None:
    found = late_since(noted, limit, day)
    if noted is not None:
        assert found == noted
    elif limit is not None:
        assert (found is not None) == (day > limit)


@given(st.lists(st.sampled_from([verb for verb in FeedbackVerb if verb != FeedbackVerb.SEND]), max_size=12))
def test_the_state_table_walked_at_random_answers_before_it_publishes(walk: list[FeedbackVerb]) -> None:
    class Anywhere:
        def can(self, _capability: Any) -> bool:
            return True

        def sees_unit(self, _unit: int) -> bool:
            return True

    by_sender = {row.verb for row in FEEDBACK_TRANSITIONS if row.by_sender}
    state, seen = FeedbackState.RECEIVED, [FeedbackState.RECEIVED]
    for verb in walk:
        who: Any = None if verb in by_sender else Anywhere()
        try:
            state = check_can_feedback(verb, state, 1, who).target or state
        except Refused:
            continue
        seen.append(state)
    if FeedbackState.PUBLISHED in seen:
        assert FeedbackState.ANSWERED in seen
        assert {FeedbackState.TAKEN, FeedbackState.SUPPLEMENT_ASKED} & set(seen)
    assert not (FeedbackState.RETURNED in seen and FeedbackState.PUBLISHED in seen)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("supplement_stops_clock: true", "supplement_stops_clock: có", "true hoặc false"),
        ("kind: complaint", "kind: feedback", "phải có đủ"),
        ("answer: 40", "answer: 0", "một số ngày"),
        ("    wait: 15\n", "", "wait"),
        ("unit: calendar", "unit: tuần", "“unit” phải là"),
        ("standing: unverified", "standing: chắc", "“standing” phải là"),
    ],
)
def test_a_fault_of_the_limits_is_told(tmp_path: Any, old: str, new: str, told: str) -> None:
    said = (PACKAGE / "dossiers" / "feedback.yaml").read_text(encoding="utf-8")
    assert old in said
    (tmp_path / "feedback.yaml").write_text(said.replace(old, new), encoding="utf-8")
    with pytest.raises(FileRefused, match=told):
        read_feedback(tmp_path / "feedback.yaml")
