"""Days written and read the Vietnamese way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.days import DayRefused, format_day, format_long_day, parse_day


@pytest.mark.parametrize(
    "text", ["09/07/2025", "9/7/2025", "9-7-2025", "09.07.2025", "2025-07-09", " 2025-7-9 "]
)
def test_the_same_day_written_in_several_ways(text: str) -> None:
    assert parse_day(text) == date(2025, 7, 9)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31/02/2025", "Ngày 31/02/2025 không có trong lịch: tháng 2 năm 2025 có 28 ngày"),
        ("2024-02-30", "Ngày 30/02/2024 không có trong lịch: tháng 2 năm 2024 có 29 ngày"),
        ("31/6/2025", "Ngày 31/06/2025 không có trong lịch: tháng 6 năm 2025 có 30 ngày"),
        ("7/13/2025", "Ngày 07/13/2025 không có trong lịch: tháng phải từ 1 đến 12"),
        ("1/1/0000", "Ngày 01/01/0000 không có trong lịch: năm phải từ 0001 trở đi"),
        ("mai", "“mai” không phải là ngày: viết theo dạng ngày/tháng/năm, ví dụ 09/07/2025"),
        ("9/7/25", "“9/7/25” không phải là ngày: viết theo dạng ngày/tháng/năm, ví dụ 09/07/2025"),
    ],
)
def test_days_that_do_not_exist_are_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(DayRefused) as refusal:
        parse_day(text)
    assert str(refusal.value) == sentence


def test_long_form_follows_the_rule_for_documents() -> None:
    assert format_long_day(date(2025, 7, 9)) == "ngày 09 tháng 7 năm 2025"
    assert format_long_day(date(2026, 2, 12)) == "ngày 12 tháng 02 năm 2026"
    assert format_long_day(date(2026, 11, 3)) == "ngày 03 tháng 11 năm 2026"


@given(st.dates())
def test_what_is_written_can_be_read_again(day: date) -> None:
    assert parse_day(format_day(day)) == day
    assert parse_day(day.isoformat()) == day


@given(st.text() | st.from_regex(r"\d{1,2}/\d{1,2}/\d{4}", fullmatch=True))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        assert isinstance(parse_day(text), date)
    except DayRefused as refusal:
        assert str(refusal)
