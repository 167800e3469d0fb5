"""From a door to the address of a page: by the name of the page, which stands above and need not be there."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from namro.reports.terms import Door, FigureRef, Report

Address = Callable[[Door], str]


def nowhere(door: Door) -> str:
    """Return no address: for a file that is read away from the system."""
    return ""


def path_of(door: Door) -> str:
    """Return the path of a door's page with what it is asked, '' where there is no such page."""
    try:
        path = reverse(door.page, args=door.path)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(door.query)}" if door.query else path


def on_site(site: str) -> Address:
    """Return the address that puts a site such as https://namro.danang.gov.vn before each path."""

    def address(door: Door) -> str:
        path = path_of(door)
        return f"{site.rstrip('/')}{path}" if path else ""

    return address


def anchors(report: Report) -> dict[str, str]:
    """Return the place of each figure of the annex by its key."""
    return {figure.key: f"so-{place}" for place, figure in enumerate(report.annex, start=1)}


def rows_of(figure: FigureRef, address: Address) -> str:
    """Return the address of a number's rows, of its definition where there are no rows."""
    door = figure.rows or figure.definition
    return address(door) if door else ""
