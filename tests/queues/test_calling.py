"""Taking and calling numbers: once, by turn, at one counter, whatever the clock does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests import builders
from tests.builders import World, seen_by
from tests.queues.conftest import NINE
from tests.queues.counter_work import act, call, do, take

from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Role
from namro.queues import actions, queries
from namro.queues.models import Counter, Office, Ticket, TicketMoment
from namro.queues.terms import State, Verb


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
