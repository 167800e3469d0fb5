"""The league of sources, one source with its contract and receipts, one batch with the rows that were held back.

What takes rows in loads the lake, which takes seconds: a web process does so with the first file, not when it starts.
"""

import functools
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro import jobs
from namro.audit.actions import record
from namro.flows.jobs import figure_source
from namro.ground import clock
from namro.ground.numbers import format_number
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused
from namro.outside.connectors import CONNECTORS, Shipment, id_of
from namro.outside.sheets import read_sheet
from namro.pages.naming import named
from namro.pages.sheet import download
from namro.pages.sources import mending, words
from namro.pages.sources.forms import FileForm, MendedForm
from namro.pages.viewing import needs, viewer_of
from namro.sources.catalog.writing import written
from namro.sources.formulas.fitting import headings_of
from namro.sources.models import Batch, Source
from namro.sources.queries.drafts import open_drafts
from namro.sources.queries.intake import last_landed
from namro.sources.queries.league import league, may_send, visible_sources
from namro.sources.rules.schedule import freshness
from namro.sources.terms import BatchState, RowState
from namro.sources.terms.drafts import WEB

if TYPE_CHECKING:
    from namro.sources.formulas.checking import Checked

RECEIPTS_SHOWN = 30
HELD_SHOWN = 100
BAD_SHOWN = 20


