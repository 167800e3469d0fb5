"""The judgement of a day: what each domain shows to the rules of the alerts is composed into one SELECT.

Alerts stand below tasks and above figures, and know none of them: each kind is a SELECT given by the domain that owns
the rows, over relations that stand here: `rule`, `reach` (each rule once for each unit in its reach), `place`, and
`calendar`. A second judgement of the same day looks only where something changed (flows/touching.py).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from namro.alerts.actions import alone, answer, close_for_tasks, judge, take_touched
from namro.alerts.actions.merging import NOTHING
from namro.alerts.models import Rule
from namro.alerts.queries import least_in_use, least_of
from namro.alerts.terms import SEEN, Composed, Judgement, Kind
from namro.flows.signs import asks_in_use, asks_of
from namro.flows.touching import scope_of
from namro.ground import clock
from namro.indicators.queries import looking as figures
from namro.indicators.queries import signs
from namro.indicators.terms import Ask
from namro.organisation.queries import working_calendar
from namro.reports.queries import looking as reports
from namro.sources.queries import looking as sources
from namro.tasks import feeds as tasks

# A kind is a SELECT of its own, or picks what one SELECT of its domain reads.
LOOKS: dict[str, str] = {**sources.LOOKS, **reports.LOOKS}
PICKS = {
    "task_picked": (tasks.PICKS, tasks.LOOK),
    "figure_picked": (figures.PICKS, figures.LOOK),
    "sign_picked": (signs.PICKS, signs.LOOK),
}
# What is laid by before some are picked.
UNDER = {"sign_picked": signs.RELATIONS}
# A unit is compared with its past and with others: many rows, however few the units.
WIDE = frozenset({"sign_picked"})
FEEDS = {"bieu.": "sources", "nhiem_vu.": "tasks"}
COLUMNS = tuple(name for name in SEEN if name != "level")
# Due days further away neither come soon nor have been late for so long.
CALENDAR_BACK, CALENDAR_AHEAD = timedelta(days=2200), timedelta(days=1500)

PLACES = """
CREATE TEMPORARY TABLE place ON COMMIT DROP AS
SELECT unit.id AS unit_id, unit.kind, top.code, top.code = unit.code AS is_own
FROM organisation_unit unit CROSS JOIN LATERAL unnest(string_to_array(rtrim(unit.path, '/'), '/')) AS top (code)
WHERE (unit.valid_from IS NULL OR unit.valid_from <= %(day)s) AND (unit.valid_to IS NULL OR unit.valid_to > %(day)s)
  AND (%(units)s::bigint[] IS NULL OR unit.id = ANY(%(units)s))
"""
CALENDAR = """
CREATE TEMPORARY TABLE calendar ON COMMIT DROP AS
SELECT * FROM unnest(%(days)s::date[], %(works)s::int[], %(ends)s::date[]) AS known (day, works, ends)
"""
RULES_IN_USE = """
rule AS NOT MATERIALIZED (
    SELECT * FROM alerts_rule WHERE is_live AND (%(rule_ids)s::bigint[] IS NULL OR id = ANY(%(rule_ids)s)))
