"""What the alerts are measured on: 10,000 rules, a day of figures, as many open tasks as one asks for."""

import sys
import time
from typing import Any

from django.db import connection

from bench.register import TODAY, Ids
from namro.alerts.actions.packages import columns_of
from namro.alerts.catalog import rule_of
from namro.alerts.models import Rule
from namro.alerts.terms import Kind
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.terms import UnitKind
from namro.tasks.models import Directive, Register, Task

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
COMMUNES = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)
JUDGED = (
    *("alerts_alert", "alerts_flip", "alerts_deed", "alerts_urge", "alerts_touched", "alerts_judged"),
    *("delivery_told", "delivery_untold", "delivery_delivery", "delivery_message", "delivery_attempt"),
)


def store_rules(ids: Ids) -> int:
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


def store_figures() -> None:
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
    analyse("indicators_figure, indicators_target, indicators_definition, alerts_rule, organisation_unit")


def store_tasks(ids: Ids, first: int, last: int) -> None:
    """Open tasks number `first` to `last`, in steps, so that one can see it go."""
    if first > last:
        return  # kept from the last time
    started = time.perf_counter()
    units = [unit.pk for unit in ids.communes]
    for start in range(first, last + 1, 100_000):
        params = {
            "first": start, "last": min(start + 99_999, last), "units": units, "many": len(units), "day": TODAY,
            "now": clock.now(), "directive": ids.directives[0], "register": ids.register.pk if ids.register else 0,
        }  # fmt: skip
        _run(TASKS, params)
        _run(REPORTS, params)
    analyse("tasks_task, tasks_progressreport, organisation_post, organisation_person")
    say(f"{last:,} open tasks stored in {time.perf_counter() - started:.0f} s")


def _run(statement: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # rows are consistent by construction
        cursor.execute(statement, params)
        cursor.execute("SET session_replication_role = origin")


def analyse(tables: str) -> None:
    """What autovacuum would have done by the time."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {tables}")


def found_again() -> Ids:
    """The country of a database that was kept."""
    return Ids(
        communes=list(Unit.objects.filter(kind__in=COMMUNES).order_by("pk")),
        officers=list(Person.objects.filter(username__startswith="can_bo_").order_by("pk")),
        secretary=Person.objects.get(username="thu_ky_48"),
        register=Register.objects.get(code="bench"),
        directives=list(Directive.objects.order_by("pk").values_list("pk", flat=True)),
    )


def stored_tasks() -> int:
    """How many tasks a kept database holds."""
    return Task.objects.count()


def forget_judgements() -> None:
    """Throw away what was judged and told on a kept database."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(JUDGED)} CASCADE")


def say(what: str) -> None:
    """Say how far it is, beside the JSON."""
    sys.stderr.write(what + "\n")
