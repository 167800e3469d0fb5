"""Servers that refuse, fail, hang and come back; a message is sent once, and holds up no other."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests import builders
from tests.delivery.conftest import MINUTE, MORNING, administrator, carry_at, notice, told_at
from tests.delivery.mailserver import MailServer

from namro.delivery.actions import retry
from namro.delivery.models import Attempt, Message
from namro.delivery.terms import MessageState
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("answer", ["451 later", "hang"])
def test_a_mail_server_that_fails_or_hangs_and_comes_back_gets_it_once(
    lead: Person, mail: MailServer, answer: str
) -> None:
    mail.answers = [answer]
    told_at(MORNING, notice(lead))
    assert carry_at(MORNING)["sent"] == 0
    assert carry_at(MORNING + 30 * timedelta(seconds=1))["sent"] == 0  # not yet: it waits
    assert carry_at(MORNING + MINUTE)["sent"] == 1
    assert carry_at(MORNING + 2 * MINUTE)["sent"] == 0
    message = Message.objects.get()
    assert mail.keys == {f"<{message.pk}@localhost>"}
    assert [bool(row.fault) for row in Attempt.objects.all()] == [True, False]


def test_a_receiver_refused_for_good_is_dead_at_once_and_the_others_are_served(
    world: builders.World, lead: Person, mail: MailServer
) -> None:
    other = world.people[Role.OFFICER]
    mail.receiver_answers[lead.email] = "550 no such user"
    told_at(MORNING, notice(lead), notice(other))
    assert carry_at(MORNING)["sent"] == 1
    assert Message.objects.get(person=lead).state == MessageState.DEAD
    assert "550" in Attempt.objects.get(message__person=lead).fault
    mail.receiver_answers.clear()
    with clock.at(MORNING + MINUTE):
        assert retry(message=Message.objects.get(person=lead), **administrator(world))
        assert not retry(message=Message.objects.get(person=other), **administrator(world))
    assert carry_at(MORNING + MINUTE)["sent"] == 1
    assert len(mail.keys) == 2


def test_a_mail_server_that_is_gone_costs_one_try_a_run_and_ends_as_a_dead_letter(
    world: builders.World, lead: Person, mail: MailServer, settings: Any
) -> None:
    both = [lead, world.people[Role.OFFICER]]
    settings.EMAIL_PORT = 1  # nobody listens there
    told_at(MORNING, *(notice(who) for who in both))
    carry_at(MORNING)
    assert Attempt.objects.count() == 1
    moment = MORNING
    for _ in range(8 * len(both)):
        moment += timedelta(hours=5)
        carry_at(moment)
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.DEAD}


def test_no_burst_goes_out(world: builders.World, mail: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from namro.delivery.actions import carrying
    from namro.delivery.terms import PolicyDef

    monkeypatch.setattr(carrying, "policy", lambda: replace(PolicyDef(), per_minute=4))
    told_at(MORNING, *(notice(who) for who in world.people.values()))
    sent = [carry_at(MORNING + n * MINUTE)["sent"] for n in range(4)]
    assert sent == [4, 4, 1, 0]


def test_two_workers_side_by_side_send_a_message_once(lead: Person, mail: MailServer) -> None:
    from namro.delivery.actions.sending import claim, settle
    from namro.delivery.queries import policy

    told_at(MORNING, notice(lead))
    mail.answers = ["451 later"]
    carry_at(MORNING)
    with clock.at(MORNING + MINUTE):
        slow = claim(policy())
        assert slow is not None
        assert claim(policy()) is None
    with clock.at(
        MORNING + 10 * MINUTE
    ):  # the slow one's claim has run out: another takes over, then it wakes
        taken = claim(policy())
        assert taken is not None
        settle(slow, None, policy())
        assert Message.objects.get().state == MessageState.QUEUED
        settle(taken, None, policy())
    assert Message.objects.get().state == MessageState.SENT
    assert isinstance(taken.pk, UUID)


def test_a_message_at_fault_holds_up_nobody(
    world: builders.World, lead: Person, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from namro.delivery.actions import sending

    letter_of = sending.letter_of

    def faulty(message: Message) -> Any:
        if message.person_id == lead.pk:
            raise KeyError
        return letter_of(message)

    monkeypatch.setattr(sending, "letter_of", faulty)
    told_at(MORNING, notice(lead), notice(world.people[Role.OFFICER]))
    assert carry_at(MORNING)["sent"] == 1
    assert Attempt.objects.get(message__person=lead).fault == "Lỗi khi soạn hoặc gửi (KeyError)"


def test_whose_address_went_after_the_gathering_is_a_dead_letter_not_a_sent_one(
    lead: Person, mail: MailServer
) -> None:
    mail.answers = ["451 later"]
    told_at(MORNING, notice(lead))
    carry_at(MORNING)
    Person.objects.filter(pk=lead.pk).update(email="")
    carry_at(MORNING + MINUTE)
    assert Message.objects.get().state == MessageState.DEAD
