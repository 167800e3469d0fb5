"""An alert nobody takes is told again after its hours and never sooner, and climbs after its working hours."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.alerts.conftest import ENTRY, City, seen

from namro.alerts.actions import acknowledge, judge
from namro.alerts.catalog import rule_of, usual
from namro.alerts.catalog.insisting import check_insisting, with_usual
from namro.alerts.models import Alert, Rule, Urge
from namro.alerts.terms import Step
from namro.delivery.models import Told
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.sources.catalog.reading import Reading
from namro.sources.terms import PackageRefused

INSIST = {"repeat": {"warning": 24, "critical": 4}, "climb": {"warning": 16, "critical": 4}}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of July 2025; the ninth was a Wednesday."""
    return datetime(2025, 7, day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def insists(city: City, rule: Any) -> Rule:
    """A rule that insists, told to the officer, by night only where it is critical."""
    hears = {"warning": ["person"], "critical": ["person"]}
    return rule(urging={}, insist=INSIST, quiet={"warning": ["21:00", "06:30"]}, hears=hears)


def judged(city: City, rule: Rule, moment: datetime, level: int = 3) -> None:
    """Judge at a moment: the rule sees one thing."""
    values = {"person_id": city.officer.pk, "above_id": city.world.city.pk}
    with clock.at(moment):
        judge(moment.date(), seen(rule, city.world.communes[0].pk, {"task:A": level}, **values))


def times_told(city: City) -> int:
    return Told.objects.filter(person=city.officer, event__startswith="alert:").count()


def test_it_is_told_again_after_its_hours_and_never_sooner(city: City, insists: Rule) -> None:
    judged(city, insists, at(9, 8))
    for hour, minute, told in ((11, 59, 1), (12, 0, 2), (12, 15, 2), (15, 59, 2), (16, 0, 3)):
        judged(city, insists, at(9, hour, minute))
        assert times_told(city) == told, f"{hour}:{minute:02}"
    assert Told.objects.filter(title__startswith="Vẫn chưa ai nhận:").count() == 2


def test_what_somebody_took_is_not_told_again(city: City, insists: Rule) -> None:
    judged(city, insists, at(9, 8))
    with clock.at(at(9, 9)):
        acknowledge([Alert.objects.get().pk], deadline=at(11, 0).date(), **city.as_(city.officer))
    judged(city, insists, at(9, 17))
    assert times_told(city) == 1
    assert not Urge.objects.exists()


def test_by_night_only_what_is_critical_is_told_again(city: City, insists: Rule) -> None:
    judged(city, insists, at(8, 22), level=2)
    assert Told.objects.get(person=city.officer).out_after == at(9, 6, 30)
    judged(city, insists, at(9, 22, 30), level=2)
    assert times_told(city) == 1, "a day has passed, but it is night"
    judged(city, insists, at(10, 6, 30), level=2)
    assert times_told(city) == 2
    judged(city, insists, at(10, 23), level=3)
    assert times_told(city) == 3
    judged(city, insists, at(11, 3), level=3)
    assert times_told(city) == 4


def test_it_climbs_by_working_hours_to_the_lead_and_then_to_the_authority(city: City, insists: Rule) -> None:
    judged(city, insists, at(9, 8))
    judged(city, insists, at(9, 13, 59))
    assert not Urge.objects.exists(), "noon is no working hour"
    judged(city, insists, at(9, 14))
    judged(city, insists, at(9, 14, 15))
    assert list(Urge.objects.values_list("step", flat=True)) == [Step.LEADS]
    judged(city, insists, at(10, 7, 45))
    assert Urge.objects.count() == 1
    judged(city, insists, at(10, 8))
    assert list(Urge.objects.order_by("pk").values_list("step", flat=True)) == [Step.LEADS, Step.AUTHORITY]
    urge = Urge.objects.latest("pk")
    assert urge.ground == "Hết 4 giờ làm việc kể từ 09/07/2025 không ai trả lời"
    assert Told.objects.filter(person=city.chair, event=f"urge:{urge.pk}").exists()


def test_a_warning_that_becomes_critical_has_its_hours_from_then_on(city: City, insists: Rule) -> None:
    judged(city, insists, at(8, 8), level=2)
    judged(city, insists, at(9, 15), level=3)
    judged(city, insists, at(9, 16), level=3)
    assert not Urge.objects.exists()


def test_what_is_usual_stands_once_and_a_rule_may_say_otherwise() -> None:
    common = {"insist": INSIST, "quiet": {"watch": ["18:00", "07:00"]}}
    plain = {key: value for key, value in ENTRY.items() if key != "urging"}
    assert rule_of(with_usual(plain, common)).insisting.repeat == {2: 24, 3: 4}
    assert rule_of(with_usual(plain | {"insist": {"climb": {"critical": 2}}}, common)).insisting.climb == {
        3: 2
    }
    urged = rule_of(with_usual(ENTRY, common)).insisting
    assert (urged.repeat, urged.climb, list(urged.quiet)) == ({}, {}, [1]), "one schedule, not two"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"insist": {"repeat": {"warning": 0}}}, "là số giờ, từ 1 đến 168"),
        ({"insist": {"repeat": {"loud": 4}}}, "không có mục «loud»"),
        ({"insist": {"after": 3}}, "không có mục «after»"),
        ({"insist": 4}, "phải là bảng khoá"),
        ({"insist": {"climb": 4}}, "phải là bảng mức"),
        ({"quiet": {"critical": ["21:00", "06:00"]}}, "không có mục «critical»"),
        ({"quiet": {"watch": ["21:00", "21:00"]}}, "phải là hai giờ"),
        ({"quiet": {"watch": [21, 6]}}, "phải là hai giờ"),
    ],
)
def test_hours_that_are_none_are_refused(tmp_path: Path, said: dict[str, Any], why: str) -> None:
    reading = Reading(tmp_path)
    check_insisting(reading, said)
    assert why in str(reading.faults[0])


def test_the_file_of_a_place_is_read_and_refused_by_line(tmp_path: Path) -> None:
    assert usual(tmp_path) == {}
    file, head = tmp_path / "alerting.yaml", "owner: H17.IOC\nnext_review: 2026-01-15\n"
    file.write_text(f'{head}insist: {{repeat: {{critical: 4}}}}\nquiet: {{watch: ["18:00", "07:00"]}}\n')
    assert set(usual(tmp_path)) == {"insist", "quiet"}
    file.write_text(f'{head}insist: {{repeat: {{critical: 400}}}}\nquiet: {{watch: ["18:00", "07:00"]}}\n')
    with pytest.raises(PackageRefused, match="từ 1 đến 168"):
        usual(tmp_path)
