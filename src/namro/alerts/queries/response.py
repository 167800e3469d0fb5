"""What became of the alerts of each rule: how many were told, how many led to an action, how long that took."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Aggregate, Count, DateTimeField, DurationField, F, Min, OuterRef, Q, Subquery

from namro.alerts.models import Alert, Deed
from namro.alerts.terms import ACTIONS

WINDOW = timedelta(days=30)


class Median(Aggregate):
    """The middle of what is counted, as PostgreSQL has it."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Response:
    """Of the alerts told in a month: how many, how many led to an action, the median of hours until the first."""

    told: int = 0
    acted: int = 0
    hours: float | None = None


def responses(day: date, rule: str = "") -> Mapping[str, Response]:
    """Return by the code of each rule (or of the one given) what became of what it raised in the month up to the day;
    one query."""
    first = Deed.objects.filter(alert=OuterRef("pk"), verb__in=ACTIONS).order_by().values("alert")
    acted_at = Subquery(first.annotate(first=Min("at")).values("first"), output_field=DateTimeField())
    rows = Alert.objects.filter(told_at__isnull=False, since__gt=day - WINDOW, since__lte=day)
    if rule:
        rows = rows.filter(rule__code=rule)
    counted = rows.annotate(acted_at=acted_at, waited=F("acted_at") - F("opened_at")).order_by()
    found = counted.values_list("rule__code").annotate(
        told=Count("pk"), acted=Count("pk", filter=Q(acted_at__isnull=False)), waited_most=Median("waited")
    )
    return {
        code: Response(told, acted, None if waited is None else waited.total_seconds() / 3600)
        for code, told, acted, waited in found
    }
