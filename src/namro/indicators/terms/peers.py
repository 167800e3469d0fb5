"""Who is compared with whom, and where a unit stands among them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Khoảng phân bố: how the values of peers lie, from the lowest to the highest; quartiles as the usual ones."""

    known: int
    low: float
    first: float
    median: float
    third: float
    high: float


@dataclass(frozen=True)
class Stand:
    """A unit among its peers with one indicator: value, rank (1 is best; None where no way is better), their spread."""

    value: float
    rank: int | None
    spread: Spread
    quarter: int | None

    @property
    def is_weak(self) -> bool:
        """Whether it is in the worst quarter of its peers."""
        return self.quarter == 4
