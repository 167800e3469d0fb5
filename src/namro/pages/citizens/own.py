"""One's own dossiers: what each waits for, and what the applicant may do: answer, fetch the result, rate."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from namro.audit.actions import record
from namro.dossiers import actions
from namro.dossiers.actions import Hand
from namro.dossiers.models import Applicant, Dossier, DossierFile, Satisfaction
from namro.dossiers.queries.papers import RESULT
from namro.dossiers.queries.today import notice, now
from namro.dossiers.rules import Doer, can, may_take_result
from namro.dossiers.terms import State, Verb
from namro.ground.numbers import format_number
from namro.organisation.queries import city_of
from namro.organisation.terms import Refused
from namro.outside import payments
from namro.pages.citizens.filing import file_rules, paper_rows
from namro.pages.citizens.forms import AnswerForm, RateForm, WithdrawForm
from namro.pages.citizens.papers import download, held_papers
from namro.pages.citizens.session import needs_applicant
from namro.pages.citizens.tracking import sentence
from namro.pages.dossiers.documents import apology_sent
from namro.pages.dossiers.slip import slip_of
from namro.pages.dossiers.way import way_of
from namro.pages.dossiers.words import history_of, standing, time_left, tone_of
from namro.pages.fields import RequestForm
from namro.pages.links import address

PAGE_SIZE = 20
DEEDS: dict[str, type[RequestForm]] = {"bo-sung": AnswerForm, "danh-gia": RateForm, "rut": WithdrawForm}


@require_safe
@needs_applicant
def own_dossiers(request: HttpRequest, applicant: Applicant) -> HttpResponse:
    """The applicant's drafts and dossiers, the latest first; beside each what it waits for."""
    before, moment = request.GET.get("sau", ""), now()
    rows = applicant.dossiers.select_related("procedure", "unit").order_by("-pk")
    filed = rows.exclude(state=State.DRAFT)
    filed = filed.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 18 else filed
    shown = list(filed[: PAGE_SIZE + 1])
    waiting = rows.filter(state__in=(State.SUPPLEMENT_ASKED, State.DECIDED)).count()
    context = {
        "drafts": list(rows.filter(state=State.DRAFT)[:PAGE_SIZE]), "applicant": applicant,
        "rows": [_row(each, moment) for each in shown[:PAGE_SIZE]], "sentence": _sentence(waiting), "sub": notice(),
        "next_url": address("own_dossiers", sau=shown[PAGE_SIZE - 1].pk) if len(shown) > PAGE_SIZE else "",
        "first_url": address("own_dossiers") if before else "",
    }  # fmt: skip
    return render(request, "citizens/own_dossiers.html", context)


def _sentence(waiting: int) -> str:
    if not waiting:
        return _("Không hồ sơ nào chờ bạn")
    words = ngettext("%(n)s hồ sơ chờ bạn làm tiếp", "%(n)s hồ sơ chờ bạn làm tiếp", waiting)
    return words % {"n": format_number(waiting)}


def _row(row: Dossier, moment: datetime) -> dict[str, Any]:
    when, tone = time_left(row, moment)
    todo = {State.SUPPLEMENT_ASKED: _("Hãy bổ sung"), State.DECIDED: _("Hãy nhận kết quả")}
    return {
        "row": row, "tone": tone_of(row, moment), "standing": standing(row, moment), "when": when, "when_tone": tone,
        "todo": todo.get(State(row.state), ""),
    }  # fmt: skip


def own(applicant: Applicant, code: str) -> Dossier:
    """The applicant's own filed dossier; 404 for another's, as if it were not there."""
    rows = applicant.dossiers.select_related(
        "procedure", "version", "unit", "received_unit", "desk", "applicant"
    )
    return get_object_or_404(rows.exclude(state=State.DRAFT), code=code[:40])


@require_safe
@needs_applicant
def own_dossier(request: HttpRequest, applicant: Applicant, code: str) -> HttpResponse:
    """One of the applicant's dossiers, with what may be done to it now."""
    return _page(request, applicant, own(applicant, code))


def _page(
    request: HttpRequest,
    applicant: Applicant,
    row: Dossier,
    *,
    tried: RequestForm | None = None,
    status: int = 200,
) -> HttpResponse:
    events = list(row.events.select_related("desk", "by"))
    files = list(row.files.filter(is_dropped=False))
    moment = now()
    when, when_tone = time_left(row, moment)
    context = {
        "row": row, "applicant": applicant, "sentence": sentence(row, when), "when_tone": when_tone,
        "dateline": f"{row.code} · {row.unit.name}", "tone": tone_of(row, moment), "standing": standing(row, moment),
        "steps": way_of(row, events), "moments": history_of(events, for_public=True), "notice_line": _seeded(row),
        "supplements": list(row.supplement_requests.all()), "apologies": list(row.apologies.all()),
        "files": [each for each in files if each.paper != RESULT],
        "results": [each for each in files if each.paper == RESULT], "grounds": _grounds(row, events),
        "rated": Satisfaction.objects.filter(dossier=row).first(), "payments": list(row.payments.all()),
    }  # fmt: skip
    return render(
        request, "citizens/own_dossier.html", context | _deeds(row, applicant, files, tried), status=status
    )


def _seeded(row: Dossier) -> str:
    return notice() if row.is_synthetic else ""


