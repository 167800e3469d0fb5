"""What an applicant is written of a dossier: its code and what happened, nothing of the person or of the papers."""

from dataclasses import dataclass

from namro.dossiers.terms import Verb

# What they wait for, or must do something about; the rest they find when they look.
TOLD = {
    Verb.RECEIVE: "đã được tiếp nhận",
    Verb.TURN_AWAY: "không được tiếp nhận; lý do ở trang hồ sơ",
    Verb.ASK_FEE: "đã có mức phí phải nộp",
    Verb.ASK_SUPPLEMENT: "cần bổ sung giấy tờ; đồng hồ dừng đến khi bạn bổ sung",
    Verb.TRANSFER: "đã chuyển sang đơn vị khác giải quyết",
    Verb.DECIDE: "đã có kết quả",
    Verb.REFUSE: "bị từ chối giải quyết; lý do ở trang hồ sơ",
    Verb.APOLOGISE: "trễ hẹn; cơ quan giải quyết xin lỗi và hẹn lại ngày",
}
TRACK = "/tra-cuu/{code}/"


@dataclass(frozen=True)
class Said:
    """What stands in a letter: the subject, and the text."""

    subject: str
    text: str


def said_of(verb: str, code: str, unit: str, site: str, due: str) -> Said:
    """Return the letter on an act: `due` is the promised moment as people read it, empty where none stands."""
    words = TOLD[Verb(verb)]
    dated = f" Hẹn trả kết quả: {due}." if due and verb in (Verb.RECEIVE, Verb.TRANSFER) else ""
    return Said(
        f"Hồ sơ {code} {words.partition(';')[0]}",
        f"Hồ sơ {code} tại {unit} {words}.{dated}\n\nXem hồ sơ: {site}{TRACK.format(code=code)}\n\n"
        "Thư tự động, chỉ nhắc mã hồ sơ; đừng trả lời thư này. Không ai được hỏi mật khẩu hay mã xác thực của bạn.\n",
    )
