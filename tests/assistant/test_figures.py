"""An officer asks for a figure: its value with parts, unit, period and day; its breakdowns where there is no whole."""

import pytest
from tests.builders import TODAY, World, seen_by
from tests.pages.indicators.conftest import measured

from namro.assistant.queries.answering import answer
from namro.assistant.terms import Answer, AnswerKind, Question
from namro.organisation.terms import Role

__all__ = ["measured"]
DIGITISED = "tỷ lệ trang đã số hóa"


def told(world: World, words: str) -> Answer:
    """Return what the secretariat is answered."""
    return answer(Question(words, TODAY, viewer=seen_by(world.people[Role.SECRETARIAT])))


def lines(found: Answer) -> list[str]:
    """Return the sentences of a figure, with plain spaces."""
    assert found.kind is AnswerKind.FIGURE
    return [each.text.replace("\u00a0", " ") for each in found.sentences]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            f"{DIGITISED} của phường Hải Vân",
            "của Phường Hải Vân, tháng 6/2025: 84,0 % (420/500), số liệu đến 04/07/2025.",
        ),
        (f"{DIGITISED} của Đà Nẵng tháng 5", "của Thành phố Đà Nẵng, tháng 5/2025: 50,0 % (500/1.000)"),
        ("ti le trang da so hoa xa Hoa Vang", "của Xã Hòa Vang, tháng 6/2025: 26,0 % (130/500)"),
        (f"{DIGITISED} của Đặc khu Hoàng Sa", "của Đặc khu Hoàng Sa, kỳ gần nhất: chưa có số liệu."),
        (f"{DIGITISED} tháng 4", "của Thành phố Đà Nẵng, tháng 4/2025: chưa có số liệu."),
    ],
)
def test_the_figure_with_its_unit_its_period_and_its_day(measured: World, words: str, sentence: str) -> None:
    found = told(measured, words)
    assert len(found.sentences) == 1
    assert sentence in lines(found)[0]
    assert lines(found)[0] == found.passages[0].text.replace("\u00a0", " ")
    assert found.passages[0].url.startswith("/chi-so/ty_le_trang/?don_vi=")


def test_what_is_counted_in_parts_only_is_told_in_parts(measured: World) -> None:
    [line] = lines(told(measured, "tỷ lệ nhiệm vụ xong của Đà Nẵng"))
    assert "(Trung ương giao)" in line
    assert "ngày 09/07/2025: 42,7 % (32/75)" in line


@pytest.mark.parametrize(
    ("quarter", "told_of"),
    [("quý 2", "ngày 30/06/2025: 37,3 % (28/75)"), ("quý 3", "ngày 09/07/2025: 42,7 % (32/75)")],
)
def test_what_is_counted_by_the_day_stands_for_a_quarter_as_it_ended(
    measured: World, quarter: str, told_of: str
) -> None:
    assert told_of in lines(told(measured, f"tỷ lệ nhiệm vụ xong của Đà Nẵng {quarter}"))[0]


def test_a_quarter_without_figures_has_none(measured: World) -> None:
    found = told(measured, "tỷ lệ nhiệm vụ xong của Đà Nẵng quý 1")
    assert "quý I/2025: chưa có số liệu" in lines(found)[0]


def test_a_part_that_is_named_is_told_alone(measured: World) -> None:
    assert "92,7" in lines(told(measured, "tỷ lệ theo cấp xã của Đà Nẵng"))[0]
    assert "60,5" in lines(told(measured, "tỷ lệ theo cấp của Đà Nẵng"))[0]
