"""Words of the tasks: stages of work, the six states shown to people, marks, proofs, verbs."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """Bước: where a task stands in its procedure."""

    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã giao, chờ tiếp nhận")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    SUBMITTED = "submitted", _("Đã nộp kết quả, chờ công nhận")
    DONE = "done", _("Đã công nhận hoàn thành")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")


OPEN_STAGES = (Stage.ISSUED, Stage.ACCEPTED, Stage.IN_PROGRESS, Stage.SUBMITTED)
STARTED_STAGES = (Stage.IN_PROGRESS, Stage.SUBMITTED)
UNSTARTED_STAGES = (Stage.ISSUED, Stage.ACCEPTED)


class State(TextChoices):
    """Trạng thái: the six states people use; each moment in a task's life has one."""

    NOT_STARTED = "not_started", _("Chưa thực hiện, trong hạn")
    NOT_STARTED_LATE = "not_started_late", _("Chưa thực hiện, quá hạn")
    IN_PROGRESS = "in_progress", _("Đang thực hiện, trong hạn")
    IN_PROGRESS_LATE = "in_progress_late", _("Đang thực hiện, quá hạn")
    DONE = "done", _("Hoàn thành đúng hạn")
    DONE_LATE = "done_late", _("Hoàn thành quá hạn")


OVERDUE_STATES = (State.NOT_STARTED_LATE, State.IN_PROGRESS_LATE)
OPEN_STATES = (State.NOT_STARTED, State.NOT_STARTED_LATE, State.IN_PROGRESS, State.IN_PROGRESS_LATE)
DONE_STATES = (State.DONE, State.DONE_LATE)

STATE_GROUPS: dict[str, tuple[State, ...]] = {
    "done": DONE_STATES,
    "done_on_time": (State.DONE,),
    "done_late": (State.DONE_LATE,),
    "open": OPEN_STATES,
    "overdue": OVERDUE_STATES,
    "in_time": (State.NOT_STARTED, State.IN_PROGRESS),
    "not_started": (State.NOT_STARTED, State.NOT_STARTED_LATE),
    "in_progress": (State.IN_PROGRESS, State.IN_PROGRESS_LATE),
}


class Mark(TextChoices):
    """Độ mật; a top-secret task stays out of the system (Regulation 08-QC/TW)."""

    NORMAL = "normal", _("Thường")
    CONFIDENTIAL = "confidential", _("Mật")
    SECRET = "secret", _("Tối mật")


TOP_SECRET_WORDS = ("top_secret", "tuyet mat")


class Proof(TextChoices):
    """Cách chứng minh: how the expected result is shown to be there."""

    PRODUCT = "product", _("Sản phẩm")
    INDICATOR = "indicator", _("Chỉ số")


class Involvement(TextChoices):
    """Tư cách tham gia of a unit in a task."""

    LEAD = "lead", _("Chủ trì")
    COOPERATING = "cooperating", _("Phối hợp")


class ExtensionStatus(TextChoices):
    """Tình trạng of a request to extend."""

    ASKED = "asked", _("Chờ quyết định")
    GRANTED = "granted", _("Đã gia hạn")
    REFUSED = "refused", _("Không gia hạn")


class Verb(StrEnum):
    """What can be done to a task; each leaves a moment in its history."""

    DRAFT = "draft"
    EDIT = "edit"
    ISSUE = "issue"
    ACCEPT = "accept"
    ASSIGN = "assign"
    REPORT = "report"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    COMMENT = "comment"


VERB_LABELS: dict[str, Any] = {
    Verb.DRAFT: _("Dự thảo nhiệm vụ"),
    Verb.EDIT: _("Sửa nội dung"),
    Verb.ISSUE: _("Giao nhiệm vụ"),
    Verb.ACCEPT: _("Tiếp nhận"),
    Verb.ASSIGN: _("Phân công người phụ trách"),
    Verb.REPORT: _("Báo cáo tiến độ"),
    Verb.SUBMIT: _("Nộp kết quả"),
    Verb.APPROVE: _("Công nhận hoàn thành"),
    Verb.RETURN: _("Trả lại"),
    Verb.WITHDRAW: _("Thu hồi"),
    Verb.ASK_EXTENSION: _("Đề nghị gia hạn"),
    Verb.GRANT_EXTENSION: _("Gia hạn"),
    Verb.REFUSE_EXTENSION: _("Không gia hạn"),
    Verb.COMMENT: _("Trao đổi"),
}


@dataclass(frozen=True)
class Event:
    """What a span is made from: a verb on a day, with the due date that holds after it (None: unchanged)."""

    verb: str
    day: date
    due: date | None = None


@dataclass(frozen=True)
class SpanValue:
    """A state held from a day to a day (exclusive)."""

    state: State
    start: date
    end: date


FOREVER = date(9999, 12, 31)
