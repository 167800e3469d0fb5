"""The life of one dossier as steps in time; what lies behind the last moment has not happened yet.

Each step says what changes on the dossier. Days are counted by the same rules as those of the living: the promise, the
clock that stands while a supplement is awaited, the desk's share.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from namro.dossiers.formulas.fees import fee_of
from namro.dossiers.formulas.promising import desk_due, due_after_stop, promise
from namro.dossiers.terms import Channel, Outcome, State, Verb
from namro.flows.demo.onestop.filing import Filing
from namro.flows.demo.onestop.place import Kind, Place
from namro.flows.demo.onestop.plan import Plan
from namro.ground.clock import VIETNAM
from namro.ground.hours import after_working_time, working_time_between

HOUR = timedelta(hours=1)
Values = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One act: when, which, the state after it (None: as before), by whom (None: the applicant or the machine)."""

    at: datetime
    verb: Verb
    state: State | None = None
    by: int | None = None
    changes: Values = field(default_factory=dict)


@dataclass
class Telling:
    """What is at hand while one life is told."""

    filing: Filing
    kind: Kind
    place: Place
    plan: Plan
    random: Random
    steps: list[Step] = field(default_factory=list)
    due_at: datetime = field(init=False)
    supplements: list[tuple[datetime, datetime]] = field(default_factory=list)
    is_late: bool = False

    def by_chance(self, rate: str) -> bool:
        """Whether what happens at a rate of the plan happens now: by the month where the plan says so."""
        monthly = self.plan.monthly.get(rate)
        share = monthly[self.filing.at.month] if monthly else self.plan.rates[rate]
        return self.random.random() < share

    def later(self, moment: datetime, least: float, most: float) -> datetime:
        """Return a moment so many working hours later."""
        return after_working_time(moment, self.random.uniform(least, most) * HOUR, self.place.calendar)

    def clerk(self) -> int | None:
        """Return somebody who receives, None where the unit has nobody yet."""
        return self.random.choice(self.place.clerks) if self.place.clerks else None

    def officer(self) -> int | None:
        """Return somebody who settles."""
        return self.random.choice(self.place.officers) if self.place.officers else None

    def add(
        self, at: datetime, verb: Verb, state: State | None = None, by: int | None = None, **changes: Any
    ) -> None:
        """Add a step."""
        self.steps.append(Step(at, verb, state, by, changes))


def tell(telling: Telling) -> list[Step]:
    """Return the steps of a dossier's life in the order of time."""
    received = _begin(telling)
    _flags(telling, received)
    whole = working_time_between(received, telling.due_at, telling.place.calendar)
    share = (
        telling.random.uniform(1.05, 1.9)
        if telling.by_chance("late")
        else telling.random.triangular(0.2, 1, 0.6)
    )
    if telling.by_chance("withdrawn"):
        _withdraw(telling, telling.later(telling.steps[-1].at, 0.5, 5))
    else:
        _settle(telling, received, share * whole)
    return sorted(telling.steps, key=lambda step: step.at)


def _withdraw(telling: Telling, at: datetime) -> None:
    """After the check; a fee that is not paid by then is never paid."""
    telling.steps = [step for step in telling.steps if step.at < at]
    _note_late(telling, at)
    telling.add(at, Verb.WITHDRAW, State.WITHDRAWN, **_ended(Outcome.WITHDRAWN, at))


def _begin(telling: Telling) -> datetime:
    """File and receive; return the moment of reception."""
    filing, received = telling.filing, telling.filing.at
    if filing.channel is not Channel.DESK:
        telling.add(filing.at, Verb.SUBMIT, State.SUBMITTED)
        received = telling.later(filing.at, 0.1, 5)
    due = promise(telling.kind.record, filing.channel, received, telling.place.rules, telling.place.calendar)
    telling.due_at = due.due_at
    said = fee_of(telling.kind.record, filing.channel)
    fee = telling.kind.sort.fee if said is None else said
    telling.add(
        received, Verb.RECEIVE, State.RECEIVED, telling.clerk(), received_at=received, promised_at=due.due_at,
        due_at=due.due_at, limit_words=due.words, limit_is_default=due.is_default, fee=fee,
    )  # fmt: skip
    if fee:
        _pay(telling, received)
    return received


def _pay(telling: Telling, received: datetime) -> None:
    """Most pay online at once where they filed so; the others at the desk; some have not paid yet."""
    if telling.filing.channel is Channel.ONLINE and telling.by_chance("paid_online"):
        at = received + telling.random.uniform(1, 60) * timedelta(minutes=1)
        telling.add(at, Verb.HEAR_PAYMENT, fee_paid_at=at, paid_online=True)
    elif telling.random.random() < 0.9:
        at = received if telling.filing.channel is Channel.DESK else telling.later(received, 2, 16)
        telling.add(at, Verb.TAKE_FEE, by=telling.clerk(), fee_paid_at=at, paid_online=False)


