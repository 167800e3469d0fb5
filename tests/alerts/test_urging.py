"""Urging by schedule and by hand, and climbing: person, leads, authority; every urge on record, none twice."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.alerts.conftest import City, seen
from tests.builders import TODAY

from namro.alerts.actions import acknowledge, answer, climb, judge, silence, urge_by_hand
from namro.alerts.models import Alert, Rule, Urge
from namro.alerts.queries import late_under, subject_of
from namro.alerts.rules import climbs_before, slot_on
from namro.alerts.terms import Composed, Subject, Urging
from namro.delivery.models import Told, Untold
from namro.ground import clock
from namro.ground.calendar import WorkingCalendar
from namro.organisation.terms import Refused, Role

CALENDAR = WorkingCalendar()
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(day=days, grace=st.integers(1, 10), waited=st.integers(0, 40))
def test_an_urge_climbs_when_its_grace_of_working_days_is_over_and_not_before(
    day: date, grace: int, waited: int
) -> None:
    urged = day - timedelta(days=waited)
    assert (urged < climbs_before(grace, day, CALENDAR)) == (
        CALENDAR.working_days_between(urged, day) >= grace
    )


@given(
    due=days,
    since_before=st.integers(0, 40),
    before=st.sets(st.integers(0, 15), max_size=4),
    every=st.sampled_from([0, 1, 7]),
    ahead=st.integers(-30, 60),
)
def test_the_place_in_the_schedule_is_the_last_reached_since_the_alert_stands(
    due: date, since_before: int, before: set[int], every: int, ahead: int
) -> None:
    since, day = due - timedelta(days=since_before), due + timedelta(days=ahead)
    plan = Urging(tuple(before), every, 3)
    slot = slot_on(plan, rule="r", due=due, since=since, day=day, calendar=CALENDAR)
    falls = {CALENDAR.add_working_days(due, -n) for n in before}
    falls |= {due + timedelta(days=n) for n in range(every, 200, every)} if every else set()
    reached = [each for each in falls if since < each <= day]
    assert (slot.day if slot else None) == max(reached, default=None)
    if slot:
        later = slot_on(plan, rule="r", due=due, since=since, day=slot.day, calendar=CALENDAR)
        assert later == slot, "asked on its own day or later, it is the same place"


@pytest.fixture
def late(city: City, rule: Callable[..., Rule]) -> Callable[..., Composed]:
    """What the rule of overdue tasks sees: one task of the first commune, due on Friday 4 July."""
    made = rule()

    def sees(level: int = 0, **more: Any) -> Composed:
        values = {"due": "2025-07-04", "person_id": city.officer.pk, "above_id": city.world.city.pk, **more}
        return seen(made, city.world.communes[0].pk, {"task:A": level} if level else {}, **values)

    return sees


def on(day: date, what: Composed) -> list[tuple[int, str]]:
    """Judge a day; the urges made on it as (step, slot)."""
    with clock.at(day):
        judge(day, what)
        judge(day, what)
        return list(Urge.objects.filter(day=day).order_by("pk").values_list("step", "slot"))


def told(person: Any) -> list[str]:
    """The events that the person was told, in order, without their numbers."""
    return [
        event.split(":")[0]
        for event in Told.objects.filter(person=person).order_by("pk").values_list("event", flat=True)
    ]


def test_what_nobody_answers_climbs_to_the_leads_and_then_to_the_authority(city: City, late: Any) -> None:
    assert on(TODAY, late(2)) == []
    assert told(city.officer) == ["alert"]
    friday = date(2025, 7, 11)
    assert on(friday, late(2)) == [(0, "qua_han:2025-07-04+7")]
    assert told(city.officer) == ["alert", "urge"]
    assert on(date(2025, 7, 15), late(2)) == [], "Monday and Tuesday are two working days"
    first = Urge.objects.get()
    assert on(date(2025, 7, 16), late(2)) == [(1, f"climb:{first.pk}:1")]
    assert told(city.lead) == ["urge"]
    assert Told.objects.get(person=city.lead).reason.endswith(
        "Hết 3 ngày làm việc kể từ 11/07/2025 không ai trả lời"
    )
    assert on(date(2025, 7, 18), late(2)) == [(0, "qua_han:2025-07-04+14")]
    assert [step for step, _ in on(date(2025, 7, 21), late(2))] == [2]
    assert told(city.chair) == ["urge"]
    with clock.at(date(2025, 7, 21)):
        row = late_under(city.sees(city.lead))[0]
        assert (row.urged_step, row.urged_times) == (2, 4)


def test_taking_on_answers_and_a_deadline_that_passes_makes_it_climb_again(city: City, late: Any) -> None:
    on(TODAY, late(2))
    on(date(2025, 7, 11), late(2))
    with clock.at(date(2025, 7, 14)):
        alert = Alert.objects.get()
        acknowledge([alert.pk], deadline=date(2025, 7, 18), **city.as_(city.officer))
    assert Urge.objects.get().answer.startswith(f"{city.officer.full_name} nhận xử lý, hẹn 18/07/2025")
    assert on(date(2025, 7, 18), late(2)) == [], "no urging while the deadline runs, no climbing"
    assert [step for step, _ in on(date(2025, 7, 21), late(2))] == [0, 1]
    ground = Urge.objects.get(step=1).ground
    assert ground == "Quá thời hạn tự nhận 18/07/2025 mà chưa xong"


def test_an_act_on_the_task_answers_and_the_end_of_the_alert_answers_too(city: City, late: Any) -> None:
    on(TODAY, late(2))
    on(date(2025, 7, 11), late(2))
    assert answer([("task:A", city.world.communes[0].pk)], by=city.officer, words="Báo cáo tiến độ") == 1
    assert on(date(2025, 7, 16), late(2)) == []
    assert len(on(date(2025, 7, 18), late(2))) == 1
    on(date(2025, 7, 19), late())
    assert list(Urge.objects.order_by("pk").values_list("answer", flat=True)) == [
        "Báo cáo tiến độ",
        "Điều kiện không còn.",
    ]


def test_nobody_is_urged_about_what_is_silenced(city: City, late: Any) -> None:
    on(TODAY, late(2))
    silence([Alert.objects.get().pk], until=date(2025, 7, 17), reason="Bão", **city.as_(city.lead))
    assert on(date(2025, 7, 11), late(2)) == []
    assert on(date(2025, 7, 18), late(2)) == [(0, "qua_han:2025-07-04+14")]


def test_an_urge_on_the_day_of_a_raise_is_on_record_and_not_told_twice(city: City, late: Any) -> None:
    on(TODAY, late(2))
    on(date(2025, 7, 11), late(3))
    assert told(city.officer) == ["alert", "alert"]
    assert Untold.objects.get(person=city.officer).reason == "đã được báo cùng ngày qua chính cảnh báo này"
    assert Urge.objects.count() == 1


def test_a_unit_without_leads_is_climbed_past(city: City, late: Any) -> None:
    city.lead.posts.update(valid_to=TODAY)
    on(TODAY, late(2))
    on(date(2025, 7, 11), late(2))
    on(date(2025, 7, 16), late(2))
    assert told(city.chair) == ["urge"]


def test_urging_by_hand_has_words_a_right_and_one_a_day(city: City, late: Any) -> None:
    on(TODAY, late(2))
    subject = subject_of(Alert.objects.get())
    act = city.as_(city.lead)
    first = urge_by_hand(subject, words="Thứ Sáu phải xong", **act)
    assert urge_by_hand(subject, words="Thứ Sáu phải xong", **act) == first
    with pytest.raises(Refused, match="Hôm nay bạn đã đôn đốc"):
        urge_by_hand(subject, words="Nhanh lên", **city.as_(city.lead))
    with pytest.raises(Refused) as refusal:
        urge_by_hand(subject, words=" ", **city.as_(city.chair))
    assert refusal.value.field == "words"
    for who in (city.officer, city.world.people[Role.IOC_OPERATOR]):
        with pytest.raises(Refused, match="Chỉ Ban Chỉ đạo"):
            urge_by_hand(subject, words="x", **city.as_(who))
    with pytest.raises(Refused, match="đơn vị khác"):
        urge_by_hand(subject, words="x", **city.as_(city.world.people[Role.AGENCY_LEAD]))
    assert Told.objects.get(person=city.officer, event=f"urge:{first.pk}").body == "Thứ Sáu phải xong"


def test_an_urge_by_hand_on_what_no_rule_sees_climbs_too(city: City) -> None:
    unit = city.world.communes[0]
    subject = Subject("task:Z", unit.pk, "Z", "/nhiem-vu/Z/", city.officer.pk, city.world.city.pk)
    urge_by_hand(subject, words="Cho biết đang ở đâu", **city.as_(city.chair))
    with clock.at(date(2025, 7, 14)):
        assert (climb(date(2025, 7, 14)), climb(date(2025, 7, 14))) == (1, 0)
    assert Urge.objects.get(step=1).words == "Cho biết đang ở đâu"
    assert told(city.lead) == ["urge"]


def test_a_marked_thing_is_told_to_the_one_in_charge_and_the_leads_only(city: City, late: Any) -> None:
    Rule.objects.update(
        body={**Rule.objects.get().body, "hears": {"warning": ["person", "officers", "operators", "leads"]}}
    )
    on(TODAY, late(2, is_marked=True, person_id=None))
    assert set(Told.objects.values_list("person_id", "confidential")) == {(city.lead.pk, True)}
