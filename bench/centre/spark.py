"""DuckDB in the process against a Spark cluster of two worker processes, same expression, same files, same figures."""

import importlib.util
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from bench.centre.figures import best, computed
from bench.centre.rows import lay_down
from namro.lake.engine import engine
from namro.lake.spark import java

CLUSTER = "local-cluster[2,1,2048]"
ROUNDS = 2


def compare(sizes: Sequence[int]) -> dict[str, Any]:
    """Measure both at each number of rows; the cluster is up before the clock starts. Says why where there is none."""
    if importlib.util.find_spec("pyspark") is None or java() is None:
        return {"left_out": "needs requirements/spark.txt and a Java 17"}
    return {str(rows): _compared(rows) for rows in sizes}


def _compared(rows: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="namro-bench-") as folder:
        files = lay_down(Path(folder), rows)
        with engine("duckdb") as here:
            duckdb, expected = best(lambda: computed(here, files), ROUNDS)
        with engine(CLUSTER) as there:
            spark, found = best(lambda: computed(there, files), ROUNDS)
        there.backend.session.stop()
    return {
        "duckdb_s": round(duckdb.clock, 1),
        "spark_s": round(spark.clock, 1),
        "spark_over_duckdb": round(spark.clock / duckdb.clock, 1),
        "same": _in_order(found).equals(_in_order(expected)),
    }


def _in_order(found: pa.Table) -> pa.Table:
    plain = pa.table({name: _plain(found[name]) for name in found.column_names})
    return plain.sort_by([(name, "ascending") for name in ("indicator", "unit", "period_start")])


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
