"""Days that a text names are held against the due day, and against the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.tasks.sentences import GOOD, check, codes

from namro.tasks.clarity import Severity


@pytest.mark.parametrize(
    ("work", "said"),
    [
        ("Bàn giao phần mềm trước ngày 31/12/2025", "trước ngày 31/12/2025"),
        ("Bàn giao phần mềm trước 31/12", "trước 31/12"),
        ("Bàn giao phần mềm trong quý IV/2025", "trong quý IV/2025"),
        ("Bàn giao phần mềm trong quý 4 năm 2025", "trong quý 4 năm 2025"),
        ("Bàn giao phần mềm trong tháng 8", "trong tháng 8"),
        ("Bàn giao phần mềm hết năm 2026", "hết năm 2026"),
        ("Bàn giao phần mềm chậm nhất là ngày 15 tháng 8 năm 2025", "chậm nhất là ngày 15 tháng 8 năm 2025"),
        ("Ban giao phan mem truoc ngay 31/12/2025", "truoc ngay 31/12/2025"),
    ],
)
def test_a_text_that_says_another_time_than_the_due_date(work: str, said: str) -> None:
    (finding,) = check(work=work)
    assert (finding.code, finding.clear) == ("contradicts_due", "time")
    assert work[slice(*finding.span)] == said
    assert "30/09/2025" in finding.message


@pytest.mark.parametrize(
    "work",
    [
        "Bàn giao phần mềm trước ngày 01/10/2025",
        "Bàn giao phần mềm trong tháng 9/2025",
        "Bàn giao phần mềm trong 6 tháng cuối năm 2025",
        "Bàn giao phần mềm trước tháng 10 năm 2025",
        "Bàn giao phần mềm hết năm 2025",
        "Bàn giao phần mềm trước tháng 13",
        "Xây dựng đề án chuyển đổi số đến năm 2030",
    ],
)
def test_a_text_that_agrees_with_the_due_date(work: str) -> None:
    assert codes(work=work) == []


@given(st.integers(0, 400), st.sampled_from(["trước ngày {}", "chậm nhất là {}", "hết ngày {}"]))
def test_every_day_out_of_the_leeway_contradicts(days: int, form: str) -> None:
    written = GOOD.start + timedelta(days=days)
    found = "contradicts_due" in codes(work=f"Bàn giao phần mềm {form.format(f'{written:%d/%m/%Y}')}")
    agrees = timedelta(0) <= written - GOOD.due <= timedelta(days=3)
    assert found is not (agrees or days == 0)


def test_a_day_that_does_not_exist() -> None:
    (finding,) = check(authority="Giám đốc Sở quyết định theo ủy quyền ngày 31/02/2025")
    assert finding.code == "no_such_day"
    assert finding.message == "Ngày 31/02/2025 không có trong lịch: tháng 2 năm 2025 có 28 ngày."


def test_a_due_date_before_the_start_keeps_from_issuing() -> None:
    (finding,) = check(due=date(2025, 7, 8))
    assert (finding.code, finding.severity) == ("due_before_start", Severity.MISSING)
