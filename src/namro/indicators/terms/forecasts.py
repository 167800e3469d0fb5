"""A forecast as it is made: the steps ahead with their interval, the method, and how it did on history."""

from dataclasses import dataclass
from datetime import date

LEAST_COVERED = 60  # per cent of the forecasts tried on history


@dataclass(frozen=True)
class Step:
    """One period ahead: what is expected, and the interval in which it will lie so often as `Outlook.level` says."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """Dự báo: the steps ahead, how they were made, and how the same method did where the outcome is known.

    `tried` forecasts of history were held against what came; `covered` of them kept it within their interval; `error`
    is their mean absolute error in the unit of measure, `plain_error` that of repeating the last value (or that of the
    same weekday).
    """

    method: str
    level: int
    steps: tuple[Step, ...]
    history: int
    tried: int
    covered: int
    error: float
    plain_error: float

    @property
    def holds(self) -> bool:
        """Whether the interval kept enough of what came for it to be drawn; what failed on history is not shown."""
        return self.covered * 100 >= self.tried * LEAST_COVERED


@dataclass(frozen=True)
class ForecastRow:
    """A forecast as read: whose, of which periods, known since when."""

    indicator: str
    unit_id: int
    breakdown: str
    starts: tuple[date, ...]
    outlook: Outlook
    as_of: date
