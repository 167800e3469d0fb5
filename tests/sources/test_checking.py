"""The checks against a plain reading of the same contract, row by row."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.landing import CONTRACT

from namro.ground.clock import VIETNAM
from namro.sources.catalog.contracts import contract_of
from namro.sources.formulas.checking import check
from namro.sources.formulas.fitting import fit, guard
from namro.sources.rules.schedule import freshness, next_run
from namro.sources.terms import Every, Freshness, Schedule

CONTRACTED = contract_of(yaml.safe_load(CONTRACT.read_text(encoding="utf-8")))
NOW = datetime(2025, 7, 9, 12, tzinfo=VIETNAM)
UNITS = pa.table(
    {
        "raw": ["20194", "cũ", "?"],
        "early": pa.array([None, "20320", None], pa.string()),
        "late": pa.array(["20194", None, None], pa.string()),
        "changed_on": pa.array([date(2025, 7, 1)] * 3, pa.date32()),
        "reason": ["", "", "Không có đơn vị «?»."],
    }
)
KNOWN = {"20194": "20194", "cũ": "20320"}


def plain(rows: list[dict[str, Any]]) -> list[tuple[int, str, Decimal, str]]:
    """What lands, by a plain reading: row, unit, level, day."""
    landed, keys = [], set[tuple[str, str]]()
    for number, row in enumerate(rows, start=1):
        day, station, level = row["ngay"], row["ma_tram"].strip(), row["muc_nuoc"]
        right = re.fullmatch(r"-?\d{1,6}(\.\d{1,3})?", level)
        has_form = re.fullmatch(r"\d\d/\d\d/\d{4}", day)
        is_day = has_form and int(day[:2]) <= 28 and 1 <= int(day[3:5]) <= 12
        key = (station, day)
        is_first = key not in keys
        if is_day and station:
            keys.add(key)
        in_time = is_day and date(1900, 1, 1) <= date(int(day[6:]), int(day[3:5]), int(day[:2])) <= NOW.date()
        fits = right and Decimal(-2) <= Decimal(level) <= Decimal("15.5")
        if (
            in_time
            and fits
            and is_first
            and station
            and row["ma_xa"] in KNOWN
            and row["trang_thai"] in {"tốt", "hỏng"}
        ):
            landed.append((number, KNOWN[row["ma_xa"]], Decimal(level), f"{day[6:]}-{day[3:5]}-{day[:2]}"))
    return landed


DAYS = st.sampled_from(
    ["01/07/2025", "28/02/2024", "10/07/2025", "01/01/1899", "2x/01/2025", "", "15/13/2025"]
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "ngay": DAYS,
            "ma_tram": st.sampled_from(["T1", "T2", " T1 ", "", "Trạm ó"]),
            "ma_xa": st.sampled_from(["20194", "cũ", "?", "20195"]),
            "muc_nuoc": st.one_of(
                st.decimals(-3, 17, places=2).map(str),
                st.sampled_from(["15.5", "-2", "15.51", "1,5", "x", ""]),
            ),
            "trang_thai": st.sampled_from(["tốt", "hỏng", "Tốt", ""]),
        }
    ),
    min_size=1,
    max_size=30,
)


@settings(max_examples=60)
@given(rows=ROWS)
def test_whole_columns_say_what_a_plain_reading_says(rows: list[dict[str, Any]]) -> None:
    fitted = guard(fit(pa.Table.from_pylist(rows), CONTRACTED), CONTRACTED, b"key")
    found = check(fitted, CONTRACTED, UNITS, now=NOW)
    landed = found.good.select(["_row", "_unit", "muc_nuoc", "_day"]).to_pylist()
    told = [(row["_row"], row["_unit"], row["muc_nuoc"], row["_day"].isoformat()) for row in landed]
    assert told == plain(rows)
    held = found.bad.to_pylist()
    assert sorted([row["_row"] for row in held] + [row[0] for row in told]) == list(range(1, len(rows) + 1))
    assert all(row["_reasons"] for row in held)


@given(
    after=st.datetimes(timezones=st.just(VIETNAM)).filter(lambda moment: 1900 < moment.year < 2100),
    every=st.sampled_from(list(Every)),
    at=st.times(),
)
def test_the_next_run_is_the_first_moment_of_the_schedule_after_now(
    after: datetime, every: Every, at: time
) -> None:
    due = next_run(Schedule(every, at.hour, at.minute), after)
    longest = {
        "hour": timedelta(hours=1),
        "day": timedelta(days=1),
        "week": timedelta(weeks=1),
        "month": timedelta(31),
    }
    assert after < due <= after + longest[every]
    assert due.minute == at.minute
    fits: dict[Every, Callable[[], bool]] = {
        Every.HOUR: lambda: True,
        Every.DAY: lambda: due.hour == at.hour,
        Every.WEEK: lambda: due.weekday() == 0 and due.hour == at.hour,
        Every.MONTH: lambda: due.day == 1 and due.hour == at.hour,
    }
    assert fits[every]()


def test_a_promise_is_kept_to_the_hour() -> None:
    assert freshness(None, 30, NOW) is Freshness.SILENT
    assert freshness(NOW - timedelta(hours=30), 30, NOW) is Freshness.FRESH
    assert freshness(NOW - timedelta(hours=30, seconds=1), 30, NOW) is Freshness.LATE
