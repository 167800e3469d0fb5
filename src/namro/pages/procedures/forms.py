"""The forms of the imports: a file that is sent in, and the word to publish it or to leave it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.pages.dayfield import DayField
from namro.pages.fields import RequestForm
from namro.procedures.catalog.reading import MOST_BYTES


class FileForm(RequestForm):
    """A file of procedures; what is in it is judged by the action."""

    file = forms.FileField(
        label=_("Tệp danh mục"),
        help_text=_("JSON Lines, mỗi dòng một thủ tục; nhận .jsonl, .zip, .xz, tối đa 30 MB."),
        widget=forms.FileInput(attrs={"accept": ".jsonl,.json,.zip,.xz"}),
        allow_empty_file=True,
    )
    source_as_of = forms.CharField(
        label=_("Nguồn chụp lúc nào"), max_length=60, required=False, help_text=_("Ví dụ: 15/10/2025.")
    )
    is_complete = forms.BooleanField(
        label=_("Tệp là toàn bộ danh mục"),
        required=False,
        help_text=_("Thủ tục không có trong tệp sẽ hết hiệu lực khi công bố."),
    )

    def content(self) -> bytes:
        """The bytes of the file, no further than one above the limit."""
        sent: Any = self.cleaned_data["file"]
        return bytes(sent.read(MOST_BYTES + 1))


class PublishForm(RequestForm):
    """The day from which what was imported holds."""

    valid_from = DayField(
        label=_("Có hiệu lực từ ngày"), help_text=_("Hôm nay hoặc ngày đã qua theo quyết định công bố.")
    )
