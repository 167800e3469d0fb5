"""Pages of adding a source: begin, one page a step, give up; each can be left and gone on with by another person."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.organisation.terms import Capability, Refused
from namro.pages.sources.adding import arriving, declaring, fitting
from namro.pages.sources.adding.forms import KINDS, BeginForm
from namro.pages.sources.adding.saving import who
from namro.pages.viewing import needs
from namro.sources.actions.drafts import begin_draft, begin_revision, discard_draft
from namro.sources.models import Source, SourceDraft
from namro.sources.queries.drafts import draft_of, open_drafts, sample_of
from namro.sources.rules.drafts import is_open, next_step
from namro.sources.terms.drafts import WEB, DraftState, Step

RUN = Capability.RUN_SOURCES
DRAFTS_SHOWN = 50
PAGES: dict[str, Callable[[HttpRequest, SourceDraft], HttpResponse]] = {
    Step.CONNECT: arriving.connect,
    Step.SAMPLE: arriving.sample,
    Step.COLUMNS: fitting.columns,
    Step.CHECKS: fitting.checks,
    Step.DUTIES: declaring.duties,
    Step.LOAD: declaring.load,
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RUN)
def source_new(request: HttpRequest) -> HttpResponse:
    """Show the drafts that wait, and begin another source."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("name", "means", "code", "client_id")}
        try:
            draft = begin_draft(**said, **who(request))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("source_draft", draft.pk)
    drafts = list(open_drafts()[:DRAFTS_SHOWN])
    context = {
        "form": form,
        "kinds": [(choice, KINDS[choice.data["value"]]) for choice in form["means"]],
        "drafts": [(draft, _next(draft)) for draft in drafts],
        "crumbs": [(_("Nguồn số liệu"), "/nguon/")],
    }
    return render(request, "sources/adding/begin.html", context, status=422 if form.errors else 200)


@require_safe
@needs(RUN)
def source_draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lead to the first step that has not been done, or to the source that the draft became."""
    draft = _draft(pk)
    if draft.state == DraftState.DECLARED and draft.source:
        return redirect("source", draft.source.code)
    return redirect("source_draft_step", draft.pk, _next(draft).value)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RUN)
def source_draft_step(request: HttpRequest, pk: UUID, step: str) -> HttpResponse:
    """Show a step of a draft, or save it and lead to the next."""
    draft = _draft(pk)
    if step not in PAGES:
        raise Http404("no such step")
    if draft.state != DraftState.OPEN:
        return redirect("source_draft", draft.pk)
    if not is_open(Step(step), draft.body, has_sample=sample_of(draft) is not None):
        messages.warning(request, _("Hãy làm bước này trước."))
        return redirect("source_draft_step", draft.pk, _next(draft).value)
    return PAGES[step](request, draft)


@require_POST
@needs(RUN)
def source_draft_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a draft up."""
    draft = _draft(pk)
    try:
        discard_draft(draft, **who(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Đã bỏ bản nháp “%s”.") % draft)
    return redirect("source_new")


@require_POST
@needs(RUN)
def source_revise(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a newer contract of a source that was declared on the web."""
    source = Source.objects.filter(code=code, is_active=True, package=WEB).first()
    if source is None:
        raise Http404("declared by a package")
    draft = begin_revision(source, client_id=uuid4(), **who(request))
    return redirect("source_draft_step", draft.pk, Step.CONNECT.value)


def _draft(pk: UUID) -> SourceDraft:
    found = draft_of(pk)
    if found is None or found.state == DraftState.DISCARDED:
        raise Http404("no such draft")
    return found


def _next(draft: SourceDraft) -> Step:
    return next_step(draft.body, has_sample=sample_of(draft) is not None)
