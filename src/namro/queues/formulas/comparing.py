"""What becomes of a ward's rhythm with the old line and with the new one, for each number of counters."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean

from namro.queues.formulas.rhythm import Day, visits_of
from namro.queues.formulas.simulation import Served, Visit, run_day
from namro.queues.terms import Rhythm

# A ward has enough counters when no more than one in ten waits longer than the limit.
TOLERATED = 0.1


class Line(StrEnum):
    """Cách xếp hàng that is compared."""

    OLD = "old"
    NUMBERS = "numbers"
    ONLINE = "online"
    BOOKED = "booked"


@dataclass(frozen=True)
class Asked:
    """What a ward asks of the simulator: counters, days, shares (0–1) online and by appointment, limit in minutes."""

    counters: range
    days: int
    seed: int
    online: float
    booked: float
    limit: float


@dataclass(frozen=True)
class Outcome:
    """What came out of one line with so many counters: waits in minutes, shares 0–1, minutes worked after closing."""

    line: Line
    counters: int
    visits_a_day: float
    mean_wait: float
    p90_wait: float
    share_over: float
    busy: float
    overtime: float

    @property
    def is_enough(self) -> bool:
        """Whether no more than one in ten waits longer than the limit."""
        return self.share_over <= TOLERATED

    @property
    def percent_over(self) -> float:
        """Per cent of those who wait longer than the limit."""
        return self.share_over * 100


def compare(rhythm: Rhythm, asked: Asked) -> list[Outcome]:
    """Return the outcome of each line with each number of counters, the lines in order.

    Each day begins with the same seed whatever the line and the counters, so that what differs is what was changed.
    """
    outcomes = []
    for line in Line:
        days = _days(rhythm, asked, line)
        outcomes += [_outcome(rhythm, asked, line, counters, days) for counters in asked.counters]
    return outcomes


def needed(outcomes: Iterable[Outcome], line: Line) -> int | None:
    """Return the fewest counters from which on a line is enough, None if none of them is."""
    found: int | None = None
    for each in sorted((each for each in outcomes if each.line == line), key=lambda each: -each.counters):
        if not each.is_enough:
            break
        found = each.counters
    return found


def specialised(loads: Sequence[float], counters: int) -> list[frozenset[int]]:
    """Return the services of each counter where each field has counters of its own; `loads` by service.

    With fewer counters than services some take several; with more, each goes where there is most work for a counter.
    """
    heaviest = sorted(range(len(loads)), key=lambda place: -loads[place])
    if counters <= len(loads):
        desks: list[set[int]] = [set() for _ in range(counters)]
        for place in heaviest:
            min(desks, key=lambda desk: sum(loads[each] for each in desk)).add(place)
        return [frozenset(desk) for desk in desks]
    given = dict.fromkeys(heaviest, 1)
    for _ in range(counters - len(loads)):
        given[max(given, key=lambda place: loads[place] / given[place])] += 1
    return [frozenset({place}) for place in heaviest for _ in range(given[place])]


def pooled(services: int, counters: int) -> list[frozenset[int]]:
    """Return counters each of which takes every service."""
    return [frozenset(range(services))] * counters


def _days(rhythm: Rhythm, asked: Asked, line: Line) -> list[list[Visit]]:
    """Return the visits of each day as a line meets them: who files online does not come."""
    online = asked.online if line in (Line.ONLINE, Line.BOOKED) else 0.0
    booked = asked.booked if line is Line.BOOKED else 0.0
    return [
        visits_of(
            rhythm,
            Day(number % len(rhythm.weekdays), online, booked),
            random.Random(f"{asked.seed}/{number}"),  # noqa: S311 - a simulation, not a secret
        )
        for number in range(asked.days)
    ]


def _outcome(
    rhythm: Rhythm, asked: Asked, line: Line, counters: int, days: Sequence[Sequence[Visit]]
) -> Outcome:
    loads = [each.share * each.minutes for each in rhythm.services]
    desks = specialised(loads, counters) if line is Line.OLD else pooled(len(loads), counters)
    return _measured(rhythm, asked, line, counters, [run_day(day, desks, rhythm.halves) for day in days])


def _measured(
    rhythm: Rhythm, asked: Asked, line: Line, counters: int, days: Sequence[Sequence[Served]]
) -> Outcome:
    waits = sorted(each.waited for day in days for each in day) or [0.0]
    closes = rhythm.halves[-1][1]
    open_minutes = sum(end - start for start, end in rhythm.halves) * counters * len(days)
    work = sum(each.visit.minutes for day in days for each in day)
    return Outcome(
        line, counters, sum(map(len, days)) / len(days), fmean(waits), waits[int(len(waits) * 0.9)],
        sum(wait > asked.limit for wait in waits) / len(waits), work / open_minutes,
        fmean(max([each.ended - closes for each in day] + [0.0]) for day in days),
    )  # fmt: skip
