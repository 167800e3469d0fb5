"""A made-up history of an office, marked as such: days of its stated rhythm, each wait told as it would have been."""

import random
from collections import Counter as Tally
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.queries import working_calendar
from namro.queues.formulas.rhythm import Day, visits_of
from namro.queues.formulas.simulation import Seen, Served, Visit, run_day
from namro.queues.formulas.waiting import Calibration, Past, calibrate, expected_wait, on_the_clock
from namro.queues.models import Counter, Office, Service, Ticket
from namro.queues.rules.booking import open_minutes
from namro.queues.terms import Channel, Interval, Rhythm, State

SPACE = uuid5(NAMESPACE_URL, "urn:namro:queues:history")
# Days differ: on some everything takes longer. The last counter opens on the busiest day of the week only.
DAY_SPREAD, BUSIEST = 0.08, 0
NOT_THERE = 0.03
LATEST = 1200
BATCH = 2000


@dataclass
class Teller:
    """Tells each wait of a day on coming, from the days before, and learns from what became of it in the evening."""

    rhythm: Rhythm
    level: float
    past: list[Past] = field(default_factory=list)
    told: dict[int, tuple[float, Interval]] = field(default_factory=dict)
    _held: Calibration | None = None

    def look(self, visit: Visit, seen: Seen) -> None:
        """Keep what is told to a visit that sees so many ahead."""
        lengths = [each.minutes for each in self.rhythm.services]
        expected = expected_wait(
            seen.ahead, lengths, service=visit.service, counters=seen.counters, busy=seen.busy
        )
        if self._held is None:
            usual = sum(lengths) / len(lengths)
            self._held = calibrate(self.past[-LATEST:], usual=usual, level=self.level)
        told = on_the_clock(self._held.interval(expected), visit.arrived, self.rhythm.halves)
        self.told[id(visit)] = (expected, told)

    def learn(self, day: list[Served]) -> None:
        """Take the day's waits into the past."""
        self.past += [
            Past(
                self.told[id(each.visit)][0],
                open_minutes(each.visit.arrived, each.called, self.rhythm.halves),
            )
            for each in day
        ]
        self._held = None


@transaction.atomic
def seed_history(office: Office, first: date, last: date, *, seed: int = 57) -> int:
    """Put made-up tickets on the working days from a day to a day, marked synthetic; returns how many.

    Days that have tickets already, made up or real, stay as they are: twice is as once. Today is for who comes.
    """
    held = set(Ticket.objects.filter(office=office, day__range=(first, last)).values_list("day", flat=True))
    calendar = working_calendar()
    held.add(clock.today())
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    teller = Teller(office.stated_rhythm(), office.level)
    made: list[Ticket] = []
    for day in days:
        if calendar.is_working(day) and day not in held and day.weekday() < len(teller.rhythm.weekdays):
            made += _tickets_of(office, day, teller, random.Random(f"{seed}/{day}"))  # noqa: S311 - no secret
    Ticket.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def seed_histories(first: date, last: date) -> int:
    """Put a made-up history to every office; returns how many tickets."""
    return sum(seed_history(office, first, last) for office in Office.objects.select_related("unit"))


def _tickets_of(office: Office, day: date, teller: Teller, chance: random.Random) -> Iterator[Ticket]:
    """Yield the tickets of a day in the order of their numbers."""
    counters = list(office.counters.all())
    at_work = counters if day.weekday() == BUSIEST else counters[: max(1, len(counters) - 1)]
    services = {each.code: each for each in office.services.all()}
    codes = [each.code for each in teller.rhythm.services]
    desks = [frozenset(map(codes.index, set(each.services) & set(codes))) for each in at_work]
    pace = chance.lognormvariate(0.0, DAY_SPREAD)
    visits = [
        replace(each, minutes=each.minutes * pace)
        for each in visits_of(teller.rhythm, Day(day.weekday(), office.online, office.booked), chance)
    ]
    served = run_day(visits, desks, teller.rhythm.halves, teller.look)
    teller.learn(served)
    numbers: Tally[str] = Tally()
    for serial, each in enumerate(sorted(served, key=lambda each: each.visit.arrived), start=1):
        service = services[codes[each.visit.service]]
        numbers[service.letter] += 1
        yield _ticket(
            office, day, serial, f"{service.letter}{numbers[service.letter]:03d}", service, at_work[each.counter], each,
            teller, missed=chance.random() < NOT_THERE,
        )  # fmt: skip


def _ticket(
    office: Office, day: date, serial: int, number: str, service: Service, counter: Counter, each: Served,
    teller: Teller, *, missed: bool,
) -> Ticket:  # fmt: skip
    name = f"{office.pk}/{day}/{serial}"
    expected, told = teller.told[id(each.visit)]
    midnight = datetime.combine(day, time(), VIETNAM)
    called, ended = (midnight + timedelta(minutes=at) for at in (each.called, each.ended))
    return Ticket(
        client_id=uuid5(SPACE, name), key=blake2b(f"{office.key}/{name}".encode(), digest_size=10).hexdigest(),
        office=office, service=service, day=day, number=number, serial=serial, priority=each.visit.priority,
        channel=Channel.KIOSK, state=State.NO_SHOW if missed else State.DONE, counter=counter, calls=1,
        issued_at=midnight + timedelta(minutes=each.visit.arrived), turn=each.visit.turn, called_at=called,
        last_call_at=called, served_at=None if missed else called, ended_at=ended, expected=expected,
        told_low=told.low, told_high=told.high, is_calibrated=told.is_calibrated, is_synthetic=True,
    )  # fmt: skip
