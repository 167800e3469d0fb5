"""Signs in the figures as they are stored: the relations under the SELECTs of formulas/signs.py, and what they show.

A judgement needs only the last ended periods of each indicator, with as many before them as its rules compare.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from namro.ground.period import Kind, Period
from namro.indicators.formulas.signs import LONGEST_SILENCE, NOT_MILDER, SIGNS
from namro.indicators.terms import ASK, OF_OTHERS, Against, Ask, Sign

# A figure still speaks for today if its period is among so many last ended ones; later it is silence that speaks.
STILL_SPEAKS = {Kind.DAY: 3, Kind.WEEK: 2, Kind.MONTH: 2, Kind.QUARTER: 1, Kind.HALF: 1, Kind.YEAR: 1}
LONGEST_PERIOD = {Kind.DAY: 1, Kind.WEEK: 7, Kind.MONTH: 31, Kind.QUARTER: 92, Kind.HALF: 184, Kind.YEAR: 366}
FRAMES = {"": 0, "month": 31, "quarter": 92, "year": 366}

_OF_OTHERS = ", ".join(f"'{sign.value}'" for sign in sorted(OF_OTHERS))
_ASKED = ", ".join(f"{name} {kind}" for name, kind in ASK.items())
# What stands under the SELECTs: laid by in this order. Rules that ask the same are one question, to be answered once:
# in `ask` its number stands for the rule, `asker` leads from it to the rules.
RELATIONS: dict[str, str] = {
    "ask": f"SELECT * FROM jsonb_to_recordset(%(asks)s::jsonb) AS ask ({_ASKED})",  # noqa: S608 - our own words
    "asker": """
SELECT * FROM jsonb_to_recordset(%(askers)s::jsonb) AS asker (question bigint, rule_id bigint)
""",
    "span": """
SELECT * FROM jsonb_to_recordset(%(spans)s::jsonb) AS span (period_kind text, place bigint, period_start date,
                                                            period_end date)
""",
    "near": "SELECT unit_id, other_id FROM organisation_neighbour",
    "peer": """
SELECT id AS unit_id, kind || '@' || parent_id AS peers FROM organisation_unit
WHERE (valid_from IS NULL OR valid_from <= %(day)s) AND (valid_to IS NULL OR valid_to > %(day)s)
""",
    "figure": f"""
SELECT DISTINCT ON (stored.unit_id, stored.indicator, stored.breakdown, stored.period_kind, stored.period_start)
       stored.unit_id, stored.indicator, stored.breakdown, stored.period_kind, stored.period_start,
       stored.value::float8 AS value, stored.numerator::float8 AS numerator, stored.denominator::float8 AS denominator
FROM (SELECT indicator, breakdown, period_kind, min(needed) AS needed, bool_or(kind IN ({_OF_OTHERS})) AS is_of_others
      FROM (SELECT indicator, breakdown, period_kind, needed, kind FROM ask
            UNION ALL SELECT second, '', period_kind, needed, kind FROM ask WHERE second <> '') AS each
      GROUP BY indicator, breakdown, period_kind) AS wanted
JOIN indicators_figure stored ON stored.indicator = wanted.indicator AND stored.breakdown = wanted.breakdown
     AND stored.period_kind = wanted.period_kind AND stored.period_start >= wanted.needed
JOIN unnest(%(period_kinds)s::text[], %(running_since)s::date[]) AS running (kind, start)
  ON running.kind = stored.period_kind AND stored.period_start < running.start
WHERE stored.as_of <= %(day)s AND stored.period_start >= %(figures_since)s
  AND (wanted.is_of_others OR %(units)s::bigint[] IS NULL OR stored.unit_id = ANY(%(units)s))
ORDER BY stored.unit_id, stored.indicator, stored.breakdown, stored.period_kind, stored.period_start,
         stored.as_of DESC
""",  # noqa: S608 - our own words
}
# Of each rule and unit the last period that still speaks, where it is not too mild to call; silence is shown where
# there is none. The last periods are those of the indicators, however many rules ask for one.
_LAST = """
SELECT sign.* FROM ({select}) AS sign JOIN ask ON ask.rule_id = sign.rule_id
JOIN (SELECT figure.indicator, figure.breakdown, figure.period_kind, figure.unit_id, max(figure.period_start)
                 AS period_start
      FROM figure
      JOIN (SELECT DISTINCT indicator, breakdown, period_kind, since FROM ask WHERE kind = '{kind}') AS asked
        ON asked.indicator = figure.indicator AND asked.breakdown = figure.breakdown
       AND asked.period_kind = figure.period_kind AND figure.period_start >= asked.since
      WHERE figure.value IS NOT NULL
      GROUP BY figure.indicator, figure.breakdown, figure.period_kind, figure.unit_id) AS latest
  ON latest.indicator = ask.indicator AND latest.breakdown = ask.breakdown AND latest.period_kind = ask.period_kind
 AND latest.unit_id = sign.unit_id AND latest.period_start = sign.period_start
