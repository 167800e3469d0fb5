"""The report as a value, and the material it is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from namro.reports.terms.blocks import Chart, Section, Table
from namro.reports.terms.figures import Door, FigureRef, Tier, Words


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
    """Head and foot of an official document (Decree 30/2020/NĐ-CP): who issues it, where, who gets it, who signs.

    `to` is the line of a letter (công văn): it names whom it is addressed to; a document without it bears its kind.
    `number` is left empty where the clerk gives it.
    """

    issuer: str
    above: str = ""
    symbol: str = ""
    place: str = ""
    signs_for: str = ""
    signs_as: str = ""
    recipients: tuple[str, ...] = ()
    to: str = ""
    number: str = ""


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
    annex: tuple[FigureRef, ...]
    findings: tuple[FindingRef, ...]
    facts: Mapping[str, Mapping[str, object]]
    opening: Words = ()
    closing: Words = ()
    synthetic: bool = False

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter: addressed to somebody, about something, and without a title of its own."""
        return bool(self.head.to)

    @property
    def has_doubts(self) -> bool:
        """Whether a number of it bears a star."""
        return any(figure.in_doubt for figure in self.annex)


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
    answer_by: date | None = None


@dataclass(frozen=True)
class Material:
    """All that a report is made of, read from the tables once; the rest is pure."""

    subject: Subject
    figures: Mapping[str, FigureRef]
    listings: Mapping[str, Table]
    findings: tuple[FindingRef, ...]


@dataclass(frozen=True)
class Pictures:
    """How a chart becomes a picture for a document; given from above, where the drawing of charts stands."""

    svg: Callable[[Chart], str]
    png: Callable[[Chart], bytes]
