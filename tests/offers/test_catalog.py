"""The package's registers and rules are read whole; each fault is told with its file and line."""

import json
import lzma
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.house.building import PACKAGE
from tests.house.test_definitions import unit_codes

from namro.offers.catalog import Known, read_registers, read_rules, register_of, rule_of
from namro.offers.rules import lost_quotes, sure
from namro.offers.terms import OfferRuleDef
from namro.sources.catalog.reading import plain
from namro.sources.terms import PackageRefused

TODAY = date(2025, 7, 9)
FOLDER = PACKAGE / "offers"
RULE = yaml.safe_load((FOLDER / "rules" / "the_can_cuoc_het_han.yaml").read_text(encoding="utf-8"))
HEAD = yaml.safe_load((FOLDER / "registers.yaml").read_text(encoding="utf-8"))


@cache
def known() -> Known:
    """Return what the rules of the package may name."""
    registers = read_registers(FOLDER, today=TODAY, units=unit_codes())
    named = {
        str(yaml.safe_load(file.read_text(encoding="utf-8"))["procedure"])
        for file in FOLDER.rglob("rules/*.yaml")
    }
    return Known(unit_codes(), named, {each.code: each for each, _entry in registers.registers})


def read_changed(tmp_path: Path, **changed: Any) -> list[OfferRuleDef]:
    """Read one rule with parts of it changed (None: left out)."""
    said = {name: value for name, value in (RULE | changed).items() if value is not None}
    (tmp_path / "the_can_cuoc_het_han.yaml").write_text(
        yaml.safe_dump(said, allow_unicode=True), encoding="utf-8"
    )
    return [rule for rule, _entry in read_rules(tmp_path, today=TODAY, known=known())]


def test_the_package_is_read_and_what_is_stored_reads_the_same() -> None:
    registers = read_registers(FOLDER, today=TODAY, units=unit_codes())
    rules = read_rules(FOLDER / "rules", today=TODAY, known=known())
    assert len(registers.registers) == 5
    assert len(rules) == 5
    assert [rule_of(json.loads(json.dumps(plain(entry)))) for _rule, entry in rules] == [
        rule for rule, _ in rules
    ]
    assert [register_of(plain(entry)) for _each, entry in registers.registers] == [
        each for each, _ in registers.registers
    ]


def test_every_rule_has_a_sure_basis_and_its_quotes_stand_in_the_catalogue() -> None:
    rules = {rule.procedure: rule for rule, _ in read_rules(FOLDER / "rules", today=TODAY, known=known())}
    with lzma.open(PACKAGE / "procedures" / "procedures.jsonl.xz", "rt", encoding="utf-8") as lines:
        bodies = {body["code"]: body for body in map(json.loads, lines) if body["code"] in rules}
    assert bodies.keys() == rules.keys()
    for code, rule in rules.items():
        text = "\n".join([bodies[code]["name"], bodies[code]["conditions"], *bodies[code]["steps"]])
        assert sure(rule.bases)
        assert lost_quotes(rule.bases, text) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"register": "khong_co"}, "không có sổ dữ liệu «khong_co»"),
        ({"procedure": "9.999999"}, "không có thủ tục mã «9.999999»"),
        ({"owner": "KHONG"}, "không có đơn vị mã này"),
        ({"version": "một"}, "«version» phải là số nguyên"),
        ({"code": "ma_khac"}, "phải là tên tệp"),
        ({"when": {"date": "so_cuoi"}}, "không có ô ngày «so_cuoi»"),
        ({"when": {"date": "het_han", "years": [-1]}}, "«years» là các số năm"),
        ({"when": {"date": "het_han", "leap_day": "never"}}, "«leap_day» là «never»"),
        ({"lead": {"days": 400}}, "«days» là số ngày báo trước"),
        ({"lead": {"days": 10, "open_after": -11}}, "«open_after» là số ngày còn nhận"),
        ({"prefill": {"a": "khong_co"}}, "«prefill» có ô «khong_co»"),
        ({"where": {"khong_co": ["a"]}}, "«where» có ô «khong_co»"),
        ({"reason": "Thẻ {khong_co}"}, "chỗ trống «{khong_co}»"),
        ({"reason": "Thẻ {on"}, "ngoặc nhọn không khép"),
        ({"bases": [{"document": "Luật"}]}, "thiếu «says»"),
        (
            {"bases": [{"document": "a", "says": "b", "source": "c", "standing": "chắc"}]},
            "«standing» là «chắc»",
        ),
        ({"bases": None}, "thiếu «bases»"),
        ({"them": 1}, "không có mục «them»"),
    ],
)
def test_a_fault_is_told_with_file_and_line(tmp_path: Path, changed: dict[str, Any], told: str) -> None:
    with pytest.raises(PackageRefused) as refusal:
        read_changed(tmp_path, **changed)
    assert any(told in fault.what for fault in refusal.value.faults)
    assert all(fault.line >= 1 for fault in refusal.value.faults)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda head: head.update(longest_years=99), "«longest_years» là số năm"),
        (lambda head: head["registers"].append(head["registers"][0]), "sổ «khai_sinh» có hai lần"),
        (lambda head: head["registers"][0].update(keeper="KHONG"), "để giữ sổ"),
        (lambda head: head["registers"][0]["fields"][0].update(kind="number"), "«kind» là «number»"),
    ],
)
def test_a_fault_of_the_registers_is_told(tmp_path: Path, change: Callable[[Any], None], told: str) -> None:
    head = json.loads(json.dumps(plain(HEAD)), object_hook=lambda said: said)
    head["next_review"] = date(2026, 1, 15)
    change(head)
    (tmp_path / "registers.yaml").write_text(yaml.safe_dump(head, allow_unicode=True), encoding="utf-8")
    with pytest.raises(PackageRefused) as refusal:
        read_registers(tmp_path, today=TODAY, units=unit_codes())
    assert any(told in fault.what for fault in refusal.value.faults)
