"""Signs in figures: one SELECT a kind of rule, of so much SQL as PostgreSQL and DuckDB have in common.

Each gives (rule_id, unit_id, period_start, seen) for every period since the day that the rule asks for: the judgement
reads the last of them from what is stored, the backtest reads years of them from what is computed of the lake.

Relations that stand under them: `ask` (terms.signs.ASK), `figure` (unit_id, indicator, breakdown, period_kind,
period_start, value, numerator, denominator; one a place and ended period), `near` (unit_id, other_id), `peer` (unit_id,
peers), `span` (period_kind, place, period_start, period_end: the periods in order, with those that nobody reported).
"""

from collections.abc import Mapping

from namro.indicators.terms import Sign

# Peers so few have no middle worth the name.
FEWEST_PEERS = 8
# A line is believed where it leads so many times further than the figures stray from it.
STEADY = 3
FURTHEST_DAYS = 400
# Where less than this share of an allowance is gone, the pace says nothing yet.
FIRST_SHARE = 0.25
# How a unit usually reports is seen from so many figures, at least so many of them; silence is told for so long.
HABIT, FEWEST_HABIT, LONGEST_SILENCE = 30, 5, 60

_DRAWN = """
drawn AS (
    SELECT ask.*, figure.unit_id, figure.period_start, figure.value, figure.numerator, figure.denominator
    FROM ask JOIN figure ON figure.indicator = ask.indicator AND figure.breakdown = ask.breakdown
                        AND figure.period_kind = ask.period_kind
    WHERE ask.kind = '{kind}' AND figure.value IS NOT NULL
      AND (ask.at_least IS NULL OR figure.denominator IS NULL OR ask.frame <> '' OR figure.denominator >= ask.at_least)
)"""
_NUMBERED = """
numbered AS (
    SELECT drawn.*, row_number() OVER (PARTITION BY rule_id, unit_id ORDER BY period_start) AS place FROM drawn
)"""
_SAME = "{one}.rule_id = {other}.rule_id AND {one}.unit_id = {other}.unit_id"
_SIDED = "CASE side WHEN 0 THEN abs({what}) ELSE ({what}) * side END"

# What is not milder than the mildest mark of its rule, which is held against values of four decimals.
NOT_MILDER = "({ask}.mild IS NULL OR {seen} * {ask}.turn >= {ask}.mild * {ask}.turn - 0.00005)"

_THRESHOLD = f"""
SELECT rule_id, unit_id, period_start, value AS seen FROM drawn
WHERE period_start >= since AND {NOT_MILDER.format(ask="drawn", seen="value")}
"""  # noqa: S608 - our own words

# Per cent by which a figure differs, to the bad side, from what it is compared with; nothing smaller than the floor is
# taken for a base, or one more of a few would be a hundred per cent.
_CHANGED = f"""
, based AS (
    SELECT now.rule_id, now.unit_id, now.period_start, now.value, now.side, now.floor,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY past.value) AS base
    FROM numbered now JOIN numbered past ON {_SAME.format(one="now", other="past")}
         AND past.place < now.place AND past.place >= now.place - now.many
    WHERE now.against = 'previous' AND now.period_start >= now.since
    GROUP BY now.rule_id, now.unit_id, now.period_start, now.value, now.side, now.floor, now.many
    HAVING count(*) >= now.many
    UNION ALL
    SELECT now.rule_id, now.unit_id, now.period_start, now.value, now.side, now.floor, past.value
    FROM numbered now JOIN numbered past ON {_SAME.format(one="now", other="past")}
         AND past.period_start = CAST(now.period_start - INTERVAL '1 year' AS date)
    WHERE now.against = 'last_year' AND now.period_start >= now.since
)
SELECT rule_id, unit_id, period_start,
       100 * {_SIDED.format(what="value - base")} / NULLIF(GREATEST(abs(base), COALESCE(floor, 0)), 0) AS seen
FROM based
"""  # noqa: S608 - our own words

