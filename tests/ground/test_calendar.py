"""The working calendar: holidays, swapped days, and the arithmetic of due dates."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.calendar import BeyondCalendar, Swap, WorkingCalendar, load_swaps
from namro.ground.reviewed import FileRefused

DANANG = Path(__file__).parents[2] / "packages" / "danang" / "calendar.yaml"
CALENDAR = WorkingCalendar(load_swaps(DANANG))

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
steps = st.integers(-600, 600)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 7, 9), True),
        (date(2025, 7, 12), False),
        (date(2025, 1, 1), False),
        (date(2025, 1, 29), False),
        (date(2025, 4, 7), False),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2025, 9, 1), False),
        (date(2025, 9, 2), False),
        (date(2024, 4, 29), False),
        (date(2024, 5, 4), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 10), True),
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), True),
        (date(2026, 4, 27), False),
    ],
)
def test_days_known_to_be_worked_or_off(day: date, working: bool) -> None:
    assert CALENDAR.is_working(day) is working


def test_a_due_date_jumps_over_the_long_holiday_and_lands_on_the_worked_saturday() -> None:
    assert CALENDAR.add_working_days(date(2025, 4, 25), 1) == date(2025, 4, 26)
    assert CALENDAR.add_working_days(date(2025, 4, 29), 1) == date(2025, 5, 5)
    assert CALENDAR.add_working_days(date(2025, 5, 5), -1) == date(2025, 4, 29)
    assert CALENDAR.next_working(date(2025, 4, 30)) == date(2025, 5, 5)
    assert CALENDAR.next_working(date(2025, 5, 5)) == date(2025, 5, 5)


def test_between_leaves_out_the_first_day_and_counts_the_last() -> None:
    assert CALENDAR.working_days_between(date(2025, 7, 7), date(2025, 7, 11)) == 4
    assert CALENDAR.working_days_between(date(2025, 7, 11), date(2025, 7, 7)) == -4
    assert CALENDAR.working_days_between(date(2025, 7, 5), date(2025, 7, 6)) == 0


@given(days, steps)
def test_adding_then_taking_away_leads_back_to_a_working_day(day: date, n: int) -> None:
    start = CALENDAR.next_working(day)
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, n), -n) == start


@given(days, st.integers(1, 600))
def test_what_is_added_can_be_counted(day: date, n: int) -> None:
    end = CALENDAR.add_working_days(day, n)
    assert CALENDAR.is_working(end)
    assert CALENDAR.working_days_between(day, end) == n
    assert CALENDAR.working_days_between(end, day) == -n


@given(days, days, steps)
def test_a_later_start_never_ends_earlier(a: date, b: date, n: int) -> None:
    first, last = sorted((a, b))
    assert CALENDAR.add_working_days(first, n) <= CALENDAR.add_working_days(last, n)


@given(days, days, days)
def test_stretches_of_days_add_up(a: date, b: date, c: date) -> None:
    between = CALENDAR.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)


@given(days, st.integers(0, 400))
def test_counting_agrees_with_looking_at_each_day(day: date, length: int) -> None:
    walked = sum(CALENDAR.is_working(day + timedelta(days=i)) for i in range(1, length + 1))
    assert CALENDAR.working_days_between(day, day + timedelta(days=length)) == walked


def test_zero_days_are_the_day_itself() -> None:
    assert CALENDAR.add_working_days(date(2025, 7, 12), 0) == date(2025, 7, 12)


def test_the_table_goes_before_the_library() -> None:
    swaps = [Swap(date(2025, 7, 9), date(2025, 9, 2), "thử", "unverified")]
    calendar = WorkingCalendar(swaps)
    assert not calendar.is_working(date(2025, 7, 9))
    assert calendar.is_working(date(2025, 9, 2))


def test_years_without_known_holidays_are_refused_in_a_sentence() -> None:
    with pytest.raises(BeyondCalendar, match="không có năm 2101"):
        CALENDAR.is_working(date(2101, 1, 1))
    with pytest.raises(BeyondCalendar, match="2101"):
        CALENDAR.add_working_days(date(2100, 12, 31), 5)


GOOD = (
    "swaps:\n  - day_off: 2025-05-02\n    worked: 2025-04-26\n    source: thông báo\n    standing: public\n"
)


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("    source: thông báo\n", "", "dòng 2: thiếu “source”"),
        ("public", "rumour", "dòng 2: “standing” phải là một trong"),
        ("2025-05-02", "02/05/2025", "dòng 2: “day_off” và “worked” phải là ngày"),
        ("2025-05-02", "2025-05-03", "dòng 2: 2025-05-03 là ngày cuối tuần"),
        ("day_off", "off", "dòng 2: không có mục"),
        ("day_off", "worked", "có hai lần"),
        ("swaps:", "swaps: [", "calendar.yaml, dòng"),
        (GOOD, "- 1\n", "dòng 1: tệp phải là một bảng"),
    ],
)
def test_a_wrong_table_is_refused_with_file_and_line(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert load_swaps(path) == (Swap(date(2025, 5, 2), date(2025, 4, 26), "thông báo", "public"),)
    path.write_text(GOOD.replace(was, becomes), encoding="utf-8")
    with pytest.raises(FileRefused, match=message):
        load_swaps(path)
