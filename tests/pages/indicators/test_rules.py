"""What an indicator says about itself: sentences, ranks, lines and gaps, without a database."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from tests.pages.indicators.conftest import AIM, RATE, STATED

from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.targets import target_of
from namro.indicators.queries import stand
from namro.indicators.terms import FigureRow, IndicatorDef
from namro.pages.indicators import moving, sentence
from namro.pages.indicators.parts import leading, weakest
from namro.pages.indicators.spark import HEIGHT, WIDTH, spark
from namro.pages.indicators.standing import Place, Tier, cuts, ranked
from namro.pages.sheet import download

RATIO = definition_of(RATE)
TODAY = date(2025, 7, 9)


def row(some: int | None, all_: int | None = 1000, period: str = "2025-06", **more: object) -> FigureRow:
    """Return a figure as read."""
    value = None if some is None or all_ is None else Decimal(some) * 100 / all_
    counts = {
        "numerator": None if some is None else Decimal(some),
        "denominator": None if all_ is None else Decimal(all_),
    }
    values = {
        "indicator": "ty_le_trang", "unit_id": 1, "unit_code": "48", "unit_name": "Thành phố", "period": period,
        "breakdown": "", "value": value, "below": None, "as_of": TODAY, "source": "Biểu", "source_state": "fresh",
        "version": 1,
    }  # fmt: skip
    return FigureRow(**(values | counts | more))


def other(**change: object) -> IndicatorDef:
    """Return the rate with some words of its definition changed."""
    return definition_of(RATE | change)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (550, 500, "Tỷ lệ trang đã số hóa của Thành phố: 55,0\u00a0%, tăng 5,0 điểm."),
        (450, 500, "Tỷ lệ trang đã số hóa của Thành phố: 45,0\u00a0%, giảm 5,0 điểm."),
        (500, 500, "Tỷ lệ trang đã số hóa của Thành phố: 50,0\u00a0%, không đổi."),
        (550, None, "Tỷ lệ trang đã số hóa của Thành phố: 55,0\u00a0%."),
        (None, 500, "Tỷ lệ trang đã số hóa của Thành phố: chưa có số liệu."),
    ],
)
def test_the_headline_says_the_value_and_how_it_moved(now: int | None, before: int | None, said: str) -> None:
    earlier = None if before is None else row(before, period="2025-05")
    assert sentence.headline(RATIO, "Thành phố", row(now), earlier) == said


def test_nothing_reported_is_said_and_never_zero() -> None:
    said = sentence.headline(RATIO, "Xã Mẫu", None, None)
    assert said == "Tỷ lệ trang đã số hóa của Xã Mẫu: chưa có số liệu."


def test_the_difference_is_that_of_the_printed_values() -> None:
    # 42.66 and 42.64 print as 42.7 and 42.6: a reader who subtracts finds 0.1.
    assert sentence.change(RATIO, row(4266, 10000), row(4264, 10000)) == "tăng 0,1 điểm"


def test_a_count_moves_in_its_own_unit_of_measure() -> None:
    count = other(kind="count", value="bieu.a.x", unit_of_measure="người", decimals=0, adds_up="sum")
    now, then = (row(None, value=Decimal(value)) for value in (1200, 1000))
    assert sentence.change(count, now, then) == "tăng 200\u00a0người"


@pytest.mark.parametrize(
    ("some", "said"),
    [
        (700, "Đạt tiến độ mục tiêu (đến ngày này cần 58,2\u00a0%; đích 90,0\u00a0% vào 31/12/2025)."),
        (550, "Chậm hơn mục tiêu 3,2 điểm (đến ngày này cần 58,2\u00a0%; đích 90,0\u00a0% vào 31/12/2025)."),
        (None, "Mục tiêu: đích 90,0\u00a0% vào 31/12/2025."),
    ],
)
def test_a_target_is_held_against_where_it_should_be_on_the_day(some: int | None, said: str) -> None:
    standing = stand(RATIO, row(some), target_of(AIM), TODAY)
    assert sentence.against_target(RATIO, standing) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((25, 4, 2, 1), "25 chỉ số: 4 chỉ số có số liệu không khớp, 1 chậm mục tiêu, 2 chưa có số liệu."),
        ((3, 0, 0, 0), "3 chỉ số, tất cả đều có số liệu đúng hạn."),
        ((0, 0, 0, 0), "Không có chỉ số nào khớp với điều đang tìm."),
    ],
)
def test_the_list_says_the_worst_first(numbers: tuple[int, int, int, int], said: str) -> None:
    total, breached, missing, behind = numbers
    assert sentence.summary(total, breached=breached, missing=missing, behind=behind) == said


def place(name: str, value: str | None) -> Place:
    """Return a unit with a value, not yet ranked."""
    unit = SimpleNamespace(name=name, sort_key=name)
    number = None if value is None else Decimal(value)
    return Place(unit, None, None, number, value or "", "", "", False)  # type: ignore[arg-type]


def test_equal_values_share_a_rank_and_no_data_has_none() -> None:
    found = ranked(
        [place("c", None), place("b", "50"), place("a", "50"), place("d", "90"), place("e", "10")], RATIO
    )
    assert [(each.unit.name, each.rank) for each in found] == [
        ("d", 1),
        ("a", 2),
        ("b", 2),
        ("e", 4),
        ("c", None),
    ]


def test_the_best_are_never_among_those_to_look_at() -> None:
    places = ranked([place("a", "100"), place("b", "100"), place("c", "0"), place("d", None)], RATIO)
    assert [each.unit.name for each in Tier("xa-phuong", "Xã", places).weakest] == ["c"]


def test_where_less_is_better_the_least_stands_first() -> None:
    found = ranked([place("a", "50"), place("b", "2")], other(direction="down"))
    assert [each.unit.name for each in found] == ["b", "a"]


def test_what_is_only_followed_is_not_ranked() -> None:
    assert [each.rank for each in ranked([place("a", "50")], other(direction="none"))] == [None]


def test_the_colours_of_a_count_share_the_units_out_evenly() -> None:
    count = other(kind="count", value="bieu.a.x", unit_of_measure="người", adds_up="sum")
    assert list(cuts(count, [Decimal(n) for n in range(1, 13)])) == [3, 5, 7, 9, 11]


def test_a_line_breaks_where_a_period_is_missing() -> None:
    drawn = spark([1, 2, None, 4, 8], "tăng")
    assert drawn is not None
    assert len(drawn.lines) == 2
    assert drawn.last == (WIDTH - 3, 3)


def test_a_level_line_lies_in_the_middle_and_one_value_is_no_line() -> None:
    level = spark([5, 5], "không đổi")
    assert level is not None
    assert level.last == (WIDTH - 3, HEIGHT / 2)
    assert spark([5, None], "một kỳ") is None


def test_months_without_a_figure_are_gaps_in_the_trend() -> None:
    steps = moving.filled([row(400, period="2025-03"), row(550, period="2025-06")])
    assert [(period.key, known is not None) for period, known in steps] == [
        ("2025-03", True), ("2025-04", False), ("2025-05", False), ("2025-06", True)
    ]  # fmt: skip


def test_of_figures_of_days_the_last_of_each_month_is_drawn() -> None:
    days = ["2025-06-02", "2025-06-30", "2025-07-01", "2025-07-09"]
    kept = moving.by_month([row(500, period=day) for day in days])
    assert [each.period for each in kept] == ["2025-06-30", "2025-07-09"]


def test_the_whole_leads_else_the_first_declared_breakdown() -> None:
    tiers = definition_of(STATED)
    assert leading(tiers, ["xa", ""]) == ""
    assert leading(tiers, ["xa"]) == "xa"
    assert leading(RATIO, ["b", "a"]) == "a"


def test_the_weakest_follows_the_direction_and_skips_what_is_not_known() -> None:
    rows = [row(900), row(100), row(None)]
    assert weakest(RATIO, rows) == rows[1]
    assert weakest(other(direction="down"), rows) == rows[0]


def test_a_download_runs_nothing_and_keeps_numbers_exact() -> None:
    answer = download([["=1+1", Decimal("42.70"), None, "Đúng hạn"]], name="so", kind="csv")
    assert answer.content.decode() == "\ufeff'=1+1,42.70,,Đúng hạn\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="so.csv"'