# How many times the usual distance from the median of its peers (their median absolute deviation, or the floor).
_OUTLIER = f"""
, among AS (
    SELECT drawn.*, peer.peers FROM drawn JOIN peer ON peer.unit_id = drawn.unit_id WHERE period_start >= since
), middles AS (
    SELECT rule_id, peers, period_start, percentile_cont(0.5) WITHIN GROUP (ORDER BY value) AS middle
    FROM among GROUP BY rule_id, peers, period_start HAVING count(*) >= {FEWEST_PEERS}
), spreads AS (
    SELECT among.rule_id, among.peers, among.period_start, middles.middle,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(among.value - middles.middle)) AS spread
    FROM among JOIN middles ON middles.rule_id = among.rule_id AND middles.peers = among.peers
                           AND middles.period_start = among.period_start
    GROUP BY among.rule_id, among.peers, among.period_start, middles.middle
)
SELECT among.rule_id, among.unit_id, among.period_start,
       {_SIDED.format(what="value - middle")} / NULLIF(GREATEST(spread, COALESCE(floor, 0)), 0) AS seen
FROM among JOIN spreads ON spreads.rule_id = among.rule_id AND spreads.peers = among.peers
                       AND spreads.period_start = among.period_start
"""  # noqa: S608 - our own words

# Days, from the end of the period, until the line through the last figures (the median of all slopes between two of
# them) comes to the bound; only where it leads there steadily, and has not yet arrived.
_FORECAST = f"""
, windowed AS (
    SELECT now.rule_id, now.unit_id, now.period_start AS today, now.value AS today_value, now.side, now.many, now.bound,
           now.period_kind, past.place, past.value, past.period_start - now.period_start AS x
    FROM numbered now JOIN numbered past ON {_SAME.format(one="now", other="past")}
         AND past.place <= now.place AND past.place > now.place - now.many
    WHERE now.period_start >= now.since
), sloped AS (
    SELECT b.rule_id, b.unit_id, b.today, percentile_cont(0.5) WITHIN GROUP (ORDER BY (b.value - a.value) / (b.x - a.x))
               AS slope
    FROM windowed a JOIN windowed b ON {_SAME.format(one="a", other="b")} AND a.today = b.today AND a.place < b.place
    GROUP BY b.rule_id, b.unit_id, b.today, b.many HAVING count(*) = b.many * (b.many - 1) / 2
), risen AS (
    SELECT windowed.*, sloped.slope, windowed.value - sloped.slope * windowed.x AS height
    FROM windowed JOIN sloped ON {_SAME.format(one="windowed", other="sloped")} AND sloped.today = windowed.today
), levelled AS (
    SELECT rule_id, unit_id, today, today_value, side, bound, period_kind, slope, min(x) AS back,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY height) AS level
    FROM risen GROUP BY rule_id, unit_id, today, today_value, side, bound, period_kind, slope
), strayed AS (
    SELECT levelled.rule_id, levelled.unit_id, levelled.today,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(risen.height - levelled.level)) AS stray
    FROM levelled JOIN risen ON {_SAME.format(one="levelled", other="risen")} AND risen.today = levelled.today
    GROUP BY levelled.rule_id, levelled.unit_id, levelled.today
), led AS (
    SELECT levelled.rule_id, levelled.unit_id, levelled.today AS period_start,
           (bound - level) / NULLIF(slope, 0) - (span.period_end - span.period_start) AS seen
    FROM levelled JOIN strayed ON {_SAME.format(one="levelled", other="strayed")} AND strayed.today = levelled.today
    JOIN span ON span.period_start = levelled.today AND span.period_kind = levelled.period_kind
    WHERE slope * side > 0 AND today_value * side < bound * side AND level * side < bound * side
      AND abs(slope * back) >= {STEADY} * stray
)
SELECT rule_id, unit_id, period_start, GREATEST(seen, 0) AS seen FROM led WHERE seen <= {FURTHEST_DAYS}
"""  # noqa: S608 - our own words

# A figure while a second one of the same unit and period lies in its range.
_TOGETHER = """
SELECT drawn.rule_id, drawn.unit_id, drawn.period_start, drawn.value AS seen
FROM drawn JOIN figure other ON other.indicator = drawn.second AND other.breakdown = ''
     AND other.period_kind = drawn.period_kind AND other.unit_id = drawn.unit_id
     AND other.period_start = drawn.period_start
WHERE drawn.period_start >= drawn.since
  AND (drawn.second_from IS NULL OR other.value >= drawn.second_from)
  AND (drawn.second_to IS NULL OR other.value <= drawn.second_to)
"""

