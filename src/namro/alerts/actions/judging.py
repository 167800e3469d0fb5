"""The judgement of a day: what the rules see becomes alerts, in one transaction; twice for a day is as once."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from namro.alerts.actions.answering import settle
from namro.alerts.actions.merging import gather, inhibit, merge
from namro.alerts.actions.remembering import alone
from namro.alerts.actions.statements import many_joined
from namro.alerts.actions.telling import tell_again, tell_raised
from namro.alerts.actions.urging import climb, urge_by_rules
from namro.alerts.terms import Composed, Judgement
from namro.ground import clock


@transaction.atomic
def judge(
    day: date, composed: Composed, units: Sequence[int] | None = None, rules: Sequence[int] | None = None
) -> Judgement:
    """Merge what the rules see on the day into the alerts, keep quiet what has its cause elsewhere, tell and urge.

    `composed` is a SELECT with the columns of `SEEN`; what it does not give any more is closed. With `units` or
    `rules` it was composed for those only, and what stands of others is left as it is.
    """
    alone()
    moment = clock.now()
    gather(composed, units)
    with many_joined():
        moved, opened, closed = merge({"day": day, "now": moment}, units, rules)
        inhibited = inhibit()
        settle()
        told = tell_raised(day, moment) + tell_again(day, moment)
        urged, climbed = urge_by_rules(day), climb(day)
    return Judgement(
        opened=opened,
        moved=moved,
        closed=closed,
        inhibited=inhibited,
        told=told,
        urged=urged,
        climbed=climbed,
    )
