"""How a dossier is told: its standing in tone and words, the time it still has, what happened to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.dossiers.models import ApplicantLetter, Dossier, DossierEvent
from namro.dossiers.rules import late_on_at
from namro.dossiers.terms import RUNNING, VERB_LABELS, State
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.queries import working_calendar

TONE_OF_STATE = {
    State.DRAFT: "none",
    State.SUBMITTED: "wait",
    State.RECEIVED: "progress",
    State.CHECKED: "progress",
    State.IN_PROCESS: "progress",
    State.SUPPLEMENT_ASKED: "wait",
    State.DECIDED: "ok",
    State.RESULT_GIVEN: "ok",
    State.REFUSED: "none",
    State.WITHDRAWN: "none",
}
# So many working days before the end the time left is shown in the colour of risk.
SOON = 1


def tone_of(row: Dossier, now: datetime) -> str:
    """The tone of a dossier: of its state, but for what is late."""
    if late_on_at(row, now) is not None:
        return "over" if row.state in RUNNING else "late"
    return TONE_OF_STATE[State(row.state)]


def standing(row: Dossier, now: datetime) -> str:
    """The state in words; lateness stays in them for good."""
    if late_on_at(row, now) is None:
        return str(State(row.state).label)
    return _("%(state)s, quá hạn") % {"state": State(row.state).label}


def time_left(row: Dossier, now: datetime) -> tuple[str, str]:
    """How long a running dossier still has or has been late, in working days, with the tone; else why no clock runs."""
    if row.state == State.SUPPLEMENT_ASKED and row.stopped_since:
        since = format_day(row.stopped_since.astimezone(VIETNAM))
        return _("đồng hồ dừng từ %(day)s, chờ bổ sung") % {"day": since}, "wait"
    if row.state not in RUNNING or row.due_at is None:
        return "", ""
    due, here = row.due_at.astimezone(VIETNAM), now.astimezone(VIETNAM)
    if due < here:
        return _late(due, here), "over"
    return _left(due, here)


def _late(due: datetime, now: datetime) -> str:
    days = working_calendar().working_days_between(due.date(), now.date())
    if not days:
        return _("quá hạn từ %(time)s") % {"time": f"{due:%H:%M}"}
    words = ngettext("quá hạn %(n)s ngày làm việc", "quá hạn %(n)s ngày làm việc", days)
    return words % {"n": format_number(days)}


def _left(due: datetime, now: datetime) -> tuple[str, str]:
    days = working_calendar().working_days_between(now.date(), due.date())
    if not days:
        return _("đến %(time)s hôm nay") % {"time": f"{due:%H:%M}"}, "risk"
    words = ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": format_number(days)}
    return words, "risk" if days <= SOON else ""


def history_of(events: Iterable[DossierEvent], *, for_public: bool = False) -> list[dict[str, Any]]:
    """The events as the history component shows them, the newest first; for the public without people and grounds."""
    return [_moment(event, for_public=for_public) for event in sorted(events, key=lambda each: -each.pk)]


def _moment(event: DossierEvent, *, for_public: bool) -> dict[str, Any]:
    said = "" if for_public else str(event.detail.get("words", ""))
    desk = event.desk.name if event.desk_id and event.desk else ""
    return {
        "at": event.at,
        "who": "" if for_public else str(event.by or ""),
        "what": str(VERB_LABELS.get(event.verb, event.verb)),
        "detail": " · ".join(part for part in (desk, said) if part),
        "tone": "",
    }


def data_used(row: Dossier) -> list[str]:
    """What the dossier uses of data that the state holds, and where it has gone: the service index counts it."""
    copies, papers = row.certified_copies, row.reused_papers
    told = {
        _("cần kết quả bản giấy"): row.needs_paper_result,
        _("Cơ sở dữ liệu quốc gia về dân cư"): row.uses_population_data,
        _("%(n)s bản sao chứng thực điện tử") % {"n": format_number(copies)}: copies,
        _("%(n)s giấy tờ dùng lại") % {"n": format_number(papers)}: papers,
        _("đã lên Cổng dịch vụ công quốc gia"): row.synced_at,
    }
    return [words for words, holds in told.items() if holds]


def letter_told(letter: ApplicantLetter) -> dict[str, str]:
    """A letter to the applicant: of what, whether it went, and why not."""
    went = format_day(letter.sent_at.astimezone(VIETNAM)) if letter.sent_at else ""
    standing = _("gửi %(day)s") % {"day": went} if went else str(letter.get_state_display()).lower()
    return {
        "what": str(VERB_LABELS[letter.event.verb]), "standing": standing, "state": letter.state,
        "fault": letter.fault,
    }  # fmt: skip
