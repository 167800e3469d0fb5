"""Files that are not what they say: told by their content, refused in a sentence, and never kept."""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from namro.organisation.terms import Role
from namro.tasks.actions import importing
from namro.tasks.actions.importing import reading
from namro.tasks.models import Evidence, ImportBatch
from tests.builders import seen_by
from tests.house.building import DAY
from tests.house.place import Place

PDF = b"%PDF-1.7\n%%EOF\n"
EXCEL = "xl/workbook.xml"
MOST_UNPACKED = 10_000_000  # instead of the true limit, which takes seconds to fill


def packed(*parts: tuple[str, bytes]) -> bytes:
    """A zip of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(place: str) -> bytes:
    """A small workbook with a cell at a place."""
    book, stream = Workbook(), io.BytesIO()
    book.active[place] = "x"
    book.save(stream)
    return stream.getvalue()


DISGUISED = {
    "a program as pdf": ("a.pdf", b"MZ\x90\x00" + b"\0" * 60 + b"PE\0\0"),
    "a program for Linux as png": ("a.png", b"\x7fELF\x02\x01\x01\0"),
    "a picture with a script": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    "the same behind blanks": ("a.txt", b" \n\t\xef\xbb\xbf<svg onload=alert(1)>"),
    "a page as text": ("a.txt", b"\xef\xbb\xbf  <!doctype html><script>1</script>"),
    "a page as pdf": ("a.pdf", b"<html><body>%PDF-1.7</body></html>"),
    "a shell script": ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    "a zip of anything": ("a.docx", packed(("evil.exe", b"MZ"))),
    "a workbook with macros": ("a.xlsx", packed((EXCEL, b"<x/>"), ("xl/vbaProject.bin", b"x"))),
    "an old Office file": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500),
    "a broken zip": ("a.xlsx", b"PK\x03\x04" + b"\0" * 100),
    "zero bytes in text": ("a.txt", b"hello\0world"),
    "nothing": ("a.pdf", b""),
}


@pytest.mark.parametrize("what", DISGUISED)
def test_evidence_that_is_not_what_it_says_is_refused(
    here: Place, enter: Callable[[Role], Client], settings: Any, tmp_path: Path, what: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    name, content = DISGUISED[what]
    client, before = enter(Role.OFFICER), Evidence.objects.count()
    assert client.post(f"/nhiem-vu/{here.task.code}/lam/tiep-nhan/", _deed(here)).status_code == 302
    here.task.refresh_from_db()
    answer = client.post(
        f"/nhiem-vu/{here.task.code}/lam/bao-cao/", _deed(here) | {"files": _file(name, content)}
    )
    assert answer.status_code == 422
    assert Evidence.objects.count() == before
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_what_is_taken_is_kept_under_a_name_of_ours(
    here: Place, enter: Callable[[Role], Client], settings: Any, tmp_path: Path
) -> None:
    """Also a file that is two things at once: it is handed out as what we took it for, never shown."""
    settings.MEDIA_ROOT = tmp_path
    client = enter(Role.OFFICER)
    assert client.post(f"/nhiem-vu/{here.task.code}/lam/tiep-nhan/", _deed(here)).status_code == 302
    here.task.refresh_from_db()
    both = PDF + b"<script>alert(1)</script>" + packed(("evil.exe", b"MZ"))
    sent = _deed(here) | {"files": _file("../../etc/<script>.pdf.html", both)}
    answer = client.post(f"/nhiem-vu/{here.task.code}/lam/bao-cao/", sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    kept = Evidence.objects.latest("pk")
    assert kept.kind == "application/pdf"
    assert ".." not in kept.file.name
    assert kept.file.name.startswith("evidence/")
    handed = client.get(f"/nhiem-vu/{here.task.code}/minh-chung/{kept.pk}/")
    assert handed["Content-Type"] == "application/pdf"
    assert handed["Content-Disposition"].startswith("attachment")
    assert handed["X-Content-Type-Options"] == "nosniff"


def _deed(here: Place) -> dict[str, Any]:
    return {
        "client_id": str(uuid4()), "version": str(here.task.version), "percent": "50", "words": "đang làm",
        "note": "đang làm",
    }  # fmt: skip


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def lying(content: bytes) -> bytes:
    """The same zip, whose largest part says of itself to be small."""
    real = max(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
    return content.replace(struct.pack("<I", real), struct.pack("<I", 1000))


def swollen() -> bytes:
    """A workbook of a few kilobytes that unpacks to more than is taken in these tests."""
    return _with_sheet(b" " * (MOST_UNPACKED + 1))


def _with_sheet(more: bytes) -> bytes:
    parts = zipfile.ZipFile(io.BytesIO(workbook("A1")))
    mark = b"</worksheet>"
    return packed(*((name, parts.read(name).replace(mark, more + mark)) for name in parts.namelist()))


BOMBS: dict[str, Callable[[], bytes]] = {
    "too much when unpacked": swollen,
    "a cell in the far corner": lambda: workbook("XFD1048576"),
    "a cell far to the right": lambda: workbook("AAA1"),
    "a cell far below": lambda: workbook("A1048576"),
    "a row with no number of ours": lambda: _with_sheet(b'<row r="99999999999"/>'),
    "a place that is written in another way": lambda: _with_sheet(b"<c r='&#88;FD1048576'/>"),
    "a size that is a lie": lambda: lying(_with_sheet(b" " * 5_000_000)),
    "a program": lambda: b"MZ\x90\x00",
    "a document": lambda: packed(("word/document.xml", b"<x/>")),
    "an entity in an entity": lambda: packed((EXCEL, b'<!DOCTYPE a [<!ENTITY a "&a;&a;">]><a>&a;</a>')),
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_sheet_that_would_harm_us_is_refused_and_not_kept(
    here: Place, enter: Callable[[Role], Client], settings: Any, tmp_path: Path, monkeypatch: Any, what: str
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(reading, "MOST_UNPACKED", MOST_UNPACKED)
    before = ImportBatch.objects.count()
    sent = {"client_id": str(uuid4()), "file": _file("a.xlsx", BOMBS[what]())}
    answer = enter(Role.SECRETARIAT).post("/nhiem-vu/nhap-excel/", sent)
    assert answer.status_code == 422
    assert ImportBatch.objects.count() == before
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_our_own_template_is_taken(here: Place) -> None:
    seen = seen_by(here.people[Role.SECRETARIAT])
    reading.check_file(importing.template(seen, DAY))