@require_safe
@needs()
def sources(request: HttpRequest) -> HttpResponse:
    """Show the sources within reach, those that break their promise first."""
    lines = league(viewer_of(request))
    shown = [{"line": line, "tone": words.TONES[line.state]} for line in lines]
    viewer = viewer_of(request)
    waiting = open_drafts().count() if viewer.can(Capability.RUN_SOURCES) else None
    context = {"rows": shown, "sentence": words.of_league(lines), "waiting": waiting}
    return render(request, "sources/sources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def source(request: HttpRequest, code: str) -> HttpResponse:
    """Show a source; take a file of it in, or show what that, or what it has now, would come to."""
    found = _visible(request, code)
    is_open = may_send(viewer_of(request), found)
    form, status, seen = FileForm(), 200, None
    if request.method == "POST":
        if not is_open:
            raise Http404
        if "doc" in request.POST:
            return _read_now(request, found)
        form, status = FileForm(request.POST, request.FILES), 422
        if form.is_valid():
            shipment = _shipment(found, form.cleaned_data["file"])
            if "thu" not in request.POST:
                return _taken(request, _taken_in(found, shipment, cast(Person, request.user)))
            seen, status = _previewed(form, found, shipment)
    context = _of_source(found) | {"form": form if is_open else None, "seen": seen}
    return render(request, "sources/source.html", _with_verbs(request, found, context), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def batch(request: HttpRequest, code: str, pk: Any) -> HttpResponse:
    """Show a batch and its held rows; take mended ones in again."""
    owner = _visible(request, code)
    found = get_object_or_404(owner.batches.select_related("replaces", "by"), pk=pk)
    is_open = may_send(viewer_of(request), owner)
    form, status = MendedForm(), 200
    if request.method == "POST":
        if not is_open:
            raise Http404
        form, status = MendedForm(request.POST, request.FILES), 422
        if form.is_valid():
            try:
                return _taken(request, _sent_again(form, found, cast(Person, request.user)))
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
    context = _of_batch(owner, found) | {"form": form if is_open else None}
    return render(request, "sources/batch.html", context, status=status)


@require_safe
@needs(Capability.EXPORT, Capability.RUN_SOURCES)
@transaction.atomic
def contract(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the contract of a source as a file that a package can hold, leaving a line in the log."""
    found = _visible(request, code)
    record(
        by=request.user, verb="export", obj=found, after={"table": "contract", "rows": 1}, unit=found.owner
    )
    name = f'attachment; filename="{found.code}.yaml"'
    return HttpResponse(
        written(found.body),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": name},
    )


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def held(request: HttpRequest, code: str, pk: Any) -> HttpResponse:
    """Hand out the held rows of a batch to be mended, leaving a line in the log of who took them."""
    owner = _visible(request, code)
    found = get_object_or_404(owner.batches, pk=pk)
    lines = mending.sheet_of(owner.definition, found.quarantined.filter(state=RowState.OPEN))
    taken = {"table": "quarantine", "rows": len(lines) - 1}
    record(by=request.user, verb="export", obj=found, after=taken, unit=owner.owner)
    return download(lines, name=f"cach-ly-{code}", kind="csv")


def _visible(request: HttpRequest, code: str) -> Source:
    return get_object_or_404(visible_sources(viewer_of(request)), code=code)


def _shipment(found: Source, sent: Any) -> Shipment:
    content, contract = sent.read(), found.definition
    headings = [heading for names in headings_of(contract).values() for heading in names]
    rows = functools.partial(read_sheet, content, sent.name, contract.settings, headings)
    return Shipment(sent.name, rows, id_of(found.code, content), len(content))


def _read_now(request: HttpRequest, found: Source) -> HttpResponse:
    """Show what the source has now and what it would come to; nothing is written."""
    from namro.flows.adding import try_source  # noqa: PLC0415 - see above
    from namro.sources.actions.intake import sentence_of  # noqa: PLC0415 - see above

    form, seen, status = FileForm(), None, 200
    try:
        origin, checked = try_source(found)
        seen = _seen(checked) | {"origin": origin}
    except Exception as fault:  # noqa: BLE001 - whatever a source answers, the person is told what
        status = 422
        messages.error(request, sentence_of(fault))
    context = _of_source(found) | {"form": form, "seen": seen}
    return render(request, "sources/source.html", _with_verbs(request, found, context), status=status)


def _with_verbs(request: HttpRequest, found: Source, context: dict[str, Any]) -> dict[str, Any]:
    """Return the context with what the viewer may do to the source."""
    viewer = viewer_of(request)
    runs = viewer.can(Capability.RUN_SOURCES)
    return context | {
        "may_take": runs or viewer.can(Capability.EXPORT),
        "may_revise": runs and found.package == WEB,
        "may_read": context["form"] is not None and bool(CONNECTORS[found.definition.means].module),
    }


def _taken_in(found: Source, shipment: Shipment, by: Person) -> Batch:
    from namro.sources.actions.intake import take_in  # noqa: PLC0415 - see above

    return take_in(found, shipment, by=by)


def _previewed(form: FileForm, found: Source, shipment: Shipment) -> tuple[dict[str, Any] | None, int]:
    """Return what a file would come to; nothing where it cannot be read, with the sentence on the form."""
    from namro.sources.actions.intake import preview, sentence_of  # noqa: PLC0415 - see above

    try:
        return _seen(preview(found, shipment)), 200
    except Exception as fault:  # noqa: BLE001 - whatever is in a file, the person is told what
        form.add_error("file", sentence_of(fault))
        return None, 422


def _seen(checked: "Checked") -> dict[str, Any]:
    bad = checked.bad.slice(0, BAD_SHOWN).select(["_row", "_reasons"]).to_pylist()
    rows = [{"row": each["_row"], "reasons": each["_reasons"]} for each in bad]
    return {"good": checked.good.num_rows, "bad": checked.bad.num_rows, "rows": rows}


def _sent_again(form: MendedForm, found: Batch, by: Person) -> Batch:
    from namro.sources.actions.quarantine import send_again  # noqa: PLC0415 - see above

    sent = form.cleaned_data["file"]
    mended = mending.mended_of(found.source.definition, sent.read(), sent.name)
    return send_again(found, mended, number=form.cleaned_data["client_id"], by=by)


def _taken(request: HttpRequest, receipt: Batch) -> HttpResponse:
    """Lead to the receipt; what landed is figured by a job."""
    if receipt.state == BatchState.LANDED:
        jobs.enqueue(figure_source, code=receipt.source.code)
        messages.success(request, words.of_batch(receipt))
    else:
        messages.error(request, receipt.error)
    return redirect("batch", receipt.source.code, receipt.pk)


def _of_source(found: Source) -> dict[str, Any]:
    contract, last = found.definition, last_landed(found)
    owner = Unit.objects.filter(code=contract.owner, valid_to=None).first()
    state = freshness(last.ended_at if last else None, contract.freshness_hours, clock.now())
    receipts = found.batches.select_related("by")[:RECEIPTS_SHOWN]
    return {
        "contract": contract,
        "crumbs": [(_("Nguồn số liệu"), "/nguon/")],
        "sentence": named(contract),
        "state": state,
        "tone": words.TONES[state],
        "last": last,
        "facts": list(words.facts(contract, named(owner) if owner else contract.owner)),
        "columns": words.columns(contract),
        "receipts": [{"batch": each, "tone": words.TONES[BatchState(each.state)]} for each in receipts],
    }


def _of_batch(owner: Source, found: Batch) -> dict[str, Any]:
    waiting = found.quarantined.filter(state=RowState.OPEN).count()
    return {
        "contract": owner.definition,
        "batch": found,
        "crumbs": [(_("Nguồn số liệu"), "/nguon/"), (named(owner.definition), f"/nguon/{owner.code}/")],
        "sentence": words.of_batch(found),
        "tone": words.TONES[BatchState(found.state)],
        "held": found.quarantined.all()[:HELD_SHOWN],
        "waiting": waiting,
        "waiting_words": format_number(waiting),
    }
