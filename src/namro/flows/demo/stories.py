"""The lives of demo tasks: from a plan to the acts done on it, each on a working day up to the demo day.

Nothing here says in which of the six states a task is: the platform works that out from the acts.
"""

from collections.abc import Callable
from datetime import date

from namro.flows.demo.teller import Actor, Beat, Teller
from namro.tasks.terms import Verb


def tell(teller: Teller) -> list[Beat]:
    """The acts of a plan, in order."""
    teller.issue()
    STORIES[teller.plan.story](teller)
    return teller.beats


def _begin(teller: Teller, last: date) -> None:
    """Taken on, early enough that what follows still fits."""
    teller.accept(teller.after(last, -2))


def _done(teller: Teller) -> None:
    last = min(teller.plan.due, teller.after(teller.today, -2))
    handed_in = teller.somewhen(teller.after(last, -3), last)
    _begin(teller, handed_in)
    teller.report(teller.after(handed_in, -1), 90)
    teller.submit(handed_in)
    teller.approve()
    teller.talk()


def _done_late(teller: Teller) -> None:
    first = teller.after(teller.calendar.next_working(teller.plan.due), 1)
    last = teller.after(teller.today, -1)
    handed_in = teller.somewhen(first, min(teller.after(first, 6), last))
    _begin(teller, teller.plan.due)
    teller.report(teller.plan.due, 80, stuck=True)
    teller.submit(handed_in)
    teller.approve(late=True)


def _ask_in_time(teller: Teller) -> None:
    """Taken on, reported, then more time asked for some days before the due date."""
    _begin(teller, teller.plan.due)
    day = min(teller.after(teller.plan.due, -4), teller.after(teller.today, -6))
    teller.report(teller.after(day, -1), 40, stuck=True)
    teller.ask(day, _later(teller))


def _later(teller: Teller) -> date:
    return teller.plan.extend_to or teller.after(teller.plan.due, teller.random.choice((15, 20, 30)))


def _done_extended(teller: Teller) -> None:
    until = _later(teller)
    _ask_in_time(teller)
    teller.grant(until)
    handed_in = teller.somewhen(teller.after(until, -3), until)
    teller.report(teller.after(handed_in, -1), 95)
    teller.submit(handed_in)
    teller.approve()


def _extended(teller: Teller) -> None:
    _ask_in_time(teller)
    teller.grant(_later(teller))
    teller.report(teller.after(teller.today, -1), teller.random.choice((50, 55, 60, 65)))
    teller.talk()


def _refused(teller: Teller) -> None:
    _ask_in_time(teller)
    teller.refuse()
    teller.report(teller.after(teller.today, -1), 45)


def _asked(teller: Teller) -> None:
    _begin(teller, teller.today)
    teller.report(teller.after(teller.today, -5), 35, stuck=True)
    teller.ask(teller.after(teller.today, -teller.random.randint(1, 3)), _later(teller))


def _working(teller: Teller) -> None:
    _begin(teller, teller.today)
    teller.report(teller.after(teller.today, -1), teller.random.choice((15, 25, 30, 40, 45, 55, 60, 70)))
    teller.talk()


def _waiting(teller: Teller) -> None:
    teller.accept(teller.today)
    teller.talk()


def _new(teller: Teller) -> None:
    """Given out, not yet taken on."""


def _submitted(teller: Teller) -> None:
    handed_in = teller.after(teller.today, -teller.random.randint(1, 3))
    _begin(teller, handed_in)
    teller.report(teller.after(handed_in, -1), 95)
    teller.submit(handed_in)


def _returned(teller: Teller) -> None:
    handed_in = teller.after(teller.today, -5)
    _begin(teller, handed_in)
    teller.report(teller.after(handed_in, -1), 90)
    teller.submit(handed_in)
    teller.add(
        Verb.RETURN, teller.by_then(teller.after(teller.day, 2)), Actor.ASSIGNER, note=teller.say("return")
    )
    teller.report(teller.today, 85)


def _overdue(teller: Teller) -> None:
    _begin(teller, teller.plan.due)
    teller.report(teller.today, teller.random.choice((40, 55, 65, 75)), stuck=True)
    teller.talk()


def _overdue_idle(teller: Teller) -> None:
    teller.accept(teller.plan.due)


def _overdue_asked(teller: Teller) -> None:
    _begin(teller, teller.plan.due)
    teller.report(teller.plan.due, 60, stuck=True)
    teller.ask(teller.after(teller.today, -2), _later(teller))
    teller.talk()


def _overdue_refused(teller: Teller) -> None:
    _begin(teller, teller.plan.due)
    day = teller.after(teller.plan.due, -2)
    teller.report(teller.after(day, -1), 50)
    teller.ask(day, _later(teller))
    teller.refuse()
    teller.report(teller.after(teller.today, -1), 70, stuck=True)
    teller.talk()


STORIES: dict[str, Callable[[Teller], None]] = {
    "done": _done,
    "done_late": _done_late,
    "done_extended": _done_extended,
    "extended": _extended,
    "refused": _refused,
    "asked": _asked,
    "working": _working,
    "waiting": _waiting,
    "new": _new,
    "submitted": _submitted,
    "returned": _returned,
    "overdue": _overdue,
    "overdue_idle": _overdue_idle,
    "overdue_asked": _overdue_asked,
    "overdue_refused": _overdue_refused,
}
