"""Files dropped into a folder: as offices write them, taken in order, and left there when they are not whole."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from tests.flows.intake.conftest import run
from tests.sources import landing
from tests.sources.landing import GOOD, csv, lying, workbook

from namro.outside.folder import TAKEN
from namro.sources.models import Batch
from namro.sources.terms import BatchState

pytestmark = pytest.mark.usefixtures("lake")
TITLED = [
    ["ỦY BAN NHÂN DÂN THÀNH PHỐ"],
    ["Báo cáo mực nước tháng 7"],
    [],
    ["TT", "NGÀY ĐO", "Mã trạm", "Xã", "Mực nước", "Số lần đo", "Trạng thái"],
    [1, date(2025, 7, 1), "T1", 20194, 1.5, 3, "tốt"],
    [None] * 7,
    [2, "02/07/2025", "T1", 20194.0, 2, None, "hỏng"],
]


def test_a_file_lands_and_goes_aside(box: Path) -> None:
    (box / "a.csv").write_bytes(csv(GOOD))
    [batch] = run()
    assert (batch.state, batch.rows_landed, batch.origin, batch.bytes > 0) == ("landed", 1, "a.csv", True)
    assert [path.name for path in box.iterdir()] == [TAKEN]
    (box / "the same.csv").write_bytes(csv(GOOD))
    assert run() == [batch]
    assert sorted(path.name for path in (box / TAKEN).iterdir()) == ["a.csv", "the same.csv"]
    [nothing] = run()
    assert nothing.state == BatchState.SAME
    assert lying("muc_nuoc") == [("1.5",)]


@pytest.mark.parametrize(
    "content",
    [
        csv(GOOD).decode().encode("utf-16"),
        b"\xef\xbb\xbf" + csv(GOOD),
        csv(GOOD).replace(b",", b";").replace(b"\n", b"\r\n"),
        "Bảng mực nước\n\n".encode() + csv(GOOD),
        csv(GOOD).replace(b",", b"\t"),
    ],
)
def test_csv_as_offices_write_it(box: Path, content: bytes) -> None:
    (box / "a.csv").write_bytes(content)
    assert [batch.error for batch in run()] == [""]
    assert lying("muc_nuoc", "trang_thai") == [("1.5", "tốt")]


def test_a_workbook_with_titles_above_its_headings(box: Path) -> None:
    (box / "a.xlsx").write_bytes(workbook(TITLED, merged="A1:G1"))
    [batch] = run()
    assert (batch.error, batch.rows_landed, batch.rows_quarantined) == ("", 2, 0)
    assert lying("ngay", "muc_nuoc", "so_lan", "_unit") == [
        ("2025-07-01", "1.5", 3, "20194"), ("2025-07-02", "2", None, "20194"),
    ]  # fmt: skip


def test_parquet(box: Path) -> None:
    typed = pa.table(
        {
            "ngay": [date(2025, 7, 1)],
            "ma_tram": ["T1"],
            "ma_xa": ["20194"],
            "muc_nuoc": [1.5],
            "trang_thai": ["tốt"],
        }
    )
    pa.parquet.write_table(typed, box / "a.parquet")
    assert [batch.rows_landed for batch in run()] == [1]


@pytest.mark.parametrize(
    "name, content, told",
    [
        ("a.csv", csv(GOOD, GOOD)[:-20], "dòng cuối không xuống dòng"),
        ("a.csv", csv(GOOD + ",quá,nhiều"), "hỏng hoặc bị cắt"),
        ("a.csv", b"", "rỗng"),
        ("a.csv", csv(GOOD).decode().encode("cp1258", "replace"), "không đọc được theo bảng mã utf-8"),
        ("a.csv", csv(GOOD, head="a,b,c,d,e,f,g,h"), "không có cột nào của hợp đồng"),
        ("a.csv", csv(GOOD, head=landing.HEAD.replace("Mã trạm", "Ngày đo")), "hai cột cùng tên «Ngày đo»"),
        ("a.xlsx", workbook(TITLED)[:-200], "hỏng hoặc bị cắt"),
        ("a.parquet", b"PAR1 half", "hỏng hoặc bị cắt"),
    ],
)
def test_a_file_that_is_not_whole_or_not_ours_stays_and_is_told(
    box: Path, name: str, content: bytes, told: str
) -> None:
    (box / name).write_bytes(content)
    [batch] = run()
    assert batch.state == BatchState.FAILED
    assert told in batch.error
    assert (box / name).exists()
    assert lying("ma_tram") == []


def test_what_is_still_being_written_is_left_alone(box: Path) -> None:
    for name in (".a.csv", "a.csv.part", "b.tmp"):
        (box / name).write_bytes(csv(GOOD))
    assert [batch.state for batch in run()] == [BatchState.SAME]


def test_nothing_overtakes_a_file_that_cannot_land(box: Path) -> None:
    (box / "1.csv").write_bytes(b"x")
    (box / "2.csv").write_bytes(csv(GOOD))
    assert [batch.state for batch in run()] == [BatchState.FAILED]
    (box / "1.csv").write_bytes(csv(GOOD.replace("T1", "T0")))
    assert [batch.state for batch in run()] == ["landed", "landed"]
    assert Batch.objects.filter(state="failed").count() == 1


def test_down_for_a_week_and_back_with_all_of_it(box: Path) -> None:
    for day in range(1, 8):
        rows = [GOOD.replace("01/07", f"0{of}/07").replace("1.5", str(day)) for of in {max(1, day - 1), day}]
        (box / f"{day}.csv").write_bytes(csv(*rows))
    assert [batch.state for batch in run()] == ["landed"] * 7
    assert lying("ngay", "muc_nuoc") == [(f"2025-07-0{day}", str(min(day + 1, 7))) for day in range(1, 8)]
