"""What a file is, told by its content; its name says nothing."""

import io
import re
import struct
import zipfile

from namro.dossiers.catalog import DeskRulesDef
from namro.organisation.terms import Refused

SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
OFFICE = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
}

# What a signature in a PDF covers: from the first byte up to itself, and from behind itself to the end (ISO 32000-1,
# 12.8.1).
_COVERED = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]")


def check_file(name: str, content: bytes, rules: DeskRulesDef) -> str:
    """The media type found in the content; refuses what is empty, too large, or of a kind that is not taken."""
    if not content:
        raise Refused(f"Tệp «{name}» rỗng; hãy chọn lại.", field="files")
    found = media_type(content)
    taken = next((each for each in rules.files if each.media_type == found), None)
    if taken is None:
        names = ", ".join(each.name for each in rules.files)
        raise Refused(f"Tệp «{name}» không thuộc loại được nhận: {names}.", field="files")
    if len(content) > taken.most_bytes:
        raise Refused(
            f"Tệp «{name}» lớn hơn {taken.most_bytes // 1024**2} MB; hãy giảm dung lượng hoặc chia nhỏ.",
            field="files",
        )
    return taken.media_type


def media_type(content: bytes) -> str | None:
    """The media type by content; None when it is none that is known, or an office file with macros."""
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            return kind
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def _office_type(content: bytes) -> str | None:
    """Archives made to trip a reader do so in several ways; all of them are files that cannot be read."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error):
        return None
    if any(name.endswith("vbaProject.bin") for name in names):
        return None
    return next((kind for part, kind in OFFICE.items() if part in names), None)


def bears_signature(content: bytes) -> bool:
    """Whether a PDF has a signature in it that covers it to its end; whose it is, and whether it holds, is for a person
    with a tool to say."""
    if not content.startswith(b"%PDF-"):
        return False
    spans = (tuple(map(int, found.groups())) for found in _COVERED.finditer(content))
    return any(first < second and second + length == len(content) for first, second, length in spans)