def _flags(telling: Telling, received: datetime) -> None:
    """What is true of the papers once the clerk has checked them, and when the national portal heard of them."""
    online = telling.filing.channel is Channel.ONLINE
    checked = telling.later(received, 0.1, 1.5)
    telling.add(
        checked, Verb.CHECK, State.CHECKED, telling.clerk(), is_digitised=telling.by_chance("digitised"),
        certified_copies=1 if online and telling.by_chance("copies") else 0,
        reused_papers=telling.random.randint(1, 3) if telling.by_chance("reused") else 0,
        uses_population_data=telling.random.random() < telling.kind.sort.population,
        needs_paper_result=not online or telling.by_chance("paper"),
        synced_at=checked if telling.by_chance("synced") else None,
    )  # fmt: skip


def _settle(telling: Telling, received: datetime, work: timedelta) -> None:
    """From desk to desk to the end, once or twice stopped for a supplement."""
    calendar = telling.place.calendar
    sent = telling.later(telling.steps[-1].at, 0.05, 0.5)
    left = max(work - working_time_between(received, sent, calendar), timedelta(minutes=10))
    at, stops = sent, 0
    for number, desk in enumerate(telling.kind.steps):
        verb = Verb.MOVE_ON if number else Verb.SEND
        ends = desk_due(at, telling.due_at, received, float(desk.share), calendar)
        who = telling.officer() if number else telling.clerk()
        telling.add(
            at, verb, State.IN_PROCESS, who, desk_id=desk.pk, desk_since=at, desk_due_at=ends, holder_id=None
        )
        telling.add(at + timedelta(minutes=5), Verb.CLAIM, by=(one := telling.officer()), holder_id=one)
        at = after_working_time(at, left * float(desk.share), calendar)
        while number == 0 and stops < 2 and telling.by_chance("second_supplement" if stops else "supplement"):
            stops += 1
            at = _supplement(telling, at, stops)
    _end(telling, at)


def _supplement(telling: Telling, asked: datetime, number: int) -> datetime:
    """Ask and get an answer some days later; return when the work goes on."""
    hours = telling.random.uniform(14, 150)
    answered = asked + timedelta(hours=hours)
    telling.supplements.append((asked, answered))
    telling.due_at = due_after_stop(telling.due_at, asked, answered, telling.place.calendar)
    _note_late(telling, asked)
    late = {} if number == 1 or telling.is_late else {"late_on": asked.astimezone(VIETNAM).date()}
    telling.is_late = telling.is_late or number > 1
    telling.add(
        asked, Verb.ASK_SUPPLEMENT, State.SUPPLEMENT_ASKED, telling.officer(), supplements=number,
        stopped_since=asked, **late,
    )  # fmt: skip
    telling.add(answered, Verb.ANSWER_SUPPLEMENT, State.IN_PROCESS, due_at=telling.due_at, stopped_since=None)
    return telling.later(answered, 0.5, 4)


def _note_late(telling: Telling, at: datetime) -> None:
    """A clock that ran out by a moment is noted once, when it did: an earlier lateness stays."""
    if telling.due_at < at and not telling.is_late:
        telling.is_late = True
        late_on = telling.due_at.astimezone(VIETNAM).date()
        telling.add(telling.due_at, Verb.NOTE_LATE, late_on=late_on)


def _end(telling: Telling, at: datetime) -> None:
    _note_late(telling, at)
    decided = {"decided_at": at}
    if telling.by_chance("refused"):
        telling.add(
            at, Verb.REFUSE, State.REFUSED, telling.officer(), **_ended(Outcome.REFUSED, at), **decided
        )
        return
    electronic = telling.by_chance("electronic")
    granted = {**_ended(Outcome.GRANTED, at), **decided, "result_is_electronic": electronic}
    telling.add(at, Verb.DECIDE, State.DECIDED, telling.officer(), **granted)
    given = telling.later(at, 0.1, 2) if electronic else telling.later(at, 0.5, 30)
    telling.add(given, Verb.HAND_OVER_RESULT, State.RESULT_GIVEN, telling.clerk(), handed_at=given)


def _ended(outcome: Outcome, at: datetime) -> Values:
    return {"outcome": outcome.value, "finished_at": at, "stopped_since": None, "holder_id": None}
