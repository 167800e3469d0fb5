"""The forms of the feedback: what is said, what is added, whether one is content; and what officers do with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.dossiers.actions.feedback import MOST_WORDS
from namro.dossiers.terms import FeedbackKind
from namro.pages.fields import RequestForm, UnitField


def area(label: Any, hint: Any = "", *, rows: int = 4, required: bool = True) -> forms.CharField:
    """A field for some sentences."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=MOST_WORDS, widget=widget
    )


class SendForm(RequestForm):
    """What somebody has to say."""

    kind = forms.ChoiceField(label=_("Bạn muốn gửi"), choices=FeedbackKind.choices, widget=forms.RadioSelect)
    dossier = forms.CharField(
        label=_("Mã hồ sơ, nếu nói về một hồ sơ"), required=False, max_length=40,
        help_text=_("Ghi trên giấy biên nhận, ví dụ H17.20200-251209-0123."),
    )  # fmt: skip
    unit: Any = UnitField(
        label=_("Gửi tới đơn vị"), required=False,
        help_text=_("Gõ tên xã, phường hoặc sở; bỏ trống khi đã ghi mã hồ sơ."),
    )  # fmt: skip
    words = area(_("Nội dung"), _("Đừng ghi số căn cước hay thông tin riêng của người khác."), rows=6)
    sender_name = forms.CharField(label=_("Họ tên"), required=False, max_length=200)
    sender_contact = forms.CharField(
        label=_("Điện thoại hoặc thư điện tử"), required=False, max_length=200,
        help_text=_("Không ghi cũng được: bạn theo dõi bằng mã ý kiến."),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The units are in the page: who is nobody here may not ask for suggestions.
        self.fields["unit"].widget.attrs = {"list": "units", "autocomplete": "off", "spellcheck": "false"}


class AddForm(RequestForm):
    """What the sender adds when asked."""

    words = area(_("Điều bổ sung"))


class RateForm(RequestForm):
    """Whether the sender is content."""

    is_satisfied = forms.TypedChoiceField(
        label=_("Bạn hài lòng với cách trả lời?"), choices=(("1", _("Hài lòng")), ("0", _("Không hài lòng"))),
        coerce=lambda text: text == "1", widget=forms.RadioSelect,
    )  # fmt: skip
    words = area(_("Vì sao"), rows=2, required=False)


class TakeForm(RequestForm):
    """Take a feedback on."""

    verb, title = "take", _("Nhận xử lý")


class ReturnForm(RequestForm):
    """Return a feedback with its ground."""

    verb, title = "return", _("Trả lại")
    grounds = area(_("Lý do, và nơi người gửi nên gửi tới"), rows=3)
    repeats = forms.IntegerField(
        label=_("Số của ý kiến trước, nếu nhắc lại việc đã trả lời"), required=False, min_value=1, max_value=2**60,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip


class AskForm(RequestForm):
    """Ask the sender for more."""

    verb, title = "ask", _("Yêu cầu bổ sung")
    words = area(_("Cần bổ sung điều gì"), _("Chỉ hỏi một lần."), rows=3)


class AnswerForm(RequestForm):
    """Answer a feedback."""

    verb, title = "answer", _("Trả lời")
    words = area(_("Câu trả lời"), rows=6)


class PublishForm(RequestForm):
    """Open the answer to everybody."""

    verb, title = "publish", _("Công khai câu trả lời")
    words = area(
        _("Nội dung ý kiến, để mọi người đọc"),
        _("Viết lại cho gọn, không nêu tên hay thông tin riêng của ai."),
        rows=4,
    )
    answer = area(
        _("Câu trả lời, để mọi người đọc"),
        _("Bỏ lời chào, tên, số điện thoại, mã hồ sơ của người gửi."),
        rows=6,
    )
