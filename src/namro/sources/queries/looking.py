"""What the rules of the alerts look at in the sources: one SELECT a kind, over relations that flows/judging gives."""

from datetime import date, timedelta
from typing import Any

from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.sources.queries.forms import forms
from namro.sources.rules.due import due_day, periods_asked
from namro.sources.terms import FormDef

# What was owed longer ago no longer calls anybody; it stays in the counts of returns.
BACK, AHEAD = timedelta(days=400), timedelta(days=14)

# A rule looks at all declared sources, or at the one that it names; what is amiss is the owner's.
_FEED = """
SELECT rule.id AS rule_id, place.unit_id, '{key}:' || source.code AS object_key,
       left(COALESCE(source.body->>'name', source.code), 600) AS object_label, '/nguon/' || source.code || '/' AS path,
       told.value::numeric AS value, NULL::bigint AS person_id, NULL::bigint AS above_id, NULL::date AS due,
       false AS is_marked, {silences} AS silences, ARRAY[]::varchar[] AS drawn_from
FROM sources_source source
JOIN rule ON rule.kind = '{kind}' AND COALESCE(rule.body->'look'->>'source', source.code) = source.code
JOIN place ON place.code = source.owner AND place.is_own
CROSS JOIN LATERAL ({told}) AS told
WHERE source.is_active AND told.value > 0
"""
_LANDED_BY = """
    SELECT %(day)s - ((max(batch.ended_at) + make_interval(hours => (source.body->>'freshness_hours')::int))
                      AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS value
    FROM sources_batch batch WHERE batch.source_id = source.id AND batch.state IN ('landed', 'same')
      AND (batch.ended_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s
"""
# What failed lately and was not made good by the same file.
_FAILED = """
    SELECT count(*) AS value FROM sources_batch batch
    WHERE batch.source_id = source.id AND batch.state = 'failed'
      AND (batch.started_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN %(day)s - 7 AND %(day)s
      AND NOT EXISTS (SELECT FROM sources_batch again WHERE again.source_id = source.id AND again.state = 'landed'
                        AND again.origin = batch.origin AND again.started_at > batch.started_at)
"""
_HELD = """
    SELECT count(*) AS value FROM sources_batch batch
    JOIN sources_quarantinedrow held ON held.batch_id = batch.id AND held.state = 'open'
    WHERE batch.source_id = source.id AND (batch.started_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <= %(day)s
"""

LOOKS: dict[str, str] = {
    "feed_silent": _FEED.format(
        kind="feed_silent", key="source", silences="'source:' || source.code", told=_LANDED_BY
    ),
    "feed_failed": _FEED.format(kind="feed_failed", key="failed", silences="''", told=_FAILED),
    "feed_rows_held": _FEED.format(kind="feed_rows_held", key="held", silences="''", told=_HELD),
    "form_late": """
SELECT reach.id AS rule_id, unit.id AS unit_id, 'return:' || owed.form || '/' || owed.period AS object_key,
       owed.title AS object_label,
       '/bieu-bao-cao/' || owed.form || '/' || owed.period || '/' || unit.code || '/' AS path,
       (%(day)s - owed.due)::numeric AS value, NULL::bigint AS person_id, NULL::bigint AS above_id, owed.due,
       false AS is_marked, 'form:' || owed.form || '@' || unit.id AS silences, ARRAY[]::varchar[] AS drawn_from
FROM jsonb_to_recordset(%(owed)s::jsonb) AS owed (form text, title text, period text, kind text, start date, due date,
     born date, kinds text[], units text[], inside text)
JOIN organisation_unit unit ON unit.valid_from IS NOT DISTINCT FROM owed.born
     AND (unit.valid_to IS NULL OR unit.valid_to > %(day)s)
     AND (unit.code = ANY(owed.units) OR unit.kind = ANY(owed.kinds))
     AND (owed.inside = '' OR strpos(unit.path, owed.inside) > 0)
JOIN reach ON reach.unit_id = unit.id AND reach.kind = 'form_late' AND reach.form IN ('', owed.form)
WHERE NOT EXISTS (
    SELECT FROM sources_submission sent
    WHERE sent.unit_id = unit.id AND sent.form = owed.form AND sent.period_start = owed.start
      AND sent.period_kind = owed.kind AND sent.submitted_day <= %(day)s)
""",
    "check_breached": """
SELECT reach.id AS rule_id, finding.unit_id,
       'finding:' || finding.form || '/' || finding.period || '/' || finding.check_code AS object_key,
       left(finding.text, 600) AS object_label,
       '/bieu-bao-cao/' || finding.form || '/' || finding.period || '/' || unit.code || '/' AS path,
       (%(day)s - finding.opened_day)::numeric AS value, NULL::bigint AS person_id, NULL::bigint AS above_id,
       NULL::date AS due, false AS is_marked, '' AS silences, ARRAY[]::varchar[] AS drawn_from
FROM sources_finding finding JOIN organisation_unit unit ON unit.id = finding.unit_id
JOIN reach ON reach.unit_id = finding.unit_id AND reach.kind = 'check_breached' AND reach.form IN ('', finding.form)
WHERE finding.opened_day <= %(day)s AND (finding.closed_day IS NULL OR finding.closed_day > %(day)s)
""",
    "source_stale": """
SELECT rule.id AS rule_id, place.unit_id, 'source:' || run.feed AS object_key,
       'Nguồn số liệu ' || CASE run.feed WHEN 'sources' THEN 'biểu báo cáo' WHEN 'tasks' THEN 'sổ nhiệm vụ'
                           ELSE run.feed END AS object_label,
       '/chi-so/' AS path, (%(day)s - run.sound)::numeric AS value, NULL::bigint AS person_id,
       NULL::bigint AS above_id, NULL::date AS due, false AS is_marked, 'source:' || run.feed AS silences,
       ARRAY[]::varchar[] AS drawn_from
FROM (SELECT feed, COALESCE(max(day) FILTER (WHERE state = 'ok'), min(day)) AS sound
      FROM sources_feedrun WHERE day <= %(day)s GROUP BY feed) AS run
JOIN rule ON rule.kind = 'source_stale'
JOIN place ON place.code = rule.owner AND place.is_own
""",
}


def owed_returns(day: date) -> list[dict[str, Any]]:
    """Return what is owed about the day, one row a form, a period, and a day since which units exist: what a unit owes
    counts from its birth, so units of one birth owe by one day."""
    born = list(
        Unit.objects.valid_on(day).order_by("valid_from").values_list("valid_from", flat=True).distinct()
    )
    rows = [
        _owed(form, period, day_born)
        for form in forms()
        for period in periods_asked(form, day)
        for day_born in born
    ]
    return [row for row in rows if day - BACK <= row["due"] <= day + AHEAD]


def _owed(form: FormDef, period: Any, born: date | None) -> dict[str, Any]:
    return {
        "form": form.code,
        "title": f"{form.title}, kỳ {period.label}",
        "period": period.key,
        "kind": period.kind.value,
        "start": period.start,
        "due": due_day(form.due, period, working_calendar(), born=born),
        "born": born,
        "kinds": list(form.kinds),
        "units": list(form.units),
        "inside": f"/{form.within}/" if form.within else "",
    }
