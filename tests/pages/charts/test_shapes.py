"""Plain shapes and the forms over periods: what is drawn where, gaps and no data never drawn as zero."""

import re

from namro.pages.charts.choropleth import shapes_once, small_map
from namro.pages.charts.outline import Outline
from namro.pages.charts.periods import columns, lines
from namro.pages.charts.render import render_svg
from namro.pages.charts.shapes import Zone, dial, funnel, grid
from namro.pages.charts.trends import fitted, trend

ZONES = [Zone(80, "over"), Zone(90, "risk"), Zone(100, "ok")]


def needle(svg: str) -> float:
    """Return how far to the right the tip of a dial's needle is."""
    return float(re.findall(r'dial-needle" [^>]*x2="([\d.]+)"', svg)[0])


def test_a_dial_points_further_right_the_higher_the_value_and_never_past_its_ends() -> None:
    tips = [needle(dial(value, "x", ZONES, (0, 100), "alt")) for value in (0, 30, 85, 100, 140)]
    assert tips == sorted(tips)
    assert tips[3] == tips[4]


def test_a_dial_without_a_value_has_no_needle() -> None:
    drawn = dial(None, "—", ZONES, (0, 100), "alt")
    assert "dial-needle" not in drawn
    assert [tone for tone in ("dial-over", "dial-risk", "dial-ok") if tone in drawn] == [
        "dial-over",
        "dial-risk",
        "dial-ok",
    ]


def test_a_grid_hatches_what_is_not_known_and_escapes_names() -> None:
    drawn = grid(["Xã <A>"], ["T5", "T6"], [[None, 100.0]], [["—", "100 %"]], (20, 40, 60, 80, 100), "alt")
    assert drawn.count("url(#hatch-none)") == 1
    assert "map-ramp-6" in drawn
    assert "Xã &lt;A&gt;" in drawn


def test_a_funnel_tells_each_share_of_the_first() -> None:
    drawn = funnel(["Nộp", "Trả"], [200, 150], ["200", "150"], "alt", width=400)
    assert "Trả: 150 (75" in drawn
    assert re.findall(r'funnel-band"[^>]* width="([\d.]+)"', drawn) == ["400.0", "300.0"]


def test_a_small_map_borrows_outlines_that_stand_once() -> None:
    outline = Outline(100, {"a": "M0 0h1v1z", "b": "M2 2h1v1z"}, {})
    drawn = small_map(outline, {"a": 90.0}, "alt")
    assert re.findall(r'href="#([^"]+)"', drawn) == re.findall(r' id="([^"]+)"', shapes_once(outline))
    assert drawn.count("url(#hatch-none)") == 1


def test_columns_leave_gaps_and_name_the_last() -> None:
    option = columns(["T4", "T5", "T6"], [1.0, None, 3.0], unit="m", digits=1)
    bars = option["series"][0]["data"]
    assert [bar["value"] for bar in bars] == [1.0, None, 3.0]
    assert [bar["label"]["show"] for bar in bars] == [False, False, True]
    assert "3,0\u00a0m" in render_svg(option, 340, 168, alt="x")


def test_several_lines_are_named_below_with_their_last_value() -> None:
    option = lines(["T5", "T6"], {"Hải Vân": [1.0, 2.0], "Hòa Vang": [3.0, None]}, unit="m", digits=1)
    drawn = render_svg(option, 340, 220, alt="x")
    assert "Hải Vân 2,0\u00a0m" in drawn
    assert "Hòa Vang 3,0\u00a0m" in drawn


def test_what_happened_stands_at_its_place_on_the_axis() -> None:
    labels = [f"T{month}" for month in range(1, 7)]
    drawn = render_svg(trend(labels, [1.0] * 6, events=[(3, "hai cấp")], wide=False), 340, 168, alt="x")
    assert "hai cấp" in drawn
    assert "hai cấp" not in render_svg(trend(labels, [1.0] * 6, wide=False), 340, 168, alt="x")


def test_words_of_events_keep_within_the_plane_and_off_each_other() -> None:
    near = [(0, "đợt mưa lớn"), (2, "hai cấp"), (30, "bão"), (59, "đợt mưa lớn")]
    assert fitted(near, 60, wide=False) == [
        (0, "đợt mưa lớn", "left"), (2, "", "left"), (30, "bão", "center"), (59, "đợt mưa lớn", "right"),
    ]  # fmt: skip
