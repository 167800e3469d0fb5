"""The backtest: what rules over figures would have called in years past, read of the lake in one go.

A trial (flows/trial.py) asks day by day what is stored; a backtest computes all days anew and lets the same SELECTs
(indicators/formulas/signs.py) run over them in DuckDB. What was planted in the demo judges what it found.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby

import pyarrow as pa

from namro.alerts.models import Rule
from namro.alerts.queries.rules import LEVELS
from namro.alerts.terms import SIGN_KINDS, Worse
from namro.flows.history import figures_of_years
from namro.flows.signs import ask_since, indicators_of
from namro.indicators.formulas.signs import SIGNS
from namro.indicators.queries.signs import spans_of
from namro.indicators.terms import ASK
from namro.lake.reading import select
from namro.organisation.models import Neighbour, Unit

TYPES = {
    "bigint": pa.int64(),
    "int": pa.int32(),
    "text": pa.string(),
    "date": pa.date32(),
    "float8": pa.float64(),
}
SPAN = {"period_kind": "text", "place": "bigint", "period_start": "date", "period_end": "date"}
MARK = {
    "rule_id": "bigint",
    "sign": "int",
    **dict.fromkeys(LEVELS, "float8"),
    "within": "text",
}
# The level of what is seen, by the thresholds of its rule; where the rule looks, at the units of today.
SHOWN = """
SELECT rule_id, unit_id, period_kind, place, period_start, period_end, level, seen FROM (
    SELECT shown.*, span.place, span.period_end, ask.period_kind,
           CASE WHEN shown.seen * mark.sign >= mark.critical * mark.sign THEN 3
                WHEN shown.seen * mark.sign >= mark.warning * mark.sign THEN 2
                WHEN shown.seen * mark.sign >= mark.watch * mark.sign THEN 1 END AS level
    FROM ({sign}) AS shown JOIN mark ON mark.rule_id = shown.rule_id
    JOIN ask ON ask.rule_id = shown.rule_id
    JOIN reached ON reached.rule_id = shown.rule_id AND reached.unit_id = shown.unit_id
    JOIN span ON span.period_kind = ask.period_kind AND span.period_start = shown.period_start
) AS judged WHERE level IS NOT NULL ORDER BY rule_id, unit_id, place
"""


@dataclass(frozen=True)
class Call:
    """One alert that a rule would have opened: on which unit, over which periods, how grave, when it was told."""

    rule_id: int
    unit_id: int
    first: date
    last: date
    told: date
    level: int
    value: float


def calls_of(rules: Iterable[Rule], first: date, last: date) -> list[Call]:
    """Return what stored rules over figures would have opened from a day to a day, by rule, unit and time."""
    kept = {rule.pk: rule for rule in rules if rule.kind in SIGN_KINDS}
    asks = [ask_since(key, rule, first) for key, rule in kept.items()]
    relations = {
        "ask": _table([asdict(ask) for ask in asks], ASK),
        "figure": figures_of_years(indicators_of(asks), first, last),
        "span": _table(spans_of(asks, last), SPAN),
        "mark": _table([_mark(key, rule) for key, rule in kept.items()], MARK),
        **_places(kept.values(), last),
    }
    statements = [SHOWN.format(sign=SIGNS[kind]) for kind in sorted({ask.kind for ask in asks})]
    return [call for shown in select(relations, statements) for call in _opened(shown)]


def _opened(shown: pa.Table) -> Iterable[Call]:
    """Yield an alert for each run of periods that show something, one after the other."""
    rows = shown.to_pylist()
    for place, row in enumerate(rows):
        row["run"] = place and rows[place - 1]["run"]
        row["run"] += bool(place) and not _follows(rows[place - 1], row)
    for _, run in groupby(rows, key=lambda row: row["run"]):
        periods = list(run)
        head = periods[0]
        yield Call(
            rule_id=head["rule_id"],
            unit_id=head["unit_id"],
            first=head["period_start"],
            last=periods[-1]["period_end"],
            told=head["period_end"] + timedelta(days=1),
            level=max(row["level"] for row in periods),
            value=head["seen"],
        )


def _follows(before: dict[str, object], row: dict[str, object]) -> bool:
    same = (before["rule_id"], before["unit_id"]) == (row["rule_id"], row["unit_id"])
    return same and int(str(row["place"])) - int(str(before["place"])) == 1


def _mark(key: int, rule: Rule) -> dict[str, object]:
    sign = -1 if rule.worse == Worse.DOWN else 1
    levels = {name: _float(getattr(rule, name)) for name in LEVELS}
    return {"rule_id": key, "sign": sign, **levels, "within": rule.within}


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def _places(rules: Collection[Rule], day: date) -> dict[str, pa.Table]:
    """Return who is whose peer, who borders on whom, and which units a rule looks at, as of a day."""
    units = list(Unit.objects.valid_on(day).values_list("pk", "kind", "parent_id", "path"))
    near = Neighbour.objects.values_list("unit_id", "other_id")
    reached = [
        {"rule_id": rule.pk, "unit_id": key}
        for rule in rules
        for key, kind, _, path in units
        if (not rule.unit_kinds or kind in rule.unit_kinds) and rule.within in path.split("/")
    ]
    return {
        "peer": _table(
            [{"unit_id": key, "peers": f"{kind}@{parent}"} for key, kind, parent, _ in units],
            {"unit_id": "bigint", "peers": "text"},
        ),
        "near": _table(
            [{"unit_id": unit, "other_id": other} for unit, other in near],
            {"unit_id": "bigint", "other_id": "bigint"},
        ),
        "reached": _table(reached, {"rule_id": "bigint", "unit_id": "bigint"}),
    }


def _table(rows: Sequence[Mapping[str, object]], columns: Mapping[str, str]) -> pa.Table:
    schema = pa.schema([(name, TYPES[kind]) for name, kind in columns.items()])
    return pa.Table.from_pylist([{name: row[name] for name in schema.names} for row in rows], schema=schema)
