"""`./namro bench alerts`: 10,000 rules over 3,321 communes, a day of figures, 1,000,000 open tasks: the judgement of a
day, a second with nothing new, the next day's, the messages that come of it, and the list that an operator reads."""

import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as hour
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.test.utils import override_settings

from bench.measure import measured
from bench.register import TODAY, Ids, found_country, today
from namro.alerts.actions import judging as steps
from namro.alerts.actions.packages import columns_of
from namro.alerts.catalog import rule_of
from namro.alerts.models import Alert, Rule, Urge
from namro.alerts.queries import AlertFilter, counts, page_of
from namro.alerts.terms import Judgement, Kind, Order
from namro.delivery.actions.gathering import gather as gather_messages
from namro.delivery.actions.routing import route
from namro.delivery.models import Delivery, Message, Told
from namro.delivery.queries import policy
from namro.flows.judging import judge_day
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import viewer as viewer_of

SIZES = (1_000_000,)
RUNS = 100
SEED = 57
MORNING = hour(9, tzinfo=clock.VIETNAM)  # no quiet hour, and the time of the digest
INDICATORS = 30
WIDE_KINDS: dict[Kind, dict[str, Any]] = {
    Kind.TASK_DUE_SOON: {"worse": "down", "levels": {"watch": 5, "critical": 1}},
    Kind.TASK_OVERDUE: {"levels": {"warning": 1, "critical": 15}, "urging": {"then": "weekly", "grace": 3}},
    Kind.TASK_NO_PROGRESS: {"levels": {"watch": 60, "warning": 90}},
    Kind.TASK_EVIDENCE_MISSING: {"levels": {"watch": 80}},
    Kind.EXTENSION_UNANSWERED: {"levels": {"watch": 2}},
    Kind.FORM_LATE: {"levels": {"warning": 1}},
    Kind.CHECK_BREACHED: {"levels": {"watch": 0}},
    Kind.SOURCE_STALE: {"levels": {"warning": 1}},
}

