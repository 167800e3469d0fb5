"""Words of the reports: a report is a frozen value, built once from figures and drawn in any format."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NO_DATA = "chưa có số liệu"


class Format(StrEnum):
    """The formats in which a report is handed out."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    JSON = "json"


class Tier(StrEnum):
    """The tier of the unit a report speaks of; a template says which parts are for which."""

    CITY = "city"
    AGENCY = "agency"
    COMMUNE = "commune"


@dataclass(frozen=True)
class Door:
    """Where the rows or the definition behind a thing stand: the name of a page and what it is asked."""

    page: str
    path: tuple[str, ...] = ()
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FigureRef:
    """A number of a report with all that a reader may ask of it; `value` None is no data, never zero."""

    key: str
    label: str
    unit: str
    unit_name: str
    period: str
    value: Decimal | None
    text: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    as_of: date | None = None
    source: str = ""
    source_state: str = ""
    unit_of_measure: str = ""
    how: str = ""
    is_derived: bool = False
    rows: Door | None = None
    definition: Door | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def in_doubt(self) -> bool:
        """Whether a check that does not hold casts doubt on it."""
        return self.source_state == "breached"


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: the name of a unit, of a task."""

    text: str
    door: Door


# What stands in a line: plain words, numbers, links.
Run = str | FigureRef | Link
Words = tuple[Run, ...]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a section; an item stands in a list."""

    words: Words
    is_item: bool = False


@dataclass(frozen=True)
class Heading:
    """The title of a part of a section."""

    title: str
    number: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; `share` is its part of the width."""

    title: str
    is_number: bool = False
    share: int = 1


@dataclass(frozen=True)
class Table:
    """A table with its rows, what it counts, and the day it is true for."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Words, ...], ...]
    note: str = ""
    number: int = 0
    whole: int | None = None

    @property
    def count(self) -> int:
        """How many rows there are in all; a long list shows only the first."""
        return len(self.rows) if self.whole is None else self.whole


@dataclass(frozen=True)
class Bar:
    """One row of a chart: its number, or how many hold each state."""

    label: str
    figure: FigureRef | None = None
    states: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart as data; whoever draws it is told what, not how."""

    code: str
    kind: str
    title: str
    bars: tuple[Bar, ...]
    unit_of_measure: str = ""
    source: str = ""
    as_of: date | None = None
    number: int = 0

    @property
    def alt(self) -> str:
        """What it shows, for those who do not see it."""
        return f"{self.title}: " + "; ".join(f"{bar.label} {_said(bar)}" for bar in self.bars) + "."


def _said(bar: Bar) -> str:
    if bar.figure is not None:
        return bar.figure.text
    return ", ".join(f"{STATE_WORDS[state]} {count}" for state, count in bar.states if count)


# The states a chart of tasks can tell apart from figures, in the order in which they are drawn.
STATE_WORDS = {
    "done": "hoàn thành đúng hạn",
    "done_late": "hoàn thành quá hạn",
    "in_progress": "đang thực hiện, trong hạn",
    "in_progress_late": "quá hạn chưa xong",
}


@dataclass(frozen=True)
class Note:
    """A remark set apart: what does not add up, or what a reader must know."""

    kind: str
    words: Words
    rows: Door | None = None


Block = Heading | Paragraph | Table | Chart | Note


@dataclass(frozen=True)
class Section:
    """A titled part of a report."""

    code: str
    title: str
    blocks: tuple[Block, ...]
    number: str = ""


@dataclass(frozen=True)
class FindingRef:
    """A check that does not hold: on which fact (empty: none of the source's), stated, expected, and the sentence."""

    fact: str
    check: str
    code: str
    form: str
    unit: str
    unit_name: str
    period: str
    stated: Decimal
    expected: Decimal
    difference: Decimal
    text: str
    as_of: date
    rows: Door | None = None


@dataclass(frozen=True)
class Head:
    """The head and foot of an official document (Decree 30/2020/NĐ-CP): who issues it, where, who gets it, who signs."""

    issuer: str
    above: str = ""
    symbol: str = ""
    place: str = ""
    signs_for: str = ""
    signs_as: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A report of one unit as of one day; every number in it is a FigureRef, so all formats say the same."""

    template: str
    version: int
    kind: str
    title: str
    summary: str
    as_of: date
    period: str
    period_label: str
    unit: str
    unit_name: str
    tier: Tier
    head: Head
    sections: tuple[Section, ...]
    figures: tuple[FigureRef, ...]
    findings: tuple[FindingRef, ...]
    facts: Mapping[str, Mapping[str, object]]
    opening: Words = ()
    closing: Words = ()
    synthetic: bool = False


@dataclass(frozen=True)
class Subject:
    """What a report is about: a unit on a day, and the period that has ended by then."""

    unit: str
    name: str
    kind: str
    tier: Tier
    city: str
    short_name: str
    as_of: date
    period: str
    period_label: str
    synthetic: bool = False


@dataclass(frozen=True)
class Material:
    """All that a report is made of, read from the tables once; the rest is pure."""

    subject: Subject
    figures: Mapping[str, FigureRef]
    listings: Mapping[str, Table]
    findings: tuple[FindingRef, ...]
