"""What people do with alerts: within reach, once however often it is sent, with a trace; nobody overwrites another."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.alerts.conftest import City, seen
from tests.builders import TODAY, person

from namro.alerts.actions import acknowledge, close, close_for_tasks, judge, note_task, silence
from namro.alerts.models import Alert, Deed, Flip, Rule
from namro.alerts.queries import (
    AlertFilter,
    Shown,
    counts,
    counts_by_kind,
    find,
    one_alert,
    page_of,
    visible_to,
)
from namro.alerts.terms import Order
from namro.audit.models import Entry
from namro.delivery.models import Told, Untold
from namro.ground import clock
from namro.organisation.terms import Refused, Role

SOON = TODAY + timedelta(days=2)


@pytest.fixture
def alerts(city: City, rule: Callable[..., Rule]) -> list[Alert]:
    """Three alerts of the first commune, by level upwards, and one of the second."""
    made, communes = rule(levels={"watch": 1, "warning": 2, "critical": 3}), city.world.communes
    first = seen(made, communes[0].pk, {"task:A": 1, "task:B": 2, "task:C": 3}, person_id=city.officer.pk)
    second = seen(made, communes[1].pk, {"task:D": 2})
    sql = f"{first.sql} UNION ALL {second.sql.replace('rows', 'more')}"
    judge(TODAY, type(first)(sql, {**first.params, "more": second.params["rows"]}))
    return list(Alert.objects.order_by("object_key"))


def test_taking_on_twice_is_as_once_and_leaves_a_trace(city: City, alerts: list[Alert]) -> None:
    act = city.as_(city.officer)
    ids = [alert.pk for alert in alerts]
    outcome = acknowledge(ids, deadline=SOON, note="Xong thứ Sáu", **act)
    assert outcome.done == tuple(sorted(ids[:3]))
    assert [pk for pk, _ in outcome.refused] == ids[3:], "another commune's is out of reach"
    assert acknowledge(ids, deadline=SOON, **act).done == outcome.done
    assert (Deed.objects.count(), Entry.objects.filter(verb="acknowledge_alert").count()) == (3, 3)
    alerts[0].refresh_from_db()
    assert (alerts[0].owner, alerts[0].deadline) == (city.officer, SOON)
    assert counts(city.sees(city.officer)).taken == 3


def test_nobody_takes_from_another_without_having_seen_who_has_it(city: City, alerts: list[Alert]) -> None:
    acknowledge([alerts[0].pk], deadline=SOON, **city.as_(city.officer))
    second = acknowledge([alerts[0].pk], deadline=SOON, **city.as_(city.lead))
    assert "đã nhận xử lý, hẹn 11/07/2025" in second.refused[0][1]
    third = acknowledge([alerts[0].pk], deadline=SOON, instead_of=city.officer.pk, **city.as_(city.lead))
    assert third.done == (alerts[0].pk,)
    with clock.at(SOON + timedelta(days=1)):
        again = acknowledge([alerts[0].pk], deadline=SOON + timedelta(days=3), **city.as_(city.officer))
    assert again.done == (alerts[0].pk,), "its deadline has passed"


def test_who_is_put_in_charge_by_another_is_told(city: City, alerts: list[Alert]) -> None:
    acknowledge([alerts[2].pk], deadline=SOON, owner=city.officer, note="Làm giúp", **city.as_(city.lead))
    told = Told.objects.get(event__contains=":given:")
    assert (told.person, told.reason) == (
        city.officer,
        f"{city.lead.full_name} giao bạn xử lý, hạn 11/07/2025",
    )


def test_silence_has_a_reason_and_an_end_and_then_it_calls_again(
    city: City, alerts: list[Alert], rule: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        silence([alerts[0].pk], until=SOON, reason="  ", **city.as_(city.officer))
    assert refusal.value.field == "reason"
    with pytest.raises(Refused):
        silence([alerts[0].pk], until=TODAY - timedelta(days=1), reason="x", **city.as_(city.officer))
    silence([alerts[0].pk], until=SOON, reason="Đang mất điện", **city.as_(city.officer))
    assert counts(city.sees(city.officer)).silenced == 1
    made, commune = Rule.objects.get(), city.world.communes[0].pk
    graver = {"task:A": 3, "task:B": 2, "task:C": 3}
    judge(TODAY, seen(made, commune, graver, person_id=city.officer.pk))
    assert "tạm im đến hết 11/07/2025" in Untold.objects.filter(topic=alerts[0].topic).first().reason
    assert not Told.objects.filter(topic=alerts[0].topic, level=3).exists()
    with clock.at(SOON + timedelta(days=1)):
        judge(SOON + timedelta(days=1), seen(made, commune, graver, person_id=city.officer.pk))
    assert Told.objects.filter(topic=alerts[0].topic, level=3, person=city.officer).count() == 1


def test_closing_has_a_reason_and_what_is_closed_is_refused(city: City, alerts: list[Alert]) -> None:
    assert close([alerts[1].pk], reason="Nhập nhầm", **city.as_(city.officer)).done == (alerts[1].pk,)
    assert Flip.objects.filter(alert=alerts[1], after=0).count() == 1
    outcome = silence([alerts[1].pk], until=SOON, reason="x", **city.as_(city.officer))
    assert outcome.refused == ((alerts[1].pk, "Cảnh báo đã đóng: Nhập nhầm"),)


@pytest.mark.parametrize("role", [Role.CLERK, Role.INSPECTOR])
def test_who_only_reads_may_not_handle(city: City, alerts: list[Alert], role: Role) -> None:
    reader = person(role, city.world.communes[0])
    outcome = close([alerts[0].pk], reason="x", **city.as_(reader))
    assert outcome.refused == ((alerts[0].pk, "Vai trò của bạn chỉ được xem cảnh báo, không được xử lý."),)
    shown = one_alert(city.sees(reader), alerts[0].pk)
    assert shown is not None
    assert not shown.may_handle


def test_the_end_of_the_task_made_from_an_alert_closes_it(city: City, alerts: list[Alert]) -> None:
    act = city.as_(city.officer)
    for _ in range(2):
        note_task(alerts[0].pk, "BCD-25-900", **act)
    with pytest.raises(Refused, match="BCD-25-900"):
        note_task(alerts[0].pk, "BCD-25-901", **city.as_(city.officer))
    assert (close_for_tasks(["", "BCD-25-900"]), close_for_tasks(["BCD-25-900"])) == (1, 0)
    alerts[0].refresh_from_db()
    assert (alerts[0].state, alerts[0].close_reason) == ("closed", "Nhiệm vụ lập từ cảnh báo đã kết thúc.")


def test_pages_follow_one_another_without_gap_or_repeat(city: City, alerts: list[Alert]) -> None:
    secretary = city.sees(city.world.people[Role.SECRETARIAT])
    for order in Order:
        met, after = [], ""
        while True:
            page = page_of(secretary, AlertFilter(order=order), after=after, size=1)
            met += [alert.object_key for alert in page.alerts]
            after = page.after
            if not after:
                break
        assert sorted(met) == ["task:A", "task:B", "task:C", "task:D"]
        by = ("-level", "-pk") if order is Order.GRAVEST else ("since", "pk")
        assert met == list(Alert.objects.order_by(*by).values_list("object_key", flat=True))


def test_lists_and_counts_keep_to_what_the_viewer_may_see(city: City, alerts: list[Alert]) -> None:
    secretary, officer = city.sees(city.world.people[Role.SECRETARIAT]), city.sees(city.officer)
    assert (counts(secretary).calling, counts(officer).calling) == (4, 3)
    assert counts_by_kind(secretary) == {"task_overdue": 4}
    assert find(secretary, AlertFilter(unit_id=city.world.communes[1].pk)).count() == 1
    assert find(secretary, AlertFilter(level=3, shown=Shown.ALL_OPEN)).count() == 1
    assert find(officer, AlertFilter(mine=True, older_than=0)).count() == 3
    assert one_alert(officer, alerts[3].pk) is None
    Alert.objects.filter(pk=alerts[1].pk).update(is_marked=True, person=None)
    assert not visible_to(officer).filter(pk=alerts[1].pk).exists()
    assert visible_to(city.sees(city.lead)).filter(pk=alerts[1].pk).exists()


def test_one_alert_tells_its_story_in_the_words_of_its_rule(city: City, alerts: list[Alert]) -> None:
    acknowledge([alerts[1].pk], deadline=SOON, **city.as_(city.officer))
    shown = one_alert(city.sees(city.lead), alerts[1].pk)
    assert shown is not None
    assert shown.sentence == "task:B: quá hạn 2 ngày, hạn chưa định hạn."
    assert ([flip.after for flip in shown.flips], [deed.verb for deed in shown.deeds]) == (
        [2],
        ["acknowledge"],
    )
    assert shown.may_handle
    assert shown.may_urge
    assert one_alert(city.sees(city.lead), uuid4().int % 10**9) is None