# Open tasks whose due days lie so that about one in seventeen is overdue, one in sixty due within five working days;
# the others keep up with the calendar but for one in a hundred, and report each month but for one in two hundred.
TASKS = """
INSERT INTO tasks_task (id, client_id, code, directive_id, register_id, title, detail, lead_unit_id, lead_person_id,
    supervisor_unit_id, escalate_to_id, start_day, due_day, original_due_day, late_from, authority, result, proof_kind,
    proof_indicator, mark, stage, percent, issued_day, done_late, version, created_at, synthetic, folded)
SELECT n, gen_random_uuid(), 'DO-25-' || lpad(n::text, 7, '0'), %(directive)s, %(register)s,
       'Nhiệm vụ đo số ' || n || ' tại ' || unit.name, '', unit.id, post.person_id, unit.parent_id, unit.parent_id,
       born.day, ends.day, ends.day, ends.day + 1, 'Chủ tịch UBND cấp xã', '01 báo cáo', 'product', '', 'normal',
       'in_progress',
       CASE WHEN n %% 100 = 0 OR ends.day < %(day)s THEN 0
            ELSE LEAST(79 + (n %% 150 = 7)::int * 10,
                       100 * (%(day)s - born.day) / GREATEST(ends.day - born.day, 1)) END,
       born.day, false, 3, %(now)s, true, 'nhiem vu do so ' || n
FROM generate_series(%(first)s::int, %(last)s::int) AS n
CROSS JOIN LATERAL (SELECT (%(units)s::bigint[])[1 + n %% %(many)s] AS id) AS chosen
JOIN organisation_unit unit ON unit.id = chosen.id
JOIN organisation_post post ON post.unit_id = unit.id
CROSS JOIN LATERAL (SELECT %(day)s::date - 10 - (n %% 300 * 119 %% 300) AS day) AS born
CROSS JOIN LATERAL (SELECT CASE WHEN n %% 17 = 3 THEN %(day)s::date - 1 - (n %% 60 * 31 %% 60)
                                ELSE %(day)s::date + (n %% 330 * 119 %% 330) END AS day) AS wanted
CROSS JOIN LATERAL (SELECT GREATEST(born.day, wanted.day
    + CASE extract(isodow FROM wanted.day) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END::int) AS day) AS ends
"""
REPORTS = """
INSERT INTO tasks_progressreport (client_id, task_id, day, at, percent, words)
SELECT gen_random_uuid(), id, %(day)s::date - (id %% 28)::int, %(now)s, percent, 'đã báo cáo' FROM tasks_task
WHERE id BETWEEN %(first)s AND %(last)s AND id %% 200 <> 11
"""
# A month's figure and the one before, of each indicator for each unit; one in a hundred fell by half, and is behind.
FIGURES = """
INSERT INTO indicators_figure (indicator, unit_id, period_kind, period_start, period, breakdown, value, as_of, source,
    source_state, version, synthetic)
SELECT 'do_' || i, unit.id, 'month', month.start, to_char(month.start, 'YYYY-MM'), '',
       CASE WHEN month.is_last AND (unit.id + i) %% 100 = 0 THEN 30 ELSE 60 + (unit.id + i) %% 7 END, month.known, 'đo',
       'fresh', 1, true
FROM organisation_unit unit CROSS JOIN generate_series(1, %(indicators)s) AS i
CROSS JOIN (VALUES (DATE '2025-05-01', DATE '2025-06-09', false), (DATE '2025-06-01', %(day)s::date, true))
    AS month (start, known, is_last)
"""
TARGETS = """
INSERT INTO indicators_target (indicator, unit_id, breakdown, set_on, body, package)
SELECT 'do_' || i, unit.id, '', DATE '2025-01-01',
       '{"points": [{"day": "2025-01-01", "value": 50}, {"day": "2025-12-31", "value": 70}]}'::jsonb, 'đo'
FROM organisation_unit unit CROSS JOIN generate_series(1, %(indicators)s) AS i
"""


def run(sizes: Iterable[int] = SIZES, runs: int = RUNS) -> dict[str, Any]:
    """Fill an empty database at each size and measure; the sizes are numbers of open tasks."""
    report: dict[str, Any] = {"seed": SEED, "cores": os.cpu_count(), "sizes": {}}
    with today(), override_settings(ALLOWED_HOSTS=["testserver"]):
        ids, filled = found_country(), 1
        made = _rules(ids)
        _figures()
        report |= {
            "rules": made,
            "units": Unit.objects.count(),
            "figures": INDICATORS * Unit.objects.count() * 2,
        }
        for size in sizes:
            _tasks(ids, filled, size)
            filled = size + 1
            report["sizes"][str(size)] = _measured(ids, runs)
    return report


def _measured(ids: Ids, runs: int) -> dict[str, Any]:
    """The judgement three times over, what is told of it, and the reading of it."""
    found: dict[str, Any] = {"first": _judged(TODAY)}
    _analyse("alerts_alert, alerts_flip, alerts_urge, delivery_told")
    found |= {"second_nothing_new": _judged(TODAY), "open_alerts": Alert.objects.filter(state="open").count()}
    found["messages"] = _messages()
    tomorrow = TODAY + timedelta(days=1)
    with clock.at(tomorrow):
        found["next_day"] = _judged(tomorrow)
    _analyse("alerts_alert, alerts_flip, alerts_urge")
    found["reading"] = {name: measured(read, runs) for name, read in _reads(ids).items()}
    found["urges"] = Urge.objects.count()
    return found


