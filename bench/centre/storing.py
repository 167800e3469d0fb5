"""The figures of a source into the database: all at once, again with nothing new, and one late month."""

import time
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from bench.centre.rows import DAY, indicators, tree
from namro.indicators.actions.storing import Told, store_computed
from namro.organisation.models import Unit


def store(found: pa.Table) -> dict[str, Any]:
    """Store computed figures three times; seconds, and how many rows each time wrote."""
    codes = sorted({unit for pair in tree() for unit in pair})
    units = dict(zip(codes, Unit.objects.order_by("pk").values_list("pk", flat=True), strict=False))
    last = pc.max(found["period_start"])
    late = found.filter(pc.equal(found["period_start"], last))
    changed = late.set_column(
        6, "numerator", pc.add(late["numerator"].cast(pa.int64()), 1).cast(pa.decimal128(38, 6))
    )
    return {
        "figures": found.num_rows,
        "first": _stored(found, units),
        "again": _stored(found, units),
        "late_month": _stored(changed, units, [f"{last.as_py():%Y-%m}"]),
    }


def _stored(found: pa.Table, units: dict[str, int], months: Sequence[str] | None = None) -> dict[str, Any]:
    started = time.perf_counter()
    rows = store_computed(found, indicators(), units, Told("Nguồn đo", DAY, synthetic=True), months=months)
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE indicators_figure")
    return {"rows": rows, "s": round(seconds, 2)}
