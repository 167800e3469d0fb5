"""The engine on a small city of its own: rows, columns, old units, planted faults, files."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import yaml
from openpyxl import load_workbook

from namro.flows.demo.centre.recipes import Kitchen
from namro.flows.demo.centre.rows import Window
from namro.flows.demo.centre.writing import Sender
from namro.ground.reviewed import FileRefused

PROFILE = """code,name,kind,area_km2,population
20200,Phường Hòa Khánh,ward,40,100000
20698,Xã La Êê,commune,243,2400
20333,Đặc khu Hoàng Sa,special_zone,305,
"""
MERGERS = """new_code,old_code,part
20200,20200,whole
20200,20203,whole
20200,20296,part
20698,20698,whole
"""
RHYTHMS = {
    "tet": [date(2025, 1, 29)],
    "merger": date(2025, 7, 1),
    "begin": date(2025, 1, 1),
    "storms": [],
    "places": {"towns": ["20200"]},
}
COLUMNS = [
    {"name": "ngay", "type": "date", "heading": ["Ngày"]},
    {"name": "ma_xa", "type": "text", "heading": ["Mã xã"]},
    {"name": "tiep_nhan", "type": "integer", "heading": ["Hồ sơ tiếp nhận"]},
    {"name": "dung_han", "type": "integer", "heading": ["Đúng hạn"]},
    {"name": "gio", "type": "decimal", "heading": ["Giờ"]},
    {"name": "han", "type": "text", "heading": ["Hạn"]},
]
RECIPE = {
    "seed": 7,
    "grain": "day",
    "places": "all",
    "write": {"kind": "csv", "cuts": [date(2025, 7, 1)]},
    "columns": {
        "ngay": {"make": "day"},
        "ma_xa": {"make": "place"},
        "tiep_nhan": {
            "make": "number",
            "level": 1.5,
            "whole": True,
            "rhythm": {"week": [1, 1, 1, 1, 1, 0, 0]},
        },
        "dung_han": {"make": "part", "of": "tiep_nhan", "share": 0.9},
        "gio": {"make": "number", "per": "one", "level": 20, "noise": 0.4, "digits": 1},
        "han": {"make": "compare", "of": "gio", "at_most": 24, "within": "dung_han", "beyond": "tre_han"},
    },
}
JUNE = Window(date(2025, 6, 2), date(2025, 7, 6))
Cook = Callable[..., Kitchen]


@pytest.fixture
def cook(tmp_path: Path) -> Cook:
    """Return what writes a package with one source, changed as asked, and opens it."""

    def write(
        planted: list[Mapping[str, Any]] | None = None, codes: str = "units", **changed: Any
    ) -> Kitchen:
        contract = {"code": "mau", "owner": "A", "time": "ngay", "unit": {"column": "ma_xa", "codes": codes}}
        files = {
            "units/danang_profile.csv": PROFILE,
            "units/danang_mergers.csv": MERGERS,
            "demo/rhythms.yaml": RHYTHMS,
            "demo/planted.yaml": {"planted": planted or []},
            "demo/centre/mau.yaml": RECIPE | changed,
            "sources/mau.yaml": contract | {"columns": COLUMNS},
        }
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(
                content
                if isinstance(content, str)
                else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
            )
        return Kitchen(tmp_path)

    return write


def fault(kind: str, **said: Any) -> dict[str, Any]:
    whole = {"code": kind, "source": "mau", "fault": kind, "finds": "threshold", "what": "thử"}
    return whole | {"from": date(2025, 6, 9), "to": date(2025, 6, 10)} | said


def total(table: pa.Table, column: str) -> int:
    return int(pc.sum(table[column]).as_py())


def test_every_commune_with_people_has_a_row_a_day(cook: Cook) -> None:
    table = cook().table("mau", JUNE)
    assert table.num_rows == 35 * 2
    assert set(table["ma_xa"].to_pylist()) == {"20200", "20698"}


def test_a_part_is_never_more_than_its_whole_and_nobody_comes_on_sunday(cook: Cook) -> None:
    table = cook().table("mau", JUNE)
    assert all(pc.less_equal(table["dung_han"], table["tiep_nhan"]).to_pylist())
    sundays = pc.equal(pc.day_of_week(table["ngay"]), 6)
    assert total(table.filter(sundays), "tiep_nhan") == 0
    assert total(table, "tiep_nhan") > 2000


def test_people_make_the_difference(cook: Cook) -> None:
    table = cook().table("mau", JUNE)
    small = total(table.filter(pc.equal(table["ma_xa"], "20698")), "tiep_nhan")
    assert 20 * small < total(table, "tiep_nhan")


def test_before_the_merger_the_old_whole_units_report_from_then_on_the_new(cook: Cook) -> None:
    table = cook(codes="former").table("mau", JUNE)
    before = pc.less(table["ngay"], pa.scalar(date(2025, 7, 1)))
    assert set(table.filter(before)["ma_xa"].to_pylist()) == {"20200", "20203", "20698"}
    assert set(table.filter(pc.invert(before))["ma_xa"].to_pylist()) == {"20200", "20698"}


def test_the_same_seed_gives_the_same_rows_another_gives_others(cook: Cook) -> None:
    first, again = cook().table("mau", JUNE), cook().table("mau", JUNE)
    assert first.equals(again)
    assert not first.equals(cook(seed=8).table("mau", JUNE))


def test_a_column_does_not_depend_on_what_is_made_beside_it(cook: Cook) -> None:
    fewer = {name: spec for name, spec in RECIPE["columns"].items() if name != "dung_han"}
    alone = cook(columns=fewer | {"dung_han": {"make": "fixed", "value": 0}}).table("mau", JUNE)
    assert alone["gio"].equals(cook().table("mau", JUNE)["gio"])


def test_events_come_as_often_as_expected_each_in_one_category(cook: Cook) -> None:
    kitchen = cook(grain="event", categories={"a": 3, "b": 1}, events={"level": 0.5})
    table = kitchen.table("mau", JUNE)
    assert 35 * 50 < table.num_rows < 35 * 53
    assert (
        cook(grain="event", events={"level": 0.5}, planted=[fault("events", factor=9)])
        .table("mau", JUNE)
        .num_rows
        > 1.3 * table.num_rows
    )


def test_what_is_derived_follows_from_a_planted_fault(cook: Cook) -> None:
    table = cook([fault("scale", column="gio", factor=100, units=["20698"])]).table("mau", JUNE)
    hit = [row for row in table.to_pylist() if row["gio"] > 300]
    assert [(row["ngay"].day, row["ma_xa"], row["han"]) for row in hit] == [
        (9, "20698", "tre_han"),
        (10, "20698", "tre_han"),
    ]


@pytest.mark.parametrize(
    ("said", "differs"),
    [
        (fault("set", column="gio", value=-1), lambda row: row["gio"] == -1),
        (fault("add", column="gio", more=500), lambda row: row["gio"] > 500),
        (fault("share", column="dung_han", of="tiep_nhan", share=0), lambda row: row["dung_han"] == 0),
        (fault("unknown_unit", column="ma_xa", value="99999", rows=4), lambda row: row["ma_xa"] == "99999"),
        (fault("blank", column="tiep_nhan", rows=4), lambda row: row["tiep_nhan"] is None),
    ],
    ids=lambda said: said["fault"] if isinstance(said, dict) else "",
)
def test_a_fault_of_two_days_touches_four_rows(cook: Cook, said: Any, differs: Callable[[Any], bool]) -> None:
    rows = cook([said]).table("mau", Window(date(2025, 6, 9), date(2025, 6, 13))).to_pylist()
    assert [row["ngay"].day for row in rows if differs(row)] == [9, 9, 10, 10]


def test_a_drift_grows_to_its_factor(cook: Cook) -> None:
    said = fault("drift", column="gio", factor=10, to=date(2025, 7, 6))
    rows = zip(
        cook([said]).table("mau", JUNE).to_pylist(), cook().table("mau", JUNE).to_pylist(), strict=True
    )
    ratio = {drifted["ngay"]: drifted["gio"] / plain["gio"] for drifted, plain in rows}
    assert ratio[date(2025, 6, 8)] == 1
    assert ratio[date(2025, 6, 9)] == pytest.approx(1)
    assert ratio[date(2025, 7, 6)] == pytest.approx(10, rel=0.01)


def test_silence_takes_rows_away_and_doubling_adds_them(cook: Cook) -> None:
    silent = cook([fault("silence", units=["20698"])]).table("mau", JUNE)
    assert silent.num_rows == 70 - 2
    assert cook([fault("doubled", rows=3)]).table("mau", JUNE).num_rows == 70 + 3


def test_a_day_of_the_future_is_written(cook: Cook) -> None:
    table = cook([fault("moved", column="ngay", days=365, rows=2)]).table("mau", JUNE)
    assert table["ngay"].to_pylist().count(date(2026, 6, 9)) == 2


def test_a_fault_and_a_maker_that_are_none_are_refused_with_their_line(cook: Cook) -> None:
    with pytest.raises(FileRefused, match="planted.yaml, dòng"):
        cook([fault("magic")]).table("mau", JUNE)
    with pytest.raises(FileRefused, match="không có cách làm “dice”"):
        cook(columns={"ngay": {"make": "dice"}}).table("mau", JUNE)


def files(kitchen: Kitchen) -> dict[str, bytes]:
    sender = Sender.of(kitchen.contract("mau"), kitchen.recipe("mau")["write"])
    return dict(sender.files(kitchen.table("mau", JUNE), kitchen.planted_in("mau")))


def test_csv_is_cut_where_the_recipe_says_under_vietnamese_headings(cook: Cook) -> None:
    found = files(cook(write={"kind": "csv", "cuts": [date(2025, 7, 1)], "days": "dd/mm/yyyy"}))
    assert list(found) == ["mau-lich-su.csv", "mau-tu-2025-07-01.csv"]
    head, first, *_ = found["mau-tu-2025-07-01.csv"].decode().splitlines()
    assert head.startswith('"Ngày","Mã xã","Hồ sơ tiếp nhận"')
    assert first.startswith('"01/07/2025","20200"')


def test_a_workbook_has_titles_over_its_headings_and_no_clock(cook: Cook) -> None:
    how = {"kind": "xlsx", "title": "BÁO CÁO", "cuts": []}
    found, again = files(cook(write=how)), files(cook(write=how))
    assert found == again
    sheet = load_workbook(io.BytesIO(found["mau-lich-su.xlsx"])).active
    assert sheet["A1"].value == "BÁO CÁO"
    assert sorted(str(each) for each in sheet.merged_cells.ranges) == ["A1:F1", "A2:F2"]
    assert [cell.value for cell in sheet[4]][:2] == ["Ngày", "Mã xã"]


def test_files_are_wrong_where_they_are_planted_wrong(cook: Cook) -> None:
    planted = [
        fault("wrong_columns", column="tiep_nhan", value="So ho so (moi)"),
        fault("cut_off"),
        fault("twice"),
        fault("letters", column="tiep_nhan", value="chưa có", rows=2),
    ]
    found = files(cook(planted))
    assert b"So ho so (moi)" in found["mau-wrong_columns.csv"].splitlines()[0]
    assert not found["mau-cut_off.csv"].endswith(b"\n")
    assert found["mau-twice.csv"] == found["mau-tu-2025-07-01.csv"]
    assert found["mau-letters.csv"].decode().count("chưa có") == 2
