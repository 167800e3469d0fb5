"""Forecasts and targets beside the line that shows them: what is expected, how it did, where the aim stands."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.builders import TODAY, World
from tests.indicators.material import stated
from tests.pages.reading import words_of

from namro.ground.period import Kind
from namro.indicators.actions import load_targets, store_figures
from namro.indicators.actions.forecasts import store_forecasts
from namro.indicators.catalog.targets import target_of
from namro.indicators.queries.forecasts import History
from namro.indicators.terms import Outlook, Step
from namro.organisation.queries import current_by_code
from namro.organisation.terms import Role

Enter = Callable[[Role], Client]
CHART = "/trung-tam/bieu-do/dung_han_thang/"
STEPS = (Step(76.0, 72.0, 80.0), Step(77.0, 70.5, 83.5))
AIM = {
    "indicator": "ty_le_dung_han", "unit": "48", "name": "Đạt 90 % trong năm", "set_on": date(2025, 3, 31),
    "points": [{"day": date(2025, 3, 31), "value": 60}, {"day": date(2025, 12, 31), "value": 90}],
    "source": "Kế hoạch mẫu", "owner": "TU.VP", "next_review": date(2026, 6, 30),
}  # fmt: skip


def foretold(hung: World, *, covered: int, last: date = date(2025, 6, 1)) -> None:
    """A forecast of the city's rate from its last month on, which kept so many of ten trials."""
    made = Outlook("ETS(A,Ad,N)", 80, STEPS, 24, 10, covered, 1.5, 2.5)
    history = History("ty_le_dung_han", hung.city.pk, Kind.MONTH, last, (70.0, 74.5))
    store_forecasts([(history, made)], day=TODAY)


def test_a_forecast_is_told_with_its_interval_and_how_it_did(hung: World, signed_in: Enter) -> None:
    foretold(hung, covered=8)
    page = words_of(signed_in(Role.SECRETARIAT), CHART)
    assert "Dự báo tháng 8/2025: 77,0 %, khoảng 80 %: 70,5 % đến 83,5 %." in page
    assert "8/10 lần (80 %) nằm trong khoảng; sai trung bình 1,5 điểm" in page
    assert "lặp lại số kỳ trước thì sai 2,5 điểm" in page
    assert "tháng 8/2025 dự báo 77,0 % (70,5 % – 83,5 %)" in page


def test_it_is_drawn_as_a_band_and_a_dashed_line(hung: World, signed_in: Enter) -> None:
    client = signed_in(Role.SECRETARIAT)
    before = client.get(CHART).content.decode()
    foretold(hung, covered=8)
    after = client.get(CHART).content.decode()
    assert "dự báo 77,0" not in before
    assert "dự báo 77,0" in after
    assert after.count("var(--ramp-3)") > before.count("var(--ramp-3)")


@pytest.mark.parametrize(("covered", "last"), [(5, date(2025, 6, 1)), (8, date(2025, 5, 1))])
def test_what_failed_on_history_or_is_of_older_figures_is_not_drawn(
    hung: World, signed_in: Enter, covered: int, last: date
) -> None:
    foretold(hung, covered=covered, last=last)
    page = words_of(signed_in(Role.SECRETARIAT), CHART)
    assert "Dự báo tháng" not in page
    assert ("chỉ 5/10 lần nằm trong khoảng" in page) == (covered == 5)


def test_a_forecast_is_known_since_the_day_it_was_made(hung: World, signed_in: Enter) -> None:
    foretold(hung, covered=8)
    assert "Dự báo tháng" not in words_of(signed_in(Role.SECRETARIAT), f"{CHART}?ngay=2025-07-08")


def test_a_target_is_drawn_as_a_path_and_told_against_the_value(hung: World, signed_in: Enter) -> None:
    load_targets([(target_of(AIM), AIM)], current_by_code(), package="mau")
    page = words_of(signed_in(Role.SECRETARIAT), CHART)
    assert "Mục tiêu «Đạt 90 % trong năm»: đến 30/06/2025 cần 69,9 %, đang cao hơn 4,6 điểm." in page
    assert "mục tiêu 69,9" in page
    assert "ngưỡng 90,0 %" in page  # still said, no longer drawn


def test_another_unit_has_neither(hung: World, signed_in: Enter) -> None:
    foretold(hung, covered=8)
    load_targets([(target_of(AIM), AIM)], current_by_code(), package="mau")
    store_figures([stated("ty_le_dung_han", "20194", "2025-04", "77")], day=TODAY)
    page = words_of(signed_in(Role.SECRETARIAT), f"{CHART}?don_vi=20194")
    assert "Dự báo tháng" not in page
    assert "Mục tiêu «" not in page
