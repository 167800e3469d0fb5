"""What the rules see, by chance and in any order, leaves one open alert a thing, and a flip a change of level."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.alerts.conftest import City, seen

from namro.alerts.actions import close, judge
from namro.alerts.models import Alert, Flip, Rule
from namro.alerts.terms import Composed
from namro.ground import clock

KEYS = ["task:A", "task:B", "figure:x"]
seen_sets = st.lists(st.dictionaries(st.sampled_from(KEYS), st.integers(1, 3)), min_size=1, max_size=6)


def open_levels() -> dict[str, int]:
    """The level of each thing on which an alert is open."""
    return dict(Alert.objects.filter(state="open").values_list("object_key", "level"))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(sets=seen_sets)
def test_whatever_is_seen_one_alert_a_thing_is_open_and_flips_tell_its_story(
    city: City, rule: Any, sets: list[dict[str, int]]
) -> None:
    made = Rule.objects.first() or rule()
    unit = city.world.communes[0].pk
    for levels in sets:
        judge(clock.today(), seen(made, unit, levels))
        assert open_levels() == levels
        before = (Alert.objects.count(), Flip.objects.count())
        again = judge(clock.today(), seen(made, unit, levels))
        assert (again.opened, again.moved, again.closed, again.told) == (0, 0, 0, 0)
        assert (Alert.objects.count(), Flip.objects.count()) == before
    for alert in Alert.objects.prefetch_related("flips"):
        story = [(flip.before, flip.after) for flip in alert.flips.all()]
        assert story[0][0] == 0
        assert all(one[1] == other[0] and one[0] != one[1] for one, other in pairwise(story))
        assert story[-1][1] == (alert.level if alert.state == "open" else 0)


def test_a_thing_that_comes_back_is_a_new_alert(city: City, rule: Any) -> None:
    made, unit = rule(), city.world.communes[0].pk
    for levels in ({"task:A": 2}, {}, {"task:A": 1}):
        judge(clock.today(), seen(made, unit, levels))
    assert list(Alert.objects.order_by("pk").values_list("state", "level", "close_reason")) == [
        ("closed", 2, "Điều kiện không còn."),
        ("open", 1, ""),
    ]


def test_what_a_person_closed_stays_closed_until_it_gets_graver_or_comes_back(city: City, rule: Any) -> None:
    made, unit = rule(), city.world.communes[0].pk
    judge(clock.today(), seen(made, unit, {"task:A": 2}))
    close([Alert.objects.get().pk], reason="Đã biết, có văn bản", **city.as_(city.officer))
    judge(clock.today(), seen(made, unit, {"task:A": 2}))
    assert open_levels() == {}
    judge(clock.today(), seen(made, unit, {"task:A": 3}))
    assert open_levels() == {"task:A": 3}
    judge(clock.today(), seen(made, unit, {}))
    judge(clock.today(), seen(made, unit, {"task:A": 1}))
    assert open_levels() == {"task:A": 1}


@pytest.mark.parametrize("cause", ["by its cause", "by the unit above"])
def test_what_has_its_cause_elsewhere_is_kept_quiet_and_calls_again_when_that_is_gone(
    city: City, rule: Any, cause: str
) -> None:
    made, commune, unit_above = rule(covers_below=True), city.world.communes[0].pk, city.world.city.pk
    key = "figure:x" if cause == "by the unit above" else "source:forms"
    effect = seen(made, commune, {"figure:x": 2}, drawn_from=["source:forms"])
    root = seen(made, unit_above, {key: 3}, silences="" if key == "figure:x" else "source:forms")
    both = Composed(
        f"{effect.sql} UNION ALL {root.sql.replace('rows', 'more')}",
        {**effect.params, "more": root.params["rows"]},
    )
    judge(clock.today(), both)
    quiet = Alert.objects.get(unit_id=commune)
    assert quiet.inhibited_by == Alert.objects.get(unit_id=unit_above)
    assert (quiet.told_level, quiet.state) == (0, "open")
    judge(clock.today(), effect)
    quiet.refresh_from_db()
    assert quiet.inhibited_by is None
    assert quiet.told_level == 2


def test_an_alert_of_a_rule_no_longer_in_use_closes_with_that_as_its_reason(city: City, rule: Any) -> None:
    made, unit = rule(), city.world.communes[0].pk
    judge(clock.today(), seen(made, unit, {"task:A": 2}))
    Rule.objects.update(is_live=False)
    judge(clock.today(), seen(made, unit, {}))
    assert Alert.objects.get().close_reason == "Quy tắc không còn dùng."
