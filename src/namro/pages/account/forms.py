"""Forms of one's own account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from namro.pages.entry.fields import PasswordField
from namro.pages.entry.forms import NewPasswordForm

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class OwnPasswordForm(NewPasswordForm):
    """A new password; the present one shows that the person who came in still sits there."""

    field_order = ["old_password", "new_password1", "new_password2"]
    old_password = PasswordField(label=_("Mật khẩu hiện nay"))

    def clean_old_password(self) -> str:
        """Refuse a wrong one."""
        old = str(self.cleaned_data["old_password"])
        if not self.user.check_password(old):
            raise ValidationError(_("Mật khẩu hiện nay không đúng; hãy gõ lại."))
        return old


class CodeForm(forms.Form):
    """The code that shows that the application took the seed."""

    code = forms.CharField(
        label=_("Mã đang hiện trong ứng dụng"), help_text=_("Sáu chữ số, đổi sau mỗi 30 giây."), max_length=20,
        widget=forms.TextInput(attrs=CODE),
    )  # fmt: skip


class PasskeyForm(forms.Form):
    """What the owner calls the key; what the browser made stands in `credential`."""

    name = forms.CharField(
        label=_("Tên khóa"), help_text=_("Để nhận ra, ví dụ: máy ở cơ quan."), max_length=60
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-passkey-answer": ""}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = _("Khóa thông hành")
