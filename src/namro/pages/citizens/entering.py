"""Coming in from outside: sent to the identity provider, and back with its signed word."""

import logging
from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.dossiers.actions.people import applicant_of as put_applicant
from namro.organisation.terms import Refused
from namro.outside import identity
from namro.outside.identity import Errand, IdentityFault, Provider, Sandbox
from namro.pages.citizens.forms import SandboxIdentityForm
from namro.pages.citizens.limits import is_too_often
from namro.pages.citizens.session import applicant_of, come_in, go_out, goes_to
from namro.pages.links import address

log = logging.getLogger(__name__)
ERRAND = "applicant_errand"


@login_not_required
@never_cache
@require_safe
def citizen_enter(request: HttpRequest) -> HttpResponse:
    """Say why one must say who one is, and lead to the provider; who has come in goes on."""
    wanted = goes_to(request, request.GET.get("next", ""))
    if applicant_of(request) is not None:
        return redirect(wanted)
    status = 200
    if request.GET.get("di") == "1":
        if not is_too_often(request, "entered from"):
            return _sent(request, wanted)
        status = 429
        messages.error(
            request, _("Từ mạng của bạn vừa có quá nhiều lượt định danh; hãy đợi một phút rồi bấm lại.")
        )
    context = {"provider": identity.provider(), "go": address("citizen_enter", next=wanted, di="1")}
    return render(request, "citizens/enter.html", context, status=status)


def _sent(request: HttpRequest, wanted: str) -> HttpResponse:
    """Send the browser to the provider, with an errand that only it can come back with."""
    errand = Errand.new()
    try:
        there = _provider().way_there(errand, _back(request))
    except IdentityFault as fault:
        log.warning("identity: %s", fault)
        messages.error(request, _("Hệ thống định danh không trả lời; hãy thử lại sau ít phút."))
        return redirect("citizen_enter")
    request.session[ERRAND] = asdict(errand) | {"goes_to": wanted}
    return redirect(there)


@login_not_required
@never_cache
@require_safe
def citizen_return(request: HttpRequest) -> HttpResponse:
    """Take the browser back: only with the errand it was sent with, once."""
    kept = request.session.pop(ERRAND, None)
    if not kept or request.GET.get("state") != kept["state"]:
        messages.error(request, _("Lượt định danh này không còn hiệu lực; hãy bấm lại."))
        return redirect("citizen_enter")
    if "code" not in request.GET:
        messages.error(request, _("Bạn đã dừng định danh."))
        return redirect(address("citizen_enter", next=kept["goes_to"]))
    errand = Errand(kept["state"], kept["nonce"], kept["verifier"])
    try:
        provider = _provider()
        who = provider.who(errand, request.GET["code"], _back(request))
        of_population = provider.is_of_population and who.kind == identity.CITIZEN
        come_in(request, put_applicant(**asdict(who), vouched=True), of_population=of_population)
    except (IdentityFault, Refused) as fault:
        log.warning("identity: %s", type(fault).__name__)
        messages.error(request, getattr(fault, "sentence", _("Không xác nhận được danh tính; hãy thử lại.")))
        return redirect(address("citizen_enter", next=kept["goes_to"]))
    return redirect(goes_to(request, kept["goes_to"]))


@login_not_required
@require_POST
def citizen_leave(request: HttpRequest) -> HttpResponse:
    """Leave by POST only: a link cannot send a person out."""
    go_out(request)
    messages.success(request, _("Bạn đã thoát; trang của bạn không còn mở trên máy này."))
    return redirect("track")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity_sandbox(request: HttpRequest) -> HttpResponse:
    """The sandbox provider's own page: it believes whatever is typed and says so; 404 where it is not in use."""
    sandbox = _provider()
    if not isinstance(sandbox, Sandbox):
        raise Http404("no sandbox here")
    state, nonce = request.GET.get("state", ""), request.GET.get("nonce", "")
    form = SandboxIdentityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        word = sandbox.word_on(form.who(), nonce)
        return redirect(address("citizen_return", state=state, code=word))
    context = {
        "form": form,
        "made_up": SandboxIdentityForm.MADE_UP,
        "stop": address("citizen_return", state=state),
    }
    return render(request, "citizens/identity_sandbox.html", context, status=422 if form.is_bound else 200)


def _provider() -> Provider:
    """The provider of this place; 404 where there is none."""
    found = identity.provider()
    if found is None:
        raise Http404("no identities here")
    return found


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("citizen_return"))
