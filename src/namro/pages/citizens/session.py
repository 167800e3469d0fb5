"""Who has come in from outside: an applicant whom an identity provider vouches for, apart from officers' sign-in."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from namro.dossiers.models import Applicant
from namro.pages.links import address

View = Callable[..., HttpResponseBase]
WHO, SEEN, POPULATION = "applicant", "applicant_seen", "applicant_of_population"
# By the real clock, also on a demo day: a phone that is handed on, or a machine in the hall, forgets who sat there.
IDLE_SECONDS = 30 * 60
SECONDS_BETWEEN_WRITES = 60


def come_in(request: HttpRequest, applicant: Applicant, *, of_population: bool) -> None:
    """Remember who came, under a new session key, and whether the database of the population told who that is."""
    request.session.cycle_key()
    request.session[WHO], request.session[SEEN] = applicant.pk, int(time.time())
    request.session[POPULATION] = of_population


def population_knows(request: HttpRequest) -> bool:
    """Whether the national database of the population told who came."""
    return bool(request.session.get(POPULATION))


def go_out(request: HttpRequest) -> None:
    """Forget who came; an officer who is signed in at the same browser stays so."""
    for name in (WHO, SEEN, POPULATION):
        request.session.pop(name, None)


def applicant_of(request: HttpRequest) -> Applicant | None:
    """Return who came in, None for nobody or after half an hour without a request. One query."""
    pk, now = request.session.get(WHO), int(time.time())
    if pk is None:
        return None
    if now - request.session.get(SEEN, 0) > IDLE_SECONDS:
        go_out(request)
        messages.warning(request, _("Phiên của bạn đã hết sau 30 phút không dùng; hãy định danh lại."))
        return None
    if now - request.session[SEEN] > SECONDS_BETWEEN_WRITES:
        request.session[SEEN] = now
    return Applicant.objects.filter(pk=pk).first()


def needs_applicant(view: View) -> View:
    """Guard a view: who has not come in is led to the door and back here; what is shown is not kept by the browser."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        applicant = applicant_of(request)
        if applicant is None:
            return redirect(address("citizen_enter", next=_way_back(request)))
        response = view(request, applicant, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def _way_back(request: HttpRequest) -> str:
    """Where to come back to; what was sent without anybody there is not received, which is said, and leads back to the
    page that it was sent from."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    messages.error(request, _("Điều bạn vừa gửi chưa được nhận vì phiên đã hết; định danh lại rồi gửi lại."))
    sent_from = urlsplit(request.headers.get("Referer", ""))
    return (
        urlunsplit(("", "", sent_from.path, sent_from.query, ""))
        if sent_from.netloc == request.get_host()
        else ""
    )


def goes_to(request: HttpRequest, text: str) -> str:
    """Return where to go on, the own dossiers where the address is none of this place."""
    ours = url_has_allowed_host_and_scheme(text, {request.get_host()}, require_https=request.is_secure())
    return text if text and ours else address("own_dossiers")
