"""The four forms: words baked in Vietnamese, gaps stay gaps, nothing that a script would have to finish."""

import json

from namro.pages.charts.options import bars, heights, share, stacked_states, trend, words

STATES = {"done": "xong đúng hạn", "done_late": "xong quá hạn", "in_progress": "đang làm"}


def test_words_carry_the_unit_of_measure() -> None:
    assert words(42.66, "%") == "42,7\u00a0%"
    assert words(1154, "m") == "1.154\u00a0m"
    assert words(7, "") == "7"
    assert words(None, "m") == "—"


def test_a_trend_names_its_last_value_and_keeps_its_gaps() -> None:
    line = trend(["T1", "T2", "T3", "T4"], [1.0, None, 42.66, None], unit="%")["series"][0]
    assert line["data"][1] is None
    assert line["data"][2]["label"]["formatter"] == "42,7\u00a0%"
    assert line["connectNulls"] is False


def test_a_trend_without_any_value_can_be_drawn() -> None:
    assert trend(["T1", "T2"], [None, None])["series"][0]["data"] == [None, None]


def test_the_marks_of_a_trend_are_vietnamese() -> None:
    marks = trend(["T1"], [1_326_132], unit="trang")["series"][0]["markLine"]["data"]
    assert [mark["label"]["formatter"] for mark in marks] == ["0", "500.000", "1.000.000", "1.500.000"]


def test_a_target_is_named() -> None:
    series = trend(["T1"], [10], unit="%", target=60)["series"]
    assert series[1]["markPoint"]["data"][0]["label"]["formatter"] == "mục tiêu 60,0\u00a0%"


def test_a_phone_names_the_other_line_in_a_legend() -> None:
    compare = ("cả nước", [29.9])
    assert "legend" not in trend(["T1"], [10], unit="%", compare=compare)
    assert (
        trend(["T1"], [10], unit="%", compare=compare, wide=False)["legend"]["formatter"]
        == "cả nước 29,9\u00a0%"
    )


def test_a_bar_of_nothing_known_says_so() -> None:
    data = bars(["A", "B"], [None, 85.7], unit="%", notes=["", "12 / 14"])["series"][0]["data"]
    assert data[0]["label"]["formatter"] == "—"
    assert data[1]["label"]["formatter"] == "85,7\u00a0% · 12 / 14"


def test_states_are_shares_of_their_own_total() -> None:
    option = stacked_states(["A", "B"], [{"done": 1, "in_progress": 3}, {"done": 10}], states=STATES)
    first, second, tail = option["series"]
    assert first["data"] == [25, 100]
    assert second["data"] == [75, 0]
    assert [point["label"]["formatter"] for point in tail["data"]] == ["4", "10"]
    assert option["legend"]["data"] == ["xong đúng hạn", "đang làm"]


def test_a_register_without_tasks_is_no_division_by_zero() -> None:
    assert stacked_states(["A"], [{}], states=STATES)["series"][0]["data"][0]["value"] == 0


def test_parts_of_a_whole_tell_their_share() -> None:
    option = share(["Đã", "Đang", "Chưa"], [1154, 381, 66], unit="m")
    told = [part["label"]["formatter"] for part in option["series"][0]["data"]]
    assert told == [
        "Đã\n1.154\u00a0m · 72\u00a0%",
        "Đang\n381\u00a0m · 24\u00a0%",
        "Chưa\n66\u00a0m · 4\u00a0%",
    ]
    assert option["title"]["text"] == "1.601\u00a0m"


def test_bars_need_room_for_rows_and_legend() -> None:
    assert heights(3)[True] < heights(3, list(STATES.values()))[True]
    assert heights(3)[False] > heights(3)[True]


def test_options_are_plain_data() -> None:
    json.dumps(
        [trend(["a"], [1]), bars(["a"], [1]), stacked_states(["a"], [{}], states=STATES), share(["a"], [1])]
    )


def test_words_of_two_lines_that_end_together_are_moved_apart() -> None:
    near = trend(["a", "b"], [50.0, 67.0], unit="%", compare=("thành phố", [55.0, 66.4]))
    far = trend(["a", "b"], [50.0, 67.0], unit="%", compare=("thành phố", [20.0, 30.0]))
    ends = [line["data"][-1]["label"].get("offset") for line in near["series"]]
    assert ends == [[0, -8], [0, 8]]
    assert [line["data"][-1]["label"].get("offset") for line in far["series"]] == [None, None]
