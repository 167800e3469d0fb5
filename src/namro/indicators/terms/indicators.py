"""What is measured, from what, how it adds up the tree, and how its values are written."""

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
)
from namro.ground.period import Kind
from namro.indicators.terms.indices import IndexDef
from namro.indicators.terms.measures import Measure

MONEY = "đồng"  # the unit of measure whose values are written as money


class IndicatorKind(StrEnum):
    """How a value comes about: a ratio of two measures, a count, a value that a unit states, or an index of others."""

    RATIO = "ratio"
    COUNT = "count"
    STATED = "stated"
    INDEX = "index"


class AddsUp(StrEnum):
    """How the units below make the figure of the unit above."""

    SUM = "sum"
    RATIO_OF_SUMS = "ratio_of_sums"
    MAX = "max"
    MIN = "min"
    DISTINCT = "distinct"
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
    """Chỉ tiêu: what is measured, from which measures, how it adds up, who answers for it and why it matters.

    It is made of the house's own measures (`terms`), of a table of the lake (`table` and `parts`), or of other
    indicators (`index`). A city's own figures of the kinds of period in `forecast` are forecast.
    """

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
    table: str = ""
    parts: Mapping[Part, Measure] = field(default_factory=dict)
    by: str = ""
    min_people: int = 0
    index: IndexDef | None = None
    forecast: tuple[Kind, ...] = ()

    @property
    def is_of_lake(self) -> bool:
        """Whether it is computed from a table of the lake."""
        return bool(self.table)

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures it is made of."""
        return tuple(term.measure for term in self.terms)

    @property
    def composition(self) -> IndexDef:
        """What a composite index is made of; ValueError for any other indicator."""
        if self.index is None:
            raise ValueError(f"{self.code} is no composite index")
        return self.index

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
