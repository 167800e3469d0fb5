"""A citizen's offers: by a link without an account, or all of them after coming in; taken or refused.

The link shows what it shows as long as the offer waits; later it asks, as everything does, who one is.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from namro.dossiers.actions import Hand
from namro.dossiers.models import Applicant
from namro.dossiers.queries.today import notice, today
from namro.ground.numbers import format_number
from namro.offers import actions, queries
from namro.offers.models import Offer
from namro.offers.rules import sure
from namro.offers.terms import OfferState
from namro.organisation.terms import Refused
from namro.pages.citizens.session import applicant_of, needs_applicant
from namro.pages.fields import RequestForm
from namro.pages.offers import words
from namro.pages.offers.forms import RefuseForm


@require_safe
@needs_applicant
def own_offers(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """All that the person was offered, what waits for an answer first."""
    day = today()
    rows = queries.offers_of(applicant, day)
    waiting = sum(each.state == OfferState.OPEN and each.closes_on >= day for each in rows)
    told = ngettext("%s lời mời chờ bạn trả lời", "%s lời mời chờ bạn trả lời", waiting) % format_number(
        waiting
    )
    context = {
        "applicant": applicant, "rows": [_row(each, day) for each in rows], "sub": notice(),
        "sentence": told if waiting else _("Không lời mời nào chờ bạn"),
    }  # fmt: skip
    return render(request, "offers/own.html", context)


def _row(offer: Offer, day: date) -> dict[str, Any]:
    return {
        "offer": offer, "token": queries.token_of(offer), "tone": words.OFFER_TONES[OfferState(offer.state)],
        "said": words.standing_of(offer, day), "reason": words.reason_of(offer),
    }  # fmt: skip


@login_not_required
@never_cache
@require_safe
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """One offer: why, on what it is founded, what the dossier would begin with; to take it or to refuse."""
    return _page(request, token)


@login_not_required
@never_cache
@require_POST
def offer_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Take an offer; the draft waits in one's own dossiers, which ask who one is."""
    found, form = _found(token), RequestForm(request.POST)
    if form.is_valid():
        try:
            taken = actions.accept_offer(found.pk, client_id=form.cleaned_data["client_id"])
            messages.success(request, _("Đã soạn sẵn hồ sơ; xem lại, bổ sung giấy tờ rồi nộp."))
            draft = reverse("filing_draft", args=[taken.dossier.client_id])  # type: ignore[union-attr]
            return HttpResponseRedirect(_after(request, taken, draft))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, token, form)


@login_not_required
@never_cache
@require_POST
def offer_refuse(request: HttpRequest, token: str) -> HttpResponse:
    """Refuse an offer, once or for good; nothing follows from it but that."""
    found, form = _found(token), RefuseForm(request.POST)
    if form.is_valid():
        try:
            said = {name: value for name, value in form.cleaned_data.items() if name != "version"}
            actions.refuse_offer(found.pk, **said)
            messages.success(request, _("Đã ghi lời từ chối. Bạn vẫn tự nộp hồ sơ được lúc nào cần."))
            return HttpResponseRedirect(_after(request, found, reverse("offer", args=[token])))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, token, form)


@login_not_required
@never_cache
@require_POST
def offer_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw by the link the consent that an open offer rests on: who has no account can end it, too."""
    found, form = _seen(request, token), RequestForm(request.POST)
    if not form.is_valid():
        return _page(request, token, form)
    hand, number = Hand.of_applicant(found.applicant), form.cleaned_data["client_id"]
    actions.withdraw_consent(found.consent_id, hand=hand, client_id=number)
    messages.success(
        request, _("Đã rút sự đồng ý; lời mời chưa trả lời dựa trên dữ liệu này đã được thu lại.")
    )
    return HttpResponseRedirect(_after(request, found, reverse("consents")))


@login_not_required
@never_cache
@require_safe
def offer_thanks(request: HttpRequest) -> HttpResponse:
    """What is said after an answer by a link; nothing of anybody stands here."""
    return render(request, "offers/thanks.html", {"applicant": applicant_of(request)})


def _after(request: HttpRequest, found: Offer, own: str) -> str:
    """Where an answer leads: its own person who has come in to what is theirs, anybody else to a page without data."""
    return own if applicant_of(request) == found.applicant else reverse("offer_thanks")


def _seen(request: HttpRequest, token: str) -> Offer:
    """The offer of a link; 404 unless it waits for an answer or its own person has come in."""
    found = _found(token)
    if not queries.may_see(found, applicant_of(request), today()):
        raise Http404("no such offer")
    return found


def _found(token: str) -> Offer:
    """The offer of a link; 404 for one that was never made, is not due yet, or rests on an ended consent."""
    found = queries.offer_of_token(token[:200])
    if found is None or not queries.may_open(found, today()):
        raise Http404("no such offer")
    return found


def _page(request: HttpRequest, token: str, tried: RequestForm | None = None) -> HttpResponse:
    found, day = _seen(request, token), today()
    fields = {field.code: field for field in found.entry.register.definition.fields}
    definition = found.rule.definition
    context = _row(found, day) | {
        "token": token, "notice_line": notice(), "applicant": applicant_of(request),
        "may_answer": found.state == OfferState.OPEN and found.closes_on >= day, "bases": sure(definition.bases),
        "filled": [
            (fields[name], found.filled.get(place, ""))
            for place, name in definition.prefill.items()
            if name in fields
        ],
        "accepting": tried if tried and not isinstance(tried, RefuseForm) else RequestForm(),
        "refusing": tried if isinstance(tried, RefuseForm) else RefuseForm(auto_id="tu-choi-%s"),
        "withdrawing": RequestForm(auto_id="rut-%s"),
    }  # fmt: skip
    return render(request, "offers/offer.html", context, status=422 if tried is not None else 200)
