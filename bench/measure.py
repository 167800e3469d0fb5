"""How a thing is measured: server time of a page by percentiles, and the number of its queries."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least this share of the times does not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def measured(run: Callable[[int], Any], times: int, warm_up: int = 5) -> dict[str, float | int]:
    """Run `run(i)` many times; milliseconds at p50 and p95, and the most queries that one run made."""
    for number in range(warm_up):
        run(number)
    taken = [_milliseconds(run, number) for number in range(times)]
    queries = max(_queries(run, number) for number in range(3))
    return {
        "p50_ms": round(percentile(taken, 0.5), 1),
        "p95_ms": round(percentile(taken, 0.95), 1),
        "queries": queries,
        "runs": times,
    }


def _milliseconds(run: Callable[[int], Any], number: int) -> float:
    start = time.perf_counter()
    run(number)
    return (time.perf_counter() - start) * 1000


def _queries(run: Callable[[int], Any], number: int) -> int:
    with CaptureQueriesContext(connection) as seen:
        run(number)
    return len(seen)
