"""The second question of the door: a code, a recovery code, or a passkey."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from namro.access.queries import check_may_come_in
from namro.access.terms import Method
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.pages.entry.letting_in import let_in, pending
from namro.pages.entry.proving import second_refusal, ways_to_prove
from namro.pages.entry.refusing import too_many


@login_not_required
@never_cache
@sensitive_post_parameters("proof_code", "proof_credential")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor of whoever gave the right password with this browser; others go to the door."""
    awaited = pending(request)
    person = Person.objects.filter(pk=awaited.person_id).first() if awaited else None
    if awaited is None or person is None:
        return redirect("sign_in")
    refusal = ""
    if request.method == "POST":
        refusal = second_refusal(request, person)
        if not refusal:
            return _admitted(request, person, Method(awaited.method), awaited.goes_to)
    context = ways_to_prove(request, person) | {"refusal": refusal}
    return render(request, "entry/second_factor.html", context, status=422 if refusal else 200)


def _admitted(request: HttpRequest, person: Person, method: Method, goes_to: str) -> HttpResponse:
    """Let them in, unless the account or the post ended while they looked for the code."""
    try:
        check_may_come_in(person)
    except Refused as refusal:
        return too_many(request, refusal.sentence)
    return let_in(request, person, method, goes_to)
