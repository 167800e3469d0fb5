"""Forms of the administration."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from namro.access.terms import Scope
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused, Role
from namro.pages.dayfield import DayField
from namro.pages.entry.fields import PasswordField


class PersonForm(forms.Form):
    """Someone new who may sign in."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.RegexField(
        label=_("Tên đăng nhập"), help_text=_("Chữ không dấu, số, dấu chấm, gạch nối."),
        regex=r"^[A-Za-z0-9._-]{3,60}$",
        error_messages={"invalid": _("Tên đăng nhập gồm 3–60 chữ không dấu, số, dấu chấm hoặc gạch nối.")},
    )  # fmt: skip
    password = PasswordField(
        label=_("Mật khẩu ban đầu"), help_text=_("Ít nhất 12 ký tự; trao tận tay cho người dùng."), new=True
    )

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
        return _unit(self.cleaned_data["unit"])


class EndForm(forms.Form):
    """The day from which a post is no longer held."""

    day = DayField(label=_("Thôi giữ từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": clock.today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


class HandoverForm(forms.Form):
    """Who takes the post over, from which day."""

    receiver = forms.CharField(
        label=_("Người nhận"), help_text=_("Tên đăng nhập của người nhận."), max_length=60
    )
    day = DayField(label=_("Từ ngày"))
    client_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"day": clock.today(), "client_id": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def clean_receiver(self) -> Person:
        """Return the person meant; an unknown or shut account is refused."""
        return _person(self.cleaned_data["receiver"])


class AccountForm(forms.Form):
    """A program that may read for a unit, and who answers for it."""

    name = forms.CharField(label=_("Tên chương trình"), max_length=120)
    purpose = forms.CharField(
        label=_("Dùng để làm gì"), help_text=_("Một câu, để người sau biết có nên giữ không."), max_length=300
    )
    unit = forms.CharField(
        label=_("Đơn vị"), help_text=_("Chương trình chỉ đọc dữ liệu của đơn vị này và các đơn vị bên dưới."),
        max_length=200,
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Người chịu trách nhiệm"), help_text=_("Tên đăng nhập; tài khoản bị khóa thì khóa API cũng ngừng."),
        max_length=60,
    )  # fmt: skip

    def clean_unit(self) -> Unit:
        """Return the unit meant; an unknown name is refused with the nearest ones."""
        return _unit(self.cleaned_data["unit"])

    def clean_contact(self) -> Person:
        """Return the person meant; an unknown or shut account is refused."""
        return _person(self.cleaned_data["contact"])


class KeyForm(forms.Form):
    """What a key may read, and until when."""

    scopes = forms.MultipleChoiceField(
        label=_("Được đọc gì"), choices=Scope.choices, widget=forms.CheckboxSelectMultiple
    )
    end = DayField(label=_("Hết hạn từ ngày"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"end": clock.today() + timedelta(days=180)} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


def _unit(words: str) -> Unit:
    """Return the unit meant; ValidationError names the nearest ones."""
    try:
        return unit_named(words)
    except Refused as refusal:
        raise ValidationError(refusal.sentence) from None


def _person(username: str) -> Person:
    """Return the person of a sign-in name whose account is open."""
    found = Person.objects.filter(username__iexact=username.strip(), is_active=True).first()
    if found is None:
        raise ValidationError(
            _("Không có tài khoản đang mở nào tên «%s»; hãy gõ đúng tên đăng nhập.") % username
        )
    return found


def put_refusal(form: forms.Form, refusal: Refused) -> None:
    """Set a refusal beside the field it names, or above the form."""
    form.add_error(
        refusal.field if refusal.field in form.fields else None, refusal.sentence or _("Bị từ chối.")
    )
