"""What a rule of the alerts may ask of figures, and of what it asks it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from namro.ground.period import Kind


class Sign(StrEnum):
    """Dấu hiệu: what is looked for in the figures of an indicator."""

    THRESHOLD = "figure_threshold"
    CHANGED = "figure_changed"
    OUTLIER = "figure_outlier"
    FORECAST = "figure_forecast"
    TOGETHER = "figures_together"
    BURN = "figure_burn"
    SPREAD = "figure_spread"
    SILENT = "figure_silent"


# What a unit shows hangs on the figures of others, too.
OF_OTHERS = frozenset({Sign.OUTLIER, Sign.SPREAD})


class Against(StrEnum):
    """With what a figure is compared: the median of the periods before it, or the same period a year ago."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"


@dataclass(frozen=True)
class Ask:
    """One rule's question to the figures. Each field is a column of the relation `ask` under which the SELECTs stand.

    `side` is +1 where higher is bad, -1 where lower is, 0 where both are; `many` counts periods; `bound` is the limit
    of a forecast, the allowance of a burn (per cent of the whole, or an amount), the mark of a spread. What is milder
    than `mild` calls nobody and need not be shown; `turn` is +1 where higher values are worse, -1 where lower ones are.
    """

    rule_id: int
    kind: Sign
    indicator: str
    breakdown: str
    period_kind: Kind
    since: date
    needed: date
    side: int = 1
    many: int = 1
    against: Against = Against.PREVIOUS
    bound: float | None = None
    floor: float | None = None
    at_least: float | None = None
    second: str = ""
    second_from: float | None = None
    second_to: float | None = None
    frame: str = ""
    mild: float | None = None
    turn: int = 1


# The columns of `ask` in the words of both PostgreSQL and DuckDB.
ASK: Mapping[str, str] = {
    "rule_id": "bigint",
    "kind": "text",
    "indicator": "text",
    "breakdown": "text",
    "period_kind": "text",
    "since": "date",
    "needed": "date",
    "side": "int",
    "many": "int",
    "against": "text",
    "bound": "float8",
    "floor": "float8",
    "at_least": "float8",
    "second": "text",
    "second_from": "float8",
    "second_to": "float8",
    "frame": "text",
    "mild": "float8",
    "turn": "int",
}
