"""The judgement of a day: what the rules see becomes alerts, in one transaction; twice for a day is as once."""

from datetime import date

from django.db import connection, transaction

from namro.alerts.actions.answering import settle
from namro.alerts.actions.merging import gather, inhibit, merge
from namro.alerts.actions.telling import tell_raised
from namro.alerts.actions.urging import climb, urge_by_rules
from namro.alerts.terms import Composed, Judgement
from namro.ground import clock

ONE_AT_A_TIME = 5703  # the lock of judgements, released with the transaction


@transaction.atomic
def judge(day: date, composed: Composed) -> Judgement:
    """Merge what the rules see on the day into the alerts, keep quiet what has its cause elsewhere, tell and urge.

    `composed` is a SELECT with the columns of `SEEN`; what it does not give any more is closed.
    """
    _alone()
    gather(composed)
    moment = clock.now()
    moved, opened, closed = merge({"day": day, "now": moment})
    inhibited = inhibit()
    settle()
    told = tell_raised(day, moment)
    return Judgement(
        opened=opened,
        moved=moved,
        closed=closed,
        inhibited=inhibited,
        told=told,
        urged=urge_by_rules(day),
        climbed=climb(day),
    )


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
