"""The forms of those outside: who they are (on trial), where they file, what they answer and think of it."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.outside import mail
from namro.outside.identity import BUSINESS, CITIZEN, ORGANISATION, Who
from namro.pages.dayfield import DayField
from namro.pages.fields import RequestForm, UnitField

NUMBERS = {
    CITIZEN: re.compile(r"\d{12}"),
    BUSINESS: re.compile(r"\d{10}(-?\d{3})?"),
    ORGANISATION: re.compile(r"[\dA-Z.\-]{6,20}"),
}
PHONE = re.compile(r"\+?[\d .\-]{8,15}")


class SandboxIdentityForm(forms.Form):
    """Who one says one is, on the sandbox's page."""

    # Made-up people to try with: kind, number, name. 999 is the code of no province.
    MADE_UP = (
        (CITIZEN, "999190000017", "Trần Thị Minh Họa"),
        (CITIZEN, "999085000028", "Lê Văn Ví Dụ"),
        (BUSINESS, "9990000039", "Công ty TNHH Thử Nghiệm"),
    )
    KINDS = ((CITIZEN, _("Công dân")), (BUSINESS, _("Doanh nghiệp")), (ORGANISATION, _("Tổ chức")))

    kind = forms.ChoiceField(label=_("Bạn là"), choices=KINDS, initial=CITIZEN)
    number = forms.CharField(
        label=_("Số định danh hoặc mã số doanh nghiệp"), max_length=20,
        help_text=_("Số bịa cũng được: 12 chữ số cho công dân, 10 hoặc 13 chữ số cho doanh nghiệp."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Họ và tên, hoặc tên doanh nghiệp"), max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    birth_day = DayField(label=_("Ngày sinh"), required=False)

    def clean(self) -> dict[str, Any]:
        """A number of the form that its kind has; else one person would be two."""
        said = super().clean() or {}
        number = said.get("number", "").replace(" ", "").upper()
        kind = said.get("kind", "")
        if number and kind and not NUMBERS[kind].fullmatch(number):
            self.add_error("number", _("Số này không đúng dạng; hãy xem lại số chữ số."))
        said["number"] = number
        return said

    def who(self) -> Who:
        """The person as the sandbox will vouch for."""
        said = self.cleaned_data
        return Who(said["kind"], said["number"], said["name"], said["birth_day"])


class BeginForm(RequestForm):
    """Where a dossier is filed, in which case, and how the applicant is reached."""

    unit: Any = UnitField(
        label=_("Nơi giải quyết"),
        help_text=_("Gõ tên xã, phường hoặc sở; không dấu cũng được. Tên cũ dẫn tới đơn vị mới."),
    )
    case = forms.TypedChoiceField(label=_("Trường hợp của bạn"), coerce=int, required=False)
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "short"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Thư điện tử"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    needs_paper_result = forms.BooleanField(
        label=_("Tôi cần nhận kết quả bản giấy"), required=False,
        help_text=_("Không đánh dấu: nhận kết quả điện tử khi thủ tục trả được."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Điều muốn nói thêm"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, cases: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"].help_text = (
            _("Báo khi hồ sơ được tiếp nhận, phải bổ sung, có kết quả hoặc trễ hẹn; thư chỉ nhắc mã hồ sơ.")
            if mail.is_configured()
            else _("Nơi này chưa gửi thư hay tin nhắn cho người nộp: hãy tra hồ sơ bằng mã trên biên nhận.")
        )
        # The units are in the page: a weak line need not be asked while one types.
        self.fields["unit"].widget.attrs = {"list": "units", "autocomplete": "off", "spellcheck": "false"}
        if cases:
            all_of_them = (0, _("Chưa rõ, hiện mọi giấy tờ"))
            self.fields["case"].choices = [all_of_them, *enumerate(cases, start=1)]  # type: ignore[attr-defined]
        else:
            del self.fields["case"]

    def clean_phone(self) -> str:
        """A number somebody can be called at."""
        text = str(self.cleaned_data["phone"]).strip()
        if not PHONE.fullmatch(text):
            raise forms.ValidationError(_("Số điện thoại này không gọi được; hãy xem lại."))
        return text

    def filled(self) -> dict[str, Any]:
        """What is kept with the dossier."""
        said = self.cleaned_data
        return {"case": said.get("case") or 0} | {name: said[name] for name in ("phone", "email", "words")}


class SubmitForm(RequestForm):
    """The word that what is filed is true."""

    agree = forms.BooleanField(
        label=_("Tôi chịu trách nhiệm về tính chính xác của giấy tờ và lời khai trong hồ sơ này."),
        error_messages={"required": _("Hãy đánh dấu cam đoan trước khi nộp.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["agree"].error_messages["required"] = _("Hãy đánh dấu cam đoan trước khi nộp.")


class FileForm(RequestForm):
    """One file for one paper."""

    file = forms.FileField(allow_empty_file=True)


class AnswerForm(RequestForm):
    """What the applicant says to a request for a supplement."""

    words = forms.CharField(
        label=_("Bạn đã bổ sung gì"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RateForm(RequestForm):
    """How one was served, and whether one is content with the settlement."""

    HANDLING = ((5, _("Rất tốt")), (4, _("Tốt")), (3, _("Được")), (2, _("Kém")), (1, _("Rất kém")))

    handling = forms.TypedChoiceField(
        label=_("Cán bộ phục vụ thế nào?"), choices=HANDLING, coerce=int, widget=forms.RadioSelect
    )
    is_settlement_liked = forms.TypedChoiceField(
        label=_("Bạn hài lòng với việc giải quyết hồ sơ?"), choices=(("1", _("Hài lòng")), ("0", _("Không hài lòng"))),
        coerce=lambda text: text == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    words = forms.CharField(
        label=_("Góp ý"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WithdrawForm(RequestForm):
    """Why one takes a dossier back."""

    reason = forms.CharField(
        label=_("Lý do rút"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
