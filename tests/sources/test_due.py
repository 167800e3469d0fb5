"""When a return is due, and how it stands."""

from datetime import date

import pytest

from namro.ground.calendar import WorkingCalendar
from namro.ground.period import Kind, Period
from namro.sources.rules.due import due_day, periods_asked, return_state
from namro.sources.terms import DueRule, FormDef, ReturnState

CALENDAR = WorkingCalendar()
JUNE = Period.parse("2025-06")


def test_working_days_after_the_end_of_the_period() -> None:
    assert due_day(DueRule(working_days=5), JUNE, CALENDAR) == date(2025, 7, 7)
    assert due_day(DueRule(working_days=7), Period.parse("2025-H1"), CALENDAR) == date(2025, 7, 9)


def test_a_unit_owes_nothing_before_it_exists() -> None:
    april = Period.parse("2025-04")
    assert due_day(DueRule(working_days=5), april, CALENDAR, born=date(2025, 7, 1)) == date(2025, 7, 7)
    assert due_day(DueRule(working_days=5), JUNE, CALENDAR, born=date(2020, 1, 1)) == date(2025, 7, 7)


def test_a_fixed_day_moves_to_the_next_working_day() -> None:
    assert due_day(DueRule(day_of_month=5), JUNE, CALENDAR) == date(2025, 7, 7), "5 July 2025 is a Saturday"
    assert due_day(DueRule(day_of_month=10), JUNE, CALENDAR) == date(2025, 7, 10)


@pytest.mark.parametrize(
    ("sent", "day", "state"),
    [
        (None, date(2025, 7, 7), ReturnState.WAITING),
        (None, date(2025, 7, 8), ReturnState.MISSING),
        (date(2025, 7, 7), date(2025, 7, 9), ReturnState.ON_TIME),
        (date(2025, 7, 8), date(2025, 7, 9), ReturnState.LATE),
        (date(2025, 7, 10), date(2025, 7, 9), ReturnState.MISSING),
    ],
)
def test_how_a_return_stands_on_a_day(sent: date | None, day: date, state: ReturnState) -> None:
    assert return_state(due=date(2025, 7, 7), sent=sent, day=day) is state


def test_periods_are_asked_once_they_have_ended() -> None:
    form = FormDef(
        code="b", title="", version=1, owner="", why="", next_review=date(2026, 1, 1), period=Kind.MONTH,
        first_period="2025-04", due=DueRule(working_days=5), fields=(),
    )  # fmt: skip
    assert [p.key for p in periods_asked(form, date(2025, 7, 1))] == ["2025-04", "2025-05", "2025-06"]
    assert [p.key for p in periods_asked(form, date(2025, 6, 30))] == ["2025-04", "2025-05"]
    assert periods_asked(form, date(2025, 4, 30)) == []
