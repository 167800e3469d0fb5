"""Files that show a result: checked by their content, kept with their digest."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.base import ContentFile

from namro.organisation.terms import Refused
from namro.tasks.actions.act import Done
from namro.tasks.models import Evidence

MOST_BYTES = 25 * 1024 * 1024
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
ACCEPTED = "PDF, PNG, JPEG, Word (docx), Excel (xlsx), PowerPoint (pptx) hoặc văn bản thuần"


@dataclass(frozen=True)
class Attachment:
    """A file as it was sent: its name and its bytes."""

    name: str
    content: bytes

    @classmethod
    def read(cls, name: str, stream: BinaryIO) -> "Attachment":
        """Read a sent file, no further than one byte above the limit."""
        return cls(name, stream.read(MOST_BYTES + 1))


def check_attachment(attachment: Attachment) -> str:
    """The media type found in the content; refuses what is empty, too large or of a kind that is not taken."""
    name, content = attachment.name, attachment.content
    if not content:
        raise Refused(f"Tệp «{name}» rỗng; hãy chọn lại.", field="files")
    if len(content) > MOST_BYTES:
        raise Refused(f"Tệp «{name}» lớn hơn 25 MB; hãy nén hoặc chia nhỏ.", field="files")
    kind = media_type(content)
    if kind is None:
        raise Refused(f"Tệp «{name}» không thuộc loại được nhận: {ACCEPTED}.", field="files")
    return kind


def media_type(content: bytes) -> str | None:
    """The media type by content, never by name; None when it is none of those taken."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    return "text/plain" if _is_plain_text(content) else None


def _office_type(content: bytes) -> str | None:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in OFFICE.items() if part in names), None)


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    head = text.lstrip("\ufeff \t\r\n")[:200].lower()
    looks_active = head.startswith(("<", "#!", "mz")) or "\x00" in text
    return not looks_active


def attach(done: Done, files: Sequence[Attachment]) -> list[Evidence]:
    """Keep the files with the moment that brought them."""
    kept = []
    for attachment in files:
        kind = check_attachment(attachment)
        evidence = Evidence(
            task=done.task,
            moment=done.moment,
            name=attachment.name[:200],
            kind=kind,
            size=len(attachment.content),
            sha256=hashlib.sha256(attachment.content).hexdigest(),
        )
        evidence.file.save(f"{evidence.sha256[:16]}", ContentFile(attachment.content), save=True)
        kept.append(evidence)
    return kept
