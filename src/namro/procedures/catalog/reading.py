"""Records of procedures from JSON lines (bare, in a zip, or packed by xz), each checked and told with its line."""

import io
import json
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from namro.ground.text import nfc
from namro.organisation.terms import Refused
from namro.procedures.terms import LEVEL_WRITTEN, Document, LegalBasis, Method, ProcedureDef

MOST_BYTES = 30 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_MEMORY = 256 * 1024 * 1024
CODE = re.compile(r"[1-9]\.\d{6}(?:\.[0-9A-Z.]{1,20})?")
MOST_NAME, MOST_CODE, MOST_PAPERS = 2000, 30, 999
_TEXTS = ("code", "name", "field")
_LISTS = ("level", "applicants", "steps", "submission_methods", "documents", "legal_bases")
_LEVELS = frozenset(LEVEL_WRITTEN.values())


@dataclass(frozen=True)
class Fault:
    """A line that is not taken: its number, what is wrong with it, and the line as it came."""

    line: int
    what: str
    raw: str = ""


@dataclass
class Reading:
    """What a file holds: its good records, and its faults."""

    records: list[ProcedureDef] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Faulty(ValueError):
    """A record that cannot be taken, in one sentence."""


def unpacked(content: bytes) -> str:
    """Return the text of a file of records; Refused when it is empty, too large, broken or of another kind."""
    if not content:
        raise Refused("Tệp rỗng; hãy chọn lại tệp danh mục.", field="file")
    if len(content) > MOST_BYTES:
        raise Refused("Tệp lớn hơn 30 MB; hãy nén (.zip) hoặc chia thành nhiều tệp.", field="file")
    try:
        plain = _unpack(content)
        if len(plain) > MOST_UNPACKED:
            raise Refused("Nội dung sau khi giải nén lớn hơn 200 MB; hãy chia thành nhiều tệp.", field="file")
        return nfc(plain.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise Refused(
            "Tệp không phải văn bản UTF-8; hãy lưu lại dưới dạng JSON Lines (UTF-8).", field="file"
        ) from fault
    except (
        zipfile.BadZipFile,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as fault:
        raise Refused("Tệp nén bị hỏng hoặc đặt mật khẩu; hãy nén lại rồi gửi.", field="file") from fault


def _unpack(content: bytes) -> bytes:
    """Return the bytes inside, read no further than one above the limit."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [name for name in archive.namelist() if name.lower().endswith((".jsonl", ".json"))]
            if len(inside) != 1:
                raise Refused("Tệp .zip phải chứa đúng một tệp .jsonl.", field="file")
            with archive.open(inside[0]) as member:
                return member.read(MOST_UNPACKED + 1)
    if content.startswith(b"\xfd7zXZ"):
        packed = lzma.LZMADecompressor(memlimit=MOST_MEMORY)
        plain = packed.decompress(content, MOST_UNPACKED + 1)
        if not packed.eof and len(plain) <= MOST_UNPACKED:
            raise EOFError("cut off")
        return plain
    return content


def read_records(text: str) -> Reading:
    """Return the records of the text, one JSON object a line; a code that stands twice is taken once."""
    found = Reading()
    seen: dict[str, int] = {}
    for number, raw in enumerate(text.split("\n"), start=1):
        if not raw.strip():
            continue
        try:
            record = read_record(_parsed(raw), number)
            if record.code in seen:
                raise Faulty(f"mã {record.code} đã có ở dòng {seen[record.code]}")
        except Faulty as fault:
            found.faults.append(Fault(number, str(fault), raw))
            continue
        seen[record.code] = number
        found.records.append(record)
    return found


def _parsed(raw: str) -> dict[str, Any]:
    try:
        entry = json.loads(raw)
    except (ValueError, RecursionError) as fault:
        raise Faulty("không phải JSON hợp lệ") from fault
    if not isinstance(entry, dict):
        raise Faulty("mỗi dòng phải là một đối tượng JSON")
    return entry


def read_record(entry: Mapping[str, Any], line: int = 0) -> ProcedureDef:
    """Return one record; Faulty with what is wrong in it."""
    _check(entry)
    source = entry.get("source") or {}
    if not isinstance(source, dict):
        raise Faulty("mục “source” phải là một đối tượng")
    return ProcedureDef(
        code=entry["code"], name=_joined(entry["name"]), field=_joined(entry["field"]), level=tuple(entry["level"]),
        agency=_text(entry, "agency"), applicants=_strings(entry, "applicants"), steps=_strings(entry, "steps"),
        submission_methods=tuple(_method(each) for each in _objects(entry, "submission_methods")),
        documents=tuple(_document(each) for each in _objects(entry, "documents")),
        legal_bases=tuple(
            LegalBasis(_text(each, "number"), _text(each, "title")) for each in _objects(entry, "legal_bases")
        ),
        conditions=_text(entry, "conditions"), result=_text(entry, "result"),
        source={name: _text(source, name) for name in source}, line=line,
    )  # fmt: skip


def _check(entry: Mapping[str, Any]) -> None:
    for name in _TEXTS:
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise Faulty(f"thiếu “{name}”")
    if not CODE.fullmatch(entry["code"]) or len(entry["code"]) > MOST_CODE:
        raise Faulty(f"mã “{entry['code'][:40]}” không đúng dạng 1.234567")
    if len(entry["name"]) > MOST_NAME or len(entry["field"]) > MOST_NAME:
        raise Faulty(f"“name” hoặc “field” dài hơn {MOST_NAME} ký tự")
    for name in _LISTS:
        if not isinstance(entry.get(name, []), list):
            raise Faulty(f"mục “{name}” phải là một danh sách")
    unknown = [level for level in entry.get("level", []) if level not in _LEVELS]
    if not entry.get("level") or unknown:
        raise Faulty(f"“level” phải gồm: {', '.join(sorted(_LEVELS))}")


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name) or ""
    if not isinstance(value, str):
        raise Faulty(f"mục “{name}” phải là văn bản")
    return value.replace("\x00", "").strip()


def _joined(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def _strings(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = entry.get(name, [])
    if not all(isinstance(value, str) for value in values):
        raise Faulty(f"mục “{name}” chỉ được gồm văn bản")
    return tuple(value.replace("\x00", "").strip() for value in values if value.strip())


def _objects(entry: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    values = entry.get(name, [])
    if not all(isinstance(value, dict) for value in values):
        raise Faulty(f"mục “{name}” phải gồm các đối tượng")
    return list(values)


def _method(entry: Mapping[str, Any]) -> Method:
    return Method(*(_text(entry, name) for name in ("method", "time_limit", "fee", "description")))


def _document(entry: Mapping[str, Any]) -> Document:
    original, copies = entry.get("original") or 0, entry.get("copies") or 0
    if not all(type(count) is int and 0 <= count <= MOST_PAPERS for count in (original, copies)):
        raise Faulty("số bản chính, bản sao của giấy tờ phải là số nguyên từ 0 đến 999")
    return Document(_text(entry, "name"), original, copies, _text(entry, "form"), _text(entry, "case"))


def as_body(record: ProcedureDef) -> dict[str, Any]:
    """Return the record as JSON holds it, without the line it was read from."""
    return {name: _storable(value) for name, value in vars(record).items() if name != "line"}


def _storable(value: Any) -> Any:
    """Return a part as JSON holds it (`dataclasses.asdict` copies every text on its way, ten times as slow)."""
    if isinstance(value, tuple):
        return [each if isinstance(each, str) else dict(vars(each)) for each in value]
    return value


def from_body(body: Mapping[str, Any]) -> ProcedureDef:
    """Return the record that `as_body` wrote."""
    return read_record(body)
