"""Maps: borders stay shared, far islands come near, no data is never a colour, light enough for a weak line."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from namro.pages.charts.borders import Ring, simplify
from namro.pages.charts.choropleth import MapUnit, choropleth, step
from namro.pages.charts.outline import Outline, outline
from namro.pages.charts.unit_map import UnitMap

WARDS = Path(__file__).resolve().parents[3] / "packages" / "danang" / "units" / "danang_wards.geojson"
HOANG_SA = "20333"


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    features = json.loads(WARDS.read_text(encoding="utf-8"))["features"]
    return {each["properties"]["code"]: each["properties"]["name"] for each in features}


@pytest.fixture(scope="module")
def danang() -> Outline:
    features = json.loads(WARDS.read_text(encoding="utf-8"))["features"]
    return outline({each["properties"]["code"]: each["geometry"] for each in features})


def _square(x: float, y: float, size: float = 1.0) -> dict[str, Any]:
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def test_a_shared_border_is_thinned_alike_on_both_sides() -> None:
    wavy = [(5.0, y + 0.0) if y % 2 else (5.02, y + 0.0) for y in range(11)]
    west: Ring = [(0.0, 0.0), *wavy, (0.0, 10.0), (0.0, 0.0)]
    east: Ring = [(10.0, 0.0), (10.0, 10.0), *reversed(wavy), (10.0, 0.0)]
    thin_west, thin_east = simplify([west, east], 0.5)
    assert {point for point in thin_west if 4 < point[0] < 6} == {
        point for point in thin_east if 4 < point[0] < 6
    }
    assert len(thin_west) < len(west)


def test_thinned_rings_stay_closed_and_keep_an_area() -> None:
    island: Ring = [(0.0, 0.0), (0.01, 0.0), (0.01, 0.01), (0.0, 0.01), (0.0, 0.0)]
    (thin,) = simplify([island], 1.0)
    assert thin[0] == thin[-1]
    assert len(set(thin)) >= 2


def test_all_94_communes_are_drawn_in_under_60_kb(danang: Outline, names: dict[str, str]) -> None:
    units = [MapUnit(code, name, 50.0, "50,0 % (1/2)", f"/don-vi/{code}/") for code, name in names.items()]
    svg = choropleth(danang, units, "Bản đồ")
    etree.fromstring(svg)
    assert len(danang.paths) == 94
    assert svg.count("<path") == 94
    assert len(svg.encode()) < 60_000
    assert "style=" not in svg


def test_hoang_sa_stands_in_an_inset_in_the_east_with_its_name(
    danang: Outline, names: dict[str, str]
) -> None:
    assert list(danang.far) == [HOANG_SA]
    box = danang.far[HOANG_SA]
    assert box.x > 500
    numbers = [int(number) for number in re.findall(r"M(\d+) ", danang.paths[HOANG_SA])]
    assert all(box.x <= number <= box.x + box.width for number in numbers)
    svg = choropleth(danang, [MapUnit(HOANG_SA, names[HOANG_SA], 100.0, "100 %", "/x")], "Bản đồ")
    assert 'class="map-inset"' in svg
    assert ">Đặc khu Hoàng Sa</text>" in svg


def test_a_city_without_far_islands_has_no_inset() -> None:
    drawn = outline({f"{x}{y}": _square(x, y) for x in range(3) for y in range(3)})
    assert not drawn.far
    assert drawn.height == pytest.approx(1000, abs=5)


def test_without_boundaries_there_is_nothing_to_draw() -> None:
    with pytest.raises(ValueError, match="chưa có ranh giới"):
        outline({})
    alone = UnitMap("m", "Bản đồ", None, [MapUnit("a", "Xã A", 1.0, "1 %")], "/bang")
    assert alone.svg() == ""


def test_no_data_is_hatched_and_zero_is_a_colour() -> None:
    drawn = outline({"a": _square(0, 0), "b": _square(1, 0), "c": _square(2, 0)})
    units = [MapUnit("a", "Xã A", None, "chưa có số liệu"), MapUnit("b", "Xã B", 0.0, "0,0 %")]
    svg = choropleth(drawn, units, "Bản đồ")
    assert svg.count("url(#hatch-none)") == 2
    assert svg.count("map-ramp-1") == 1


def test_words_cannot_break_out() -> None:
    unit = MapUnit("a", "<script>", 1.0, '"><b>', '/x"onclick="')
    svg = choropleth(outline({"a": _square(0, 0)}), [unit], '"><i>')
    etree.fromstring(svg)
    assert "<script" not in svg
    assert 'onclick="' not in svg


@pytest.mark.parametrize(("value", "colour"), [(None, None), (0, 1), (19.9, 1), (20, 2), (99.9, 5), (100, 6)])
def test_a_hundred_has_a_colour_of_its_own(value: float | None, colour: int | None) -> None:
    assert step(value) == colour


def test_the_live_map_gets_what_the_drawing_shows() -> None:
    drawn = UnitMap(
        "m",
        "Bản đồ",
        outline({"a": _square(0, 0)}),
        [MapUnit("a", "Xã A", None, "chưa có")],
        "/bang",
        "/b.json",
    )
    assert drawn.live() == {"boundaries": "/b.json", "units": {"a": [0, "Xã A", "chưa có", ""]}}
    assert "20, 40, 60, 80, 100 %" in drawn.legend()
