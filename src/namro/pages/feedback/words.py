"""A feedback in words: how it stands, by when what is owed, and what happened to it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from namro.dossiers.formulas.answering import late_since
from namro.dossiers.models import Feedback, FeedbackEvent
from namro.dossiers.terms import FeedbackState, FeedbackVerb
from namro.ground.days import format_day

TONES = {
    FeedbackState.RECEIVED: "wait",
    FeedbackState.TAKEN: "progress",
    FeedbackState.SUPPLEMENT_ASKED: "idle",
    FeedbackState.ANSWERED: "ok",
    FeedbackState.PUBLISHED: "ok",
    FeedbackState.RETURNED: "none",
}


def tone_of(feedback: Feedback) -> str:
    """The tone of a feedback's state."""
    return TONES[FeedbackState(feedback.state)]


def limit_of(feedback: Feedback) -> date | None:
    """The day by which the next step is owed; None where nothing is."""
    return {
        FeedbackState.RECEIVED: feedback.judge_by,
        FeedbackState.TAKEN: feedback.answer_by,
        FeedbackState.SUPPLEMENT_ASKED: feedback.answer_by,
        FeedbackState.ANSWERED: feedback.publish_by,
    }.get(FeedbackState(feedback.state))


def owed_words(feedback: Feedback) -> str:
    """«Trả lời trước hết ngày 30/07/2025», or what is awaited."""
    limit = limit_of(feedback)
    if limit is None:
        return ""
    if feedback.state == FeedbackState.SUPPLEMENT_ASKED and feedback.add_by:
        told = {"add_by": format_day(feedback.add_by), "limit": format_day(limit)}
        return _("Chờ người gửi bổ sung đến hết ngày %(add_by)s; trả lời chậm nhất hết ngày %(limit)s") % told
    template = {
        FeedbackState.RECEIVED: _("Nhận xử lý hoặc trả lại chậm nhất hết ngày %s"),
        FeedbackState.TAKEN: _("Trả lời chậm nhất hết ngày %s"),
        FeedbackState.SUPPLEMENT_ASKED: _("Trả lời chậm nhất hết ngày %s"),
        FeedbackState.ANSWERED: _("Công khai chậm nhất hết ngày %s"),
    }[FeedbackState(feedback.state)]
    return template % format_day(limit)


def late_words(feedback: Feedback, today: date) -> str:
    """«Trễ hạn từ 31/07/2025», '' for one in time."""
    since = late_since(feedback.late_on, limit_of(feedback), today)
    return _("Trễ hạn từ %s") % format_day(since) if since else ""


def moments_of(events: list[FeedbackEvent], *, for_public: bool) -> list[dict[str, Any]]:
    """What happened, for the history; the public learns the unit's acts, not the officers' names."""
    return [
        {
            "at": event.at, "who": "" if for_public or event.by is None else str(event.by),
            "what": FeedbackVerb(event.verb).label, "detail": "" if for_public else event.words, "tone": "",
        }
        for event in events
    ]  # fmt: skip
