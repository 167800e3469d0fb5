"""Spark as an engine: the same expressions on a cluster, for those whose data outgrow one machine."""

import os
import shutil
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
# It is small: not the 200 parts into which Spark shuffles what a big one shares out.
ON_THIS_MACHINE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}


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
        return self.session.sql(self.connection.compile(expression)).toArrow()

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


def java() -> str | None:
    """Return the Java that Spark would start, None where there is none."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")


def _session(master: str) -> Any:
    try:
        import pyspark  # noqa: PLC0415 - only whoever asks for Spark has it
        from pyspark.sql import SparkSession  # noqa: PLC0415 - as above
    except ImportError as missing:
        raise RuntimeError(
            "NAMRO_ENGINE đang chọn Spark nhưng máy chưa có PySpark. Hãy cài: "
            "pip install --require-hashes -r requirements/spark.txt"
        ) from missing
    if java() is None:
        raise RuntimeError("Spark cần Java 17 trở lên. Hãy cài: sudo apt install openjdk-17-jre-headless")
    # Where Spark is started from a wheel, its workers must be told where it and this Python are.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("namro").master(master)
    for name, value in (SETTINGS | ({} if "://" in master else ON_THIS_MACHINE)).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
