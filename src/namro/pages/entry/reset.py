"""A new password by a link that the administration handed over: once, within an hour."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from namro.access.actions.passwords import change_password
from namro.pages.entry.forms import NewPasswordForm


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(login_not_required, name="dispatch")
class Reset(auth.PasswordResetConfirmView):
    """Django's own page of the link: it moves the token out of the address at once."""

    template_name = "entry/reset.html"
    form_class = NewPasswordForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password, end what was opened with the old one, lead to the door."""
        self.request.session.pop(auth.INTERNAL_RESET_SESSION_TOKEN, None)
        change_password(
            person=form.user, password=form.cleaned_data["new_password1"], by=form.user, ground="reset"
        )
        messages.success(self.request, _("Đã đặt mật khẩu mới; hãy đăng nhập."))
        return redirect("sign_in")

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again with what was wrong (422: nothing was taken)."""
        return self.render_to_response(self.get_context_data(form=form), status=422)
