"""The clerk's list, one dossier with what may be done to it, its papers, its slip and its letters."""

from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from namro.audit.actions import record
from namro.dossiers import actions
from namro.dossiers.actions import Hand
from namro.dossiers.models import Dossier
from namro.dossiers.queries.one import one
from namro.dossiers.queries.one import story as story_of
from namro.dossiers.queries.papers import OTHER, RESULT
from namro.dossiers.queries.scope import MAY_READ
from namro.dossiers.queries.today import notice, now
from namro.dossiers.rules import Doer, can
from namro.dossiers.terms import State, Verb
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.citizens.papers import download, held_papers, paper_sent
from namro.pages.dossiers.deeds import BY_SLUG, DEEDS, DossierForm
from namro.pages.dossiers.documents import apology_sent
from namro.pages.dossiers.slip import slip_of
from namro.pages.dossiers.way import way_of
from namro.pages.dossiers.words import data_used, history_of, letter_told, standing, time_left, tone_of
from namro.pages.links import address
from namro.pages.sending import number_sent
from namro.pages.viewing import needs, viewer_of

DOERS = (
    Capability.RECEIVE_DOSSIERS, Capability.SETTLE_DOSSIERS, Capability.DECIDE_DOSSIERS, Capability.RUN_DESK,
)  # fmt: skip
TAKEN = "draft-taken"


def found(viewer: Viewer, code: str) -> Dossier:
    """The dossier of a code; 404 when the viewer may not open it."""
    row = one(viewer, code[:40])
    if row is None:
        raise Http404(code)
    return row


@require_safe
@needs(*MAY_READ)
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """Show everything about one dossier."""
    viewer = viewer_of(request)
    return _page(request, viewer, found(viewer, code))


def _page(
    request: HttpRequest, viewer: Viewer, row: Dossier, *, tried: DossierForm | None = None, status: int = 200
) -> HttpResponse:
    """All that the page shows; `tried` was refused and stays open with what was typed."""
    story = story_of(row)
    moment = now()
    when, _tone = time_left(row, moment)
    held = held_papers(row.version, int(row.filled.get("case") or 0), story.files)
    context = {
        "row": row, "story": story, "sentence": f"{State(row.state).label}, {when}" if when else standing(row, moment),
        "tone": tone_of(row, moment), "standing": standing(row, moment), "steps": way_of(row, story.events),
        "history": history_of(story.events), "papers": held,
        "without": [each for each in held if not each.files and each.asked.key != OTHER],
        "results": [each for each in story.files if each.paper == RESULT], "dateline": _dateline(row),
        "used": data_used(row), "letters": [letter_told(each) for each in story.letters],
        "deeds": deeds_of(row, viewer, tried), "tried": tried, "may_scan": can(Verb.DIGITISE, row, Doer(viewer)),
        "may_agree": row.applicant is not None and viewer.can(Capability.RECEIVE_DOSSIERS),
        "may_attach": can(Verb.ATTACH, row, Doer(viewer)), "scan_id": uuid4(),
        "notice_line": notice() if row.is_synthetic else "",
        "taken": request.session.pop(TAKEN, ""),
    }  # fmt: skip
    return render(request, "dossiers/dossier.html", context, status=status)


def deeds_of(row: Dossier, viewer: Viewer, tried: DossierForm | None = None) -> list[DossierForm]:
    """A form for each verb the viewer may do now; the one that was tried as it was typed."""
    doer = Doer(viewer)
    shown: list[DossierForm] = []
    for deed in DEEDS:
        if tried is not None and isinstance(tried, deed):
            shown.append(tried)
        elif can(deed.verb, row, doer) and deed.makes_sense(row, viewer):
            shown.append(deed(row=row))
    return shown


def _dateline(row: Dossier) -> str:
    filed = row.submitted_at.astimezone(VIETNAM) if row.submitted_at else None
    said = _("nộp %(day)s") % {"day": format_day(filed)} if filed else ""
    return " · ".join(part for part in (str(row.code), str(row.unit.name), said) if part)


@require_POST
@needs(*DOERS)
def dossier_act(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Do one verb on one dossier; a refusal stands beside its field with everything typed still there."""
    viewer = viewer_of(request)
    row = found(viewer, code)
    if deed not in BY_SLUG:
        raise Http404(deed)
    form = BY_SLUG[deed](request.POST, request.FILES, row=row)
    if form.is_valid():
        try:
            form.carry_out(hand=Hand.of_officer(cast(Person, request.user), viewer))
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, form.done)
            request.session[TAKEN] = form.draft
            return HttpResponseRedirect(_after(viewer, code))
    fresh = found(viewer, code)
    form.renew(fresh.version_no)
    return _page(request, viewer, fresh, tried=form, status=422)


def _after(viewer: Viewer, code: str) -> str:
    """Back to the dossier; to the list when it has left the viewer's reach."""
    row = one(viewer, code)
    return address("dossier", code) if row is not None else address("dossiers")


@require_POST
@needs(Capability.RECEIVE_DOSSIERS)
def dossier_scan(request: HttpRequest, code: str) -> HttpResponse:
    """Add what the clerk scanned of a dossier on paper, or a paper that was brought to the desk as a supplement."""
    viewer = viewer_of(request)
    row = found(viewer, code)
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise Refused(_("Chưa chọn tệp nào."))
        paper = paper_sent(request.POST.get("key", "")[:40], sent)
        hand = Hand.of_officer(cast(Person, request.user), viewer)
        add = actions.attach if request.POST.get("do") == "attach" else actions.digitise
        add(row.pk, paper=paper, hand=hand, client_id=number_sent(request))
        messages.success(request, _("Đã đưa giấy tờ vào hồ sơ."))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(f"{address('dossier', code)}#giay-to")


@require_safe
@needs(*MAY_READ)
def dossier_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """A paper of the dossier or its signature, to be saved; the log says who took it."""
    row = found(viewer_of(request), code)
    file = get_object_or_404(row.files.filter(is_dropped=False), pk=pk)
    response = download(file, request.GET.get("dang", ""))
    record(by=request.user, verb="export", obj=row, after={"table": "dossier_file", "file": file.pk})
    return response


@require_safe
@needs(*MAY_READ)
def dossier_slip(request: HttpRequest, code: str) -> HttpResponse:
    """The slip for the applicant; after a reception the next person is one key away."""
    row = found(viewer_of(request), code)
    fresh = request.GET.get("moi") == "1"
    return render(request, "dossiers/slip_page.html", slip_of(request, row) | {"is_fresh": fresh})


@require_safe
@needs(*MAY_READ)
def apology(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """An apology letter as Word or PDF; the log says who took it."""
    viewer = viewer_of(request)
    row = found(viewer, code)
    said = get_object_or_404(row.apologies.all(), pk=number)
    record(by=request.user, verb="export", obj=row, after={"table": "apology", "number": said.number})
    return apology_sent(said, row, Unit.objects.get(pk=viewer.city_id), request.GET.get("dang", ""))
