"""What the rules of the alerts look at in the reports: periodic ones not sent, over the relations of flows/judging."""

from datetime import date, timedelta
from typing import Any

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.reports.catalog.templates import TemplateDef
from namro.reports.queries.owed import periods_owed, scheduled
from namro.sources.rules.due import due_day

# What was owed longer ago no longer calls anybody; it stays in the lists of who has sent.
BACK, AHEAD = timedelta(days=400), timedelta(days=14)

LOOKS: dict[str, str] = {
    "report_late": """
SELECT reach.id AS rule_id, unit.id AS unit_id, 'report:' || owed.template || '/' || owed.period AS object_key,
       owed.title AS object_label,
       '/bao-cao/dinh-ky/' || owed.template || '/' || owed.period || '/' || unit.code || '/' AS path,
       (%(day)s - owed.due)::numeric AS value, NULL::bigint AS person_id, NULL::bigint AS above_id, owed.due,
       false AS is_marked, '' AS silences, ARRAY[]::varchar[] AS drawn_from
FROM jsonb_to_recordset(%(owed_reports)s::jsonb) AS owed (template text, title text, period text, kind text, start date,
     due date, born date, kinds text[])
JOIN organisation_unit unit ON unit.valid_from IS NOT DISTINCT FROM owed.born
     AND (unit.valid_to IS NULL OR unit.valid_to > %(day)s) AND unit.kind = ANY(owed.kinds)
JOIN reach ON reach.unit_id = unit.id AND reach.kind = 'report_late'
WHERE NOT EXISTS (
    SELECT FROM reports_sentreport sent
    WHERE sent.unit_id = unit.id AND sent.template = owed.template AND sent.period_start = owed.start
      AND sent.period_kind = owed.kind AND sent.sent_day <= %(day)s)
""",
}


def owed_reports(day: date) -> list[dict[str, Any]]:
    """Return what is owed about the day, one row a template, a period, and a day since which units exist."""
    born = list(
        Unit.objects.valid_on(day).order_by("valid_from").values_list("valid_from", flat=True).distinct()
    )
    rows = [
        _owed(template, period, day_born)
        for template in scheduled()
        for period in periods_owed(template, day)
        for day_born in born
    ]
    return [row for row in rows if day - BACK <= row["due"] <= day + AHEAD]


def _owed(template: TemplateDef, period: Period, born: date | None) -> dict[str, Any]:
    if template.schedule is None:
        raise ValueError(template.code)
    return {
        "template": template.code,
        "title": f"{template.name}, {period.label}",
        "period": period.key,
        "kind": period.kind.value,
        "start": period.start,
        "due": due_day(template.schedule.due, period, working_calendar(), born=born),
        "born": born,
        "kinds": list(template.schedule.kinds),
    }
