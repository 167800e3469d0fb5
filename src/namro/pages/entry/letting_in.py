"""From 'this is they' to a session: the second factor where there is one, then the visit."""

import time
from dataclasses import asdict, dataclass

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from namro.access.actions.visits import begin_visit
from namro.access.queries import has_factor, must_have_factor
from namro.access.terms import Method
from namro.organisation.models import Person
from namro.pages.callers import address_of
from namro.pages.entry.proving import mark_proved
from namro.pages.entry.slowing import note_success, remember
from namro.pages.viewing import MUST_ENROL

BACKEND = "django.contrib.auth.backends.ModelBackend"
PENDING, PENDING_SECONDS = "pending", 10 * 60


@dataclass(frozen=True)
class Pending:
    """Someone whose password was right and whose second factor is awaited; lives in the session, for ten minutes."""

    person_id: int
    method: str
    goes_to: str
    at: int


def enter(
    request: HttpRequest, person: Person, method: Method, goes_to: str, *, proved_twice: bool = False
) -> HttpResponse:
    """Let a person in whom the caller has found to be who they say; ask for the second factor first if there is one."""
    if proved_twice or not has_factor(person):
        return let_in(request, person, method, goes_to)
    request.session.cycle_key()
    request.session[PENDING] = asdict(Pending(person.pk, method, goes_to, int(time.time())))
    return redirect("second_factor")


def pending(request: HttpRequest) -> Pending | None:
    """Return who is awaited with this browser, None when nobody is or it has taken too long."""
    kept = request.session.get(PENDING)
    found = Pending(**kept) if kept else None
    return found if found and time.time() - found.at < PENDING_SECONDS else None


def let_in(request: HttpRequest, person: Person, method: Method, goes_to: str) -> HttpResponse:
    """Begin the session and the visit, both or neither."""
    with transaction.atomic():
        request.session.pop(PENDING, None)
        login(request, person, backend=BACKEND)
        mark_proved(request)
        begin_visit(
            person=person, session_key=request.session.session_key or "", method=method,
            user_agent=request.META.get("HTTP_USER_AGENT", ""), address=address_of(request),
        )  # fmt: skip
    if must_have_factor(person) and not has_factor(person):
        request.session[MUST_ENROL] = True
    answer, name = redirect(goes_to), person.username.lower()
    note_success(name)
    remember(answer, name)
    return answer
