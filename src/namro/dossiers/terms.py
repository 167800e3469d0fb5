"""Words of the dossiers: states, verbs, channels, outcomes, and the groups by which lists are read."""

from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Trạng thái hồ sơ: where a dossier stands; by verbs alone it moves from one to another."""

    DRAFT = "draft", _("Bản nháp")
    SUBMITTED = "submitted", _("Đã nộp, chờ tiếp nhận")
    RECEIVED = "received", _("Đã tiếp nhận")
    CHECKED = "checked", _("Đã kiểm tra, chờ xử lý")
    IN_PROCESS = "in_process", _("Đang xử lý")
    SUPPLEMENT_ASKED = "supplement_asked", _("Chờ bổ sung")
    DECIDED = "decided", _("Có kết quả, chờ trả")
    RESULT_GIVEN = "result_given", _("Đã trả kết quả")
    REFUSED = "refused", _("Từ chối")
    WITHDRAWN = "withdrawn", _("Đã rút")


RUNNING = (State.RECEIVED, State.CHECKED, State.IN_PROCESS)
"""The clock runs."""
OPEN = (State.SUBMITTED, *RUNNING, State.SUPPLEMENT_ASKED)
"""Not settled yet."""
WAITING = (State.SUBMITTED, State.SUPPLEMENT_ASKED, State.DECIDED)
"""Open in some way, while no clock runs."""
HELD = (*RUNNING, State.SUPPLEMENT_ASKED)
"""Somebody may have it in hand; what is decided or ended is in nobody's."""
FINAL = (State.RESULT_GIVEN, State.REFUSED, State.WITHDRAWN)
FILED = tuple(state for state in State if state != State.DRAFT)


class Channel(TextChoices):
    """Cách nộp: how a dossier came."""

    ONLINE = "online", _("Trực tuyến")
    DESK = "desk", _("Trực tiếp")
    POST = "post", _("Bưu chính")


class ApplicantKind(TextChoices):
    """Đối tượng: who files; the values are those of the identity provider."""

    CITIZEN = "citizen", _("Công dân")
    BUSINESS = "business", _("Doanh nghiệp")
    ORGANISATION = "organisation", _("Tổ chức")


class Outcome(TextChoices):
    """Kết quả giải quyết: how a dossier ended."""

    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Từ chối")
    WITHDRAWN = "withdrawn", _("Đã rút")


class PaymentState(TextChoices):
    """Trạng thái thanh toán; what came for a fee that was paid already is owed back, never lost."""

    ASKED = "asked", _("Chờ thanh toán")
    PAID = "paid", _("Đã thanh toán")
    FAILED = "failed", _("Không thành công")
    TO_PAY_BACK = "to_pay_back", _("Phải hoàn lại")
    PAID_BACK = "paid_back", _("Đã hoàn lại")


class Scan(TextChoices):
    """Kết quả quét vi-rút; the values are the scanner's own."""

    CLEAN = "clean", _("Sạch")
    NOT_SCANNED = "not_scanned", _("Chưa quét")


class LetterState(TextChoices):
    """Trạng thái of a letter to an applicant."""

    QUEUED = "queued", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    DEAD = "dead", _("Không gửi được")


class Group(TextChoices):
    """Nhóm hồ sơ: what a list shows; each has its own order."""

    TO_RECEIVE = "to_receive", _("Chờ tiếp nhận")
    RUNNING = "running", _("Đang giải quyết")
    AT_RISK = "at_risk", _("Sắp quá hạn")
    LATE = "late", _("Quá hạn, chưa xong")
    STOPPED = "stopped", _("Chờ bổ sung")
    TO_HAND_OVER = "to_hand_over", _("Chờ trả kết quả")
    TO_PAY_BACK = "to_pay_back", _("Phải hoàn phí")
    FINISHED = "finished", _("Đã kết thúc")
    ALL = "all", _("Tất cả")


class Who(StrEnum):
    """Who may do a verb, by the state table."""

    APPLICANT = "applicant"
    CLERK = "clerk"
    SETTLER = "settler"
    DECIDER = "decider"
    HEAD = "head"
    MACHINE = "machine"