"""
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

URGED_AND_ENDED = f"""
SELECT DISTINCT object_key, unit_id FROM alerts_urge
WHERE answered_at IS NULL AND object_key LIKE 'task:%' AND substr(object_key, 6) IN ({tasks.ENDED})
"""  # noqa: S608
MADE_AND_ENDED = f"""
SELECT DISTINCT task_code FROM alerts_alert WHERE state = 'open' AND task_code <> '' AND task_code IN ({tasks.ENDED})
"""  # noqa: S608


@transaction.atomic
def judge_day(day: date) -> Judgement:
    """Judge the present day: alerts open, move and close by what the rules see; people are told and urged."""
    alone()
    _end_what_ended()
    composed, known = compose(day, least_in_use()), working_days(day)
    scope = scope_of(take_touched(day, [composed.sql, *composed.first.items(), composed.params, known]))
    if scope.rules is not None:
        composed = compose(day, least_in_use(scope.rules), scope.rules)
    prepare(day, known, scope.units)
    asked = replace(composed, params={**composed.params, "units": scope.units})
    return judge(day, asked, scope.units, scope.rules)


def judge_today(day: date) -> Judgement | None:
    """Judge the day if it is today; what is past is known, and calls nobody any more."""
    return judge_day(day) if day == clock.today() else None


def compose(day: date, least: Mapping[str, Any], rules: Collection[int] | None = None) -> Composed:
    """Return the SELECT of all that the rules in use (or some of them, by key) see now, in a transaction in which
    `prepare` ran.

    `least` is the mildest threshold of all these rules of each kind: what is milder need not be looked at.
    """
    asks = asks_in_use(day) if signs.PICKS.keys() & least.keys() else []
    asked = [ask for ask in asks if rules is None or ask.rule_id in rules]
    params = {**_params(day, least, asked), "rule_ids": None if rules is None else list(rules)}
    return _composed(f"{RULES_IN_USE}, {REACH}, {tasks.TASKS_NOW}", least.keys(), params)


def compose_trial(day: date, rules: Iterable[Rule]) -> Composed:
    """Return the SELECT of what some rules, stored or not, would have seen as things were known on a day."""
    kept = list(rules)
    least = least_of(kept)
    by_key = {rule.pk or -number: rule for number, rule in enumerate(kept, 1)}
    rows = [_as_row(rule, key) for key, rule in by_key.items()]
    params = {**_params(day, least, asks_of(by_key, day)), "rules": json.dumps(rows, default=str)}
    return _composed(f"{RULES_TRIED}, {REACH}, {tasks.TASKS_THEN}", least.keys(), params)


def _composed(relations: str, kinds: Collection[str], params: Mapping[str, Any]) -> Composed:
    """What rules of some kinds see, over the relations: what is picked first, and what is read of it."""
    looks = [look for kind, look in LOOKS.items() if kind in kinds]
    first: dict[str, str] = {}
    for name, (picks, look) in PICKS.items():
        if picked := [pick for kind, pick in picks.items() if kind in kinds]:
            first |= UNDER.get(name, {})
            first[name] = f"WITH {relations} {' UNION ALL '.join(picked)}"
            looks.append(look)
    if not looks:
        return Composed(NOTHING, params)
    return Composed(f"WITH {relations} {_with_levels(looks)}", params, first, WIDE)


def prepare(day: date, known: Mapping[str, list[Any]], units: Sequence[int] | None = None) -> None:
    """Leave the units of the day (of those given) and the working days in temporary tables, until the transaction
    ends."""
    prepare_calendar(known)
    prepare_places(day, units)


def prepare_calendar(known: Mapping[str, list[Any]]) -> None:
    """Leave the working days around a day in a temporary table."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS calendar")
        cursor.execute(CALENDAR, dict(known))
        cursor.execute("CREATE INDEX ON calendar (day)")
        cursor.execute("ANALYZE calendar")


def prepare_places(day: date, units: Sequence[int] | None = None) -> None:
    """Leave the units of the day (of those given), each under every unit above it, in a temporary table."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS place")
        cursor.execute(PLACES, {"day": day, "units": list(units) if units is not None else None})
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


def _params(day: date, least: Mapping[str, Any], asks: Iterable[Ask]) -> dict[str, Any]:
    milds = {kind: value for kind, value in least.items() if value is not None}
    known = _sources_and_figures(day, least.keys())
    return {"day": day, "units": None, **milds, **known, **signs.asked_of(asks, day)}


def _with_levels(looks: Sequence[str]) -> str:
    return LEVELS.format(
        columns=", ".join(f"measured.{name}" for name in COLUMNS),
        found=", ".join(f"found.{name}" for name in COLUMNS),
        looks=" UNION ALL ".join(looks),
    )


def _sources_and_figures(day: date, kinds: Iterable[str]) -> dict[str, Any]:
    """What the SELECTs on forms and figures need to know that is not in a table."""
    wanted = set(kinds)
    params: dict[str, Any] = {}
    if Kind.FORM_LATE in wanted:
        params["owed"] = json.dumps(sources.owed_returns(day), default=str)
    if Kind.REPORT_LATE in wanted:
        params["owed_reports"] = json.dumps(reports.owed_reports(day), default=str)
    if wanted & (figures.PICKS.keys() | signs.PICKS.keys()):
        params |= figures.running_periods(day)
        params["drawn"] = json.dumps(figures.drawn_from(FEEDS))
    return params


def _as_row(rule: Rule, key: int) -> dict[str, Any]:
    """A rule that may not be stored, as a row of its table; `key` stands for the one that it has not."""
    row = {field.attname: getattr(rule, field.attname) for field in Rule._meta.concrete_fields}
    return {**row, "id": key}


def _end_what_ended() -> None:
    """Answer the urges about tasks that have ended, and close the alerts from which ended tasks were made."""
    with connection.cursor() as cursor:
        cursor.execute(URGED_AND_ENDED)
        answer(cursor.fetchall(), by=None, words="Nhiệm vụ đã kết thúc.")
        cursor.execute(MADE_AND_ENDED)
        close_for_tasks(code for (code,) in cursor.fetchall())
