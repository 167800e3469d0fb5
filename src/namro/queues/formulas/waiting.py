"""How long one will wait: an expectation from who is ahead, and an interval that past errors of it have earned.

The interval is split-conformal (Vovk; Lei et al. 2018): the errors of past expectations, measured against their own
size, give the bounds. Whatever is wrong with the expectation is in the errors, so that the share of truths that fall
inside is the one promised as long as days resemble those before.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from namro.queues.rules.booking import through_hours
from namro.queues.terms import Halves, Interval

# With fewer past waits of a kind the bounds would hang on single people.
ENOUGH = 60
# Beyond so many minutes of expectation a wait is of another kind: nobody ahead, some, many.
KINDS = (0.5, 15.0)
# Without history: half of what is expected, up to nearly twice of it and a usual service more.
FALLBACK_LOW, FALLBACK_HIGH = 0.5, 1.8


@dataclass(frozen=True)
class Past:
    """A wait that is over: what was expected and what it was, in minutes of work (`open_minutes`)."""

    expected: float
    waited: float


def expected_wait(
    ahead: Sequence[int], minutes: Sequence[float], *, service: int, counters: int, busy: int
) -> float:
    """Return the minutes of work until the call: that of those ahead over the counters, and until one is free.

    `ahead` counts those whose turn is earlier, `minutes` says how long each service takes.
    """
    open_counters = max(counters, 1)
    if not any(ahead) and busy < counters:
        return 0.0
    work = sum(n * minutes[place] for place, n in enumerate(ahead))
    # The first of c busy counters is free after a c-th of a service's mean rest.
    first_free = minutes[service] / (open_counters + 1) if busy >= counters else 0.0
    return work / open_counters + first_free


def on_the_clock(work: Interval, now: float, halves: Halves) -> Interval:
    """Return an interval of work as one of the clock, which also runs while the office is closed."""
    low, high = (through_hours(now, float(each), halves) for each in (work.low, work.high))
    return Interval(math.floor(low), math.ceil(high), work.is_calibrated)


def kind_of(expected: float) -> int:
    """Return which kind of wait an expectation is: 0 nobody ahead, 1 some, 2 many."""
    return sum(expected > bound for bound in KINDS)


@dataclass(frozen=True)
class Calibration:
    """What past errors allow to promise: by kind of wait the errors in order, measured against their own size;
    `is_synthetic`: made-up waits are among them."""

    errors: tuple[tuple[float, ...], ...]
    usual: float
    level: float
    is_synthetic: bool = False

    def interval(self, expected: float) -> Interval:
        """Return the interval in which the share `level` of waits fell whose expectation was of the same kind."""
        errors, scale = self.errors[kind_of(expected)], expected + self.usual
        if len(errors) < ENOUGH:
            high = math.ceil(expected * FALLBACK_HIGH + self.usual)
            return Interval(int(expected * FALLBACK_LOW), high, is_calibrated=False)
        low, high_error = bounds(errors, self.level)
        return Interval(
            max(0, math.floor(expected + low * scale)),
            max(1, math.ceil(expected + high_error * scale)),
            is_calibrated=True,
        )


def calibrate(past: Iterable[Past], *, usual: float, level: float) -> Calibration:
    """Return the calibration of past waits; `usual` is the length of a usual service in minutes, the scale of errors
    where nothing is expected; `level` the share of waits that shall fall inside."""
    errors: list[list[float]] = [[] for _ in range(len(KINDS) + 1)]
    for each in past:
        errors[kind_of(each.expected)].append((each.waited - each.expected) / (each.expected + usual))
    return Calibration(tuple(tuple(sorted(kind)) for kind in errors), usual, level)


def bounds(errors: Sequence[float], level: float) -> tuple[float, float]:
    """Return the errors between which a new one falls with at least the share `level`; `errors` in order."""
    n, tail = len(errors), (1 - level) / 2
    low = math.floor((n + 1) * tail) - 1
    high = math.ceil((n + 1) * (1 - tail)) - 1
    return (errors[max(low, 0)], errors[min(high, n - 1)])


def covered(low: int, high: int, waited: float) -> bool:
    """Whether a wait fell inside what was told; a minute that has begun counts as it is read on a clock."""
    return low <= waited <= high
