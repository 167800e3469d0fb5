"""`./namro bench centre`: figures in one pass, their storing, the engines side by side, and the wall of charts.

`--sizes 10000000,100000000` compares the engines at several numbers of rows; the first is that of everything else.
"""

import os
from collections.abc import Sequence
from typing import Any

ROWS = 10_000_000


def run(sizes: Sequence[int] = (ROWS,), runs: int = 20) -> dict[str, Any]:
    """Measure each part once; the database must be empty. Ratios are of one run, the load of the machine is told."""
    from bench.centre import figures, rules, spark, storing, wall  # noqa: PLC0415 - the command only asks for the names

    report: dict[str, Any] = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    counted, found = figures.measure(sizes[0])
    report |= counted
    report["spark"] = spark.compare(sizes)
    report["wall"] = hung = wall.run(runs=min(runs, 20))
    report |= {name: hung[name] for name in ("wall_ms", "chart_p95_ms")}
    report["storing"] = storing.store(found)
    report["rules"] = judged = rules.measure()
    report |= {name: judged[name] for name in ("rules_s", "change_to_webhook_s")}
    return report | {"load_after": os.getloadavg()[0]}
