"""Whose turn it is: one order for walk-ins, appointments and priority classes.

Everybody has a turn, the minute of the day as of which they count as having come; the earliest is called first. It is
fixed when the ticket is taken, so nobody slips back while waiting, whatever comes after: who comes later than
`Turns.most` minutes after me is never called before me.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from namro.queues.terms import Turns


class Waiting(Protocol):
    """What the order looks at."""

    @property
    def turn(self) -> float:
        """The minute as of which the person counts as having come."""

    @property
    def serial(self) -> int:
        """The running number of the day: of two with one turn, the lower goes first."""


Person = TypeVar("Person", bound=Waiting)


def turn_of(arrived: float, turns: Turns, *, priority: str = "", slot: float | None = None) -> float:
    """Return the turn of somebody who came at a minute of the day, with an appointment at `slot` or none.

    An appointment counts as somebody who came `booked_head` minutes before it, if the person came no later than
    `grace` minutes after it; it never makes the turn later than a walk-in's.
    """
    walked_in = arrived
    if slot is not None and arrived <= slot + turns.grace:
        walked_in = min(arrived, slot - turns.booked_head)
    return walked_in - turns.head_of(priority)


def in_order(people: Iterable[Person]) -> list[Person]:
    """Return those who wait in the order in which they are called."""
    return sorted(people, key=lambda person: (person.turn, person.serial))


def not_in_future(stamp: float, now: float) -> float:
    """Return the minute at which somebody came, who cannot have come later than now: the clock was put back."""
    return min(stamp, now)
