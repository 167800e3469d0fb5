"""Lines before a range: units before their peers, and a line that goes on into what is forecast."""

from dataclasses import dataclass

from namro.ground.numbers import NBSP
from namro.indicators.terms import Spread, Step
from namro.pages.charts.ranges import among, band, going_on

SPREAD = Spread(8, 1.0, 10.0, 20.0, 30.0, 40.0)


def test_a_range_is_its_lower_end_and_the_height_above_it() -> None:
    low, height = band([None, -5.0, 10.0], [None, 5.0, 12.0])
    assert (low["data"], height["data"]) == ([None, -5.0, 10.0], [None, 10.0, 2.0])
    assert low["stack"] == height["stack"]
    assert low["stackStrategy"] == "all"  # or a range through zero would be drawn wrong
    assert "areaStyle" in height
    assert "areaStyle" not in low


def test_without_a_range_there_is_nothing_to_draw() -> None:
    assert band([None, None], [None, None]) == []


def test_units_stand_before_the_range_of_their_peers() -> None:
    plane = among(["a", "b"], {"Xã": [12.0, 50.0]}, [SPREAD, None], unit="%", digits=1)
    assert [series["type"] for series in plane["series"]] == ["line"] * 3
    assert plane["yAxis"]["max"] >= 50
    assert plane["legend"]["data"] == [f"Xã 50,0{NBSP}%"]


@dataclass(frozen=True)
class _Ahead:
    steps: tuple[Step, ...] = (Step(60.0, 50.0, 70.0), Step(61.0, 40.0, 95.0))


def test_a_line_goes_on_from_its_last_value() -> None:
    plane = going_on(["5", "6", "7", "8"], [55.0, 58.0], _Ahead().steps, unit="%", digits=1, target=90.0)
    *_, low, height, dashed = plane["series"]
    assert low["data"] == [None, 58.0, 50.0, 40.0]
    assert height["data"] == [None, 0.0, 20.0, 55.0]
    assert dashed["data"][:3] == [None, 58.0, 60.0]
    assert dashed["data"][3]["label"]["formatter"] == f"dự báo 61,0{NBSP}%"
    assert dashed["lineStyle"]["type"] == "dashed"
    assert plane["yAxis"]["max"] >= 95
    assert plane["xAxis"]["data"] == ["5", "6", "7", "8"]
    assert plane["series"][0]["data"][2:] == [None, None]
