"""Words of the indicators: what is measured, how it adds up the tree, and the figure that comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from namro.ground.numbers import (
    NBSP,
    NO_VALUE,
    exact,
    format_money,
    format_number,
    format_percent,
    round_half_up,
)
from namro.ground.period import Kind

MONEY = "đồng"  # the unit of measure whose values are written as money


class IndicatorKind(StrEnum):
    """How a value comes about: a ratio of two measures, a count, or a value that a unit states."""

    RATIO = "ratio"
    COUNT = "count"
    STATED = "stated"


class AddsUp(StrEnum):
    """How the units below make the figure of the unit above."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    NONE = "none"


class Own(StrEnum):
    """What a unit's own value is to those below it: the stated total of all, or one part more."""

    TOTAL = "total"
    PART = "part"


class Direction(TextChoices):
    """Chiều tốt: which way is better."""

    UP = "up", _("Càng cao càng tốt")
    DOWN = "down", _("Càng thấp càng tốt")
    NONE = "none", _("Chỉ để theo dõi")


class Light(TextChoices):
    """Đèn: how a value stands against the thresholds of its definition."""

    GREEN = "green", _("Đạt")
    AMBER = "amber", _("Gần đạt")
    RED = "red", _("Chưa đạt")
    NONE = "none", _("Chưa có số liệu")


class Part(StrEnum):
    """The role of a measure in an indicator."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class Term:
    """A measure in its role; `breakdown` None keeps the observation's own."""

    part: Part
    measure: str
    breakdown: str | None = None


@dataclass(frozen=True)
class IndicatorDef:
    """Chỉ tiêu: what is measured, from which measures, how it adds up, who answers for it and why it matters."""

    code: str
    name: str
    kind: IndicatorKind
    terms: tuple[Term, ...]
    unit_of_measure: str
    decimals: int
    direction: Direction
    adds_up: AddsUp
    periods: tuple[Kind, ...]
    owner: str
    why: str
    next_review: date
    version: int
    source: str
    name_en: str = ""
    group: str = ""
    theme: str = ""
    own: Own = Own.TOTAL
    factor: int = 100
    breakdowns: Mapping[str, str] = field(default_factory=dict)
    lights: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it is made of."""
        return tuple(term.measure for term in self.terms)

    def of_parts(self, numerator: Decimal | None, denominator: Decimal | None) -> Fraction | None:
        """Return the exact ratio in the unit of measure; None where it has no meaning."""
        if numerator is None or not denominator:
            return None
        return exact(numerator) * self.factor / exact(denominator)

    def show(self, value: Decimal | None) -> str:
        """Return a value as people read it: '42,7 %', '53,7 tỷ đồng', '1.601 mét'; '—' for no data."""
        if value is None:
            return NO_VALUE
        if self.unit_of_measure == "%":
            return format_percent(value, self.decimals)
        if self.unit_of_measure == MONEY:
            return format_money(value)
        return f"{format_number(value, self.decimals)}{NBSP}{self.unit_of_measure}"


@dataclass(frozen=True)
class FigureRow:
    """A figure as read: the value with all that belongs to it; `below` is what the units below add up to."""

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
