"""Periodic reports: who owes what, one that is owed with its words and its locked versions, and their files."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro.flows.reporting import send_report
from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.asof import AsOf
from namro.pages.naming import named, period_words
from namro.pages.reports import owed
from namro.pages.reports.drawing import pictures
from namro.pages.reports.forms import SendForm
from namro.pages.viewing import needs, viewer_of
from namro.reports.actions import Parcel, note_handed_out
from namro.reports.models import SentReport
from namro.reports.queries import template
from namro.reports.queries.owed import gathered, is_owed, one_owed, periods_owed, versions
from namro.reports.renderers import MEDIA_TYPES, file_name
from namro.reports.renderers import render as drawn
from namro.reports.renderers.addresses import on_site
from namro.reports.rules import can_send
from namro.reports.terms import Format


@require_safe
@needs()
def reports_owed(request: HttpRequest, code: str) -> HttpResponse:
    """Show who has sent a periodic report for a period and who has not, within the viewer's reach."""
    viewer, declared, day = viewer_of(request), _scheduled(code), clock.today()
    every = periods_owed(declared, day)
    period = next((each for each in every if each.key == request.GET.get("ky")), every[-1] if every else None)
    rows = gathered(viewer, declared, period, day) if period else []
    context = {
        "template": declared,
        "period": period,
        "periods": every[::-1],
        "rows": [owed.line(each) for each in rows],
        "sentence": owed.sentence(rows, period),
        "as_of": AsOf(day),
        "crumbs": [(_("Báo cáo"), reverse("reports"))],
    }
    return render(request, "reports/owed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def report_owed(request: HttpRequest, code: str, period: str, unit: str) -> HttpResponse:
    """Show one report that is owed: what to write into it, or what was sent; POST sends it, or a correction of it."""
    viewer, parcel = viewer_of(request), _parcel(request, code, period, unit)
    form = SendForm(request.POST or None, template=parcel.template, last=_last(parcel))
    if request.method == "POST":
        if not can_send(viewer, unit_id=parcel.unit.pk, is_owed=True):
            raise Http404(unit)
        if form.is_valid() and _sent(request, form, parcel, viewer):
            return HttpResponseRedirect(request.path)
        return render(request, "reports/owed_one.html", _one(request, parcel, form, viewer), status=422)
    return render(request, "reports/owed_one.html", _one(request, parcel, form, viewer))


def _scheduled(code: str) -> Any:
    try:
        declared = template(code)
    except Refused:
        raise Http404(code) from None
    if declared.schedule is None:
        raise Http404(code)
    return declared


def _parcel(request: HttpRequest, code: str, period: str, unit: str) -> Parcel:
    """The report that the address names; 404 where it is not owed, not yet, or not for the viewer."""
    declared, viewer, day = _scheduled(code), viewer_of(request), clock.today()
    found = Unit.objects.valid_on(day).filter(code=unit).first()
    wanted = next((each for each in periods_owed(declared, day) if each.key == period), None)
    if found is None or wanted is None or not is_owed(declared, found) or not viewer.sees_unit(found.pk):
        raise Http404(unit)
    return Parcel(declared, found, wanted)


def _last(parcel: Parcel) -> SentReport | None:
    return versions(parcel.template.code, parcel.unit, parcel.period).first()


def _sent(request: HttpRequest, form: SendForm, parcel: Parcel, viewer: Viewer) -> bool:
    """Whether the report went out; a refusal goes onto the form."""
    whole = Parcel(
        parcel.template, parcel.unit, parcel.period, form.written, form.cleaned_data.get("reason", "")
    )
    try:
        sent = send_report(
            whole,
            client_id=form.cleaned_data["client_id"],
            expected_version=form.cleaned_data.get("version") or 0,
            by=cast(Person, request.user),
            viewer=viewer,
        )
    except Refused as refusal:
        form.refuse(refusal)
        last = _last(parcel)
        form.renew(last.version if last else 0)
        return False
    told = {"n": sent.version, "seal": sent.seal[:12]}
    messages.success(request, _("Đã gửi và khóa bản %(n)s, dấu niêm %(seal)s.") % told)
    request.session["draft-taken"] = owed.draft(parcel)
    return True


def _one(request: HttpRequest, parcel: Parcel, form: SendForm, viewer: Viewer) -> dict[str, Any]:
    sent = list(versions(parcel.template.code, parcel.unit, parcel.period))
    shown = next(
        (each for each in sent if str(each.version) == request.GET.get("ban")), sent[0] if sent else None
    )
    return {
        "parcel": parcel,
        "owed": owed.line(one_owed(parcel.template, parcel.unit, parcel.period, clock.today())),
        "form": form if can_send(viewer, unit_id=parcel.unit.pk, is_owed=True) else None,
        "versions": sent,
        "shown": shown,
        "sheet": owed.sheet(shown) if shown else {},
        "files": owed.files(shown) if shown and viewer.can(Capability.EXPORT) else [],
        "title": _("%(what)s, %(period)s")
        % {"what": named(parcel.template), "period": period_words(parcel.period)},
        "preview": owed.preview(parcel),
        "draft": owed.draft(parcel),
        "taken": request.session.pop("draft-taken", ""),
        "crumbs": owed.crumbs(parcel),
        "as_of": AsOf(clock.today()),
    }


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def report_sent_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out a report as it was sent, drawn from what is locked, with a line in the log."""
    sent = get_object_or_404(SentReport.objects.select_related("unit"), pk=pk)
    if not viewer_of(request).sees_unit(sent.unit_id):
        raise Http404(str(pk))
    asked = request.GET.get("dang", "")
    form = Format(asked) if asked in set(Format) else Format.PDF
    document = sent.report
    content = drawn(document, form, pictures(), on_site(request.build_absolute_uri("/")))
    note_handed_out(document, form, by=cast(Person, request.user))
    name = file_name(document, form).replace(f".{form.value}", f"-ban-{sent.version}.{form.value}")
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
