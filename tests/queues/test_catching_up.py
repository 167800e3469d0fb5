"""What a counter did without a line is told later, and stands as it was done."""

from datetime import timedelta
from uuid import UUID, uuid4

from tests import builders
from tests.builders import seen_by
from tests.queues.conftest import NINE
from tests.queues.counter_work import do, take

from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Role
from namro.queues import actions
from namro.queues.models import Counter, Office, Ticket, TicketMoment
from namro.queues.terms import Channel, State, Verb


def _kept(verb: str, ticket: UUID, ago: int) -> actions.OfflineAct:
    return actions.OfflineAct(uuid4(), verb, ticket, ago=timedelta(minutes=ago))


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
