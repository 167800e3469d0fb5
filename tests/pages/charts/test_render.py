"""Drawings: clean for a strict page, alone in a document, words escaped, drawn once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from lxml import etree

from namro.pages.charts import engine
from namro.pages.charts.options import bars, share, stacked_states, trend
from namro.pages.charts.render import render_png, render_svg

STATES = {"done": "xong", "done_late": "xong quá hạn", "in_progress": "đang làm"}
FORMS = {
    "trend": trend(["T1", "T2"], [1, 2], unit="%", target=3, compare=("cả nước", [1, None])),
    "bars": bars(["Sở A", "Xã B"], [14.7, None], unit="%"),
    "states": stacked_states(["A"], [{"done": 1, "done_late": 1}], states=STATES),
    "share": share(["Đã", "Chưa"], [3, 1], unit="m"),
}


@pytest.mark.parametrize("option", FORMS.values(), ids=FORMS.keys())
def test_a_page_may_hold_the_drawing(option: dict[str, Any]) -> None:
    svg = render_svg(option, 560, 240, alt="Tỷ lệ")
    etree.fromstring(svg)
    for refused in ("style=", "<style", "<script", "ecmeta", 'class="zr'):
        assert refused not in svg
    assert 'role="img" aria-label="Tỷ lệ"' in svg
    assert "var(--" in svg


@pytest.mark.parametrize("option", FORMS.values(), ids=FORMS.keys())
def test_a_document_holds_it_alone(option: dict[str, Any]) -> None:
    svg = render_svg(option, 560, 240, theme="document")
    etree.fromstring(svg)
    assert "var(" not in svg
    assert "Be Vietnam Pro" not in svg
    assert render_png(svg, 1.0).startswith(b"\x89PNG")


def test_late_work_is_hatched_and_a_document_brings_the_hatch() -> None:
    assert 'fill="url(#hatch-late)"' in render_svg(FORMS["states"], 560, 120)
    assert "<pattern" not in render_svg(FORMS["states"], 560, 120)
    assert '<pattern id="hatch-late"' in render_svg(FORMS["states"], 560, 120, theme="document")


def test_words_cannot_break_out() -> None:
    svg = render_svg(bars(["<script>alert(1)</script>"], [1]), 560, 60, alt='"><script>')
    assert "<script" not in svg
    etree.fromstring(svg)


def test_the_same_option_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    option = bars(["một lần"], [1])
    first = render_svg(option, 560, 60)
    monkeypatch.setattr(engine, "draw", lambda *_: pytest.fail("drawn twice"))
    assert render_svg(dict(reversed(option.items())), 560, 60) == first


def test_ids_of_two_drawings_do_not_meet() -> None:
    clipped = [render_svg(trend(["T1", "T2"], [1, value]), 560, 240) for value in (2, 3)]
    ids = [
        {node.attrib["id"] for node in etree.fromstring(svg).iter() if "id" in node.attrib} for svg in clipped
    ]
    assert not ids[0] & ids[1]


def test_many_hands_may_draw_at_once() -> None:
    options = [bars([f"Đơn vị {number}"], [number]) for number in range(24)]
    with ThreadPoolExecutor(6) as hands:
        drawn = list(hands.map(lambda option: render_svg(option, 560, 60), options))
    assert all(f"Đơn vị {number}<" in svg for number, svg in enumerate(drawn))


def test_a_drawing_that_fails_leaves_the_engine_usable() -> None:
    with pytest.raises(Exception, match="nope"):
        engine.draw(
            {"series": [{"type": "line", "data": [1]}], "xAxis": {"type": "nope"}, "yAxis": {}}, 100, 100
        )
    assert render_svg(bars(["sau lỗi"], [1]), 560, 60).startswith("<svg")
