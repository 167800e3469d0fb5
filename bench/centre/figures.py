"""All indicators of a source in one pass, against SQL written by hand over the same files: ratios in one run."""

import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bench.centre.rows import CITY, COMMUNES, COUNTRY, DAY, INDICATORS, MONTHS, indicators, lay_down, tree
from namro.indicators.formulas import compute_table
from namro.lake.engine import Engine, engine

ROUNDS = 3
ROWS = 10_000_000
# One scan, all levels by GROUPING SETS: what a good hand writes first.
BY_HAND = """
SELECT loai, unit, city, country, date_trunc('month', _day) AS month, count(*) AS all_of_them,
       count(*) FILTER (ket_qua = 'dung_han') AS in_time, 100.0 * in_time / all_of_them AS share
FROM read_parquet($files) JOIN tree ON tree.unit = _unit {where}
GROUP BY GROUPING SETS ((loai, unit, month), (loai, city, month), (loai, country, month))
"""
# What it writes once it has measured that: the levels above from the sums of the communes.
IN_TWO_STEPS = """
WITH sums AS MATERIALIZED (
    SELECT loai, _unit, date_trunc('month', _day) AS month, count(*) AS all_of_them,
           count(*) FILTER (ket_qua = 'dung_han') AS in_time
    FROM read_parquet($files) GROUP BY ALL)
SELECT *, 100.0 * in_time / all_of_them AS share FROM sums
UNION ALL
SELECT loai, upper, month, sum(all_of_them), sum(in_time), 100.0 * sum(in_time) / sum(all_of_them)
FROM sums JOIN tree ON tree.unit = _unit CROSS JOIN unnest([city, country]) AS above (upper)
GROUP BY ALL
"""


def measure(rows: int = ROWS, rounds: int = ROUNDS) -> tuple[dict[str, Any], pa.Table]:
    """Lay down the rows and measure: ours, by hand, 250 single queries, one late month; and return the figures too."""
    with tempfile.TemporaryDirectory(prefix="namro-bench-") as folder:
        files = lay_down(Path(folder), rows)
        ours, found = best(lambda: ours_over(files), rounds)
        by_hand, expected = best(lambda: by_hand_over(files), rounds)
        two_steps, _ = best(lambda: by_hand_over(files, IN_TWO_STEPS), rounds)
        single = _seconds(lambda: single_queries(files))[0]
        late, _ = best(lambda: ours_over(files[-1:]), rounds)
    same_or_stop(found, expected)
    return ({
        "rows": rows, "indicators": INDICATORS, "communes": COMMUNES, "months": MONTHS, "figures": found.num_rows,
        "ours_s": round(ours, 2), "by_hand_s": round(by_hand, 2), "in_two_steps_s": round(two_steps, 2),
        "single_queries_s": round(single, 2), "late_month_s": round(late, 2),
        "ratio_handwritten": round(ours / by_hand, 2), "ratio_in_two_steps": round(ours / two_steps, 2),
        "ratio_single_queries": round(ours / single, 4), "late_month_ratio": round(late / ours, 3),
    }, found)  # fmt: skip


def ours_over(files: Sequence[str], name: str = "duckdb") -> pa.Table:
    """Compute the figures of all indicators over the files, an engine made for it included."""
    with engine(name) as counting:
        return computed(counting, files)


def computed(counting: Engine, files: Sequence[str]) -> pa.Table:
    """Compute the figures of all indicators over the files."""
    return compute_table(counting.read(list(files)), counting, indicators(), tree(), DAY)


def by_hand_over(files: Sequence[str], statement: str = BY_HAND) -> pa.Table:
    """Run the statement by hand over the files, a connection made for it included."""
    with _connected() as connection:
        return connection.execute(statement.format(where=""), {"files": list(files)}).to_arrow_table()


def single_queries(files: Sequence[str]) -> int:
    """Ask for each indicator by itself; returns how many figures came."""
    with _connected() as connection:
        return sum(
            connection.execute(
                BY_HAND.format(where="WHERE loai = $kind"),
                {"files": list(files), "kind": f"loai_{number:03}"},
            )
            .to_arrow_table()
            .num_rows
            for number in range(INDICATORS)
        )


def best(run: Callable[[], pa.Table], rounds: int) -> tuple[float, pa.Table]:
    """Return the shortest of some runs in seconds, and what the last gave."""
    told = [_seconds(run) for _ in range(rounds)]
    return min(seconds for seconds, _ in told), told[-1][1]


def same_or_stop(found: pa.Table, expected: pa.Table) -> None:
    """Refuse to compare what does not come to the same: as many figures, and the same sums of both parts."""
    ours = (found.num_rows, *(int(pc.sum(found[name]).as_py()) for name in ("numerator", "denominator")))
    theirs = (
        expected.num_rows,
        *(int(pc.sum(expected[name]).as_py()) for name in ("in_time", "all_of_them")),
    )
    if ours != theirs:
        raise RuntimeError(f"not the same figures: {ours} and {theirs}")


def _connected() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(
        "CREATE TABLE tree AS SELECT (20000 + i)::VARCHAR AS unit, ? AS city, ? AS country FROM range(?) AS n (i)",
        [CITY, COUNTRY, COMMUNES],
    )
    return connection


def _seconds(run: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    found = run()
    return time.perf_counter() - started, found
