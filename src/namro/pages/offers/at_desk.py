"""Agreeing at the desk: who comes without a telephone agrees on paper, and takes it back there too.

The person is that of a dossier which the clerk may open: nobody is looked up here, and no number stands in an address.
"""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from namro.dossiers.actions import Hand
from namro.dossiers.models import Applicant
from namro.dossiers.queries.today import today
from namro.offers import actions, queries
from namro.offers.models import Consent
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.dossiers.views import found
from namro.pages.links import address
from namro.pages.offers.consents import YEAR, standing_of
from namro.pages.offers.forms import SignedConsentForm
from namro.pages.viewing import needs, viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.RECEIVE_DOSSIERS)
def dossier_consents(request: HttpRequest, code: str) -> HttpResponse:
    """What the applicant of a dossier agreed to, the slip to sign, and the two things done with it."""
    row = found(viewer_of(request), code)
    if row.applicant is None:
        raise Http404(code)
    here = address("dossier_consents", str(row.code))
    if request.POST.get("withdraw", "").isdecimal():
        return _withdrawn(request, row.applicant, here)
    registers = list(queries.registers())
    sent = request.POST if request.method == "POST" else None
    form = SignedConsentForm(sent, registers=registers, initial={"last": today() + YEAR})
    if form.is_valid() and _given(request, row.applicant, form):
        messages.success(request, _("Đã ghi sự đồng ý; người này rút lại lúc nào cũng được."))
        return HttpResponseRedirect(here)
    context = {
        "row": row, "applicant": row.applicant, "form": form, "registers": registers, "here": here,
        "rows": [standing_of(each) for each in queries.consents_of(row.applicant)], "day": today(),
    }  # fmt: skip
    return render(request, "offers/at_desk.html", context, status=422 if form.is_bound else 200)


def _hand(request: HttpRequest) -> Hand:
    return Hand.of_officer(cast(Person, request.user), viewer_of(request))


def _given(request: HttpRequest, applicant: Applicant, form: SignedConsentForm) -> bool:
    """Whether it was put on record; a refusal goes onto the form."""
    said: dict[str, Any] = form.cleaned_data
    try:
        actions.give_consent(
            applicant, said["register"], last=said["last"], hand=_hand(request), client_id=said["client_id"]
        )
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True


def _withdrawn(request: HttpRequest, applicant: Applicant, here: str) -> HttpResponse:
    """Take a consent back as the person asks."""
    try:
        number, pk = UUID(request.POST.get("client_id", "")), int(request.POST["withdraw"][:18])
        actions.withdraw_consent(pk, hand=_hand(request), client_id=number, of=applicant)
    except Consent.DoesNotExist as fault:
        raise Http404("no such consent") from fault
    except ValueError:
        messages.error(request, _("Lần gửi này thiếu số; hãy tải lại trang rồi bấm lại."))
        return HttpResponseRedirect(here)
    messages.success(request, _("Đã rút sự đồng ý."))
    return HttpResponseRedirect(here)
