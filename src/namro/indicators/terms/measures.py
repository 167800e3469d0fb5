"""A measure over a table of the lake: what is added up of which rows."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Value = str | int | bool | Decimal


class Aggregate(StrEnum):
    """How many rows become one number."""

    SUM = "sum"
    COUNT = "count"
    DISTINCT = "distinct"
    MAX = "max"
    MIN = "min"


class Test(StrEnum):
    """What a condition asks of a value; a value that is not there passes `is_not` and `empty` alone."""

    __test__ = False  # pytest takes classes of this name for its own

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOVE = "above"
    BELOW = "below"
    EMPTY = "empty"


@dataclass(frozen=True)
class Condition:
    """One column put to one test; `values` are several for `is` and `is_not`, otherwise one."""

    column: str
    test: Test
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Measure:
    """What is added up (a column; of `count` the rows themselves) over the rows that pass all conditions."""

    aggregate: Aggregate
    column: str = ""
    where: tuple[Condition, ...] = ()
