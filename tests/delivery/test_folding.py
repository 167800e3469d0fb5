"""Many notices of one cause are told as one; nothing of them is lost, and nobody reads more than a few."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import builders
from tests.delivery.conftest import MORNING, notice

from namro.delivery.actions import carry, tell
from namro.delivery.actions.writing import body_of
from namro.delivery.formulas import FEW, MOST, fold
from namro.delivery.models import Delivery, Endpoint, Message, Told, ToldPart
from namro.delivery.queries import log_of, unread_count
from namro.delivery.terms import Bundle, Level, Notice
from namro.organisation.models import Person

LEVELS = (Level.WATCH, Level.WARNING, Level.CRITICAL)


def of(cause: str) -> Bundle:
    """What the alerts of a rule are told as."""
    return Bundle(cause, f"Quy tắc {cause}", "cảnh báo", f"/canh-bao/?quy_tac={cause}", "/canh-bao/")


def raised(number: int, cause: str, level: Level = Level.WARNING, person_id: int = 1, **more: Any) -> Notice:
    """A notice of an alert of a rule."""
    return Notice(
        event=f"alert:{number}:flip:1", topic=f"alert:{number}", person_id=person_id, level=level,
        title=f"Việc {number}", reason="bạn trực", path=f"/canh-bao/{number}/", unit_id=None, bundle=of(cause), **more,
    )  # fmt: skip


notices = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(LEVELS), st.integers(1, 2), st.booleans()),
    max_size=60,
)


@given(drawn=notices)
def test_whatever_is_told_nothing_is_lost_and_nobody_reads_more_than_a_few(drawn: list[Any]) -> None:
    given_notices = [
        raised(number, cause, level, person, confidential=marked)
        for number, (cause, level, person, marked) in enumerate(drawn)
    ]
    folded = fold(given_notices)
    told = [part.event for each in folded for part in each.parts]
    told += [each.event for each in folded if not each.parts]
    assert Counter(told) == Counter(each.event for each in given_notices)
    open_ones = [each for each in folded if not each.confidential]
    assert max(Counter((each.person_id, each.level) for each in open_ones).values(), default=0) <= MOST
    assert not any(each.parts for each in folded if each.confidential)
    assert [each.level for each in folded] == sorted(each.level for each in folded)
    assert fold(given_notices) == folded


def test_few_are_told_one_by_one_and_more_as_one() -> None:
    assert fold([raised(n, "a") for n in range(FEW)]) == [raised(n, "a") for n in range(FEW)]
    (one,) = fold([raised(n, "a") for n in range(20)])
    assert (one.title, one.path) == ("Quy tắc a: 20 cảnh báo", "/canh-bao/?quy_tac=a")
    assert one.body.splitlines()[0] == "• Việc 0"
    assert one.body.splitlines()[-1] == "và 8 mục nữa"


def test_many_causes_of_a_level_are_told_as_one_with_the_loudest_first() -> None:
    loud = [raised(n, "z", Level.WATCH) for n in range(3)]
    (one,) = fold([*(raised(10 + n, cause, Level.WATCH) for n, cause in enumerate("abcdef")), *loud])
    assert (one.title, one.path) == ("9 cảnh báo mức theo dõi, 7 loại", "/canh-bao/")
    assert one.body.splitlines()[:2] == ["• Quy tắc z: 3 cảnh báo", "• Việc 10"]


@pytest.mark.django_db
@pytest.mark.usefixtures("morning")
class TestStored:
    """What is told as one is stored with its parts."""

    def test_a_digest_is_read_once_and_each_of_its_alerts_is_answered_for(
        self, world: builders.World, lead: Person
    ) -> None:
        many = [raised(n, "a", person_id=lead.pk) for n in range(1, 8)]
        assert tell(many) == 1
        assert tell(many) == 0
        assert unread_count(lead.pk) == 1
        assert ToldPart.objects.count() == 7
        seen = builders.seen_by(lead, MORNING.date())
        (line,) = log_of("alert:3", seen)
        assert line.told
        assert line.reason == "bạn trực (báo gộp trong tin «Quy tắc a: 7 cảnh báo»)"

    def test_a_machine_hears_each_by_its_own_event_and_that_of_a_unit_only_its_own(
        self, world: builders.World, lead: Person, settings: Any
    ) -> None:
        settings.NAMRO_SITE = "http://127.0.0.1:8057"
        here, there = world.communes[:2]
        for owner in ({"person": lead}, {"unit": here}):
            Endpoint.objects.create(url="http://127.0.0.1:9/", level=Level.WATCH, made_at=MORNING, **owner)
        tell(
            [
                replace(raised(n, "a", Level.CRITICAL, lead.pk), unit_id=(here, there)[n % 2].pk)
                for n in range(4)
            ]
        )
        told = Told.objects.get()
        assert told.unit is None
        carry()
        hooked = Delivery.objects.filter(told=told, endpoint__isnull=False)
        assert hooked.count() == 2
        bodies = {
            message.endpoint.unit_id: body_of(message).decode()
            for message in Message.objects.exclude(endpoint=None)
        }
        assert [f"alert:{n}:flip:1" in bodies[None] for n in range(4)] == [True] * 4
        assert [f"alert:{n}:flip:1" in bodies[here.pk] for n in range(4)] == [True, False, True, False]

    def test_what_has_no_cause_in_common_is_told_by_itself(self, world: builders.World, lead: Person) -> None:
        assert tell([notice(lead, n) for n in range(9)]) == 9
        assert not ToldPart.objects.exists()
