"""From what was told to what arrives: digests, choices, quiet hours, what a letter may say."""

from datetime import date, timedelta

import pytest
from tests import builders
from tests.delivery.conftest import MINUTE, MORNING, administrator, carry_at, notice, told_at
from tests.delivery.mailserver import MailServer
from tests.delivery.receiver import Receiver

from namro.delivery.actions import add_endpoint, choose, mark_read
from namro.delivery.models import Delivery, Told
from namro.delivery.terms import Channel, Dropped, Level, MessageState
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role

pytestmark = pytest.mark.django_db


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
