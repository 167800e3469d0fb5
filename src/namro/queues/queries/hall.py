"""The hall as it is now: for the pages of the office, for the counter, and for the board that everybody sees."""

from dataclasses import dataclass

from django.db.models import Count, Q

from namro.ground import clock
from namro.queues.models import Counter, Office, Ticket
from namro.queues.queries.forecast import Standing, standing
from namro.queues.terms import AT_COUNTER, OPEN_STATES, State

# So many numbers that come next stand on the board and at a counter.
NEXT_ON_BOARD = 8
MOST_LISTED = 300


@dataclass(frozen=True)
class Hall:
    """Who is in the hall today: waiting in the order of the calls, called or served by counter, held, not come."""

    standing: Standing
    waiting: list[Ticket]
    at_counter: dict[int, Ticket]
    held: list[Ticket]
    missed: list[Ticket]

    @property
    def counters(self) -> list[Counter]:
        """All counters by number."""
        return self.standing.counters

    @property
    def open_counters(self) -> list[Counter]:
        """Those at which somebody works."""
        return [each for each in self.standing.counters if each.is_open]

    def for_counter(self, counter: Counter) -> list[Ticket]:
        """Return those who wait for a service that the counter takes, in order."""
        return [each for each in self.waiting if each.service.code in counter.services]


def hall(office: Office) -> Hall:
    """Return the hall of today."""
    day = clock.today()
    rows = (
        Ticket.objects.filter(Q(state__in=OPEN_STATES) | Q(state=State.NO_SHOW), office=office, day=day)
        .select_related("service", "counter", "appointment")
        .order_by("turn", "serial")[:MOST_LISTED]
    )
    found = list(rows)
    return Hall(
        standing(office, day),
        [each for each in found if each.state == State.WAITING],
        {each.counter_id: each for each in found if each.state in AT_COUNTER and each.counter_id},
        [each for each in found if each.state == State.HELD],
        [each for each in found if each.state == State.NO_SHOW],
    )


@dataclass(frozen=True)
class Board:
    """What everybody sees: numbers called, the latest first, with counter and how often; who is next; how many wait."""

    called: list[Ticket]
    coming: list[str]
    waiting: int
    open_counters: int


def board(office: Office) -> Board:
    """Return the board of today: three queries; no word on anybody but the number."""
    rows = Ticket.objects.filter(office=office, day=clock.today())
    called = rows.filter(state__in=AT_COUNTER).select_related("counter").order_by("-last_call_at", "-pk")
    coming = list(
        rows.filter(state=State.WAITING)
        .order_by("turn", "serial")
        .values_list("number", flat=True)[:MOST_LISTED]
    )
    return Board(
        list(called), coming[:NEXT_ON_BOARD], len(coming),
        Counter.objects.filter(office=office, opened_on=clock.today()).count(),
    )  # fmt: skip


def waiting_by_office() -> dict[int, int]:
    """Return how many wait now, by office; one query."""
    rows = Ticket.objects.filter(day=clock.today(), state=State.WAITING)
    return dict(rows.values_list("office").annotate(n=Count("pk")))


def mine_without_a_line(hall: Hall, counter: Counter) -> list[int]:
    """Return those who wait whom the counter may call while its line is cut: each falls to one open counter only.

    They are dealt out in turn among the open counters that take their service, so that two counters of one hall that
    have lost the line together do not call the same number.
    """
    mine = []
    for place, ticket in enumerate(hall.waiting):
        able = [each.pk for each in hall.open_counters if ticket.service.code in each.services]
        if able and able[place % len(able)] == counter.pk:
            mine.append(ticket.pk)
    return mine


def given_without_a_line(counter: Counter) -> int:
    """Return how many numbers the counter gave today while its line was cut."""
    of_day = Ticket.objects.filter(office=counter.office_id, day=clock.today())
    return of_day.filter(number__startswith=f"{counter.number}-").count()
