"""What is sent on the pages of the sources: a file of rows, mended rows, or the ground on which rows are given up."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

KINDS = ".csv,.xlsx,.xls,.ods,.parquet"


class FileForm(forms.Form):
    """A file of a source."""

    file = forms.FileField(
        label=_("Tệp số liệu"),
        help_text=_("CSV, Excel hoặc Parquet, tối đa 25 MB; cột theo hợp đồng dữ liệu."),
        widget=forms.FileInput(attrs={"accept": KINDS}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large to be held."""
        sent = self.cleaned_data["file"]
        if sent.size > settings.NAMRO_MAX_ATTACHMENT_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 25 MB; hãy chia nhỏ hoặc đặt vào thư mục của nguồn."))
        return sent


class MendedForm(FileForm):
    """The rows of a quarantine, mended: the file that was downloaded, with its column of row numbers."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    file = forms.FileField(
        label=_("Tệp các dòng đã sửa"),
        help_text=_("Tệp tải về ở trên, giữ nguyên cột “Dòng”; xóa những dòng không gửi lại."),
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
