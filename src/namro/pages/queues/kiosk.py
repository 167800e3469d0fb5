"""Taking a number: at the kiosk of the hall, or on a phone that has read today's QR code there."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from namro.ground import clock
from namro.organisation.terms import Refused
from namro.pages.naming import named
from namro.pages.queues.finding import public_office
from namro.pages.queues.limits import check_by_phone
from namro.pages.queues.presence import code_of, remembering
from namro.pages.queues.words import hours_words, interval_words
from namro.queues import actions, queries
from namro.queues.models import Office, Ticket
from namro.queues.rules.booking import minute_of
from namro.queues.terms import OPEN_STATES, Channel

DAY = 24 * 60 * 60


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def queue_kiosk(request: HttpRequest, unit: str) -> HttpResponse:
    """What one may come for, with the wait of each; pressing one gives a number to whoever is in the hall."""
    office = public_office(unit)
    if (without_code := remembering(request, office, "queue_kiosk")) is not None:
        return without_code
    code, refusal = code_of(request, office), ""
    if request.method == "POST":
        try:
            return _given(request, office, code)
        except Refused as refused:
            refusal = refused.sentence
    context = {
        "office": office, "services": _services(office), "refusal": refusal,
        "hours": hours_words(office.halves), "is_here": actions.holds_code(office, code),
        "client_id": _client_id(request), "classes": [(each.code, named(each)) for each in office.classes],
        "said": request.POST, "is_kiosk": code == office.key,
    }  # fmt: skip
    return render(request, "queues/kiosk.html", context, status=422 if refusal else 200)


def _services(office: Office) -> list[dict[str, Any]]:
    past, hall = queries.calibration_of(office), queries.standing(office, clock.today())
    here = minute_of(clock.now().timetz())
    return [
        {
            "code": each.code, "letter": each.letter, "name": named(each), "ahead": told.ahead,
            "wait": interval_words(told.told),
        }
        for each in hall.services
        for told in [queries.forecast(hall, past, each, here)]
    ]  # fmt: skip


def _client_id(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("client_id", ""))
    except ValueError:
        return uuid4()


def _given(request: HttpRequest, office: Office, code: str) -> HttpResponse:
    """Give the number and lead to its page."""
    if not actions.holds_code(office, code):
        raise Refused(_("Hãy quét mã QR treo tại bộ phận một cửa để lấy số; ở xa, mời đặt hẹn."))
    asked = ("service", "priority", "appointment", "dossier")
    said = {name: request.POST.get(name, "")[:40].replace("\x00", "") for name in asked}
    channel = Channel.KIOSK if code == office.key else Channel.PHONE
    if channel == Channel.PHONE:
        if (held := _held(request, office)) is not None:
            messages.info(
                request, _("Điện thoại này đang giữ số %s; muốn lấy số khác, hãy bỏ số này.") % held.number
            )
            return redirect("queue_ticket", held.key)
        check_by_phone(request)
    wanted = actions.Wanted(said["service"], said["priority"], channel, said["appointment"], said["dossier"])
    ticket = actions.issue_ticket(office.pk, wanted, client_id=_client_id(request))
    answer = redirect("queue_ticket", ticket.key)
    if channel == Channel.PHONE:
        answer.set_signed_cookie(
            _held_cookie(office), ticket.key, max_age=DAY, httponly=True, samesite="Lax",
            path=reverse("queue_kiosk", args=[office.unit.code]),
        )  # fmt: skip
    return answer


def _held(request: HttpRequest, office: Office) -> Ticket | None:
    """Return the number that this phone took and that is still open: one phone, one place in the line."""
    try:
        found = queries.ticket(str(request.get_signed_cookie(_held_cookie(office), default="")))
    except signing.BadSignature:
        return None
    return found if found and found.state in OPEN_STATES and found.day == clock.today() else None


def _held_cookie(office: Office) -> str:
    return f"namro_number_{office.pk}"
