"""Whose turn it is: nobody is passed by who comes much later, an appointment never harms, and who waits is served."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.organisation.terms import Refused
from namro.queues.rules.booking import check_slot, minute_of_text, open_minutes, slots_of, through_hours
from namro.queues.rules.order import in_order, not_in_future, turn_of
from namro.queues.terms import Turns

TURNS = Turns(15.0, 10.0, (("cao_tuoi", 20.0), ("co_cong", 5.0)))
HALVES = ((450.0, 690.0), (810.0, 1050.0))
minutes = st.integers(450, 1050).map(float)
classes = st.sampled_from(["", "cao_tuoi", "co_cong", "khong_co"])


@dataclass(frozen=True)
class Came:
    """Somebody in the hall."""

    arrived: float
    turn: float
    serial: int


@st.composite
def halls(draw: st.DrawFn) -> list[Came]:
    """People who came in the order of their numbers, some with an appointment, some early or late for it."""
    rows = draw(st.lists(st.tuples(minutes, classes, st.none() | minutes), max_size=30))
    came = sorted(rows, key=lambda row: row[0])
    return [
        Came(arrived, turn_of(arrived, TURNS, priority=priority, slot=slot), serial)
        for serial, (arrived, priority, slot) in enumerate(came)
    ]


@given(halls())
def test_nobody_is_passed_by_who_comes_later_than_the_most_that_may_be_ahead(hall: list[Came]) -> None:
    called = in_order(hall)
    for place, early in enumerate(called):
        assert all(early.arrived - late.arrived <= TURNS.most for late in called[place + 1 :])


@given(halls())
def test_walk_ins_are_called_as_they_came(hall: list[Came]) -> None:
    walked = [each for each in in_order(hall) if each.turn == each.arrived]
    assert walked == sorted(walked, key=lambda each: (each.arrived, each.serial))
    assert sorted(in_order(hall), key=lambda each: each.serial) == hall


@given(minutes, classes, minutes)
def test_an_appointment_never_makes_it_later_and_a_priority_class_never_either(
    arrived: float, priority: str, slot: float
) -> None:
    walked = turn_of(arrived, TURNS)
    assert turn_of(arrived, TURNS, slot=slot) <= walked
    assert turn_of(arrived, TURNS, priority=priority, slot=slot) <= turn_of(arrived, TURNS, slot=slot)


def test_an_appointment_counts_as_come_before_its_time_unless_it_comes_too_late() -> None:
    nine = 540.0
    assert turn_of(nine - 5, TURNS, slot=nine) == nine - 15
    assert turn_of(nine + 10, TURNS, slot=nine) == nine - 15
    assert turn_of(nine + 11, TURNS, slot=nine) == nine + 11
    assert turn_of(nine - 40, TURNS, slot=nine) == nine - 40
    assert turn_of(nine, TURNS, priority="cao_tuoi", slot=nine) == nine - 35


@given(minutes, minutes)
def test_nobody_came_later_than_now(stamp: float, now: float) -> None:
    assert not_in_future(stamp, now) <= now
    assert not_in_future(stamp, now) in {stamp, now}


def test_slots_end_before_the_office_closes() -> None:
    slots = slots_of(HALVES, 45)
    assert slots[:2] == [450, 495]
    assert all(any(opens <= slot and slot + 45 <= closes for opens, closes in HALVES) for slot in slots)


@given(st.floats(0, 1439), st.floats(0, 300))
def test_work_takes_at_least_its_time_and_waits_for_the_office_to_open(now: float, work: float) -> None:
    passed = through_hours(now, work, HALVES)
    assert passed >= work - 1e-9
    if now < HALVES[0][0]:
        assert now + passed >= HALVES[0][0]


@given(st.floats(0, 1000), st.floats(1, 300))
def test_work_of_a_wait_is_what_the_hours_were_made_of(now: float, work: float) -> None:
    assert open_minutes(now, now + through_hours(now, work, HALVES), HALVES) == pytest.approx(work)


def test_lunch_stands_between_work_and_its_end() -> None:
    assert through_hours(680, 20, HALVES) == 140  # ten minutes before lunch, two hours of it, ten after
    assert through_hours(700, 0, HALVES) == 110
    assert through_hours(1040, 60, HALVES) == 60


@pytest.mark.parametrize("text", ["", "7h30", "25:00", None])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="không phải giờ"):
        minute_of_text(text)


def test_a_slot_that_is_none_or_has_passed_is_refused() -> None:
    from datetime import date

    day, other = date(2025, 7, 9), date(2025, 7, 12)
    said = {"offered": [day], "slots": [540, 570], "now": 550.0, "today": day}
    with pytest.raises(Refused, match="không nhận đặt hẹn"):
        check_slot(540, other, **said)
    with pytest.raises(Refused, match="Không có giờ hẹn 09:01"):
        check_slot(541, day, **said)
    with pytest.raises(Refused, match="đã qua"):
        check_slot(540, day, **said)
    check_slot(570, day, **said)
