"""What an indicator is to reach by when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class TargetDef:
    """Mục tiêu: what an indicator is to reach by when, as points of a trajectory; linear between them."""

    indicator: str
    unit: str
    set_on: date
    points: tuple[tuple[date, Decimal], ...]
    source: str
    name: str
    owner: str
    next_review: date
    breakdown: str = ""
    synthetic: bool = False

    @property
    def final(self) -> tuple[date, Decimal]:
        """The last point: what is to be reached, by when."""
        return self.points[-1]
