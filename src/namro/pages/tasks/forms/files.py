"""The field for several files, each read and checked by its content."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from namro.organisation.terms import Refused
from namro.tasks.actions.evidence import Attachment, check_attachment

MOST_FILES = 10


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each read and checked by its content."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files as attachments; the first that is not taken refuses the field."""
        sent: Sequence[UploadedFile] = [each for each in (data or []) if each]
        if self.required and not sent:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(_("Mỗi lần gửi tối đa 10 tệp; hãy gửi thêm ở lần sau."))
        try:
            return [_attachment(each) for each in sent]
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


def _attachment(sent: UploadedFile) -> Attachment:
    attachment = Attachment.read(sent.name or "", sent)  # type: ignore[arg-type]
    check_attachment(attachment)
    return attachment
