"""Sources by every means, and what befalls them: each fault leaves a receipt, what was there, and nothing half."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.builders import TODAY
from tests.flows.intake.api import Api, serving
from tests.sources import landing
from tests.sources.landing import GOOD, csv, declared, lying, workbook

from namro.flows.intake import claim_due, fetch, keep_lake, run_source
from namro.ground import clock
from namro.lake import tables
from namro.organisation.terms import Refused
from namro.outside import rest
from namro.outside.folder import TAKEN, inbox
from namro.sources.models import Batch, Source
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


@pytest.fixture
def box(lake: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder into which the files of the test source are dropped."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    settings.NAMRO_INBOX = tmp_path / "inbox"
    landing.world()
    declared()
    folder = inbox("muc_nuoc")
    folder.mkdir(parents=True)
    return folder


def run() -> list[Batch]:
    """Fetch the test source."""
    return run_source("muc_nuoc")


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


def test_a_source_is_due_to_one_caller_only(box: Path) -> None:
    source = Source.objects.get()
    assert list(claim_due()) == []
    Source.objects.update(next_run=clock.now() - timedelta(days=3))
    due = claim_due()
    assert next(due) == "muc_nuoc"
    assert list(claim_due()) == []
    source.refresh_from_db()
    assert clock.now() < source.next_run <= clock.now() + timedelta(days=1)
    with pytest.raises(Refused, match="khong_co"):
        run_source("khong_co")


def test_what_failed_is_due_again_within_the_hour(box: Path) -> None:
    due = Source.objects.get().next_run
    (box / "a.csv").write_bytes(csv(GOOD))
    fetch("muc_nuoc")
    assert Source.objects.get().next_run == due
    (box / "b.csv").write_bytes(b"x")
    with pytest.raises(CommandError, match="Có lô không nhận được"):
        call_command("take_in", "muc_nuoc", stdout=StringIO())
    assert Source.objects.get().next_run <= min(due, clock.now() + timedelta(hours=1))


def test_the_lake_is_kept_each_night(box: Path) -> None:
    for number in range(10):
        (box / f"{number}.csv").write_bytes(csv(GOOD.replace("T1", f"T{number}")))
    run()
    before = lying("ma_tram")
    keep_lake()
    assert len(tables.files("muc_nuoc")) == 1
    assert lying("ma_tram") == before


# --- an API -----------------------------------------------------------------------------------------------------
def told(day: int, level: object = 1.10) -> dict[str, Any]:
    """A row as the API says it."""
    return {
        "ngay": f"2025-07-0{day}",
        "ma_tram": "T1",
        "ma_xa": 20194,
        "muc_nuoc": level,
        "trang_thai": "tốt",
    }


@pytest.fixture
def api(box: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """An API with five rows; nobody waits for it as long as in life."""
    monkeypatch.setattr(rest, "LIMITS", 0.3)
    monkeypatch.setattr(rest.time, "sleep", lambda seconds: waits.append(seconds))
    monkeypatch.setenv("THU_TOKEN", "bi-mat")
    waits.clear()
    with serving() as api:
        api.rows = [told(day) for day in range(1, 6)]
        yield api


waits: list[float] = []


def by_api(api: Api, **settings: Any) -> list[Batch]:
    declared(connector={"kind": "rest", "url": api.url, "rows": "data", "token_env": "THU_TOKEN", **settings})
    return run()


@pytest.mark.parametrize(
    "page",
    [{"kind": "page"}, {"kind": "link"}, {"kind": "cursor", "path": "next"}],
)
def test_all_pages_are_one_batch(api: Api, page: dict[str, str]) -> None:
    [batch] = by_api(api, page=page)
    assert (batch.error, batch.rows_landed) == ("", 5)
    assert lying("muc_nuoc")[0] == ("1.1",)
    assert {token for _, token in api.asked} == {"Bearer bi-mat"}
    assert "bi-mat" not in batch.origin
    again = by_api(api, page=page)
    assert [each.pk for each in again] == [batch.pk]


def test_only_what_is_new_is_asked_for(api: Api) -> None:
    new = {"page": {"kind": "cursor"}, "cursor_param": "since"}
    declared(cursor="ngay", connector={"kind": "rest", "url": api.url, "rows": "data", **new})
    assert run()[0].cursor == "2025-07-05"
    api.rows.append(told(6))
    assert run()[0].rows_landed == 2
    assert "since=2025-07-05" in api.asked[-1][0]
    assert len(lying("ngay")) == 6


def test_a_busy_api_is_waited_for(api: Api) -> None:
    api.next = [429, 503, "half", "hang"]
    [batch] = by_api(api, page={"kind": "page"})
    assert batch.state == BatchState.FAILED
    assert waits == [1.0, 1.0, 8.0]
    api.next = [429, "hang"]
    assert by_api(api, page={"kind": "page"})[0].state == BatchState.LANDED


@pytest.mark.parametrize(
    "way, told_so",
    [
        (["hang"] * 4, "không trả lời (ReadTimeout)"),
        (["garbage"], "không phải JSON"),
        ([404], "trả lời 404"),
        (["half"] * 4, "không trả lời (RemoteProtocolError)"),
        ([500] * 4, "trả lời 500"),
    ],
)
def test_an_api_that_fails_leaves_a_receipt_and_what_was_there(
    api: Api, way: list[Any], told_so: str
) -> None:
    by_api(api, page={"kind": "page"})
    before = lying("ngay", "muc_nuoc")
    api.rows, api.next = [told(day, 9) for day in range(1, 6)], [200, *way]
    [batch] = run()
    assert batch.state == BatchState.FAILED
    assert told_so in batch.error
    assert lying("ngay", "muc_nuoc") == before
    api.next = []
    assert run()[0].rows_landed == 5


def test_an_api_of_another_shape_or_without_a_key_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    told_so = by_api(api, rows="items")[0].error
    assert "không có danh sách dòng ở «items»" in told_so
    assert told_so.endswith("trong câu trả lời có danh sách ở: «data».")
    monkeypatch.delenv("THU_TOKEN")
    assert "Chưa đặt biến môi trường THU_TOKEN" in by_api(api)[0].error


# --- a database -------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_table_of_a_database_is_read_from_its_cursor_on(
    transactional_db: None, box: Path, monkeypatch: Any
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE SCHEMA thu CREATE TABLE tram "
            "(ngay date, ma_tram text, ma_xa int, muc_nuoc numeric, trang_thai text, mat_khau text)"
        )
        cursor.execute(
            "INSERT INTO thu.tram SELECT '2025-07-01'::date + n, 'T1', 20194, n + 0.5, 'tốt', 'x' "
            "FROM generate_series(0, 3) n"
        )
    try:
        declared(connector={"kind": "sql", "url_env": "DATABASE_URL", "table": "thu.tram"}, cursor="ngay")
        [batch] = run()
        assert (batch.error, batch.rows_landed, batch.cursor) == ("", 4, "2025-07-04")
        assert lying("ngay", "muc_nuoc")[-1] == ("2025-07-04", "3.5")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE thu.tram SET muc_nuoc = 9 WHERE ngay IN ('2025-07-01', '2025-07-04')")
            cursor.execute("INSERT INTO thu.tram VALUES ('2025-07-05', 'T1', 20194, 5, 'tốt')")
        assert run()[0].rows_landed == 2
        assert [level for (level,) in lying("muc_nuoc")] == ["0.5", "1.5", "2.5", "5", "9"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA thu CASCADE")
    assert "không có bảng «thu.tram»" in run()[0].error
    monkeypatch.setenv("THU_URL", "postgresql://nobody:bi-mat@127.0.0.1:1/x")
    declared(connector={"kind": "sql", "url_env": "THU_URL", "table": "a"})
    [failed] = run()
    assert "Không đọc được cơ sở dữ liệu nguồn" in failed.error
    assert "bi-mat" not in json.dumps([failed.error, failed.origin])


def test_tables_of_the_house_that_are_nobody_s_figure_are_shut(box: Path) -> None:
    declared(connector={"kind": "own", "table": "organisation_person"})
    assert "không mở cho nguồn số liệu" in run()[0].error
