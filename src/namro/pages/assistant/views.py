"""The conversation: asked by a form or streamed line by line, the same answer either way."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from namro.assistant import actions
from namro.assistant.actions import Told
from namro.assistant.queries.index import is_ready
from namro.assistant.terms import Audience, Question
from namro.ground import clock
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.assistant.conversation import Conversation
from namro.pages.assistant.forms import OpinionForm, QuestionForm
from namro.pages.assistant.limits import is_too_often, opinions_too_often, wish_for_index
from namro.pages.assistant.told import kept
from namro.pages.viewing import needs, viewer_of

ROUTES = {Audience.PUBLIC: "assistant", Audience.OFFICER: "officer_assistant"}
SECONDS_TO_PREPARE = 30
# Examples that a person may take up; each is answered by the demo's catalogue.
EXAMPLES = {
    Audience.PUBLIC: (
        "mất căn cước làm lại sao, bao nhiêu tiền",
        "đăng ký khai sinh cần giấy tờ gì",
        "dang ky tam tru mat bao lau",
        "so sánh đăng ký thường trú với đăng ký tạm trú",
    ),
    Audience.OFFICER: (
        "phường Hòa Khánh có nhiệm vụ nào quá hạn",
        "nhiệm vụ sắp đến hạn",
        "tỷ lệ hồ sơ trả đúng hạn phường Hòa Khánh quý 2",
        "thẩm quyền cấp trích lục hộ tịch",
    ),
}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def assistant(request: HttpRequest) -> HttpResponse:
    """The conversation that everybody may hold; told at its head that it is a machine."""
    return _conversation(request, Audience.PUBLIC, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs()
def officer_assistant(request: HttpRequest) -> HttpResponse:
    """The conversation of an officer, which also asks tasks and figures under the officer's own rights."""
    return _conversation(request, Audience.OFFICER, viewer_of(request))


@login_not_required
@require_POST
def assistant_stream(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The answer to one question, a line of JSON a sentence as they pass the checks, and last the whole."""
    return _streamed(request, Audience.PUBLIC, None)


@require_POST
@needs()
def officer_assistant_stream(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same for an officer."""
    return _streamed(request, Audience.OFFICER, viewer_of(request))


@login_not_required
@require_POST
def assistant_opinion(request: HttpRequest) -> HttpResponse:
    """Keep what somebody thinks of an answer of this conversation, for the editors."""
    form = OpinionForm(request.POST)
    audience = Audience.OFFICER if request.POST.get("to") == Audience.OFFICER else Audience.PUBLIC
    said = form.cleaned_data if form.is_valid() else {}
    turn = Conversation(request, audience).turn(str(said.get("key", "")))
    try:
        if opinions_too_often(request):
            raise Refused(_("Bạn gửi hơi nhanh; hãy chờ một phút rồi gửi lại."))
        if turn is None:
            raise Refused(_("Câu trả lời này không còn trong phiên; hãy hỏi lại rồi gửi ý kiến."))
        _keep_opinion(said, turn)
        messages.success(request, _("Cảm ơn bạn. Người biên tập sẽ xem ý kiến này."))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    return HttpResponseRedirect(f"{reverse(ROUTES[audience])}#cuoi")


def _keep_opinion(said: dict[str, Any], turn: dict[str, Any]) -> None:
    sentences = [each["text"] for group in turn["groups"] for each in group["sentences"]]
    actions.give_opinion(
        UUID(turn["key"]),
        is_useful=said["useful"] == "1",
        why=said["why"],
        words=said["words"],
        question=turn["words"],
        answer={"kind": turn["kind"], "items": turn["items"], "sentences": sentences or [turn["notice"]]},
        client_id=said["client_id"],
    )


def _conversation(request: HttpRequest, audience: Audience, viewer: Viewer | None) -> HttpResponse:
    talk = Conversation(request, audience)
    if request.method == "POST" and request.POST.get("deed") == "forget":
        talk.forget()
        return HttpResponseRedirect(reverse(ROUTES[audience]))
    form = QuestionForm(request.POST) if request.method == "POST" else QuestionForm()
    if form.is_valid():
        if is_too_often(request):
            shown = _shown(request, talk, audience, too_often=True)
            return render(request, "assistant/assistant.html", shown, status=429)
        if not is_ready():
            return _preparing(request, _shown(request, talk, audience, typed=form.cleaned_data["words"]))
        *_way, last = list(_asked(form, talk, viewer))
        _keep(talk, last)
        return HttpResponseRedirect(f"{reverse(ROUTES[audience])}#cuoi")
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "assistant/assistant.html",
        _shown(request, talk, audience, empty=status == 422, preparing=not (talk.turns or is_ready())),
        status=status,
    )


