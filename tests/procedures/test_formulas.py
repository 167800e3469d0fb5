"""Limits, fees and doubts are read from their words, and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.procedures.records import record

from namro.ground.numbers import format_number
from namro.procedures.catalog import as_body, from_body
from namro.procedures.formulas.comparing import changed_parts, differences, digest
from namro.procedures.formulas.doubts import doubts_about
from namro.procedures.formulas.fees import read_fee
from namro.procedures.formulas.limits import read_limit
from namro.procedures.terms import TOLD, FeeKind, Flag, LimitKind, Part

NOTE = "Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định"


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("5 Ngày làm việc", LimitKind.WORKING_DAYS, "5"),
        ("07 Ngày làm việc", LimitKind.WORKING_DAYS, "7"),
        ("1.5 Ngày làm việc", LimitKind.WORKING_DAYS, "1.5"),
        ("30 Ngày", LimitKind.DAYS, "30"),
        ("8 Giờ", LimitKind.HOURS, "8"),
        ("4 Tháng", LimitKind.MONTHS, "4"),
        ("", LimitKind.MISSING, None),
        ("Không quy định", LimitKind.NONE_SET, None),
        ("0 Giờ", LimitKind.UNREADABLE, None),
        ("10-25", LimitKind.UNREADABLE, None),
        ("Chậm nhất là ngay trước khi tàu rời cảng", LimitKind.UNREADABLE, None),
        ("5 Ngày làm việc kể từ ngày nhận", LimitKind.UNREADABLE, None),
    ],
)
def test_a_limit_is_a_number_with_one_unit(text: str, kind: LimitKind, amount: str | None) -> None:
    found = read_limit(text)
    assert (found.kind, found.amount) == (kind, None if amount is None else Decimal(amount))
    assert found.is_countable is (amount is not None)


@pytest.mark.parametrize(
    ("text", "kind", "sums"),
    [
        ("", FeeKind.MISSING, []),
        ("Miễn phí", FeeKind.FREE, []),
        ("Miễn phí (Không có.)", FeeKind.FREE, []),
        ("Phí : 0 Đồng", FeeKind.FREE, []),
        ("Miễn phí (Chưa quy định.)", FeeKind.NONE_SET, []),
        (f"Miễn phí ({NOTE})", FeeKind.SEE_NOTE, []),
        ("500.000 VNĐ", FeeKind.AMOUNTS, [500_000]),
        ("70.000 VNĐ (70.000 đồng/Giấy chứng nhận)", FeeKind.AMOUNTS, [70_000]),
        ("20.000 vnđ /tờ khai", FeeKind.AMOUNTS, [20_000]),
        ("Phí : 2.000.000 Đồng (đất liền (a)) Phí : 5.000.000 Đồng (biển)", FeeKind.AMOUNTS, [2_000_000, 5_000_000]),
        ("10 USD (10 USD/lần)", FeeKind.AMOUNTS, [10]),
        ("135 VNĐ (135.000 đồng/lần)", FeeKind.DOUBTFUL, [135]),
        ("2", FeeKind.UNREADABLE, []),
        ("Phí : Đồng", FeeKind.UNREADABLE, []),
        ("50.000 VNĐ và phí khác", FeeKind.UNREADABLE, []),
    ],
)  # fmt: skip
def test_a_fee_is_made_wholly_of_sums_or_told_why_it_is_none(
    text: str, kind: FeeKind, sums: list[int]
) -> None:
    found = read_fee(text)
    assert (found.kind, [int(amount.value) for amount in found.amounts]) == (kind, sums)


@given(st.integers(1000, 10**9), st.sampled_from(["VNĐ", "Đồng", "vnđ"]))
def test_every_sum_is_read_as_it_is_written(value: int, currency: str) -> None:
    assert [amount.value for amount in read_fee(f"{format_number(value)} {currency}").amounts] == [value]


@given(st.text(max_size=60))
def test_no_note_but_a_denial_makes_a_thing_free(note: str) -> None:
    kind = read_fee(f"Miễn phí ({note})").kind
    assert kind in (FeeKind.SEE_NOTE, FeeKind.NONE_SET, FeeKind.FREE, FeeKind.UNREADABLE)
    if any(letter.isdigit() for letter in note):
        assert kind is not FeeKind.FREE


@given(st.text(max_size=60))
def test_whatever_stands_there_is_read_without_a_fault(text: str) -> None:
    assert (read_limit(text).amount or 1) > 0
    assert all(amount.value >= 0 for amount in read_fee(text).amounts)


def method(**said: str) -> dict[str, str]:
    """Return a way to submit."""
    return {"method": "Trực tiếp", "time_limit": "5 Ngày", "fee": "Miễn phí", "description": ""} | said


@pytest.mark.parametrize(
    ("parts", "flag"),
    [
        ({"submission_methods": []}, Flag.METHODS_MISSING),
        ({"submission_methods": [method(time_limit="")]}, Flag.LIMIT_MISSING),
        ({"submission_methods": [method(time_limit="10-25")]}, Flag.LIMIT_UNREADABLE),
        ({"submission_methods": [method(fee="")]}, Flag.FEE_MISSING),
        ({"submission_methods": [method(fee="135 VNĐ")]}, Flag.FEE_DOUBTFUL),
        ({"submission_methods": [method(fee="2")]}, Flag.FEE_UNREADABLE),
        ({"submission_methods": [method(fee=f"Miễn phí ({NOTE})")]}, Flag.FEE_NOTE_CONTRADICTS_FREE),
        ({"agency": ""}, Flag.AGENCY_MISSING),
        ({"agency": "Ủy ban nhân dân huyện"}, Flag.DISTRICT_NAMED),
        ({"steps": ["Công an cấp huyện nhận hồ sơ."]}, Flag.DISTRICT_NAMED),
        ({"steps": ["a)"]}, Flag.STEPS_SCRAMBLED),
        ({"steps": ["hoàn tất việc sinh tại Trung\nnộp hồ sơ."]}, Flag.STEPS_SCRAMBLED),
        ({"steps": []}, Flag.STEPS_MISSING),
        ({"documents": []}, Flag.DOCUMENTS_MISSING),
        ({"legal_bases": []}, Flag.BASES_MISSING),
        ({"result": ""}, Flag.RESULT_MISSING),
    ],
)
def test_each_doubt_is_found_alone(parts: dict[str, object], flag: Flag) -> None:
    assert doubts_about(from_body(record(**parts))) == [flag]


def test_a_sound_record_raises_no_doubt_and_each_doubt_has_its_sentence() -> None:
    assert doubts_about(from_body(record())) == []
    assert doubts_about(from_body(record(steps=["Nộp tại huyện đội.\nb) Nhận kết quả."]))) == []
    assert set(TOLD) == set(Flag)


def test_a_difference_names_its_parts_and_lines_and_leaves_the_source_out() -> None:
    old = record()
    new = record(
        steps=["Bước 1: Nộp hồ sơ.", "Bước 2: Ký nhận."],
        result="Thẻ",
        source={"url": "https://example.org/y"},
    )
    assert digest(old) == digest(record(source={})) != digest(new)
    assert changed_parts(old, new) == [Part.STEPS, Part.RESULT]
    [steps, _] = differences(old, new)
    assert [(line.sign, line.text) for line in steps.lines] == [
        (" ", "Bước 1: Nộp hồ sơ."),
        ("-", "Bước 2: Nhận kết quả."),
        ("+", "Bước 2: Ký nhận."),
    ]


def test_a_record_is_stored_and_read_without_loss() -> None:
    whole = record()
    assert as_body(from_body(whole)) == whole
