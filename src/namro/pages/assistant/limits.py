"""How often one may ask: by browser, and by address, behind which a whole office may sit; and for an index."""

from django.conf import settings
from django.http import HttpRequest

from namro.access.actions.throttling import count_one
from namro.assistant.jobs import make_index
from namro.jobs import enqueue
from namro.pages.callers import address_of

MINUTE = 60


def is_too_often(request: HttpRequest) -> bool:
    """Count one question; whether it is beyond what a minute allows. Two small statements."""
    return _counted(request, "asked")


def opinions_too_often(request: HttpRequest) -> bool:
    """Count one opinion; the same for opinions."""
    return _counted(request, "opinion")


def _counted(request: HttpRequest, kind: str) -> bool:
    if request.session.session_key is None:
        request.session.create()
    by_browser = count_one(f"{kind} by", request.session.session_key, MINUTE)
    by_address = count_one(f"{kind} from", address_of(request), MINUTE)
    return (
        by_browser > settings.NAMRO_ASSISTANT_PER_MINUTE or by_address > settings.NAMRO_ASSISTANT_PER_ADDRESS
    )


def wish_for_index() -> None:
    """Have the worker make the index, whoever lost it; once a minute, however many wait for it."""
    if count_one("index wished for", "", MINUTE) == 1:
        enqueue(make_index)
