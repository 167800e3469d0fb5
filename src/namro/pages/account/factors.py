"""Second factors of one's own: an application that makes codes, passkeys, recovery codes."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.access.actions.codes import add_totp, new_seed, renew_recovery_codes, seed_address
from namro.access.actions.factors import remove_factor
from namro.access.actions.passkeys import add_passkey, offer_passkey
from namro.access.models import Factor
from namro.access.queries import factors_of, must_have_factor, recovery_codes_left
from namro.organisation.models import Person
from namro.organisation.terms import Refused
from namro.pages.account.forms import CodeForm, PasskeyForm
from namro.pages.account.views import steps
from namro.pages.entry.fields import answer_of_passkey
from namro.pages.entry.proving import grave, host_of
from namro.pages.links import address
from namro.pages.qr import qr_image
from namro.pages.viewing import MUST_ENROL, needs

SEED, PASSKEY_OFFER = "totp_seed", "passkey_offer"


@require_safe
@needs(enrolling=True)
@never_cache
def second_factors(request: HttpRequest) -> HttpResponse:
    """Show what stands beside the password, with the ways to add and to take away."""
    return _page(request)


def _page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    person = cast(Person, request.user)
    factors = factors_of(person)
    context = {
        "steps": steps(),
        "factors": [(factor, _ask_remove(factor)) for factor in factors],
        "has_totp": any(factor.kind == "totp" for factor in factors),
        "codes_left": recovery_codes_left(person),
        "ask_codes": _ask_codes(),
        "must": must_have_factor(person),
        "refusal": refusal,
    }
    return render(request, "account/second_factors.html", context, status=422 if refusal else 200)


def _ask_remove(factor: Factor) -> dict[str, Any]:
    return {
        "label": _("Gỡ"), "question": _("Gỡ %s? Thiết bị này sẽ không còn dùng được để đăng nhập.") % factor.name,
        "url": address("factor_remove", str(factor.pk)), "verb": _("Gỡ"), "danger": True,
    }  # fmt: skip


def _ask_codes() -> dict[str, Any]:
    return {
        "label": _("Tạo mã dự phòng mới"), "question": _("Tạo mười mã mới? Các mã cũ sẽ không dùng được nữa."),
        "url": address("recovery_codes"), "verb": _("Tạo mã mới"),
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(enrolling=True)
@grave
@never_cache
def totp_add(request: HttpRequest) -> HttpResponse:
    """Hand out a seed as a QR code; take it into use when a code shows that it arrived."""
    person, form, status = cast(Person, request.user), CodeForm(), 200
    seed = request.session.setdefault(SEED, new_seed())
    if request.method == "POST":
        form, status = CodeForm(request.POST), 422
        if form.is_valid():
            try:
                add_totp(person=person, seed=seed, code=form.cleaned_data["code"].strip(), by=person)
            except Refused as refusal:
                form.add_error("code", refusal.sentence)
            else:
                request.session.pop(SEED, None)
                return _added(request, person)
    context = {
        "form": form, "steps": _steps(), "seed": " ".join(seed[n : n + 4] for n in range(0, len(seed), 4)),
        "picture": qr_image(seed_address(seed, person, _("Năm Rõ"))),
    }  # fmt: skip
    return render(request, "account/totp.html", context, status=status)


def _steps() -> list[tuple[str, str]]:
    return [*steps(), (_("Xác thực hai lớp"), address("second_factors"))]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(enrolling=True)
@grave
@never_cache
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Have the browser make a passkey, and keep its public half."""
    person, form, refusal = cast(Person, request.user), PasskeyForm(), ""
    if request.method == "POST":
        form = PasskeyForm(request.POST)
        try:
            if form.is_valid():
                answer, state = (
                    answer_of_passkey(form.cleaned_data["credential"]),
                    request.session.pop(PASSKEY_OFFER, {}),
                )
                name = form.cleaned_data["name"]
                add_passkey(
                    person=person, host=host_of(request), state=state, answer=answer, name=name, by=person
                )
                return _added(request, person)
        except Refused as told:
            refusal = told.sentence
    options, request.session[PASSKEY_OFFER] = offer_passkey(person, host_of(request))
    context = {"form": form, "steps": _steps(), "options": options, "refusal": refusal}
    status = 422 if form.is_bound else 200
    return render(request, "account/passkey.html", context, status=status)


def _added(request: HttpRequest, person: Person) -> HttpResponse:
    """Say so; with the first factor hand out the recovery codes."""
    request.session.pop(MUST_ENROL, None)
    messages.success(request, _("Đã thêm; từ lần đăng nhập sau, hệ thống hỏi thêm lớp này."))
    if recovery_codes_left(person):
        return redirect("second_factors")
    return _codes_page(request, person)


@require_POST
@needs()
@grave
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, shown once; only beside another factor."""
    person = cast(Person, request.user)
    if not factors_of(person):
        return _page(request, _("Hãy thêm ứng dụng sinh mã hoặc khóa thông hành trước, rồi tạo mã dự phòng."))
    return _codes_page(request, person)


def _codes_page(request: HttpRequest, person: Person) -> HttpResponse:
    codes = renew_recovery_codes(person=person, by=person)
    return render(request, "account/recovery_codes.html", {"codes": codes, "steps": _steps()})


@require_POST
@needs()
@grave
def factor_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a second factor away; the last one stays where the role must have one."""
    person = cast(Person, request.user)
    factor = get_object_or_404(Factor, pk=pk, person=person)
    if must_have_factor(person) and len(factors_of(person)) == 1:
        return _page(
            request, _("Vai trò của bạn phải có xác thực hai lớp; hãy thêm cái khác rồi mới gỡ cái này.")
        )
    remove_factor(factor=factor, by=person)
    messages.success(request, _("Đã gỡ %s.") % factor.name)
    return redirect("second_factors")
