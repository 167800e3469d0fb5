"""Keep what a rule came to when it was tried on history."""

from collections.abc import Sequence
from datetime import date

from namro.alerts.models import Rule, RuleTrial
from namro.ground import clock


def keep_trial(
    rule: Rule,
    first: date,
    last: date,
    *,
    calls: int,
    right: int,
    found: Sequence[str],
    missed: Sequence[str],
    lead: float | None,
) -> RuleTrial:
    """Store the result of a version of a rule over a time; tried again over the same time, the last one stands."""
    kept, _ = RuleTrial.objects.update_or_create(
        rule=rule.code,
        version=rule.version,
        first=first,
        last=last,
        defaults={
            "at": clock.now(),
            "calls": calls,
            "right": right,
            "found": list(found),
            "missed": list(missed),
            "lead": lead,
        },
    )
    return kept
