"""Definitions over a table of the lake: each name and sum is checked against the table's contract, at its line."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from namro.indicators.catalog.definitions import read_definitions
from namro.indicators.terms import Aggregate, Condition, Measure, Part, Test
from namro.sources.terms import PackageRefused

GOOD = """\
code: x
name: X
name_en: X
group: g
kind: ratio
table: t
numerator: {sum: tien, where: [{column: loai, is: [a, b]}, {column: tien, at_least: 0.5}]}
denominator: {count: rows}
by: loai
unit_of_measure: "%"
direction: up
adds_up: ratio_of_sums
periods: [day, month]
owner: "48"
why: Để biết.
next_review: 2026-06-30
version: 1
source: Nguồn
"""
COLUMNS = [("loai", "text", None), ("tien", "decimal", None), ("ngay", "date", None), ("ten", "text", "drop")]
CONTRACT = SimpleNamespace(
    columns=[SimpleNamespace(name=name, type=kind, personal=personal) for name, kind, personal in COLUMNS],
    min_people=5,
)


def read(folder: Path, old: str = "", new: str = "") -> list:
    """Read the definition with something changed."""
    (folder / "g").mkdir()
    (folder / "g" / "x.yaml").write_text(GOOD.replace(old, new) if old else GOOD, encoding="utf-8")
    found, _ = read_definitions(
        folder, today=date(2025, 7, 9), units={"48"}, measures={}, contracts={"t": CONTRACT}
    )
    return [definition for definition, _ in found]


def test_a_definition_says_what_is_added_up_of_which_rows(tmp_path: Path) -> None:
    (found,) = read(tmp_path)
    where = (Condition("loai", Test.IS, ("a", "b")), Condition("tien", Test.AT_LEAST, (Decimal("0.5"),)))
    assert found.parts == {
        Part.NUMERATOR: Measure(Aggregate.SUM, "tien", where),
        Part.DENOMINATOR: Measure(Aggregate.COUNT),
    }
    assert (found.by, found.min_people, found.is_of_lake) == ("loai", 5, True)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("table: t", "table: u", 1, "không có nguồn số liệu «u»"),
        ("sum: tien", "sum: tine", 7, "nguồn không có cột «tine»"),
        ("sum: tien", "sum: loai", 7, "kiểu text không dùng được"),
        ("column: loai, is", "column: ten, is", 7, "nguồn không có cột «ten»"),
        ("is: [a, b]", "is: [1]", 7, "không cùng kiểu với cột «loai»"),
        ("at_least: 0.5", "at_leats: 1", 7, "at_leats"),
        ("count: rows", "count: loai", 8, "phải là một trong: rows"),
        ("{count: rows}", "{max: tien}", 1, "tỷ lệ chỉ lập được từ"),
        ("by: loai", "by: tien", 1, "kiểu decimal không dùng được"),
        ("adds_up: ratio_of_sums", "adds_up: distinct", 1, "với cách tính này phải là «ratio_of_sums»"),
        ("[day, month]", "[week]", 1, "không tính theo kỳ «week»"),
        ("kind: ratio", "kind: stated", 1, "tỷ lệ («ratio») hoặc số đếm"),
    ],
)
def test_what_the_contract_has_not_is_a_fault_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    with pytest.raises(PackageRefused) as refusal:
        read(tmp_path, old, new)
    faults = refusal.value.faults
    assert [fault for fault in faults if said in fault.what and fault.line == line], faults
