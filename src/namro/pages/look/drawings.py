"""Made-up charts and a made-up map for the page of components."""

import math
from functools import partial
from typing import Any

from namro.ground.numbers import format_number
from namro.pages.charts.chart import Chart, Table
from namro.pages.charts.choropleth import MapUnit
from namro.pages.charts.options import bars, heights, share, stacked_states, trend
from namro.pages.charts.outline import outline
from namro.pages.charts.unit_map import UnitMap
from namro.pages.look.sample import CENTRE, CITY, COUNTRY, DAY
from namro.pages.look.states import STATES

MONTHS = [f"T{month}" for month in range(1, 13)]
RATES = [12.0, 15.2, 18.0, 22.5, None, 36.0, 42.7, None, None, None, None, None]
ELSEWHERE = [10.0, 12.0, 14.1, 16.0, 20.2, 25.0, 29.9, None, None, None, None, None]
SOURCE = "dữ liệu mẫu"


def charts() -> list[Chart]:
    """Return one chart of each form."""
    return [_trend(), _bars(), _states(), _share()]


def _trend() -> Chart:
    """Return a line with a gap, a target and a comparison."""
    rows = [
        [month, format_number(own), format_number(other)]
        for month, own, other in zip(MONTHS, RATES, ELSEWHERE, strict=True)
    ]
    draw = partial(
        trend, MONTHS, RATES, unit="%", name="thành phố", target=60, compare=("cả nước", ELSEWHERE)
    )
    table = Table(["Tháng", "Thành phố, %", "Cả nước, %"], rows)
    return Chart(
        "trend",
        "Tỷ lệ nhiệm vụ hoàn thành theo tháng",
        "Từ 12,0 % tháng 1 lên 42,7 % tháng 7; mục tiêu 60,0 %",
        draw,
        table,
        DAY,
        SOURCE,
        "#",
    )


def _bars() -> Chart:
    """Return level bars with one set apart."""
    names, rates = (
        ["Khối sở, ban, ngành", "Thành phố", "Cấp huyện cũ", "Cấp xã, phường"],
        [14.7, 60.5, 80.4, 92.7],
    )
    table = Table(
        ["Khối", "Tỷ lệ, %"], [[name, format_number(rate)] for name, rate in zip(names, rates, strict=True)]
    )
    draw = partial(bars, names, rates, unit="%", lit=names[0])
    return Chart(
        "bars",
        "Tỷ lệ số hóa theo khối",
        "Khối sở, ban, ngành thấp nhất: 14,7 %",
        draw,
        table,
        DAY,
        SOURCE,
        heights=heights(4),
    )


def _states() -> Chart:
    """Return bands of states."""
    names, counts = ["Trung ương giao", "Ban Chỉ đạo thành phố giao", "Cả nước"], [CENTRE, CITY, COUNTRY]
    states = {code: str(shown.short) for code, shown in STATES.items() if code not in ("draft", "withdrawn")}
    table = Table(
        ["Sổ", *states.values()],
        [
            [name, *(format_number(row.get(s, 0)) for s in states)]
            for name, row in zip(names, counts, strict=True)
        ],
    )
    draw = partial(stacked_states, names, counts, states=states, notes=["32 / 75", "19 / 62", "240 / 802"])
    return Chart(
        "states",
        "Trạng thái theo sổ",
        "Xong 32 trong 75, 19 trong 62, 240 trong 802",
        draw,
        table,
        DAY,
        SOURCE,
        heights=heights(3, [*states.values()]),
    )


def _share() -> Chart:
    """Return a ring of parts."""
    names, metres = ["Đã chỉnh lý", "Đang chỉnh lý", "Chưa chỉnh lý"], [1154, 381, 66]
    table = Table(
        ["Phần", "Mét giá"], [[name, format_number(metre)] for name, metre in zip(names, metres, strict=True)]
    )
    return Chart(
        "share",
        "Tài liệu giấy đã chỉnh lý",
        "1.154 trong 1.601 mét đã chỉnh lý",
        partial(share, names, metres, unit="m"),
        table,
        DAY,
        SOURCE,
    )


def map_of_cells(boundaries_url: str) -> UnitMap:
    """Return a made-up city: six-sided communes, two without data, one island far out at sea."""
    units = [_cell_unit(code, place) for place, code in enumerate(cells())]
    drawn = outline(cells())
    title = "Bản đồ mẫu: mức hoàn thành theo đơn vị"
    return UnitMap("sample", title, drawn, units, "#", boundaries_url, as_of=DAY, source=SOURCE)


def cells() -> dict[str, dict[str, Any]]:
    """Return the areas of the made-up city by code."""
    places = [(column, row) for row in range(5) for column in range(8 - row % 2)]
    near = {
        f"o{place}": _cell(column + row % 2 / 2, row * 0.866) for place, (column, row) in enumerate(places)
    }
    return near | {"far": _cell(60, 2)}


def _cell(x: float, y: float) -> dict[str, Any]:
    """Return a six-sided area around a point."""
    corners = [
        (round(x + math.sin(math.pi * k / 3) / 1.732, 4), round(-y + math.cos(math.pi * k / 3) / 1.732, 4))
        for k in range(6)
    ]
    return {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}


def _cell_unit(code: str, place: int) -> MapUnit:
    """Return one of the communes with a value that is neither random nor level."""
    if code == "far":
        return MapUnit(code, "Đặc khu mẫu", 100.0, "100,0 % (3/3)", "#")
    value = None if place in (9, 22) else float(place * 37 % 101)
    words = f"{format_number(value, 1)} %" if value is not None else "chưa có số liệu"
    return MapUnit(code, f"Xã mẫu {place + 1}", value, words, "#")
