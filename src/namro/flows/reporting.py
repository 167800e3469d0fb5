"""A periodic report goes out: where the river has not run for the last day of its period, it runs first."""

from datetime import date
from typing import Any

from namro.reports.actions import Parcel, send
from namro.reports.models import SentReport
from namro.reports.queries import has_figures


def let_river_run(day: date) -> None:
    """Let the river run for a day that has no figures yet; its engine takes seconds to load and waits until then."""
    from namro.flows.daily import run_day  # noqa: PLC0415 - see above

    run_day(day)


def send_report(parcel: Parcel, **arguments: Any) -> SentReport:
    """Send a report (see reports.actions.send) with the figures of the last day of its period."""
    if not has_figures(parcel.period.end):
        let_river_run(parcel.period.end)
    return send(parcel, **arguments)
