"""The log of a topic answers why a person heard of it, or did not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import builders
from tests.delivery.conftest import MORNING, notice
from tests.delivery.mailserver import MailServer

from namro.delivery.actions import carry, mark_read, tell
from namro.delivery.models import Told
from namro.delivery.queries import inbox, log_of, unread_count
from namro.delivery.terms import Level, NotTold
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role, Viewer

pytestmark = pytest.mark.django_db


def viewer_of(who: Person) -> Viewer:
    with clock.at(MORNING):
        return builders.seen_by(who)


def test_each_person_has_a_line_with_when_how_and_why(
    world: builders.World, lead: Person, mail: MailServer
) -> None:
    officer, clerk, inspector = (world.people[role] for role in (Role.OFFICER, Role.CLERK, Role.INSPECTOR))
    mail.receiver_answers[officer.email] = "550 no such user"
    Person.objects.filter(pk=clerk.pk).update(email="")
    with clock.at(MORNING):
        tell(
            [notice(lead), notice(officer), notice(clerk), notice(inspector, level=Level.WATCH)],
            not_told=[NotTold("alert:1:flip:2", "alert:1", lead.pk, "cảnh báo đang tạm lặng đến 15/07/2025")],
        )
        carry()
    with clock.at(MORNING + timedelta(minutes=2)):
        mark_read(None, by=lead)
        lines = log_of("alert:1", viewer_of(inspector))
    told = {line.person: line for line in lines if line.told}
    words = {name: [step.words for step in line.steps] for name, line in told.items()}
    assert words == {
        lead.full_name: ["đã gửi"],
        officer.full_name: ["không gửi được sau 1 lần thử"],
        clerk.full_name: ["không gửi: người nhận chưa có địa chỉ thư"],
        inspector.full_name: ["chờ gửi, sớm nhất lúc"],
    }
    assert told[lead.full_name].read_at == MORNING + timedelta(minutes=2)
    assert told[inspector.full_name].is_me
    assert told[inspector.full_name].steps[0].at == MORNING.replace(hour=13, minute=30)
    [silenced] = [line for line in lines if not line.told]
    assert silenced.reason == "cảnh báo đang tạm lặng đến 15/07/2025"


def test_others_lines_are_seen_within_reach_only(world: builders.World, lead: Person) -> None:
    officer, commune = world.people[Role.OFFICER], world.people[Role.COMMUNE_OFFICER]
    with clock.at(MORNING):
        tell([notice(who) for who in (lead, officer, commune)])
        seen = {
            role: {line.person for line in log_of("alert:1", viewer_of(world.people[role]))}
            for role in (Role.SECRETARIAT, Role.OFFICER, Role.COMMUNE_OFFICER, Role.CLERK)
        }
    assert len(seen[Role.SECRETARIAT]) == 3
    assert seen[Role.OFFICER] == {lead.full_name, officer.full_name}
    assert seen[Role.COMMUNE_OFFICER] == {commune.full_name}
    assert seen[Role.CLERK] == {commune.full_name}  # of the same commune


def test_the_log_asks_as_often_for_many_as_for_one(world: builders.World, lead: Person) -> None:
    seen = viewer_of(world.people[Role.SECRETARIAT])
    with clock.at(MORNING):
        tell([notice(lead)])
        carry()
        with CaptureQueriesContext(connection) as few:
            log_of("alert:1", seen)
        tell([notice(who, event=f"e{n}") for n in range(5) for who in world.people.values()])
        carry()
        with CaptureQueriesContext(connection) as many:
            assert len(log_of("alert:1", seen)) == 46
    assert len(few) == len(many) == 4


def test_the_inbox_pages_through_everything_once_unread_first(lead: Person) -> None:
    with clock.at(MORNING):
        tell([notice(lead, n) for n in range(130)])
        read = list(Told.objects.order_by("pk").values_list("pk", flat=True)[20:90])
        mark_read(read, by=lead)
        seen, after, found = viewer_of(lead), "", []
        for _ in range(3):
            page = inbox(seen, after)
            found += page.notices
            after = page.after
    assert after == ""
    assert [told.read_at is None for told in found] == [True] * 60 + [False] * 70
    assert len({told.pk for told in found}) == 130


def test_a_notice_of_a_later_day_does_not_show_before_it(lead: Person) -> None:
    with clock.at(MORNING):
        tell([notice(lead, due=MORNING + timedelta(days=1))])
        assert unread_count(lead.pk) == 0
        assert inbox(viewer_of(lead)).notices == []
    with clock.at(MORNING + timedelta(days=1)):
        assert unread_count(lead.pk) == 1


def test_words_of_what_is_confidential_are_for_those_who_may_read_it(
    world: builders.World, lead: Person
) -> None:
    officer = world.people[Role.OFFICER]
    with clock.at(MORNING):
        tell([notice(who, title="Việc mật số 7", confidential=True) for who in (lead, officer)])
        shown = {who.pk: inbox(viewer_of(who)).notices[0].title for who in (lead, officer)}
    assert shown[lead.pk] == "Việc mật số 7"
    assert "7" not in shown[officer.pk]


def test_nobody_marks_anothers_notice_as_read(world: builders.World, lead: Person) -> None:
    with clock.at(MORNING):
        tell([notice(lead)])
        assert mark_read([Told.objects.get().pk], by=world.people[Role.OFFICER]) == 0
    assert Told.objects.get().read_at is None
