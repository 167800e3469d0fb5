"""Forms of the administration."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused, Role
from namro.pages.dayfield import DayField


class PersonForm(forms.Form):
    """Someone new who may sign in."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.RegexField(
        label=_("Tên đăng nhập"), help_text=_("Chữ không dấu, số, dấu chấm, gạch nối."),
        regex=r"^[A-Za-z0-9._-]{3,60}$",
        error_messages={"invalid": _("Tên đăng nhập gồm 3–60 chữ không dấu, số, dấu chấm hoặc gạch nối.")},
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"), help_text=_("Ít nhất 12 ký tự; trao tận tay cho người dùng."), strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_password(self) -> str:
        """Refuse a password that is short, common, or like the name."""
        person = Person(
            username=self.cleaned_data.get("username", ""), full_name=self.data.get("full_name", "")
        )
        validate_password(self.cleaned_data["password"], person)
        return str(self.cleaned_data["password"])


class PostForm(forms.Form):
    """A post: where, as what, from when."""

    unit = forms.CharField(
        label=_("Đơn vị"), help_text=_("Mã hoặc tên, gõ không dấu cũng được."), max_length=200
    )
    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    title = forms.CharField(label=_("Chức danh"), max_length=120)
    start = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"start": clock.today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_unit(self) -> Unit:
        """Return the unit meant; an unknown name is refused with the nearest ones."""
        try:
            return unit_named(self.cleaned_data["unit"])
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None


class EndForm(forms.Form):
    """The day from which a post is no longer held."""

    day = DayField(label=_("Thôi giữ từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": clock.today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


def put_refusal(form: forms.Form, refusal: Refused) -> None:
    """Set a refusal beside the field it names, or above the form."""
    form.add_error(
        refusal.field if refusal.field in form.fields else None, refusal.sentence or _("Bị từ chối.")
    )
