"""A periodic report goes out: where the river has not run for the last day of its period, it runs first."""

from typing import Any

from namro.flows.daily import run_day
from namro.reports.actions import Parcel, send
from namro.reports.models import SentReport
from namro.reports.queries import has_figures


def send_report(parcel: Parcel, **arguments: Any) -> SentReport:
    """Send a report (see reports.actions.send) with the figures of the last day of its period."""
    if not has_figures(parcel.period.end):
        run_day(parcel.period.end)
    return send(parcel, **arguments)
