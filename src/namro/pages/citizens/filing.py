"""Filing online: where, the papers one by one, then the whole; a draft is kept at every step."""

from typing import Any, cast
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from namro.dossiers import actions
from namro.dossiers.actions import Draft, Hand
from namro.dossiers.formulas.fees import fee_of
from namro.dossiers.models import Applicant, Dossier
from namro.dossiers.queries.desk import desk_rules, record_of
from namro.dossiers.queries.papers import OTHER, reusable_papers
from namro.dossiers.queries.today import today
from namro.dossiers.queries.units import units_that_settle
from namro.dossiers.terms import Channel, State
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.terms import Refused
from namro.outside import payments, scanning
from namro.pages.citizens.forms import BeginForm, FileForm, SubmitForm
from namro.pages.citizens.papers import Held, cases_of, held_papers, paper_sent
from namro.pages.citizens.session import needs_applicant, population_knows
from namro.pages.links import address
from namro.pages.procedures.ended import way_on
from namro.pages.procedures.panels import doubts_by_part
from namro.pages.sending import number_sent
from namro.procedures.models import Procedure
from namro.procedures.queries import procedure, version_on
from namro.procedures.terms import Part

SUGGESTED_PAPERS = 20
# So many papers stand open; more are opened one by one, so that a phone shows them all at a glance.
FEW_PAPERS = 4
# In the session: the draft of a form that the device may forget.
TAKEN = "filing-taken"


@require_http_methods(["GET", "HEAD", "POST"])
@needs_applicant
def filing(request: HttpRequest, applicant: Applicant, code: str) -> HttpResponse:
    """Begin a dossier for a procedure: where to file, how to be reached; kept as a draft. A procedure that has ended
    leads to its page, which says what took its place."""
    row = procedure(code[:30])
    version = version_on(row, today()) if row else None
    if row is None or version is None:
        return way_on(request, code[:30])
    drafts = list(_drafts_of(applicant).filter(procedure=row).select_related("unit"))
    bound = request.POST if request.method == "POST" else None
    form = BeginForm(bound, cases=cases_of(version), initial=_as_last_time(applicant))
    if form.is_valid():
        try:
            made = _kept(request, form, row, applicant, form.cleaned_data["client_id"])
            return HttpResponseRedirect(address("filing_draft", str(made.client_id)))
        except Refused as refusal:
            form.refuse(refusal)
    context = {"row": row, "version": version, "form": form, "drafts": drafts, "applicant": applicant}
    return render(
        request,
        "citizens/filing.html",
        context | {"units": units_that_settle(row)},
        status=422 if bound else 200,
    )


def _as_last_time(applicant: Applicant) -> dict[str, Any]:
    """What the applicant wrote the last time, so that nobody types it twice."""
    last = applicant.dossiers.select_related("unit").order_by("-id").first()
    known = {"phone": applicant.phone, "email": applicant.email}
    if last is None:
        return known
    told = {name: last.filled[name] for name in known if last.filled.get(name)}
    return known | told | {"unit": last.unit}


def _kept(
    request: HttpRequest, form: BeginForm, row: Procedure, applicant: Applicant, client_id: UUID
) -> Dossier:
    # What an offer began the draft with stays in it.
    before = applicant.dossiers.filter(client_id=client_id).values_list("filled", flat=True).first() or {}
    draft = Draft(
        row.code, form.cleaned_data["unit"].pk, Channel.ONLINE, before | form.filled(),
        needs_paper_result=form.cleaned_data["needs_paper_result"],
        uses_population_data=population_knows(request),
    )  # fmt: skip
    return actions.save_draft(draft, hand=Hand.of_applicant(applicant), client_id=client_id)


def _drafts_of(applicant: Applicant) -> Any:
    return applicant.dossiers.filter(state=State.DRAFT).order_by("-touched_at")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_applicant
