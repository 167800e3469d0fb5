"""What a unit writes when it sends a periodic report, and why it corrects one that it has sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.pages.fields import RequestForm
from namro.reports.catalog.templates import TemplateDef
from namro.reports.models import SentReport

MOST = 8000


class SendForm(RequestForm):
    """A field a remark that the template asks for; once something was sent, the reason of the correction too."""

    def __init__(self, *args: Any, template: TemplateDef, last: SentReport | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.template, self.last = template, last
        self.initial["version"] = last.version if last else 0
        for remark in template.remarks:
            self.fields[remark.code] = forms.CharField(
                label=remark.title, help_text=remark.hint, required=remark.required, max_length=MOST,
                widget=forms.Textarea(attrs={"rows": 3}), error_messages={"required": _("Hãy điền mục này.")},
            )  # fmt: skip
        if last is not None:
            self.fields["reason"] = forms.CharField(
                label=_("Vì sao đính chính"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Bản đã gửi vẫn giữ nguyên; bản đính chính là bản mới."),
                error_messages={"required": _("Hãy điền mục này.")},
            )  # fmt: skip

    @property
    def written(self) -> dict[str, str]:
        """The remarks by their code."""
        return {remark.code: self.cleaned_data.get(remark.code, "") for remark in self.template.remarks}