class Verb(TextChoices):
    """Việc làm với hồ sơ: each leaves an event and a line of the log."""

    SAVE_DRAFT = "save_dossier", _("Lưu bản nháp hồ sơ")
    SUBMIT = "submit_dossier", _("Nộp hồ sơ")
    RECEIVE = "receive_dossier", _("Tiếp nhận hồ sơ")
    TURN_AWAY = "turn_away_dossier", _("Từ chối tiếp nhận hồ sơ")
    CHECK = "check_dossier", _("Kiểm tra hồ sơ")
    DIGITISE = "digitise_paper", _("Số hóa giấy tờ")
    SEND = "send_dossier", _("Chuyển hồ sơ tới bàn xử lý")
    MOVE_ON = "move_on_dossier", _("Chuyển hồ sơ sang bước sau")
    CLAIM = "claim_dossier", _("Nhận xử lý hồ sơ")
    RELEASE = "release_dossier", _("Trả hồ sơ về bàn chung")
    ASK_SUPPLEMENT = "ask_supplement", _("Yêu cầu bổ sung hồ sơ")
    ANSWER_SUPPLEMENT = "answer_supplement", _("Bổ sung hồ sơ")
    DECIDE = "decide_dossier", _("Quyết định kết quả hồ sơ")
    REFUSE = "refuse_dossier", _("Từ chối giải quyết hồ sơ")
    HAND_OVER_RESULT = "hand_over_result", _("Trả kết quả hồ sơ")
    WITHDRAW = "withdraw_dossier", _("Rút hồ sơ")
    TRANSFER = "transfer_dossier", _("Chuyển hồ sơ sang đơn vị khác")
    REASSIGN = "reassign_dossier", _("Giao hồ sơ cho người khác")
    ATTACH = "attach_paper", _("Đính kèm giấy tờ")
    DROP_PAPER = "drop_paper", _("Bỏ giấy tờ đã đính kèm")
    REUSE = "reuse_paper", _("Dùng lại giấy tờ đã có")
    ASK_FEE = "ask_fee", _("Báo mức phí hồ sơ")
    TAKE_FEE = "take_fee", _("Thu phí tại quầy")
    BEGIN_PAYMENT = "begin_payment", _("Bắt đầu thanh toán")
    HEAR_PAYMENT = "hear_payment", _("Ghi nhận lời của cổng thanh toán")
    PAY_BACK = "pay_back", _("Hoàn lại khoản thu thừa")
    APOLOGISE = "apologise", _("Gửi phiếu xin lỗi")
    RATE = "rate_dossier", _("Đánh giá sự phục vụ")
    NOTE_DATA = "note_dossier_data", _("Ghi nhận dữ liệu đã dùng của hồ sơ")
    NOTE_LATE = "note_late", _("Ghi nhận quá hạn")


VERB_LABELS: dict[str, Any] = {verb.value: verb.label for verb in Verb}


class FeedbackKind(TextChoices):
    """Loại ý kiến gửi tới bộ phận một cửa; each has limits of its own."""

    FEEDBACK = "feedback", _("Phản ánh")
    PROPOSAL = "proposal", _("Kiến nghị về thủ tục")
    COMPLAINT = "complaint", _("Khiếu nại về hồ sơ")


class FeedbackState(TextChoices):
    """Trạng thái of a feedback."""

    RECEIVED = "received", _("Mới nhận")
    TAKEN = "taken", _("Đang xử lý ý kiến")
    SUPPLEMENT_ASKED = "supplement_asked", _("Chờ người gửi bổ sung")
    ANSWERED = "answered", _("Đã trả lời")
    PUBLISHED = "published", _("Đã công khai")
    RETURNED = "returned", _("Đã trả lại, có lý do")


class FeedbackVerb(TextChoices):
    """Việc làm với một ý kiến."""

    SEND = "send_feedback", _("Gửi ý kiến")
    TAKE = "take_feedback", _("Nhận xử lý ý kiến")
    RETURN = "return_feedback", _("Trả lại ý kiến")
    ASK_MORE = "ask_more_of_feedback", _("Yêu cầu bổ sung ý kiến")
    ADD = "add_to_feedback", _("Bổ sung ý kiến")
    ANSWER = "answer_feedback", _("Trả lời ý kiến")
    PUBLISH = "publish_feedback", _("Công khai câu trả lời")
    RATE = "rate_feedback", _("Đánh giá câu trả lời")
