"""Forms and stated returns as files: every fault with its file and line, all at once."""

from datetime import date
from pathlib import Path

import pytest

from namro.sources.catalog.forms import form_of, read_forms
from namro.sources.catalog.reading import plain
from namro.sources.catalog.stated import read_stated
from namro.sources.terms import CheckKind, FieldType, PackageRefused

GOOD = """\
code: trang
title: Số trang
version: 1
owner: H17.NV
why: Để biết.
next_review: 2026-06-30
period: half
first_period: 2025-H1
due: {working_days: 7}
filled_by: {units: [H17.NV]}
about: "48"
fields:
  - {code: tong, label: Tổng, type: int, unit_of_measure: trang}
  - {code: da, label: Đã, type: int, breakdown: da, measure: trang}
checks:
  - {code: khong_qua, check: not_more_than, field: da, limit: tong}
  - {code: khoang, check: range, field: tong, max: 100.5}
"""
UNITS = {"48", "H17.NV"}


def write(folder: Path, **files: str) -> Path:
    """Write YAML files into a folder."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def refused(folder: Path) -> list[str]:
    """The faults of the forms of a folder."""
    with pytest.raises(PackageRefused) as refusal:
        read_forms(folder, today=date(2025, 7, 9), units=UNITS)
    return [str(fault) for fault in refusal.value.faults]


def test_a_good_form_is_read_and_comes_back_from_what_is_stored(tmp_path: Path) -> None:
    ((form, entry),), reading = read_forms(write(tmp_path, trang=GOOD), today=date(2025, 7, 9), units=UNITS)
    assert reading.warnings == []
    assert form.by_code["tong"].type is FieldType.INT
    assert [check.kind for check in form.checks] == [CheckKind.NOT_MORE_THAN, CheckKind.RANGE]
    assert form.measures == {"bieu.trang.tong": "Tổng", "bieu.trang.trang": "Đã"}
    assert form_of(plain(entry)) == form


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: Số trang\n", "", 1, "thiếu «title»"),
        ("period: half", "period: fortnight", 1, "«period» là «fortnight»"),
        ("first_period: 2025-H1", "first_period: 2025-06", 1, "không phải là kỳ"),
        ("next_review: 2026-06-30", "next_review: sớm", 1, "«next_review» phải là ngày"),
        ("type: int, unit_of_measure", "type: number, unit_of_measure", 13, "«type» là «number»"),
        ("limit: tong", "limit: tat_ca", 16, "không có ô «tat_ca»"),
        ("check: range", "check: rang", 17, "«check» là «rang»"),
        (", max: 100.5", "", 17, "phải có «min» hoặc «max»"),
        ("owner: H17.NV", "owner: H17.XX", 1, "không có đơn vị mã «H17.XX»"),
        ("why:", "wy: x\nwhy:", 1, "không có mục «wy»"),
        ("due: {working_days: 7}", "due: {weeks: 1}", 1, "«due» phải có"),
        ("code: da, label", "code: tong, label", 1, "ô «tong» khai báo hai lần"),
        ("units: [H17.NV]", "kinds: [village]", 1, "không có loại đơn vị «village»"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in GOOD
    faults = refused(write(tmp_path, trang=GOOD.replace(old, new)))
    assert any(f"trang.yaml, dòng {line}: " in fault and what in fault for fault in faults), faults


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    bad = GOOD.replace("owner: H17.NV", "owner: X").replace("check: range", "check: rang")
    faults = refused(write(tmp_path, a=bad, b="- x", c=GOOD.replace("title: Số trang\n", "")))
    assert {fault.split(",")[0].rpartition("/")[2] for fault in faults} == {"a.yaml", "b.yaml", "c.yaml"}


def test_a_code_stands_once(tmp_path: Path) -> None:
    assert "đã khai báo ở tệp khác" in refused(write(tmp_path, a=GOOD, b=GOOD))[0]


def test_a_review_that_has_passed_warns_only(tmp_path: Path) -> None:
    folder = write(tmp_path, trang=GOOD.replace("2026-06-30", "2025-06-30"))
    read, reading = read_forms(folder, today=date(2025, 7, 9), units=UNITS)
    assert len(read) == 1
    assert [str(w) for w in reading.warnings] == [
        f"{tmp_path.name}/trang.yaml, dòng 1: đã quá ngày rà soát 30/06/2025"
    ]


STATED = """\
source: Văn bản
as_of: 2025-07-09
returns:
  - form: trang
    unit: H17.NV
    period: 2025-H1
    values: {tong: "2.827.927", da: "34"}
"""


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("form: trang", "form: khac", "không có biểu «khac»"),
        ("unit: H17.NV", 'unit: "48"', "không giao cho đơn vị «48»"),
        ("period: 2025-H1", "period: 2025-Q1", "không phải là kỳ của biểu"),
        ('da: "34"', "da: 34.5", "phải để trong dấu nháy"),
        ('da: "34"', 'da: "34,5"', "phải là số nguyên"),
        ('da: "34"', 'da: "34", dang: "1"', "không có ô «dang»"),
    ],
)
def test_stated_returns(tmp_path: Path, old: str, new: str, what: str) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "stated").mkdir()
    ((form, _),), _ = read_forms(write(tmp_path / "forms", trang=GOOD), today=date(2025, 7, 9), units=UNITS)
    (good,) = read_stated(write(tmp_path / "stated", nguon=STATED), {"trang": form})
    assert (good.unit, good.as_of, good.values) == (
        "H17.NV",
        date(2025, 7, 9),
        {"tong": "2.827.927", "da": "34"},
    )
    with pytest.raises(PackageRefused) as refusal:
        read_stated(write(tmp_path / "stated", nguon=STATED.replace(old, new)), {"trang": form})
    assert any("nguon.yaml, dòng 4: " in str(f) and what in str(f) for f in refusal.value.faults), str(
        refusal.value
    )
