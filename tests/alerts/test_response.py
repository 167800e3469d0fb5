"""What became of the warnings is counted: what led to an action, how long it took, what passed by itself."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.alerts.conftest import City, seen
from tests.builders import TODAY

from namro.alerts import feeds
from namro.alerts.actions import acknowledge, judge, silence
from namro.alerts.models import Alert
from namro.alerts.queries import Response, responses
from namro.ground import clock
from namro.ground.clock import VIETNAM

MORNING = datetime(2025, 7, 9, 8, 0, tzinfo=VIETNAM)
HOUR = timedelta(hours=1)
THINGS = dict.fromkeys(("task:A", "task:B", "task:C", "task:D"), 2)


@pytest.fixture
def answered(city: City, rule: Any) -> City:
    """Four alerts of a commune: one taken after two hours, one after four, one kept quiet, one that went."""
    made, unit = rule(), city.world.communes[0].pk
    with clock.at(MORNING):
        judge(TODAY, seen(made, unit, THINGS))
    ids = dict(Alert.objects.values_list("object_key", "pk"))
    for key, hours in (("task:A", 2), ("task:B", 4)):
        with clock.at(MORNING + hours * HOUR):
            acknowledge([ids[key]], deadline=TODAY, **city.as_(city.officer))
    with clock.at(MORNING + HOUR):
        silence([ids["task:C"]], until=TODAY, reason="Đang họp", **city.as_(city.officer))
    with clock.at(MORNING + 5 * HOUR):
        judge(TODAY, seen(made, unit, {key: level for key, level in THINGS.items() if key != "task:D"}))
    return city


def test_the_rule_shows_what_became_of_its_alerts(answered: City) -> None:
    assert responses(TODAY) == responses(TODAY, "qua_han") == {"qua_han": Response(4, 2, 3.0)}
    assert responses(TODAY, "khac") == responses(TODAY - 40 * timedelta(days=1)) == {}


def test_the_river_is_told_by_unit_and_service_group(answered: City) -> None:
    told = {
        (each.unit, each.breakdown, each.measure): float(each.value or 0)
        for each in feeds.observations(TODAY)
    }
    unit = answered.world.communes[0].code
    assert told == {
        (unit, "nhiem_vu", "canh_bao.da_bao"): 4,
        (unit, "nhiem_vu", "canh_bao.co_viec"): 2,
        (unit, "nhiem_vu", "canh_bao.gio_cho"): 6,
        (unit, "nhiem_vu", "canh_bao.tu_het"): 1,
    }


def test_what_was_kept_quiet_by_its_cause_is_not_counted(answered: City) -> None:
    Alert.objects.update(told_at=None)
    assert list(feeds.observations(TODAY)) == []
    assert responses(TODAY) == {}
