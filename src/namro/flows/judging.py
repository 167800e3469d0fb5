"""The judgement of a day: what each domain shows to the rules of the alerts is composed into one SELECT.

Alerts stand below tasks and above figures, and know none of them: each kind is a SELECT given by the domain that owns
the rows, over relations that stand here: `rule`, `reach` (each rule once for each unit in its reach) and `calendar`.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from namro.alerts.actions import answer, close_for_tasks, judge
from namro.alerts.models import Alert, Rule, Urge
from namro.alerts.terms import SEEN, AlertState, Composed, Judgement, Kind
from namro.ground import clock
from namro.indicators.queries import looking as figures
from namro.organisation.queries import working_calendar
from namro.reports.queries import looking as reports
from namro.sources.queries import looking as sources
from namro.tasks import feeds as tasks

LOOKS: dict[str, str] = {**tasks.LOOKS, **sources.LOOKS, **figures.LOOKS, **reports.LOOKS}
FEEDS = {"bieu.": "sources", "nhiem_vu.": "tasks"}
COLUMNS = tuple(name for name in SEEN if name != "level")
TASK = "task:"
# Due days further away neither come soon nor have been late for so long.
CALENDAR_BACK, CALENDAR_AHEAD = timedelta(days=2200), timedelta(days=1500)

PLACES = """
CREATE TEMPORARY TABLE place ON COMMIT DROP AS
SELECT unit.id AS unit_id, unit.kind, top.code, top.code = unit.code AS is_own
FROM organisation_unit unit CROSS JOIN LATERAL unnest(string_to_array(rtrim(unit.path, '/'), '/')) AS top (code)
WHERE (unit.valid_from IS NULL OR unit.valid_from <= %(day)s) AND (unit.valid_to IS NULL OR unit.valid_to > %(day)s)
"""
CALENDAR = """
CREATE TEMPORARY TABLE calendar ON COMMIT DROP AS
SELECT * FROM unnest(%(days)s::date[], %(works)s::int[], %(ends)s::date[]) AS known (day, works, ends)
"""
RULES_IN_USE = "rule AS NOT MATERIALIZED (SELECT * FROM alerts_rule WHERE is_live)"
RULES_TRIED = "rule AS (SELECT * FROM jsonb_populate_recordset(NULL::alerts_rule, %(rules)s::jsonb))"
REACH = """
reach AS NOT MATERIALIZED (
    SELECT rule.id, rule.kind, rule.register, rule.form, rule.indicator, rule.breakdown, place.unit_id
    FROM rule JOIN place ON place.code = rule.within
    WHERE rule.unit_kinds = '{}' OR place.kind = ANY(rule.unit_kinds)
)
"""
# Higher is worse, or lower: the sign lets one comparison serve both.
LEVELS = """
SELECT {columns}, measured.level FROM (
    SELECT {found}, CASE WHEN found.value * worse.sign >= rule.critical * worse.sign THEN 3
                         WHEN found.value * worse.sign >= rule.warning * worse.sign THEN 2
                         WHEN found.value * worse.sign >= rule.watch * worse.sign THEN 1 END AS level
    FROM ({looks}) AS found JOIN rule ON rule.id = found.rule_id
    CROSS JOIN LATERAL (SELECT CASE rule.worse WHEN 'down' THEN -1 ELSE 1 END AS sign) AS worse
) AS measured WHERE measured.level IS NOT NULL
"""


@transaction.atomic
def judge_day(day: date) -> Judgement:
    """Judge the present day: alerts open, move and close by what the rules see; people are told and urged."""
    _end_what_ended()
    prepare(day)
    return judge(day, compose(day, Rule.objects.filter(is_live=True)))


def judge_today(day: date) -> Judgement | None:
    """Judge the day if it is today; what is past is known, and calls nobody any more."""
    return judge_day(day) if day == clock.today() else None


def compose(day: date, rules: Iterable[Rule], *, tried: bool = False) -> Composed:
    """Return the SELECT of all that the rules see on a day, in the transaction in which `prepare` ran.

    Rules in use see things as they are now; rules that are `tried` see them as they were known on the day.
    """
    kept = list(rules)
    least = least_values(kept)
    looks = [look for kind, look in LOOKS.items() if kind in least]
    params = {"day": day, **{kind: value for kind, value in least.items() if value is not None}}
    params |= _sources_and_figures(day, least.keys())
    if tried:
        params["rules"] = json.dumps(
            [_as_row(rule, number) for number, rule in enumerate(kept, 1)], default=str
        )
    relations = [
        RULES_TRIED if tried else RULES_IN_USE,
        REACH,
        tasks.TASKS_THEN if tried else tasks.TASKS_NOW,
    ]
    if not looks:
        return Composed(NOTHING, params)
    return Composed(f"WITH {', '.join(relations)} {_with_levels(looks)}", params)


def prepare(day: date) -> None:
    """Leave the units of the day and the working days in temporary tables, until the transaction ends."""
    prepare_calendar(day)
    prepare_places(day)


def prepare_calendar(day: date) -> None:
    """Leave the working days around the day in a temporary table."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS calendar")
        cursor.execute(CALENDAR, working_days(day))
        cursor.execute("CREATE INDEX ON calendar (day)")
        cursor.execute("ANALYZE calendar")


