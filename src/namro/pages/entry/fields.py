"""Passwords as they are typed, and the answer of a passkey."""

import json
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from namro.organisation.terms import Refused


def clean_password(text: str) -> str:
    """Return the password in one spelling: two keyboards write the same Vietnamese letter in two ways (NFKC)."""
    return unicodedata.normalize("NFKC", text)


class PasswordField(forms.CharField):
    """A password: no character is taken away, the same letters are the same password on every keyboard."""

    def __init__(self, *, new: bool = False, **kwargs: Any) -> None:
        hint = "new-password" if new else "current-password"
        super().__init__(strip=False, widget=forms.PasswordInput(attrs={"autocomplete": hint}), **kwargs)

    def to_python(self, value: Any) -> str:
        """Bring it into its one spelling."""
        return clean_password(super().to_python(value) or "")


def answer_of_passkey(text: str) -> dict[str, Any]:
    """Return what the browser sent of a passkey; refuses what is no JSON object."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(_("Trình duyệt gửi khóa thông hành không đọc được; hãy thử lại."))
    return found
