"""Which units owe a report for which periods by when, and what they write into it themselves."""

from dataclasses import dataclass

from namro.sources.terms import DueRule


@dataclass(frozen=True)
class Schedule:
    """Lịch báo cáo: the first period it is owed for, the due rule, and the kinds of units that owe it."""

    first_period: str
    due: DueRule
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """What the unit writes itself when it sends the report: a title, a hint, and whether it must be there."""

    code: str
    title: str
    hint: str = ""
    required: bool = False