# How many times faster than time passes the allowance of a month, quarter or year is used up.
_BURN = f"""
, framed AS (
    SELECT drawn.*, span.period_end,
           CAST(CASE frame WHEN 'month' THEN date_trunc('month', drawn.period_start)
                           WHEN 'quarter' THEN date_trunc('quarter', drawn.period_start)
                           ELSE date_trunc('year', drawn.period_start) END AS date) AS frame_start,
           CASE WHEN denominator IS NULL THEN value WHEN side > 0 THEN numerator ELSE denominator - numerator END AS bad
    FROM drawn JOIN span ON span.period_kind = drawn.period_kind AND span.period_start = drawn.period_start
), ended AS (
    SELECT framed.*, CAST(CASE frame WHEN 'month' THEN frame_start + INTERVAL '1 month'
                                     WHEN 'quarter' THEN frame_start + INTERVAL '3 months'
                                     ELSE frame_start + INTERVAL '1 year' END AS date) AS frame_end
    FROM framed
), running AS (
    SELECT rule_id, unit_id, period_start, since, bound, at_least, denominator, sum(bad) OVER so_far AS used,
           sum(denominator) OVER so_far AS whole,
           CAST(period_end - frame_start + 1 AS float8) / (frame_end - frame_start) AS passed
    FROM ended WINDOW so_far AS (PARTITION BY rule_id, unit_id, frame_start ORDER BY period_start)
), paced AS (
    SELECT running.*, CASE WHEN denominator IS NULL THEN used / bound / passed
                           ELSE used / NULLIF(bound / 100 * whole, 0) END AS pace
    FROM running WHERE period_start >= since AND (at_least IS NULL OR whole IS NULL OR whole >= at_least)
)
SELECT rule_id, unit_id, period_start, pace AS seen FROM paced WHERE pace * passed >= {FIRST_SHARE}
"""  # noqa: S608 - our own words

# How many neighbours, the unit among them, are beyond the bound in the same period.
_SPREAD = """
, beyond AS (
    SELECT rule_id, unit_id, period_start FROM drawn WHERE value * side >= bound * side AND period_start >= since
)
SELECT one.rule_id, one.unit_id, one.period_start, CAST(1 + count(*) AS float8) AS seen
FROM beyond one JOIN near ON near.unit_id = one.unit_id
JOIN beyond other ON other.rule_id = one.rule_id AND other.unit_id = near.other_id
                 AND other.period_start = one.period_start
GROUP BY one.rule_id, one.unit_id, one.period_start
"""

# For how many periods more than it ever does a unit has reported nothing.
_SILENT = f"""
, given AS (
    SELECT drawn.rule_id, drawn.unit_id, drawn.since, drawn.period_kind, span.place,
           lead(span.place) OVER one AS next_place, span.place - lag(span.place) OVER one AS gap
    FROM drawn JOIN span ON span.period_kind = drawn.period_kind AND span.period_start = drawn.period_start
    WINDOW one AS (PARTITION BY drawn.rule_id, drawn.unit_id ORDER BY span.place)
), used_to AS (
    SELECT given.*, max(gap) OVER back AS longest, count(gap) OVER back AS known FROM given
    WINDOW back AS (PARTITION BY rule_id, unit_id ORDER BY place ROWS BETWEEN {HABIT - 1} PRECEDING AND CURRENT ROW)
), heard AS (
    SELECT rule_id, max(place) AS place FROM given GROUP BY rule_id
)
SELECT used_to.rule_id, used_to.unit_id, missed.period_start,
       CAST(missed.place - used_to.place - used_to.longest + 1 AS float8) AS seen
FROM used_to JOIN span missed ON missed.period_kind = used_to.period_kind AND missed.place > used_to.place
     AND (used_to.next_place IS NULL OR missed.place < used_to.next_place)
JOIN heard ON heard.rule_id = used_to.rule_id AND missed.place <= heard.place
WHERE used_to.known >= {FEWEST_HABIT} AND missed.period_start >= used_to.since
  AND missed.place - used_to.place <= {LONGEST_SILENCE} AND missed.place - used_to.place >= used_to.longest
"""  # noqa: S608 - our own words

_BODIES: Mapping[Sign, str] = {
    Sign.THRESHOLD: _THRESHOLD,
    Sign.CHANGED: f", {_NUMBERED} {_CHANGED}",
    Sign.OUTLIER: _OUTLIER,
    Sign.FORECAST: f", {_NUMBERED} {_FORECAST}",
    Sign.TOGETHER: _TOGETHER,
    Sign.BURN: _BURN,
    Sign.SPREAD: _SPREAD,
    Sign.SILENT: _SILENT,
}
SIGNS: Mapping[Sign, str] = {
    sign: f"SELECT * FROM (WITH {_DRAWN.format(kind=sign.value)} {body}) AS shown WHERE seen IS NOT NULL"  # noqa: S608
    for sign, body in _BODIES.items()
}
