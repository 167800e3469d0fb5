"""What a judgement remembers: which question it answered, so that the next need only look where something changed."""

import hashlib
import json
from datetime import date
from typing import Any

from django.db import connection

from namro.alerts.models import Judged
from namro.alerts.terms import Touches
from namro.ground import clock

ONE_AT_A_TIME = 5703  # the lock of judgements, released with the transaction
# Beyond so many units a look at all of them is as quick.
MOST_UNITS = 1000
TAKEN = """
WITH taken AS (DELETE FROM alerts_touched RETURNING unit_id, about) SELECT DISTINCT unit_id, about FROM taken
"""


def alone() -> None:
    """Wait until no other judgement runs; none begins until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


def take_touched(day: date, question: Any) -> Touches | None:
    """Take the marks of what changed since the same question was answered for the same day.

    None stands for everything: a new day, a new question, or something that concerns all units. Marks are taken before
    anything is looked at: what is changed meanwhile leaves its own, for the next judgement.
    """
    asked = hashlib.sha256(json.dumps([day, question], default=str).encode()).hexdigest()
    is_known = Judged.objects.filter(day=day, asked=asked).exists()
    with connection.cursor() as cursor:
        cursor.execute(TAKEN)
        marks = cursor.fetchall()
    Judged.objects.update_or_create(pk=1, defaults={"day": day, "asked": asked, "at": clock.now()})
    units = {unit_id for unit_id, _ in marks}
    is_much = None in units or len(units) > MOST_UNITS
    return None if is_much or not is_known else Touches(frozenset(marks))
