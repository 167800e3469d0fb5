"""What is told is stored with its cause, once by event and person, for deputies too."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import builders
from tests.delivery.conftest import notice

from namro.delivery.actions import tell
from namro.delivery.jobs import carry_now
from namro.delivery.models import Told, Untold
from namro.delivery.terms import Level, NotTold
from namro.organisation.models import Deputising, Person
from namro.organisation.terms import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def test_an_event_is_told_a_person_once_ever(world: builders.World, lead: Person) -> None:
    other = world.people[Role.OFFICER]
    assert tell([notice(lead), notice(other)]) == 2
    assert tell([notice(lead), notice(lead, 2), notice(lead, title="Khác")]) == 1
    assert Told.objects.count() == 3
    assert Told.objects.get(event="alert:1:flip:1", person=lead).title == "Việc số 1 quá hạn"


def test_what_is_rolled_back_was_never_told(lead: Person) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        tell([notice(lead)])
        raise RuntimeError
    assert not Told.objects.exists()


def test_why_someone_was_not_told_is_kept(lead: Person) -> None:
    silent = NotTold("alert:1:flip:1", "alert:1", lead.pk, "cảnh báo đang tạm lặng đến 15/07/2025")
    assert tell([], not_told=[silent, silent]) == 0
    assert Untold.objects.get().reason == silent.reason


def test_who_stands_in_is_told_with_the_reason(world: builders.World, lead: Person) -> None:
    deputy = world.people[Role.OFFICER]
    away(lead, deputy, date(2025, 7, 8), date(2025, 7, 11))
    assert tell([notice(lead)]) == 2
    instead = Told.objects.get(person=deputy)
    assert instead.reason == f"thay {lead.full_name} vắng mặt: bạn phụ trách nhiệm vụ"
    assert instead.instead_of == lead


def test_who_is_told_already_is_not_told_again_as_a_deputy(world: builders.World, lead: Person) -> None:
    deputy = world.people[Role.OFFICER]
    away(lead, deputy, date(2025, 7, 8), date(2025, 7, 11))
    assert tell([notice(lead), notice(deputy)]) == 2
    assert Told.objects.get(person=deputy).instead_of is None


@pytest.mark.parametrize(
    ("start", "end"),
    [("2025-07-10", "2025-07-12"), ("2025-07-01", "2025-07-09"), ("2025-07-09", "2025-07-09")],
)
def test_a_deputy_hears_nothing_outside_the_days(
    world: builders.World, lead: Person, start: str, end: str
) -> None:
    away(lead, world.people[Role.OFFICER], date.fromisoformat(start), date.fromisoformat(end))
    assert tell([notice(lead)]) == 1


def away(who: Person, deputy: Person, start: date, end: date) -> None:
    Deputising.objects.create(post=who.posts.get(), deputy=deputy, start=start, end=end, ground="nghỉ phép")


def test_what_is_grave_does_not_wait_for_the_minute(
    lead: Person, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    enqueued = []
    monkeypatch.setattr(type(carry_now), "defer", lambda job, **_: enqueued.append(job.name))
    with django_capture_on_commit_callbacks(execute=True):
        tell([notice(lead, 1, Level.WARNING)])
    assert enqueued == []
    with django_capture_on_commit_callbacks(execute=True):
        tell([notice(lead, 2, Level.CRITICAL)])
    assert enqueued == ["namro.delivery.jobs.carry_now"]


def test_many_are_told_in_one_statement(lead: Person) -> None:
    few, many = (
        [notice(lead, n, Level.INFO) for n in range(start, end)] for start, end in ((0, 5), (5, 3000))
    )
    with CaptureQueriesContext(connection) as for_few:
        tell(few)
    with CaptureQueriesContext(connection) as for_many:
        assert tell(many) == 2995
    assert len(for_many) == len(for_few)
