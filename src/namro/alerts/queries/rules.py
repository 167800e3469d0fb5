"""Reads of the rules."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Greatest, Least

from namro.alerts.models import Rule, RuleTrial
from namro.alerts.terms import AlertState, Kind

LEVELS = ("watch", "warning", "critical")


def live_rules() -> QuerySet[Rule]:
    """The rules in use, by kind and code, each with `open_alerts`, how many alerts it holds open; one query."""
    held = Count("alerts", filter=Q(alerts__state=AlertState.OPEN))
    return Rule.objects.filter(is_live=True).annotate(open_alerts=held)


def one_rule(code: str) -> Rule | None:
    """The rule of that code, in use or not; None if there is none."""
    return Rule.objects.filter(code=code).first()


def trials_of(code: str) -> list[RuleTrial]:
    """What each version of a rule came to on history, the newest version first; one query."""
    return list(RuleTrial.objects.filter(rule=code).order_by("-version", "-last", "-at"))


def least_in_use(rules: Collection[int] | None = None) -> Mapping[str, Decimal | None]:
    """The mildest threshold of all rules in use (or of some, by key), by their kind: what is milder need not be looked
    at; one query."""
    kept = Rule.objects.filter(is_live=True)
    if rules is not None:
        kept = kept.filter(pk__in=rules)
    rows = kept.values_list("kind").order_by("kind")
    found = rows.annotate(least=Min(Least(*LEVELS)), most=Max(Greatest(*LEVELS)))
    return {kind: most if kind == Kind.TASK_DUE_SOON else least for kind, least, most in found}


def least_of(rules: Iterable[Rule]) -> Mapping[str, Decimal | None]:
    """The same of some rules, stored or not."""
    found: dict[str, list[Decimal]] = {}
    for rule in rules:
        found.setdefault(rule.kind, []).extend(
            level for level in (getattr(rule, name) for name in LEVELS) if level is not None
        )
    return {
        kind: (max if kind == Kind.TASK_DUE_SOON else min)(levels, default=None)
        for kind, levels in found.items()
    }