def _judged(day: date) -> dict[str, Any]:
    """One judgement: seconds in all, of them for seeing and merging, telling, urging; and what came of it."""
    spent: dict[str, float] = {}
    with _timed(spent, "gather"), _timed(spent, "merge"), _timed(spent, "inhibit"), _timed(spent, "tell_raised"), \
            _timed(spent, "urge_by_rules"), _timed(spent, "climb"):  # fmt: skip
        start = time.perf_counter()
        judged: Judgement = judge_day(day)
        whole = time.perf_counter() - start
    parts = {name: round(seconds, 2) for name, seconds in spent.items()}
    _say(f"judged {day}: {whole:.1f} s {parts}")
    told = spent["tell_raised"] + spent["urge_by_rules"] + spent["climb"]
    return {
        "seconds": round(whole, 2), "judging_seconds": round(whole - told, 2), "telling_seconds": round(told, 2),
        "parts": parts, **{name: getattr(judged, name) for name in ("opened", "moved", "closed", "told", "urged")},
    }  # fmt: skip


@contextmanager
def _timed(spent: dict[str, float], name: str) -> Iterator[None]:
    """Add up the seconds of a step of the judgement."""
    step: Callable[..., Any] = getattr(steps, name)

    def timed(*args: Any) -> Any:
        start = time.perf_counter()
        try:
            return step(*args)
        finally:
            spent[name] = spent.get(name, 0.0) + time.perf_counter() - start

    with patch.object(steps, name, timed):
        yield


def _messages() -> dict[str, Any]:
    """What the notices become the next morning: messages, each to one person with all of it."""
    Person.objects.update(email=Concat("username", Value("@do.example")))
    start = time.perf_counter()
    with clock.at(datetime.combine(TODAY + timedelta(days=1), MORNING)), override_settings(NAMRO_MAIL=True):
        rule = policy()
        route(rule)
        gather_messages(rule)
    return {
        "notices": Told.objects.count(),
        "people": Told.objects.values("person").distinct().count(),
        "deliveries": Delivery.objects.count(),
        "messages": Message.objects.count(),
        "most_messages_a_person": max(_per_person(), default=0),
        "seconds": round(time.perf_counter() - start, 1),
    }


def _per_person() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM delivery_message WHERE person_id IS NOT NULL GROUP BY person_id")
        return [count for (count,) in cursor.fetchall()]


def _reads(ids: Ids) -> dict[str, Callable[[int], Any]]:
    """The list as queries and as a page, for who reads all and for a commune; no two runs ask for the same."""
    chance = random.Random(SEED)
    people = [chance.choice(ids.officers) for _ in range(20)]
    officers = [viewer_of(person, TODAY) for person in people]
    boss, clients = viewer_of(ids.secretary, TODAY), [_signed_in(person) for person in people]
    operator = _signed_in(ids.secretary)
    units = [chance.choice(ids.communes) for _ in range(50)]
    return {
        "list_all": lambda i: page_of(boss, AlertFilter(level=(None, 1, 2, 3)[i % 4])),
        "list_oldest": lambda i: page_of(boss, AlertFilter(order=Order.OLDEST, older_than=i % 3)),
        "list_kind": lambda i: page_of(boss, AlertFilter(kind=list(Kind)[i % 4])),
        "list_unit": lambda i: page_of(boss, AlertFilter(unit_id=units[i % 50].pk)),
        "list_commune": lambda i: page_of(officers[i % 20], AlertFilter()),
        "counts_all": lambda i: counts(boss),
        "page_operator": lambda i: _get(
            operator, f"/canh-bao/?don_vi={units[i % 50].code}" if i % 2 else "/canh-bao/"
        ),
        "page_commune": lambda i: _get(clients[i % 20], "/canh-bao/"),
    }


