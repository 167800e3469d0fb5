"""Words of the procedures: parts of a record, doubts about it, time limits and fees as read from their text."""

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

ONLINE = "Trực tuyến"


class Part(TextChoices):
    """Phần của thủ tục: the parts of a record, in the order in which they are read and compared."""

    NAME = "name", _("Tên thủ tục")
    FIELD = "field", _("Lĩnh vực")
    LEVEL = "level", _("Cấp thực hiện")
    AGENCY = "agency", _("Cơ quan thực hiện")
    APPLICANTS = "applicants", _("Đối tượng thực hiện")
    METHODS = "submission_methods", _("Cách nộp, thời hạn, phí và lệ phí")
    DOCUMENTS = "documents", _("Thành phần hồ sơ")
    STEPS = "steps", _("Trình tự thực hiện")
    CONDITIONS = "conditions", _("Yêu cầu, điều kiện")
    RESULT = "result", _("Kết quả thực hiện")
    LEGAL_BASES = "legal_bases", _("Căn cứ pháp lý")


class Flag(TextChoices):
    """Điểm nghi ngờ: what cannot be relied on in a record; nothing is mended by guessing."""

    LIMIT_MISSING = "time_limit_missing", _("Thiếu thời hạn")
    LIMIT_UNREADABLE = "time_limit_unreadable", _("Thời hạn không đọc được")
    FEE_MISSING = "fee_missing", _("Thiếu phí, lệ phí")
    FEE_DOUBTFUL = "fee_doubtful", _("Mức phí đáng ngờ")
    FEE_UNREADABLE = "fee_unreadable", _("Mức phí không đọc được")
    FEE_NOTE_CONTRADICTS_FREE = "fee_note_contradicts_free", _("Ghi miễn phí nhưng có ghi chú")
    AGENCY_MISSING = "agency_missing", _("Thiếu cơ quan thực hiện")
    DISTRICT_NAMED = "district_named", _("Còn nêu cấp huyện")
    STEPS_SCRAMBLED = "steps_scrambled", _("Trình tự bị đứt đoạn")
    STEPS_MISSING = "steps_missing", _("Thiếu trình tự")
    METHODS_MISSING = "methods_missing", _("Thiếu cách nộp")
    DOCUMENTS_MISSING = "documents_missing", _("Thiếu thành phần hồ sơ")
    BASES_MISSING = "legal_bases_missing", _("Thiếu căn cứ pháp lý")
    RESULT_MISSING = "result_missing", _("Thiếu kết quả")


# The part of the page beside which a doubt is told, and the sentence that tells it.
TOLD: dict[Flag, tuple[Part, Any]] = {
    Flag.LIMIT_MISSING: (
        Part.METHODS,
        _(
            "Nguồn không ghi thời hạn giải quyết ở ô thời hạn; hãy xem mô tả, trình tự hoặc hỏi nơi tiếp nhận."
        ),
    ),
    Flag.LIMIT_UNREADABLE: (
        Part.METHODS,
        _("Có thời hạn ghi bằng lời hoặc ghi lẫn số; hệ thống để nguyên văn, không tự tính ngày hẹn."),
    ),
    Flag.FEE_MISSING: (Part.METHODS, _("Nguồn không ghi phí, lệ phí; trống không có nghĩa là miễn phí.")),
    Flag.FEE_DOUBTFUL: (
        Part.METHODS,
        _(
            "Có mức phí nhỏ bất thường (có thể mất ba số 0 ở nguồn); hãy đọc ghi chú bên cạnh và hỏi nơi tiếp nhận."
        ),
    ),
    Flag.FEE_UNREADABLE: (
        Part.METHODS,
        _("Có mức phí không tách được thành số tiền; hệ thống để nguyên văn."),
    ),
    Flag.FEE_NOTE_CONTRADICTS_FREE: (
        Part.METHODS,
        _("Nguồn ghi “Miễn phí” nhưng kèm ghi chú; đừng hiểu là không mất tiền khi chưa đọc ghi chú."),
    ),
    Flag.AGENCY_MISSING: (Part.AGENCY, _("Nguồn không ghi cơ quan thực hiện; hãy xem trình tự.")),
    Flag.DISTRICT_NAMED: (
        Part.AGENCY,
        _(
            "Nội dung còn nêu cấp huyện, cấp đã kết thúc từ 01/7/2025; hãy hỏi cơ quan nhận nhiệm vụ thay thế."
        ),
    ),
    Flag.STEPS_SCRAMBLED: (
        Part.STEPS,
        _("Có dòng trình tự bị cắt hoặc đảo ở nguồn; hãy đối chiếu trang gốc."),
    ),
    Flag.STEPS_MISSING: (Part.STEPS, _("Nguồn không ghi trình tự thực hiện.")),
    Flag.METHODS_MISSING: (Part.METHODS, _("Nguồn không ghi cách nộp hồ sơ.")),
    Flag.DOCUMENTS_MISSING: (
        Part.DOCUMENTS,
        _("Nguồn không ghi thành phần hồ sơ; trống không có nghĩa là không cần giấy tờ."),
    ),
    Flag.BASES_MISSING: (Part.LEGAL_BASES, _("Nguồn không ghi căn cứ pháp lý.")),
    Flag.RESULT_MISSING: (Part.RESULT, _("Nguồn không ghi kết quả nhận được.")),
}


