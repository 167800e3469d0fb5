"""Who files what and when: exactly so many dossiers, exactly so many of them online, in the rhythm of the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from random import Random

from namro.dossiers.terms import Channel
from namro.flows.demo.onestop.plan import Plan, Sort
from namro.ground.calendar import WorkingCalendar
from namro.ground.clock import VIETNAM

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Filing:
    """One dossier to come: when, how, of which sort, by the how-manieth applicant."""

    at: datetime
    channel: Channel
    sort: Sort
    applicant: int


@dataclass(frozen=True)
class Days:
    """From the first day to the last, on a working calendar."""

    first: date
    last: date
    calendar: WorkingCalendar

    def every(self) -> list[date]:
        """Return all days but the last, of which nothing is told yet."""
        return [self.first + n * DAY for n in range((self.last - self.first).days)]


def filings(plan: Plan, online_sorts: frozenset[str], days: Days, random: Random) -> list[Filing]:
    """Return the filings in the order of time; `online_sorts` are the codes that may be filed online."""
    channels = [Channel.ONLINE] * plan.online + [Channel.DESK] * (plan.dossiers - plan.online)
    moments = {
        channel: _moments(plan, channel, channels.count(channel), days, random)
        for channel in (Channel.ONLINE, Channel.DESK)
    }
    sorts = _sorts(plan, online_sorts, random)
    found = []
    people = 0
    for channel in (Channel.ONLINE, Channel.DESK):
        for at, sort in zip(moments[channel], sorts[channel], strict=True):
            comes_again = people and random.random() < plan.rates["returning"]
            people += 0 if comes_again else 1
            by_post = channel is Channel.DESK and random.random() < plan.rates["post"]
            who = random.randrange(people) if comes_again else people - 1
            found.append(Filing(at, Channel.POST if by_post else channel, sort, who))
    return sorted(found, key=lambda each: (each.at, each.channel, each.applicant))


def _sorts(plan: Plan, online_sorts: frozenset[str], random: Random) -> dict[Channel, list[Sort]]:
    """Return a sort for every filing: the weights hold over all, whichever way they come."""
    weights = [sort.weight for sort in plan.sorts]
    may = [sort for sort in plan.sorts if sort.code in online_sorts]
    chosen = random.choices(may, [sort.weight for sort in may], k=plan.online)
    # What is left of each sort comes to the desk.
    total = sum(weights)
    left = [
        max(sort.weight * plan.dossiers / total - sum(each is sort for each in chosen), 1e-9)
        for sort in plan.sorts
    ]
    at_desk = random.choices(plan.sorts, left, k=plan.dossiers - plan.online)
    return {Channel.ONLINE: chosen, Channel.DESK: at_desk}


def _moments(plan: Plan, channel: Channel, count: int, days: Days, random: Random) -> list[datetime]:
    every = [day for day in days.every() if channel is Channel.ONLINE or days.calendar.is_working(day)]
    weights = [_weight(plan, channel, day, days.calendar) for day in every]
    chosen = random.choices(every, cum_weights=list(accumulate(weights)), k=count)
    hours = plan.hours[channel.value]
    return [_at(day, hours, random) for day in chosen]


def _weight(plan: Plan, channel: Channel, day: date, calendar: WorkingCalendar) -> float:
    week: Sequence[float] = plan.weekdays[channel.value]
    weight = plan.months.get(day.month, 1.0) * (week[day.weekday()] if day.weekday() < len(week) else 1.0)
    return weight * (1.0 if calendar.is_working(day) or channel is Channel.DESK else 0.6)


def _at(day: date, hours: Mapping[int, float], random: Random) -> datetime:
    hour = random.choices(list(hours), list(hours.values()))[0]
    # Offices open at half past seven and at half past one.
    first = 30 if hour in (7, 13) else 0
    return datetime.combine(day, time(hour, random.randrange(first, 60), random.randrange(60)), VIETNAM)