def _rules(ids: Ids) -> int:
    """A rule of each kind for the country, and three for each commune's own: 10,000 in all."""
    wide = [_rule(f"vn_{kind.value}", kind, "VN", **more) for kind, more in WIDE_KINDS.items()]
    for i in range(1, INDICATORS):
        kind = (Kind.FIGURE_OFF_TRAJECTORY, Kind.FIGURE_JUMPED)[i % 2]
        wide.append(
            _rule(
                f"vn_do_{i}", kind, "VN", indicator=f"do_{i}", levels={"watch": 20}, covers_below=i % 2 == 0
            )
        )
    own = []
    for n, unit in enumerate(ids.communes):
        indicator = f"do_{1 + n % INDICATORS}"
        own += [
            _rule(f"r{unit.code}", Kind.TASK_AT_RISK, unit.code, levels={"watch": 60}),
            _rule(
                f"o{unit.code}",
                Kind.FIGURE_OFF_TRAJECTORY,
                unit.code,
                indicator=indicator,
                levels={"warning": 30},
            ),
            _rule(
                f"j{unit.code}", Kind.FIGURE_JUMPED, unit.code, indicator=indicator, levels={"warning": 45}
            ),
        ]
    return len(Rule.objects.bulk_create(wide + own, batch_size=2000))


def _rule(code: str, kind: Kind, within: str, *, indicator: str = "", **more: Any) -> Rule:
    entry = {
        "code": code, "version": 1, "kind": kind.value, "name": "Quy tắc đo", "name_en": "Measured", "owner": "48",
        "why": "đo", "next_review": "2026-01-15", "text": "{object}: {value}", "action": "Xem.", "decides": "Lãnh đạo",
        "look": {"within": within, "indicator": indicator},
        "hears": {level: ["person"] if kind.value.startswith("task") else ["officers"] for level in more["levels"]},
        **more,
    }  # fmt: skip
    return Rule(code=code, **columns_of(rule_of(entry)), body=entry, package="do", is_live=True)


def _figures() -> None:
    _run(FIGURES, {"indicators": INDICATORS, "day": TODAY})
    _run(TARGETS, {"indicators": INDICATORS})
    _run(
        "INSERT INTO indicators_definition (code, version, body, owner, next_review, package, is_active) "
        "SELECT 'do_' || i, 1, jsonb_build_object('code', 'do_' || i, 'name', 'Chỉ tiêu đo ' || i, 'kind', 'ratio', "
        "'numerator', 'bieu.do.a', 'denominator', 'bieu.do.b', 'unit_of_measure', '%%', 'decimals', 1, "
        "'direction', 'up', "
        "'adds_up', 'ratio_of_sums', 'periods', jsonb_build_array('month'), 'owner', '48', 'why', 'đo', 'next_review', "
        "'2026-01-15', 'version', 1, 'source', 'đo', 'name_en', 'Measured', 'group', 'do'), '48', DATE '2026-01-15', "
        "'do', true FROM generate_series(1, %(indicators)s) AS i",
        {"indicators": INDICATORS},
    )
    _analyse("indicators_figure, indicators_target, indicators_definition, alerts_rule, organisation_unit")


def _tasks(ids: Ids, first: int, last: int) -> None:
    """Open tasks number `first` to `last`, in steps, so that one can see it go."""
    started = time.perf_counter()
    units = [unit.pk for unit in ids.communes]
    for start in range(first, last + 1, 100_000):
        params = {
            "first": start, "last": min(start + 99_999, last), "units": units, "many": len(units), "day": TODAY,
            "now": clock.now(), "directive": ids.directives[0], "register": ids.register.pk if ids.register else 0,
        }  # fmt: skip
        _run(TASKS, params)
        _run(REPORTS, params)
    _analyse("tasks_task, tasks_progressreport, organisation_post, organisation_person")
    _say(f"{last:,} open tasks stored in {time.perf_counter() - started:.0f} s")


def _run(statement: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows are consistent by construction
        cursor.execute(statement, params)
        cursor.execute("SET session_replication_role = origin")


def _analyse(tables: str) -> None:
    """What autovacuum would have done by the time."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {tables}")


def _signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path}: {answer.status_code}")


def _say(what: str) -> None:
    sys.stderr.write(what + "\n")
