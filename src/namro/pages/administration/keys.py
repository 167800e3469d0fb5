"""Service accounts and their API keys."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.access import queries
from namro.access.actions.keys import add_account, make_key, revoke_key
from namro.access.models import ApiKey, ServiceAccount
from namro.access.terms import Scope
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.administration.forms import AccountForm, KeyForm, put_refusal
from namro.pages.entry.proving import grave
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

ADMINISTER = Capability.ADMINISTER


def _act(request: HttpRequest) -> dict[str, Any]:
    return {"by": cast(Person, request.user), "viewer": viewer_of(request)}


def _steps(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Quản trị"), address("administration")), *more]


@require_safe
@needs(ADMINISTER)
def api_keys(request: HttpRequest) -> HttpResponse:
    """Show the programs that may read, with their keys."""
    rows = [(account, [_shown(key) for key in account.keys.all()]) for account in queries.accounts()]
    living = sum(key["state"] == "ok" for _account, keys in rows for key in keys)
    context = {"accounts": rows, "living": living, "steps": _steps()}
    return render(request, "administration/api_keys.html", context)


def _shown(key: ApiKey) -> dict[str, Any]:
    """A key as the list shows it: its state in a word, and the question before it is revoked."""
    is_open = key.revoked_at is None and key.end > clock.today()
    words = _("đang dùng được") if is_open else _("đã thu hồi") if key.revoked_at else _("đã hết hạn")
    question = _("Thu hồi khóa %s…? Chương trình dùng khóa này sẽ bị từ chối ngay.") % key.prefix
    ask = {
        "label": _("Thu hồi"), "question": question,
        "url": address("api_key_revoke", str(key.pk)), "verb": _("Thu hồi khóa"), "danger": True,
    }  # fmt: skip
    scopes = [Scope(scope).label for scope in key.scopes if scope in Scope.values]
    return {"key": key, "state": "ok" if is_open else "none", "words": words, "scopes": scopes,
            "ask": ask if is_open else None}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADMINISTER)
@grave
def api_account_new(request: HttpRequest) -> HttpResponse:
    """Add a program that may read for a unit; then give it a key."""
    form, status = AccountForm(), 200
    if request.method == "POST":
        form, status = AccountForm(request.POST), 422
        if form.is_valid():
            try:
                made = add_account(**form.cleaned_data, **_act(request))
            except Refused as refusal:
                put_refusal(form, refusal)
            else:
                return redirect("api_key_new", made.pk)
    context = {"form": form, "steps": _steps((_("Khóa API"), address("api_keys")))}
    return render(request, "administration/api_account_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(ADMINISTER)
@grave
@never_cache
def api_key_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key for a program; the answer to the form is the only page that ever shows it."""
    account = get_object_or_404(ServiceAccount.objects.select_related("unit"), pk=pk)
    form, status = KeyForm(), 200
    context = {"account": account, "steps": _steps((_("Khóa API"), address("api_keys")))}
    if request.method == "POST":
        form, status = KeyForm(request.POST), 422
        if form.is_valid():
            try:
                key, words = make_key(account=account, **form.cleaned_data, **_act(request))
            except Refused as refusal:
                put_refusal(form, refusal)
            else:
                shown = context | {"key": key, "words": words}
                return render(request, "administration/api_key_made.html", shown)
    return render(request, "administration/api_key_new.html", context | {"form": form}, status=status)


@require_POST
@needs(ADMINISTER)
def api_key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a key at once: this is never held up by another question."""
    key = get_object_or_404(ApiKey.objects.select_related("account__unit"), pk=pk)
    revoke_key(key=key, **_act(request))
    messages.success(request, _("Đã thu hồi khóa %s….") % key.prefix)
    return redirect("api_keys")
