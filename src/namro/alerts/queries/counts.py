"""How many alerts stand, by level and by what people have done about them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from namro.alerts.queries.finding import Shown, shown_as, visible_to
from namro.alerts.terms import AlertState
from namro.delivery.terms import Level
from namro.ground import clock
from namro.organisation.terms import Viewer


@dataclass(frozen=True)
class AlertCounts:
    """The open alerts within reach: those that call by level, and those taken, silenced, inhibited."""

    critical: int
    warning: int
    watch: int
    taken: int
    silenced: int
    inhibited: int

    @property
    def calling(self) -> int:
        """How many call for somebody."""
        return self.critical + self.warning + self.watch


def counts(viewer: Viewer, day: date | None = None) -> AlertCounts:
    """The counts on the day (default today); one query."""
    today = day or clock.today()
    calling = shown_as(Shown.CALLING, today)
    found = visible_to(viewer).filter(state=AlertState.OPEN).aggregate(
        critical=Count("pk", filter=calling & Q(level=Level.CRITICAL)),
        warning=Count("pk", filter=calling & Q(level=Level.WARNING)),
        watch=Count("pk", filter=calling & Q(level=Level.WATCH)),
        taken=Count("pk", filter=shown_as(Shown.TAKEN, today)),
        silenced=Count("pk", filter=shown_as(Shown.SILENCED, today)),
        inhibited=Count("pk", filter=shown_as(Shown.INHIBITED, today)),
    )  # fmt: skip
    return AlertCounts(**found)


def counts_by_kind(viewer: Viewer, day: date | None = None) -> dict[str, int]:
    """How many alerts call, by kind of rule; one query."""
    calling = visible_to(viewer).filter(shown_as(Shown.CALLING, day or clock.today()))
    return dict(calling.values_list("kind").annotate(number=Count("pk")).order_by("kind"))


def counts_by_unit(viewer: Viewer, day: date | None = None, *, most: int = 20) -> list[tuple[int, int]]:
    """The units with the most alerts that call, as (unit id, how many); one query."""
    calling = visible_to(viewer).filter(shown_as(Shown.CALLING, day or clock.today()))
    return list(
        calling.values_list("unit_id").annotate(number=Count("pk")).order_by("-number", "unit_id")[:most]
    )
