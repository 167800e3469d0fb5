"""Taking and calling numbers: once, by turn, at one counter, whatever the clock does and however late it is told."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import builders
from tests.builders import World
from tests.queues.conftest import NINE, SAID, package, put_office, seen_by

from namro.audit.models import Entry
from namro.ground import clock
from namro.ground.reviewed import FileRefused
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Role
from namro.queues import actions, queries
from namro.queues.actions.booking import Asked, phone_digits
from namro.queues.actions.calling import Act
from namro.queues.models import Counter, Office, Ticket, TicketMoment
from namro.queues.terms import Booking, Channel, State, Verb


def take(office: Office, service: str = "chung_thuc", **more: object) -> Ticket:
    """Take a number."""
    return actions.issue_ticket(office.pk, actions.Wanted(service, **more), client_id=uuid4())


def act(counter: Counter, verb: Verb, by: Person, **more: object) -> Act:
    """An act of a person at a counter."""
    return Act(verb, counter.pk, by, seen_by(by), **more)


def do(ticket: Ticket, counter: Counter, verb: Verb, by: Person, **more: object) -> Ticket:
    """Do a verb to a ticket."""
    return actions.act_on_ticket(ticket.client_id, act(counter, verb, by, **more), client_id=uuid4())


def call(counter: Counter, by: Person) -> Ticket | None:
    """Call the next."""
    return actions.call_next(act(counter, Verb.CALL, by), client_id=uuid4())


def test_numbers_run_by_service_and_are_called_by_turn(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    first, land, second = take(office), take(office, "dat_dai"), take(office)
    assert [each.number for each in (first, land, second)] == ["A001", "C001", "A002"]
    with clock.at(NINE + timedelta(minutes=10)):
        old = take(office, priority="cao_tuoi")
        assert call(counters[0], clerk) == old
        assert call(counters[1], clerk) == first
        with pytest.raises(Refused, match="Quầy 1 còn số A003 chưa xong"):
            call(counters[0], clerk)
        do(old, counters[0], Verb.FINISH, clerk)
        assert call(counters[0], clerk) == second
        do(second, counters[0], Verb.FINISH, clerk)
        assert call(counters[0], clerk) is None  # counter 1 takes no land
    done = Ticket.objects.get(pk=old.pk)
    assert (done.state, done.served_at, done.calls) == (State.DONE, done.called_at, 1)


def test_a_ticket_is_called_at_one_counter(office: Office, counters: list[Counter], clerk: Person) -> None:
    ticket = take(office)
    do(ticket, counters[0], Verb.CALL, clerk)
    with pytest.raises(Refused, match="Số A001 đã được quầy 1 gọi"):
        do(ticket, counters[1], Verb.CALL, clerk)
    with pytest.raises(Refused, match="đang ở quầy 1; chỉ quầy đó"):
        do(ticket, counters[1], Verb.FINISH, clerk)
    assert TicketMoment.objects.filter(ticket=ticket, verb=Verb.CALL).count() == 1


def test_the_same_act_twice_is_done_once(office: Office, counters: list[Counter], clerk: Person) -> None:
    mark = uuid4()
    made = [actions.issue_ticket(office.pk, actions.Wanted("ho_tich"), client_id=mark) for _ in range(2)]
    assert made[0] == made[1]
    take(office, "ho_tich")
    called = [actions.call_next(act(counters[0], Verb.CALL, clerk), client_id=mark) for _ in range(3)]
    assert called == [made[0]] * 3
    assert Ticket.objects.filter(state=State.WAITING).count() == 1
    assert Entry.objects.filter(verb="ticket_call").count() == 1


def test_hold_miss_transfer_and_come_back(office: Office, counters: list[Counter], clerk: Person) -> None:
    one, two = take(office), take(office)
    call(counters[0], clerk)
    do(one, counters[0], Verb.HOLD, clerk)
    assert call(counters[0], clerk) == two
    do(two, counters[0], Verb.NO_SHOW, clerk)
    do(one, counters[0], Verb.CALL, clerk)
    do(one, counters[0], Verb.SERVE, clerk)
    with pytest.raises(Refused, match="Hãy chọn nhóm việc khác"):
        do(one, counters[0], Verb.TRANSFER, clerk, service="chung_thuc")
    moved = do(one, counters[0], Verb.TRANSFER, clerk, service="dat_dai")
    assert (moved.state, moved.counter, moved.turn) == (State.WAITING, None, one.turn)
    with clock.at(NINE + timedelta(minutes=30)):
        back = do(two, counters[0], Verb.RETURN, clerk)
    assert (back.state, back.turn) == (State.WAITING, 570.0)
    assert call(counters[1], clerk) == moved


def test_a_number_of_yesterday_is_not_called(office: Office, counters: list[Counter], clerk: Person) -> None:
    ticket = take(office)
    with clock.at(NINE + timedelta(days=1)):
        actions.open_counter(counters[0].pk, by=clerk, viewer=seen_by(clerk))
        assert call(counters[0], clerk) is None
        with pytest.raises(Refused, match="là số của ngày 09/07/2025"):
            do(ticket, counters[0], Verb.CALL, clerk)
        assert take(office).number == "A001"


def test_a_clock_that_is_put_back_lets_nobody_pass(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    with clock.at(NINE + timedelta(hours=2)):
        ahead = [take(office), take(office)]
    with clock.at(NINE):
        late = take(office)
        assert [call(counters[0], clerk), call(counters[1], clerk)] == ahead
        first = Ticket.objects.get(pk=ahead[0].pk)
        assert first.issued_at <= first.called_at == NINE
        with clock.at(NINE - timedelta(hours=1)):  # and once more, while somebody is being served
            assert do(first, counters[0], Verb.FINISH, clerk).ended_at == NINE
    assert late.state == State.WAITING


def test_only_the_clerks_of_the_ward_call_and_a_counter_has_one(
    office: Office, counters: list[Counter], clerk: Person, world: World
) -> None:
    take(office)
    for role in (Role.INSPECTOR, Role.OFFICER):
        with pytest.raises(Refused):
            call(counters[0], world.people[role])
    other = builders.person(Role.CLERK, office.unit)
    with pytest.raises(Refused, match="Quầy 1 đang có"):
        actions.open_counter(counters[0].pk, by=other, viewer=seen_by(other))
    call(counters[0], clerk)
    with pytest.raises(Refused, match="còn số A001"):
        actions.close_counter(counters[0].pk, by=clerk, viewer=seen_by(clerk))


def test_after_closing_a_number_is_given_only_while_a_counter_works_on(office: Office, clerk: Person) -> None:
    with clock.at(NINE.replace(hour=18)):
        with pytest.raises(Refused, match="nhận số đến 17:30"):
            take(office)
        actions.open_counter(office.counters.get(number=1).pk, by=clerk, viewer=seen_by(clerk))
        assert take(office).number == "A001"


def test_a_full_hall_takes_no_more(office: Office) -> None:
    Office.objects.update(most_waiting=2)
    take(office), take(office)
    with pytest.raises(Refused, match="Đang có 2 người chờ"):
        take(office)


def test_what_a_counter_did_without_a_line_is_caught_up_with_once(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    here, there = take(office), take(office)
    do(there, counters[1], Verb.CALL, clerk)
    walk_in = uuid4()
    kept = [
        _kept("call", here.client_id, 20), _kept("serve", here.client_id, 19), _kept("finish", here.client_id, 12),
        _kept("call", there.client_id, 11), _kept("finish", there.client_id, 9),
        actions.OfflineAct(walk_in, "issue", None, "ho_tich", "", "1-01", timedelta(minutes=8)),
        _kept("call", walk_in, 6), _kept("finish", walk_in, -3),
    ]  # fmt: skip
    with clock.at(NINE + timedelta(minutes=30)):
        told = [actions.catch_up(counters[0], kept, by=clerk, viewer=seen_by(clerk)) for _ in range(2)]
    assert [bool(each.refusal) for each in told[0]] == [False, False, False, True, True, False, False, False]
    assert told[0][3].refusal == "Số A002 đã được quầy 2 gọi; hãy gọi số tiếp theo."
    # Sent again, what was done is answered as done; nothing is there twice.
    assert [each.number for each in told[1]] == [each.number for each in told[0]]
    assert Ticket.objects.count() == 3
    assert TicketMoment.objects.filter(verb=Verb.FINISH).count() == 2
    served, given = Ticket.objects.get(pk=here.pk), Ticket.objects.get(client_id=walk_in)
    assert (served.called_at, served.ended_at) == (NINE + timedelta(minutes=10), NINE + timedelta(minutes=18))
    assert (given.number, given.channel, given.state) == ("1-01", Channel.OFFLINE, State.DONE)
    assert given.ended_at == NINE + timedelta(minutes=30)  # not after now, whatever the device says


def _kept(verb: str, ticket: UUID, ago: int) -> actions.OfflineAct:
    return actions.OfflineAct(uuid4(), verb, ticket, ago=timedelta(minutes=ago))


def test_an_afternoon_whose_line_comes_back_next_morning_is_still_that_afternoon(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    here, walk_in = take(office), uuid4()
    day = 24 * 60
    kept = [
        _kept("call", here.client_id, day - 60), _kept("finish", here.client_id, day - 70),
        actions.OfflineAct(walk_in, "issue", None, "ho_tich", "", "1-01", timedelta(minutes=day - 80)),
        _kept("call", walk_in, day - 81), _kept("finish", walk_in, day - 85),
        actions.OfflineAct(uuid4(), "next", ago=timedelta(minutes=day - 90)),
    ]  # fmt: skip
    other = builders.person(Role.CLERK, office.unit)
    with clock.at(NINE + timedelta(days=1)):
        actions.open_counter(counters[0].pk, by=other, viewer=seen_by(other))  # the next day's clerk
        told = actions.catch_up(counters[0], kept, by=clerk, viewer=seen_by(clerk))
        not_theirs = actions.catch_up(
            counters[1], [_kept("call", here.client_id, day - 60)], by=other, viewer=seen_by(other)
        )
    assert [each.refusal for each in told[:5]] == [""] * 5
    assert "hãy bấm lại" in told[5].refusal  # nobody of that hall is there any more to be called
    assert "chưa mở" in not_theirs[0].refusal
    served, given = Ticket.objects.get(pk=here.pk), Ticket.objects.get(client_id=walk_in)
    assert (served.state, served.called_at) == (State.DONE, NINE + timedelta(minutes=60))
    assert (given.state, given.day, given.is_calibrated) == (State.DONE, NINE.date(), False)


def test_only_who_opened_the_counter_calls_there(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    ticket, other = take(office), builders.person(Role.CLERK, office.unit)
    with pytest.raises(Refused, match="Quầy 1 đang có"):
        call(counters[0], other)
    with pytest.raises(Refused, match="Quầy 1 đang có"):
        do(ticket, counters[0], Verb.CALL, other)
    with pytest.raises(Refused, match="Quầy 3 chưa mở"):
        call(counters[2], clerk)
    with clock.at(NINE + timedelta(minutes=30)):
        actions.close_counter(counters[0].pk, by=clerk, viewer=seen_by(clerk))
        with pytest.raises(Refused, match="Quầy 1 chưa mở"):
            call(counters[0], clerk)
        # What was done while it was open is done, though it is told after the closing.
        assert do(ticket, counters[0], Verb.CALL, clerk, ago=timedelta(minutes=20)).state == State.CALLED


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


def test_who_holds_the_key_gives_the_number_back(
    office: Office, counters: list[Counter], clerk: Person
) -> None:
    mine, other = take(office), take(office)
    assert {actions.leave(mine.key).state for _ in range(2)} == {State.LEFT}
    assert call(counters[0], clerk) == other
    with pytest.raises(Refused, match="đã được quầy 1 gọi"):
        actions.leave(other.key)


def test_the_place_in_the_hall_counts_who_is_called_before(office: Office, counters: list[Counter]) -> None:
    waiting = [take(office, "ho_tich") for _ in range(5)]
    land = take(office, "dat_dai")
    places = [queries.place_of(each) for each in waiting]
    assert [each.ahead for each in places] == [0, 1, 2, 3, 4]
    assert [each.is_near for each in places] == [True, True, True, False, False]
    assert queries.place_of(land).ahead == 5  # the one open counter that takes land takes these too
    told = places[-1].forecast
    assert told is not None
    assert (told.counters, told.told.is_calibrated) == (2, False)
    # Nobody is ahead of themselves in the forecast either.
    assert [each.forecast.ahead for each in places if each.forecast] == [0, 1, 2, 3, 4]


def test_history_is_marked_told_and_covered_and_comes_once(office: Office) -> None:
    first, last = NINE.date() - timedelta(days=70), NINE.date() - timedelta(days=1)
    made = actions.seed_history(office, first, last, seed=3)
    assert made == Ticket.objects.filter(is_synthetic=True).count() > 1500
    assert actions.seed_history(office, first, last, seed=4) == 0
    overall, *kinds = queries.coverage(office, NINE.date())
    assert overall.all == sum(each.all for each in kinds) == overall.synthetic
    assert 0.74 <= overall.share <= 0.92
    assert take(office).is_calibrated
    counted = queries.rhythm_of_office(office)
    assert (counted.days > 40, counted.is_synthetic) == (True, True)
    assert counted.rhythm.demand.visits(office.online) == pytest.approx(made / counted.days, rel=0.05)
    assert counted.rhythm.weekdays[0] > 1.05
    # Neither today, which is not over, nor a day on which the office does not work, nor what is long ago counts.
    take(office)
    Ticket.objects.filter(day=last).update(day=last - timedelta(days=3))  # a Saturday
    assert queries.rhythm_of_office(office).days == counted.days - 1
    with clock.at(NINE + timedelta(days=300)):
        assert queries.rhythm_of_office(office).days == 0
    # A weekday that was never counted does not put another in its place.
    Ticket.objects.filter(is_synthetic=True, day__week_day=3).delete()
    assert queries.rhythm_of_office(office).days == 0


def test_a_package_loads_twice_as_once_and_says_what_is_wrong(office: Office, tmp_path: Path) -> None:
    key = office.key
    assert put_office(tmp_path).key == key
    assert Counter.objects.count() == 3
    for wrong, told in (
        ("services: [dat_dai]}", "services: [khong_co]}"),
        ('"07:30", "11:30"', '"07:30", "25:30"'),
        ('["13:30", "17:30"]', '["10:30", "17:30"]'),
        ("letter: C", "letter: A"),
        ('unit: "20194"', 'unit: "99999"'),
    ):
        with pytest.raises(FileRefused):
            actions.load_package(package(tmp_path, SAID.replace(wrong, told)))
