"""Rows of a table: of another database, from its cursor on, and of the house's own."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.flows.intake.conftest import run
from tests.sources.landing import declared, lying

pytestmark = pytest.mark.usefixtures("lake")


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