def prepare_places(day: date) -> None:
    """Leave the units of the day, each under every unit above it, in a temporary table."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS place")
        cursor.execute(PLACES, {"day": day})
        cursor.execute("ANALYZE place")


def working_days(day: date) -> dict[str, list[Any]]:
    """Return each day around a day with the working days up to it, and the day on which what is due then ends."""
    calendar, works, days, counted, ends = working_calendar(), 0, [], [], []
    first = day - CALENDAR_BACK
    for number in range((CALENDAR_BACK + CALENDAR_AHEAD).days):
        each = first + timedelta(days=number)
        works += calendar.is_working(each)
        days.append(each)
        counted.append(works)
        ends.append(calendar.next_working(each))
    return {"days": days, "works": counted, "ends": ends}


def least_values(rules: Iterable[Rule]) -> dict[str, Any]:
    """Return of each kind in use the mildest threshold of all its rules: what is milder need not be looked at."""
    found: dict[str, list[Any]] = {}
    for rule in rules:
        levels = [level for level in (rule.watch, rule.warning, rule.critical) if level is not None]
        found.setdefault(rule.kind, []).extend(levels)
    return {
        kind: (max if kind == Kind.TASK_DUE_SOON else min)(levels, default=None)
        for kind, levels in found.items()
    }


def _with_levels(looks: Sequence[str]) -> str:
    return LEVELS.format(
        columns=", ".join(f"measured.{name}" for name in COLUMNS),
        found=", ".join(f"found.{name}" for name in COLUMNS),
        looks=" UNION ALL ".join(looks),
    )


def _sources_and_figures(day: date, kinds: Iterable[str]) -> Mapping[str, Any]:
    """What the SELECTs on forms and figures need to know that is not in a table."""
    wanted = set(kinds)
    params: dict[str, Any] = {}
    if Kind.FORM_LATE in wanted:
        params["owed"] = json.dumps(sources.owed_returns(day), default=str)
    if Kind.REPORT_LATE in wanted:
        params["owed_reports"] = json.dumps(reports.owed_reports(day), default=str)
    if wanted & figures.LOOKS.keys():
        params |= figures.running_periods(day)
        params["drawn"] = json.dumps(figures.drawn_from(FEEDS))
    return params


def _as_row(rule: Rule, number: int) -> dict[str, Any]:
    """A rule that may not be stored, as a row of its table; `number` stands for the key that it has not."""
    row = {field.attname: getattr(rule, field.attname) for field in Rule._meta.concrete_fields}
    return {**row, "id": rule.pk or -number}


def _end_what_ended() -> None:
    """Answer the urges about tasks that have ended, and close the alerts from which ended tasks were made."""
    waiting = Urge.objects.filter(answered_at__isnull=True, object_key__startswith=TASK)
    asked = list(waiting.values_list("object_key", "unit_id").distinct())
    ended = set(tasks.ended_of(key.removeprefix(TASK) for key, _ in asked))
    over = [(key, unit) for key, unit in asked if key.removeprefix(TASK) in ended]
    answer(over, by=None, words="Nhiệm vụ đã kết thúc.")
    made = (
        Alert.objects.filter(state=AlertState.OPEN).exclude(task_code="").values_list("task_code", flat=True)
    )
    close_for_tasks(tasks.ended_of(made))


# No rule in use, nothing seen: the columns with their types, and no row.
NOTHING = f"SELECT {', '.join(SEEN)} FROM alerts_alert WHERE false"  # noqa: S608 - our own column names
