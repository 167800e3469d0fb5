"""Proving once more, before a grave act, that the person who came in still sits there."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from namro.access.actions.codes import check_tries, use_code
from namro.access.actions.passkeys import ask_passkey, use_passkey
from namro.access.actions.throttling import forget
from namro.access.queries import factors_of
from namro.access.terms import FactorKind
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.pages.entry.fields import answer_of_passkey, clean_password

View = Callable[..., HttpResponse]
PROVED_AT, FRESH_SECONDS = "proved_at", 10 * 60
PASSKEY_STATE = "passkey"
# What the page of the proof itself sends; everything else belongs to the act.
OWN = {"proof", "proof_password", "proof_code", "proof_credential", "csrfmiddlewaretoken"}
SAFE = {"GET", "HEAD"}


def mark_proved(request: HttpRequest) -> None:
    """Put down that the person has just proved who they are (by the real clock)."""
    request.session[PROVED_AT] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    """Whether they did within the last ten minutes."""
    return time.time() - request.session.get(PROVED_AT, 0) < FRESH_SECONDS


def grave(view: View) -> View:
    """Guard a grave act: who has not proved themselves lately is asked to, and nothing that they sent is lost."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in SAFE or is_fresh(request):
            return view(request, *args, **kwargs)
        refusal = prove(request) if "proof" in request.POST else ""
        if refusal or "proof" not in request.POST:
            return _ask(request, refusal)
        mark_proved(request)
        return view(request, *args, **kwargs)

    return guarded


def prove(request: HttpRequest) -> str:
    """Check the password or the second factor that was sent; return the refusal, '' when it is right."""
    person, password = cast(Person, request.user), request.POST.get("proof_password", "")
    if not password:
        return second_refusal(request, person)
    try:
        check_tries(person)
    except Refused as refusal:
        return refusal.sentence
    if not person.check_password(clean_password(password)):
        return _("Mật khẩu không đúng; hãy gõ lại.")
    forget("code", person.pk)
    return ""


def second_refusal(request: HttpRequest, person: Person) -> str:
    """Check the code or the passkey that was sent; return the refusal, '' when it is right."""
    try:
        if request.POST.get("proof_credential"):
            use_passkey(
                person=person, host=host_of(request), state=request.session.pop(PASSKEY_STATE, {}),
                answer=answer_of_passkey(request.POST["proof_credential"]),
            )  # fmt: skip
        elif not use_code(person, request.POST.get("proof_code", "")):
            return _("Mã không đúng hoặc đã dùng rồi; hãy chờ mã mới, hoặc dùng một mã dự phòng.")
    except Refused as refusal:
        return refusal.sentence
    return ""


def ways_to_prove(request: HttpRequest, person: Person) -> dict[str, Any]:
    """Return what a page needs to ask for a second factor; keeps the state of the passkeys in the session."""
    kinds = {factor.kind for factor in factors_of(person)}
    found: dict[str, Any] = {"asks_code": bool(kinds), "asks_passkey": FactorKind.PASSKEY in kinds}
    if FactorKind.PASSKEY in kinds:
        found["passkey"], request.session[PASSKEY_STATE] = ask_passkey(person, host_of(request))
    return found


def host_of(request: HttpRequest) -> str:
    """Return the name of this house for which passkeys are made."""
    return request.get_host().rpartition(":")[0] or request.get_host()


@never_cache
def _ask(request: HttpRequest, refusal: str) -> HttpResponse:
    """Show the page of the proof with what was sent folded into it (401: the act has not been done)."""
    person = cast(Person, request.user)
    kept = [(name, value) for name in request.POST if name not in OWN for value in request.POST.getlist(name)]
    context = ways_to_prove(request, person) | {
        "refusal": refusal, "proof": True, "kept": kept,
        "asks_password": person.has_usable_password(), "action": request.get_full_path(),
        "has_openid": bool(settings.NAMRO_OPENID_ISSUER) and not person.has_usable_password(),
    }  # fmt: skip
    return render(request, "entry/prove.html", context, status=401)
