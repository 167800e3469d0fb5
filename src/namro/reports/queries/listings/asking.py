"""For whom a list is read, and what all lists share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from namro.organisation.models import Unit
from namro.reports.terms import Door, Link, Subject


@dataclass(frozen=True)
class Asking:
    """The unit a report is about, and what is known of it already."""

    subject: Subject
    unit: Unit

    @property
    def day(self) -> date:
        """The day for which the list is true."""
        return self.subject.as_of

    @cached_property
    def paths(self) -> dict[int, str]:
        """The unit and those below it, id to path; one query."""
        return dict(Unit.objects.below(self.unit).values_list("pk", "path"))

    def link_to(self, unit: Unit) -> Link:
        """Return the name of a unit as the way to its page."""
        return Link(unit.name, Door("unit", (unit.code,), (("ngay", self.day.isoformat()),)))


def joined_key(*parts: str) -> str:
    """Return a key of the parts that are there: 'don_vi.H17.NV.tw.tong'."""
    return ".".join(_there(parts))


def _there(parts: Iterable[str]) -> list[str]:
    return [part for part in parts if part]