def _grounds(row: Dossier, events: list[Any]) -> str:
    """The words with which a dossier was refused, which its applicant has a right to."""
    if row.state != State.REFUSED:
        return ""
    ends = [each for each in events if each.verb in (Verb.REFUSE, Verb.TURN_AWAY)]
    return str(ends[-1].detail.get("words", "")) if ends else ""


def _deeds(
    row: Dossier, applicant: Applicant, files: list[DossierFile], tried: RequestForm | None
) -> dict[str, Any]:
    """The forms of what the applicant may do now; the one that was tried as it was typed."""
    doer = Doer(applicant_id=applicant.pk)
    forms: dict[str, Any] = {}
    if can(Verb.ANSWER_SUPPLEMENT, row, doer):
        held = held_papers(row.version, int(row.filled.get("case") or 0), files)
        forms |= {"answering": AnswerForm(), "papers": paper_rows(held, applicant)} | file_rules()
    if can(Verb.RATE, row, doer) and not Satisfaction.objects.filter(dossier=row).exists():
        forms["rating"] = RateForm()
    if can(Verb.WITHDRAW, row, doer):
        forms["withdrawing"] = WithdrawForm()
    names = {AnswerForm: "answering", RateForm: "rating", WithdrawForm: "withdrawing"}
    if tried is not None:
        forms[names[type(tried)]] = tried
    may_fetch = can(Verb.HAND_OVER_RESULT, row, doer)
    return forms | {"fetch_id": uuid4(), "may_fetch": may_fetch} | _owed(row, applicant)


def _owed(row: Dossier, applicant: Applicant) -> dict[str, Any]:
    """Whether the applicant owes the fee now, and the gateway by which it can be paid."""
    may_pay = can(Verb.BEGIN_PAYMENT, row, Doer(applicant_id=applicant.pk))
    owes = bool(row.fee) and row.fee_paid_at is None and may_pay
    return {"pay_id": uuid4(), "owes": owes, "gateway": payments.gateway() if owes else None}


@require_POST
@needs_applicant
def own_act(request: HttpRequest, applicant: Applicant, code: str, deed: str) -> HttpResponse:
    """Do one thing to one's own dossier; a refusal stands beside its field with everything typed still there."""
    row = own(applicant, code)
    if deed not in DEEDS:
        raise Http404(deed)
    form = DEEDS[deed](request.POST)
    if form.is_valid():
        try:
            messages.success(
                request, _carried_out(deed, row, form.cleaned_data, Hand.of_applicant(applicant))
            )
            return HttpResponseRedirect(address("own_dossier", str(row.code)))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, applicant, own(applicant, code), tried=form, status=422)


def _carried_out(deed: str, row: Dossier, said: dict[str, Any], hand: Hand) -> str:
    """Do it; return what to say."""
    given = {name: value for name, value in said.items() if name != "version"}
    if deed == "bo-sung":
        actions.answer_supplement(row.pk, hand=hand, **given)
        return _("Đã gửi bổ sung; đồng hồ chạy tiếp.")
    if deed == "danh-gia":
        actions.rate(row.pk, hand=hand, **given)
        return _("Cảm ơn bạn đã đánh giá.")
    actions.withdraw(row.pk, hand=hand, **given)
    return _("Đã rút hồ sơ.")


@require_POST
@needs_applicant
def own_fetch(request: HttpRequest, applicant: Applicant, code: str) -> HttpResponse:
    """Fetch the electronic result: from then on it counts as handed over, and its file can be downloaded."""
    row = own(applicant, code)
    try:
        number = UUID(request.POST.get("client_id", ""))
        actions.hand_over_result(row.pk, hand=Hand.of_applicant(applicant), client_id=number)
        messages.success(request, _("Đã nhận kết quả; tải tệp bên dưới, lúc nào cũng tải lại được."))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    except ValueError:
        messages.error(request, _("Lần gửi này thiếu số; hãy tải lại trang rồi bấm lại."))
    return HttpResponseRedirect(address("own_dossier", str(row.code)))


@require_safe
@needs_applicant
def own_receipt(request: HttpRequest, applicant: Applicant, code: str) -> HttpResponse:
    """The receipt, later the slip with the promised day, to print or to keep on the phone."""
    row = own(applicant, code)
    context = slip_of(request, row) | {"applicant": applicant} | _owed(row, applicant)
    return render(request, "citizens/receipt.html", context)


@require_safe
@needs_applicant
def own_apology(request: HttpRequest, applicant: Applicant, code: str, number: int) -> HttpResponse:
    """The letter in which the unit says that it is late and why, as Word or PDF; the log says that it was taken."""
    row = own(applicant, code)
    said = get_object_or_404(row.apologies.all(), pk=number)
    record(by=None, verb="export", obj=row, after={"table": "apology", "number": said.number})
    return apology_sent(said, row, city_of(row.unit), request.GET.get("dang", ""))


@require_safe
@needs_applicant
def own_file(request: HttpRequest, applicant: Applicant, client_id: UUID, pk: int) -> HttpResponseBase:
    """A file of one's own dossier; a result, or its signature, only once it has been fetched or handed over."""
    row = get_object_or_404(applicant.dossiers.all(), client_id=client_id)
    file = get_object_or_404(row.files.filter(is_dropped=False), pk=pk)
    if file.paper == RESULT and not may_take_result(row):
        raise Http404("not handed over")
    return download(file, request.GET.get("dang", ""))
