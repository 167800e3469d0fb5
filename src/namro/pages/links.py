"""Doors: the address of the rows behind a number, only where the viewer may open these rows."""

from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.terms import Viewer
from namro.pages.asof import AsOf


def address(name: str, *args: str, **query: str | int | None) -> str:
    """Return the path of a route with the parts of the query that are not empty."""
    return _address(
        name, args, tuple((key, str(value)) for key, value in query.items() if value not in (None, ""))
    )


@lru_cache(maxsize=10_000)  # a league of a hundred units has four hundred doors, the same for everybody
def _address(name: str, args: tuple[str, ...], query: tuple[tuple[str, str], ...]) -> str:
    path = _path(name, args)
    return f"{path}?{urlencode(query)}" if query else path


@lru_cache(maxsize=10_000)  # the way of a route does not change with the day or the filter
def _path(name: str, args: tuple[str, ...]) -> str:
    return reverse(name, args=args)


def tasks_of(
    viewer: Viewer, unit: Unit, as_of: AsOf, *, register: str = "", state: str = "", due: Period | None = None
) -> str:
    """Return the list of the tasks that the unit and those below it lead (`due`: of those due in a period).

    Empty where the viewer may not open them.
    """
    if not viewer.sees_unit(unit.pk):
        return ""
    days = {"tu": due.start.isoformat(), "den": due.end.isoformat()} if due else {}
    return address("tasks", so=register, don_vi=unit.code, trang_thai=state, **days, **as_of.query)


def unit_page(unit: Unit, as_of: AsOf) -> str:
    """Return the page of a unit, read for the same day."""
    return address("unit", unit.code, **as_of.query)