def _preparing(request: HttpRequest, shown: dict[str, Any]) -> HttpResponse:
    """The page while the index is made, with the question still in its box."""
    wish_for_index()
    answer = render(request, "assistant/assistant.html", shown | {"preparing": True}, status=503)
    answer["Retry-After"] = str(SECONDS_TO_PREPARE)
    return answer


def _shown(
    request: HttpRequest, talk: Conversation, audience: Audience, **more: bool | str
) -> dict[str, Any]:
    viewer = viewer_of(request) if audience == Audience.OFFICER else None
    return {
        "turns": talk.turns,
        "audience": audience.value,
        "for_officers": audience == Audience.OFFICER,
        "here": reverse(ROUTES[audience]),
        "stream": reverse(f"{ROUTES[audience]}_stream"),
        "examples": EXAMPLES[audience],
        "may_edit": viewer is not None and viewer.can(Capability.PUBLISH_PROCEDURES),
        "opinion": OpinionForm(),
        "typed": "",
        **more,
    }


def _asked(form: QuestionForm, talk: Conversation, viewer: Viewer | None) -> Iterator[Any]:
    said = form.cleaned_data
    question = Question(said["words"], clock.today(), talk.past, said["item"], viewer)
    return actions.ask(question, key=said["key"])


def _keep(talk: Conversation, last: Any) -> dict[str, Any]:
    if not isinstance(last, Told):
        raise TypeError("an answer ends with the whole of it")
    turn = kept(last)
    talk.add(turn)
    return turn


def _streamed(
    request: HttpRequest, audience: Audience, viewer: Viewer | None
) -> HttpResponse | StreamingHttpResponse:
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            _("Hãy viết câu hỏi, tối đa 500 chữ cái."), status=422, content_type="text/plain; charset=utf-8"
        )
    if is_too_often(request):
        return HttpResponse(
            _("Bạn hỏi hơi nhanh; hãy chờ một phút rồi hỏi tiếp."),
            status=429,
            content_type="text/plain; charset=utf-8",
        )
    if not is_ready():
        wish_for_index()
        return HttpResponse(
            _("Trợ lý đang được chuẩn bị, khoảng nửa phút; câu hỏi của bạn vẫn còn trong ô."),
            status=503,
            headers={"Retry-After": str(SECONDS_TO_PREPARE)},
            content_type="text/plain; charset=utf-8",
        )
    lines = _lines(request, form, Conversation(request, audience), audience, viewer)
    answer = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    answer["X-Accel-Buffering"] = "no"
    answer["Content-Encoding"] = "identity"  # packed, the first sentences would wait for the last
    return answer


def _lines(
    request: HttpRequest, form: QuestionForm, talk: Conversation, audience: Audience, viewer: Viewer | None
) -> Iterator[str]:
    for said in _asked(form, talk, viewer):
        if isinstance(said, Told):
            shown = _shown(request, talk, audience) | {"turn": _keep(talk, said), "is_last": True}
            html = render_to_string("assistant/turn.html", shown, request)
            yield json.dumps({"html": html}, ensure_ascii=False) + "\n"
        else:
            yield json.dumps({"sentence": said.text}, ensure_ascii=False) + "\n"
