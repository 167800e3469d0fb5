"""The lake: a batch whole or not at all, once however often, replaced by its id, and every day as it was."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from threading import Thread
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from django.db import connection

from namro.ground import clock
from namro.lake import keeping, tables

pytestmark = pytest.mark.usefixtures("lake")
COLUMNS = pa.schema([("ma_tram", pa.string()), ("muc_nuoc", pa.decimal128(18, 6))])


@pytest.fixture(autouse=True)
def _levels(lake: None) -> None:
    """The table of a source."""
    tables.ensure("muc_nuoc", COLUMNS)


def rows(*told: tuple[str, date, str]) -> pa.Table:
    """Rows of a station, a day and a level."""
    return pa.table(
        {
            "ma_tram": [station for station, _, _ in told],
            "muc_nuoc": pa.array([Decimal(level) for _, _, level in told], pa.decimal128(18, 6)),
            "_row": pa.array(range(1, len(told) + 1), pa.int64()),
            "_unit": ["20194"] * len(told),
            "_day": pa.array([day for _, day, _ in told], pa.date32()),
        }
    )


JUNE, JULY = date(2025, 6, 30), date(2025, 7, 2)


def levels(**asked: Any) -> list[tuple[str, str]]:
    """What the files of the lake hold: station and level."""
    found = tables.files("muc_nuoc", **asked)
    if not found:
        return []
    asked_of = duckdb.sql(
        "SELECT ma_tram, muc_nuoc::VARCHAR FROM read_parquet($1) ORDER BY ALL", params=[found]
    )
    return [(station, level.rstrip("0").rstrip(".")) for station, level in asked_of.fetchall()]


def test_a_batch_lands_and_its_files_are_of_the_months_asked_for() -> None:
    landed = tables.land("muc_nuoc", rows(("A", JUNE, "1.5"), ("B", JULY, "2")), batch="b1")
    assert (landed.batch, landed.rows, landed.total) == ("b1", 2, 2)
    assert levels() == [("A", "1.5"), ("B", "2")]
    assert levels(months=["2025-07"]) == [("B", "2")]
    assert levels(months=["2025-08"]) == []
    assert all(Path(file).is_absolute() for file in tables.files("muc_nuoc"))


def test_the_same_batch_twice_is_there_once() -> None:
    for level in ("1", "1", "3"):
        tables.land("muc_nuoc", rows(("A", JUNE, level), ("A", JULY, "2")), batch="b1")
    tables.land("muc_nuoc", rows(("B", JULY, "7")), batch="b2")
    assert levels() == [("A", "2"), ("A", "3"), ("B", "7")]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    tables.land("muc_nuoc", rows(("A", JUNE, "1"), ("B", JUNE, "2")), batch="b1")
    tables.land("muc_nuoc", rows(("C", JUNE, "3")), batch="b2")
    tables.land("muc_nuoc", rows(("A", JULY, "9")), batch="b3", replaces="b1")
    assert levels() == [("A", "9"), ("C", "3")]


def test_a_row_whose_key_comes_again_takes_the_place_of_the_earlier() -> None:
    keys = ("ma_tram", "_day")
    tables.land("muc_nuoc", rows(("A", JUNE, "1"), ("B", JUNE, "2"), ("A", JULY, "3")), batch="b1", keys=keys)
    landed = tables.land("muc_nuoc", rows(("A", JUNE, "9"), ("C", JULY, "4")), batch="b2", keys=keys)
    assert levels() == [("A", "3"), ("A", "9"), ("B", "2"), ("C", "4")]
    assert (landed.rows, landed.total, landed.months) == (2, 4, ("2025-06", "2025-07"))
    tables.land("muc_nuoc", rows(("A", JUNE, "9")), batch="b2", keys=keys)
    assert levels() == [("A", "3"), ("A", "9"), ("B", "2")]
    tables.land("muc_nuoc", rows(("A", date(2025, 5, 1), "5")), batch="b3", keys=("ma_tram",))
    assert levels() == [("A", "5"), ("B", "2")]


def test_the_lake_as_it_was_on_a_day() -> None:
    for day, level in ((date(2025, 7, 1), "1"), (date(2025, 7, 5), "5")):
        with clock.at(day):
            tables.land("muc_nuoc", rows(("A", JUNE, level)), batch="b1")
    assert levels(as_of=date(2025, 6, 30)) == []
    assert levels(as_of=date(2025, 7, 4)) == [("A", "1")]
    assert levels(as_of=date(2025, 7, 5)) == levels() == [("A", "5")]
    assert [each.day.day for each in tables.snapshots("muc_nuoc")] == [1, 5]


def test_a_whole_replacement_keeps_what_was() -> None:
    with clock.at(date(2025, 7, 1)):
        tables.replace_all("muc_nuoc", rows(("A", JUNE, "1"), ("B", JULY, "2")), batch="b1")
    with clock.at(date(2025, 7, 2)):
        tables.replace_all("muc_nuoc", rows(("C", JULY, "3")), batch="b2")
    assert levels() == [("C", "3")]
    assert levels(as_of=date(2025, 7, 1)) == [("A", "1"), ("B", "2")]


def test_a_batch_without_rows_leaves_its_mark() -> None:
    tables.land("muc_nuoc", rows(), batch="b1")
    assert levels() == []
    found = tables.landed("muc_nuoc", "b1")
    assert found
    assert found.rows == 0
    assert tables.landed("muc_nuoc", "b2") is None


def test_a_column_that_comes_later_is_empty_before_and_a_type_does_not_change() -> None:
    tables.land("muc_nuoc", rows(("A", JUNE, "1")), batch="b1")
    tables.ensure("muc_nuoc", pa.schema([*COLUMNS, ("song", pa.string())]))
    more = rows(("B", JULY, "2")).append_column("song", pa.array(["Vu Gia"]))
    tables.land("muc_nuoc", more, batch="b2")
    found = duckdb.sql(
        "SELECT ma_tram, song FROM read_parquet($1, union_by_name=true) ORDER BY 1",
        params=[tables.files("muc_nuoc")],
    )
    assert found.fetchall() == [("A", None), ("B", "Vu Gia")]
    with pytest.raises(TypeError, match=r"muc_nuoc\.muc_nuoc"):
        tables.ensure("muc_nuoc", pa.schema([("muc_nuoc", pa.string())]))


def test_two_who_land_the_same_batch_at_once_land_it_once() -> None:
    def land() -> None:
        tables.land("muc_nuoc", rows(("A", JUNE, "1")), batch="b1")
        connection.close()

    both = [Thread(target=land) for _ in range(3)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert levels() == [("A", "1")]


def test_compaction_changes_files_and_no_row() -> None:
    for number in range(keeping.FEW + 2):
        tables.land("muc_nuoc", rows((f"A{number}", JUNE, "1")), batch=f"b{number}")
    before = levels()
    assert len(tables.files("muc_nuoc")) == keeping.FEW + 2
    assert keeping.compact("muc_nuoc") == ["2025-06"]
    assert len(tables.files("muc_nuoc")) == 1
    assert levels() == before
    assert keeping.compact("muc_nuoc") == []
    tables.land("muc_nuoc", rows(("A3", JUNE, "2")), batch="b3")
    assert ("A3", "2") in levels()
    assert ("A3", "1") not in levels()


def test_expired_snapshots_take_their_files_along_but_not_the_last_before_the_day(monkeypatch: Any) -> None:
    for day in range(1, 6):
        with clock.at(date(2025, 7, day)):
            tables.replace_all("muc_nuoc", rows(("A", JUNE, str(day))), batch=f"b{day}")
    assert keeping.expire("muc_nuoc", date(2025, 7, 4)) > 0
    assert keeping.sweep("muc_nuoc") == 0
    monkeypatch.setattr(keeping, "GRACE_SECONDS", -1)
    assert keeping.sweep("muc_nuoc") > 0
    assert levels(as_of=date(2025, 7, 3)) == [("A", "3")]
    assert levels(as_of=date(2025, 7, 4)) == [("A", "4")]
    assert levels() == [("A", "5")]
    assert levels(as_of=date(2025, 7, 2)) == []
    tables.land("muc_nuoc", rows(("B", JULY, "6")), batch="b6")
    assert levels() == [("A", "5"), ("B", "6")]


def test_nothing_is_known_of_a_table_that_was_never_made() -> None:
    assert tables.files("khong_co") == []
    assert tables.snapshots("khong_co") == []
    assert tables.tables() == ["muc_nuoc"]
    with pytest.raises(KeyError):
        tables.land("khong_co", rows(), batch="b1")


def test_the_metadata_hold_no_path_of_this_machine(settings: Any) -> None:
    tables.land("muc_nuoc", rows(("A", JUNE, "1")), batch="b1")
    here = str(settings.NAMRO_LAKE_FOLDER).encode()
    lying = [path for path in settings.NAMRO_LAKE_FOLDER.rglob("*") if path.is_file()]
    assert lying
    assert not [path.name for path in lying if here in path.read_bytes()]
