"""Signing in (throttled) and out; both leave a line in the log."""

from typing import Any

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from namro.access.actions.visits import leave
from namro.access.terms import Method
from namro.organisation.models import Person
from namro.pages.entry import slowing
from namro.pages.entry.choices import choices
from namro.pages.entry.forms import SignInForm
from namro.pages.entry.letting_in import enter
from namro.pages.entry.refusing import too_many


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
@method_decorator([login_not_required, never_cache], name="dispatch")
class SignIn(auth.LoginView):
    """The door: who is signed in already goes on to the page they asked for."""

    template_name = "entry/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the try, or say why none is taken now."""
        refusal = slowing.refusal(request, _name(request))
        return too_many(request, refusal) if refusal else super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on to the second factor, or in."""
        return enter(self.request, form.get_user(), Method.PASSWORD, self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again with what was wrong (422: nothing was taken)."""
        if form.was_wrong:
            slowing.note_failure(self.request, _name(self.request))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the other ways in."""
        return super().get_context_data(**kwargs) | choices()


def _name(request: HttpRequest) -> str:
    return request.POST.get("username", "").strip().lower()


class SignOut(auth.LogoutView):
    """Leave by POST only: a link cannot sign a person out."""

    http_method_names = ["post", "options"]
    next_page = "sign_in"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write it down, then end the session."""
        if isinstance(request.user, Person):
            leave(session_key=request.session.session_key, by=request.user)
        return super().post(request, *args, **kwargs)
