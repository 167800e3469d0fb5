"""How often one address may look things up from outside: codes are serial, and whoever counts on must wait."""

from django.conf import settings
from django.http import HttpRequest

from namro.access.actions.throttling import count_one
from namro.pages.callers import address_of

MINUTE = 60


def is_too_often(request: HttpRequest, kind: str) -> bool:
    """Count one look-up of the kind; whether it is beyond what a minute allows its address. One statement."""
    tried = count_one(kind, address_of(request), MINUTE)
    return tried > settings.NAMRO_OUTSIDE_PER_ADDRESS
