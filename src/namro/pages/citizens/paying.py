"""Paying a fee online: sent to the gateway and back; what counts is the gateway's own signed word, however often."""

import json
import logging

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.dossiers.actions import Hand, begin_payment, hear_payment
from namro.dossiers.models import Applicant, Payment
from namro.dossiers.terms import PaymentState
from namro.organisation.terms import Refused
from namro.outside import payments
from namro.outside.payments import SIGNATURE_HEADER, Forged, Gateway, Notice, Order, Sandbox
from namro.pages.citizens.own import own
from namro.pages.citizens.session import needs_applicant
from namro.pages.links import address
from namro.pages.sending import number_sent

log = logging.getLogger(__name__)


@require_POST
@needs_applicant
def own_pay(request: HttpRequest, applicant: Applicant, code: str) -> HttpResponse:
    """Put an order down and show the way to the gateway; sent twice it is one order."""
    row = own(applicant, code)
    try:
        hand, number = Hand.of_applicant(applicant), number_sent(request)
        payment = begin_payment(row.pk, hand=hand, client_id=number)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return HttpResponseRedirect(address("own_dossier", str(row.code)))
    back = request.build_absolute_uri(reverse("own_paid", args=[row.code, payment.reference]))
    order = Order(payment.reference, payment.amount, _("Phí, lệ phí hồ sơ %s") % row.code, back)
    return HttpResponseRedirect(_gateway().way_there(order))


@require_safe
@needs_applicant
def own_paid(request: HttpRequest, applicant: Applicant, code: str, reference: str) -> HttpResponse:
    """Back from the gateway: the browser's own word counts for nothing, only what the gateway has told us."""
    row = own(applicant, code)
    payment = get_object_or_404(Payment, dossier=row, reference=reference)
    told = {
        PaymentState.PAID: (messages.SUCCESS, _("Đã nhận được phí, lệ phí.")),
        PaymentState.FAILED: (messages.ERROR, _("Thanh toán không thành công; bạn có thể thử lại.")),
        PaymentState.TO_PAY_BACK: (
            messages.WARNING,
            _("Khoản này thừa hoặc không đúng mức phí; cơ quan sẽ hoàn lại."),
        ),
        PaymentState.PAID_BACK: (messages.INFO, _("Khoản thừa này đã được hoàn lại.")),
        PaymentState.ASKED: (
            messages.INFO,
            _(
                "Cổng thanh toán chưa báo về; nếu bạn đã trả, đừng trả lại, hãy xem lại trang này sau ít phút."
            ),
        ),
    }
    messages.add_message(request, *told[PaymentState(payment.state)])
    return HttpResponseRedirect(address("own_dossier", str(row.code)))


@csrf_exempt
@login_not_required
@require_POST
def payment_notice(request: HttpRequest) -> JsonResponse:
    """What the gateway's own machine says of an order: signed, or not heard; said twice, the same answer."""
    try:
        notice = _gateway().heard(request.body, {SIGNATURE_HEADER: request.headers.get(SIGNATURE_HEADER, "")})
        payment = hear_payment(notice, gateway=_gateway().name)
    except Forged as fault:
        log.warning("payment notice: %s", fault)
        return JsonResponse({"heard": False, "why": "signature"}, status=401)
    except Refused:
        return JsonResponse({"heard": False, "why": "reference"}, status=404)
    return JsonResponse({"heard": True, "state": payment.state})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gateway_sandbox(request: HttpRequest) -> HttpResponse:
    """The sandbox gateway's own page: it moves no money and says so; 404 where it is not in use."""
    sandbox = _gateway()
    if not isinstance(sandbox, Sandbox):
        raise Http404("no sandbox here")
    try:
        order = sandbox.order_of(request.GET.get("don", ""))
    except Forged as fault:
        raise Http404("no such order") from fault
    if request.method == "POST":
        _say(request, sandbox, order, request.POST.get("deed", ""))
        return HttpResponseRedirect(order.back)
    return render(request, "citizens/gateway_sandbox.html", {"order": order})


def _say(request: HttpRequest, sandbox: Sandbox, order: Order, deed: str) -> None:
    """What the sandbox tells us, by the same way as a gateway's machine would: once, twice, not yet, or forged."""
    body, headers = sandbox.word_on(order, is_paid=deed != "fail")
    if deed == "late":
        return
    if deed == "forge":
        body = json.dumps(json.loads(body) | {"number": "GIA"}).encode()
    for _turn in range(2 if deed == "twice" else 1):
        try:
            _heard(sandbox.heard(body, headers), sandbox)
        except Forged:
            messages.error(request, _("Lời báo giả đã bị bác vì chữ ký không đúng."))


def _heard(notice: Notice, gateway: Gateway) -> None:
    try:
        hear_payment(notice, gateway=gateway.name)
    except Refused as refusal:
        log.warning("payment notice: %s", refusal.sentence)


def _gateway() -> Gateway:
    """The gateway of this place; 404 where fees are paid at the desk alone."""
    found = payments.gateway()
    if found is None:
        raise Http404("no gateway here")
    return found
