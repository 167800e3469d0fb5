"""One's own account: what protects it, where one is signed in, a new password."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.access.actions.codes import check_tries
from namro.access.actions.passwords import change_password
from namro.access.actions.throttling import forget
from namro.access.actions.visits import end_visits, renew_key
from namro.access.queries import factors_of, recovery_codes_left, visits_of
from namro.ground import clock
from namro.ground.numbers import format_number
from namro.organisation.models import Person
from namro.organisation.queries.viewing import posts_on
from namro.organisation.terms import Refused
from namro.pages.account.forms import OwnPasswordForm
from namro.pages.entry.proving import mark_proved
from namro.pages.links import address
from namro.pages.viewing import needs

MOST_VISITS = 50


def steps() -> list[tuple[str, str]]:
    """The way up to the account's own page."""
    return [(_("Tài khoản của tôi"), address("account"))]


@require_safe
@needs()
def account(request: HttpRequest) -> HttpResponse:
    """Show the posts, what protects the account, and where it is signed in."""
    person = cast(Person, request.user)
    context = {
        "posts": posts_on(person, clock.today()),
        "has_password": person.has_usable_password(),
        "factors": factors_of(person),
        "codes_left": recovery_codes_left(person),
        "visits": visits_of(person)[:MOST_VISITS],
        "here": request.session.session_key,
    }
    return render(request, "account/account.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def password_change(request: HttpRequest) -> HttpResponse:
    """Change the password; every other stay ends, this one goes on."""
    person = cast(Person, request.user)
    form, status = OwnPasswordForm(person), 200
    if request.method == "POST":
        form, status = OwnPasswordForm(person, request.POST), 422
        if _tried(form, person):
            _changed(request, person, form.cleaned_data["new_password1"])
            return redirect("account")
    return render(request, "account/password.html", {"form": form, "steps": steps()}, status=status)


def _tried(form: Any, person: Person) -> bool:
    """Whether the form is right; guessing the present password is counted like guessing a code."""
    try:
        check_tries(person)
    except Refused as refusal:
        form.add_error("old_password", refusal.sentence)
        return False
    is_valid = bool(form.is_valid())
    if "old_password" not in form.errors:
        forget("code", person.pk)
    return is_valid


def _changed(request: HttpRequest, person: Person, password: str) -> None:
    """Set the password and carry this session over to it."""
    before = request.session.session_key or ""
    change_password(person=person, password=password, by=person, keep=before)
    update_session_auth_hash(request, person)
    renew_key(before=before, after=request.session.session_key or "")
    mark_proved(request)
    messages.success(request, _("Đã đổi mật khẩu; các phiên khác đã kết thúc."))


@require_POST
@needs(enrolling=True)
def visits_end(request: HttpRequest) -> HttpResponse:
    """End every other stay."""
    person = cast(Person, request.user)
    ended = end_visits(person=person, by=person, keep=request.session.session_key)
    words = ngettext("Đã kết thúc %(n)s phiên khác.", "Đã kết thúc %(n)s phiên khác.", ended)
    messages.success(request, words % {"n": format_number(ended)} if ended else _("Không có phiên nào khác."))
    return redirect("account")
