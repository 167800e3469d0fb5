"""Tasks from Excel: the template, the sheet sent in, the preview of its rows, and the word to write."""

from collections import defaultdict
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro.audit.actions import record
from namro.ground import clock
from namro.ground.numbers import format_number
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.tasks.forms.importing import SheetForm, WriteForm
from namro.pages.tasks.views.listing import XLSX
from namro.pages.viewing import needs, viewer_of
from namro.tasks.actions import importing
from namro.tasks.models import ImportBatch

BAD_A_PAGE = 100
GOOD_SHOWN = 5
MOST_RECENT = 10
REASONS_TOLD = 5
ROWS_TOLD = 5


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ASSIGN_TASKS)
def task_import(request: HttpRequest) -> HttpResponse:
    """Offer the template and take a filled-in sheet; nothing is written before its preview is seen."""
    by = cast(Person, request.user)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        client_id = form.cleaned_data["client_id"]
        try:
            name = form.cleaned_data["file"].name
            importing.receive(
                form.content(), name=name, client_id=client_id, by=by, viewer=viewer_of(request)
            )
            return HttpResponseRedirect(reverse("task_import_preview", args=[client_id]))
        except Refused as refusal:
            form.refuse(refusal)
    recent = ImportBatch.objects.filter(by=by).order_by("-at")[:MOST_RECENT]
    status = 422 if request.method == "POST" else 200
    return render(request, "tasks/import.html", {"form": form, "recent": recent}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ASSIGN_TASKS)
def task_import_preview(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """Show what a sheet holds, every bad row with its reasons; on the person's word write the good ones."""
    batch = _own(request, client_id)
    form, status = WriteForm(request.POST) if request.method == "POST" else WriteForm(), 200
    if form.is_valid():
        try:
            return _written(request, batch, issue=form.cleaned_data["issue"])
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
            status = 422
    try:
        seen = importing.preview(batch, viewer_of(request))
    except Refused as refusal:
        return _sent_back(request, refusal)
    first = _first(request, len(seen.bad))
    context = {
        "batch": batch,
        "form": form,
        "good_count": len(seen.good),
        "bad_count": len(seen.bad),
        "good": seen.good[:GOOD_SHOWN],
        "bad": seen.bad[first : first + BAD_A_PAGE],
        "first": first + 1,
        "last": min(first + BAD_A_PAGE, len(seen.bad)),
        "previous_url": f"?tu={first - BAD_A_PAGE}" if first else "",
        "next_url": f"?tu={first + BAD_A_PAGE}" if first + BAD_A_PAGE < len(seen.bad) else "",
    }
    return render(request, "tasks/import_preview.html", context, status=status)


def _sent_back(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Lead to where a sheet is sent, with the reason why this one cannot be shown."""
    messages.error(request, refusal.sentence)
    return HttpResponseRedirect(reverse("task_import"))


def _own(request: HttpRequest, client_id: UUID) -> ImportBatch:
    """A sheet of the person's own; another's does not exist for them."""
    return get_object_or_404(ImportBatch, client_id=client_id, by_id=request.user.pk)


def _first(request: HttpRequest, count: int) -> int:
    asked = request.GET.get("tu", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    return min(wanted, max(count - 1, 0)) // BAD_A_PAGE * BAD_A_PAGE


def _written(request: HttpRequest, batch: ImportBatch, *, issue: bool) -> HttpResponse:
    by = cast(Person, request.user)
    done = importing.write_good(batch.pk, issue=issue, by=by, viewer=viewer_of(request))
    drafts = done.batch.written - done.batch.issued
    said = _("Đã nhập %(n)s nhiệm vụ: %(issued)s đã giao, %(drafts)s dự thảo.") % {
        "n": format_number(done.batch.written), "issued": format_number(done.batch.issued),
        "drafts": format_number(drafts),
    }  # fmt: skip
    messages.success(request, said)
    for line in told(done.kept_back):
        messages.warning(request, line)
    return HttpResponseRedirect(reverse("task_import_preview", args=[batch.client_id]))


def told(kept_back: list[tuple[int, str]]) -> list[str]:
    """Why rows stayed drafts, rows with the same reason together, the commonest first."""
    by_reason: dict[str, list[int]] = defaultdict(list)
    for number, why in kept_back:
        by_reason[why].append(number)
    commonest = sorted(by_reason.items(), key=lambda each: -len(each[1]))
    return [f"{_rows(numbers)}: {why}" for why, numbers in commonest[:REASONS_TOLD]]


def _rows(numbers: list[int]) -> str:
    """«Dòng 2, 3, 6 và 12 dòng khác»."""
    shown = _("Dòng %(rows)s") % {"rows": ", ".join(map(str, numbers[:ROWS_TOLD]))}
    more = len(numbers) - ROWS_TOLD
    return shown + (_(" và %(n)s dòng khác") % {"n": format_number(more)} if more > 0 else "")


@require_safe
@needs(Capability.ASSIGN_TASKS)
def task_import_template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in, with today's lists to choose from."""
    content = importing.template(viewer_of(request), clock.today())
    return _workbook(content, "mau-nhap-nhiem-vu.xlsx")


@require_safe
@needs(Capability.ASSIGN_TASKS)
def task_import_rejected(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The rows that were not taken, each with its reasons, to be mended and sent again."""
    batch = _own(request, client_id)
    try:
        seen = importing.preview(batch, viewer_of(request))
    except Refused as refusal:
        return _sent_back(request, refusal)
    record(by=request.user, verb="export", obj=batch, after={"table": "rejected", "rows": len(seen.bad)})
    return _workbook(importing.rejected(seen.bad), f"cac-dong-sai-{batch.name.rsplit('.', 1)[0]}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    headers: dict[str, Any] = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=XLSX, headers=headers)