class Level(TextChoices):
    """Cấp thực hiện, as the catalogue writes it; the values serve addresses."""

    COMMUNE = "xa", _("Cấp xã")
    PROVINCE = "tinh", _("Cấp tỉnh")
    MINISTRY = "bo", _("Cấp bộ")
    OTHER = "khac", _("Cơ quan khác")


LEVEL_WRITTEN = {
    Level.COMMUNE: "Cấp xã",
    Level.PROVINCE: "Cấp tỉnh",
    Level.MINISTRY: "Cấp bộ",
    Level.OTHER: "Cơ quan khác",
}
LEVEL_OF = {written: level for level, written in LEVEL_WRITTEN.items()}


class LimitKind(StrEnum):
    """How a time limit is written."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"
    MONTHS = "months"
    NONE_SET = "none_set"
    UNREADABLE = "unreadable"
    MISSING = "missing"


@dataclass(frozen=True)
class Limit:
    """Thời hạn of one way to submit: amount in the unit of its kind, None where no number can be relied on."""

    kind: LimitKind
    amount: Decimal | None = None

    @property
    def is_countable(self) -> bool:
        """Whether a promised date can be computed from it."""
        return self.amount is not None


class FeeKind(StrEnum):
    """How a fee is written."""

    FREE = "free"
    AMOUNTS = "amounts"
    SEE_NOTE = "see_note"
    NONE_SET = "none_set"
    DOUBTFUL = "doubtful"
    UNREADABLE = "unreadable"
    MISSING = "missing"


@dataclass(frozen=True)
class Amount:
    """A sum in đồng (or US dollars) and what it is for."""

    value: Decimal
    currency: str = "VND"
    note: str = ""


@dataclass(frozen=True)
class Fee:
    """Phí, lệ phí of one way to submit; `note` is what stands beside a fee that is printed as free."""

    kind: FeeKind
    amounts: tuple[Amount, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Method:
    """Cách nộp: one way to submit, with limit and fee as they are written."""

    method: str
    time_limit: str = ""
    fee: str = ""
    description: str = ""


@dataclass(frozen=True)
class Document:
    """Giấy tờ: one paper of the dossier; `case` names the group of papers it belongs to (empty: always)."""

    name: str
    original: int = 0
    copies: int = 0
    form: str = ""
    case: str = ""


@dataclass(frozen=True)
class LegalBasis:
    """Căn cứ pháp lý: number and title of a document."""

    number: str
    title: str = ""


@dataclass(frozen=True)
class ProcedureDef:
    """Thủ tục hành chính as a file states it, checked; `line` is where it stands in the file."""

    code: str
    name: str
    field: str
    level: tuple[str, ...]
    agency: str
    applicants: tuple[str, ...]
    steps: tuple[str, ...]
    submission_methods: tuple[Method, ...]
    documents: tuple[Document, ...]
    legal_bases: tuple[LegalBasis, ...]
    conditions: str
    result: str
    source: dict[str, str] = dataclasses.field(default_factory=dict)
    line: int = 0

    @property
    def is_online(self) -> bool:
        """Whether it may be submitted online, by its own list of ways."""
        return any(method.method == ONLINE for method in self.submission_methods)


class ImportState(TextChoices):
    """Trạng thái lô nhập."""

    RECEIVED = "received", _("Chờ công bố")
    PUBLISHED = "published", _("Đã công bố")
    DISCARDED = "discarded", _("Đã bỏ")


class Change(TextChoices):
    """Thay đổi that an import brings to a procedure."""

    NEW = "new", _("Mới")
    CHANGED = "changed", _("Sửa đổi")
    ENDED = "ended", _("Hết hiệu lực")


class VersionState(TextChoices):
    """Trạng thái của phiên bản on a day."""

    COMING = "coming", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Đang có hiệu lực")
    REPLACED = "replaced", _("Đã được thay")
    ENDED = "ended", _("Hết hiệu lực")