def filing_draft(request: HttpRequest, applicant: Applicant, client_id: UUID) -> HttpResponse:
    """A draft: its papers with a form each, the fee, and the button that files it; a POST changes where it goes."""
    row = draft_of(applicant, client_id)
    form = None
    if request.method == "POST":
        form = BeginForm(request.POST, cases=cases_of(row.version))
        if form.is_valid():
            try:
                _kept(request, form, row.procedure, applicant, client_id)
                request.session[TAKEN] = f"filing-{client_id}"
                return HttpResponseRedirect(address("filing_draft", str(client_id)))
            except Refused as refusal:
                form.refuse(refusal)
    return _page(request, applicant, row, form=form, status=422 if form else 200)


def draft_of(applicant: Applicant, client_id: UUID) -> Dossier:
    """The applicant's own draft; 404 for another's, or one that was filed."""
    rows = applicant.dossiers.select_related("procedure", "version", "unit")
    return get_object_or_404(rows, client_id=client_id, state=State.DRAFT)


def _page(
    request: HttpRequest, applicant: Applicant, row: Dossier, *, form: BeginForm | None = None,
    submitting: SubmitForm | None = None, refused: tuple[str, str] = ("", ""), status: int = 200,
) -> HttpResponse:  # fmt: skip
    """All that the draft's page shows; `refused` is a paper's key and the sentence beside it."""
    case = int(row.filled.get("case") or 0)
    held = held_papers(row.version, case, row.files.filter(is_dropped=False))
    lacking = sum(1 for each in held if not each.files and each.asked.key != OTHER)
    context = {
        "row": row, "applicant": applicant, "units": units_that_settle(row.procedure),
        "form": form or BeginForm(cases=cases_of(row.version), initial=_typed_in(row)),
        "submitting": submitting or SubmitForm(), "papers": paper_rows(held, applicant, refused), "lacking": lacking,
        "fee": fee_of(record_of(row.version), Channel.ONLINE), "gateway": payments.gateway(),
        "sentence": row.procedure.name, "taken": request.session.pop(TAKEN, "") or f"filing-{row.procedure.code}",
        "dateline": _("bản nháp gửi %(unit)s") % {"unit": row.unit.name}, "may_drop": True,
        "few": len(held) <= FEW_PAPERS,
        "sub": _("Giữ trên máy chủ: tắt máy, mất sóng rồi mở lại vẫn còn."),
        "doubts": doubts_by_part(row.version).get(Part.DOCUMENTS, []),
    }  # fmt: skip
    return render(request, "citizens/draft.html", context | file_rules(), status=status)


def _typed_in(row: Dossier) -> dict[str, Any]:
    return row.filled | {"unit": row.unit, "needs_paper_result": row.needs_paper_result}


