"""Indicators with figures in a small world: one rate of communes, one count by tier, one of tasks."""

from datetime import date
from decimal import Decimal

import pytest
from tests.builders import World
from tests.indicators.material import ABOUT

from namro.indicators.actions import load_definitions, load_targets, store_figures
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.targets import target_of
from namro.indicators.terms import Computed
from namro.organisation.queries import current_by_code

JULY_4 = date(2025, 7, 4)
RATE = ABOUT | {
    "code": "ty_le_trang", "name": "Tỷ lệ trang đã số hóa", "kind": "ratio", "numerator": "bieu.trang.da",
    "denominator": "bieu.trang.tong", "adds_up": "ratio_of_sums", "periods": ["month"],
    "lights": {"green": 80, "amber": 40},
}  # fmt: skip
STATED = ABOUT | {
    "code": "ty_le_cap", "name": "Tỷ lệ theo cấp", "kind": "stated", "value": "bieu.cap.ty_le", "adds_up": "none",
    "periods": ["half"], "breakdowns": {"": "Toàn thành phố", "xa": "Cấp xã"},
}  # fmt: skip
TASKS = ABOUT | {
    "code": "nhiem_vu_xong", "name": "Tỷ lệ nhiệm vụ xong", "group": "nhiem_vu", "theme": "Nhiệm vụ", "kind": "ratio",
    "numerator": "nhiem_vu.xong", "denominator": "nhiem_vu.tong", "adds_up": "ratio_of_sums", "own": "part",
    "periods": ["day"], "breakdowns": {"tw": "Trung ương giao"},
}  # fmt: skip
EMPTY = ABOUT | {
    "code": "kinh_te", "name": "Kinh tế số", "kind": "stated", "value": "bieu.kt.so", "adds_up": "none",
    "periods": ["year"], "group": "kinh_te", "theme": "Kinh tế",
}  # fmt: skip
AIM = {
    "indicator": "ty_le_trang", "unit": "48", "name": "Đạt 90 % trong năm", "set_on": date(2025, 3, 31),
    "points": [{"day": date(2025, 3, 31), "value": 40}, {"day": date(2025, 12, 31), "value": 90}],
    "source": "Kế hoạch mẫu", "owner": "TU.VP", "next_review": date(2026, 6, 30),
}  # fmt: skip


def figure(
    code: str, unit: str, period: str, parts: tuple[int, int] | None, *, breakdown: str = "", **more: object
) -> Computed:
    """Return a figure of two counts, or of no data."""
    some, all_ = (Decimal(part) for part in parts) if parts else (None, None)
    known = {
        "as_of": JULY_4,
        "source": "Biểu (mẫu)",
        "source_state": "fresh",
        "version": 2,
        "below": None,
    } | more
    value = some * 100 / all_ if some is not None and all_ else None
    return Computed(
        indicator=code, unit=unit, period=period, breakdown=breakdown, numerator=some, denominator=all_,
        **({"value": value} | known),
    )  # fmt: skip


def tasks_on(day: date, done: int) -> Computed:
    """Return the share of the city's 75 tasks that were done on a day."""
    return figure("nhiem_vu_xong", "48", day.isoformat(), (done, 75), breakdown="tw", as_of=day)


@pytest.fixture
def measured(world: World) -> World:
    """The small world with figures of two months; one commune never sent any."""
    load_definitions([(definition_of(each), each) for each in (RATE, STATED, TASKS, EMPTY)], package="mau")
    load_targets([(target_of(AIM), AIM)], current_by_code(), package="mau")
    rows = [
        figure("ty_le_trang", "48", "2025-05", (500, 1000), as_of=date(2025, 6, 5)),
        figure("ty_le_trang", "48", "2025-06", (550, 1000)),
        figure("ty_le_trang", "20194", "2025-06", (420, 500)),
        figure("ty_le_trang", "20320", "2025-06", (130, 500), source_state="breached"),
        figure("ty_le_cap", "48", "2025-H1", None, value=Decimal("60.5")),
        figure("ty_le_cap", "48", "2025-H1", None, breakdown="xa", value=Decimal("92.7")),
        tasks_on(date(2025, 6, 30), 28),
        tasks_on(date(2025, 7, 9), 32),
    ]
    store_figures(rows, day=JULY_4)
    return world
