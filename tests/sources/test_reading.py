"""What people write into boxes: read exactly or refused box by box, with how to mend it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.numbers import format_number
from namro.ground.period import Kind
from namro.sources.rules.reading import numbers, read_values
from namro.sources.terms import DueRule, FieldDef, FieldType, FormDef, FormRefused


def form(*fields: FieldDef) -> FormDef:
    """A form of these boxes."""
    return FormDef(
        code="b", title="Biểu thử", version=1, owner="48", why="", next_review=date(2026, 1, 1), period=Kind.MONTH,
        first_period="2025-01", due=DueRule(working_days=5), fields=fields,
    )  # fmt: skip


def box(type: str, *, required: bool = True) -> FormDef:  # noqa: A002 - the word of the form
    """A form of one box."""
    return form(FieldDef("o", "Số người", FieldType(type), required=required))


@pytest.mark.parametrize(
    ("type", "written", "kept"),
    [
        ("int", "1.154", "1154"),
        ("int", " 2 827 927 ", "2827927"),
        ("int", 12, "12"),
        ("int", "0", "0"),
        ("decimal", "60,50", "60.50"),
        ("decimal", "-3,5", "-3.5"),
        ("percent", "92,7 %", "92.7"),
        ("percent", "34", "34"),
        ("money", "53.700.000.000", "53700000000"),
        ("money", "950.000 đồng", "950000"),
        ("bool", "Có", "1"),
        ("bool", "khong", "0"),
        ("bool", False, "0"),
        ("text", "  thiếu máy quét  ", "thiếu máy quét"),
    ],
)
def test_what_is_written_is_kept_exactly(type: str, written: object, kept: str) -> None:  # noqa: A002
    assert read_values(box(type), {"o": written}) == {"o": kept}


@pytest.mark.parametrize(
    ("type", "written", "sentence"),
    [
        (
            "int",
            "12,5 người",
            "phải là số nguyên và không kèm chữ «người», đã ghi «12,5 người»; hãy ghi 12 hoặc 13.",
        ),
        (
            "int",
            "12,5",
            "phải là số nguyên, đã ghi «12,5»; hãy làm tròn theo thực tế đếm được, ví dụ 12 hoặc 13.",
        ),
        ("int", "12 người", "chỉ ghi số, không kèm chữ «người»; hãy ghi 12."),
        ("int", "-4", "không thể âm, đã ghi «-4»; nếu không phát sinh thì ghi 0."),
        ("int", "nhiều", "“nhiều” không phải là số"),
        ("int", "1,154", "có thể hiểu theo hai cách"),
        ("int", "9" * 16, "nhận tối đa 15 chữ số"),
        ("decimal", "1,2345678", "6 số lẻ"),
        ("percent", "60.5", "hãy viết 60,5"),
        ("money", "53,7 tỷ đồng", "ghi bằng đồng, không ghi «53,7 tỷ đồng»; hãy ghi 53.700.000.000."),
        ("bool", "có lẽ", "chỉ nhận «có» hoặc «không», đã ghi «có lẽ»."),
        ("text", "a" * 2001, "dài 2001 ký tự, tối đa 2000"),
        ("int", "", "chưa có giá trị; hãy ghi số liệu, nếu không phát sinh thì ghi 0."),
        ("bool", None, "chưa có giá trị"),
    ],
)
def test_a_refusal_names_the_box_and_how_to_mend_it(type: str, written: object, sentence: str) -> None:  # noqa: A002
    with pytest.raises(FormRefused) as refusal:
        read_values(box(type), {"o": written})
    (problem,) = refusal.value.problems
    assert problem.field == "o"
    assert problem.sentence.startswith("Ô «Số người»: ")
    assert sentence in problem.sentence


def test_all_boxes_are_refused_at_once_and_unknown_ones_too() -> None:
    two = form(FieldDef("a", "A", FieldType.INT), FieldDef("b", "B", FieldType.PERCENT))
    with pytest.raises(FormRefused) as refusal:
        read_values(two, {"a": "x", "b": "y", "c": "1"})
    assert {problem.field for problem in refusal.value.problems} == {"a", "b", "c"}


def test_an_optional_box_left_empty_is_not_there() -> None:
    assert read_values(box("int", required=False), {"o": "  "}) == {}


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=3))
def test_numbers_come_back_as_they_went_in(number: Decimal) -> None:
    # With four decimals, since «1,154» might be meant as thousands and is refused.
    declared = box("decimal")
    assert numbers(declared, read_values(declared, {"o": format_number(number, 4)})) == {"o": number}
