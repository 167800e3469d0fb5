"""Feedback from outside: said without an account, followed by its code, rated once; answers that all may read."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from namro.dossiers.actions.feedback import Said, SaidBefore, add_to_feedback, rate_feedback, send_feedback
from namro.dossiers.models import Dossier, Feedback
from namro.dossiers.queries.feedback import followed, published
from namro.dossiers.queries.feedback_limits import feedback_limits
from namro.dossiers.queries.today import today
from namro.dossiers.queries.units import units_that_answer
from namro.dossiers.rules import can_feedback
from namro.dossiers.terms import FILED, FeedbackKind, FeedbackVerb
from namro.ground.numbers import format_number
from namro.organisation.terms import Refused
from namro.pages.citizens.session import applicant_of
from namro.pages.feedback.forms import AddForm, RateForm, SendForm
from namro.pages.feedback.limits import check_not_too_often
from namro.pages.feedback.words import late_words, moments_of, owed_words, tone_of
from namro.pages.fields import RequestForm
from namro.pages.links import address

# The name under which the device keeps what is typed, and by which it hears that it was taken.
DRAFT, TAKEN = "feedback", "feedback-taken"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_send(request: HttpRequest) -> HttpResponse:
    """Say something to a unit and get a code to follow it by; limits stand beside, with where they are from."""
    form = SendForm(request.POST if request.method == "POST" else None, initial=_begun(request))
    if form.is_valid():
        try:
            check_not_too_often(request, form.cleaned_data["client_id"])
            feedback = send_feedback(
                _said(request, form.cleaned_data), client_id=form.cleaned_data["client_id"]
            )
            messages.success(request, _("Đã gửi. Hãy giữ mã %s để theo dõi.") % feedback.code)
            request.session[TAKEN] = DRAFT
            return HttpResponseRedirect(reverse("feedback_followed", args=[feedback.code]))
        except Refused as refusal:
            form.refuse(refusal)
            if isinstance(refusal, SaidBefore):
                form.renew_number()
    context = {
        "form": form, "limits": _limits(), "applicant": applicant_of(request), "draft": DRAFT,
        "units": units_that_answer(),
    }  # fmt: skip
    return render(request, "feedback/send.html", context, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest) -> dict[str, Any]:
    """What a link has filled in: the kind and the dossier."""
    kind = request.GET.get("loai", "")
    return {
        "kind": kind if kind in FeedbackKind.values else FeedbackKind.FEEDBACK,
        "dossier": request.GET.get("ho_so", "")[:40],
    }


def _said(request: HttpRequest, said: dict[str, Any]) -> Said:
    """What was said, with its dossier and unit; refused beside the field where there is none of them."""
    dossier = _dossier(said["dossier"]) if said["dossier"] else None
    unit = said["unit"] or (dossier.unit if dossier else None)
    if unit is None:
        raise Refused(_("Hãy chọn đơn vị, hoặc ghi mã hồ sơ."), field="unit")
    return Said(
        said["kind"], unit, said["words"], dossier=dossier, applicant=applicant_of(request),
        sender_name=said["sender_name"], sender_contact=said["sender_contact"],
    )  # fmt: skip


def _dossier(code: str) -> Dossier:
    found = Dossier.objects.select_related("unit", "procedure").filter(
        code=code.strip().upper(), state__in=FILED
    )
    dossier = found.first()
    if dossier is None:
        raise Refused(_("Không có hồ sơ mang mã này; hãy xem lại giấy biên nhận."), field="dossier")
    return dossier


def _limits() -> list[dict[str, Any]]:
    """By when each kind is answered, and whether that has been compared with the law."""
    return [
        {
            "kind": FeedbackKind(kind).label,
            "answer": _days(limits.answer, limits.unit),
            "judge": _days(limits.judge, limits.unit),
            "source": limits.source,
            "is_sure": limits.is_sure,
        }
        for kind, limits in feedback_limits().kinds.items()
    ]


def _days(count: int, unit: str) -> str:
    template = _("%s ngày làm việc") if unit == "working" else _("%s ngày")
    return template % format_number(count)


@login_not_required
@require_safe
def feedback_published(request: HttpRequest) -> HttpResponse:
    """The answers that are open to everybody, the latest first; nobody is named."""
    page = published(after=key_of(request))
    next_url = address("feedback_published", sau=page.after) if page.after else ""
    first_url = address("feedback_published") if request.GET.get("sau") else ""
    context = {"rows": page.rows, "next_url": next_url, "first_url": first_url}
    return render(request, "feedback/published.html", context)


def key_of(request: HttpRequest) -> int:
    text = request.GET.get("sau", "")
    return int(text) if text.isdecimal() and len(text) < 18 else 0


@login_not_required
@never_cache
@require_safe
def feedback_followed(request: HttpRequest, code: str) -> HttpResponse:
    """How one's feedback stands, for whoever holds its code."""
    return _page(request, _followed(code))


@login_not_required
@never_cache
@require_POST
def feedback_say(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """Add what was asked, or say whether one is content; asked once."""
    feedback = _followed(code)
    if deed not in ("bo-sung", "danh-gia"):
        raise Http404(deed)
    form: RequestForm = AddForm(request.POST) if deed == "bo-sung" else RateForm(request.POST)
    if form.is_valid():
        try:
            messages.success(request, _carried_out(feedback, form))
            return HttpResponseRedirect(reverse("feedback_followed", args=[feedback.code]))
        except Refused as refusal:
            form.refuse(refusal)
    return _page(request, feedback, form)


def _carried_out(feedback: Feedback, form: RequestForm) -> str:
    given = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    if isinstance(form, AddForm):
        add_to_feedback(feedback.pk, **given)
        return _("Đã gửi điều bổ sung.")
    rate_feedback(feedback.pk, **given)
    return _("Cảm ơn bạn đã đánh giá.")


def _followed(code: str) -> Feedback:
    feedback = followed(code[:40])
    if feedback is None:
        raise Http404("no such feedback")
    return feedback


def _page(request: HttpRequest, feedback: Feedback, tried: RequestForm | None = None) -> HttpResponse:
    def may(verb: FeedbackVerb) -> bool:
        return can_feedback(verb, feedback.state, feedback.unit_id, None)

    context = {
        "feedback": feedback, "tone": tone_of(feedback), "owed": owed_words(feedback),
        "late": late_words(feedback, today()), "moments": moments_of(list(feedback.events.all()), for_public=True),
        "adding": _form(tried, AddForm) if may(FeedbackVerb.ADD) else None,
        "rating": _form(tried, RateForm) if feedback.rated_at is None and may(FeedbackVerb.RATE) else None,
        "taken": request.session.pop(TAKEN, ""),
        "refused": [] if tried is None else tried.non_field_errors(),
    }  # fmt: skip
    return render(request, "feedback/followed.html", context, status=422 if tried is not None else 200)


def _form(tried: RequestForm | None, kind: type[RequestForm]) -> RequestForm:
    return tried if isinstance(tried, kind) else kind()