WHERE {not_milder}
"""
_ENOUGH = NOT_MILDER.format(ask="ask", seen="sign.seen")
_SHOWN = "SELECT sign.* FROM ({select}) AS sign JOIN ask ON ask.rule_id = sign.rule_id WHERE {not_milder}"
PICKS: dict[str, str] = {
    sign.value: (_SHOWN if sign is Sign.SILENT else _LAST).format(
        select=select, kind=sign.value, not_milder=_ENOUGH
    )
    for sign, select in SIGNS.items()
}
LOOK = """
SELECT reach.id AS rule_id, picked.unit_id,
       'figure:' || ask.indicator || CASE ask.breakdown WHEN '' THEN '' ELSE '.' || ask.breakdown END AS object_key,
       drawn.name || COALESCE(' (' || NULLIF(ask.breakdown, '') || ')', '')
           || CASE ask.period_kind WHEN 'day' THEN to_char(picked.period_start, '", ngày "DD/MM/YYYY')
                                   WHEN 'month' THEN to_char(picked.period_start, '", tháng "MM/YYYY')
                                   ELSE to_char(picked.period_start, '", kỳ từ "DD/MM/YYYY') END AS object_label,
       '/chi-so/' || ask.indicator || '/?don_vi=' || unit.code AS path,
       round(LEAST(picked.seen, 1e15)::numeric, 4) AS value,
       NULL::bigint AS person_id, NULL::bigint AS above_id, NULL::date AS due, false AS is_marked, '' AS silences,
       drawn.sources::varchar[]
           || ARRAY(SELECT 'form:' || form || '@' || picked.unit_id FROM unnest(drawn.forms) AS form)::varchar[]
           AS drawn_from
FROM sign_picked picked
JOIN ask ON ask.rule_id = picked.rule_id
JOIN asker ON asker.question = picked.rule_id
JOIN reach ON reach.id = asker.rule_id AND reach.unit_id = picked.unit_id
JOIN organisation_unit unit ON unit.id = picked.unit_id
JOIN jsonb_to_recordset(%(drawn)s::jsonb) AS drawn (indicator text, name text, sources text[], forms text[])
  ON drawn.indicator = ask.indicator
"""


def since(kind: Kind, day: date, *, is_silence: bool = False) -> date:
    """Return the start of the first period that still speaks on a day; of silence, of the last that has ended."""
    period = Period.containing(kind, day + timedelta(days=1)).previous()
    for _ in range(0 if is_silence else STILL_SPEAKS[kind] - 1):
        period = period.previous()
    return period.start


def needed(ask: Ask) -> date:
    """Return the day from which on the figures of an indicator are needed to answer."""
    length = LONGEST_PERIOD[ask.period_kind]
    back = FRAMES[ask.frame] + length * (ask.many + 1)
    if ask.kind is Sign.SILENT:
        back = length * LONGEST_SILENCE
    if ask.kind is Sign.CHANGED and ask.against is Against.LAST_YEAR:
        back = 366 + length
    return ask.since - timedelta(days=back)


def asked_of(asks: Iterable[Ask], day: date) -> dict[str, Any]:
    """Return the parameters of the relations: the questions, who asks each, and the periods up to the day."""
    questions: dict[Ask, list[Ask]] = {}
    for ask in asks:
        questions.setdefault(replace(ask, rule_id=0, mild=None), []).append(ask)
    asked = [
        replace(question, rule_id=number, mild=_mildest(same))
        for number, (question, same) in enumerate(questions.items(), 1)
    ]
    askers = [
        {"question": number, "rule_id": ask.rule_id}
        for number, same in enumerate(questions.values(), 1)
        for ask in same
    ]
    return {
        "asks": json.dumps([vars(ask) for ask in asked], default=str),
        "askers": json.dumps(askers),
        "figures_since": min((ask.needed for ask in asked), default=day),
        "spans": json.dumps(spans_of(asked, day), default=str),
    }


def _mildest(same: Iterable[Ask]) -> float | None:
    """The mildest mark of those who ask the same; None where one of them has none."""
    marks = [(ask.mild, ask.turn) for ask in same]
    if any(mark is None for mark, _ in marks):
        return None
    return min((mark for mark, _ in marks if mark is not None), key=lambda mark: mark * marks[0][1])


def spans_of(asks: Iterable[Ask], day: date) -> list[dict[str, Any]]:
    """Return the periods of each kind that is asked for, in order, from the first needed to the last ended."""
    first: dict[Kind, date] = {}
    for ask in asks:
        first[ask.period_kind] = min(ask.needed, first.get(ask.period_kind, ask.needed))
    found = []
    for kind, start in first.items():
        period, place = Period.containing(kind, start), 0
        while period.end <= day:
            found.append(
                {
                    "period_kind": kind.value,
                    "place": place,
                    "period_start": period.start,
                    "period_end": period.end,
                }
            )
            period, place = period.next(), place + 1
    return found
