"""`./namro bench country`: pages of the centre on one city's figures, then on those of all communes, side by side.

3,321 communes × 250 indicators × 36 months: about 30 million figures, some 15 GB while it runs, the filling takes
longest. `--sizes 500` covers so many communes of other provinces only.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from bench.centre.boards import hang_wall
from bench.measure import measured
from bench.register import TODAY, Ids, found_country, today
from namro.organisation.models import Person, Unit
from namro.organisation.queries import communes_of

CHARTS, GROUPS, MONTHS, RUNS = 250, 32, 36, 40
# In the order of the largest index, so that it grows at its end; the others are made when all is there.
FIGURES = """
INSERT INTO indicators_figure (indicator, unit_id, period_kind, period_start, period, breakdown, value, numerator,
    denominator, as_of, source, source_state, version, synthetic)
SELECT 'do_' || to_char(i, 'FM000'), unit, 'month', month::date, to_char(month, 'YYYY-MM'), '',
       (unit * 7 + i * 13 + extract(month FROM month)::int) %% 100, NULL, NULL, LEAST(month::date + 32, %(day)s::date),
       'Nguồn đo', 'fresh', 1, true
FROM generate_series(0, %(charts)s - 1) AS i
CROSS JOIN unnest(%(units)s::bigint[]) AS unit
CROSS JOIN generate_series(%(day)s::date - make_interval(months => %(months)s), %(day)s, '1 month') AS time (day)
CROSS JOIN LATERAL date_trunc('month', time.day) AS month
ON CONFLICT DO NOTHING
"""
LATER = """
SELECT indexdef FROM pg_indexes WHERE tablename = 'indicators_figure' AND indexname IN ('figure_period', 'figure_unit')
"""


def run(sizes: Sequence[int] = (), runs: int = RUNS) -> dict[str, Any]:
    """Measure each page before and after; the database must be empty. Says how many figures there were each time."""
    with today(), override_settings(ALLOWED_HOSTS=["testserver"], DEBUG=False):
        ids = found_country()
        city = Unit.objects.get(code="48")
        own = communes_of(city, TODAY)
        hang_wall(city, list(own), charts=CHARTS, groups=GROUPS, day=TODAY)
        runs = min(runs, RUNS)
        report: dict[str, Any] = {"cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
        report["city"] = _measured(ids, runs)
        _cover([unit.pk for unit in ids.communes][: sizes[0] if sizes else None])
        report["country"] = _measured(ids, runs)
        report["growth"] = _growth(report["city"]["pages"], report["country"]["pages"])
        return report | {"load_after": os.getloadavg()[0]}


def _cover(units: list[int]) -> None:
    """Give the units figures of all indicators and months."""
    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(LATER)
        made_later = [statement for (statement,) in cursor.fetchall()]
        cursor.execute("DROP INDEX figure_period, figure_unit")
        cursor.execute(FIGURES, {"charts": CHARTS, "units": units, "months": MONTHS, "day": TODAY})
        for statement in made_later:
            cursor.execute(statement)
        cursor.execute("ANALYZE indicators_figure")
    sys.stderr.write(f"{len(units)} communes covered in {time.perf_counter() - started:.0f} s\n")


def _measured(ids: Ids, runs: int) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), pg_total_relation_size('indicators_figure') / 1048576 FROM indicators_figure"
        )
        figures, megabytes = cursor.fetchone()
    pages = {name: measured(page, runs) for name, page in _pages(ids).items()}
    return {"figures": figures, "megabytes": int(megabytes), "pages": pages}


def _pages(ids: Ids) -> dict[str, Callable[[int], None]]:
    """Each page as a function of the run's number, so that no two runs ask for the same."""
    boss, ward = _signed_in(ids.secretary), "/trung-tam/don-vi/20194/"
    return {
        "leader": lambda _n: _get(boss, "/trung-tam/"),
        "group": lambda n: _get(boss, f"/trung-tam/nhom/nhom_{n % GROUPS:02}/"),
        "commune": lambda _n: _get(boss, ward),
        "chart": lambda n: _get(boss, f"/trung-tam/bieu-do/bieu_do_{n % CHARTS:03}/"),
        "rows": lambda n: _get(boss, f"/trung-tam/bieu-do/bieu_do_{n % CHARTS:03}/xuat/"),
        "wall": lambda _n: _get(boss, "/trung-tam/tuong/"),
    }


def _growth(before: dict[str, Any], after: dict[str, Any]) -> dict[str, float]:
    """How many times as long a page takes at p50 and p95."""
    return {
        f"{name}_{part}": round(after[name][f"{part}_ms"] / before[name][f"{part}_ms"], 2)
        for name in before
        for part in ("p50", "p95")
    }


def _signed_in(person: Person | None) -> Client:
    if person is None:
        raise RuntimeError("the country was not founded")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    _ = answer.getvalue() if answer.streaming else answer.content
