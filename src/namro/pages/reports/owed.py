"""What the pages of periodic reports are made of: lines with their state, the sheet of a locked one, the ways out."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from namro.ground.numbers import format_number
from namro.ground.period import Period
from namro.organisation.terms import Capability, Viewer
from namro.pages.links import address
from namro.pages.naming import named, period_words
from namro.pages.reports.panels import FORMATS, NAMES, laid_out_for_page
from namro.reports.actions import Parcel
from namro.reports.models import SentReport
from namro.reports.queries.owed import Owed, gathered, owed_of, periods_owed, scheduled
from namro.sources.terms import ReturnState

TONES = {
    ReturnState.ON_TIME: "ok",
    ReturnState.LATE: "late",
    ReturnState.WAITING: "wait",
    ReturnState.MISSING: "over",
}
SENT = (ReturnState.ON_TIME, ReturnState.LATE)


def line(owed: Owed) -> dict[str, Any]:
    """Return a report owed as a row: what, whose, for when, due, how it stands, where it opens."""
    return {
        "owed": owed,
        "title": named(owed.template),
        "period": period_words(owed.period),
        "state": owed.state.label,
        "tone": TONES[owed.state],
        "href": reverse("report_owed", args=[owed.template.code, owed.period.key, owed.unit.code]),
    }


def mine(viewer: Viewer, today: Any) -> list[dict[str, Any]]:
    """Return what the viewer's own units owe, none for who may not send."""
    return [line(owed) for owed in owed_of(viewer, today)] if viewer.can(Capability.FILL_FORMS) else []


def schedules(viewer: Viewer, today: Any) -> list[dict[str, Any]]:
    """Return each periodic report with how its last period comes in, for who reads all units."""
    if viewer.unit_ids is not None:
        return []
    found = []
    for template in scheduled():
        every = periods_owed(template, today)
        if every:
            rows = gathered(viewer, template, every[-1], today)
            found.append(
                {
                    "title": named(template),
                    "period": period_words(every[-1]),
                    "sentence": sentence(rows, every[-1]),
                    "href": address("reports_owed", template.code),
                }
            )
    return found


def sentence(rows: Iterable[Owed], period: Period | None) -> str:
    """«3 trong 94 đơn vị đã gửi báo cáo tháng 6/2025, 12 quá hạn.»"""
    states = [row.state for row in rows]
    if period is None or not states:
        return _("Chưa có kỳ báo cáo nào phải gửi.")
    late = states.count(ReturnState.MISSING)
    told = {
        "sent": format_number(sum(state in SENT for state in states)),
        "all": format_number(len(states)),
        "period": period_words(period),
        "late": format_number(late),
    }
    if late:
        return _("%(sent)s trong %(all)s đơn vị đã gửi báo cáo %(period)s, %(late)s đơn vị quá hạn.") % told
    return _("%(sent)s trong %(all)s đơn vị đã gửi báo cáo %(period)s, chưa đơn vị nào quá hạn.") % told


def sheet(sent: SentReport) -> dict[str, Any]:
    """Return a locked report as the sheet of the page takes it."""
    return laid_out_for_page(sent.report)


def files(sent: SentReport) -> list[tuple[str, str]]:
    """Return the ways to take a locked report away."""
    return [(NAMES[form], address("report_sent_file", str(sent.pk), dang=form.value)) for form in FORMATS]


def preview(parcel: Parcel) -> str:
    """Return where the report can be read before it is sent: as of the last day of its period."""
    return address(
        "report", parcel.template.code, don_vi=parcel.unit.code, ngay=parcel.period.end.isoformat()
    )


def draft(parcel: Parcel) -> str:
    """Return the name under which the browser keeps what is typed."""
    return f"report-{parcel.template.code}-{parcel.period.key}-{parcel.unit.code}"


def crumbs(parcel: Parcel) -> list[tuple[str, str]]:
    """Return the way to one report that is owed."""
    return [
        (_("Báo cáo"), reverse("reports")),
        (named(parcel.template), address("reports_owed", parcel.template.code, ky=parcel.period.key)),
        (parcel.unit.label, ""),
    ]
