"""A composite index: which indicators it is made of, how each becomes points, and what a missing one does."""

from dataclasses import dataclass
from enum import StrEnum

from namro.ground.period import Kind


class Normalise(StrEnum):
    """Chuẩn hóa: how a value becomes 0 to 100 points, 100 the best."""

    TARGET = "target"
    MIN_MAX = "min_max"
    RANK = "rank"
    Z = "z"


class Missing(StrEnum):
    """Thiếu số liệu: what becomes of a part without a value.

    `leave_out`: its weight goes to the others, as long as enough weight is known; `zero`: it gives no points; `refuse`:
    there is no score.
    """

    LEAVE_OUT = "leave_out"
    ZERO = "zero"
    REFUSE = "refuse"


@dataclass(frozen=True)
class IndexPart:
    """Thành phần: one indicator (perhaps of one breakdown) with its weight in per cent and how it becomes points.

    `zero` and `full` are the values worth 0 and 100 points (normalised by target); `cap` is how many standard
    deviations from the mean are worth 0 and 100 (by z).
    """

    indicator: str
    weight: float
    normalise: Normalise
    more_is_better: bool
    breakdown: str = ""
    zero: float = 0.0
    full: float = 100.0
    cap: float = 2.0

    @property
    def key(self) -> str:
        """The breakdown under which the index keeps what the part gives."""
        return f"{self.indicator}.{self.breakdown}" if self.breakdown else self.indicator


@dataclass(frozen=True)
class IndexDef:
    """Chỉ số tổng hợp: its parts (weights add up to 100), the period of its figures, the rule of what is missing."""

    parts: tuple[IndexPart, ...]
    period: Kind
    missing: Missing
    at_least: float = 100.0

    def part(self, key: str) -> IndexPart:
        """Return the part of a key; KeyError if there is none."""
        return {part.key: part for part in self.parts}[key]


@dataclass(frozen=True)
class Score:
    """Điểm: what a unit gets of an index: the value (None: too little is known), and the 0 to 100 of each known part.

    `weight` is the weight that the value is divided by, so that the points of a part are weight × 0 to 100 ÷ `weight`.
    """

    value: float | None
    weight: float
    parts: dict[str, float]
