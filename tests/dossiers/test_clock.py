"""When a dossier is due: cases by hand, and what holds for every moment."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossiers.conftest import PACKAGE
from tests.procedures.records import record

from namro.dossiers.catalog import DeskRulesDef, read_desk, read_routes
from namro.dossiers.formulas.fees import fee_of
from namro.dossiers.formulas.promising import desk_due, due_after, due_after_stop, promise, risk_line
from namro.dossiers.rules import payment_after
from namro.dossiers.terms import Channel, PaymentState
from namro.ground.calendar import Swap, WorkingCalendar
from namro.ground.clock import VIETNAM
from namro.ground.hours import after_working_time, closing, working_time_between
from namro.procedures.catalog.reading import read_record
from namro.procedures.terms import Limit, LimitKind

CALENDAR = WorkingCalendar([Swap(date(2025, 5, 2), date(2025, 4, 26), "x", "public")])
RULES = DeskRulesDef.from_body(read_desk(PACKAGE / "dossiers" / "desk.yaml")[0])
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)).map(lambda m: m.replace(tzinfo=VIETNAM))  # noqa: DTZ001
AMOUNTS = st.integers(1, 60 * 24 * 30).map(lambda minutes: timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("kind", "amount", "received", "due"),
    [
        (LimitKind.WORKING_DAYS, "3", "09/07/2025 10:00", "14/07/2025 17:30"),
        (LimitKind.WORKING_DAYS, "1", "09/07/2025 18:00", "11/07/2025 17:30"),  # after hours: received tomorrow
        (LimitKind.WORKING_DAYS, "1.5", "09/07/2025 10:00", "11/07/2025 11:30"),
        (LimitKind.WORKING_DAYS, "2", "12/07/2025 09:00", "16/07/2025 17:30"),  # on a Saturday
        (LimitKind.WORKING_DAYS, "3", "25/04/2025 10:00", "29/04/2025 17:30"),  # the Saturday is swapped: worked
        (LimitKind.WORKING_DAYS, "1", "29/04/2025 10:00", "05/05/2025 17:30"),  # holidays, then the day given free
        (LimitKind.DAYS, "3", "09/07/2025 10:00", "14/07/2025 17:30"),  # ends on a Saturday: the next working day
        (LimitKind.DAYS, "2", "09/07/2025 10:00", "11/07/2025 17:30"),
        (LimitKind.MONTHS, "1", "31/07/2025 10:00", "03/09/2025 17:30"),  # 31 August is a Sunday before two holidays
        (LimitKind.HOURS, "4", "09/07/2025 10:00", "09/07/2025 16:00"),
        (LimitKind.HOURS, "8", "11/07/2025 16:30", "14/07/2025 16:30"),
    ],
)  # fmt: skip
def test_due_by_hand(kind: LimitKind, amount: str, received: str, due: str) -> None:
    assert due_after(Limit(kind, Decimal(amount)), at(received), RULES, CALENDAR) == at(due)


def test_hours_of_the_clock_where_the_package_reads_them_so() -> None:
    clocked = DeskRulesDef(**{**vars(RULES), "hours_are": "clock"})
    limit = Limit(LimitKind.HOURS, Decimal(24))
    assert due_after(limit, at("09/07/2025 10:00"), clocked, CALENDAR) == at("10/07/2025 10:00")
    assert due_after(limit, at("11/07/2025 10:00"), clocked, CALENDAR) == at("14/07/2025 17:30")


@given(MOMENTS, AMOUNTS)
def test_working_time_is_counted_there_and_back(moment: datetime, amount: timedelta) -> None:
    end = after_working_time(moment, amount, CALENDAR)
    assert working_time_between(moment, end, CALENDAR) == amount
    assert CALENDAR.is_working(end.date())
    assert end.time() <= closing(end.date()).time()


@settings(max_examples=60)
@given(MOMENTS, AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_clock_that_stood_gives_back_what_was_left(
    start: datetime, limit: timedelta, before: timedelta, stood: timedelta
) -> None:
    due = after_working_time(start, limit, CALENDAR)
    stopped = start + before
    resumed = stopped + stood
    moved = due_after_stop(due, stopped, resumed, CALENDAR)
    assert moved >= due
    if working_time_between(stopped, due, CALENDAR) > timedelta():
        assert working_time_between(resumed, moved, CALENDAR) == working_time_between(stopped, due, CALENDAR)
    else:
        assert moved == due


@given(MOMENTS, AMOUNTS, st.floats(0.05, 1))
def test_a_desk_never_has_longer_than_the_dossier(start: datetime, limit: timedelta, share: float) -> None:
    due = after_working_time(start, limit, CALENDAR)
    assert start <= desk_due(start, due, start, share, CALENDAR) <= due
    assert risk_line(start, RULES, CALENDAR) > start


def test_the_limit_of_the_own_way_goes_first_then_any_that_can_be_counted_then_the_packages() -> None:
    whole = read_record(record())
    now = at("09/07/2025 10:00")
    online = promise(whole, Channel.ONLINE, now, RULES, CALENDAR)
    assert (online.words, online.is_default) == ("3 Ngày làm việc", False)
    assert promise(whole, Channel.POST, now, RULES, CALENDAR).words == "5 Ngày làm việc"
    silent = read_record(
        record(submission_methods=[{"method": "Trực tiếp", "time_limit": "Ngay khi có kết quả"}])
    )
    assumed = promise(silent, Channel.DESK, now, RULES, CALENDAR)
    assert (assumed.words, assumed.is_default) == ("5 ngày làm việc", True)
    assert assumed.due_at == at("16/07/2025 17:30")


def test_a_fee_is_known_where_one_sum_stands_alone() -> None:
    whole = read_record(record())
    assert (fee_of(whole, Channel.ONLINE), fee_of(whole, Channel.DESK), fee_of(whole, Channel.POST)) == (
        0, 50_000, None,
    )  # fmt: skip
    said = {"method": "Trực tiếp", "time_limit": "", "description": ""}
    for words in ("50.000 VNĐ/ bản", "50.000 VNĐ 20.000 VNĐ", "135 VNĐ", "Miễn phí (theo quyết định)", ""):
        assert fee_of(read_record(record(submission_methods=[said | {"fee": words}])), Channel.DESK) is None


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=8))
def test_money_that_came_is_never_forgotten(said: list[tuple[bool, bool, bool]]) -> None:
    state, came = PaymentState.ASKED, False
    for is_paid, is_sum_right, others_paid in said:
        after = payment_after(state, is_paid=is_paid, is_sum_right=is_sum_right, others_paid=others_paid)
        assert after == state or not came
        state, came = after, came or is_paid
        assert came == (state in (PaymentState.PAID, PaymentState.TO_PAY_BACK))


def test_the_routes_of_the_package_end_with_one_that_fits_all() -> None:
    routes = read_routes(PACKAGE / "dossiers" / "routes.yaml")
    assert routes[0].fields
    assert (routes[-1].procedures, routes[-1].fields, routes[-1].levels) == ((), (), ())
