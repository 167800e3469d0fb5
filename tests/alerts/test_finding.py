"""What is looked for among the alerts is found as it is typed."""

import json
from typing import Any

import pytest
from tests.alerts.conftest import City, seen

from namro.alerts.actions import judge
from namro.alerts.queries import AlertFilter, find, how_many_on
from namro.alerts.queries.words import bare
from namro.alerts.terms import Composed
from namro.ground import clock


@pytest.fixture
def labelled(city: City, rule: Any) -> City:
    """The city with an alert on a task whose title bears marks, and one on a form."""
    composed = seen(rule(), city.world.communes[0].pk, {"task:DA-25-0001": 2, "return:f/2025-06": 1})
    rows = json.loads(str(composed.params["rows"]))
    rows[0]["object_label"] = "DA-25-0001 Đào tạo chữ ký số ở Hòa Vang"
    judge(clock.today(), Composed(composed.sql, {"rows": json.dumps(rows)}))
    return city


@pytest.mark.parametrize(
    "words",
    ["chữ ký", "chu ky", "CHU KY SO", "dao tao", "Đào", "da-25-0001", "DA-25-0001", "hòa vang", "Hoà Vang"],
)
def test_words_are_found_with_marks_and_without(labelled: City, words: str) -> None:
    found = find(labelled.sees(labelled.chair), AlertFilter(words=words))
    assert [alert.object_key for alert in found] == ["task:DA-25-0001"]


@pytest.mark.parametrize("words", ["chữ kỳ lạ", "%", "khong co", "ký  số"])
def test_what_is_not_there_is_not_found(labelled: City, words: str) -> None:
    assert not find(labelled.sees(labelled.chair), AlertFilter(words=words)).exists()


def test_every_marked_letter_becomes_one_bare_letter() -> None:
    assert bare("Nghị quyết số 57: ĐỔI MỚI SÁNG TẠO, ưu tiên, ý chí, kỷ luật") == (
        "nghi quyet so 57: doi moi sang tao, uu tien, y chi, ky luat"
    )


def test_of_an_alert_its_rule_is_asked_and_how_many_stand_on_its_object(labelled: City) -> None:
    boss = labelled.sees(labelled.chair)
    assert find(boss, AlertFilter(rule="qua_han")).count() == 2
    assert not find(boss, AlertFilter(rule="khong_co")).exists()
    place = ("task:DA-25-0001", labelled.world.communes[0].pk)
    assert how_many_on(boss, ["task:DA-25-0001", "task:khác"]) == {place: 1}
