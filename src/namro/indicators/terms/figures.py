"""The figure that comes out: as computed, and as read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from namro.ground.numbers import round_half_up
from namro.indicators.terms.indicators import IndicatorDef, IndicatorKind


@dataclass(frozen=True)
class FigureRow:
    """A figure as read: the value with all that belongs to it; `below` is what the units below add up to.

    `is_withheld`: there is a value, but it is about too few people for this reader.
    """

    indicator: str
    unit_id: int
    unit_code: str
    unit_name: str
    period: str
    breakdown: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    below: Decimal | None
    as_of: date
    source: str
    source_state: str
    version: int
    synthetic: bool = False
    is_withheld: bool = False

    def rounded(self, definition: IndicatorDef) -> Decimal | None:
        """Return the value at the definition's decimals, rounded once from the exact ratio where there is one."""
        if definition.kind is IndicatorKind.RATIO:
            ratio = definition.of_parts(self.numerator, self.denominator)
            return None if ratio is None else round_half_up(ratio, definition.decimals)
        return None if self.value is None else round_half_up(self.value, definition.decimals)

    def text(self, definition: IndicatorDef) -> str:
        """Return the value as people read it."""
        return definition.show(self.rounded(definition))

    @property
    def gap(self) -> Decimal | None:
        """Return how far the unit's own stated total is from the sum of those below; None where there are not both."""
        return None if self.value is None or self.below is None else self.value - self.below


@dataclass(frozen=True)
class Computed:
    """A figure as computed, by unit code; not stored yet."""

    indicator: str
    unit: str
    period: str
    breakdown: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    below: Decimal | None
    as_of: date
    source: str
    source_state: str
    version: int
    synthetic: bool = False

    @property
    def key(self) -> tuple[str, str, str, str, date]:
        """What makes it one figure."""
        return (self.indicator, self.unit, self.period, self.breakdown, self.as_of)
