"""Imports: a file sent in, what it would change part by part, and the word to publish it or to leave it."""

import json
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro.assistant.jobs import make_index
from namro.audit.actions import record
from namro.ground import clock
from namro.ground.numbers import format_number
from namro.jobs import enqueue
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.links import address
from namro.pages.procedures.forms import FileForm, PublishForm
from namro.pages.viewing import needs, viewer_of
from namro.procedures import actions, queries
from namro.procedures.formulas.comparing import differences
from namro.procedures.models import ProcedureChange, ProcedureImport
from namro.procedures.terms import Change, ImportState

PAGE_SIZE = 20
FAULTS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.PUBLISH_PROCEDURES)
def procedure_imports(request: HttpRequest) -> HttpResponse:
    """Take a file of procedures, and show the imports so far; nothing is published before its changes are seen."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        try:
            return _received(request, form)
        except Refused as refusal:
            form.refuse(refusal)
    before = request.GET.get("sau", "")
    rows = queries.imports()
    rows = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 15 else rows
    shown = list(rows[: PAGE_SIZE + 1])
    next_url = address("procedure_imports", sau=shown[PAGE_SIZE - 1].pk) if len(shown) > PAGE_SIZE else ""
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "imports": shown[:PAGE_SIZE], "next_url": next_url}
    return render(request, "procedures/imports.html", context, status=status)


def _received(request: HttpRequest, form: FileForm) -> HttpResponse:
    said = form.cleaned_data
    batch = actions.receive_import(
        form.content(), name=said["file"].name, is_complete=said["is_complete"], source_as_of=said["source_as_of"],
        client_id=said["client_id"], by=cast(Person, request.user), viewer=viewer_of(request),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("procedure_import", args=[batch.client_id]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.PUBLISH_PROCEDURES)
def procedure_import(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What an import changes, new, changed, ended, each with its difference; on the person's word it is published."""
    batch = get_object_or_404(queries.imports(), client_id=client_id)
    form = (
        PublishForm(request.POST)
        if request.method == "POST"
        else PublishForm(initial={"valid_from": clock.today()})
    )
    try:
        if request.POST.get("deed") == "discard":
            return _discarded(request, batch, form)
        if form.is_valid():
            return _published(request, batch, form)
    except Refused as refusal:
        form.is_valid()
        form.refuse(refusal)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "procedures/import.html",
        {"batch": batch, "form": form} | _shown(request, batch),
        status=status,
    )


def _published(request: HttpRequest, batch: ProcedureImport, form: PublishForm) -> HttpResponse:
    said = form.cleaned_data
    done = actions.publish_import(
        batch.pk, valid_from=said["valid_from"], client_id=said["client_id"], by=cast(Person, request.user),
        viewer=viewer_of(request),
    )  # fmt: skip
    enqueue(make_index)  # of the assistant, which else answers its next question only when that is done
    counts = {name: format_number(getattr(done, name)) for name in ("new", "changed", "ended")}
    messages.success(
        request,
        _("Đã công bố: %(new)s thủ tục mới, %(changed)s sửa đổi, %(ended)s hết hiệu lực.") % counts,
    )
    return HttpResponseRedirect(reverse("procedure_import", args=[batch.client_id]))


def _discarded(request: HttpRequest, batch: ProcedureImport, form: PublishForm) -> HttpResponse:
    form.is_valid()
    client_id = form.cleaned_data.get("client_id") or uuid4()
    actions.discard_import(
        batch.pk, client_id=client_id, by=cast(Person, request.user), viewer=viewer_of(request)
    )
    messages.success(request, _("Đã bỏ lô nhập; danh mục giữ nguyên."))
    return HttpResponseRedirect(reverse("procedure_imports"))


def _shown(request: HttpRequest, batch: ProcedureImport) -> dict[str, Any]:
    """The changes of one page, by kind, from behind a code on."""
    kind = request.GET.get("loai", "")
    kind = kind if kind in Change.values else ""
    after = request.GET.get("sau", "")[:30]
    rows = list(queries.changes_of(batch, kind).filter(code__gt=after)[: PAGE_SIZE + 1])
    here = reverse("procedure_import", args=[batch.client_id])
    counts: dict[str, int] = {Change.NEW: batch.new, Change.CHANGED: batch.changed, Change.ENDED: batch.ended}
    tabs = [{"label": _("Tất cả"), "url": here, "count": sum(counts.values()), "current": not kind}]
    tabs += [
        {"label": Change(each).label, "url": f"{here}?loai={each}", "count": count, "current": kind == each}
        for each, count in counts.items()
    ]
    last = rows[PAGE_SIZE - 1].code if len(rows) > PAGE_SIZE else ""
    return {
        "tabs": tabs,
        "changes": [(row, _difference(row)) for row in rows[:PAGE_SIZE]],
        "next_url": address("procedure_import", str(batch.client_id), loai=kind, sau=last) if last else "",
        "faults": batch.faults[:FAULTS_SHOWN],
        "is_open": batch.state == ImportState.RECEIVED,
    }


def _difference(row: ProcedureChange) -> list[Any]:
    if row.kind != Change.CHANGED or row.base is None:
        return []
    return differences(row.base.body or {}, row.body or {})


@require_safe
@needs(Capability.PUBLISH_PROCEDURES)
def procedure_import_faults(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """The lines that were not taken, with their reasons, to be mended and sent again."""
    batch = get_object_or_404(ProcedureImport, client_id=client_id)
    record(by=request.user, verb="export", obj=batch, after={"table": "faults", "rows": len(batch.faults)})
    lines = (json.dumps(fault, ensure_ascii=False) for fault in batch.faults)
    headers = {"Content-Disposition": 'attachment; filename="dong-sai.jsonl"'}
    return HttpResponse("\n".join(lines), content_type="application/x-ndjson; charset=utf-8", headers=headers)
