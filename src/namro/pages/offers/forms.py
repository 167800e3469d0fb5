"""The forms of the offers: days to try a rule on, a refusal, a consent with its end."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.offers.models import PersonalRegister
from namro.organisation.models import Unit
from namro.pages.dayfield import DayField
from namro.pages.fields import RequestForm
from namro.pages.naming import named


class SimulateForm(RequestForm):
    """For which of the viewer's units and which days a rule is tried."""

    unit: Any = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị"), empty_label=None)
    first = DayField(label=_("Mời từ ngày"))
    last = DayField(label=_("Đến hết ngày"))

    def __init__(self, *args: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class StopForm(RequestForm):
    """Why a run is stopped."""

    reason = forms.CharField(
        label=_("Vì sao dừng"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class RefuseForm(RequestForm):
    """A refusal: a reason if one likes, and whether this should not come again."""

    words = forms.CharField(
        label=_("Vì sao"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    never_again = forms.BooleanField(label=_("Đừng mời tôi về việc này nữa"), required=False)


class ConsentForm(RequestForm):
    """What one agrees to, and until when: no consent without an end."""

    register = forms.ChoiceField(label=_("Cho dùng dữ liệu nào"), widget=forms.RadioSelect)
    last = DayField(
        label=_("Đến hết ngày"),
        help_text=_("Hết ngày này sự đồng ý tự chấm dứt; rút sớm hơn lúc nào cũng được."),
    )

    def __init__(self, *args: Any, registers: list[PersonalRegister], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["register"].choices = [(each.code, named(each)) for each in registers]  # type: ignore[attr-defined]


class SignedConsentForm(ConsentForm):
    """A consent that somebody gave on paper at the desk."""

    signed = forms.BooleanField(label=_("Người này đã đọc hoặc nghe đọc, và đã ký phiếu"))
