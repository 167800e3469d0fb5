"""A number in a line: the figure with all that a reader may ask of it, and where its rows stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from namro.ground.period import Period

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
    def whole_text(self) -> str:
        """The value with its measure, where the text does not hold it already: '1.601 mét'."""
        measure = self.unit_of_measure
        return self.text if measure in ("", "%", "đồng", "yes_no") else f"{self.text} {measure}"

    @property
    def period_label(self) -> str:
        """The period as people name it."""
        return Period.parse(self.period).label

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
