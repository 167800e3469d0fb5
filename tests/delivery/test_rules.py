"""When a notice goes out: never before its moment, never in quiet hours, never on a free day it waits for."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.delivery.rules import (
    channels_of,
    check_choice,
    due_at,
    is_open,
    is_quiet,
    required_of,
    wait_after,
)
from namro.delivery.terms import Channel, Level, LevelRule, PolicyDef, When
from namro.ground.calendar import WorkingCalendar
from namro.ground.clock import VIETNAM
from namro.organisation.terms import Refused, Role

IS_WORKING = WorkingCalendar().is_working
POLICY = PolicyDef(required={Role.AGENCY_LEAD: {Level.CRITICAL: frozenset({Channel.EMAIL})}})
MINUTES = 4 * 365 * 24 * 60
MOMENTS = st.integers(0, MINUTES).map(
    lambda minutes: datetime(2024, 1, 1, tzinfo=VIETNAM) + timedelta(minutes=minutes)
)
TIMES = st.times().map(lambda t: t.replace(second=0, microsecond=0))
QUIET = st.none() | st.tuples(TIMES, TIMES)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("told", "level", "sent"),
    [
        ("2025-07-09 23:10", Level.CRITICAL, "2025-07-09 23:10"),
        ("2025-07-09 10:00", Level.WARNING, "2025-07-09 10:05"),
        ("2025-07-09 20:58", Level.WARNING, "2025-07-10 06:30"),  # five minutes on it is night
        ("2025-07-10 02:00", Level.WARNING, "2025-07-10 06:30"),
        ("2025-07-12 10:00", Level.WARNING, "2025-07-12 10:05"),  # warnings do not wait for Monday
        ("2025-07-09 07:30", Level.WATCH, "2025-07-09 07:30"),
        ("2025-07-09 07:31", Level.WATCH, "2025-07-09 13:30"),
        ("2025-07-09 13:31", Level.INFO, "2025-07-10 07:30"),
        ("2025-07-11 14:00", Level.WATCH, "2025-07-14 07:30"),  # Friday afternoon: Monday morning
        ("2025-01-24 14:00", Level.WATCH, "2025-02-03 07:30"),  # the last working day before Tết
    ],
)
def test_the_moment_of_each_level(told: str, level: Level, sent: str) -> None:
    assert due_at(at(told), level, POLICY, IS_WORKING) == at(sent)


@given(MOMENTS, st.sampled_from(Level))
def test_nothing_goes_before_its_moment_nor_in_quiet_hours_nor_waits_for_ever(moment, level) -> None:
    sent = due_at(moment, level, POLICY, IS_WORKING)
    assert sent >= moment
    assert is_open(sent, POLICY.levels[level], IS_WORKING)
    assert sent - moment < timedelta(days=12)  # Tết is the longest rest


@given(MOMENTS, QUIET, st.booleans(), st.integers(0, 600))
def test_a_level_of_any_hours_finds_an_open_moment(moment, quiet, working_days, minutes) -> None:
    rule = LevelRule(When.SOON, minutes=minutes, quiet=quiet, working_days=working_days)
    policy = PolicyDef(levels=dict.fromkeys(Level, rule))
    sent = due_at(moment, Level.WATCH, policy, IS_WORKING)
    assert sent >= moment + timedelta(minutes=minutes)
    whole_day = quiet is not None and quiet[0] == quiet[1]
    assert whole_day or is_open(sent, rule, IS_WORKING)


@given(MOMENTS, MOMENTS)
def test_what_is_told_later_never_overtakes(first, second) -> None:
    earlier, later = sorted((first, second))
    for level in Level:
        assert due_at(earlier, level, POLICY, IS_WORKING) <= due_at(later, level, POLICY, IS_WORKING)


@given(TIMES, st.tuples(TIMES, TIMES))
def test_quiet_hours_run_over_midnight(hour, quiet) -> None:
    start, end = quiet
    minutes = lambda t: t.hour * 60 + t.minute  # noqa: E731
    inside = (minutes(hour) - minutes(start)) % 1440 < (minutes(end) - minutes(start)) % 1440
    assert is_quiet(hour, quiet) == (inside or start == end)


def test_a_role_must_receive_what_the_place_says_and_may_choose_the_rest() -> None:
    off = {(Level.CRITICAL, Channel.EMAIL): False, (Level.WATCH, Channel.EMAIL): False}
    lead = [Role.AGENCY_LEAD]
    assert required_of(lead, Level.CRITICAL, POLICY) == {Channel.EMAIL}
    assert Channel.EMAIL in channels_of(lead, Level.CRITICAL, off, POLICY)
    assert Channel.EMAIL not in channels_of([Role.CLERK], Level.CRITICAL, off, POLICY)
    assert Channel.EMAIL not in channels_of(lead, Level.WATCH, off, POLICY)
    # Where a webhook listens, it says itself from which level up: it is on until switched off.
    assert channels_of(lead, Level.INFO, {}, POLICY) == {Channel.WEBHOOK}
    assert channels_of(lead, Level.INFO, {(Level.INFO, Channel.WEBHOOK): False}, POLICY) == set()


def test_switching_off_what_is_required_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="Nghiêm trọng"):
        check_choice([Role.AGENCY_LEAD], Level.CRITICAL, Channel.EMAIL, False, POLICY)
    check_choice([Role.AGENCY_LEAD], Level.CRITICAL, Channel.EMAIL, True, POLICY)
    check_choice([Role.CLERK], Level.CRITICAL, Channel.EMAIL, False, POLICY)


def test_each_try_waits_longer_up_to_four_hours() -> None:
    waits = [wait_after(n) for n in range(1, 20)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=4)


def test_a_day_has_its_digests() -> None:
    day = [datetime.combine(date(2025, 7, 9), time(hour), VIETNAM) for hour in range(24)]
    sent = {due_at(moment, Level.WATCH, POLICY, IS_WORKING) for moment in day}
    assert sent == {at("2025-07-09 07:30"), at("2025-07-09 13:30"), at("2025-07-10 07:30")}
