"""A small board: two services, a rate that should rise and a water level that should not, charts of every form."""

from datetime import date
from typing import Any

import pytest
from tests.builders import World
from tests.indicators.material import KNOWN, ON_TIME, STATED, stated

from namro.ground.period import Period
from namro.indicators.actions import load_definitions, store_figures
from namro.indicators.actions.charts import store_annotations, store_charts, store_groups
from namro.indicators.catalog.annotations import Annotation
from namro.indicators.catalog.charts import chart_of
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.groups import GroupDef
from namro.indicators.terms import Computed

RATE = ON_TIME | {
    "name_en": "On time",
    "lights": {"green": 90, "amber": 80}, "breakdowns": {"truc_tuyen": "Trực tuyến", "tai_quay": "Tại quầy"},
}  # fmt: skip
WATER = STATED | {
    "code": "muc_nuoc", "name": "Mực nước cao nhất", "name_en": "Highest water", "periods": ["day"],
    "direction": "down", "unit_of_measure": "m", "lights": {"green": 2, "amber": 4},
}  # fmt: skip
GROUPS = [
    GroupDef("mot_cua", "Một cửa", "One-stop", "TU.VP", 0),
    GroupDef("ngap_lut", "Ngập lụt", "Floods", "TU.VP", 1),
]
RATES, WATERS = (
    {"indicators": ["ty_le_dung_han"], "period": "month"},
    {"indicators": ["muc_nuoc"], "period": "day"},
)


def entry(group: str, code: str, title: str, form: str, over: str, **more: Any) -> dict[str, Any]:
    """Return a chart as a package declares it."""
    return {
        "group": group, "code": code, "title": title, "title_en": f"{code} in English", "form": form, "over": over,
        "levels": ["city", "commune"], "why": "Để thấy.", "owner": "TU.VP", "next_review": date(2026, 1, 15),
    } | more  # fmt: skip


CHARTS = [
    entry("mot_cua", "dung_han_thang", "Đúng hạn mỗi tháng", "line", "time", last=12, **RATES),
    entry("mot_cua", "dung_han_nay", "Đúng hạn hiện nay", "gauge", "now", **RATES),
    entry("mot_cua", "dung_han_loai", "Đúng hạn theo cách nộp", "bar", "parts", **RATES),
    entry("mot_cua", "dung_han_bang", "Đúng hạn của xã, phường", "table", "units", **RATES),
    entry("ngap_lut", "nuoc_ngay", "Mực nước mỗi ngày", "column", "time", last=10, **WATERS),
    entry("ngap_lut", "nuoc_ban_do", "Mực nước trên bản đồ", "map", "units", **WATERS),
    entry("ngap_lut", "nuoc_luoi", "Mực nước theo xã và ngày", "heat", "units_time", last=5, **WATERS),
]


def months(unit: str, **values: str) -> list[Computed]:
    """Return the rate of a unit by month, each known some days after."""
    return [
        stated("ty_le_dung_han", unit, f"2025-{month[1:]}", value, as_of=_after(f"2025-{month[1:]}"))
        for month, value in values.items()
    ]


def _after(key: str) -> date:
    period = Period.parse(key)
    return date(period.end.year, period.end.month + 1, 5)


LEVELS = {"48": ("1.1", "3.2", "1.4"), "20194": ("0.4", "1.2", "0.6"), "20320": ("1.1", "3.2", "1.4")}
FIGURES = [
    *months("48", m03="88", m04="91", m05="70", m06="74.5"),
    *months("20194", m05="80", m06="95"),
    *months("20320", m05="90", m06="60"),
    stated("ty_le_dung_han", "48", "2025-06", "60", breakdown="tai_quay"),
    stated("ty_le_dung_han", "48", "2025-06", "85", breakdown="truc_tuyen"),
    *(
        stated("muc_nuoc", unit, f"2025-07-{day:02}", level, as_of=date(2025, 7, day))
        for unit, levels in LEVELS.items()
        for day, level in zip((7, 8, 9), levels, strict=True)
    ),
]  # fmt: skip


@pytest.fixture
def hung(world: World) -> World:
    """The small world with the board."""
    load_definitions([(definition_of(each), each) for each in (RATE, WATER)], package="mau")
    store_groups(GROUPS, package="mau")
    store_charts([(chart_of(each), each) for each in CHARTS], package="mau")
    mark = Annotation(date(2025, 7, 8), "bão (mẫu)", "storm (sample)", "Tin mẫu", ("ngap_lut",))
    store_annotations([mark], package="mau")
    store_figures(FIGURES, day=KNOWN)
    return world
