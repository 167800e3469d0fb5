"""The rhythm of an office: how many come, when, for what and for how long; and days made by chance from it."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from namro.queues.formulas.simulation import Visit
from namro.queues.rules.booking import slots_of
from namro.queues.rules.order import turn_of
from namro.queues.terms import Rhythm, ServiceLoad

HALF_HOUR = 30
# People with an appointment come some minutes before it, some after; a few do not come.
BEFORE_SLOT, AROUND_SLOT, STAYS_AWAY = 6.0, 5.0, 0.07


@dataclass(frozen=True)
class Day:
    """What is asked of a day: its weekday (0 Monday), the share of dossiers online and of visits by appointment."""

    weekday: int
    online: float
    booked: float


def visits_of(rhythm: Rhythm, day: Day, chance: random.Random) -> list[Visit]:
    """Return the visits of a day made by chance: a Poisson number of them, each with its service and length."""
    mean = rhythm.demand.visits(day.online) * rhythm.weekdays[day.weekday]
    return [
        made
        for _ in range(poisson(mean, chance))
        if (made := _visit(rhythm, chance, booked=chance.random() < day.booked)) is not None
    ]


def _visit(rhythm: Rhythm, chance: random.Random, *, booked: bool) -> Visit | None:
    """Return one visit; None for an appointment that nobody came to."""
    slot: float | None = None
    arrived = _arrival(rhythm.profile, chance)
    if booked:
        slot = float(chance.choice(slots_of(rhythm.halves, rhythm.slot_minutes)))
        arrived = slot + chance.gauss(-BEFORE_SLOT, AROUND_SLOT)
        if chance.random() < STAYS_AWAY:
            return None
    priority = _priority(rhythm.priorities, chance)
    place = chance.choices(range(len(rhythm.services)), [each.share for each in rhythm.services])[0]
    minutes = _length(rhythm.services[place], chance)
    turn = turn_of(arrived, rhythm.turns, priority=priority, slot=slot)
    return Visit(arrived, place, minutes, turn, priority, slot)


def _arrival(profile: Sequence[tuple[int, float]], chance: random.Random) -> float:
    starts, weights = zip(*profile, strict=True)
    return float(chance.choices(starts, weights)[0] + chance.random() * HALF_HOUR)


def _priority(shares: Sequence[tuple[str, float]], chance: random.Random) -> str:
    point = chance.random()
    for code, share in shares:
        point -= share
        if point < 0:
            return code
    return ""


def _length(service: ServiceLoad, chance: random.Random) -> float:
    """Return how long a service takes: log-normal, as times at counters are, never under half a minute."""
    ratio = math.log(1 + (service.spread / service.minutes) ** 2)
    return max(0.5, chance.lognormvariate(math.log(service.minutes) - ratio / 2, math.sqrt(ratio)))


def poisson(mean: float, chance: random.Random) -> int:
    """Return a Poisson number: how many arrivals of rate one fall into a time of that length."""
    n, passed = 0, chance.expovariate(1.0)
    while passed < mean:
        n, passed = n + 1, passed + chance.expovariate(1.0)
    return n
