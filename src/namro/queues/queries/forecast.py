"""How long somebody who takes a number now will wait: from who is ahead, and from what became of past expectations."""

from collections import Counter as Tally
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from statistics import fmean

from django.db.models import F, Q

from namro.ground import clock
from namro.queues.formulas.waiting import Calibration, Past, calibrate, expected_wait, on_the_clock
from namro.queues.models import Counter, Office, Service, Ticket
from namro.queues.rules.booking import minute_of, open_minutes
from namro.queues.terms import AT_COUNTER, Channel, Halves, Interval, State

# So many of the latest waits make the interval: enough for quantiles, few enough to follow a change.
LATEST = 1200
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Forecast:
    """What is told with a number: how many are ahead, the counters that take it, the wait expected and its interval;
    whether made-up waits are among those that made the interval."""

    ahead: int
    counters: int
    expected: float
    told: Interval
    is_synthetic: bool = False


@dataclass(frozen=True)
class Standing:
    """The hall at one moment, read once: who waits, which counters are open, how long each service takes."""

    office: Office
    services: list[Service]
    counters: list[Counter]
    busy: set[int]
    waiting: list[tuple[int, float, int]]

    def ahead_of(self, service: Service, turn: float, serial: int | None = None) -> Tally[int]:
        """Return how many would be called before that turn by a counter that takes the service, by service."""
        able = {code for counter in self.able(service) for code in counter.services} or {service.code}
        shared = {each.pk for each in self.services if each.code in able}
        last = float("inf") if serial is None else serial
        return Tally(pk for pk, at, number in self.waiting if pk in shared and (at, number) < (turn, last))

    def able(self, service: Service) -> list[Counter]:
        """Return the open counters that take the service."""
        return [each for each in self.counters if each.is_open and service.code in each.services]


def standing(office: Office, day: date) -> Standing:
    """Return the hall of an office on a day: four queries, however many wait."""
    rows = Ticket.objects.filter(office=office, day=day)
    return Standing(
        office,
        list(office.services.filter(is_offered=True)),
        list(office.counters.select_related("person")),
        set(rows.filter(state__in=AT_COUNTER).values_list("counter_id", flat=True)),
        list(
            rows.filter(state=State.WAITING)
            .order_by("turn", "serial")
            .values_list("service_id", "turn", "serial")
        ),
    )


def calibration_of(office: Office) -> Calibration:
    """Return what the latest waits of an office allow to promise; two queries, asked once a minute by a process.

    Every waiting phone asks for it every few seconds; where the clock is set by hand, time does not make it old.
    """
    if clock.is_set():
        return _calibration(office, 0)
    return _of_this_minute(office, int(clock.now().timestamp()) // 60)


def _calibration(office: Office, _minute_asked: int) -> Calibration:
    """Return the calibration as it is now; of a number given without a line nobody was told a wait, and made-up days
    may reach beyond today."""
    called = list(
        Ticket.objects.filter(office=office, called_at__isnull=False, day__lte=clock.today())
        .exclude(channel=Channel.OFFLINE)
        .order_by("-called_at")
        .values_list("expected", "issued_at", "called_at", "is_synthetic")[:LATEST]
    )
    lengths = office.services.filter(is_offered=True).values_list("minutes", flat=True)
    halves = office.halves
    past = (
        Past(expected, open_minutes(_minute(issued), _minute(at), halves))
        for expected, issued, at, _ in called
        if at
    )
    found = calibrate(past, usual=fmean(lengths or [1.0]), level=office.level)
    return replace(found, is_synthetic=any(is_synthetic for *_, is_synthetic in called))


_of_this_minute = lru_cache(maxsize=64)(_calibration)


def forecast(
    hall: Standing, past: Calibration, service: Service, turn: float, serial: int | None = None
) -> Forecast:
    """Return what to tell somebody of that turn: who is about to take a number, or has one (`serial`)."""
    ahead, able = hall.ahead_of(service, turn, serial), hall.able(service)
    expected = expected_wait(
        [ahead[each.pk] for each in hall.services],
        [each.minutes for each in hall.services],
        service=[each.pk for each in hall.services].index(service.pk),
        counters=len(able),
        busy=sum(each.pk in hall.busy for each in able) if able else 1,
    )
    now = minute_of(clock.now().timetz())
    told = on_the_clock(past.interval(expected), now, hours_from(now, hall.office.halves, is_open=bool(able)))
    return Forecast(ahead.total(), len(able), expected, told, past.is_synthetic)


def hours_from(now: float, halves: Halves, *, is_open: bool) -> Halves:
    """Return the hours of an office; a counter that was opened before they begin works already."""
    (opens, closes), *others = halves
    return ((min(now, opens) if is_open else opens, closes), *others)


def _minute(at: datetime) -> float:
    return minute_of(at.astimezone(clock.VIETNAM).timetz())


def waited_inside() -> Q:
    """Return the condition that a wait fell inside the interval told with the number."""
    return Q(
        called_at__gte=F("issued_at") + F("told_low") * MINUTE,
        called_at__lte=F("issued_at") + F("told_high") * MINUTE,
    )
