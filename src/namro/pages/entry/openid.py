"""Coming in by the city's own accounts: sent there, and back with its signed word."""

import logging
import time
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from namro.access.actions.identities import person_of
from namro.access.queries import check_may_come_in
from namro.access.terms import Claims, Method
from namro.organisation.terms import Refused
from namro.outside import openid
from namro.pages.entry.letting_in import enter

log = logging.getLogger(__name__)
ERRAND = "openid"
ANEW_SECONDS = 120


@login_not_required
@never_cache
@require_safe
def openid_begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the city's sign-in; `moi=1` asks there for the proof once more."""
    client, errand = _client(), openid.Errand.new()
    goes_to, anew = request.GET.get("next", ""), bool(request.GET.get("moi"))
    if not url_has_allowed_host_and_scheme(goes_to, {request.get_host()}, require_https=request.is_secure()):
        goes_to = settings.LOGIN_REDIRECT_URL
    try:
        there = openid.way_there(openid.discover(client.issuer), client, errand, _back(request), anew=anew)
    except openid.OpenIdFault as fault:
        return _refused(
            request, _("Hệ thống tài khoản của thành phố không trả lời; hãy thử lại sau ít phút."), fault
        )
    request.session[ERRAND] = asdict(errand) | {"goes_to": goes_to, "anew": anew, "at": int(time.time())}
    return redirect(there)


@login_not_required
@never_cache
@require_safe
def openid_return(request: HttpRequest) -> HttpResponse:
    """Take the browser back: only with the state it was sent with, once; then as any other coming in."""
    client, kept = _client(), request.session.pop(ERRAND, None)
    if not kept or request.GET.get("state") != kept["state"]:
        return _refused(request, _("Lượt đăng nhập này không còn hiệu lực; hãy bấm đăng nhập lại."))
    if "code" not in request.GET:
        return _refused(request, _("Bạn đã dừng đăng nhập bằng tài khoản của thành phố."))
    errand = openid.Errand(kept["state"], kept["nonce"], kept["verifier"])
    try:
        provider = openid.discover(client.issuer)
        said = openid.redeem(provider, client, errand, request.GET["code"], _back(request))
        return _admitted(request, _claims(said), kept)
    except openid.OpenIdFault as fault:
        return _refused(request, _("Không xác nhận được tài khoản của thành phố; hãy thử lại."), fault)
    except Refused as refusal:
        return _refused(request, refusal.sentence)


def _admitted(request: HttpRequest, claims: Claims, kept: dict[str, Any]) -> HttpResponse:
    """Let the person in to whom the identity belongs."""
    if kept["anew"] and (claims.proved_at or 0) < kept["at"] - ANEW_SECONDS:
        raise Refused(
            _("Hệ thống tài khoản của thành phố chưa hỏi lại mật khẩu; hãy đăng xuất ở đó rồi thử lại.")
        )
    person = person_of(claims, create=settings.NAMRO_OPENID_CREATE)
    check_may_come_in(person)
    return enter(request, person, Method.OPENID, kept["goes_to"], proved_twice=claims.has_second_factor)


def _claims(said: dict[str, Any]) -> Claims:
    methods, proved_at = said.get("amr", []), said.get("auth_time")
    return Claims(
        issuer=str(said["iss"]), subject=str(said["sub"])[:255],
        username=str(said.get(settings.NAMRO_OPENID_NAME_CLAIM) or "").strip(), full_name=str(said.get("name") or ""),
        methods=frozenset(map(str, methods if isinstance(methods, list) else [])),
        proved_at=proved_at if isinstance(proved_at, int) else None,
    )  # fmt: skip


def _client() -> openid.Client:
    """Who we are there; 404 where no such accounts are set up."""
    if not settings.NAMRO_OPENID_ISSUER:
        raise Http404("no OpenID Connect here")
    return openid.Client(
        settings.NAMRO_OPENID_ISSUER, settings.NAMRO_OPENID_CLIENT_ID, settings.NAMRO_OPENID_CLIENT_SECRET
    )


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("openid_return"))


def _refused(request: HttpRequest, sentence: str, fault: Exception | None = None) -> HttpResponse:
    """Lead back to the door with the reason; what the provider did wrong goes to the operator."""
    if fault is not None:
        log.warning("openid: %s", fault)
    messages.error(request, sentence)
    return redirect("sign_in")
