"""What the pages of forms say, and how values are read and typed, without a database."""

from datetime import date

import pytest
from tests.pages.forms.conftest import CODES, CRITERIA, JUDGE, PAGES

from namro.ground.period import Period
from namro.indicators.catalog.definitions import definition_of
from namro.pages.forms import sentence
from namro.pages.forms.boxes import Boxes
from namro.pages.forms.sheet import verdict
from namro.pages.forms.values import changes, light, shown, typed
from namro.sources.catalog.forms import form_of
from namro.sources.terms import FieldDef, FieldType, ReturnState

MISSING, WAITING, LATE, ON_TIME = (
    ReturnState.MISSING, ReturnState.WAITING, ReturnState.LATE, ReturnState.ON_TIME
)  # fmt: skip
JUNE = Period.parse("2025-06")
PAGES_FORM, CRITERIA_FORM = form_of(PAGES), form_of(CRITERIA)


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([MISSING, WAITING, WAITING], "Xã Mẫu còn 1 biểu quá hạn, 2 biểu chưa đến hạn chưa nộp."),
        ([ON_TIME, LATE], "Xã Mẫu đã nộp đủ 2 biểu của kỳ gần nhất."),
        ([], "Xã Mẫu không phải nộp biểu nào."),
    ],
)
def test_who_owes_is_told_what_is_overdue_first(states: list[ReturnState], said: str) -> None:
    assert sentence.owed("Xã Mẫu", states) == said


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ([[ON_TIME, MISSING], [ON_TIME]], "1 trong 2 biểu đã nộp đủ, 1 bản quá hạn chưa nộp."),
        ([[ON_TIME, LATE]], "1 trong 1 biểu đã nộp đủ, không bản nào quá hạn."),
        ([[WAITING]], "0 trong 1 biểu đã nộp đủ, không bản nào quá hạn."),
        ([], "Chưa có biểu nào đến kỳ báo cáo."),
    ],
)
def test_who_gathers_is_told_how_all_forms_came_in(forms: list[list[ReturnState]], said: str) -> None:
    assert sentence.gathered(forms) == said


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([ON_TIME, LATE, MISSING], "Tháng 6/2025: 2 trong 3 đơn vị đã nộp (1 muộn), 1 quá hạn."),
        ([ON_TIME, ON_TIME], "Tháng 6/2025: cả 2 đơn vị đã nộp."),
        ([ON_TIME, WAITING], "Tháng 6/2025: 1 trong 2 đơn vị đã nộp, chưa đến hạn."),
        ([], "Tháng 6/2025: không có đơn vị nào phải nộp."),
    ],
)
def test_a_period_is_told_with_who_is_late_and_who_is_missing(states: list[ReturnState], said: str) -> None:
    assert sentence.of_period(JUNE, states) == said


@pytest.mark.parametrize(
    ("state", "version", "doubts", "said"),
    [
        (MISSING, 0, 0, "Xã Mẫu chưa nộp, đã quá hạn 07/07/2025."),
        (WAITING, 0, 0, "Xã Mẫu chưa nộp, hạn 07/07/2025."),
        (ON_TIME, 2, 1, "Xã Mẫu đã nộp đúng hạn, đã đính chính; còn 1 chỗ chưa khớp."),
        (LATE, 1, 0, "Xã Mẫu đã nộp, muộn hơn hạn 07/07/2025."),
    ],
)
def test_a_return_is_told_with_what_does_not_add_up(
    state: ReturnState, version: int, doubts: int, said: str
) -> None:
    told = sentence.of_return("Xã Mẫu", state=state, due=date(2025, 7, 7), version=version, doubts=doubts)
    assert told == said


def test_after_a_sending_a_breach_is_told_and_never_called_a_failure() -> None:
    assert sentence.sent(1, 0) == "Đã gửi. Các số khớp nhau."
    assert sentence.sent(2, 1).startswith("Đã gửi bản 2; các bản trước vẫn được giữ. Còn 1 chỗ chưa khớp")


@pytest.mark.parametrize(
    ("kind", "unit", "value", "read", "written"),
    [
        (FieldType.INT, "trang", "2827927", "2.827.927\u00a0trang", "2.827.927"),
        (FieldType.PERCENT, "%", "60.5", "60,5\u00a0%", "60,5"),
        (
            FieldType.MONEY,
            "đồng",
            "53700000000",
            "53.700.000.000\u00a0đồng (53,7\u00a0tỷ\u00a0đồng)",
            "53.700.000.000",
        ),
        (FieldType.BOOL, "", "1", "Có", "1"),
        (FieldType.TEXT, "", "Mất điện", "Mất điện", "Mất điện"),
        (FieldType.INT, "trang", None, "—", ""),
    ],
)
def test_a_value_is_read_with_its_unit_and_typed_without(
    kind: FieldType, unit: str, value: str | None, read: str, written: str
) -> None:
    field = FieldDef("o", "Ô", kind, unit_of_measure=unit)
    assert shown(PAGES_FORM, field, value) == read
    assert typed(field, value) == written


def test_a_criterion_shows_a_light_and_an_empty_one_is_not_red() -> None:
    field = CRITERIA_FORM.by_code["tc1"]
    assert [light(CRITERIA_FORM, field, value) for value in ("1", "0", None)] == ["ok", "over", "none"]
    assert shown(CRITERIA_FORM, field, "0") == "Chưa đạt"
    assert light(PAGES_FORM, PAGES_FORM.by_code["tong"], "1") == ""


@pytest.mark.parametrize(
    ("met", "words", "light_words"),
    [
        (4, "4 / 4 tiêu chí đạt", "Đạt"),
        (3, "3 / 4 tiêu chí đạt", "Gần đạt"),
        (2, "2 / 4 tiêu chí đạt", "Chưa đạt"),
    ],
)
def test_the_criteria_together_have_the_light_of_their_indicator(
    met: int, words: str, light_words: str
) -> None:
    values = {code: "1" if place < met else "0" for place, code in enumerate(CODES)}
    told = verdict(CRITERIA_FORM, values, [definition_of(JUDGE)])
    assert told is not None
    assert (told.words, told.light) == (words, light_words)


def test_a_form_without_criteria_has_no_verdict() -> None:
    assert verdict(PAGES_FORM, {"tong": "1"}, [definition_of(JUDGE)]) is None


def test_a_correction_says_what_it_changed() -> None:
    before, after = {"tong": "1000", "da": "600"}, {"tong": "1000", "da": "650", "vuong_mac": "Thiếu máy"}
    assert changes(PAGES_FORM, before, after) == [
        "«Đã số hóa»: 600\u00a0trang → 650\u00a0trang", "«Vướng mắc»: — → Thiếu máy"
    ]  # fmt: skip


def test_what_was_typed_reaches_the_domain_as_it_was_typed() -> None:
    boxes = Boxes(PAGES_FORM, {"o-tong": " 12,5 người", "tong": "9"})
    assert boxes.written == {"tong": " 12,5 người", "da": "", "chua": "", "vuong_mac": ""}
