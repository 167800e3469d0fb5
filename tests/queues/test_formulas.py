"""The simulator against the known formulas; the interval against the truths it promises to hold."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.queues.formulas import erlang
from namro.queues.formulas.comparing import Asked, Line, compare, needed, pooled, specialised
from namro.queues.formulas.rhythm import Day, poisson, visits_of
from namro.queues.formulas.simulation import Served, Visit, run_day
from namro.queues.formulas.waiting import (
    ENOUGH,
    Past,
    bounds,
    calibrate,
    covered,
    expected_wait,
    kind_of,
    on_the_clock,
)
from namro.queues.rules.booking import open_minutes
from namro.queues.terms import Demand, Interval, Rhythm, ServiceLoad, Turns

ONE = frozenset({0})
HALVES = ((450.0, 690.0), (810.0, 1050.0))
RHYTHM = Rhythm(
    HALVES, 30, ((450, 3.0), (480, 3.0), (540, 2.0), (810, 2.0), (870, 1.0)), (1.2, 1.0, 1.0, 0.9, 0.9),
    (ServiceLoad("a", 0.6, 7, 4), ServiceLoad("b", 0.4, 12, 6)), Demand(80, 1.6, 0.25, 10), (("cao_tuoi", 0.1),),
    Turns(15, 15, (("cao_tuoi", 20),)),
)  # fmt: skip


def steady(
    rate: float, counters: int, n: int, length: Callable[[random.Random], float], seed: int
) -> list[Served]:
    """Return a long run of Poisson arrivals, without its beginning."""
    chance, now, visits = random.Random(seed), 0.0, []
    for _ in range(n):
        now += chance.expovariate(rate)
        visits.append(Visit(now, 0, length(chance), now))
    return run_day(visits, [ONE] * counters)[n // 10 :]


def exponential(chance: random.Random) -> float:
    return chance.expovariate(1 / 10)


def agrees(means: list[float], known: float) -> None:
    """Demand that the runs lie about the known value: no farther than three standard errors, which must be small."""
    error = stdev(means) / len(means) ** 0.5
    assert error < 0.08 * known
    assert abs(fmean(means) - known) < 3 * error


@pytest.mark.parametrize(("rate", "counters"), [(0.05, 1), (0.12, 2), (0.3, 5)])
def test_the_simulator_waits_as_erlang_says(rate: float, counters: int) -> None:
    runs = [steady(rate, counters, 4_000, exponential, seed) for seed in range(10)]
    agrees([fmean(each.waited for each in run) for run in runs], erlang.mean_wait(rate, 10, counters))
    agrees([fmean(each.waited > 0 for each in run) for run in runs], erlang.erlang_c(rate * 10, counters))


def test_the_simulator_waits_as_pollaczek_and_khinchine_say() -> None:
    runs = [steady(0.06, 1, 3_000, lambda chance: 10.0, seed) for seed in range(8)]
    agrees([fmean(each.waited for each in run) for run in runs], erlang.mean_wait_one_server(0.06, 10, 0))


def test_erlang_agrees_with_what_is_worked_out_by_hand() -> None:
    assert erlang.erlang_c(0.5, 1) == pytest.approx(0.5)  # one server: the load itself
    assert erlang.erlang_c(1.0, 2) == pytest.approx(1 / 3)  # (1/2·2) / (1 + 1 + 1)
    assert erlang.erlang_b(2.0, 2) == pytest.approx(0.4)  # 2 / (1 + 2 + 2)
    assert erlang.mean_wait(0.05, 10, 1) == pytest.approx(10)
    assert erlang.mean_wait(0.1, 10, 1) == float("inf")
    assert erlang.erlang_c(2, 2) == 1
    assert erlang.servers_needed(0.3, 10, 2.0) == 5


@given(st.integers(1, 5), st.integers(0, 10_000))
def test_everybody_is_served_once_by_turn_and_no_counter_serves_two(counters: int, seed: int) -> None:
    visits = visits_of(RHYTHM, Day(seed % 5, 0.5, 0.3), random.Random(seed))
    served = run_day(visits, pooled(2, counters), HALVES)
    assert sorted(id(each.visit) for each in served) == sorted(map(id, visits))
    for counter in range(counters):
        here = sorted((each.called, each.ended) for each in served if each.counter == counter)
        assert all(ended <= called for (_, ended), (called, _) in pairwise(here))
    assert all(each.called >= each.visit.arrived for each in served)
    assert not any(690 < each.called < 810 or each.called < 450 for each in served)
    for first, second in pairwise(served):
        assert second.visit.arrived > first.called or first.visit.turn <= second.visit.turn


def test_who_looks_sees_who_is_called_before() -> None:
    seen = {}
    visits = [Visit(0, 0, 10, 0), Visit(1, 0, 10, 1), Visit(2, 1, 10, 2), Visit(3, 0, 10, -5)]
    run_day(visits, [frozenset({0, 1})], look=lambda visit, told: seen.setdefault(visit.arrived, told))
    assert [(seen[at].ahead, seen[at].busy) for at in range(4)] == [
        ((0, 0), 0),
        ((0, 0), 1),
        ((1, 0), 1),
        ((0, 0), 1),
    ]


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=6), st.integers(1, 12))
def test_every_service_has_a_counter_of_its_field(loads: list[float], counters: int) -> None:
    desks = specialised(loads, counters)
    assert len(desks) == counters
    assert frozenset().union(*desks) == frozenset(range(len(loads)))
    assert counters < len(loads) or all(len(desk) == 1 for desk in desks)


def test_the_comparison_is_the_same_again_and_the_new_line_needs_fewer_counters() -> None:
    asked = Asked(range(2, 7), 8, 3, 0.6, 0.3, 30)
    found = compare(RHYTHM, asked)
    assert found == compare(RHYTHM, asked)
    assert [each.line for each in found[::5]] == list(Line)
    by_line = {line: needed(found, line) or 99 for line in Line}
    assert by_line[Line.BOOKED] <= by_line[Line.ONLINE] < by_line[Line.NUMBERS] <= by_line[Line.OLD]
    for line in Line:
        waits = [each.mean_wait for each in found if each.line == line]
        assert waits == sorted(waits, reverse=True) or line is Line.OLD


def test_poisson_has_its_mean() -> None:
    chance = random.Random(5)
    assert fmean(poisson(40, chance) for _ in range(2000)) == pytest.approx(40, rel=0.02)


def test_an_expectation_counts_the_work_ahead() -> None:
    assert expected_wait([0, 0], [6, 10], service=0, counters=2, busy=1) == 0
    assert expected_wait([0, 0], [6, 10], service=0, counters=2, busy=2) == 2
    assert expected_wait([3, 1], [6, 10], service=0, counters=2, busy=2) == 16
    assert expected_wait([1], [6], service=0, counters=0, busy=1) == 9  # nobody is there yet: as if one were


def test_what_is_told_stands_on_the_clock_lunch_and_night_included() -> None:
    assert on_the_clock(Interval(5, 20, is_calibrated=True), 680, HALVES) == Interval(
        5, 140, is_calibrated=True
    )
    assert on_the_clock(Interval(0, 10, is_calibrated=True), 7, HALVES) == Interval(
        443, 453, is_calibrated=True
    )


def test_the_interval_holds_the_share_it_promises_on_waits_it_has_not_seen() -> None:
    """Days by chance, told one after the other, the first twenty to learn from, counted on the forty after."""
    inside = told = 0
    past: list[Past] = []
    for number in range(60):
        chance = random.Random(f"calibrated/{number}")
        rhythm = replace(RHYTHM, demand=replace(RHYTHM.demand, dossiers=90))
        waits = _day_of_waits(rhythm, number, chance)
        calibration = calibrate(past[-1200:], usual=9.0, level=0.8)
        for each in waits if number >= 20 else ():
            shown = calibration.interval(each.expected)
            assert shown.is_calibrated
            told, inside = told + 1, inside + covered(shown.low, shown.high, each.waited)
        past += waits
    assert told > 2000
    # Whole minutes are rounded outwards, so that a little more falls inside than was promised.
    assert 0.78 <= inside / told <= 0.9


def _day_of_waits(rhythm: Rhythm, number: int, chance: random.Random) -> list[Past]:
    expected: dict[int, float] = {}
    visits = visits_of(rhythm, Day(number % 5, 0.5, 0.2), chance)
    lengths = [each.minutes for each in rhythm.services]

    def look(visit: Visit, seen) -> None:
        expected[id(visit)] = expected_wait(
            seen.ahead, lengths, service=visit.service, counters=seen.counters, busy=seen.busy
        )

    served = run_day(visits, pooled(2, 3), HALVES, look)
    return [
        Past(expected[id(each.visit)], open_minutes(each.visit.arrived, each.called, HALVES))
        for each in served
    ]


def test_too_little_history_says_so() -> None:
    few = calibrate([Past(10, 12)] * (ENOUGH - 1), usual=8, level=0.8)
    assert few.interval(10) == replace(few.interval(10), low=5, high=26, is_calibrated=False)
    enough = calibrate([Past(10, 12)] * ENOUGH, usual=8, level=0.8)
    assert (enough.interval(10).low, enough.interval(10).high, enough.interval(10).is_calibrated) == (
        12,
        12,
        True,
    )
    assert kind_of(10) != kind_of(0)
    assert not enough.interval(0).is_calibrated


@given(st.lists(st.floats(-1, 5), min_size=ENOUGH, max_size=300), st.floats(0.5, 0.95))
def test_the_bounds_hold_at_least_the_share_of_the_errors_they_are_made_of(
    errors: list[float], level: float
) -> None:
    low, high = bounds(sorted(errors), level)
    assert sum(low <= error <= high for error in errors) / len(errors) >= level - 1 / len(errors)
