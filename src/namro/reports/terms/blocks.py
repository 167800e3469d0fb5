"""What a section is made of: headings, paragraphs, tables, charts, notes."""

from dataclasses import dataclass
from datetime import date

from namro.reports.terms.figures import Door, FigureRef, Words


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
    """A column of a table: `share` is its part of the width; `names_row`: it says what a row is about."""

    title: str
    is_number: bool = False
    share: int = 1
    names_row: bool = False
    keeps_line: bool = False


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
