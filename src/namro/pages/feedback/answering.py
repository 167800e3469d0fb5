"""Officers' worklist of feedback, and one with what may be done to it now."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from namro.dossiers.actions import feedback as verbs
from namro.dossiers.actions.feedback_act import FeedbackHand
from namro.dossiers.models import Feedback
from namro.dossiers.queries.feedback import (
    MOST_COUNTED,
    Group,
    counts_of_feedback,
    one_feedback,
    page_of_feedback,
    said_before,
)
from namro.dossiers.queries.today import today
from namro.dossiers.rules import can_feedback
from namro.dossiers.terms import FeedbackVerb
from namro.ground.days import format_day
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.counted import counted, figure
from namro.pages.feedback.forms import AnswerForm, AskForm, PublishForm, ReturnForm, TakeForm
from namro.pages.feedback.sending import key_of
from namro.pages.feedback.words import late_words, moments_of, owed_words, tone_of
from namro.pages.fields import RequestForm
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

SLUGS = {
    "moi": Group.NEW, "dang-xu-ly": Group.TAKEN, "cho-bo-sung": Group.WAITING, "cho-cong-khai": Group.TO_PUBLISH,
    "tre-han": Group.LATE, "da-xong": Group.ENDED, "xong-tre": Group.ENDED_LATE,
}  # fmt: skip
# What waits for the unit itself.
OWED = (Group.NEW, Group.TAKEN, Group.TO_PUBLISH)
LABELS: dict[Group, Any] = {
    Group.NEW: gettext_lazy("Mới nhận"),
    Group.TAKEN: gettext_lazy("Đang xử lý"),
    Group.WAITING: gettext_lazy("Chờ bổ sung"),
    Group.TO_PUBLISH: gettext_lazy("Chờ công khai"),
    Group.LATE: gettext_lazy("Trễ hạn"),
    Group.ENDED: gettext_lazy("Đã xong"),
    Group.ENDED_LATE: gettext_lazy("Xong trễ hạn"),
}
Deed = tuple[type[RequestForm], FeedbackVerb, Callable[..., Feedback], Any]
DEEDS: dict[str, Deed] = {
    "nhan": (TakeForm, FeedbackVerb.TAKE, verbs.take_feedback, gettext_lazy("Đã nhận xử lý.")),
    "tra-loi": (AnswerForm, FeedbackVerb.ANSWER, verbs.answer_feedback, gettext_lazy("Đã trả lời.")),
    "hoi-them": (
        AskForm,
        FeedbackVerb.ASK_MORE,
        verbs.ask_more_of_feedback,
        gettext_lazy("Đã yêu cầu bổ sung."),
    ),
    "cong-khai": (PublishForm, FeedbackVerb.PUBLISH, verbs.publish_feedback, gettext_lazy("Đã công khai.")),
    "tra-lai": (ReturnForm, FeedbackVerb.RETURN, verbs.return_feedback, gettext_lazy("Đã trả lại.")),
}
READERS = (
    Capability.RECEIVE_DOSSIERS,
    Capability.SETTLE_DOSSIERS,
    Capability.DECIDE_DOSSIERS,
    Capability.READ_ALL,
)


@require_safe
@needs(*READERS)
def feedbacks(request: HttpRequest) -> HttpResponse:
    """The feedback to the viewer's units by what it waits for; what came first stands first."""
    viewer, day = viewer_of(request), today()
    counts = counts_of_feedback(viewer, day)
    slug = request.GET.get("nhom", "")
    slug = slug if slug in SLUGS else _first(counts)
    page = page_of_feedback(viewer, SLUGS[slug], day, after=key_of(request))
    tabs = [
        {
            "label": LABELS[group],
            "url": address("feedbacks", nhom=each),
            "count": figure(counts[group], most=MOST_COUNTED),
            "current": each == slug,
        }
        for each, group in SLUGS.items()
    ]
    context = {
        "sentence": _sentence(counts), "dateline": _("Phản ánh, kiến nghị · đến %s") % format_day(day), "tabs": tabs,
        "rows": [_row(each, day) for each in page.rows],
        "first_url": address("feedbacks", nhom=slug) if key_of(request) else "",
        "next_url": address("feedbacks", nhom=slug, sau=page.after) if page.after else "",
    }  # fmt: skip
    return render(request, "feedback/feedbacks.html", context)


