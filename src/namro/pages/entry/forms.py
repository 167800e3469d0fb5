"""The forms of the door."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from namro.access.queries import check_may_come_in
from namro.organisation.terms import Refused
from namro.pages.entry.fields import PasswordField


class SignInForm(AuthenticationForm):
    """Name and password; which of the two was wrong is not said."""

    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng; hãy gõ lại, phân biệt chữ hoa và chữ thường."
        ),
        "inactive": _("Tài khoản này đã bị khóa; hãy liên hệ quản trị hệ thống."),
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("Tên đăng nhập")
        self.fields["password"] = PasswordField(label=_("Mật khẩu"))

    def clean_username(self) -> str:
        """One name, however it is written: who guesses cannot begin anew by a capital letter."""
        return str(self.cleaned_data["username"]).lower()

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Refuse, after the right password, whose account is shut or whose posts have ended."""
        try:
            check_may_come_in(user)  # type: ignore[arg-type]
        except Refused as refusal:
            raise ValidationError(refusal.sentence, code="not_admitted") from None

    @property
    def was_wrong(self) -> bool:
        """Whether the name or the password was wrong, which counts as a guess."""
        return any(error.code == "invalid_login" for error in self.non_field_errors().as_data())


class NewPasswordForm(SetPasswordForm):
    """A new password, twice."""

    error_messages = {"password_mismatch": _("Hai lần gõ không giống nhau; hãy gõ lại.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Ít nhất 12 ký tự; vài từ không liên quan ghép lại thì vừa dễ nhớ vừa khó đoán.")
        self.fields["new_password1"] = PasswordField(label=_("Mật khẩu mới"), help_text=hint, new=True)
        self.fields["new_password2"] = PasswordField(label=_("Gõ lại mật khẩu mới"), new=True)
