"""From the machine to people: a question handed to a unit, what became of it, and the officers' list."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from namro.assistant import actions
from namro.assistant.models import HandOver
from namro.assistant.queries.handed import handed_to
from namro.assistant.rules.reading import shortened
from namro.assistant.terms import Audience
from namro.organisation.models import Person
from namro.organisation.terms import Capability, Refused
from namro.pages.assistant.conversation import Conversation
from namro.pages.assistant.forms import HandOverForm, ReplyForm
from namro.pages.assistant.limits import is_too_often
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

PAGE_SIZE, MOST_OF_AN_ANSWER = 20, 1000


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def assistant_hand_over(request: HttpRequest) -> HttpResponse:
    """Hand the question to the people of a unit, with the conversation so far."""
    turns = Conversation(request, Audience.PUBLIC).turns
    last = {"question": turns[-1]["words"]} if turns else {}
    form = HandOverForm(request.POST) if request.method == "POST" else HandOverForm(initial=last)
    if form.is_valid():
        try:
            return _handed(request, form, turns)
        except Refused as refusal:
            form.refuse(refusal)
    status = 422 if request.method == "POST" else 200
    return render(request, "assistant/hand_over.html", {"form": form, "turns": turns}, status=status)


def _handed(request: HttpRequest, form: HandOverForm, turns: list[dict[str, Any]]) -> HttpResponse:
    if is_too_often(request):
        raise Refused(_("Bạn gửi hơi nhanh; hãy chờ một phút rồi gửi lại."))
    said = form.cleaned_data
    told = [{"question": turn["words"], "answer": _answer(turn)} for turn in turns]
    made = actions.hand_over(
        said["unit"], question=said["question"], conversation=told, contact=said["contact"],
        client_id=said["client_id"],
    )  # fmt: skip
    return HttpResponseRedirect(reverse("assistant_handed", args=[made.client_id]))


def _answer(turn: dict[str, Any]) -> str:
    """What the machine said to a question: its sentences, without their sources."""
    sentences = (each["text"] for group in turn["groups"] for each in group["sentences"])
    return shortened(" ".join(filter(None, (turn["title"], turn["notice"], *sentences))), MOST_OF_AN_ANSWER)


@login_not_required
@require_safe
def assistant_handed(request: HttpRequest, client_id: UUID) -> HttpResponse:
    """What became of a question, for whoever holds its address; the contact is not shown."""
    found = get_object_or_404(HandOver.objects.select_related("unit"), client_id=client_id)
    return render(request, "assistant/handed.html", {"row": found})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.WORK_TASKS, Capability.RECEIVE_DOSSIERS)
def handed_questions(request: HttpRequest) -> HttpResponse:
    """The questions that wait for one's unit, and the word that answers one."""
    viewer, form = viewer_of(request), ReplyForm(request.POST) if request.method == "POST" else None
    rows = handed_to(viewer)
    if form is not None and form.is_valid():
        said = form.cleaned_data
        found = get_object_or_404(rows, pk=said["number"])
        try:
            actions.reply(found.pk, words=said["words"], by=cast(Person, request.user), viewer=viewer)
            messages.success(request, _("Đã gửi câu trả lời."))
            return HttpResponseRedirect(reverse("handed_questions"))
        except Refused as refusal:
            form.refuse(refusal)
    before = request.GET.get("sau", "")
    rows = rows.filter(pk__gt=int(before)) if before.isdecimal() and len(before) < 15 else rows
    shown = list(rows[: PAGE_SIZE + 1])
    next_url = address("handed_questions", sau=shown[PAGE_SIZE - 1].pk) if len(shown) > PAGE_SIZE else ""
    context = {"rows": shown[:PAGE_SIZE], "form": form, "empty_form": ReplyForm(), "next_url": next_url}
    return render(request, "assistant/questions.html", context, status=422 if form is not None else 200)
