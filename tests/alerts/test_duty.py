"""The roster: who stands duty when, who hears then, and what may be done with it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from tests.alerts.conftest import City, seen
from tests.builders import TODAY, person

from namro.alerts.actions import end_duty, hand_over_duty, judge, put_on_duty
from namro.alerts.models import Duty
from namro.alerts.queries import on_duty, roster
from namro.alerts.rules import is_on_duty
from namro.alerts.terms import Shift
from namro.delivery.models import Told, Untold
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Role

DAY = timedelta(days=1)
MORNING = datetime.combine(TODAY, time(9), VIETNAM)
moments = st.integers(0, 30 * 24 * 60).map(
    lambda n: datetime(2025, 7, 1, tzinfo=VIETNAM) + timedelta(minutes=n)
)


@given(moment=moments, first=st.dates(date(2025, 7, 1), date(2025, 7, 31)), length=st.integers(0, 5))
def test_day_and_night_share_the_clock_without_a_gap(moment: datetime, first: date, length: int) -> None:
    last = first + length * DAY
    by_day, by_night = (is_on_duty(first, last, shift, moment) for shift in (Shift.DAY, Shift.NIGHT))
    assert not (by_day and by_night)
    inside = (
        datetime.combine(first, time(7), VIETNAM) <= moment < datetime.combine(last + DAY, time(7), VIETNAM)
    )
    assert (by_day or by_night) == inside
    assert is_on_duty(first, last, Shift.WHOLE, moment) == (first <= moment.date() <= last)


@pytest.fixture
def colleague(city: City) -> Person:
    """Another officer of the first commune."""
    return person(Role.COMMUNE_OFFICER, city.world.communes[0])


def stands(city: City, who: Person, first: date = TODAY, last: date = TODAY + 2 * DAY, **more: Any) -> Duty:
    """Put somebody of the first commune on duty."""
    values = {"shift": Shift.WHOLE, "unit": city.world.communes[0]} | more
    return put_on_duty(person=who, first=first, last=last, **values, **city.as_(city.officer))


def hears(city: City, rule: Any) -> set[int]:
    """Who is told of an alert of the first commune that goes to its officers."""
    made = rule(
        code=f"r{uuid4().hex[:8]}", hears={"warning": ["officers"], "critical": ["officers"]}, urging={}
    )
    judge(TODAY, seen(made, city.world.communes[0].pk, {f"task:{made.code}": 2}))
    return set(Told.objects.filter(event__startswith="alert:").values_list("person_id", flat=True))


def test_without_a_roster_all_officers_hear(city: City, rule: Any, colleague: Person) -> None:
    with clock.at(MORNING):
        assert hears(city, rule) == {city.officer.pk, colleague.pk}


def test_on_duty_one_hears_for_all_and_the_log_says_why_the_others_do_not(
    city: City, rule: Any, colleague: Person
) -> None:
    with clock.at(MORNING):
        stands(city, colleague)
        assert hears(city, rule) == {colleague.pk}
    assert "đang trong ca trực" in Told.objects.get().reason
    untold = Untold.objects.get()
    assert (untold.person, untold.reason) == (city.officer, "người đang trong ca trực nhận thay")


def test_a_night_is_stood_into_the_next_morning(city: City, colleague: Person) -> None:
    with clock.at(MORNING):
        stands(city, colleague, last=TODAY, shift=Shift.NIGHT)
    night = datetime.combine(TODAY, time(23), VIETNAM)
    unit = city.world.communes[0].pk
    assert on_duty(MORNING) == {}
    assert on_duty(night) == on_duty(night + timedelta(hours=7)) == {unit: {"": [colleague.pk]}}
    assert on_duty(night + timedelta(hours=9)) == {}


def test_a_night_stands_in_the_roster_and_may_be_handed_over_until_its_morning(
    city: City, colleague: Person
) -> None:
    with clock.at(MORNING):
        duty = stands(city, city.officer, last=TODAY, shift=Shift.NIGHT)
    small_hours = datetime.combine(TODAY + DAY, time(2), VIETNAM)
    assert roster([duty.unit_id], small_hours) == [duty]
    assert roster([duty.unit_id], small_hours + timedelta(hours=5)) == []
    with clock.at(small_hours):
        hand_over_duty(duty.pk, to=colleague, day=TODAY, note="Ốm giữa ca", **city.as_(city.officer))
    assert on_duty(small_hours) == {duty.unit_id: {"": [colleague.pk]}}


def test_a_roster_costs_no_query_for_each_duty(
    city: City, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(city.officer)
    with clock.at(MORNING):
        for days in range(8):
            stands(city, city.officer, TODAY + days * DAY, TODAY + days * DAY)
            if days == 1:
                with CaptureQueriesContext(connection) as two:
                    client.get(reverse("duties"))
        with django_assert_max_num_queries(len(two)):
            assert client.get(reverse("duties")).content.count(b"ban-giao-") > 8


def test_a_duty_is_handed_over_with_a_day(city: City, colleague: Person) -> None:
    duty = stands(city, city.officer)
    hand_over_duty(duty.pk, to=colleague, day=TODAY + DAY, note="Còn hai việc", **city.as_(city.officer))
    unit = city.world.communes[0].pk
    assert on_duty(MORNING) == {unit: {"": [city.officer.pk]}}
    assert on_duty(MORNING + DAY) == on_duty(MORNING + 2 * DAY) == {unit: {"": [colleague.pk]}}
    assert Duty.objects.get(taken_from=duty).note == "Còn hai việc"


def test_one_handed_over_or_taken_back_before_it_began_is_not_stood(city: City, colleague: Person) -> None:
    later = stands(city, city.officer, TODAY + DAY)
    hand_over_duty(later.pk, to=colleague, day=TODAY + DAY, note="Nghỉ phép", **city.as_(city.officer))
    assert on_duty(MORNING + DAY) == {city.world.communes[0].pk: {"": [colleague.pk]}}
    taken = Duty.objects.get(taken_from=later)
    end_duty(taken.pk, **city.as_(city.officer))
    end_duty(taken.pk, **city.as_(city.officer))
    assert on_duty(MORNING + DAY) == {}
    assert Duty.objects.count() == 2, "what was set stays on record"


def test_who_has_a_service_group_hears_of_it_in_the_place_of_who_has_all(
    city: City, colleague: Person, monkeypatch: Any
) -> None:
    from namro.alerts.actions import audiences

    with clock.at(MORNING):
        stands(city, city.officer)
        stands(city, colleague, group="y_te")
        people = audiences.Audiences(TODAY, MORNING)
        monkeypatch.setattr(audiences.Audiences, "_groups", {"ca_benh": "y_te", "mua": "ngap_lut"})
        unit = city.world.communes[0].pk
        told = {
            indicator: [
                each.person_id
                for each in people.of(["officers"], audiences.Place(unit, None, None, indicator=indicator))
            ]
            for indicator in ("ca_benh", "mua", "")
        }  # fmt: skip
    assert told == {"ca_benh": [colleague.pk], "mua": [city.officer.pk], "": [city.officer.pk]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first": TODAY, "last": TODAY - DAY}, "last"),
        ({"first": TODAY - 9 * DAY, "last": TODAY - DAY}, "last"),
        ({"last": TODAY + 200 * DAY}, "last"),
    ],
)
def test_days_that_cannot_be_are_refused(city: City, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        stands(city, city.officer, **change)
    assert refusal.value.field == field


def test_only_people_of_the_unit_stand_and_only_its_own_keep_the_roster(city: City) -> None:
    stranger = city.world.people[Role.OFFICER]
    with pytest.raises(Refused, match="không giữ chức vụ nào"):
        stands(city, stranger)
    with pytest.raises(Refused, match="đơn vị mình"):
        put_on_duty(unit=city.world.communes[0], person=city.officer, first=TODAY, last=TODAY, shift=Shift.DAY,
                    **city.as_(stranger))  # fmt: skip
    duty = stands(city, city.officer)
    with pytest.raises(Refused, match="Ngày bàn giao"):
        hand_over_duty(duty.pk, to=city.lead, day=TODAY + 9 * DAY, note="x", **city.as_(city.officer))
    with pytest.raises(Refused, match="chọn người khác"):
        hand_over_duty(duty.pk, to=city.officer, day=TODAY, note="x", **city.as_(city.officer))
