"""Appointments: choosing a slot, and the page of one that was booked."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from namro.ground.days import DayRefused, parse_day
from namro.organisation.terms import Refused
from namro.pages.naming import named
from namro.pages.qr import qr_image
from namro.pages.queues.finding import public_office
from namro.pages.queues.limits import check_booking, guesses_too_often, note_guess
from namro.queues import actions, queries
from namro.queues.actions.booking import Asked
from namro.queues.models import Office, Service
from namro.queues.rules.booking import clock_of
from namro.queues.terms import Booking


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_new(request: HttpRequest, unit: str) -> HttpResponse:
    """Choose what for, the day, the hour; give a telephone number. What was chosen stays when something is refused."""
    office, refusal = public_office(unit), Refused("")
    said = request.POST if request.method == "POST" else request.GET
    services = list(office.services.filter(is_offered=True))
    service = next((each for each in services if each.code == said.get("service")), None)
    days = queries.offered_days(office)
    day = _day(said.get("day", ""), days)
    if request.method == "POST":
        try:
            return _booked(request, service, day)
        except Refused as refused:
            refusal = refused
    context = {
        "office": office, "services": [(each.code, named(each)) for each in services], "service": service, "days": days,
        "day": day, "slots": _slots(office, service, day), "said": said, "refusal": refusal.sentence,
        "refused_field": refusal.field, "client_id": _client_id(request), "slot": _minute(said.get("slot", "")),
    }  # fmt: skip
    return render(request, "queues/booking.html", context, status=422 if refusal.sentence else 200)


def _day(text: str, days: list[date]) -> date | None:
    try:
        day = parse_day(text) if text else None
    except DayRefused:
        return None
    return day if day in days else None


def _slots(office: Office, service: Service | None, day: date | None) -> list[Any]:
    if service is None or day is None:
        return []
    service.office = office
    return queries.free_slots(service, day)


def _client_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()


def _minute(text: str) -> int | None:
    """Return the minute of the day that was chosen, None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _booked(request: HttpRequest, service: Service | None, day: date | None) -> HttpResponse:
    slot = _minute(request.POST.get("slot", ""))
    if service is None:
        raise Refused(_("Hãy chọn một nhóm việc trong danh sách."), field="service")
    if day is None:
        raise Refused(_("Hãy chọn một ngày trong danh sách."), field="day")
    if slot is None:
        raise Refused(_("Hãy chọn một giờ trong danh sách."), field="slot")
    check_booking(request)
    phone, dossier = (request.POST.get(name, "")[:40].replace("\x00", "") for name in ("phone", "dossier"))
    made = actions.book(Asked(service.pk, day, slot, phone, dossier), client_id=_client_id(request))
    return redirect("appointment", made.code)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appointment_page(request: HttpRequest, code: str) -> HttpResponse:
    """One appointment, for whoever holds its code; a POST gives the slot back."""
    found = None if guesses_too_often(request) else queries.appointment(code)
    if found is None:
        note_guess(request)
        raise Http404("no such appointment")
    if request.method == "POST":
        try:
            actions.cancel(found.code)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
        return redirect("appointment", found.code)
    context = {
        "appointment": found, "office": found.office, "service": named(found.service), "at": clock_of(found.slot),
        "may_cancel": found.state == Booking.BOOKED, "grace": int(found.office.grace),
        "qr": qr_image(request.build_absolute_uri(reverse("appointment", args=[found.code]))),
    }  # fmt: skip
    return render(request, "queues/appointment.html", context)
