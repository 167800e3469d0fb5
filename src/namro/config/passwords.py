"""What a password must not be, beside Django's own rules: see docs/adr/0015-the-doors.md."""

from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from namro.access.rules import LONGEST_PASSWORD, is_known_password, is_monotonous


class KnownPasswordValidator:
    """Refuses the words that attackers try first, however they are dressed up; asks for no mixture of signs."""

    def __init__(self) -> None:
        self.listed = CommonPasswordValidator().passwords

    def validate(self, password: str, user: Any = None) -> None:
        """Raise with one sentence that says how to choose better."""
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(_("Mật khẩu dài nhất %s ký tự.") % LONGEST_PASSWORD)
        if is_known_password(password, self.listed):
            raise ValidationError(
                _(
                    "Mật khẩu này là từ phổ biến thêm số hoặc dấu, rất dễ đoán; hãy ghép vài từ không liên quan."
                )
            )
        if is_monotonous(password):
            raise ValidationError(
                _("Mật khẩu lặp lại vài ký tự hoặc xếp theo thứ tự; hãy ghép vài từ không liên quan.")
            )

    def get_help_text(self) -> str:
        """The rule in one sentence."""
        return str(_("Ít nhất 12 ký tự; vài từ không liên quan ghép lại thì vừa dễ nhớ vừa khó đoán."))
