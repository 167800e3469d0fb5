"""The forms around a conversation: a question, an opinion, a hand-over, a reply, what an editor did."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.assistant.actions.asking import MOST_LETTERS
from namro.assistant.terms import OpinionState, Why
from namro.pages.fields import RequestForm, UnitField


class QuestionForm(forms.Form):
    """A question, or a choice that was offered for one."""

    words = forms.CharField(max_length=MOST_LETTERS, required=True, strip=True)
    item = forms.CharField(max_length=60, required=False)
    key = forms.UUIDField(required=False)

    def clean_key(self) -> object:
        """The key that the browser made for this question, else one of ours."""
        return self.cleaned_data.get("key") or uuid4()


class OpinionForm(RequestForm):
    """Whether an answer was of use, and why not."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    useful = forms.ChoiceField(choices=[("1", _("Có ích")), ("0", _("Chưa đúng điều tôi cần"))])
    why = forms.ChoiceField(choices=[("", "—"), *Why.choices], required=False, label=_("Vì sao"))
    words = forms.CharField(max_length=500, required=False, label=_("Ghi thêm"))


class HandOverForm(RequestForm):
    """A question for the people of a unit; a contact is kept only with consent."""

    unit = UnitField(
        label=_("Gửi tới xã, phường hoặc cơ quan"),
        help_text=_("Ví dụ: phường Hòa Khánh; gõ không dấu cũng được."),
    )
    question = forms.CharField(
        label=_("Điều bạn muốn hỏi"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(
        label=_("Điện thoại hoặc thư điện tử"), max_length=100, required=False,
        help_text=_("Bỏ trống cũng được: bạn xem trả lời ở trang này."),
    )  # fmt: skip
    consent = forms.BooleanField(
        label=_("Tôi đồng ý để cán bộ dùng thông tin liên hệ này chỉ để trả lời câu hỏi."), required=False
    )

    def clean(self) -> dict[str, object]:
        """A contact without consent is refused rather than dropped."""
        said = super().clean() or {}
        if said.get("contact") and not said.get("consent"):
            self.add_error("consent", _("Hãy đánh dấu đồng ý, hoặc bỏ trống thông tin liên hệ."))
        return said


class ReplyForm(RequestForm):
    """An officer's answer to a question that was handed over."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("Trả lời"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class SettleForm(RequestForm):
    """What an editor did about an opinion, and what the answer should have been about."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=_("Kết quả"), choices=[each for each in OpinionState.choices if each[0] != OpinionState.WAITING]
    )
    deed = forms.CharField(label=_("Đã sửa gì, hoặc vì sao giữ nguyên"), max_length=500)
    expected = forms.CharField(
        label=_("Mã thủ tục, điều luật hoặc lời của thành phố đúng"), max_length=100, required=False,
        help_text=_("Ghi thì câu hỏi này vào tập đánh giá."),
    )  # fmt: skip
