"""How often one may book, take a number by phone, or guess a code: by address, behind which a whole hall may sit.

The kiosk of the hall is not counted: the office's own key lets it in.
"""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from namro.access.actions.throttling import count_one, counted
from namro.organisation.terms import Refused
from namro.pages.callers import address_of

HOUR = 60 * 60
MOST_BOOKINGS, MOST_BY_PHONE, MOST_GUESSES = 30, 90, 60


def check_booking(request: HttpRequest) -> None:
    """Count a booking; Refused beyond what an address may book in an hour."""
    _check("booked from", request, MOST_BOOKINGS)


def check_by_phone(request: HttpRequest) -> None:
    """Count a number asked for by phone; Refused beyond what an address may ask in an hour."""
    _check("number by phone from", request, MOST_BY_PHONE)


def note_guess(request: HttpRequest) -> None:
    """Count a code that no appointment bears."""
    count_one("code guessed from", address_of(request), HOUR)


def guesses_too_often(request: HttpRequest) -> bool:
    """Whether so many codes from the address were none in this hour that no more are looked up; one query."""
    return counted("code guessed from", address_of(request), HOUR) >= MOST_GUESSES


def _check(kind: str, request: HttpRequest, most: int) -> None:
    if count_one(kind, address_of(request), HOUR) > most:
        raise Refused(
            _("Từ địa chỉ mạng này vừa có quá nhiều yêu cầu; hãy thử lại sau một giờ hoặc đến tận nơi.")
        )
