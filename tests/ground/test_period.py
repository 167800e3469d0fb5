"""Periods cut time without gap or overlap, and their keys come back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.period import Kind, Period

days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
kinds = st.sampled_from(list(Kind))


@pytest.mark.parametrize(
    ("kind", "key", "label", "start", "end"),
    [
        ("day", "2025-07-09", "ngày 09/07/2025", date(2025, 7, 9), date(2025, 7, 9)),
        ("week", "2025-W28", "tuần 28/2025", date(2025, 7, 7), date(2025, 7, 13)),
        ("month", "2025-07", "tháng 7/2025", date(2025, 7, 1), date(2025, 7, 31)),
        ("quarter", "2025-Q3", "quý III/2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("half", "2025-H2", "6 tháng cuối năm 2025", date(2025, 7, 1), date(2025, 12, 31)),
        ("year", "2025", "năm 2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_periods_of_the_demo_day(kind: str, key: str, label: str, start: date, end: date) -> None:
    period = Period.containing(kind, date(2025, 7, 9))
    assert (period.key, period.label, period.start, period.end) == (key, label, start, end)
    assert Period.parse(key) == period


def test_first_half_and_the_week_that_belongs_to_the_next_year() -> None:
    assert Period.parse("2025-H1").label == "6 tháng đầu năm 2025"
    assert Period.containing("week", date(2024, 12, 30)).key == "2025-W01"


@given(kinds, days)
def test_a_day_lies_in_exactly_one_period_of_a_kind(kind: Kind, day: date) -> None:
    period = Period.containing(kind, day)
    assert period.contains(day)
    assert not period.previous().contains(day)
    assert not period.next().contains(day)
    assert period.previous().end + timedelta(days=1) == period.start
    assert period.end + timedelta(days=1) == period.next().start


@given(kinds, days)
def test_every_day_of_a_period_leads_back_to_it(kind: Kind, day: date) -> None:
    period = Period.containing(kind, day)
    assert Period.containing(kind, period.start) == Period.containing(kind, period.end) == period


@given(kinds, days)
def test_the_key_comes_back(kind: Kind, day: date) -> None:
    period = Period.containing(kind, day)
    assert Period.parse(period.key) == period
    assert period.next().previous() == period


@given(kinds, st.lists(days, max_size=8))
def test_periods_of_a_kind_order_as_their_days(kind: Kind, some: list[date]) -> None:
    assert sorted(Period.containing(kind, day) for day in some) == [
        Period.containing(kind, day) for day in sorted(some)
    ]


def test_the_shorter_of_two_that_begin_together_comes_first() -> None:
    keys = ["2025", "2025-H1", "2025-Q1", "2025-01", "2025-01-01"]
    assert [period.key for period in sorted(map(Period.parse, keys))] == list(reversed(keys))


@pytest.mark.parametrize(
    "key", ["", "2025-13", "2025-W54", "2025-Q5", "2025-H3", "2025-02-30", "25", "2025-Q", "٢٠٢٥"]
)
def test_keys_that_are_none_are_refused(key: str) -> None:
    with pytest.raises(ValueError, match="không hợp lệ"):
        Period.parse(key)


def test_a_start_inside_a_period_is_refused() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        Period(Kind.MONTH, date(2025, 7, 9))
    with pytest.raises(ValueError, match="decade"):
        Period.containing("decade", date(2025, 7, 9))


def test_a_period_can_be_a_key_of_a_table_and_takes_the_kind_as_text() -> None:
    assert {Period("month", date(2025, 7, 1)): 1}[Period.parse("2025-07")] == 1  # type: ignore[arg-type]
