"""Two acts in the same instant, on two connections: one has the alert, the other is told who; nothing doubles."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from tests.alerts.conftest import City, seen, stored_rule
from tests.builders import TODAY, person, world
from tests.together import together

from namro.alerts.actions import acknowledge, judge
from namro.alerts.models import Alert, Deed
from namro.alerts.terms import Outcome
from namro.ground import clock
from namro.organisation.terms import Role


@pytest.fixture
def city(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """The small city, seen from every connection, with one alert at its first commune."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    made = world()
    lead, chair = person(Role.AGENCY_LEAD, made.communes[0]), person(Role.STEERING, made.city)
    built = City(made, made.people[Role.COMMUNE_OFFICER], lead, chair)
    judge(TODAY, seen(stored_rule(), made.communes[0].pk, {"task:A": 2}))
    yield built


def test_of_two_who_take_one_alert_on_one_has_it_and_a_repeated_act_is_one(city: City) -> None:
    alert, rivals = Alert.objects.get(), [city.as_(city.officer), city.as_(city.lead)]

    def taking(who: dict[str, Any]) -> Callable[[], Outcome]:
        return lambda: acknowledge([alert.pk], deadline=TODAY, **who)

    got = together([taking(who) for who in rivals])
    assert sorted(len(outcome.done) for outcome in got) == [0, 1]
    assert "đã nhận xử lý" in next(outcome for outcome in got if outcome.refused).refused[0][1]
    assert Deed.objects.count() == 1

    again = {**city.as_(Alert.objects.get().owner), "client_id": uuid4()}
    assert [outcome.done for outcome in together([taking(again)] * 3)] == [(alert.pk,)] * 3
    assert Deed.objects.count() == 2
