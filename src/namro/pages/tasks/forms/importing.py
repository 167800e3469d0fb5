"""The two forms of the import: the sheet sent in, and the word to write its good rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.pages.fields import RequestForm
from namro.tasks.actions.importing.reading import MOST_BYTES


class SheetForm(RequestForm):
    """A filled-in template; what is in it is judged by the action."""

    file = forms.FileField(
        label=_("Tệp Excel đã điền"),
        help_text=_("Tệp .xlsx theo mẫu, tối đa 10 MB và 20.000 dòng."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )

    def content(self) -> bytes:
        """The bytes of the sheet, no further than one above the limit."""
        sent: Any = self.cleaned_data["file"]
        return bytes(sent.read(MOST_BYTES + 1))


class WriteForm(forms.Form):
    """Whether good rows with all clears are given out at once."""

    issue = forms.BooleanField(
        label=_("Giao ngay những dòng đủ năm rõ"),
        required=False,
        help_text=_("Dòng còn thiếu rõ nào được lưu làm dự thảo, kèm lý do."),
    )
