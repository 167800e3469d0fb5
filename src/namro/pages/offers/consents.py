"""What a citizen agreed to: given with an end, seen with its words, withdrawn at any time."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from namro.dossiers.actions import Hand
from namro.dossiers.models import Applicant
from namro.dossiers.queries.today import notice, today
from namro.ground.numbers import format_number
from namro.offers import actions, queries
from namro.offers.models import Consent
from namro.offers.queries.own import agreed_of
from namro.offers.rules import holds
from namro.organisation.terms import Refused
from namro.pages.citizens.session import needs_applicant
from namro.pages.naming import is_english
from namro.pages.offers.forms import ConsentForm

YEAR = timedelta(days=365)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_applicant
def consents(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """All that the person agreed to, and a form to agree to more; each with an end."""
    registers = list(queries.registers())
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        registers=registers,
        initial={"last": today() + YEAR},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.give_consent(
                applicant, said["register"], last=said["last"], hand=Hand.of_applicant(applicant),
                client_id=said["client_id"],
            )  # fmt: skip
            messages.success(request, _("Đã ghi sự đồng ý; rút lại lúc nào cũng được ở trang này."))
            return HttpResponseRedirect(reverse("consents"))
        except Refused as refusal:
            form.refuse(refusal)
    rows = [standing_of(each) for each in queries.consents_of(applicant)]
    agreed = [each.definition.agreed_en if is_english() else each.definition.agreed for each in registers]
    context = {
        "applicant": applicant, "form": form, "rows": rows, "registers": list(zip(registers, agreed, strict=True)),
        "sentence": _sentence(rows), "sub": notice(),
    }  # fmt: skip
    return render(request, "offers/consents.html", context, status=422 if form.is_bound else 200)


def standing_of(consent: Consent) -> dict[str, Any]:
    """Return a consent and whether it holds today."""
    return {"consent": consent, "holds": holds(agreed_of(consent), today())}


def _sentence(rows: list[dict[str, Any]]) -> str:
    standing = sum(row["holds"] for row in rows)
    if not standing:
        return _("Bạn chưa cho dùng dữ liệu nào để được mời trước")
    return _("Bạn đang cho dùng %s loại dữ liệu để được mời trước") % format_number(standing)


@require_POST
@needs_applicant
def consent_withdraw(request: HttpRequest, applicant: Applicant, pk: int) -> HttpResponse:
    """Withdraw a consent; what was offered because of it is taken back at once."""
    try:
        number = UUID(request.POST.get("client_id", ""))
        consent = actions.withdraw_consent(pk, hand=Hand.of_applicant(applicant), client_id=number)
    except Consent.DoesNotExist as fault:
        raise Http404("no such consent") from fault
    except ValueError:
        messages.error(request, _("Lần gửi này thiếu số; hãy tải lại trang rồi bấm lại."))
        return HttpResponseRedirect(reverse("consents"))
    words = _("Đã rút sự đồng ý.")
    taken_back = queries.taken_back_with(consent)
    if taken_back:
        words += " " + _("Đã thu lại %s lời mời chưa trả lời.") % format_number(taken_back)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("consents"))
