"""The page of a number, for whoever holds it: where it stands, how long still, a word when the turn is near."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from namro.ground import clock
from namro.organisation.terms import Refused
from namro.pages.naming import named
from namro.pages.qr import qr_image
from namro.pages.queues.words import basis_words, clock_words, interval_words, ticket_words
from namro.queues import actions, queries
from namro.queues.models import Ticket
from namro.queues.terms import FOLLOWED_STATES, Interval, State


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue_ticket(request: HttpRequest, key: str) -> HttpResponse:
    """One number; a POST gives it back."""
    row = _ticket(key)
    if request.method == "POST":
        try:
            actions.leave(row.key)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("queue_ticket", row.key)
    classes = {each.code: named(each) for each in row.office.classes}
    context = {
        "ticket": row, "office": row.office, "now": state_of(row), "service": named(row.service),
        "priority": classes.get(row.priority, ""), "is_open": is_open(row), "may_leave": row.state == State.WAITING,
        "qr": qr_image(request.build_absolute_uri(reverse("queue_ticket", args=[row.key]))),
        "told": interval_words(Interval(row.told_low, row.told_high, row.is_calibrated)),
    }  # fmt: skip
    return render(request, "queues/ticket.html", context)


@login_not_required
@never_cache
@require_safe
def queue_ticket_state(request: HttpRequest, key: str) -> HttpResponse:
    """Where the number stands, for the script of its page (JSON)."""
    return JsonResponse(state_of(_ticket(key)))


def state_of(row: Ticket) -> dict[str, Any]:
    """Return what changes on the page of a number while one waits."""
    place = queries.place_of(row)
    wait = ""
    basis = ""
    if place.forecast is not None:
        told = place.forecast.told
        wait = _("Chờ thêm %(wait)s (%(clock)s)") % {
            "wait": interval_words(told), "clock": clock_words(told, clock.now())
        }  # fmt: skip
        basis = basis_words(place.forecast, row.office.level)
    return {
        "state": row.state, "words": ticket_words(row, place), "wait": wait, "basis": basis, "near": place.is_near,
        "called": row.state == State.CALLED, "missed": row.state == State.NO_SHOW, "calls": row.calls,
        "over": not is_open(row),
    }  # fmt: skip


def is_open(row: Ticket) -> bool:
    """Whether anything can still happen to the number: also one that was called and missed may be let in again."""
    return row.state in FOLLOWED_STATES and row.day == clock.today()


def _ticket(key: str) -> Ticket:
    found = queries.ticket(key)
    if found is None:
        raise Http404("no such ticket")
    return found
