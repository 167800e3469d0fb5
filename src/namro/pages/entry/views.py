"""Signing in (with throttling by django-axes) and out; both leave a line in the log."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from namro.audit.actions import record
from namro.flows.demo.people import demo_password
from namro.ground.numbers import format_number
from namro.organisation.models import Person
from namro.organisation.queries import demo_accounts
from namro.pages.entry.forms import SignInForm


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
@method_decorator([login_not_required, never_cache], name="dispatch")
class SignIn(auth.LoginView):
    """The door: who is signed in already goes on to the page they asked for."""

    template_name = "entry/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the person in and write it down, both or neither."""
        with transaction.atomic():
            answer = super().form_valid(form)
            record(by=form.get_user(), verb="sign_in", obj=form.get_user())
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again with what was wrong (422: nothing was taken)."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add, in the demo only, the accounts to choose from."""
        return super().get_context_data(**kwargs) | demo_choices()


def demo_choices() -> dict[str, Any]:
    """Return the demo's accounts and their one password; nothing outside the demo."""
    if not settings.DEMO:
        return {}
    return {"accounts": demo_accounts(), "demo_password": demo_password(settings.DEMO_PACKAGE)}


class SignOut(auth.LogoutView):
    """Leave by POST only: a link cannot sign a person out."""

    http_method_names = ["post", "options"]
    next_page = "sign_in"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down, then end the session."""
        if isinstance(request.user, Person):
            record(by=request.user, verb="sign_out", obj=request.user)
        return super().post(request, *args, **kwargs)


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer 429 after too many wrong passwords, in a sentence that says when the door opens again."""
    minutes = format_number(round(settings.AXES_COOLOFF_TIME * 60))
    refusal = _("Đã nhập sai mật khẩu %(times)s lần; hãy chờ %(minutes)s phút rồi thử lại.") % {
        "times": format_number(settings.AXES_FAILURE_LIMIT), "minutes": minutes
    }  # fmt: skip
    context = {"form": SignInForm(request), "refusal": refusal} | demo_choices()
    return render(request, "entry/sign_in.html", context, status=429)