def file_rules() -> dict[str, Any]:
    """What is told of the files that are taken, and whether somebody looks for viruses."""
    rules = desk_rules()
    kinds = ", ".join(
        _("%(name)s đến %(n)s MB") % {"name": each.name, "n": format_number(each.most_bytes // 1024**2)}
        for each in rules.files
    )
    return {
        "files_hint": _("Nhận %(kinds)s; loại tệp được xem bằng nội dung.") % {"kinds": kinds},
        "accept": ",".join(each.media_type for each in rules.files),
        "is_scanned": scanning.is_configured(),
    }


def paper_rows(
    held: list[Held], applicant: Applicant, refused: tuple[str, str] = ("", "")
) -> list[dict[str, Any]]:
    """Papers as the page shows them: each with its files, what may be used again, and what was refused beside it."""
    reusable = reusable_papers(applicant, SUGGESTED_PAPERS)
    return [
        {
            "key": each.asked.key, "name": each.asked.name, "original": each.asked.original,
            "copies": each.asked.copies, "form": each.asked.form, "files": each.files, "client_id": uuid4(),
            "reuse_id": uuid4(), "reusable": [] if each.files else reusable,
            "refusal": refused[1] if refused[0] == each.asked.key else "",
        }
        for each in held
    ]  # fmt: skip


@require_POST
@needs_applicant
def filing_paper(request: HttpRequest, applicant: Applicant, client_id: UUID, key: str) -> HttpResponse:
    """Take one file for one paper; a refusal stands beside it and nothing else is lost."""
    row = open_to_papers(applicant, client_id)
    form = FileForm(request.POST, request.FILES)
    try:
        if not form.is_valid():
            raise Refused(_("Chưa có tệp nào được gửi; hãy chọn tệp rồi tải lên."))
        paper = paper_sent(key, cast(UploadedFile, form.cleaned_data["file"]))
        hand = Hand.of_applicant(applicant)
        actions.attach(row.pk, paper=paper, hand=hand, client_id=form.cleaned_data["client_id"])
    except Refused as refusal:
        return _refused(request, applicant, row, key, refusal)
    return HttpResponseRedirect(f"{back_to(row)}#giay-{key}")


@require_POST
@needs_applicant
def filing_reuse(request: HttpRequest, applicant: Applicant, client_id: UUID, key: str) -> HttpResponse:
    """Use a paper again that was handed in before."""
    row, number = open_to_papers(applicant, client_id), request.POST.get("file", "")
    try:
        if not number.isdecimal() or len(number) > 17:
            raise Refused(_("Hãy chọn một giấy đã nộp."))
        actions.reuse_paper(
            row.pk,
            key=key,
            file_id=int(number),
            hand=Hand.of_applicant(applicant),
            client_id=number_sent(request),
        )
    except Refused as refusal:
        return _refused(request, applicant, row, key, refusal)
    return HttpResponseRedirect(f"{back_to(row)}#giay-{key}")


@require_POST
@needs_applicant
def filing_drop(request: HttpRequest, applicant: Applicant, client_id: UUID, pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    row = draft_of(applicant, client_id)
    try:
        actions.drop_paper(
            row.pk, file_id=pk, hand=Hand.of_applicant(applicant), client_id=number_sent(request)
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(address("filing_draft", str(client_id)))


def open_to_papers(applicant: Applicant, client_id: UUID) -> Dossier:
    """The applicant's own dossier, if it takes papers: a draft, or one that waits for a supplement; else 404."""
    rows = applicant.dossiers.select_related("procedure", "version", "unit")
    return get_object_or_404(rows, client_id=client_id, state__in=(State.DRAFT, State.SUPPLEMENT_ASKED))


def back_to(row: Dossier) -> str:
    """The page on which the dossier takes papers."""
    if row.state == State.DRAFT:
        return address("filing_draft", str(row.client_id))
    return address("own_dossier", str(row.code))


def _refused(
    request: HttpRequest, applicant: Applicant, row: Dossier, key: str, refusal: Refused
) -> HttpResponse:
    if row.state == State.DRAFT:
        return _page(request, applicant, row, refused=(key, refusal.sentence), status=422)
    messages.error(request, refusal.sentence)
    return HttpResponseRedirect(back_to(row))


@require_POST
@needs_applicant
def filing_submit(request: HttpRequest, applicant: Applicant, client_id: UUID) -> HttpResponse:
    """File the draft; sent twice it is filed once and leads to the same receipt."""
    rows = applicant.dossiers.select_related("procedure", "version", "unit")
    row = get_object_or_404(rows, client_id=client_id)
    if row.state != State.DRAFT:
        return HttpResponseRedirect(address("own_receipt", str(row.code)))
    form = SubmitForm(request.POST)
    if form.is_valid():
        try:
            hand = Hand.of_applicant(applicant)
            done = actions.submit(row.pk, hand=hand, client_id=form.cleaned_data["client_id"])
            messages.success(
                request,
                _("Đã nộp hồ sơ ngày %(day)s.") % {"day": format_day(done.event.at.date())},
            )
            return HttpResponseRedirect(address("own_receipt", str(done.dossier.code)))
        except actions.OldText as refusal:
            number = uuid5(form.cleaned_data["client_id"], "renew")
            actions.renew_draft(row.pk, hand=Hand.of_applicant(applicant), client_id=number)
            form.refuse(refusal)
            row = draft_of(applicant, client_id)
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, applicant, row, submitting=form, status=422)
