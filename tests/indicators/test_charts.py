"""Charts, groups and marks: read with faults by file and line, loaded twice as once; one's own board."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.builders import World, world
from tests.indicators.material import ENTRY

from namro.audit.models import Entry
from namro.ground import clock
from namro.indicators.actions import arrange_board, load_boards
from namro.indicators.catalog.charts import ChartForm, Over, read_charts
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.models import Annotation, BoardPlace, Chart, ServiceGroup
from namro.organisation.terms import Refused, Role
from namro.sources.terms import PackageRefused

TODAY = date(2025, 7, 9)
RATE = definition_of(ENTRY)
GROUPS = [
    {"code": "nuoc", "name": "Ngập lụt", "name_en": "Floods", "owner": "48"},
    {"code": "y_te", "name": "Y tế", "name_en": "Health", "owner": "48"},
]
LINE: dict[str, Any] = {
    "code": "ty_le_12_thang", "title": "Tỷ lệ mỗi tháng", "title_en": "Rate a month", "form": "line", "over": "time",
    "indicators": ["ty_le"], "period": "month", "last": 12, "levels": ["city", "commune"], "why": "Để biết xu hướng.",
}  # fmt: skip
MAP = LINE | {"code": "ty_le_xa", "title": "Theo xã", "form": "map", "over": "units", "levels": ["city"]}


def package(folder: Path, *charts: dict[str, Any], groups: list[dict[str, str]] = GROUPS) -> Path:
    """Write a package of one file of charts, two groups and one mark."""
    head = {"owner": "48", "next_review": date(2026, 1, 15)}
    (folder / "charts").mkdir()
    _write(folder / "groups.yaml", head | {"groups": groups})
    _write(folder / "charts" / "nuoc.yaml", head | {"group": "nuoc", "charts": list(charts)})
    mark = {"day": date(2025, 7, 1), "words": "hai cấp", "words_en": "two tiers", "source": "Luật"}
    _write(folder / "annotations.yaml", head | {"annotations": [mark]})
    return folder


def _write(file: Path, content: dict[str, Any]) -> None:
    file.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the charts of a package."""
    with pytest.raises(PackageRefused) as refused:
        read_charts(folder / "charts", today=TODAY, units={"48"}, groups={"nuoc"}, indicators={"ty_le": RATE})
    return [f"{fault.file}:{fault.line} {fault.what}" for fault in refused.value.faults]


def test_a_chart_is_read_with_the_head_of_its_file(tmp_path: Path) -> None:
    folder = package(tmp_path, LINE, MAP)
    found, _ = read_charts(
        folder / "charts", today=TODAY, units={"48"}, groups={"nuoc"}, indicators={"ty_le": RATE}
    )
    chart = found[0][0]
    assert (chart.form, chart.over, chart.last, chart.owner) == (ChartForm.LINE, Over.TIME, 12, "48")
    assert found[1][0].last == 12


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"form": "pie"}, "«form» là «pie»"),
        ({"form": "gauge"}, "dạng «gauge» không đi với «over: time»; chỉ đi với: now"),
        ({"indicators": ["khong_co"]}, "không có chỉ tiêu «khong_co»"),
        ({"indicators": "ty_le"}, "«indicators» phải là một danh sách"),
        ({"period": "day"}, "chỉ tiêu «ty_le» không có kỳ «day»"),
        ({"last": 1}, "cần «last» từ 2 kỳ trở lên"),
        ({"last": 500}, "«last» là số kỳ từ 1 đến 120"),
        ({"levels": ["ward"]}, "«levels» chỉ gồm"),
        ({"tilte": "x"}, "không có mục «tilte»"),
        ({"title": ""}, "thiếu «title»"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, wrong: dict[str, Any], said: str) -> None:
    [told] = faults(package(tmp_path, LINE | wrong))
    assert told.startswith("charts/nuoc.yaml:5 ")
    assert said in told


def test_two_charts_may_not_show_the_same_whatever_they_are_called(tmp_path: Path) -> None:
    twin = LINE | {
        "code": "ten_khac",
        "title": "Tên khác",
        "form": "column",
        "last": 6,
        "levels": ["commune"],
    }
    [told] = faults(package(tmp_path, LINE, twin))
    assert "biểu đồ «ten_khac» trình bày đúng điều «ty_le_12_thang» đã trình bày" in told


def test_a_group_that_is_none_is_told(tmp_path: Path) -> None:
    folder = package(tmp_path, LINE)
    with pytest.raises(PackageRefused) as refused:
        read_charts(folder / "charts", today=TODAY, units={"48"}, groups=set(), indicators={"ty_le": RATE})
    assert "không có nhóm «nuoc»" in str(refused.value.faults[0].what)


@pytest.fixture
def place(db: None) -> World:
    """A small world on the demo's day."""
    with clock.at(TODAY):
        return world()


def _load(folder: Path) -> dict[str, int]:
    with clock.at(TODAY):
        return load_boards(folder, package="mau", units={"48"}, indicators=[RATE])


def test_loading_twice_is_as_once_and_what_is_no_longer_declared_falls_out_of_use(
    place: World, tmp_path: Path
) -> None:
    folder = package(tmp_path, LINE, MAP)
    assert _load(folder) == {"groups": 2, "charts": 2, "annotations": 1, "chart_warnings": 0}
    lines = Entry.objects.filter(verb="declare_charts").count()
    _load(folder)
    assert Entry.objects.filter(verb="declare_charts").count() == lines == 2
    assert list(Annotation.objects.values_list("words", flat=True)) == ["hai cấp"]
    (folder / "charts" / "nuoc.yaml").write_text(
        (folder / "charts" / "nuoc.yaml").read_text(encoding="utf-8").replace("ty_le_xa", "ty_le_ban_do"),
        encoding="utf-8",
    )
    _load(folder)
    active = Chart.objects.filter(is_active=True).values_list("code", flat=True)
    assert set(active) == {"ty_le_12_thang", "ty_le_ban_do"}
    assert ServiceGroup.objects.get(code="nuoc").order == 0


def test_ones_own_board_keeps_its_order_and_refuses_what_is_none(place: World, tmp_path: Path) -> None:
    _load(package(tmp_path, LINE, MAP))
    who = place.people[Role.SECRETARIAT]
    with clock.at(TODAY):
        arrange_board(["ty_le_xa", "ty_le_12_thang", "ty_le_xa"], by=who)
        with pytest.raises(Refused, match="Không có biểu đồ «khac»"):
            arrange_board(["khac"], by=who)
        with pytest.raises(Refused, match="nhiều nhất 24"):
            arrange_board([str(number) for number in range(25)], by=who)
    kept = BoardPlace.objects.filter(person=who).values_list("chart__code", flat=True)
    assert list(kept) == ["ty_le_xa", "ty_le_12_thang"]


def test_indicators_of_different_units_do_not_share_an_axis(tmp_path: Path) -> None:
    level = definition_of(ENTRY | {"code": "muc_nuoc", "unit_of_measure": "m"})
    mixed = LINE | {"indicators": ["ty_le", "muc_nuoc"]}
    known = {"ty_le": RATE, "muc_nuoc": level}
    folder = package(tmp_path, mixed, mixed | {"code": "bang", "form": "table", "levels": ["agency"]})
    with pytest.raises(PackageRefused) as refused:
        read_charts(folder / "charts", today=TODAY, units={"48"}, groups={"nuoc"}, indicators=known)
    [fault] = refused.value.faults
    assert "khác đơn vị tính (%, m) không đứng chung một trục" in fault.what
