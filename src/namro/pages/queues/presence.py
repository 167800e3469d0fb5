"""What lets a device be one of the hall: the office's key or today's code, shown once in an address, then kept."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from namro.queues import actions
from namro.queues.models import Office

# A kiosk and a board stand for years; a phone shows a code that is another tomorrow.
YEAR = 365 * 24 * 60 * 60


def remembering(request: HttpRequest, office: Office, route: str) -> HttpResponse | None:
    """Return the way to the page without the code that its address shows, which the device then keeps; else None.

    A code that stayed in the address bar could be read, or photographed, by whoever passes the screen.
    """
    code = request.GET.get("ma", "")[:64]
    if not code or not actions.holds_code(office, code):
        return None
    answer = redirect(route, office.unit.code)
    answer.set_signed_cookie(
        _cookie(office), code, max_age=YEAR, httponly=True, samesite="Lax", path=answer["Location"]
    )
    return answer


def code_of(request: HttpRequest, office: Office) -> str:
    """Return the code that the device keeps for the page, empty where it has none."""
    try:
        return str(request.get_signed_cookie(_cookie(office), default=""))
    except signing.BadSignature:
        return ""


def _cookie(office: Office) -> str:
    return f"namro_hall_{office.pk}"
