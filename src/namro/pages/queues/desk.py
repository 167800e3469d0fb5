"""The counter: whose turn it is, and what a person at the counter may do; it goes on without a line and catches up."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.naming import named
from namro.pages.queues.finding import counter_in_reach
from namro.pages.viewing import needs, viewer_of
from namro.queues import actions, queries
from namro.queues.actions.catching import NEXT
from namro.queues.models import Counter, Ticket
from namro.queues.terms import State, Verb

MOST_ACTS, MOST_TEXT = 500, 40
MOST_LISTED = 40
VERBS = {NEXT, *Verb} - {Verb.LEAVE}


@login_not_required
@require_safe
def queue_worker(request: HttpRequest) -> HttpResponse:
    """The script by which a counter's page opens without a line; from here it may look after the pages of queues."""
    script = Path(str(finders.find("js/queue_worker.js"))).read_bytes()
    headers = {"Cache-Control": "no-cache"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.RECEIVE_DOSSIERS)
def queue_desk(request: HttpRequest, unit: str, number: int) -> HttpResponse:
    """The page of a counter; what is pressed on it without JavaScript comes here too."""
    counter = counter_in_reach(request, unit, number)
    if request.method == "POST":
        return _pressed(request, counter)
    return render(request, "queues/desk.html", _shown(request, counter))


def _shown(request: HttpRequest, counter: Counter) -> dict[str, Any]:
    """Return the counter as the person who asks sees it: only who opened it presses anything there."""
    by = cast(Person, request.user)
    return desk_of(counter) | {
        "client_id": uuid4(), "person_id": by.pk, "is_mine": actions.may_act(counter, by),
    }  # fmt: skip


def desk_of(counter: Counter) -> dict[str, Any]:
    """Return what the page of a counter shows, and what it keeps for when the line is cut."""
    hall = queries.hall(counter.office)
    current = hall.at_counter.get(counter.pk)
    mine = set(queries.mine_without_a_line(hall, counter))
    waiting = hall.for_counter(counter)
    held, missed = hall.held, hall.missed[-10:]
    services = [(each.code, named(each)) for each in hall.standing.services]
    kept = {
        # By the real clock, also on a demo day: which of two tellings is the later.
        "at": time.time(), "counter": counter.number, "current": _kept(current) if current else None,
        "waiting": [_kept(each) | {"mine": each.pk in mine} for each in waiting],
        "held": [_kept(each) for each in held], "services": services, "given": _given(counter),
    }  # fmt: skip
    return {
        "counter": counter, "office": counter.office, "hall": hall, "current": current, "waiting": waiting,
        "listed": waiting[:MOST_LISTED], "unlisted": len(waiting[MOST_LISTED:]),
        "held": held, "missed": missed, "services": services, "kept": kept,
        "classes": {each.code: named(each) for each in counter.office.classes},
        "serving": bool(current and current.state == State.SERVING),
    }  # fmt: skip


def _kept(row: Ticket) -> dict[str, Any]:
    return {"id": str(row.client_id), "number": row.number, "service": named(row.service), "state": row.state}


def _given(counter: Counter) -> int:
    """Return how many numbers the counter has given without a line today, so that the next is another."""
    return queries.given_without_a_line(counter)


def _pressed(request: HttpRequest, counter: Counter) -> HttpResponse:
    """Do what a button of the page says, and go back to the page with a sentence."""
    by, viewer, deed = cast(Person, request.user), viewer_of(request), request.POST.get("verb", "")
    try:
        if deed == "open":
            actions.open_counter(counter.pk, by=by, viewer=viewer)
        elif deed == "close":
            actions.close_counter(counter.pk, by=by, viewer=viewer)
        else:
            _done(request, actions.catch_up(counter, [_act(request.POST.dict())], by=by, viewer=viewer)[0])
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    except ValueError:
        messages.error(request, _("Nút này không còn dùng được; hãy tải lại trang."))
    return redirect("queue_desk", counter.office.unit.code, counter.number)


def _done(request: HttpRequest, outcome: actions.Outcome) -> None:
    if outcome.refusal:
        messages.error(request, outcome.refusal)
    elif outcome.given_key:
        # In the words of data-given and data-slip, which js/queue_desk.js says.
        said, slip = _("Đã lấy số {number}.").format(number=outcome.number), _("Mở phiếu để in")
        page = reverse("queue_ticket", args=[outcome.given_key])
        messages.success(request, format_html('{} <a href="{}" target="_blank">{}</a>', said, page, slip))
    elif not outcome.number:
        messages.info(request, _("Không còn ai chờ quầy này."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.RECEIVE_DOSSIERS)
def queue_sync(request: HttpRequest, unit: str, number: int) -> HttpResponse:
    """The counter as it is now; a POST first does the acts it brings, in their order, each once."""
    counter = counter_in_reach(request, unit, number)
    outcomes: list[actions.Outcome] = []
    if request.method == "POST":
        try:
            listed = _listed(request)
        except (ValueError, TypeError, KeyError):
            return JsonResponse({"fault": _("Không đọc được điều máy này gửi.")}, status=400)
        outcomes = _caught_up(request, counter, listed)
    counter.refresh_from_db(fields=["person", "opened_on", "services"])
    shown = _shown(request, counter)
    html = render_to_string("queues/desk_state.html", shown, request)
    return JsonResponse({"outcomes": [_told(each) for each in outcomes], "html": html, "kept": shown["kept"]})


def _told(outcome: actions.Outcome) -> dict[str, str]:
    page = reverse("queue_ticket", args=[outcome.given_key]) if outcome.given_key else ""
    return {"number": outcome.number, "refusal": outcome.refusal, "page": page}


def _caught_up(request: HttpRequest, counter: Counter, listed: list[Any]) -> list[actions.Outcome]:
    """Return what became of each act, in order; one that cannot be read is told as refused and stops no other."""
    read = [_read(each) for each in listed]
    acts = [each for each in read if each is not None]
    done = iter(actions.catch_up(counter, acts, by=cast(Person, request.user), viewer=viewer_of(request)))
    unread = actions.Outcome(
        UUID(int=0), "", _("Máy này gửi một việc không đọc được; việc đó không được ghi.")
    )
    return [unread if each is None else next(done) for each in read]


def _read(said: object) -> actions.OfflineAct | None:
    try:
        return _act(said) if isinstance(said, dict) else None
    except (ValueError, TypeError):
        return None


def _listed(request: HttpRequest) -> list[Any]:
    acts = json.loads(request.body)["acts"]
    if not isinstance(acts, list) or len(acts) > MOST_ACTS:
        raise ValueError("no list of acts")
    return acts


def _act(said: dict[str, Any]) -> actions.OfflineAct:
    """Return an act as it was sent; ValueError for what is none."""
    verb = str(said.get("verb", ""))
    if verb not in VERBS:
        raise ValueError("no such verb")
    ago = float(said.get("ago", 0))
    if not 0 <= ago < 1e9:
        ago = 0.0
    texts = {
        name: str(said.get(name) or "")[:MOST_TEXT].replace("\x00", "").encode("utf-8", "replace").decode()
        for name in ("service", "priority", "number")
    }
    ticket = said.get("ticket")
    return actions.OfflineAct(
        UUID(str(said.get("id"))),
        verb,
        UUID(str(ticket)) if ticket else None,
        ago=timedelta(seconds=ago),
        **texts,
    )
