"""What became of the numbers: whether waits fell where they were told, the days, and the list behind every count."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, Avg, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models import DurationField as Duration
from django.db.models.functions import TruncMonth

from namro.ground import clock
from namro.ground.numbers import wilson
from namro.ground.period import Kind, Period
from namro.queues.formulas.waiting import KINDS
from namro.queues.models import Office, Ticket
from namro.queues.queries.forecast import MINUTE, waited_inside
from namro.queues.terms import OPEN_STATES

DAYS, MONTHS = 30, 12
PAGE_SIZE = 50
WAITED = ExpressionWrapper(F("called_at") - F("issued_at"), output_field=Duration())
OF_KIND = (
    Q(expected__lte=KINDS[0]),
    Q(expected__gt=KINDS[0], expected__lte=KINDS[1]),
    Q(expected__gt=KINDS[1]),
)


class NineOfTen(Aggregate):
    """The wait within which nine of ten were called."""

    template = "percentile_cont(0.9) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = Duration()


@dataclass(frozen=True)
class Coverage:
    """How often the truth fell inside what was told: inside, all, and the interval that so few or many allow (0–1)."""

    inside: int
    all: int
    synthetic: int

    @property
    def share(self) -> float | None:
        """The share inside, None without a wait."""
        return self.inside / self.all if self.all else None

    @property
    def allowed(self) -> tuple[float, float]:
        """Wilson's interval of the share."""
        return wilson(self.inside, self.all)


def first_counted(day: date, days: int = DAYS) -> date:
    """Return the first of the days up to a day of which the coverage is counted."""
    return day - timedelta(days=days - 1)


def told_a_wait(office: Office, day: date, days: int = DAYS) -> QuerySet[Ticket]:
    """Return the tickets of the days up to a day whose interval history had made."""
    return Ticket.objects.filter(
        office=office, day__gte=first_counted(day, days), day__lte=day, is_calibrated=True
    )


def never_called(today: date) -> Q:
    """Return the condition that nobody will ever call a number: given back, or its day went by; no wait came true."""
    return Q(called_at__isnull=True) & ~Q(day=today, state__in=OPEN_STATES)


def uncalled(office: Office, day: date, days: int = DAYS) -> int:
    """Return how many were told an interval in the days up to a day and never called: no coverage counts them."""
    return told_a_wait(office, day, days).filter(never_called(clock.today())).count()


def coverage(office: Office, day: date, days: int = DAYS) -> list[Coverage]:
    """Return the coverage of the days up to a day: of all, then of those with nobody ahead, some, many; one query."""
    counted: dict[str, Any] = {}
    for name, kind in (("all", Q()), *((str(place), kind) for place, kind in enumerate(OF_KIND))):
        counted |= {
            f"{name}_all": Count("pk", filter=kind),
            f"{name}_inside": Count("pk", filter=kind & waited_inside()),
            f"{name}_synthetic": Count("pk", filter=kind & Q(is_synthetic=True)),
        }
    found = told_a_wait(office, day, days).filter(called_at__isnull=False).aggregate(**counted)
    return [
        Coverage(found[f"{name}_inside"], found[f"{name}_all"], found[f"{name}_synthetic"])
        for name in ("all", *map(str, range(len(OF_KIND))))
    ]


def days_of(office: Office, day: date, days: int = 10) -> list[dict[str, Any]]:
    """Return the latest days with tickets, the last first: tickets, served, not come, mean wait (a duration)."""
    found = (
        Ticket.objects.filter(office=office, day__lte=day)
        .values("day")
        .annotate(
            n=Count("pk"), called=Count("called_at"), missed=Count("pk", filter=Q(state="no_show")),
            waited=Avg(WAITED, filter=Q(called_at__isnull=False)),
        )
        .order_by("-day")[:days]
    )  # fmt: skip
    return [dict(row) | {"minutes": row["waited"] / MINUTE if row["waited"] else None} for row in found]


def months_of(office: Office, day: date) -> list[dict[str, Any]]:
    """Return those of the last twelve months that have tickets, the latest first: tickets; the mean wait, and that of
    nine of ten in minutes; of those told a calibrated interval the share, in per cent, that waited within it."""
    first = Period.containing(Kind.MONTH, day)
    for _ in range(MONTHS - 1):
        first = first.previous()
    waited = Q(called_at__isnull=False)
    told = waited & Q(is_calibrated=True)
    found = (
        Ticket.objects.filter(office=office, day__gte=first.start, day__lte=day)
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(
            n=Count("pk"), waited=Avg(WAITED, filter=waited), most=NineOfTen(WAITED, filter=waited),
            told=Count("pk", filter=told), inside=Count("pk", filter=told & waited_inside()),
        )
        .order_by("-month")
    )  # fmt: skip
    return [
        dict(row) | {
            "last": Period.containing(Kind.MONTH, row["month"]).end,
            "minutes": row["waited"] / MINUTE if row["waited"] is not None else None,
            "most_minutes": row["most"] / MINUTE if row["most"] is not None else None,
            "share": row["inside"] / row["told"] * 100 if row["told"] else None,
        }
        for row in found
    ]  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A page of tickets, the latest first, and the cursor to the next (empty at the end)."""

    tickets: list[Ticket]
    after: str


@dataclass(frozen=True)
class Sought:
    """Which tickets: of a day, since a day, until a day, of a state, of a service, those whose wait was not what was
    told, those that were told a wait and never called."""

    day: date | None = None
    since: date | None = None
    until: date | None = None
    state: str = ""
    service: str = ""
    missed_interval: bool = False
    never_called: bool = False

    def narrowed(self, rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
        """Return those of the rows that are sought."""
        same = {
            "day": self.day, "day__gte": self.since, "day__lte": self.until, "state": self.state,
            "service__code": self.service,
        }  # fmt: skip
        rows = rows.filter(**{name: value for name, value in same.items() if value})
        if self.missed_interval:
            rows = rows.filter(called_at__isnull=False, is_calibrated=True).exclude(waited_inside())
        if self.never_called:
            rows = rows.filter(never_called(clock.today()), is_calibrated=True)
        return rows


def tickets_page(office: Office, sought: Sought, *, after: str = "") -> Page:
    """Return a page of an office's tickets of those sought."""
    rows = sought.narrowed(Ticket.objects.filter(office=office).select_related("service", "counter"))
    if (at := _cursor(after)) is not None:
        rows = rows.filter(Q(day__lt=at[0]) | Q(day=at[0], serial__lt=at[1]))
    found = list(rows.order_by("-day", "-serial")[: PAGE_SIZE + 1])
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    return Page(shown, f"{shown[-1].day.isoformat()}.{shown[-1].serial}" if more else "")


def _cursor(text: str) -> tuple[date, int] | None:
    day, _, serial = text.partition(".")
    try:
        return date.fromisoformat(day), min(int(serial), 2**31 - 1)
    except ValueError:
        return None
