"""Appointments: booked once, kept, given back, and before later walk-ins."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.queues.conftest import NINE
from tests.queues.counter_work import call, take

from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.queues import actions, queries
from namro.queues.actions.booking import Asked, phone_digits
from namro.queues.models import Counter, Office
from namro.queues.terms import Booking


def test_the_appointment_is_locked_while_its_number_is_given(office: Office) -> None:
    service = office.services.get(code="ho_tich")
    made = actions.book(Asked(service.pk, NINE.date(), 570, "0905123456"), client_id=uuid4())
    with CaptureQueriesContext(connection) as captured:
        take(office, appointment=made.code)
    asked = [each["sql"] for each in captured if 'FROM "queues_appointment"' in each["sql"]]
    assert any("FOR UPDATE" in each for each in asked)


def test_an_appointment_is_booked_once_kept_and_comes_before_later_walk_ins(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    service = office.services.get(code="ho_tich")
    asked = Asked(service.pk, NINE.date(), 570, "0905 123 456")
    mark = uuid4()
    made = [actions.book(asked, client_id=mark) for _ in range(2)]
    assert made[0] == made[1]
    for other in ((570, "0905999999"), (600, "0905 123 456")):
        with pytest.raises(Refused, match="đã đặt một lịch hẹn khác"):
            actions.book(Asked(service.pk, NINE.date(), *other), client_id=mark)
    assert "123456" not in repr(vars(made[0]))
    with pytest.raises(Refused, match="đã có lịch hẹn"):
        actions.book(Asked(service.pk, NINE.date(), 600, "+84905123456"), client_id=uuid4())
    with pytest.raises(Refused, match="Giờ 09:30 vừa hết chỗ"):
        actions.book(Asked(service.pk, NINE.date(), 570, "0905999999"), client_id=uuid4())
    with clock.at(NINE + timedelta(minutes=20)):
        walked, booked = take(office), take(office, appointment=made[0].code.lower())
        assert (booked.turn, booked.service) == (555.0, service)
        assert call(counters[0], clerk) == booked
        with pytest.raises(Refused, match="đã được lấy số"):
            take(office, appointment=made[0].code)
        with pytest.raises(Refused, match="đã được lấy số"):
            actions.cancel(made[0].code)
    assert walked.number == "A001"


def test_a_slot_given_back_is_free_again(office: Office) -> None:
    service = office.services.get(code="ho_tich")
    made = actions.book(Asked(service.pk, NINE.date(), 570, "0905123456"), client_id=uuid4())
    assert next(each.left for each in queries.free_slots(service, NINE.date())) == 0
    assert {actions.cancel(made.code).state for _ in range(2)} == {Booking.CANCELLED}
    assert next(each.left for each in queries.free_slots(service, NINE.date())) == 1
    with pytest.raises(Refused, match="Không có lịch hẹn"):
        take(office, appointment=made.code)


@pytest.mark.parametrize("text", ["", "123", "0905 12", "hai ba bốn", "0905123456789", "９０５１２３４５６"])
def test_what_is_no_telephone_number_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="chữ số"):
        phone_digits(text)
