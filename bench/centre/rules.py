"""10,000 rules over the 94 units of a city on a day's figures, and one changed value on its way to a
receiver's webhook.

It stands on the city that bench/centre/wall.py has hung: 250 indicators, 94 communes. Seven rules of ten look at a
mark, one each at a change, at outliers among peers, at a spread over borders; of a hundred looks fewer than one calls.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from datetime import time as hour
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from unittest.mock import patch

from django.db import connection

from bench.register import TODAY
from namro.alerts.actions import judging as steps
from namro.alerts.actions.packages import columns_of
from namro.alerts.catalog import rule_of
from namro.alerts.models import Alert, Rule
from namro.delivery.actions import carry
from namro.delivery.models import Endpoint, Told
from namro.delivery.terms import Level
from namro.flows.judging import judge_day
from namro.ground import clock
from namro.organisation.models import Neighbour, Unit

RULES, INDICATORS = 10_000, 250
MORNING = hour(9, tzinfo=clock.VIETNAM)
# The figures of some days: from 0 to 100 by chance, no two units and indicators alike.
DAYS = """
INSERT INTO indicators_figure (indicator, unit_id, period_kind, period_start, period, breakdown, value, as_of, source,
    source_state, version, synthetic)
SELECT 'do_' || to_char(i, 'FM000'), unit.id, 'day', time.start::date, to_char(time.start, 'YYYY-MM-DD'), '',
       round((50 + 50 * sin(hashint8(unit.id * 1000 + i) + extract(doy FROM time.start)::int / 3))::numeric, 3),
       time.start::date, 'Nguồn đo', 'fresh', 1, true
FROM generate_series(0, %(indicators)s - 1) AS i
CROSS JOIN unnest(%(units)s::bigint[]) AS unit (id)
CROSS JOIN generate_series(%(first)s::date, %(last)s::date, INTERVAL '1 day') AS time (start)
ON CONFLICT DO NOTHING
"""
CHANGED = """
UPDATE indicators_figure SET value = 1000
WHERE indicator = 'do_000' AND unit_id = %s AND period_kind = 'day' AND period_start = %s
"""


def measure() -> dict[str, Any]:
    """Judge two days and one change; seconds of each, and what came of it. The load is told by the bench itself."""
    city = Unit.objects.get(code="48")
    units = list(Unit.objects.filter(parent=city).order_by("pk").values_list("pk", flat=True))
    store_rules(units)
    tomorrow = TODAY + timedelta(days=1)
    with _at(TODAY):
        _figures(units, TODAY - timedelta(days=3), TODAY)
        first = _judged(TODAY)
    with _at(tomorrow):
        _figures(units, tomorrow, tomorrow)
        day = _judged(tomorrow)
        again = _judged(tomorrow)
        change = _change(units[0], tomorrow)
    return {
        "rules": RULES, "units": len(units), "rules_s": day["seen_s"], "change_to_webhook_s": change["s"],
        "first_day": first, "next_day": day, "nothing_new": again, "one_change": change,
    }  # fmt: skip


def _at(day: date) -> Any:
    return clock.at(datetime.combine(day, MORNING))


def store_rules(units: list[int]) -> None:
    """The rules, forty of each indicator, and a ring of neighbours for those on spreading."""
    Rule.objects.bulk_create([_rule(number) for number in range(RULES)], batch_size=2000)
    ring = list(zip(units, [*units[1:], units[0]], strict=True))
    pairs = {*ring, *((other, one) for one, other in ring)}
    Neighbour.objects.bulk_create(
        [Neighbour(unit_id=one, other_id=other) for one, other in sorted(pairs)], ignore_conflicts=True
    )


def _rule(number: int) -> Rule:
    kinds: tuple[dict[str, Any], ...] = (
        *[
            {
                "kind": "figure_threshold",
                "compare": {"period": "day"},
                "levels": {"warning": 99.99, "critical": 500},
            }
        ]
        * 7,
        {
            "kind": "figure_changed",
            "compare": {"period": "day", "against": "previous", "last": 3, "floor": 40},
            "levels": {"warning": 240},
        },
        {"kind": "figure_outlier", "compare": {"period": "day", "floor": 20}, "levels": {"warning": 4}},
        {"kind": "figure_spread", "compare": {"period": "day", "limit": 99}, "levels": {"warning": 3}},
    )
    entry = {
        "code": f"do_{number:05}", "version": 1, "name": f"Quy tắc đo {number}", "name_en": "Measured", "owner": "48",
        "why": "đo", "next_review": "2026-01-15", "text": "{object}: {value}", "action": "Xem.", "decides": "Lãnh đạo",
        "look": {"within": "48", "indicator": f"do_{number // 10 % INDICATORS:03}"},
        "hears": {"warning": ["officers"], "critical": ["officers"]}, **kinds[number % 10],
    }  # fmt: skip
    return Rule(code=entry["code"], **columns_of(rule_of(entry)), body=entry, package="do", is_live=True)


def _figures(units: list[int], first: date, last: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"indicators": INDICATORS, "units": units, "first": first, "last": last})
        cursor.execute("ANALYZE indicators_figure, alerts_rule")


def _judged(day: date) -> dict[str, Any]:
    """One judgement: seconds in all, of what the rules see, and of telling it; what came of it."""
    took: dict[str, float] = {}
    with ExitStack() as stack:
        for name in ("gather", "merge", "tell_raised"):
            stack.enter_context(_timed(took, name))
        started = time.perf_counter()
        judged = judge_day(day)
        whole = time.perf_counter() - started
    return {
        "all_s": round(whole, 2), "seen_s": round(took["gather"], 2), "merged_s": round(took["merge"], 2),
        "told_s": round(took["tell_raised"], 2), "opened": judged.opened, "closed": judged.closed,
        "told": judged.told, "open": Alert.objects.filter(state="open").count(),
    }  # fmt: skip


@contextmanager
def _timed(took: dict[str, float], name: str) -> Iterator[None]:
    step = getattr(steps, name)

    def timed(*args: Any) -> Any:
        started = time.perf_counter()
        made = step(*args)
        took[name] = time.perf_counter() - started
        return made

    with patch.object(steps, name, timed):
        yield


def _change(unit_id: int, day: date) -> dict[str, Any]:
    """One value changes: seconds until the receiver has it, and how many calls it got."""
    came: list[float] = []
    with _receiver(came) as url:
        Endpoint.objects.create(unit_id=unit_id, url=url, level=Level.CRITICAL, made_at=clock.now())
        told = Told.objects.count()
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(CHANGED, [unit_id, day])
        judge_day(day)
        judged = time.perf_counter() - started
        carry()
    return {
        "s": round(came[0] - started, 2) if came else None, "judged_s": round(judged, 2), "calls": len(came),
        "notices": Told.objects.count() - told,
    }  # fmt: skip


@contextmanager
def _receiver(came: list[float]) -> Iterator[str]:
    """A webhook receiver on loopback that notes when it was called."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            came.append(time.perf_counter())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
