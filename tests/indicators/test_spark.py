"""The same expression on a cluster of separate processes: the same figures to the last digit."""

import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.indicators.plainly import figures
from tests.indicators.tables import ABOVE, DAY, PAIRS, arrow, definition, told

from namro.ground.period import Kind
from namro.indicators.formulas.tables import compute_table
from namro.indicators.terms import Aggregate, Condition, Measure, Part, Test
from namro.lake.engine import Engine, engine
from namro.lake.spark import java

CLUSTER = "local-cluster[2,1,1024]"
IN_TIME = (Condition("tot", Test.IS, (True,)),)
LARGE = (Condition("tien", Test.ABOVE, (Decimal("0.5"),)), Condition("loai", Test.IS_NOT, ("a",)))
DAYS, MONTHS = [Kind.DAY, Kind.MONTH], [Kind.MONTH]


def ratio(top: Measure, bottom: Measure) -> dict[Part, Measure]:
    """Two parts."""
    return {Part.NUMERATOR: top, Part.DENOMINATOR: bottom}


DEFINITIONS = [
    definition(
        "dung_han", ratio(Measure(Aggregate.COUNT, "", IN_TIME), Measure(Aggregate.COUNT)), "loai", DAYS
    ),
    definition(
        "trung_binh", ratio(Measure(Aggregate.SUM, "tien"), Measure(Aggregate.COUNT, "", LARGE)), "", MONTHS
    ),
    definition("khac_nhau", {Part.VALUE: Measure(Aggregate.DISTINCT, "lan", LARGE)}, "tot", DAYS),
    definition("lon_nhat", {Part.VALUE: Measure(Aggregate.MAX, "tien", IN_TIME)}, "", MONTHS),
    definition("tong", {Part.VALUE: Measure(Aggregate.SUM, "lan", LARGE)}, "lan", DAYS),
]


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Two workers, each a process of its own; they are stopped, and what they wrote is thrown away."""
    pyspark = pytest.importorskip("pyspark", reason="requirements/spark.txt is not installed")
    if java() is None:
        pytest.skip("there is no Java on this machine: sudo apt install openjdk-17-jre-headless")
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    with engine(CLUSTER) as counting:
        session = counting.backend.session
        # So little data is through before code for it has been made and compiled.
        session.conf.set("spark.sql.codegen.wholeStage", "false")
        work = Path(pyspark.__file__).parent / "work" / session.sparkContext.applicationId
        yield counting
    session.stop()
    shutil.rmtree(work, ignore_errors=True)


def test_spark_says_what_duckdb_says_and_what_each_row_says(spark: Engine, tmp_path: Path) -> None:
    chance = random.Random(57)
    rows = [
        {
            "_unit": chance.choice(sorted(ABOVE)),
            "_day": DAY - timedelta(days=chance.randrange(300)),
            "loai": chance.choice(["a", "b", "", None]),
            "tot": chance.choice([True, False, None]),
            "lan": chance.choice([None, 1, 2, 3]),
            "tien": chance.choice([None, Decimal(chance.randrange(10**17)).scaleb(-6)]),
        }
        for _ in range(200)
    ]
    files = [str(tmp_path / f"{number}.parquet") for number in range(2)]
    for number, file in enumerate(files):
        pq.write_table(arrow(rows[number::2]), file)
    with engine("duckdb") as here:
        expected = compute_table(here.read(files), here, DEFINITIONS, PAIRS, DAY)
    found = compute_table(spark.read(files), spark, DEFINITIONS, PAIRS, DAY)
    for each in DEFINITIONS:
        assert told(found, each.code) == told(expected, each.code) == figures(rows, each, ABOVE, DAY)
