"""Visits: begun at the door, touched while a person works, ended by leaving or from another device."""

from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db import transaction

from namro.access.models import Visit
from namro.access.rules import coarse_address, device_of
from namro.access.terms import Method
from namro.audit.actions import record
from namro.ground import clock
from namro.organisation.models import Person


def begin_visit(*, person: Person, session_key: str, method: Method, user_agent: str, address: str) -> Visit:
    """Put down that a person came in, on what kind of device, from which neighbourhood."""
    now = clock.now()
    made = Visit.objects.create(
        person=person, session_key=session_key, method=method, device=device_of(user_agent)[:120],
        address=coarse_address(address), at=now, seen_at=now,
    )  # fmt: skip
    record(by=person, verb="sign_in", obj=person, after={"method": str(method), "device": made.device})
    return made


def touch_visit(session_key: str | None) -> None:
    """Put down that the person is still there; one statement."""
    Visit.objects.filter(session_key=session_key, ended_at__isnull=True).update(seen_at=clock.now())


def leave(*, session_key: str | None, by: Person) -> None:
    """Put down that a person left."""
    Visit.objects.filter(session_key=session_key, ended_at__isnull=True).update(ended_at=clock.now())
    record(by=by, verb="sign_out", obj=by)


@transaction.atomic
def end_visits(*, person: Person, by: Person | None, keep: str | None = None) -> int:
    """End all stays of a person but the one with the session `keep`; return how many."""
    rows = Visit.objects.filter(person=person, ended_at__isnull=True).exclude(session_key=keep or "")
    keys = list(rows.values_list("session_key", flat=True))
    ended = _end(keys)
    if ended:
        record(by=by, verb="end_visits", obj=person, after={"count": ended})
    return ended


def renew_key(*, before: str, after: str) -> None:
    """Let a visit go on under the new key that its session was given."""
    Visit.objects.filter(session_key=before).update(session_key=after)


def _end(keys: Iterable[str]) -> int:
    """Delete the sessions and close the visits."""
    keys = list(keys)
    Session.objects.filter(session_key__in=keys).delete()
    return Visit.objects.filter(session_key__in=keys).update(ended_at=clock.now())
