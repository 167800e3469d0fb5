"""All indicators of a source in one pass, against SQL written by hand over the same files: ratios in one run."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from bench.centre.rows import CITY, COMMUNES, COUNTRY, DAY, INDICATORS, MONTHS, indicators, lay_down, tree
from namro.indicators.formulas.tables import compute_table
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
        single, _ = best(lambda: single_queries(files), 1)
        late, _ = best(lambda: ours_over(files[-1:]), rounds)
    same_or_stop(found, expected)
    told = {
        "ours": ours,
        "by_hand": by_hand,
        "in_two_steps": two_steps,
        "single_queries": single,
        "late_month": late,
    }
    report: dict[str, Any] = {
        "rows": rows, "indicators": INDICATORS, "communes": COMMUNES, "months": MONTHS, "figures": found.num_rows,
        "ratio_handwritten": ratio(ours, by_hand), "ratio_in_two_steps": ratio(ours, two_steps),
        "ratio_single_queries": ratio(ours, single), "late_month_ratio": ratio(late, ours),
        "seconds": {name: round(taken.clock, 2) for name, taken in told.items()},
        "processor_seconds": {name: round(taken.processor, 2) for name, taken in told.items()},
        "processor_ratio_handwritten": round(ours.processor / by_hand.processor, 2),
    }  # fmt: skip
    return report, found


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


@dataclass(frozen=True)
class Taken:
    """How long a run took by the clock, and how many seconds of processor: these hold on a busy machine too."""

    clock: float
    processor: float


def best(run: Callable[[], Any], rounds: int) -> tuple[Taken, Any]:
    """Return the shortest of some runs, and what the last gave."""
    told = [_taken(run) for _ in range(rounds)]
    clock, processor = (
        min(values) for values in zip(*((t.clock, t.processor) for t, _ in told), strict=True)
    )
    return Taken(clock, processor), told[-1][1]


def ratio(one: Taken, other: Taken) -> float:
    """Return how many times as long the one took by the clock."""
    return round(one.clock / other.clock, 4)


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


def _taken(run: Callable[[], Any]) -> tuple[Taken, Any]:
    started, worked = time.perf_counter(), time.process_time()
    found = run()
    return Taken(time.perf_counter() - started, time.process_time() - worked), found
