"""A file of records is read line by line: what is good is taken, what is not is told with its line."""

import io
import lzma
import zipfile
from pathlib import Path

import pytest
from tests.procedures.records import NAMES, lines, record

from namro.ground.reviewed import FileRefused
from namro.organisation.terms import Refused
from namro.procedures.catalog import read_events, read_records, read_successions, unpacked


def zipped(*names: str) -> bytes:
    """Return a zip of files that all hold the ten records."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, lines())
    return packed.getvalue()


@pytest.mark.parametrize(
    "content", [lines(), zipped("a.jsonl"), lzma.compress(lines()), b"\xef\xbb\xbf" + lines()]
)
def test_a_file_is_read_bare_zipped_or_packed(content: bytes) -> None:
    assert [each.code for each in read_records(unpacked(content)).records] == list(NAMES)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"PK\x03\x04hong", "nén bị hỏng"),
        (b"\xfd7zXZ\x00hong", "nén bị hỏng"),
        (zipped(), "nén bị hỏng|đúng một tệp"),
        (zipped("a.jsonl", "b.jsonl"), "đúng một tệp"),
        ("Thủ tục".encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_no_file_of_records_is_refused_in_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        unpacked(content)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{", "JSON"),
        (b"[1]", "đối tượng JSON"),
        (lines(record(name=" ")), "thiếu “name”"),
        (lines(record(code="khong")), "không đúng dạng"),
        (lines(record(level=["Cấp huyện"])), "“level” phải gồm"),
        (lines(record(steps="Bước 1")), "phải là một danh sách"),
        (lines(record(steps=[1])), "chỉ được gồm văn bản"),
        (lines(record(documents=["Tờ khai"])), "phải gồm các đối tượng"),
        (lines(record(documents=[{"name": "Tờ khai", "original": -1}])), "từ 0 đến 999"),
        (lines(record(agency=5)), "phải là văn bản"),
        (lines(record("1.000002")), "đã có ở dòng 1"),
    ],
)
def test_a_bad_line_is_told_and_the_others_are_taken(line: bytes, what: str) -> None:
    found = read_records(
        unpacked(lines(record("1.000002")) + b"\n\n" + line + b"\n" + lines(record("1.000003")))
    )
    assert [each.code for each in found.records] == ["1.000002", "1.000003"]
    [fault] = found.faults
    assert fault.line == 3
    assert what in fault.what
    assert fault.raw == line.decode()


def test_a_file_of_events_and_codes_is_refused_with_its_line(tmp_path: Path) -> None:
    events, codes = tmp_path / "life_events.yaml", tmp_path / "successions.csv"
    events.write_text(
        "owner: X\nnext_review: 2026-01-15\nevents:\n  - {code: a, name: A}\n", encoding="utf-8"
    )
    with pytest.raises(FileRefused, match="dòng 4: thiếu “name_en”"):
        read_events(events)
    codes.write_text("old_code,old_name,new_code,basis\n1.000001,A,1.000001,x\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="dòng 2: mã cũ phải khác"):
        read_successions(codes)
