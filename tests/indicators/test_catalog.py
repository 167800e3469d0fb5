"""Definitions and targets as files: every fault with its file and line, all at once."""

from datetime import date
from pathlib import Path

import pytest

from namro.indicators.catalog.definitions import definition_of, read_definitions
from namro.indicators.catalog.targets import read_targets, target_of
from namro.indicators.terms import AddsUp, Part, Term
from namro.sources.catalog.reading import plain
from namro.sources.terms import PackageRefused

DAY = date(2025, 7, 9)
RATE = """\
code: ty_le
name: Tỷ lệ
name_en: Rate
group: nhom
kind: ratio
numerator: bieu.a.x
denominator: bieu.a.y
unit_of_measure: "%"
decimals: 1
direction: up
adds_up: ratio_of_sums
periods: [half]
lights: {green: 100, amber: 75}
owner: H17.NV
why: Để biết.
next_review: 2026-06-30
version: 1
source: Biểu
"""
COUNT = RATE.replace("kind: ratio", "kind: count").replace("numerator: bieu.a.x\n", "").replace(
    "denominator: bieu.a.y\n", "values:\n  - {breakdown: p, measure: bieu.a.x}\n"
).replace("ratio_of_sums", "sum")  # fmt: skip
TARGET = """\
indicator: ty_le
unit: "48"
name: Đạt 90 %
set_on: 2025-01-02
points:
  - {day: 2025-06-30, value: 50}
  - {day: 2025-12-31, value: 90.5}
source: Kế hoạch
owner: H17.NV
next_review: 2025-12-31
"""


def write(folder: Path, **files: str) -> Path:
    """Write YAML files into a folder."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def read(folder: Path) -> tuple:
    """Read the definitions of a folder."""
    return read_definitions(
        folder, today=DAY, units={"48", "H17.NV"}, measures={"bieu.a.x": "X", "bieu.a.y": "Y"}
    )


def faults(call: object, *arguments: object, **more: object) -> list[str]:
    """The faults of a package that must be refused."""
    with pytest.raises(PackageRefused) as refusal:
        call(*arguments, **more)
    return [str(fault) for fault in refusal.value.faults]


def test_good_definitions_are_read_and_come_back_from_what_is_stored(tmp_path: Path) -> None:
    found, reading = read(write(tmp_path, a=RATE, b=COUNT.replace("ty_le", "so")))
    (rate, entry), (count, _) = found
    assert reading.faults == []
    assert rate.terms == (Term(Part.NUMERATOR, "bieu.a.x"), Term(Part.DENOMINATOR, "bieu.a.y"))
    assert (count.terms, count.adds_up) == ((Term(Part.VALUE, "bieu.a.x", "p"),), AddsUp.SUM)
    assert definition_of(plain(entry)) == rate


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("numerator: bieu.a.x", "numerator: bieu.a.z", "không có số đo «bieu.a.z»"),
        ("numerator: bieu.a.x\n", "", "thiếu «numerator»"),
        ("owner: H17.NV\n", "", "thiếu «owner»"),
        ("owner: H17.NV", "owner: H17.XX", "không có đơn vị mã «H17.XX»"),
        ("ratio_of_sums", "sum", "tỷ lệ không cộng được"),
        ("kind: ratio", "kind: rate", "«kind» là «rate»"),
        ("periods: [half]", "periods: [fortnight]", "không có loại kỳ «fortnight»"),
        ("{green: 100, amber: 75}", "{green: 100}", "«lights» phải có"),
        ("decimals: 1", "decimal: 1", "không có mục «decimal»"),
        ("next_review: 2026-06-30", "next_review: 30/6/2026", "«next_review» phải là ngày"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, old: str, new: str, what: str) -> None:
    assert old in RATE
    found = faults(read, write(tmp_path, ty_le=RATE.replace(old, new)))
    assert any("ty_le.yaml, dòng 1: " in fault and what in fault for fault in found), found


def test_a_count_needs_its_value_and_adds_by_sum(tmp_path: Path) -> None:
    bare = COUNT.replace("values:\n  - {breakdown: p, measure: bieu.a.x}\n", "")
    assert any("thiếu «value» hoặc «values»" in fault for fault in faults(read, write(tmp_path, a=bare)))
    assert any(
        "mới dùng ratio_of_sums" in f
        for f in faults(read, write(tmp_path, a=COUNT.replace("sum", "ratio_of_sums")))
    )


def test_a_code_stands_once_and_all_faults_come_at_once(tmp_path: Path) -> None:
    found = faults(read, write(tmp_path, a=RATE, b=RATE, c=RATE.replace("owner: H17.NV\n", "")))
    assert any("b.yaml" in fault and "đã khai báo ở tệp khác" in fault for fault in found)
    assert any("c.yaml" in fault and "thiếu «owner»" in fault for fault in found)


def test_a_review_that_has_passed_warns_only(tmp_path: Path) -> None:
    _, reading = read(write(tmp_path, a=RATE.replace("2026-06-30", "2025-06-30")))
    assert [warning.what for warning in reading.warnings] == ["đã quá ngày rà soát 30/06/2025"]


def test_targets(tmp_path: Path) -> None:
    known = {"today": DAY, "units": {"48", "H17.NV"}, "indicators": {"ty_le"}}
    ((target, entry),), _ = read_targets(write(tmp_path, a=TARGET), **known)
    assert str(target.final[1]) == "90.5"
    assert target_of(plain(entry)) == target
    for old, new, line, what in (
        ("indicator: ty_le", "indicator: khac", 1, "không có chỉ tiêu «khac»"),
        ('unit: "48"', 'unit: "49"', 1, "không có đơn vị mã «49»"),
        ("value: 50", "value: năm mươi", 6, "«value» phải là số"),
        ("day: 2025-12-31, ", "day: cuối năm, ", 7, "«day» phải là ngày"),
        ("day: 2025-12-31, ", "day: 2025-06-30, ", 1, "theo thứ tự ngày tăng dần"),
        ("set_on: 2025-01-02", "set_on: x", 1, "«set_on» phải là ngày"),
    ):
        found = faults(read_targets, write(tmp_path, a=TARGET.replace(old, new)), **known)
        assert any(f"a.yaml, dòng {line}: " in fault and what in fault for fault in found), (what, found)
