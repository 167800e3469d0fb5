"""A webhook is signed, counted by its id, told each event once, and ended."""

import base64
import hashlib
import hmac
from typing import Any

import pytest
from tests import builders
from tests.delivery.conftest import MINUTE, MORNING, administrator, carry_at, notice, told_at
from tests.delivery.receiver import Receiver

from namro.delivery.actions import add_endpoint, end_endpoint
from namro.delivery.models import Message
from namro.delivery.terms import Level, MessageState
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role

pytestmark = pytest.mark.django_db


def test_a_webhook_is_signed_counted_by_its_id_and_told_each_event_once(
    world: builders.World, lead: Person, receiver: Receiver
) -> None:
    unit = world.agencies[1]
    with clock.at(MORNING):
        _, secret = add_endpoint(url=receiver.url, level=Level.WARNING, unit=unit, **administrator(world))
    officer = world.people[Role.OFFICER]
    receiver.answers = [503, "hang", 204]
    told_at(MORNING, *(notice(who, n, unit_id=unit.pk) for who in (lead, officer) for n in (1, 2)))
    told_at(MORNING, notice(lead, 3, Level.INFO, unit_id=unit.pk))
    sent = [carry_at(MORNING + n * 3 * MINUTE)["sent"] for n in range(3)]
    assert sent == [0, 0, 1]
    last = receiver.calls[-1]
    assert {call.headers["idempotency-key"] for call in receiver.calls} == {str(Message.objects.get().pk)}
    assert sorted(item["event"] for item in last.said["notices"]) == ["alert:1:flip:1", "alert:2:flip:1"]
    assert last.path == "/nhan?ma=1"
    assert last.headers["webhook-signature"] == signed(secret, last)


def signed(secret: str, call: Any) -> str:
    """Sign as a receiver does that follows the Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
    return "v1," + base64.b64encode(hmac.new(key, text, hashlib.sha256).digest()).decode()


def test_a_webhook_that_ended_is_not_called(world: builders.World, lead: Person, receiver: Receiver) -> None:
    with clock.at(MORNING):
        ended, _ = add_endpoint(url=receiver.url, level=Level.INFO, person=lead, **administrator(world))
    told_at(MORNING, notice(lead, 1, Level.WATCH), notice(lead, 2))
    receiver.answers = [500]
    carry_at(MORNING)
    with clock.at(MORNING):
        end_endpoint(endpoint=ended, **administrator(world))
    carry_at(MORNING.replace(hour=14))
    assert len(receiver.calls) == 1
    assert Message.objects.get().state == MessageState.DEAD
