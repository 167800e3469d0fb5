"""Words of the reports: a report is a frozen value, built once from figures and drawn in any format."""

from namro.reports.terms.blocks import (
    STATE_WORDS,
    Bar,
    Block,
    Chart,
    Column,
    Heading,
    Note,
    Paragraph,
    Section,
    Table,
)
from namro.reports.terms.figures import NO_DATA, Door, FigureRef, Format, Link, Run, Tier, Words
from namro.reports.terms.report import FindingRef, Head, Material, Pictures, Report, Subject
from namro.reports.terms.schedule import Remark, Schedule

__all__ = [
    "NO_DATA",
    "STATE_WORDS",
    "Bar",
    "Block",
    "Chart",
    "Column",
    "Door",
    "FigureRef",
    "FindingRef",
    "Format",
    "Head",
    "Heading",
    "Link",
    "Material",
    "Note",
    "Paragraph",
    "Pictures",
    "Remark",
    "Report",
    "Run",
    "Schedule",
    "Section",
    "Subject",
    "Table",
    "Tier",
    "Words",
]
