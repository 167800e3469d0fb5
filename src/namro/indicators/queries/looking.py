"""What the rules of the alerts look at in the figures: one SELECT a kind, over relations that flows/judging gives.

A kind picks figures by how far each is from where it should be; what was picked is laid by, then joined with the rules.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from namro.ground.period import Kind, Period
from namro.indicators.queries.definitions import definitions
from namro.indicators.terms import IndicatorDef

# The figures known on the day of periods that had ended by then, of the indicators that the rules of a kind name.
# Units come first in every order: numbers compare far faster than words.
_KNOWN = """
    SELECT DISTINCT ON (figure.unit_id, figure.indicator, figure.breakdown, figure.period_kind,
                        figure.period_start)
           figure.indicator, figure.breakdown, figure.unit_id, figure.period_kind, figure.period_start, figure.period,
           figure.value
    FROM indicators_figure figure
    JOIN unnest(%(period_kinds)s::text[], %(running_since)s::date[]) AS running (kind, start)
      ON running.kind = figure.period_kind AND figure.period_start < running.start
    WHERE figure.as_of <= %(day)s AND figure.period_start >= %(day)s - 800
      AND (%(units)s::bigint[] IS NULL OR figure.unit_id = ANY(%(units)s))
      AND (figure.unit_id, figure.indicator) IN (
          SELECT reach.unit_id, reach.indicator FROM reach WHERE reach.kind = '{kind}')
    ORDER BY figure.unit_id, figure.indicator, figure.breakdown, figure.period_kind, figure.period_start DESC,
             figure.as_of DESC
"""
_PICKED = """
SELECT '{kind}' AS kind, figure.indicator, figure.breakdown, figure.unit_id,
       'figure:' || figure.indicator || CASE figure.breakdown WHEN '' THEN '' ELSE '.' || figure.breakdown END {key}
           AS object_key,
       COALESCE(' (' || NULLIF(figure.breakdown, '') || ')', '') {label} AS label, figure.seen
FROM ({figures}) AS figure WHERE figure.seen >= 0
"""
LOOK = """
SELECT reach.id AS rule_id, picked.unit_id, picked.object_key, drawn.name || picked.label AS object_label,
       '/chi-so/' || picked.indicator || '/?don_vi=' || unit.code AS path, picked.seen AS value,
       NULL::bigint AS person_id, NULL::bigint AS above_id, NULL::date AS due, false AS is_marked, '' AS silences,
       drawn.sources::varchar[]
           || ARRAY(SELECT 'form:' || form || '@' || picked.unit_id FROM unnest(drawn.forms) AS form)::varchar[]
           AS drawn_from
FROM figure_picked picked
JOIN organisation_unit unit ON unit.id = picked.unit_id
JOIN reach ON reach.unit_id = picked.unit_id AND reach.kind = picked.kind AND reach.indicator = picked.indicator
     AND reach.breakdown IN ('', picked.breakdown)
JOIN jsonb_to_recordset(%(drawn)s::jsonb) AS drawn (indicator text, name text, sources text[], forms text[])
  ON drawn.indicator = picked.indicator
"""

# How far behind where the trajectory of the target stands on the day, in per cent of that.
_OFF = """
    SELECT known.*,
           round(100 * (expected.value - known.value) * aim.sign / NULLIF(abs(expected.value), 0), 1) AS seen
    FROM (SELECT DISTINCT ON (unit_id, indicator, breakdown) * FROM ({known}) AS each
          ORDER BY unit_id, indicator, breakdown, period_start DESC, period_kind) AS known
    JOIN (SELECT DISTINCT ON (target.unit_id, target.indicator, target.breakdown) target.*,
                 CASE definition.body->>'direction' WHEN 'down' THEN -1 ELSE 1 END AS sign
          FROM indicators_target target
          JOIN indicators_definition definition ON definition.code = target.indicator
          WHERE target.set_on <= %(day)s AND (%(units)s::bigint[] IS NULL OR target.unit_id = ANY(%(units)s))
          ORDER BY target.unit_id, target.indicator, target.breakdown, target.set_on DESC) AS aim
      ON aim.indicator = known.indicator AND aim.unit_id = known.unit_id AND aim.breakdown = known.breakdown
    CROSS JOIN LATERAL (
        SELECT CASE WHEN step.next_day IS NULL THEN step.value
                    ELSE step.value
                         + (step.next_value - step.value) * (%(day)s - step.day) / (step.next_day - step.day)
               END AS value
        FROM (SELECT point.day, point.value, lead(point.day) OVER later AS next_day,
                     lead(point.value) OVER later AS next_value
              FROM jsonb_to_recordset(aim.body->'points') AS point (day date, value numeric)
              WINDOW later AS (ORDER BY point.day)) AS step
        WHERE step.day <= %(day)s AND (step.next_day IS NULL OR step.next_day > %(day)s)
    ) AS expected
"""

# How much the last period differs from the one before, in per cent of that one.
_JUMPED = """
    SELECT moved.*,
           round(100 * abs(moved.value - moved.previous) / NULLIF(abs(moved.previous), 0), 1) AS seen
    FROM (SELECT each.*, lead(value) OVER back AS previous, row_number() OVER back AS place
          FROM ({known}) AS each
          WINDOW back AS (PARTITION BY unit_id, indicator, breakdown, period_kind ORDER BY period_start DESC)) AS moved
    WHERE moved.place = 1
"""

PICKS: dict[str, str] = {
    "figure_off_trajectory": _PICKED.format(
        kind="figure_off_trajectory",
        figures=_OFF.format(known=_KNOWN.format(kind="figure_off_trajectory")),
        key="",
        label="",
    ),
    "figure_jumped": _PICKED.format(
        kind="figure_jumped",
        figures=_JUMPED.format(known=_KNOWN.format(kind="figure_jumped")),
        key="|| '/' || figure.period",
        label="|| ', kỳ ' || figure.period",
    ),
}


def running_periods(day: date) -> dict[str, Any]:
    """Return, for the SELECTs, the kinds of period and the first day of each that is still running after the day."""
    after = day + timedelta(days=1)
    return {
        "period_kinds": [kind.value for kind in Kind],
        "running_since": [Period.containing(kind, after).start for kind in Kind],
    }


def drawn_from(feeds: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return of each indicator its name, and the feeds (by the prefix of their measures) and forms it is drawn from."""
    return [_drawn(definition, feeds) for definition in definitions()]


def _drawn(definition: IndicatorDef, feeds: Mapping[str, str]) -> dict[str, Any]:
    measures = definition.measures
    sources = {f"source:{name}" for prefix, name in feeds.items() for m in measures if m.startswith(prefix)}
    sources |= {f"source:{definition.table}"} if definition.table else set()
    forms = {measure.split(".")[1] for measure in measures if measure.count(".") == 2}
    return {
        "indicator": definition.code,
        "name": definition.name,
        "sources": sorted(sources),
        "forms": sorted(forms),
    }
