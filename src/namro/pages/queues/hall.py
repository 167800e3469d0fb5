"""The board of the hall: open to everybody, numbers only; it asks again by itself and says when it cannot."""

import json
from hashlib import blake2b
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from namro.ground import clock
from namro.pages.qr import qr_image
from namro.pages.queues.finding import public_office
from namro.pages.queues.presence import code_of, remembering
from namro.queues import actions, queries
from namro.queues.models import Office


@login_not_required
@never_cache
@require_safe
def queue_board(request: HttpRequest, unit: str) -> HttpResponse:
    """The board; on a screen that was once opened with the office's key it also hangs out today's QR code for taking a
    number by phone. The key itself leaves the address bar."""
    office, qr = public_office(unit), ""
    if (without_code := remembering(request, office, "queue_board")) is not None:
        return without_code
    if actions.holds_code(office, code_of(request, office)):
        kiosk = f"{reverse('queue_kiosk', args=[unit])}?ma={actions.code_of_day(office)}"
        qr = qr_image(request.build_absolute_uri(kiosk))
    return render(request, "queues/board.html", {"office": office, "board": state_of(office), "qr": qr})


@login_not_required
@require_safe
def queue_board_state(request: HttpRequest, unit: str) -> HttpResponse:
    """The board for its script (JSON); 304 while nothing changed."""
    body = json.dumps(state_of(public_office(unit)), ensure_ascii=False)
    etag = f'"{blake2b(body.encode(), digest_size=12).hexdigest()}"'
    answer = HttpResponse(body, content_type="application/json")
    answer["ETag"], answer["Cache-Control"] = etag, "no-cache"
    return get_conditional_response(request, etag, response=answer) or answer


def state_of(office: Office) -> dict[str, Any]:
    """Return the board as a script reads it."""
    found = queries.board(office)
    called = [
        {"number": each.number, "counter": each.counter.number if each.counter else 0, "calls": each.calls}
        for each in found.called
    ]
    return {
        "day": clock.today().isoformat(), "called": called, "coming": found.coming, "waiting": found.waiting,
        "counters": found.open_counters,
    }  # fmt: skip