def _first(counts: dict[Group, int]) -> str:
    """The first group in which something waits for the unit."""
    waiting = (slug for slug, group in SLUGS.items() if counts[group] and group in OWED)
    return next(waiting, "moi")


def _sentence(counts: dict[Group, int]) -> str:
    waiting = [counts[group] for group in OWED]
    words = ngettext("%(n)s ý kiến chờ đơn vị", "%(n)s ý kiến chờ đơn vị", sum(waiting)) % {
        "n": counted(*waiting, most=MOST_COUNTED)
    }
    late = counts[Group.LATE]
    return words + (_(", %s đã trễ hạn") % counted(late, most=MOST_COUNTED) if late else "")


def _row(feedback: Feedback, day: Any) -> dict[str, Any]:
    return {
        "row": feedback, "tone": tone_of(feedback), "owed": owed_words(feedback), "late": late_words(feedback, day),
    }  # fmt: skip


@require_safe
@needs(*READERS)
def feedback(request: HttpRequest, number: int) -> HttpResponse:
    """One feedback with its history and what may be done to it now."""
    return _page(request, *_found(request, number))


@require_POST
@needs(Capability.SETTLE_DOSSIERS, Capability.DECIDE_DOSSIERS)
def feedback_act(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Do one thing to a feedback; a refusal stands beside its field with everything typed still there."""
    viewer, found = _found(request, number)
    if deed not in DEEDS:
        raise Http404(deed)
    form_of, _verb, act, done = DEEDS[deed]
    form = form_of(request.POST)
    if form.is_valid():
        try:
            act(found.pk, hand=FeedbackHand(cast(Person, request.user), viewer), **form.cleaned_data)
            messages.success(request, done)
            return HttpResponseRedirect(reverse("feedback", args=[found.pk]))
        except Refused as refusal:
            form.refuse(refusal)
            found.refresh_from_db()
            form.renew(found.version_no)
    return _page(request, viewer, found, (deed, form))


def _found(request: HttpRequest, number: int) -> tuple[Viewer, Feedback]:
    viewer = viewer_of(request)
    found = one_feedback(viewer, number)
    if found is None:
        raise Http404("no such feedback")
    return viewer, found


def _page(
    request: HttpRequest, viewer: Viewer, found: Feedback, tried: tuple[str, RequestForm] | None = None
) -> HttpResponse:
    context = _row(found, today()) | {
        "number": _("Ý kiến số %s") % found.pk,
        "deeds": _deeds(viewer, found, tried), "before": list(said_before(found)[:10]),
        "crumbs": [(_("Phản ánh, kiến nghị"), reverse("feedbacks"))],
        "moments": moments_of(list(found.events.select_related("by")), for_public=False),
    }  # fmt: skip
    return render(request, "feedback/feedback.html", context, status=422 if tried else 200)


def _deeds(viewer: Viewer, found: Feedback, tried: tuple[str, RequestForm] | None) -> list[dict[str, Any]]:
    """The forms of what the viewer may do now; the one that was tried as it was typed, and open."""
    shown = []
    for slug, (form_of, verb, _act, _done) in DEEDS.items():
        if not _may(verb, viewer, found):
            continue
        is_tried = tried is not None and tried[0] == slug
        initial = {"version": found.version_no, "answer": found.answer}
        form = tried[1] if tried and is_tried else form_of(initial=initial, auto_id=f"{slug}-%s")
        shown.append({"slug": slug, "form": form, "title": form_of.title, "is_open": is_tried})  # type: ignore[attr-defined]
    return shown


def _may(verb: FeedbackVerb, viewer: Viewer, found: Feedback) -> bool:
    asked_already = verb == FeedbackVerb.ASK_MORE and found.asked_at is not None
    return not asked_already and can_feedback(verb, found.state, found.unit_id, viewer)
