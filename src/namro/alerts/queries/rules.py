"""Reads of the rules."""

from django.db.models import Count, Q, QuerySet

from namro.alerts.models import Rule
from namro.alerts.terms import AlertState


def live_rules() -> QuerySet[Rule]:
    """The rules in use, by kind and code, each with `open_alerts`, how many alerts it holds open; one query."""
    held = Count("alerts", filter=Q(alerts__state=AlertState.OPEN))
    return Rule.objects.filter(is_live=True).annotate(open_alerts=held)


def one_rule(code: str) -> Rule | None:
    """The rule of that code, in use or not; None if there is none."""
    return Rule.objects.filter(code=code).first()
