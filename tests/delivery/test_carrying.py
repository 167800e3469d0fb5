"""From what was told to what arrives: digests, choices, quiet hours, servers that fail, hang and come back."""

import base64
import hashlib
import hmac
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests import builders
from tests.delivery.conftest import MORNING, notice
from tests.delivery.mailserver import MailServer
from tests.delivery.receiver import Receiver

from namro.delivery.actions import add_endpoint, carry, choose, end_endpoint, mark_read, retry, tell
from namro.delivery.models import Attempt, Delivery, Message, Told
from namro.delivery.terms import Channel, Dropped, Level, MessageState
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import viewer
from namro.organisation.terms import Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def carry_at(moment: datetime) -> dict[str, int]:
    with clock.at(moment):
        return carry()


def told_at(moment: datetime, *notices: Any) -> None:
    with clock.at(moment):
        tell(notices)


def test_forty_notices_are_one_letter_the_gravest_first(lead: Person, mail: MailServer) -> None:
    told_at(MORNING, *(notice(lead, n, Level(n % 3)) for n in range(40)))
    choose_all(lead)
    assert carry_at(MORNING + 5 * MINUTE)["sent"] == 1  # the warnings
    assert carry_at(MORNING.replace(hour=13, minute=30))["sent"] == 1  # the rest
    first, second = (letter.get_body(("plain",)).get_content() for letter in mail.letters)
    assert first.count("Cảnh báo: ") == 13
    assert second.count("Theo dõi: ") == 13
    assert second.count("Thông tin: ") == 14
    assert second.index("Theo dõi: ") < second.index("Thông tin: ")
    assert mail.letters[1]["Subject"] == "[Năm Rõ] 27 tin"
    assert mail.letters[0]["To"] == lead.email
    assert "bạn phụ trách nhiệm vụ" in first
    assert "http://127.0.0.1:8057/canh-bao/2/" in first
    assert mail.letters[0].get_body(("html",)).get_content().count("<li>") == 13


def choose_all(who: Person) -> None:
    with clock.at(MORNING):
        choose({(level, Channel.EMAIL): True for level in Level}, by=who)


def test_what_is_grave_goes_at_once_by_night_and_nothing_else_does(lead: Person, mail: MailServer) -> None:
    night = MORNING.replace(hour=23)
    told_at(night, notice(lead, 1, Level.WARNING), notice(lead, 2, Level.CRITICAL))
    assert carry_at(night)["sent"] == 1
    assert "Nghiêm trọng: Việc số 2" in mail.letters[0]["Subject"]
    assert carry_at(night + timedelta(hours=7, minutes=29))["sent"] == 0
    assert carry_at(night + timedelta(hours=7, minutes=30))["sent"] == 1
    assert "Cảnh báo: Việc số 1" in mail.letters[1]["Subject"]


def test_warnings_one_after_another_are_gathered(lead: Person, mail: MailServer) -> None:
    for minute in range(30):
        told_at(MORNING + minute * MINUTE, notice(lead, minute, Level.WARNING))
        carry_at(MORNING + minute * MINUTE)
    carry_at(MORNING + 60 * MINUTE)
    assert len(mail.letters) == 3
    assert Delivery.objects.filter(message__state=MessageState.SENT).count() == 30


def test_what_was_read_in_time_is_not_mailed(lead: Person, mail: MailServer) -> None:
    told_at(MORNING, notice(lead, 1, Level.WATCH), notice(lead, 2, Level.WATCH))
    with clock.at(MORNING + MINUTE):
        mark_read([Told.objects.get(topic="alert:1").pk], by=lead)
    carry_at(MORNING.replace(hour=14))
    assert Delivery.objects.get(told__topic="alert:1").dropped == Dropped.READ
    assert "Việc số 2" in mail.letters[0]["Subject"]


def test_who_cannot_be_reached_is_on_record_with_the_reason(world: builders.World, mail: MailServer) -> None:
    shut, nowhere, silent = (world.people[role] for role in (Role.CLERK, Role.OFFICER, Role.INSPECTOR))
    Person.objects.filter(pk=shut.pk).update(is_active=False)
    Person.objects.filter(pk=nowhere.pk).update(email="")
    with clock.at(MORNING):
        choose({(Level.WATCH, Channel.EMAIL): False}, by=silent)
    told_at(MORNING, *(notice(who, level=Level.WATCH) for who in (shut, nowhere, silent)))
    carry_at(MORNING.replace(hour=14))
    why = {row.told.person_id: row.dropped for row in Delivery.objects.select_related("told")}
    assert why == {
        shut.pk: Dropped.ACCOUNT_SHUT, nowhere.pk: Dropped.NO_ADDRESS, silent.pk: Dropped.SWITCHED_OFF
    }  # fmt: skip
    assert mail.letters == []


def test_a_place_without_a_mail_server_says_so(lead: Person) -> None:
    told_at(MORNING, notice(lead))
    assert carry_at(MORNING)["sent"] == 0
    assert Delivery.objects.get().dropped == Dropped.NO_MAIL_SERVER


def test_what_is_confidential_leaves_as_a_link_only(
    world: builders.World, lead: Person, mail: MailServer, receiver: Receiver
) -> None:
    with clock.at(MORNING):
        add_endpoint(url=receiver.url, level=Level.INFO, person=lead, **administrator(world))
    secret = notice(lead, title="Việc mật số 7", body="nội dung mật", confidential=True)
    told_at(MORNING, secret)
    carry_at(MORNING)
    sent = mail.letters[0].as_string() + mail.letters[0].get_body(("plain",)).get_content()
    assert "/canh-bao/1/" in sent
    for words in (sent, str(mail.letters[0]["Subject"]), receiver.calls[0].body.decode()):
        assert "Việc mật số 7" not in words
        assert "nội dung mật" not in words


def administrator(world: builders.World) -> dict[str, Any]:
    who = world.people[Role.ADMINISTRATOR]
    seen = viewer(who, MORNING.date())
    assert seen is not None
    return {"by": who, "viewer": seen}


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


def test_nothing_is_sent_before_its_own_day(lead: Person, mail: MailServer) -> None:
    later = MORNING + timedelta(days=2)
    told_at(MORNING, notice(lead, due=later))
    assert carry_at(MORNING)["gathered"] == 0
    assert carry_at(later)["sent"] == 1
    assert later.date() == date(2025, 7, 11)


def test_a_title_of_two_lines_is_no_second_header(lead: Person, mail: MailServer) -> None:
    told_at(MORNING, notice(lead, title="Dòng một\r\nBcc: ke-xau@example.org"))
    assert carry_at(MORNING)["sent"] == 1
    assert mail.letters[0]["Bcc"] is None
    subject = mail.letters[0]["Subject"].strip()  # a long one is folded, which leaves a space
    assert subject == "[Năm Rõ] Nghiêm trọng: Dòng một Bcc: ke-xau@example.org"


def test_words_of_others_are_not_read_as_markup(lead: Person, mail: MailServer) -> None:
    told_at(MORNING, notice(lead, title="<b>đậm</b> & <script>x</script>"))
    carry_at(MORNING)
    html = mail.letters[0].get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;b&gt;" in html
    assert "<b>đậm</b> &" in mail.letters[0].get_body(("plain",)).get_content()


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
